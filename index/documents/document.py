"""A file, or its bytes, in → an article, out."""

import json
from pathlib import Path
from typing import NamedTuple

from index.documents.article import Article
from index.documents.formats import MAX_BYTES, SUFFIXES, Format, format_of, stem_of, unpacked
from index.documents.head import head_facts
from index.documents.metadata import Facts, facts_of
from index.errors import ArticleError
from index.sanitize import visible

MAX_CHARACTERS = 10_000_000  # a long book has 2 million; more is a log or a dump, and would hold up a build for minutes


class Original(NamedTuple):
    """A file as it came: its name, its bytes and those of its sidecar."""

    file: str
    data: bytes
    sidecar: bytes | None = None


def read_article(path: Path, name: str | None = None, where: str | None = None) -> Article:
    """Read one file with its sidecar; `name` is its id, `where` how errors name it. Raises ArticleError."""
    return parse_article(*read_original(path, where), where=where or str(path), name=name)


def read_original(path: Path, where: str | None = None) -> Original:
    """The bytes of one file and of its sidecar. Raises ArticleError, naming the file and what to do."""
    where = where or str(path)
    try:
        size = path.stat().st_size
        _check_size(size, where)
        data = path.read_bytes()
        sidecar_path = path.with_name(f"{stem_of(path.name)}.meta.json")
        sidecar = sidecar_path.read_bytes() if _lies_beside(sidecar_path) else None
    except OSError as error:
        raise ArticleError(f"{where}: can't be read ({error.strerror}). Check the path and its permissions.") from error
    return Original(path.name, data, sidecar)


def _lies_beside(sidecar: Path) -> bool:
    """Whether there is one; a link that leads out of the folder is none, as for articles."""
    return sidecar.is_file() and sidecar.resolve().is_relative_to(sidecar.parent.resolve())


def parse_article(
    file: str, data: bytes, sidecar: bytes | None = None, where: str | None = None, name: str | None = None
) -> Article:
    """Make an article of a file's name and bytes; `where` is how errors name it, `name` its id (default: of the file).

    A fact about the article comes from its front matter, else from the sidecar, else from the page's or the
    document's own metadata, else from the text's first lines. Raises ArticleError.
    """
    where = where or file
    _check_size(len(data), where)
    if not file.isprintable():
        raise ArticleError(f"{visible(where)}: the file's name holds control characters. Rename it.")
    kind = format_of(file, where)
    content = unpacked(data, where)
    document = kind.read(content, where)
    _check_text(document.text, where)
    beside = facts_of(_sidecar(sidecar, where))
    inner = facts_of(document.own)
    known = facts_of(document.front, inner.language).before(beside).before(inner)
    if known.wrong_date is not None:
        raise ArticleError(f"{where}: published is {known.wrong_date!r}, not a date. Write it as YYYY-MM-DD.")
    known = _completed(known, document.text, kind)
    return Article(
        id=name or stem_of(file),
        file=file,
        title=known.title or "Untitled",
        publisher=known.publisher,
        author=known.author,
        published=known.published,
        url=known.url,
        kind="brief" if known.kind == "brief" else "article",  # other people use `kind` for things of their own
        size=len(data),
        text=document.text,
    )


def _completed(known: Facts, text: str, kind: Format) -> Facts:
    head = head_facts(text, known.language)
    return known.before(head if kind.has_head else Facts(title=head.title))


def _check_size(size: int, where: str) -> None:
    if size > MAX_BYTES:
        raise ArticleError(
            f"{where}: the file has {size / 1e6:.1f} MB; an article may have {MAX_BYTES / 1e6:.0f} MB. "
            "Split it, or take it out of the folder."
        )


def _check_text(text: str, where: str) -> None:
    if not text.strip():
        raise ArticleError(f"{where}: holds no text. Add some, or take the file out of the folder.")
    if len(text) > MAX_CHARACTERS:
        raise ArticleError(
            f"{where}: its text has {len(text):,} characters; an article may have {MAX_CHARACTERS:,}. "
            "Split it, or take it out of the folder."
        )


def _sidecar(sidecar: bytes | None, where: str) -> dict[str, object]:
    if sidecar is None:
        return {}
    try:
        known = json.loads(sidecar.decode("utf-8-sig"))
    except ValueError as error:
        raise ArticleError(f"{where}: its .meta.json is not JSON ({error}). Correct it.") from error
    if not isinstance(known, dict):
        raise ArticleError(f"{where}: its .meta.json is not an object of title, publisher, author, published, url.")
    return known


__all__ = ["MAX_BYTES", "SUFFIXES", "Original", "parse_article", "read_article", "read_original"]
