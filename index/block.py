"""An article's text in → its blocks (headings, paragraphs, lists, tables) in order, out."""

import re
from typing import Literal, NamedTuple

BlockKind = Literal["heading", "paragraph", "list", "table"]

HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*\s*\Z")
ITEM = re.compile(r"\s*(?:[-*+•▪‣]|\d{1,3}[.)])\s+\S")
TABLE_ROW = re.compile(r"\s*\|.*\|\s*\Z")
MAX_HEADING = 300  # characters of a line after "#"; a page of text behind one is no heading
MAX_TITLE = 80  # characters; a line of plain text that stands alone and is longer than this is a sentence


class Block(NamedTuple):
    """text[start:end], with the blank lines that follow it. `level` is a heading's depth, 1 to 6, else 0."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    title: str = ""


def blocks(text: str) -> list[Block]:
    """Cut a text into blocks. Joined, they give the text back exactly; blank lines belong to the block before them."""
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found: list[Block] = []
    here = 0
    while here < len(lines):
        first = here
        while here < len(lines) and not lines[here].strip():
            here += 1  # blank lines at the very start; elsewhere the block before has taken them
        if here == len(lines):
            found.append(Block("paragraph", starts[first], starts[here]))
            break
        kind, after = _extent(lines, here)
        while after < len(lines) and not lines[after].strip():
            after += 1
        level, title = _title(lines[here]) if kind == "heading" else (0, "")
        found.append(Block(kind, starts[first], starts[after], level, title))
        here = after
    return found


def _extent(lines: list[str], first: int) -> tuple[BlockKind, int]:
    line = lines[first].rstrip("\n")
    if _is_heading(line):
        return "heading", first + 1
    kind: BlockKind = "paragraph"
    if TABLE_ROW.match(line):
        kind = "table"
    elif ITEM.match(line):
        kind = "list"
    after = first + 1
    while after < len(lines) and _continues(kind, lines[after]):
        after += 1
    if kind == "paragraph" and after == first + 1 and _stands_as_title(line, lines, after):
        return "heading", after
    return kind, after


def _is_heading(line: str) -> bool:
    return len(line) <= MAX_HEADING and HEADING.match(line.rstrip("\n")) is not None


def _continues(kind: BlockKind, line: str) -> bool:
    if not line.strip() or _is_heading(line):
        return False
    if kind == "table":
        return TABLE_ROW.match(line) is not None
    return kind == "list" or not (ITEM.match(line) or TABLE_ROW.match(line))


def _stands_as_title(line: str, lines: list[str], after: int) -> bool:
    """Plain text marks a heading by nothing but standing alone, short, without a stop, above something."""
    words = line.strip()
    return (
        len(words) <= MAX_TITLE
        and words[0].isalnum()
        and not words[0].islower()
        and words[-1] not in ".!:;,…|"
        and after < len(lines)
        and not lines[after].strip()
        and any(rest.strip() for rest in lines[after : after + 4])
    )


def _title(line: str) -> tuple[int, str]:
    match = HEADING.match(line.rstrip("\n"))
    return (len(match[1]), match[2]) if match else (6, line.strip())
