"""A Word document in → its text as Markdown and what it says about itself, out.

Read from its XML: python-docx leaves out what was inserted with changes tracked, and needs another dependency.
"""

import re
from collections.abc import Iterator
from typing import Any

from index.documents.formats import Document
from index.documents.formats.markdown import pipe_table
from index.documents.formats.parts import Parts
from index.documents.formats.tree import Element, part_tree

BODY, PROPERTIES = "word/document.xml", "docProps/core.xml"
HEADING = re.compile(r"(?:heading|überschrift|berschrift|titre|título|titolo|kop|rubrik)\s*(\d)", re.IGNORECASE)
TITLE = re.compile(r"title|titel", re.IGNORECASE)
SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
NOBODY = frozenset({"", "python-docx", "microsoft office user", "unknown", "user", "author"})  # what programs fill in
# Deleted words, text of fields, and the second form of what stands in a drawing.
LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "rPrChange", "pPrChange"})


def read(data: bytes, where: str) -> Document:
    """Read paragraphs, lists and tables in their order. Raises ArticleError for a file that is broken or locked."""
    parts = Parts(data, where)
    body = part_tree(parts.needed(BODY), where)
    properties = parts.read(PROPERTIES)
    text = "\n\n".join(_blocks(next(iter(body), body)))
    return Document(f"{text}\n" if text else "", own=_own(part_tree(properties, where)) if properties else {})


def _blocks(element: Element) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name == "p":
            yield from filter(None, [_paragraph(child)])
        elif name == "tbl":
            rows = [[" ".join(_cell(cell)) for cell in _cells(row)] for row in child.findall("{*}tr")]
            rows = [row for row in rows if any(row)]
            yield from [pipe_table(rows)] if rows else []
        elif name not in LEFT_OUT:
            yield from _blocks(child)  # content controls and inserted paragraphs


def _cells(row: Element) -> Iterator[Element]:
    """The cells of a row, one that covers several columns once for each of them."""
    for cell in row.iter("{*}tc"):
        span = cell.find("{*}tcPr/{*}gridSpan")
        count = _value(span) if span is not None else "1"
        yield from [cell] * (min(int(count), 40) if count.isdigit() else 1)


def _cell(cell: Element) -> Iterator[str]:
    yield from (" ".join(_words(paragraph).split()) for paragraph in cell.iter("{*}p"))


def _paragraph(paragraph: Element) -> str:
    words = re.sub(r"[ \t]+", " ", _words(paragraph)).strip()
    style = paragraph.find("{*}pPr/{*}pStyle")
    name = _value(style) if style is not None else ""
    if words and (heading := HEADING.match(name)):
        return f"{'#' * min(max(int(heading[1]), 1), 6)} {' '.join(words.split())}"
    if words and TITLE.fullmatch(name):
        return f"# {' '.join(words.split())}"
    is_item = paragraph.find("{*}pPr/{*}numPr") is not None
    return f"- {words}" if words and is_item else words


def _words(element: Element) -> str:
    return "".join(_parts(element))


def _parts(element: Element) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in SPACES:
            yield SPACES[name]
        elif name not in LEFT_OUT and not (name == "r" and _is_unsaid(child)):
            yield from _parts(child)


def _is_unsaid(run: Element) -> bool:
    """Struck or hidden?"""
    marks = (run.find(f"{{*}}rPr/{{*}}{name}") for name in ("strike", "dstrike", "vanish"))
    return any(mark is not None and _value(mark) not in ("0", "false", "off") for mark in marks)


def _own(properties: Element) -> dict[str, Any]:
    """Title, author and language; the day on which a document was made says nothing of when it was published."""
    known = {_name(element): element.text for element in properties}
    if (known.get("creator") or "").casefold() in NOBODY:
        known.pop("creator", None)
    return {key: known[key] for key in ("title", "creator", "language") if known.get(key)}


def _value(element: Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == "val"), "")


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
