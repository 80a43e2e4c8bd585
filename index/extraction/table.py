"""A Markdown table in → its results, out."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from index.extraction.finding import Finding
from index.extraction.number import cell_value
from index.extraction.setting import settings_in, split_setting
from index.names import Names

RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
# Columns that hold facts about a row, not results.
OTHER = re.compile(
    r"(?:param|size|layer|head|context|length|licen|price|cost|release|date|link|url|credit|source|developer|organi|rank|"
    r"description|notes?|#|what|group|tool|where|when|who|state|vendor|training|tokens?\b|embedding|generation)",
    re.IGNORECASE,
)


class Cell(NamedTuple):
    """text[start:end] without the blanks around it."""

    start: int
    end: int
    text: str


def table_findings(text: str, start: int, end: int, names: Names) -> Iterator[Finding]:
    """The results of the table at text[start:end]: models in columns or in rows, settings in headers and row names."""
    rows = list(_rows(text, start, end))
    if len(rows) < 3 or not RULE.fullmatch(text[rows[1][0].start : rows[1][-1].end] if rows[1] else ""):
        return
    header, body = rows[0], [row for row in rows[2:] if row]
    titles = [_plain(cell.text) for cell in header]
    columns = [place for place, title in enumerate(titles) if place and title and not OTHER.match(title)]
    in_columns = sum(_names_model(header[place].text, names) for place in columns)
    # Rows are named in their first column, unless a rank or a number stands before the models.
    labels = [sum(_names_model(row[place].text, names) for row in body if place < len(row)) for place in (0, 1)]
    label = 1 if in_columns == 0 and labels[1] > labels[0] else 0
    in_rows = labels[label]
    if label:  # a ranking has columns of many kinds: only a benchmark's holds results
        columns = [place for place in columns if names.benchmarks(titles[place])]
    if in_columns == 0 and in_rows == 0:
        return
    for row in body:
        for place in columns:
            if not label < place < len(row) or (number := cell_value(row[place].text)) is None:
                continue
            named, other = (header[place], row[label]) if in_columns >= in_rows else (row[label], header[place])
            model, model_setting = split_setting(_plain(named.text), names, is_model=True)
            benchmark, setting = split_setting(_plain(other.text), names)
            if setting:
                setting = _own_setting(_plain(other.text), names.model(model), names)
            if not model or not benchmark or not re.search(r"[^\W\d]", benchmark):
                continue
            first = row[place].start + number.start
            yield Finding(
                names.benchmark(benchmark),
                names.model(model),
                number,
                "; ".join(dict.fromkeys(each for each in (setting, model_setting) if each)) or None,
                row[0].start,
                max(row[place].end, first),
                first,
            )


def _own_setting(name: str, model: str, names: Names) -> str | None:
    """The settings in a row's name that hold for a model: "(with tools; Kimi K2 in Thinking mode)" has one for all."""
    parts = re.split(r"[;,()]|\s[—–]\s", name)
    owners = [{mention.name for mention in names.models(part)} for part in parts]
    held = [settings_in(part) for part, owner in zip(parts, owners, strict=True) if not owner or model in owner]
    return "; ".join(dict.fromkeys(each for each in held if each)) or None


def _names_model(cell: str, names: Names) -> bool:
    plain = _plain(cell)
    found = names.models(plain)
    return bool(found) and not names.knows_benchmark(plain)


def _plain(cell: str) -> str:
    return " ".join(re.sub(r"\*+|`|<[^>]+>|\[\^\w+\]|[†‡]", "", cell).split())


def _rows(text: str, start: int, end: int) -> Iterator[list[Cell]]:
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
    cells = []
    for left, right in pairwise(edges):
        inner = line[left + 1 : right]
        blank = len(inner) - len(inner.lstrip())
        cells.append(Cell(start + left + 1 + blank, start + left + 1 + len(inner.rstrip()), inner.strip()))
    return cells
