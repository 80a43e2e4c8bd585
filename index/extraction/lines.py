"""Lines of a table that lost its rules in → its cells again, out: a PDF's rows, or one cell a line."""

import re
from collections.abc import Sequence

from index.extraction.grid import Cell, Grid
from index.extraction.number import cell_numbers
from index.extraction.reading import read
from index.names import Mention, Names

VALUE = r"(?:[~≈]?\d[\d,]*(?:\.\d+)?\s?%?[*†‡]?|[-–—]|N/A|n/a)"
ROW = re.compile(rf"(?P<label>\S.{{0,80}}?)(?P<values>(?:\s+{VALUE}){{2,20}})\s*")
SINGLE = re.compile(VALUE)
MAX_LINE = 300  # characters of a table's row
FIRST_TITLES = re.compile(
    r"(?:benchmarks?|models?|tasks?|datasets?|evals?|evaluations?|metrics?|category|test)", re.IGNORECASE
)

Line = tuple[int, int]


def loose_grids(text: str, lines: Sequence[Line], names: Names) -> list[Grid]:
    """Tables among lines that are no blank ones, each given by its start and end."""
    grids: list[Grid] = []
    place = 0
    while place < len(lines):
        found = _row_table(text, lines, place, names) or _cell_table(text, lines, place, names)
        if found:
            grids.append(found[0])
            place = found[1]
        else:
            place += 1
    return grids


def _row_table(text: str, lines: Sequence[Line], place: int, names: Names) -> tuple[Grid, int] | None:
    """A line of names, then lines of a label and as many values."""
    start, end = lines[place]
    if end - start > MAX_LINE or place + 1 >= len(lines) or not ROW.fullmatch(text, *lines[place + 1]):
        return None
    line = text[start:end]
    titles: list[Mention] = names.models(line)
    if len(titles) < 2:
        titles = names.benchmarks(line)
    if len(titles) < 2 or re.search(r"[.!?:]\s*$", line) or _words_between(line, titles) > 2:
        return None
    header = [_cell(text, start, start), *(_cell(text, start + each.start, start + each.end) for each in titles)]
    rows = [header]
    after = place + 1
    while after < len(lines) and lines[after][1] - lines[after][0] <= MAX_LINE:
        match = ROW.fullmatch(text, *lines[after])
        row = _row(text, match, len(titles)) if match else None
        if row is None:
            break
        rows.append(row)
        after += 1
    return (Grid(start, lines[after - 1][1], rows, 1), after) if len(rows) > 1 else None


def _words_between(line: str, titles: Sequence[Mention]) -> int:
    edges = [0, *(edge for each in titles for edge in (each.start, each.end)), len(line)]
    gaps = [line[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True)]
    return sum(len(re.findall(r"[A-Za-z]{2,}", gap)) for gap in gaps)


def _row(text: str, match: re.Match[str], count: int) -> list[Cell] | None:
    values = list(re.compile(rf"(?<=\s){VALUE}(?=\s|$)").finditer(text[: match.end()], match.start("values")))
    if len(values) < count:
        return None
    values = values[-count:]
    label_end = match.start("label") + len(text[match.start("label") : values[0].start()].rstrip())
    if not re.search(r"[^\W\d]", text[match.start("label") : label_end]):
        return None
    return [_cell(text, match.start("label"), label_end), *(_cell(text, *value.span()) for value in values)]


def _cell_table(text: str, lines: Sequence[Line], place: int, names: Names) -> tuple[Grid, int] | None:
    """Each cell on a line of its own: a corner, k names, then a label and k values, again and again."""
    if not FIRST_TITLES.fullmatch(text[slice(*lines[place])].strip()):
        return None
    after = place + 1
    while after < len(lines) and after - place <= 12 and _is_name(text[slice(*lines[after])], names):
        after += 1
    count = after - place - 1
    while count >= 1 and not _row_of_lines(text, lines, place + 1 + count, count):
        count -= 1
    if count < 1:
        return None
    rows = [[_cell(text, *line) for line in lines[place : place + count + 1]]]
    after = place + count + 1
    while _row_of_lines(text, lines, after, count):
        rows.append([_cell(text, *line) for line in lines[after : after + count + 1]])
        after += count + 1
    return Grid(lines[place][0], lines[after - 1][1], rows, 1), after


def _is_name(line: str, names: Names) -> bool:
    return len(line) <= 60 and not cell_numbers(line) and (bool(names.models(line)) or bool(names.benchmarks(line)))


def _row_of_lines(text: str, lines: Sequence[Line], place: int, count: int) -> bool:
    row = lines[place : place + count + 1]
    if len(row) <= count:
        return False
    label, *values = (text[slice(*line)].strip() for line in row)
    return (
        len(label) <= 80
        and re.search(r"[^\W\d]", label) is not None
        and not SINGLE.fullmatch(label)
        and all(SINGLE.fullmatch(value) for value in values)
    )


def _cell(text: str, start: int, end: int) -> Cell:
    inner = text[start:end]
    first = start + len(inner) - len(inner.lstrip())
    last = max(first, start + len(inner.rstrip()))
    return Cell(first, last, read(text, first, last))
