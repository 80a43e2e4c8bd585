"""A table as Markdown, HTML, LaTeX or tabs in → its cells, each with its place, in rows of one length, out."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.extraction.reading import Reading, read

RULE = re.compile(r"[\s|:+=-]*-{2,}[\s|:+=-]*")
MAX_SPAN = 40  # columns or rows that one cell may cover; no table in an article has more
MAX_CELLS = 60_000  # beyond this a page is a data dump; what is read until then is kept
HTML_TAG = re.compile(r"<(?P<close>/)?(?P<name>table|thead|tr|t[dh])\b(?P<rest>[^<>]{0,300})>", re.IGNORECASE)
SPAN = re.compile(r"(?P<side>col|row)span\s*=\s*[\"']?(?P<count>\d{1,3})", re.IGNORECASE)
LATEX = re.compile(r"\\begin\{(?:tabular|tabularx|tabulary|longtable)\*?\}")
LATEX_END = re.compile(r"\\end\{(?:tabular|tabularx|tabulary|longtable)\*?\}")
LATEX_RULE = re.compile(
    r"\s*\\(?:toprule|midrule|bottomrule|hline|addlinespace|cmidrule(?:\([lr]*\))?\{[\d-]*\}|cline\{[\d-]*\})"
)
LATEX_SPAN = re.compile(r"\s*\\multi(?P<side>column|row)\{(?P<count>\d{1,2})\}\{[^{}]*\}\{")


class Cell(NamedTuple):
    """What stands at [start:end] in the article, as it is read. `is_title`: marked as a header."""

    start: int
    end: int
    reading: Reading
    is_title: bool = False

    @property
    def text(self) -> str:
        """The cell's words on one line."""
        return " ".join(self.reading.text.split())


class Grid(NamedTuple):
    """A table: text[start:end] of the article. `titles`: how many of its first rows it says are titles."""

    start: int
    end: int
    rows: Sequence[Sequence[Cell]]
    titles: int


def pipe_grid(text: str, start: int, end: int) -> Grid | None:
    """The Markdown table at text[start:end]; outer bars may be missing."""
    lines = list(_lines(text, start, end))
    rule = next(
        (
            place
            for place, (first, last) in enumerate(lines[:4])
            if "-" in text[first:last] and RULE.fullmatch(text, first, last)
        ),
        0,
    )
    body = [line for line in lines if not RULE.fullmatch(text, *line) and text[slice(*line)].strip()]
    rows = [_bars(text, first, last) for first, last in body[:MAX_CELLS]]
    return _grid(start, end, rows, rule if rule else 0)


def tab_grid(text: str, start: int, end: int) -> Grid | None:
    """Lines whose cells are parted by tabs."""
    rows = [
        _cells(text, [first - 1, *(first + match.start() for match in re.finditer(r"\t", text[first:last])), last])
        for first, last in _lines(text, start, end)
    ]
    return _grid(start, end, rows, 0)


def html_grids(text: str) -> list[Grid]:
    """Every HTML table of a text. A table within a table is a table of its own."""
    if "<t" not in text.casefold():
        return []
    grids: list[Grid] = []
    tables: list[_HtmlTable] = []
    for tag in HTML_TAG.finditer(text):
        name, closes = tag["name"].casefold(), tag["close"] is not None
        if name == "table" and not closes:
            tables.append(_HtmlTable(tag.start()))
        elif tables and name == "table":
            grid = tables.pop().grid(text, tag.end())
            if grid:
                grids.append(grid)
        elif tables:
            tables[-1].take(name, closes, tag)
    return sorted(grids, key=lambda grid: grid.start)


def latex_grids(text: str) -> list[Grid]:
    """Every tabular of a text."""
    grids = []
    for begin in LATEX.finditer(text):
        stop = LATEX_END.search(text, begin.end())
        if not stop:
            break
        columns = re.compile(r"(?:\{[^{}]{0,40}\}){0,2}\{(?:[^{}]|\{[^{}]*\}){0,200}\}").match(text, begin.end())
        rows = list(_latex_rows(text, columns.end() if columns else begin.end(), stop.start()))
        grid = _grid(begin.start(), stop.end(), rows, 0)
        if grid:
            grids.append(grid)
    return grids


