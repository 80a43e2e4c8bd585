"""A Markdown or HTML table in → its cells in rows and columns, spans filled, each with its place, out."""

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
TAG = re.compile(r"<(/?)(table|thead|tbody|tfoot|tr|td|th)\b([^<>]{0,500})>", re.IGNORECASE)
SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)
# Footnote marks, which are set high, and every other tag; what stands between the others is the cell's text.
MARKUP = re.compile(
    r"<sup\b[^<>]{0,200}>[^<>]{0,40}</sup>|<!--.*?-->|<[^<>]{0,500}>|&(?:nbsp|#160|ensp|emsp|thinsp);",
    re.IGNORECASE | re.DOTALL,
)
MAX_SPAN = 100  # columns or rows; more are a mistake, or an attempt to fill the memory
MAX_DEPTH = 8  # tables within tables


class Cell(NamedTuple):
    """article.text[start:end] without the blanks around it; `text` has its length, with tags blanked out."""

    start: int
    end: int
    text: str


class Grid(NamedTuple):
    """`header` rows above `body` rows; a cell that spans several places stands in each of them."""

    header: list[list[Cell]]
    body: list[list[Cell]]


def markdown_grid(text: str, start: int, end: int) -> Grid | None:
    """The pipe table at text[start:end]; None where its second row is no rule, so that it is none."""
    rows = list(_lines(text, start, end))
    if len(rows) < 3 or not rows[1] or not RULE.fullmatch(text[rows[1][0].start : rows[1][-1].end]):
        return None
    return Grid([rows[0]], [row for row in rows[2:] if row])


def _lines(text: str, start: int, end: int) -> Iterator[list[Cell]]:
    position = start
    while position < end:
        newline = text.find("\n", position, end)
        line_end = end if newline < 0 else newline
        yield _cells(text, position, line_end)
        position = line_end + 1


def _cells(text: str, start: int, end: int) -> list[Cell]:
    line = text[start:end]
    bars = [match.start() for match in re.finditer(r"(?<!\\)\|", line)]
    edges = bars if line.lstrip().startswith("|") else [-1, *bars]
    if not line.rstrip().endswith("|"):
        edges = [*edges, len(line)]
    return [_cell(text, start + left + 1, start + right) for left, right in pairwise(edges)]


def _cell(text: str, start: int, end: int) -> Cell:
    plain = MARKUP.sub(lambda match: " " * len(match[0]), text[start:end])
    blank = len(plain) - len(plain.lstrip())
    first = start + min(blank, end - start)
    last = max(first, start + len(plain.rstrip()))
    return Cell(first, last, plain[first - start : last - start])


class _Open:
    """A table that is being read: its rows so far, and where its open cell began."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.rows: list[list[tuple[int, int, int, int, bool]]] = []  # start, end, colspan, rowspan, is header
        self.heads = 0  # rows within <thead>
        self.in_head = False
        self.cell: tuple[int, int, int, bool] | None = None
        self.inner: list[tuple[int, int]] = []  # tables within its cells


def html_tables(text: str) -> list[tuple[int, int, Grid]]:
    """Every HTML table of a text: its place and its grid; a table within another's cell is one of its own."""
    found: list[tuple[int, int, Grid]] = []
    stack: list[_Open] = []
    for tag in TAG.finditer(text):
        closing, name = bool(tag[1]), tag[2].casefold()
        if name == "table" and not closing and len(stack) < MAX_DEPTH:
            stack.append(_Open(tag.start()))
        elif stack and name == "table" and closing:
            table = stack.pop()
            _close_cell(table, tag.start())
            found.append((table.start, tag.end(), _grid(text, table)))
            if stack:
                stack[-1].inner.append((table.start, tag.end()))
        elif stack:
            _read_tag(stack[-1], tag, closing, name)
    return sorted(found, key=lambda each: each[0])


def _read_tag(table: _Open, tag: re.Match[str], closing: bool, name: str) -> None:
    if name in ("td", "th"):
        _close_cell(table, tag.start())
        if not closing:
            spans = {match[1].casefold(): min(int(match[2]), MAX_SPAN) for match in SPAN.finditer(tag[3])}
            table.cell = (tag.end(), max(spans.get("colspan", 1), 1), max(spans.get("rowspan", 1), 1), name == "th")
    elif name == "tr":
        _close_cell(table, tag.start())
        if not closing:
            table.rows.append([])
            table.heads += table.in_head
    else:
        _close_cell(table, tag.start())
        table.in_head = name == "thead" and not closing


def _close_cell(table: _Open, end: int) -> None:
    if table.cell is not None:
        start, columns, rows, is_header = table.cell
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append((start, end, columns, rows, is_header))
        table.cell = None


def _grid(text: str, table: _Open) -> Grid:
    rows: list[list[Cell]] = []
    hanging: dict[int, tuple[int, Cell]] = {}  # column → how many more rows its cell reaches into
    for raw in table.rows:
        row: list[Cell] = []
        waiting = list(raw)
        while waiting or len(row) in hanging:
            if len(row) in hanging:
                left, cell = hanging.pop(len(row))
                if left > 1:
                    hanging[len(row)] = (left - 1, cell)
                row.append(cell)
                continue
            start, end, columns, down, _ = waiting.pop(0)
            cell = _without(text, start, end, table.inner)
            for _ in range(columns):
                if down > 1:
                    hanging[len(row)] = (down - 1, cell)
                row.append(cell)
        rows.append(row)
    heads = table.heads or next(
        (place for place, raw in enumerate(table.rows) if not all(each[4] for each in raw) or not raw), len(rows)
    )
    heads = min(max(heads, 1), max(len(rows) - 1, 1))
    return Grid([row for row in rows[:heads] if row], [row for row in rows[heads:] if row])


def _without(text: str, start: int, end: int, inner: list[tuple[int, int]]) -> Cell:
    for first, _ in inner:
        if start <= first < end:
            return _cell(text, start, first)  # what stands beside a table within a cell is its caption
    return _cell(text, start, end)


def plain(cell: str) -> str:
    """A cell's words without markup, marks of footnotes and entities."""
    return " ".join(html.unescape(re.sub(r"\*+|`|<[^>]+>|\[\^?\w{1,3}\](?!\()|[†‡]", "", cell)).split())
