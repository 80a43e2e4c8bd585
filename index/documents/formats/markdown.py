"""A tree of HTML in → all of its text as Markdown, out: for books, where nothing is to be left out as furniture."""

import re
from collections.abc import Iterator

from index.documents.formats.tree import Element

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "figcaption"),
        *("figure", "footer", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *HEADINGS),
    ]
)
LEFT_OUT = frozenset({"head", "nav", "img", "audio", "video"})
DEEPEST = 200  # levels of elements; pages have some 30


def markdown_of(tree: Element) -> str:
    """Headings, paragraphs, list items and tables, each after an empty line; what stands within lines without marks."""
    return "\n\n".join(_blocks(tree, 0))


def pipe_table(rows: list[list[str]]) -> str:
    """Rows of cells as a Markdown table, the first of them its header."""
    width = max(map(len, rows))
    lines = [
        "| " + " | ".join(cell.replace("|", "\\|") for cell in [*row, *[""] * (width - len(row))]) + " |"
        for row in rows
    ]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def _blocks(element: Element, depth: int) -> Iterator[str]:
    """The blocks of an element; text that stands loose between them is a paragraph of its own."""
    if depth > DEEPEST:
        return
    loose = [element.text or ""]
    for child in element:
        name = _name(child)
        if name in LEFT_OUT:
            loose.append(child.tail or "")
        elif name in BLOCKS:
            yield from _paragraph(loose)
            yield from _block(child, name, depth + 1)
            loose = [child.tail or ""]
        elif any(_name(inner) in BLOCKS for inner in child.iterdescendants()):
            yield from _paragraph(loose)
            yield from _blocks(child, depth + 1)
            loose = [child.tail or ""]
        else:
            loose += [_inline(child), child.tail or ""]
    yield from _paragraph(loose)


def _block(element: Element, name: str, depth: int) -> Iterator[str]:
    words = " ".join(_inline(element).split())
    if name in HEADINGS:
        yield from [f"{'#' * HEADINGS[name]} {words}"] if words else []
    elif name == "table":
        rows = [
            [" ".join(_inline(cell).split()) for cell in row if _name(cell) in ("td", "th")]
            for row in element.iter("{*}tr")
        ]
        rows = [row for row in rows if any(row)]
        yield from [pipe_table(rows)] if rows else []
    elif name == "li" and not any(_name(inner) in BLOCKS for inner in element.iterdescendants()):
        yield from [f"- {words}"] if words else []
    else:
        yield from _blocks(element, depth)


def _paragraph(parts: list[str]) -> Iterator[str]:
    words = re.sub(r"[ \t\r\n]+", " ", "".join(parts)).strip()
    if words:
        yield words


def _inline(element: Element) -> str:
    """The text within an element; a line break and the edge of a block are blanks."""
    return "".join(_parts(element, 0))


def _parts(element: Element, depth: int) -> Iterator[str]:
    yield element.text or ""
    for child in element if depth < DEEPEST else ():
        name = _name(child)
        if name == "br" or name in BLOCKS:
            yield " "
        if name not in LEFT_OUT:
            yield from _parts(child, depth + 1)
        yield child.tail or ""


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
