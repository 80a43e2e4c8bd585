"""An answer's facts in → a table for each benchmark, models down and sources across, out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.answer import Answer, Fact

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
    """One benchmark's results."""

    benchmark: str
    sources: tuple[str, ...]  # as readers know them, one a column
    rows: tuple[Row, ...]


def fact_tables(answer: Answer) -> tuple[FactTable, ...]:
    """The tables in the order in which the answer names the benchmarks, models and sources."""
    names = {citation.source: citation.publisher or citation.title for citation in answer.citations}
    benchmarks = dict.fromkeys(fact.benchmark for fact in answer.facts)
    return tuple(_table(name, [fact for fact in answer.facts if fact.benchmark == name], names) for name in benchmarks)


def _table(benchmark: str, facts: Sequence[Fact], names: Mapping[str, str]) -> FactTable:
    sources = tuple(dict.fromkeys(fact.source for fact in facts))
    keys = dict.fromkeys((fact.model, fact.setting) for fact in facts)
    rows = [_row(model, setting, facts, sources) for model, setting in keys]
    return FactTable(benchmark, tuple(names.get(source, source) for source in sources), tuple(rows))


def _row(model: str, setting: str | None, facts: Sequence[Fact], sources: Sequence[str]) -> Row:
    own = [fact for fact in facts if (fact.model, fact.setting) == (model, setting)]
    usual = _usual_values(own)
    cells = [_cell([fact for fact in own if fact.source == source], usual) for source in sources]
    return Row(f"{model} ({setting})" if setting else model, tuple(cells))


def _usual_values(facts: Sequence[Fact]) -> set[float]:
    """The value that most sources state; none where two are stated as often."""
    counted = Counter(value for value, _ in {(fact.value, fact.source) for fact in facts}).most_common(2)
    (first, times), *others = counted
    return set() if others and others[0][1] == times else {first}


def _cell(facts: Sequence[Fact], usual: set[float]) -> Cell | None:
    if not facts:
        return None
    stated = {number(fact): fact for fact in facts}
    text = " / ".join(
        words if fact.citation is None else f"{words} [{fact.citation}]" for words, fact in stated.items()
    )
    return Cell(text, any(fact.value not in usual for fact in facts))


def number(fact: Fact) -> str:
    """A value as its source may have written it: 14.8, 76%, ~58,000,000."""
    digits = f"{fact.value:,.10f}".rstrip("0").rstrip(".")
    return f"{'~' if fact.approximate else ''}{digits}{'%' if fact.unit == '%' else ''}"
