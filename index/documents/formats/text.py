"""The bytes of a text or Markdown file in → its text without front matter, and what that states, out."""

from index.documents.encoding import decoded
from index.documents.formats import Document
from index.documents.front_matter import front_matter


def read(data: bytes, where: str) -> Document:
    """Nothing of the text is changed. Raises ArticleError for what is no text, and for broken front matter."""
    text = decoded(data, where)
    front = front_matter(text, where)
    return Document(text[front.end :], front=front.facts)
