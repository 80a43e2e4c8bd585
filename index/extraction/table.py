"""A table's cells in → its results, out."""

import re
from collections.abc import Iterator, Sequence

from index.extraction.finding import Finding
from index.extraction.grid import Cell, Grid, plain
from index.extraction.number import cell_values
from index.extraction.setting import settings_in, split_setting
from index.names import Names

# Columns that hold facts about a row, not results.
OTHER = re.compile(
    r"(?:param|size|layer|head|context|length|licen|price|cost|release|date|link|url|credit|source|developer|organi|rank|"
    r"description|notes?|#|what|group|tool|where|when|who|state|vendor|training|tokens?\b|embedding|generation)",
    re.IGNORECASE,
)


# A column, beside the rows' names, that says under what its row was measured.
CONDITION = re.compile(
    r"(?:setting|mode|variant|config|effort|condition|setup|harness|prompt|metric|shots?)", re.IGNORECASE
)


def table_findings(grid: Grid, names: Names) -> Iterator[Finding]:
    """The results of a table: models in columns or in rows, settings in headers and row names."""
    header, body = _headings(grid.header, names), grid.body
    titles = [plain(cell.text) for cell in header]
    columns = [place for place, title in enumerate(titles) if place and title and not OTHER.match(title)]
    in_columns = sum(_names_model(titles[place], names) for place in columns)
    # Rows are named in their first column, unless a rank or a number stands before the models.
    labels = [sum(_names_model(plain(row[place].text), names) for row in body if place < len(row)) for place in (0, 1)]
    label = 1 if in_columns == 0 and labels[1] > labels[0] else 0
    in_rows = labels[label]
    if label:  # a ranking has columns of many kinds: only a benchmark's holds results
        columns = [place for place in columns if names.benchmarks(titles[place])]
    if in_columns == 0 and in_rows == 0:
        return
    conditions = [place for place, title in enumerate(titles) if place != label and CONDITION.match(title)]
    for row in body:
        if label >= len(row):
            continue
        held = [settings_in(plain(row[place].text)) for place in conditions if place < len(row)]
        for place in columns:
            if not label < place < len(row):
                continue
            named, other = (header[place], row[label]) if in_columns >= in_rows else (row[label], header[place])
            for part, number in cell_values(row[place].text):
                parts = _part(named.text, part), _part(other.text, part)
                if part[1] > 1 and parts == (plain(named.text), plain(other.text)):
                    continue  # two numbers, and nobody says what the two are
                of = _named(*parts, held, names)
                if of:
                    benchmark, model, setting = of
                    first = row[place].start + number.start
                    start, end = min(row[0].start, row[place].start), max(row[place].end, first)
                    yield Finding(benchmark, model, number, setting, start, end, first)


def _named(named: str, other: str, held: Sequence[str | None], names: Names) -> tuple[str, str, str | None] | None:
    """The benchmark, the model and the setting of a cell, by the headings that name its model and its benchmark."""
    model, model_setting = split_setting(named, names, is_model=True)
    benchmark, setting = split_setting(other, names)
    if setting:
        setting = _own_setting(other, names.model(model), names)
    if not model or not benchmark or not re.search(r"[^\W\d]", benchmark):
        return None
    settings = dict.fromkeys(each for each in (setting, model_setting, *held) if each)
    return names.benchmark(benchmark), names.model(model), "; ".join(settings) or None


def _headings(rows: Sequence[Sequence[Cell]], names: Names) -> list[Cell]:
    """One heading a column: the lowest, with what those above it add: a name that it lacks, or a setting."""
    if not rows:
        return []
    lowest = list(rows[-1])
    for above in reversed(rows[:-1]):
        for place, cell in enumerate(above[: len(lowest)]):
            own, more = plain(lowest[place].text), plain(cell.text)
            if cell == lowest[place] or more in own:
                continue
            names_both = (_names_model(own, names) or names.benchmarks(own)) and not settings_in(more)
            if names_both or not (settings_in(more) or _names_model(more, names) or names.benchmarks(more)):
                continue
            joined = f"{own} ({more})" if settings_in(more) else f"{more} ({own})"
            lowest[place] = cell._replace(text=joined)
    return lowest


def _own_setting(name: str, model: str, names: Names) -> str | None:
    """The settings in a row's name that hold for a model: "(with tools; Kimi K2 in Thinking mode)" has one for all."""
    parts = re.split(r"[;,()]|\s[—–]\s", name)
    owners = [{mention.name for mention in names.models(part)} for part in parts]
    held = [settings_in(part) for part, owner in zip(parts, owners, strict=True) if not owner or model in owner]
    return "; ".join(dict.fromkeys(each for each in held if each)) or None


def _part(heading: str, part: tuple[int, int]) -> str:
    """What a heading says of one of a cell's values: "HLE (no tools / with tools)", "AIME 24/25" over "42.2/36.6"."""
    whole = plain(heading)
    place, count = part
    if count == 1:
        return whole
    for match in re.finditer(r"\(([^()]*)\)", whole):
        inside = [each.strip() for each in match[1].split("/")]
        if len(inside) == count and all(inside):
            return f"{whole[: match.start()]}({inside[place]}){whole[match.end() :]}"
    slashed = [each.strip() for each in whole.split("/")]
    if len(slashed) != count:
        return whole
    if place and re.fullmatch(r"\d+(?:\.\d+)?", slashed[place]):
        return re.sub(r"\d+(?:\.\d+)?$", slashed[place], slashed[0])  # "AIME 24/25"
    return slashed[place]


def _names_model(named: str, names: Names) -> bool:
    found = names.models(named)
    # "Aider with GPT-4o" is a system that runs on a model.
    built_on = found and re.search(r"(?:\b(?:with|using|on|via)|\+)\s*$", named[: found[0].start])
    return bool(found) and not built_on and not names.knows_benchmark(named)
