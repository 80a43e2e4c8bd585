"""A table's cells in → its results, out: models in columns, in rows or in both with benchmarks, settings in titles."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from index.extraction.finding import Finding
from index.extraction.grid import Cell, Grid
from index.extraction.number import Number, cell_numbers, cell_parts
from index.extraction.setting import joined, one_of_each, own_setting, settings_in, split_setting
from index.names import SIZE, Names

# Titles of what is a fact about a model or a test, not a result.
OTHER = re.compile(
    r"\W*(?:(?:total|active|activated|non-?emb\w*|trainable)?\s*#?\s*param|size\b|layer|head|context|ctx|length|window|licen|"
    r"pric|cost|\$|usd|input\b|output\b|cached?\b|release|launch|date|year|link|url|source|code\b|paper|credit|developer|"
    r"organi[sz]ation|org\b|lab\b|company|maker|provider|vendor|author|rank|#$|no\.$|place|position|description|notes?\b|"
    r"comment|about|what|why|how|who|when|where|group|category|domain|area|type|kind|modalit|tool|state|status|train|"
    r"knowledge|cut-?off|tokens?\b|speed|latency|throughput|tok/s|tps|time\b|ttft|memory|vram|gpu|hardware|embedding|"
    r"generation|vocab|votes?\b|battles|hours?\b|minutes?\b|seconds?\b|run-?\s?time|duration|wall|(?:95%\s*)?ci\b|confidence|change|Δ|diff|delta|gain|improvement|gap|advantage|"
    r"number\b|percent of\b|share of\b|count\b|samples?\b|questions?\b|tasks?\s*\(#\)|command|edit format|"
    r"shots?\b|# ?shots?|metric|attempts?\b|"
    r"seed|temperature|max\b|min\b|std|average\b|avg\b|mean\b|overall\b|winner|best\b|verdict|quantization|precision|"
    r"batch|optimizer|learning rate|availability|access|users?\b|downloads?|stars?\b|used for|use case|feature|"
    r"refus|tie.?embedding|license|multimodal\b$|reasoning\b$|vision\b$|audio\b$|open.?source|open.?weight)",
    re.IGNORECASE,
)
# Titles of a column of results that don't say of which benchmark.
GENERIC = re.compile(
    r"\W*(?:(?:arena|elo|overall|final|total|benchmark|index|test|mean)?\s*(?:scores?|results?|elo|rating|accuracy|acc\.?|"
    r"value|points|performance)|percent(?:age)?\s+\w+|%\s*\w*|(?:pass|success|solve|resolve|resolution|completion)\s+rate|"
    r"(?:%\s*)?resolved|(?:pass|avg|maj|cons)@\d+|win\s+rate|index)\W*(?:\(%\))?\W*",
    re.IGNORECASE,
)
BENCHMARKY = re.compile(
    r"\b(?:bench\w*|evals?|evaluations?|tasks?|datasets?|metrics?|tests?|scores?|performance|accuracy|results?|leaderboards?|"
    r"exams?|compar\w+)\b",
    re.IGNORECASE,
)
# Who has a column or a row beside models and is none.
NO_MODEL = re.compile(
    r"(?:human|expert|physician|random|chance|baseline|previous|prior|(?:best\s+)?(?:competitor|rival|other|open)|sota\b|state.of|"
    r"frontier|target|goal|threshold|all\b|none\b)",
    re.IGNORECASE,
)
SETTING_TITLE = re.compile(
    r"\W*(?:#?\s*shots?|metric|setting|mode|variant|split|tools?|config\w*|effort|subset)\W*", re.IGNORECASE
)
RANK = re.compile(r"\W*\d{1,4}\W*")
NO_VALUE = re.compile(r"(?:[-–—/.x×?*]{0,3}|n/?a|none|n\.a\.|tbd|unknown|not reported)", re.IGNORECASE)
ON = re.compile(r"^(?:scores?|accuracy|performance|results?|%)\s+(?:on|in|for)\s+(?:the\s+)?", re.IGNORECASE)
OWN = re.compile(r"\s*\((?:ours|this work|new|us)\)\s*", re.IGNORECASE)


# A column below a family's name: "8B", "Mini", "32B Instruct". A mode such as "Thinking" is a setting.
PART_OF_NAME = re.compile(
    rf"(?:(?:{SIZE}|Pro|Max|Mini|Nano|Micro|Flash|Lite|Ultra|Plus|Turbo|Large|Medium|Small|Tiny|XL|Base|Instruct|Chat|"
    r"Coder)(?:[ -]|$))+"
)
AMOUNT = re.compile(r"[<>≤≥~]|\d+(?:\s?[-–]\s?\d+)?\s?(?:min|h\b|hours?|s\b|sec|days?|k\b|K\b|tokens?|%)")


class Scene(NamedTuple):
    """What the text around a table says: its heading and caption, the benchmark and the model that they name."""

    words: str = ""
    benchmark: str | None = None
    model: str | None = None
    setting: str | None = None


class Name(NamedTuple):
    """What a title or a label names."""

    name: str
    setting: str | None


class TableReader:
    """One table: which axis names models and which benchmarks, then one result a value."""

    def __init__(self, grid: Grid, names: Names, scene: Scene) -> None:
        self._names = names
        self._scene = scene
        count = _title_rows(grid)
        self._titles = [_column_titles(grid.rows[:count], place) for place in range(len(grid.rows[0]))]
        self._body = [row for row in grid.rows[count:] if any(cell.text for cell in row)]
        self._models: dict[str, Name | None] = {}
        self._benchmarks: dict[str, Name | None] = {}
        self._width = range(len(self._titles))
        self._columns = [place for place in self._width if self._holds_values(place)]
        self._labels = [
            place
            for place in self._width
            if place not in self._columns and not self._is_values(place) and self._names_rows(place)
        ]

    def findings(self) -> Iterator[Finding]:
        """The results of the table, row by row."""
        if not self._columns or not self._labels:
            return
        across = [place for place in self._columns if any(map(self._model, self._titles[place]))]
        of_models = max(self._labels, key=lambda place: (self._count(place, self._model), -place))
        of_tests = max(
            self._labels, key=lambda place: (self._count(place, self._known_benchmark), place * 0 - self._other(place))
        )
        down = self._count(of_models, self._model)
        tests_down = self._count(of_tests, self._known_benchmark)
        if across and len(across) >= min(down, len(self._columns)):
            unknown = [place for place in self._columns if not self._test_in(self._titles[place])]
            yield from self._models_across(sorted({*across, *unknown}), of_tests if tests_down else self._test_label())
        elif down and tests_down and of_models != of_tests:
            yield from self._one_a_row(of_models, of_tests)
        elif down >= max(1, tests_down):
            yield from self._models_down(of_models)
        elif tests_down:
            yield from self._models_across(self._columns, of_tests)
        else:
            yield from self._unknown_models_down()

    # Which axis is which

    def _count(self, place: int, of: Callable[[str], object]) -> int:
        return sum(bool(of(row[place].text)) for row in self._body)

    def _other(self, place: int) -> int:
        return int(any(OTHER.match(title) for title in self._titles[place]))

    def _known_benchmark(self, text: str) -> bool:
        name = self._benchmark(text)
        return name is not None and (name.name in self._names.units or bool(self._names.benchmarks(name.name)))

    def _test_label(self) -> int:
        named = [place for place in self._labels if any(BENCHMARKY.search(title) for title in self._titles[place])]
        free = [place for place in self._labels if not self._other(place)]
        return (named or free or self._labels)[-1 if not named else 0]

    def _is_values(self, place: int) -> bool:
        cells = [row[place].text for row in self._body if not NO_VALUE.fullmatch(row[place].text)]
        values = sum(bool(cell_numbers(cell)) for cell in cells)
        return values > 0 and values * 2 >= len(cells)

    def _names_rows(self, place: int) -> bool:
        """Neither ranks nor dashes."""
        cells = [row[place].text for row in self._body if row[place].text]
        return not all(RANK.fullmatch(cell) or NO_VALUE.fullmatch(cell) for cell in cells)

    def _holds_values(self, place: int) -> bool:
        titles = self._titles[place]
        if not self._is_values(place):
            return False
        if any(self._model(title) or self._known_benchmark(title) for title in titles):
            return True
        return bool(titles) and not any(OTHER.match(title) for title in titles)

    # Layouts

    def _models_across(self, columns: Sequence[int], label: int) -> Iterator[Finding]:
        beside = [place for place in self._labels if place != label and self._is_setting(place)]
        beside += [
            place
            for place in self._width
            if place not in self._labels and place not in columns and self._is_setting(place)
        ]
        section = ""
        are_tests = self._count(label, self._known_benchmark) or any(map(BENCHMARKY.search, self._titles[label]))
        for row in self._body:
            written = row[label].text
            if not any(cell_numbers(row[place].text) for place in columns):
                section = written or section
                continue
            test = self._test(written, section)
            if test is None:
                continue
            settings = [self._beside(row[place].text, place) for place in beside]
            for place in columns:
                model = self._column_model(place)
                if model is None and are_tests:
                    model = self._fallback_model(place)
                if model:
                    own = self._test_in(self._titles[place])
                    name = own.name if own and not self._known_benchmark(written) else test.name
                    stated = (
                        own_setting(written, model.name, self._names) if self._names.models(written) else test.setting
                    )
                    yield from self._values(row, place, name, model.name, [stated, *settings, model.setting], label)

    def _models_down(self, label: int) -> Iterator[Finding]:
        known = sum(self._test_in(self._titles[place]) is not None for place in self._columns)
        context = f"{self._scene.words} {' '.join(title for titles in self._titles for title in titles)}"
        features = any(OTHER.match(title) for titles in self._titles for title in titles)
        tests: dict[int, Name] = {}
        for place in self._columns:
            test = self._column_test(place, known > 0 or bool(BENCHMARKY.search(context)) or not features)
            if test:
                tests[place] = test
        for row in self._body:
            model = self._model(row[label].text) or self._any_model(row[label].text)
            if model is None:
                continue
            for place, test in tests.items():
                yield from self._values(row, place, test.name, model.name, [test.setting, model.setting], label)

    def _one_a_row(self, of_models: int, of_tests: int) -> Iterator[Finding]:
        for row in self._body:
            model, test = self._model(row[of_models].text), self._benchmark(row[of_tests].text)
            columns = self._columns if len(self._columns) == 1 else [
                place for place in self._columns if any(GENERIC.fullmatch(title) for title in self._titles[place])
            ]  # fmt: skip
            if model is None or test is None:
                continue
            for place in columns:
                yield from self._values(row, place, test.name, model.name, [test.setting, model.setting], of_models)

    def _unknown_models_down(self) -> Iterator[Finding]:
        """Rows of names that nobody knows: results only where the columns are benchmarks that are known."""
        if any(self._test_in(self._titles[place]) for place in self._columns):
            free = [place for place in self._labels if not self._other(place)]
            yield from self._models_down((free or self._labels)[0])

    def _values(
        self, row: Sequence[Cell], place: int, benchmark: str, model: str, settings: Sequence[str | None], label: int
    ) -> Iterator[Finding]:
        cell = row[place]
        title = " ".join(self._titles[place]) + " " + row[label].text
        unit = "%" if "(%)" in title else "elo" if re.search(r"\belo\b", title, re.IGNORECASE) else None
        inside = settings_in(cell.text)
        found = cell_parts(cell.reading.text)
        stated = [joined(*settings, inside, self._scene.setting)] * len(found)
        if len(found) > 1:
            parts = one_of_each(stated[0], len(found))
            if parts is None and all(number is None or (number.value % 1 == 0 and not number.unit) for number in found):
                return  # "1/2" is a fraction, or anything else
            stated = list(parts or stated)
        for number, setting in zip(found, stated, strict=True):
            if number is None:
                continue
            at, end = cell.reading.span(number.start, number.end)
            first = row[0].start if row[0].start <= at else at
            quoted = min(first, row[label].start) if at - min(first, row[label].start) < 600 else at
            yield Finding(
                benchmark,
                model,
                number if number.unit else number._replace(unit=unit),
                setting,
                quoted,
                max(end, cell.end),
                at,
            )

    # What a title or label names

    def _column_model(self, place: int) -> Name | None:
        found = [(title, name) for title in self._titles[place] if (name := self._model(title))]
        if not found:
            return None
        title, name = found[-1]
        others = [other for other in self._titles[place] if other != title]
        part = next((other for other in others if PART_OF_NAME.fullmatch(other)), None)
        whole = self._names.model(f"{name.name} {part}") if part else name.name
        return Name(whole, joined(name.setting, *(settings_in(other) for other in others if other != part)))

    def _fallback_model(self, place: int) -> Name | None:
        """A column of scores on known benchmarks: of the model that its title spells, else of the article's."""
        title = self._titles[place][-1] if self._titles[place] else ""
        if GENERIC.fullmatch(title) and len(self._columns) == 1:
            return Name(self._scene.model, None) if self._scene.model else None
        return None if GENERIC.fullmatch(title) else self._any_model(title)

    def _test_in(self, titles: Sequence[str]) -> Name | None:
        together = self._benchmark(" ".join(titles)) if len(titles) > 1 else None
        if together and together.name in self._names.units:
            return together
        found = [name for title in titles if self._known_benchmark(title) and (name := self._benchmark(title))]
        if not found:
            return None
        return Name(found[0].name, joined(found[0].setting, *(settings_in(title) for title in titles)))

    def _column_test(self, place: int, trusted: bool) -> Name | None:
        titles = self._titles[place]
        known = self._test_in(titles)
        if known or not titles:
            return known
        if all(GENERIC.fullmatch(title) for title in titles):
            return Name(self._scene.benchmark, None) if self._scene.benchmark else None
        plain = [title for title in titles if not GENERIC.fullmatch(title) and not self._model(title)]
        return self._benchmark(plain[-1]) if plain and trusted else None

    def _test(self, written: str, section: str) -> Name | None:
        """A row's benchmark; a section's name completes it: "τ²-Bench", then "Retail"."""
        name = self._benchmark(written)
        if name is None or self._known_benchmark(written):
            return name
        if GENERIC.fullmatch(written):
            return Name(self._scene.benchmark, None) if self._scene.benchmark else None
        within = self._benchmark(f"{section} {name.name}") if section else None
        if within and within.name in self._names.units:
            return within
        around = f"{self._scene.words} {' '.join(title for titles in self._titles for title in titles)}"
        known = any(self._known_benchmark(row[place].text) for row in self._body for place in self._labels)
        return name if known or BENCHMARKY.search(around) or not self._lists_features() else None

    def _lists_features(self) -> bool:
        """A table of what models are and cost has rows that say so: "Context window", "Price"."""
        return any(OTHER.match(row[place].text) for row in self._body for place in self._labels)

    def _benchmark(self, text: str) -> Name | None:
        if text not in self._benchmarks:
            self._benchmarks[text] = self._read_benchmark(text)
        return self._benchmarks[text]

    def _read_benchmark(self, text: str) -> Name | None:
        bare, setting = split_setting(ON.sub("", text), self._names)
        if not re.search(r"[^\W\d]", bare) or len(bare) > 80 or NO_VALUE.fullmatch(bare):
            return None
        if not self._names.knows_benchmark(bare):
            if AMOUNT.match(bare) and not self._names.benchmarks(bare):
                return None
            if OTHER.match(bare) and not self._names.benchmarks(bare):
                return None
            known = [mention for mention in self._names.benchmarks(bare) if mention.known]
            if len(known) == 1 and known[0].start == 0:
                rest = bare[known[0].end :].strip(" :-–—,")
                if settings_in(rest) or re.fullmatch(
                    r"(?:benchmark|score|accuracy|test|set|val|public|full|overall)*", rest, re.I
                ):
                    return Name(known[0].name, joined(setting, settings_in(rest)))
        return Name(self._names.benchmark(bare), setting)

    def _model(self, text: str) -> Name | None:
        if text not in self._models:
            self._models[text] = self._read_model(text)
        return self._models[text]

    def _read_model(self, text: str) -> Name | None:
        plain = OWN.sub(" ", text).strip()
        bare, setting = split_setting(plain, self._names, is_model=True)
        found = self._names.models(bare)
        if not found or found[0].start > 25 or self._names.knows_benchmark(bare) or len(bare) > 80:
            return None
        tests = self._names.benchmarks(bare)
        if tests and tests[0].end - tests[0].start >= found[0].end - found[0].start:
            return None
        mention, rest = found[0], bare[found[0].end :].strip(" :-–—,")
        if mention.start == 0 and mention.known and rest and settings_in(rest):
            return Name(mention.name, joined(setting, settings_in(rest)))
        return Name(self._names.model(bare), setting)

    def _any_model(self, text: str) -> Name | None:
        """A name by its place alone."""
        bare, setting = split_setting(OWN.sub(" ", text).strip(), self._names, is_model=True)
        if not re.search(r"[^\W\d]{2}", bare) or len(bare) > 60 or NO_MODEL.match(bare) or OTHER.match(bare):
            return None
        if GENERIC.fullmatch(bare):
            return None
        return None if self._names.knows_benchmark(bare) else Name(self._names.model(bare), setting)

    def _is_setting(self, place: int) -> bool:
        return any(SETTING_TITLE.fullmatch(title) for title in self._titles[place])

    def _beside(self, written: str, place: int) -> str | None:
        if NO_VALUE.fullmatch(written):
            return None
        return (
            f"{written}-shot" if written.isdigit() and "shot" in " ".join(self._titles[place]).casefold() else written
        )


def table_findings(grid: Grid, names: Names, scene: Scene) -> Iterator[Finding]:
    """The results of one table."""
    yield from TableReader(grid, names, scene).findings()


def _title_rows(grid: Grid) -> int:
    """How many rows name the columns: those marked, and what follows without any value."""
    count = 0
    for row in grid.rows[:5]:
        marked = all(cell.is_title for cell in row if cell.text)
        values = sum(bool(_value(cell)) for cell in row[1:])
        if count >= max(1, grid.titles) and (values or not _names_columns(row)):
            break
        if values and not marked and count >= grid.titles and count > 0:
            break
        count += 1
    return min(count, len(grid.rows) - 1)


def _names_columns(row: Sequence[Cell]) -> bool:
    """A second row of titles has several; a section's row has one."""
    return len({cell.text for cell in row if cell.text}) > 2


def _value(cell: Cell) -> list[Number]:
    return cell_numbers(cell.reading.text)


def _column_titles(rows: Sequence[Sequence[Cell]], place: int) -> list[str]:
    titles = [row[place].text for row in rows if row[place].text]
    return list(dict.fromkeys(titles))
