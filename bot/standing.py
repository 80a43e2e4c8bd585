"""Benchmark results in → who leads, the order, gaps, and where a model leads or lags, out."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from bot.answer import Verdict
from index import BenchmarkResult

# Settings that make two models' numbers incomparable; others ("Contemplating", "high") are how one of them was run.
CONDITION = re.compile(r"\b(?:with(?:out)? tools|no tools|(?:pass|maj|avg|cons|best)@\d+|\d+[- ]shot)\b")

Direction = Callable[[str], bool]  # benchmark → whether a higher number is better


class Group(NamedTuple):
    """Numbers that one source sets side by side: one benchmark, one condition, one origin; best first."""

    benchmark: str
    source: str
    condition: str
    results: tuple[BenchmarkResult, ...]  # one a model

    def of(self, model: str) -> BenchmarkResult | None:
        """A model's number here."""
        return next((result for result in self.results if result.model == model), None)

    @property
    def best(self) -> tuple[str, ...]:
        """Whoever has the first number, or shares it."""
        return tuple(result.model for result in self.results if result.value == self.results[0].value)


class Profile(NamedTuple):
    """Where a model stands first, where not, and where its sources differ on that."""

    leads: tuple[str, ...]
    lags: tuple[str, ...]
    disputed: tuple[str, ...]


def condition(setting: str | None) -> str:
    """The part of a setting under which numbers may be compared."""
    plain = (
        (setting or "")
        .casefold()
        .replace("w/o", "without")
        .replace("w/ ", "with ")
        .replace("no tools", "without tools")
    )
    return " ".join(sorted(set(CONDITION.findall(plain))))


def groups(results: Iterable[BenchmarkResult], higher: Direction) -> tuple[Group, ...]:
    """Every set of comparable numbers, by benchmark and source."""
    sides: dict[tuple[str, str, str, bool], dict[str, list[BenchmarkResult]]] = defaultdict(lambda: defaultdict(list))
    for result in sorted(results, key=lambda r: (r.source, r.start, r.model, r.value)):
        key = (result.benchmark, result.source, condition(result.setting), result.origin == "independent")
        sides[key][result.model].append(result)
    found = []
    for (benchmark, source, under, _), models in sides.items():
        up = higher(benchmark)
        chosen = [_chosen(own, up) for own in models.values()]
        chosen.sort(key=lambda result: (-result.value if up else result.value, result.model))
        found.append(Group(benchmark, source, under, tuple(chosen)))
    return tuple(found)


def leaders(sides: Sequence[Group], higher: Direction, lowest: bool = False) -> tuple[str, ...]:
    """Who leads: in each condition, whoever is first in every source that compares them, else in most."""
    compared = [side for side in sides if len(side.results) > 1]
    if not compared:
        return _pooled(sides, higher)
    found: dict[str, None] = {}
    for benchmark, under in dict.fromkeys((side.benchmark, side.condition) for side in compared):
        among = [side for side in compared if (side.benchmark, side.condition) == (benchmark, under)]
        found |= dict.fromkeys(_first(among, lowest))
    return tuple(found)


def _first(sides: Sequence[Group], lowest: bool) -> list[str]:
    wins, plays = Counter[str](), Counter[str]()
    for side in sides:
        last = side.results[-1].value
        tops = [result.model for result in side.results if result.value == last] if lowest else side.best
        wins.update(tops)
        plays.update(result.model for result in side.results)
    unbeaten = [model for model in wins if wins[model] == plays[model]]
    # Unbeaten where few meet is not first: it must be unbeaten wherever most models meet.
    most = max(wins.values())
    strong = [model for model in unbeaten if wins[model] == most or wins[model] >= max(1, len(sides) // 2)]
    return strong or unbeaten or [model for model in wins if wins[model] == most]


def _pooled(sides: Sequence[Group], higher: Direction) -> tuple[str, ...]:
    """No source compares models: whoever has the best number of all."""
    found: dict[str, None] = {}
    for benchmark in dict.fromkeys(side.benchmark for side in sides):
        results = [result for side in sides if side.benchmark == benchmark for result in side.results]
        values = [result.value for result in results]
        best = max(values) if higher(benchmark) else min(values)
        found |= dict.fromkeys(result.model for result in results if result.value == best)
    return tuple(found)


def order(sides: Sequence[Group], up: bool) -> tuple[tuple[str, float], ...]:
    """One order of all models, by the number that most sources give; a draw goes to the source that compares most."""
    largest = max(sides, key=lambda side: (len(side.results), side.source), default=None)
    if largest is None:
        return ()
    main = [side for side in sides if side.condition == largest.condition]
    values: dict[str, float] = {}
    for model in dict.fromkeys(result.model for side in (*main, *sides) for result in side.results):
        here = [result.value for side in main if (result := side.of(model))]
        stated = here or [result.value for side in sides if (result := side.of(model))]
        counted = Counter(stated)
        most = max(counted.values())
        usual = [value for value in stated if counted[value] == most]
        in_largest = largest.of(model)
        values[model] = in_largest.value if in_largest and in_largest.value in usual else usual[0]
    ranked = sorted(values.items(), key=lambda item: (-item[1] if up else item[1], item[0]))
    return tuple(ranked)


def gaps(sides: Sequence[Group], first: str, second: str) -> tuple[Verdict.Gap, ...]:
    """How far apart two models are, in each source that gives both."""
    found = []
    for side in sides:
        one, other = side.of(first), side.of(second)
        if one and other:
            value = round(other.value - one.value, 6)
            found.append(Verdict.Gap(source=side.source, from_model=first, to_model=second, value=value))
    return tuple(found)


def profile(sides: Sequence[Group], models: Collection[str]) -> Profile:
    """Where one of the models is first among others, benchmark by benchmark."""
    outcomes: dict[str, set[bool]] = defaultdict(set)
    for side in sides:
        own = [result for result in side.results if result.model in models]
        if own and len(own) < len(side.results):
            outcomes[side.benchmark].add(any(result.model in side.best for result in own))
    return Profile(
        leads=tuple(name for name, won in outcomes.items() if won == {True}),
        lags=tuple(name for name, won in outcomes.items() if won == {False}),
        disputed=tuple(name for name, won in outcomes.items() if len(won) > 1),
    )


def _chosen(results: Sequence[BenchmarkResult], up: bool) -> BenchmarkResult:
    """A model's number among several in one place: an exact one, and the best of those."""
    exact = [result for result in results if not result.approximate] or list(results)
    return max(exact, key=lambda result: (result.value if up else -result.value, -result.start))
