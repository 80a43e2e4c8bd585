"""A table of facts and a width in → the table as a terminal shows it, or a list where it doesn't fit, out."""

import textwrap
from collections.abc import Iterator

from rich.align import Align
from rich.cells import cell_len, set_cell_size
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.fact_table import DISPUTED, Cell, FactTable

GAP = 3  # columns between two sources
INDENT = 2
HEADER_WIDTHS = (18, 14, 11)  # columns of a source's name on one line, the widest that leaves room for the labels
HEADER_LINES = 3
SHORTEST_LABEL = 16
MARK = r"(?:\[\d+\])+"


def grid(table: FactTable, width: int) -> RenderableType:
    """Models down, sources across; a line for each source where `width` is too small for that."""
    heading = Text(table.heading, style="heading")
    longest = max(cell_len(row.label) for row in table.rows)
    # A label may go on below, and so may a cell with several numbers, but neither need where names can.
    for enough, breaks in ((longest, False), (SHORTEST_LABEL, False), (SHORTEST_LABEL, True)):
        for header in HEADER_WIDTHS:
            widths = [_column_width(table, place, header, breaks) for place in range(len(table.sources))]
            room = width - INDENT - sum(widths) - GAP * len(widths)
            if room >= min(longest, enough):
                laid_out = _table(table, widths, header, min(longest, room), breaks)
                return Group(heading, Padding(laid_out, (0, 0, 0, INDENT)))
    return Group(heading, *_list(table, width))


def _column_width(table: FactTable, place: int, header: int, breaks: bool) -> int:
    name = max(cell_len(line) for line in _header(table.sources[place], header))
    cells = (_shown(row.cells[place], breaks) for row in table.rows)
    return max(name, *(cell_len(line) for cell in cells for line in cell.splitlines()))


def _header(name: str, width: int) -> list[str]:
    lines = textwrap.wrap(name, width) or [""]
    if len(lines) > HEADER_LINES:
        lines = [*lines[: HEADER_LINES - 1], f"{lines[HEADER_LINES - 1][: width - 1]}…"]
    return lines


def _shown(cell: Cell | None, breaks: bool = False) -> str:
    if cell is None:
        return "–"
    text = cell.text.replace(" / ", " /\n") if breaks else cell.text
    return f"{text} {DISPUTED}" if cell.disputed else text


def _table(table: FactTable, widths: list[int], header: int, label: int, breaks: bool) -> Table:
    laid_out = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="column")
    laid_out.add_column("", width=label)
    for name, width in zip(table.sources, widths, strict=True):
        laid_out.add_column(Text("\n".join(_header(name, header))), width=width, no_wrap=True, vertical="bottom")
    for row in table.rows:
        # A label that goes on below has its numbers beside its first line.
        cells = (Align(_cell_text(cell, breaks), vertical="top") for cell in row.cells)
        laid_out.add_row(Text(row.label), *cells)
    return laid_out


def _cell_text(cell: Cell | None, breaks: bool = False) -> Text:
    style = "disputed" if cell and cell.disputed else "quiet" if cell is None else ""
    text = Text(_shown(cell, breaks), style=style)
    text.highlight_regex(MARK, "mark")
    return text


def _list(table: FactTable, width: int) -> Iterator[Text]:
    numbers = max(cell_len(_shown(cell)) for row in table.rows for cell in row.cells if cell)
    names = max(cell_len(name) for name in table.sources)
    room = max(min(names, width - 2 * INDENT - GAP - numbers), 1)
    for row in table.rows:
        yield from (Text(f"{' ' * INDENT}{line}") for line in textwrap.wrap(row.label, width - INDENT))
        for name, cell in zip(table.sources, row.cells, strict=True):
            if cell is not None:
                short = name if cell_len(name) <= room else f"{set_cell_size(name, room - 1)}…"
                lead = f"{' ' * 2 * INDENT}{set_cell_size(short, room)}{' ' * GAP}"
                yield Text(lead).append_text(_cell_text(cell))
