"""An answer's facts in → a table for each benchmark, models down and sources across, out."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bot.answer import Answer, Fact
from bot.disagreement import is_conflict
from bot.written import written

DISPUTED = "≠"
LOWER = "↓"


class Cell(NamedTuple):
    """What one source states for a row: numbers with their marks, and whether most others state another."""

    text: str
    disputed: bool


class Row(NamedTuple):
    """A model under one setting; in a table of one model's results, a benchmark."""

    label: str
    cells: tuple[Cell | None, ...]  # None: this source does not say


class FactTable(NamedTuple):
    """Results under a heading that says what they are and which way is better."""

    heading: str
    sources: tuple[str, ...]  # as readers know them, one a column
    rows: tuple[Row, ...]


def fact_tables(answer: Answer) -> tuple[FactTable, ...]:
    """A table for each benchmark in the answer's order; one table where one model has results on several."""
    benchmarks = tuple(dict.fromkeys(fact.benchmark for fact in answer.facts))
    models = {fact.model for fact in answer.facts}
    if len(models) == 1 and len(benchmarks) > 1:
        return (_of_model(models.pop(), answer),)
    return tuple(_of_benchmark(benchmark, answer) for benchmark in benchmarks)


def lists_facts(paragraph: str, answer: Answer) -> bool:
    """Whether the answer's text lists its facts here, line by line; where there are tables, they say it."""
    names = tuple(
        f"{name}{mark}" for fact in answer.facts for name in (fact.benchmark, fact.model) for mark in (":", " (")
    )
    return bool(names) and all(line.startswith(names) for line in paragraph.splitlines())


def _of_benchmark(benchmark: str, answer: Answer) -> FactTable:
    facts = [fact for fact in answer.facts if fact.benchmark == benchmark]
    up = answer.higher_is_better.get(benchmark)
    shared = _shared_setting(facts)
    keys = _in_rank_order(dict.fromkeys((fact.model, fact.setting) for fact in facts), facts, up)
    rows = [
        _row(_named(model, None if shared else setting), [f for f in facts if (f.model, f.setting) == (model, setting)],
             facts, answer)
        for model, setting in keys
    ]  # fmt: skip
    way = "" if up is None else f" ({'higher' if up else 'lower'} is better)"
    return FactTable(f"{benchmark}{f', {shared}' if shared else ''}{way}", _columns(facts, answer), tuple(rows))


def _of_model(model: str, answer: Answer) -> FactTable:
    """One model's results: benchmarks down, those where less is better marked."""
    keys = dict.fromkeys((fact.benchmark, fact.setting) for fact in answer.facts)
    benchmarks = list(dict.fromkeys(benchmark for benchmark, _ in keys))
    lower = {name for name in benchmarks if answer.higher_is_better.get(name) is False}
    rows = [
        _row(_named(f"{benchmark} {LOWER}" if benchmark in lower else benchmark, setting),
             [f for f in answer.facts if (f.benchmark, f.setting) == (benchmark, setting)], answer.facts, answer)
        for benchmark, setting in sorted(keys, key=lambda key: benchmarks.index(key[0]))
    ]  # fmt: skip
    way = f" (higher is better{f', {LOWER} lower' if lower else ''})" if answer.higher_is_better else ""
    return FactTable(f"{model}{way}", _columns(answer.facts, answer), tuple(rows))


def _named(name: str, setting: str | None) -> str:
    return f"{name} ({setting})" if setting else name


def _shared_setting(facts: Sequence[Fact]) -> str | None:
    """The setting under which all numbers hold: it belongs into the heading."""
    settings = {fact.setting for fact in facts}
    return next(iter(settings)) if len(settings) == 1 else None


def _in_rank_order(
    keys: dict[tuple[str, str | None], None], facts: Sequence[Fact], up: bool | None
) -> list[tuple[str, str | None]]:
    """Best model first by the number that most sources state, where it is known what is better; settings together."""
    models = list(dict.fromkeys(model for model, _ in keys))
    if up is not None:
        models.sort(key=lambda model: (-1 if up else 1) * _usual(model, facts, up))
    return sorted(keys, key=lambda key: models.index(key[0]))


def _usual(model: str, facts: Sequence[Fact], up: bool) -> float:
    counted = Counter(fact.value for fact in facts if fact.model == model)
    usual = [value for value, count in counted.items() if count == max(counted.values())]
    return max(usual) if up else min(usual)


def _ids(facts: Sequence[Fact]) -> tuple[str, ...]:
    """The sources in the order of their marks, so that these count up from left to right."""
    marked = sorted(facts, key=lambda fact: (fact.citation is None, fact.citation or 0))
    return tuple(dict.fromkeys(fact.source for fact in marked))


def _columns(facts: Sequence[Fact], answer: Answer) -> tuple[str, ...]:
    names = {citation.source: citation.publisher or citation.title for citation in answer.citations}
    return tuple(names.get(source, source) for source in _ids(facts))


def _row(label: str, own: Sequence[Fact], facts: Sequence[Fact], answer: Answer) -> Row:
    odd = odd_values(own[0].model, own[0].benchmark, answer)
    return Row(label, tuple(_cell([fact for fact in own if fact.source == source], odd) for source in _ids(facts)))


def odd_values(model: str, benchmark: str, answer: Answer) -> set[float]:
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
