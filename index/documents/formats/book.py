"""An EPUB book in → the text of its chapters and what it says about itself, out."""

from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from index.documents.encoding import decoded
from index.documents.formats import Document
from index.documents.formats.markdown import markdown_of
from index.documents.formats.parts import Parts
from index.documents.formats.tree import Element, page_tree, part_tree, without_unsaid
from index.errors import ArticleError

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
CORE = "{http://purl.org/dc/elements/1.1/}"


def read(data: bytes, where: str) -> Document:
    """Read a book's chapters in their order. Raises ArticleError for one that is broken or protected."""
    parts = Parts(data, where)
    root = part_tree(parts.needed(CONTAINER), where).find(".//{*}rootfile")
    package_name = root.get("full-path", "") if root is not None else ""
    package = part_tree(parts.needed(package_name), where)
    chapters = [_chapter(parts, join(dirname(package_name), name), where) for name in _spine(package)]
    text = "\n\n".join(filter(None, chapters))
    if not text:
        reason = "is protected against copying" if parts.read(ENCRYPTION) else "holds no text"
        raise ArticleError(f"{where}: the book {reason}. Save its text as .txt or .md instead.")
    return Document(f"{text}\n", own=_own(package))


def _spine(package: Element) -> list[str]:
    files = {item.get("id"): item.get("href", "") for item in package.iter("{*}item")}
    order = [files[each.get("idref")] for each in package.iter("{*}itemref") if each.get("idref") in files]
    return [unquote(name) for name in order]


def _chapter(parts: Parts, name: str, where: str) -> str:
    content = parts.read(normpath(name))
    tree = page_tree(decoded(content, where)) if content and content.strip() else None
    return markdown_of(without_unsaid(tree)) if tree is not None else ""


def _own(package: Element) -> dict[str, Any]:
    def said(name: str) -> list[str]:
        return [element.text for element in package.iter(f"{CORE}{name}") if element.text]

    known = {
        "title": next(iter(said("title")), None),
        "authors": said("creator"),
        "publisher": next(iter(said("publisher")), None),
        "date": next(iter(said("date")), None),
        "lang": next(iter(said("language")), None),
        "url": next((each for each in said("source") if each.startswith("http")), None),
    }
    return {key: value for key, value in known.items() if value}
