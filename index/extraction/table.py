"""A table's cells in → its results, out: models in columns, in rows or in both with benchmarks, settings in titles."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from index.extraction.direction import direction, said_direction, undirected
from index.extraction.finding import Finding
from index.extraction.grid import Cell, Grid
from index.extraction.label import Labels, Name
from index.extraction.number import cell_numbers, cell_parts
from index.extraction.reporters import reporter, reporter_column
from index.extraction.setting import joined, one_of_each, own_setting, settings_in
from index.extraction.titles import (
    AMOUNT,
    BENCHMARKY,
    GENERIC,
    METRIC_TITLE,
    MODEL_TITLE,
    NO_VALUE,
    OTHER,
    PART_OF_NAME,
    RANK,
    REPORT_KIND,
    SETTING_TITLE,
    SIZED_NAME,
    column_titles,
    title_rows,
)
from index.names import Names


class Scene(NamedTuple):
    """What the text around a table says: its heading and caption, the benchmark and the model that they name."""

    words: str = ""
    benchmark: str | None = None
    model: str | None = None
    setting: str | None = None


class TableReader:
    """One table: which axis names models and which benchmarks, then one result a value."""

    def __init__(self, grid: Grid, names: Names, scene: Scene) -> None:
        self._names = names
        self._scene = scene
        count = title_rows(grid)
        written = [column_titles(grid.rows[:count], place) for place in range(len(grid.rows[0]))]
        self._said = [said_direction(" ".join(titles)) for titles in written]
        self._titles = [[undirected(title) for title in titles] for titles in written]
        self._body = [row for row in grid.rows[count:] if any(cell.text for cell in row)]
        labels = Labels(names)
        self._model, self._any_model = labels.model, labels.any_model
        self._benchmark, self._known_benchmark = labels.benchmark, labels.known_benchmark
        self._width = range(len(self._titles))
        self._columns = [place for place in self._width if self._holds_values(place)]
        self._reporters = reporter_column(self._titles, self._body, names.developers)
        self._labels = [
            place
            for place in self._width
            if place not in (*self._columns, self._reporters) and not self._is_values(place) and self._names_rows(place)
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
        titled = [place for place in self._labels if any(map(MODEL_TITLE.fullmatch, self._titles[place]))]
        if tests_down and not down and titled and of_tests not in titled:
            of_models, down = titled[0], self._count(titled[0], self._any_model)
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
        if self._said[place] is not None or any(self._model(title) or self._known_benchmark(title) for title in titles):
            return True
        return bool(titles) and not any(OTHER.match(title) and not REPORT_KIND.fullmatch(title) for title in titles)

    # Layouts

    def _models_across(self, columns: Sequence[int], label: int) -> Iterator[Finding]:
        beside = [place for place in self._labels if place != label and self._is_setting(place)]
        beside += [
            place
            for place in self._width
            if place not in self._labels and place not in columns and self._is_setting(place)
        ]
        section = above = ""
        are_tests = self._count(label, self._known_benchmark) or any(map(BENCHMARKY.search, self._titles[label]))
        for row in self._body:
            goes_on = not row[label].text and any(row[place].text for place in beside)
            written = above = above if goes_on else row[label].text
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
                    said = self._row_direction(row, written)
                    found = self._values(row, place, name, model.name, [stated, *settings, model.setting], label)
                    yield from (each._replace(higher_is_better=said) if said is not None else each for each in found)

    def _models_down(self, label: int) -> Iterator[Finding]:
        known = sum(
            self._test_in(self._titles[place]) is not None or self._said[place] is not None for place in self._columns
        )
        context = f"{self._scene.words} {' '.join(title for titles in self._titles for title in titles)}"
        features = any(OTHER.match(title) for titles in self._titles for title in titles)
        tests: dict[int, Name] = {}
        for place in self._columns:
            trusted = known > 0 or bool(BENCHMARKY.search(context)) or not features or self._are_scores(place)
            test = self._column_test(place, trusted)
            if test:
                tests[place] = test
        sizes = [place for place in self._width if place not in tests and self._holds_parts(place)]
        labels = self._carried_down(label, sizes)
        rows_of = Counter(labels)
        for row, written in zip(self._body, labels, strict=True):
            part = next((row[place].text for place in sizes if row[place].text), "")
            is_family = rows_of[written] > 1 and not SIZED_NAME.search(written)
            whole = f"{written} {part}" if part and is_family else written
            model = self._model(whole) or self._any_model(whole)
            if model is None:
                continue
            for place, test in tests.items():
                yield from self._values(row, place, test.name, model.name, [test.setting, model.setting], label)

    def _are_scores(self, place: int) -> bool:
        """Percentages with decimals: beside sizes and prices, a column of them is still one of results."""
        numbers = [number for row in self._body for number in cell_numbers(row[place].text)]
        decimals = sum("." in row[place].text for row in self._body)
        return len(numbers) > 1 and decimals * 2 >= len(numbers) and all(5 <= each.value <= 100 for each in numbers)

    def _carried_down(self, label: int, sizes: Sequence[int]) -> list[str]:
        """The rows' names; one stands once for the rows of its sizes below."""
        found: list[str] = []
        for row in self._body:
            goes_on = found and not row[label].text and any(row[place].text for place in sizes)
            found.append(found[-1] if goes_on else row[label].text)
        return found

    def _holds_parts(self, place: int) -> bool:
        """A column of what makes a name whole: "8B", "32B", "Mini"."""
        cells = [row[place].text for row in self._body if row[place].text]
        return len(cells) > 1 and all(PART_OF_NAME.fullmatch(cell) for cell in cells)

    def _one_a_row(self, of_models: int, of_tests: int) -> Iterator[Finding]:
        for row in self._body:
            written = row[of_models].text
            model, test = self._model(written) or self._any_model(written), self._benchmark(row[of_tests].text)
            columns = self._columns if len(self._columns) == 1 else [
                place
                for place in self._columns
                if any(GENERIC.fullmatch(title) or REPORT_KIND.fullmatch(title) for title in self._titles[place])
            ]  # fmt: skip
            if model is None or test is None:
                continue
            said = self._row_direction(row, row[of_tests].text)
            for place in columns:
                settings = [test.setting, model.setting, self._report_kind(place)]
                found = self._values(row, place, test.name, model.name, settings, of_models)
                yield from (each._replace(higher_is_better=said) if said is not None else each for each in found)

    def _unknown_models_down(self) -> Iterator[Finding]:
        """Rows of names that nobody knows: results only where the columns are benchmarks that are known."""
        if any(self._test_in(self._titles[place]) or self._said[place] is not None for place in self._columns):
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
        if len(found) == 2 and found[1] and found[1].value == 100 and "/" not in f"{title}{joined(*settings) or ''}":
            found = found[:1]  # of 100
        tests = self._tests_of(benchmark, len(found))
        stated = [joined(*settings, inside, self._scene.setting)] * len(found)
        if len(found) > 1:
            parts = one_of_each(stated[0], len(found))
            if (
                parts is None
                and tests[0] == benchmark
                and all(number is None or (number.value % 1 == 0 and not number.unit) for number in found)
            ):
                return  # "1/2" is a fraction, or anything else
            stated = list(parts or stated)
        for test, number, setting in zip(tests, found, stated, strict=True):
            if number is None:
                continue
            at, end = cell.reading.span(number.start, number.end)
            first = row[0].start if row[0].start <= at else at
            quoted = min(first, row[label].start) if at - min(first, row[label].start) < 600 else at
            yield Finding(
                test,
                model,
                number if number.unit else number._replace(unit=unit),
                setting,
                quoted,
                max(end, cell.end),
                at,
                self._direction(place),
                None if self._reporters is None else reporter(row[self._reporters]),
            )

    def _direction(self, place: int) -> bool | None:
        """What a column's title says of it or means; else what the text around the table says."""
        meant = self._said[place]
        if meant is None and not any(map(self._model, self._titles[place])):
            meant = direction(" ".join(self._titles[place]))
        return said_direction(self._scene.words) if meant is None else meant

    def _row_direction(self, row: Sequence[Cell], test: str) -> bool | None:
        """What a row's benchmark, its metric or its arrow says; "↑" beside a value says how that changed."""
        free = [place for place in self._width if place not in self._columns]
        marks = [row[place].text for place in free if all(map(METRIC_TITLE.fullmatch, self._titles[place]))]
        said = said_direction(" ".join([test, *marks]))
        return direction(" | ".join([test, *marks])) if said is None else said

    def _report_kind(self, place: int) -> str | None:
        """ "Reported" and "reproduced" are two settings of one model's number."""
        kinds = [title for title in self._titles[place] if REPORT_KIND.fullmatch(title)]
        return kinds[-1].casefold() if kinds else None

    def _tests_of(self, benchmark: str, count: int) -> list[str]:
        """ "HumanEval / MBPP" with "90.2 / 84.0" is two benchmarks."""
        parts = [part.strip() for part in benchmark.split("/")] if count > 1 else []
        if len(parts) == count and any(map(self._names.knows_benchmark, parts)):
            return [self._names.benchmark(part) for part in parts]
        return [benchmark] * count

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
        if REPORT_KIND.fullmatch(title):
            return Name(self._scene.model, title.casefold()) if self._scene.model else None
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
        if all(map(REPORT_KIND.fullmatch, titles)):
            return Name(self._scene.benchmark, titles[-1].casefold()) if self._scene.benchmark else None
        if AMOUNT.match(titles[-1]) and self._scene.benchmark and self._names.benchmarks(self._scene.words):
            return Name(self._scene.benchmark, titles[-1])  # a length of context, a range of difficulty
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
