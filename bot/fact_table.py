"""An answer's facts in → a table for each benchmark, models down and sources across, out; one table of many."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bot.answer import Answer, Fact
from bot.disagreement import odd_values
from bot.standing import condition
from bot.written import written

DISPUTED = "≠"
LOWER = "↓"
UNSTATED = "setting not stated"
MOST_TABLES = 3  # benchmarks with a table each; of more, all are in one


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
    sources: tuple[str, ...]  # as readers know them, one a column; of many benchmarks, the models
    rows: tuple[Row, ...]


def fact_tables(answer: Answer) -> tuple[FactTable, ...]:
    """A table for each benchmark in the answer's order; one table for one model's results, or many benchmarks."""
    benchmarks = tuple(dict.fromkeys(fact.benchmark for fact in answer.facts))
    models = tuple(dict.fromkeys(fact.model for fact in answer.facts))
    if len(models) == 1 and len(benchmarks) > 1:
        return (_of_model(models[0], answer),)
    if len(benchmarks) > MOST_TABLES:
        return (_of_many(models, answer),)
    return tuple(table for benchmark in benchmarks for table in _of_benchmark(benchmark, answer))


def lists_facts(paragraph: str, answer: Answer) -> bool:
    """Whether the answer's text lists its facts here, line by line; where there are tables, they say it."""
    names = tuple(
        f"{name}{mark}" for fact in answer.facts for name in (fact.benchmark, fact.model) for mark in (":", " (")
    )
    return bool(names) and all(line.startswith(names) for line in paragraph.splitlines())


def _of_benchmark(benchmark: str, answer: Answer) -> list[FactTable]:
    """One table; a table for each condition where models are compared under several, for only like is compared."""
    facts = [fact for fact in answer.facts if fact.benchmark == benchmark]
    under: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: fact.citation or 0):
        under.setdefault(condition(fact.setting), []).append(fact)
    compared = [name for name, own in under.items() if len({fact.model for fact in own}) > 1]
    if len(under) == 1 or not any(compared):
        return [_table(benchmark, facts, _shared_setting(facts), answer)]
    return [_table(benchmark, own, name or UNSTATED, answer) for name, own in under.items()]


def _table(benchmark: str, facts: Sequence[Fact], shared: str | None, answer: Answer) -> FactTable:
    up = answer.higher_is_better.get(benchmark)
    keys = _in_rank_order(dict.fromkeys((fact.model, fact.setting) for fact in facts), facts, up)
    rows = [
        _row(_named(model, _further(setting, shared)), [f for f in facts if (f.model, f.setting) == (model, setting)],
             facts, answer)
        for model, setting in keys
    ]  # fmt: skip
    way = "" if up is None else f" ({'higher' if up else 'lower'} is better)"
    return FactTable(f"{benchmark}{f', {shared}' if shared else ''}{way}", _columns(facts, answer), tuple(rows))


def _of_model(model: str, answer: Answer) -> FactTable:
    """One model's results: benchmarks down, those where less is better marked."""
    rows = [_row(label, own, answer.facts, answer) for label, own in _by_benchmark(answer)]
    return FactTable(f"{model}{_ways(answer)}", _columns(answer.facts, answer), tuple(rows))


def _of_many(models: Sequence[str], answer: Answer) -> FactTable:
    """Many benchmarks: these down, models across; a cell holds what all sources say, and the marks tell who does."""
    rows = [
        Row(label, tuple(
            _cell(
                [fact for fact in own if fact.model == model],
                odd_values(model, own[0].benchmark, answer.disagreements),
            )
            for model in models
        ))
        for label, own in _by_benchmark(answer)
    ]  # fmt: skip
    return FactTable(f"Benchmarks{_ways(answer)}", tuple(models), tuple(rows))


def _by_benchmark(answer: Answer) -> list[tuple[str, list[Fact]]]:
    """The facts on each benchmark under each setting, with its name, those where less is better marked."""
    keys = dict.fromkeys((fact.benchmark, fact.setting) for fact in answer.facts)
    benchmarks = list(dict.fromkeys(benchmark for benchmark, _ in keys))
    lower = _lower(answer)
    return [
        (_named(f"{benchmark} {LOWER}" if benchmark in lower else benchmark, setting),
         [fact for fact in answer.facts if (fact.benchmark, fact.setting) == (benchmark, setting)])
        for benchmark, setting in sorted(keys, key=lambda key: benchmarks.index(key[0]))
    ]  # fmt: skip


def _ways(answer: Answer) -> str:
    """Which way is better, for a heading."""
    return f" (higher is better{f', {LOWER} lower' if _lower(answer) else ''})" if answer.higher_is_better else ""


def _lower(answer: Answer) -> set[str]:
    return {fact.benchmark for fact in answer.facts if answer.higher_is_better.get(fact.benchmark) is False}


def _named(name: str, setting: str | None) -> str:
    return f"{name} ({setting})" if setting else name


def _further(setting: str | None, shared: str | None) -> str | None:
    """What a setting says beside the one in the heading."""
    parts = [part for part in (setting or "").split("; ") if part and part != shared and condition(part) != shared]
    return "; ".join(parts) if setting != shared else None


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
    odd = odd_values(own[0].model, own[0].benchmark, answer.disagreements)
    return Row(label, tuple(_cell([fact for fact in own if fact.source == source], odd) for source in _ids(facts)))


def _cell(facts: Sequence[Fact], odd: frozenset[float]) -> Cell | None:
    if not facts:
        return None
    stated: dict[tuple[float, bool], list[Fact]] = {}
    for fact in facts:
        stated.setdefault((fact.value, fact.approximate), []).append(fact)
    text = " / ".join(f"{written(same[0])} {_marks(same)}".strip() for same in stated.values())
    return Cell(text, any(fact.value in odd for fact in facts))


def _marks(facts: Sequence[Fact]) -> str:
    return "".join(f"[{mark}]" for mark in sorted({fact.citation for fact in facts if fact.citation is not None}))
