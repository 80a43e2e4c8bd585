"""A PDF's bytes in → its text and what it says about itself, out. Home of pypdf."""

import io

from index.documents.formats import Document
from index.errors import ArticleError

MAX_PAGES = 500
MAX_CHARACTERS = 5_000_000  # compressed streams can unpack to gigabytes; an article never does


def read(data: bytes, where: str) -> Document:
    """The pages' text, parted by empty lines. Raises ArticleError for a broken, locked or scanned PDF."""
    import pypdf  # not on the path of a question
    from pypdf.errors import PyPdfError

    pages: list[str] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError(f"{where}: the PDF is locked with a password. Save it without one.")
        if len(reader.pages) > MAX_PAGES:
            raise ArticleError(f"{where}: the PDF has {len(reader.pages)} pages; an article may have {MAX_PAGES}.")
        for page in reader.pages:
            pages.append(page.extract_text().strip())
            if sum(map(len, pages)) > MAX_CHARACTERS:
                raise ArticleError(f"{where}: the PDF unpacks to more than {MAX_CHARACTERS:,} characters. Split it.")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        # pypdf lets built-in errors through on damaged files, so they are all named here.
        raise ArticleError(f"{where}: the PDF is broken ({error}). Save it again, or as text.") from error
    text = "\n\n".join(page for page in pages if page).replace("\r\n", "\n").replace("\0", "")
    if not text:
        raise ArticleError(f"{where}: the PDF holds no text, only pictures. Save its text as .txt or .md instead.")
    return Document(text + "\n")