class _HtmlTable:
    """One table while its tags are read."""

    def __init__(self, start: int) -> None:
        self._start = start
        self._rows: list[list[tuple[int, int, bool, int, int]]] = []
        self._open: tuple[int, bool, int, int] | None = None
        self._in_head = False
        self._titles = 0

    def take(self, name: str, closes: bool, tag: re.Match[str]) -> None:
        if name in ("td", "th") and not closes:
            self._close(tag.start())
            if not self._rows:
                self._rows.append([])
            spans = {
                match["side"].casefold(): min(int(match["count"]), MAX_SPAN) for match in SPAN.finditer(tag["rest"])
            }
            self._open = (tag.end(), name == "th" or self._in_head, spans.get("col", 1), spans.get("row", 1))
            return
        self._close(tag.start())
        if name == "tr" and not closes:
            self._rows.append([])
        if name == "thead":
            self._in_head = not closes
            self._titles = max(self._titles, len([row for row in self._rows if row])) if closes else self._titles

    def _close(self, end: int) -> None:
        if self._open:
            start, is_title, columns, rows = self._open
            self._rows[-1].append((start, end, is_title, columns, rows))
            self._open = None

    def grid(self, text: str, end: int) -> Grid | None:
        self._close(end)
        count = 0
        rows: list[list[Cell]] = []
        below: dict[tuple[int, int], Cell] = {}
        for place, row in enumerate(each for each in self._rows if each):
            cells: list[Cell] = []
            for start, stop, is_title, columns, down in row:
                _fill(cells, below, place)
                cell = _cell(text, start, stop, is_title)
                for _ in range(max(1, columns)):
                    for deeper in range(1, down):
                        below[place + deeper, len(cells)] = cell
                    cells.append(cell)
            _fill(cells, below, place)
            rows.append(cells)
            count += len(cells)
            if count > MAX_CELLS:
                break
        return _grid(self._start, end, rows, self._titles)


def _fill(cells: list[Cell], below: dict[tuple[int, int], Cell], row: int) -> None:
    while (row, len(cells)) in below:
        cells.append(below[row, len(cells)])


def _grid(start: int, end: int, rows: list[list[Cell]], titles: int) -> Grid | None:
    rows = [row for row in rows if row]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    width = min(max(map(len, rows)), 200)
    padded = [
        [*row[:width], *[Cell(row[-1].end, row[-1].end, Reading("", [row[-1].end]))] * (width - len(row))]
        for row in rows
    ]
    return Grid(start, end, padded, titles)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        newline = text.find("\n", start, end)
        stop = end if newline < 0 else newline
        yield start, stop
        start = stop + 1


def _bars(text: str, start: int, end: int) -> list[Cell]:
    line = text[start:end]
    bars = [start + match.start() for match in re.finditer(r"(?<!\\)\|", line)]
    left = [] if line.lstrip().startswith("|") else [start - 1]
    right = [] if line.rstrip().endswith("|") else [end]
    return _cells(text, [*left, *bars, *right])


def _cells(text: str, edges: Sequence[int]) -> list[Cell]:
    return [_cell(text, before + 1, after) for before, after in pairwise(edges)]


def _cell(text: str, start: int, end: int, is_title: bool = False) -> Cell:
    end = min(end, start + 600)  # a cell with more is prose
    inner = text[start:end]
    first = start + len(inner) - len(inner.lstrip())
    last = max(first, start + len(inner.rstrip()))
    return Cell(first, last, read(text, first, last), is_title)


def _latex_rows(text: str, start: int, end: int) -> Iterator[list[Cell]]:
    position = start
    while position < end:
        stop = text.find("\\\\", position, end)
        stop = end if stop < 0 else stop
        first = position
        while match := LATEX_RULE.match(text, first, stop):
            first = match.end()
        if text[first:stop].strip():
            yield list(_latex_cells(text, first, stop))
        position = stop + 2


def _latex_cells(text: str, start: int, end: int) -> Iterator[Cell]:
    edges = [start - 1, *(match.start() for match in re.compile(r"(?<!\\)&").finditer(text, start, end)), end]
    for before, after in pairwise(edges):
        span = LATEX_SPAN.match(text, before + 1, after)
        cell = _cell(text, span.end() if span else before + 1, after)
        for _ in range(min(int(span["count"]), MAX_SPAN) if span and span["side"] == "column" else 1):
            yield cell
