"""A text in → its tables in whatever form, and the text with blanks in their place, out."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from index.extraction.grid import RULE, Grid, html_grids, latex_grids, pipe_grid, tab_grid
from index.extraction.lines import loose_grids
from index.names import Names

OPENING = re.compile(
    r"^(?P<fence>```|~~~)|(?P<comment><!--)|<(?P<tag>script|style|svg)\b", re.IGNORECASE | re.MULTILINE
)


def tables(text: str, names: Names) -> tuple[list[Grid], str]:
    """The tables in order, and the text of the same length without them, code and comments."""
    rest = blanked(text, _not_text(text))
    found: list[Grid] = []
    marked = [*html_grids(rest), *latex_grids(rest)]
    found.extend(marked)
    rest = blanked(rest, [(grid.start, grid.end) for grid in marked])
    lines = _lines(rest)
    ruled = [*_pipe_tables(rest, lines), *_tab_tables(rest, lines)]
    found.extend(ruled)
    rest = blanked(rest, [(grid.start, grid.end) for grid in ruled])
    loose = loose_grids(rest, [line for line in lines if rest[slice(*line)].strip()], names)
    found.extend(loose)
    rest = blanked(rest, [(grid.start, grid.end) for grid in loose])
    return sorted(found, key=lambda grid: grid.start), rest


def _not_text(text: str) -> Iterator[tuple[int, int]]:
    """Code, comments and scripts. An end that is missing once is not looked for again, which keeps the time linear."""
    position, unclosed = 0, set[str]()
    while opening := OPENING.search(text, position):
        position = opening.end()
        end = "-->" if opening["comment"] else rf"^{opening['fence']}[^\n]*$" if opening["fence"] else ""
        end = end or f"</{opening['tag'].casefold()}>"
        closing = None
        if end not in unclosed:
            closing = re.compile(end, re.IGNORECASE | re.MULTILINE).search(text, position)
        if closing:
            yield opening.start(), closing.end()
            position = closing.end()
        else:
            unclosed.add(end)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in place of what stands at `spans`; line breaks stay."""
    parts, position = [], 0
    for start, end in sorted(spans):
        if end <= position:
            continue
        start = max(start, position)
        parts.append(text[position:start])
        parts.append(re.sub(r"[^\n]", " ", text[start:end]))
        position = end
    return "".join([*parts, text[position:]])


def _lines(text: str) -> list[tuple[int, int]]:
    breaks = [-1, *(match.start() for match in re.finditer("\n", text)), len(text)]
    return [(before + 1, after) for before, after in pairwise(breaks)]


def _pipe_tables(text: str, lines: Sequence[tuple[int, int]]) -> list[Grid]:
    grids = []
    for first, after in _runs(lines, lambda line: "|" in text[slice(*line)]):
        run = lines[first:after]
        ruled = any("-" in text[slice(*line)] and RULE.fullmatch(text, *line) for line in run[:4])
        barred = sum(text[slice(*line)].lstrip().startswith("|") for line in run)
        if len(run) >= 2 and (ruled or barred == len(run) >= 3):
            grid = pipe_grid(text, run[0][0], run[-1][1])
            if grid:
                grids.append(grid)
    return grids


def _tab_tables(text: str, lines: Sequence[tuple[int, int]]) -> list[Grid]:
    grids = []
    for first, after in _runs(lines, lambda line: "\t" in text[slice(*line)].strip()):
        run = lines[first:after]
        grid = tab_grid(text, run[0][0], run[-1][1]) if len(run) >= 2 else None
        if grid:
            grids.append(grid)
    return grids


def _runs(lines: Sequence[tuple[int, int]], belongs: Callable[[tuple[int, int]], bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place, line in enumerate(lines):
        if not belongs(line):
            continue
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs
