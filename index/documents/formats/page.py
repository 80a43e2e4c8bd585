"""An HTML page in → its main text and what it says about itself, out. Home of trafilatura."""

from typing import Any

from index.documents.encoding import decoded
from index.documents.formats import Document
from index.documents.formats.tree import Element, page_tree, without_unsaid
from index.errors import ArticleError

# No date but those that a page states as its own; whether one lies ahead must not depend on the day of reading.
DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}


def read(data: bytes, where: str) -> Document:
    """Read a saved page. Raises ArticleError where it holds no main text."""
    return read_page(decoded(data, where), where)


def read_page(html: str, where: str) -> Document:
    """The page's main text as Markdown (tables kept as pipe tables), and its title, author, publisher, date, address.

    What its reader doesn't see is not read. Raises ArticleError where the page holds no main text.
    """
    import trafilatura  # takes half a second to import, and few corpora hold HTML

    tree = page_tree(html)
    text = None
    if tree is not None:
        text = trafilatura.extract(
            without_unsaid(tree),
            output_format="markdown",
            include_tables=True,
            include_formatting=True,
            include_comments=False,
            favor_recall=True,
        )
    if not text:
        raise ArticleError(f"{where}: no main text was found in this page. Save its text as .txt or .md instead.")
    return Document(text, own=_own(page_tree(html)))


def _own(tree: Element) -> dict[str, Any]:
    """What JSON-LD, OpenGraph and `meta` say. A date in a table is one of what that tells of, not of the page."""
    import trafilatura

    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    for table in list(tree.iter("table")):
        table.clear(keep_tail=True)
    facts = trafilatura.extract_metadata(tree, date_config=DATES)
    known = {
        "title": facts.title,
        "author": facts.author,
        "publisher": facts.sitename,
        "date": facts.date,
        "url": facts.url,
        "lang": language or facts.language,
    }
    return {key: value for key, value in known.items() if value}
