"""A page that a browser saved as one file in → its main text and what it says about itself, out."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from index.documents.encoding import decoded, read_as
from index.documents.formats import Document
from index.documents.formats.page import read_page
from index.errors import ArticleError


def read(data: bytes, where: str) -> Document:
    """Read the first page of an MHTML file. Raises ArticleError where it holds none."""
    message = message_from_bytes(data, policy=policy.default)
    pages = (part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml"))
    page = next(pages, None)
    payload = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(payload, bytes):
        raise ArticleError(f"{where}: no page was found in this file. Save its text as .txt or .md instead.")
    charset = page.get_content_charset()
    document = read_page((read_as(payload, charset) if charset else None) or decoded(payload, where), where)
    return document._replace(own={**_saved(message, page), **document.own})


def _saved(message: EmailMessage, page: EmailMessage) -> dict[str, str]:
    """The address and title that the browser noted."""
    noted = {
        "url": message.get("Snapshot-Content-Location") or page.get("Content-Location"),
        "title": message.get("Subject"),
    }
    return {key: str(value) for key, value in noted.items() if value}
