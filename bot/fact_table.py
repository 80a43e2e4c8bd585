"""An answer's facts in → a table for each benchmark, models down and sources across, out."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.answer import Answer, Fact
from bot.disagreement import is_conflict
from bot.written import written

DISPUTED = "≠"


class Cell(NamedTuple):
    """What one source states for a row: numbers with their marks, and whether most others state another."""

    text: str
    disputed: bool


class Row(NamedTuple):
    """A model under one setting."""

    label: str
    cells: tuple[Cell | None, ...]  # None: this source does not say


class FactTable(NamedTuple):
    """One benchmark's results; the heading says which way is better where the answer does."""

    heading: str
    sources: tuple[str, ...]  # as readers know them, one a column
    rows: tuple[Row, ...]


def fact_tables(answer: Answer) -> tuple[FactTable, ...]:
    """The tables in the order in which the answer names the benchmarks, models and sources."""
    return tuple(_table(benchmark, answer) for benchmark in dict.fromkeys(fact.benchmark for fact in answer.facts))


def lists_facts(paragraph: str, answer: Answer) -> bool:
    """Whether the answer's text lists its facts here, line by line; where there are tables, they say it."""
    names = tuple(
        f"{name}{mark}" for fact in answer.facts for name in (fact.benchmark, fact.model) for mark in (":", " (")
    )
    return bool(names) and all(line.startswith(names) for line in paragraph.splitlines())


def _table(benchmark: str, answer: Answer) -> FactTable:
    names = {citation.source: citation.publisher or citation.title for citation in answer.citations}
    facts = [fact for fact in answer.facts if fact.benchmark == benchmark]
    sources = tuple(dict.fromkeys(fact.source for fact in facts))
    rows = [_row(model, setting, facts, sources, answer) for model, setting in _row_keys(facts)]
    heading = next((line for line in answer.text.splitlines() if line.startswith(f"{benchmark} (")), benchmark)
    return FactTable(heading, tuple(names.get(source, source) for source in sources), tuple(rows))


def _row_keys(facts: Sequence[Fact]) -> list[tuple[str, str | None]]:
    """Models in their order, the settings of one model together."""
    models = list(dict.fromkeys(fact.model for fact in facts))
    keys = dict.fromkeys((fact.model, fact.setting) for fact in facts)
    return sorted(keys, key=lambda key: models.index(key[0]))


def _row(model: str, setting: str | None, facts: Sequence[Fact], sources: Sequence[str], answer: Answer) -> Row:
    own = [fact for fact in facts if (fact.model, fact.setting) == (model, setting)]
    odd = _odd_values(model, facts[0].benchmark, answer)
    cells = [_cell([fact for fact in own if fact.source == source], odd) for source in sources]
    return Row(f"{model} ({setting})" if setting else model, tuple(cells))


def _odd_values(model: str, benchmark: str, answer: Answer) -> set[float]:
    """In a real conflict: every value but the one that most sources state."""
    odd: set[float] = set()
    for one in answer.disagreements:
        if (one.model, one.benchmark) == (model, benchmark) and is_conflict(one):
            most, next_most = (len(value.sources) for value in one.values[:2])
            odd |= {value.value for value in one.values[1 if most > next_most else 0 :]}
    return odd


def _cell(facts: Sequence[Fact], odd: set[float]) -> Cell | None:
    if not facts:
        return None
    stated: dict[str, list[str]] = {}
    for fact in facts:
        marks = stated.setdefault(written(fact), [])
        marks += [f"[{fact.citation}]"] if fact.citation is not None else []
    text = " / ".join(" ".join([words, "".join(dict.fromkeys(marks))]).strip() for words, marks in stated.items())
    return Cell(text, any(fact.value in odd for fact in facts))
