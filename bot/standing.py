"""Benchmark results in → who leads, the order, gaps, and where a model leads or lags, out."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Literal, NamedTuple

from bot.answer import Verdict
from bot.comparison import Comparison, Group, Outcome, comparison, order_of, other_setting, settled
from bot.disagreement import REAL, reason_between
from index import BenchmarkResult

# Settings that make two models' numbers incomparable; others ("Contemplating", "high") are how one of them was run.
CONDITION = re.compile(r"\b(?:with(?:out)? tools|no tools|(?:pass|maj|avg|cons|best)@\d+|\d+[- ]shot)\b")

UNSETTLED: frozenset[Outcome] = frozenset({"disputed", "setting", "unknown"})

Place = Literal["leads", "shares", "lags", "disputed"]
Direction = Callable[[str], bool]  # benchmark → whether a higher number is better


class Standing(NamedTuple):
    """Who is first on a benchmark under one condition: nobody, where that is disputed.

    `contenders` are all that nobody is undisputedly ahead of, `disputes` what keeps one of them from being first.
    """

    benchmark: str
    condition: str
    sides: tuple[Group, ...]
    firsts: tuple[str, ...]
    contenders: tuple[str, ...]
    disputes: tuple[Comparison, ...]

    def counted(self, model: str) -> list[BenchmarkResult]:
        """A model's numbers, without those of a setting under which no source compares it, where one does."""
        own = [result for side in self.sides for result in side.all_of(model)]
        beside = [result for side in self.sides if len(side.results) > 1 for result in side.all_of(model)]
        return [result for result in own if not beside or not all(other_setting(result, one) for one in beside)]


class Placement(NamedTuple):
    """Where a model stands on a benchmark under one condition: first, first with others, behind, or disputed."""

    benchmark: str
    condition: str
    place: Place


class Profile(NamedTuple):
    """Benchmarks by the place of a model; one with several conditions may be in several."""

    leads: tuple[str, ...] = ()  # alone or with others
    lags: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


class Tally(NamedTuple):
    """Benchmarks on which several models have a number, each counted once."""

    ahead: dict[str, tuple[str, ...]]  # benchmarks by the model that is ahead on them
    tied: tuple[str, ...]
    disputed: tuple[str, ...]
    by_setting: tuple[str, ...]
    apart: tuple[str, ...]  # the numbers are of different settings or don't tell

    @property
    def shared(self) -> int:
        """How many benchmarks there are."""
        return sum(map(len, self.ahead.values())) + sum(map(len, self[1:]))


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
    ordered = sorted(results, key=lambda r: (r.source, r.start, r.model, r.value))
    for result in ordered:
        key = (result.benchmark, result.source, condition(result.setting), result.origin == "independent")
        sides[key][result.model].append(result)
    stated = [result for result in ordered if condition(result.setting)]
    found = []
    for (benchmark, source, under, _), models in sides.items():
        up = higher(benchmark)
        chosen = [_chosen(own, up) for own in models.values()]
        chosen.sort(key=lambda result: (-result.value if up else result.value, result.model))
        further = tuple(r for one in chosen for r in models[one.model] if reason_between(one, r) in REAL)
        home = under or (_home(chosen[0], stated) if len(chosen) == 1 else "")
        found.append(Group(benchmark, source, home, tuple(chosen), further))
    return tuple(found)


def standings(sides: Sequence[Group], higher: Direction, lowest: bool = False) -> tuple[Standing, ...]:
    """Who is first, or last, on each benchmark under each condition in which models can be compared."""
    under: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for side in sides:
        under[side.benchmark, side.condition].append(side)
    compared = {key: own for key, own in under.items() if len(models_of(own)) > 1}
    return tuple(_standing(own, higher(benchmark) != lowest) for (benchmark, _), own in compared.items())


def leaders(sides: Sequence[Group], higher: Direction, lowest: bool = False) -> tuple[str, ...]:
    """Whoever is first on a benchmark under a condition, undisputed; a model that is alone is first."""
    if len(models_of(sides)) == 1:
        return models_of(sides)
    found = standings(sides, higher, lowest)
    return tuple(dict.fromkeys(model for each in found for model in each.firsts))


def order(sides: Sequence[Group], up: bool) -> tuple[tuple[str, float], ...]:
    """One order of all models, by the number that most sources give; a draw goes to the source that compares most.

    Empty where the order is disputed and no number of a model has most of its sources.
    """
    main = main_sides(sides)
    if any(not _has_most(model, main) for model in disputed_places(sides, up)):
        return ()
    usual = _ranked(_usual_values(main), up)
    return usual if _is_upheld(usual, main, up) else _ranked(_values_of_largest(main), up)


def main_sides(sides: Sequence[Group]) -> tuple[Group, ...]:
    """The condition under which one source compares most models; only like is ranked with like."""
    largest = max(sides, key=lambda side: (len(side.results), side.source), default=None)
    return tuple(side for side in sides if largest and side.condition == largest.condition)


def disputed_places(sides: Sequence[Group], up: bool) -> tuple[str, ...]:
    """Models whose place in the order depends on which of their numbers holds."""
    main = main_sides(sides)
    found: dict[str, None] = {}
    for pair in disputed_pairs(main, up):
        found |= {model: None for model in (pair.first, pair.second) if len(_values(model, main)) > 1}
    return tuple(found)


def disputed_pairs(sides: Sequence[Group], up: bool) -> tuple[Comparison, ...]:
    """Pairs of models that the sources put in different orders; models of one number each are never disputed."""
    models = models_of(sides)
    several = [model for model in models if len(_values(model, sides)) > 1]
    pairs = {tuple(sorted((one, other))): None for one in several for other in models if one != other}
    found = (comparison(sides, one, other, up) for one, other in pairs)
    return tuple(pair for pair in found if pair.outcome in ("disputed", "setting"))


def models_of(sides: Iterable[Group]) -> tuple[str, ...]:
    """The models that have a number."""
    return tuple(dict.fromkeys(result.model for side in sides for result in side.results))


def gaps(sides: Sequence[Group], first: str, second: str) -> tuple[Verdict.Gap, ...]:
    """How far apart two models are, in each source that gives both."""
    found = []
    for side in sides:
        one, other = side.of(first), side.of(second)
        if one and other:
            value = round(other.value - one.value, 6)
            found.append(Verdict.Gap(source=side.source, from_model=first, to_model=second, value=value))
    return tuple(found)


def uncounted(found: Sequence[Standing], results: Iterable[BenchmarkResult], up: bool) -> list[BenchmarkResult]:
    """Results that contradict who is first, but hold under another setting than all that are compared."""
    firsts = {model for standing in found for model in standing.firsts}
    counted = [r for standing in found for model in models_of(standing.sides) for r in standing.counted(model)]
    against = {
        True: [r.value for r in counted if r.model not in firsts],
        False: [r.value for r in counted if r.model in firsts],
    }
    return [
        result
        for result in results
        if firsts
        if all(other_setting(result, other) for other in counted if other.model == result.model)
        if any(order_of(result.value, value, up) == (-1 if result.model in firsts else 1)
               for value in against[result.model in firsts])
    ]  # fmt: skip


def placements(sides: Sequence[Group], models: Collection[str], higher: Direction) -> tuple[Placement, ...]:
    """Where the best of the models stands among others."""
    found = []
    for each in standings(sides, higher):
        there = set(models_of(each.sides))
        own = there & set(models)
        if own and own != there:
            found.append(Placement(each.benchmark, each.condition, _place(own, each)))
    return tuple(found)


def profile(found: Iterable[Placement]) -> Profile:
    """The benchmarks of each kind of place."""
    by_place: dict[Place, dict[str, None]] = defaultdict(dict)
    for each in found:
        by_place["leads" if each.place == "shares" else each.place][each.benchmark] = None
    return Profile(tuple(by_place["leads"]), tuple(by_place["lags"]), tuple(by_place["disputed"]))


def _place(own: set[str], standing: Standing) -> Place:
    if own & set(standing.firsts):
        return "leads" if set(standing.firsts) <= own else "shares"
    return "disputed" if own & set(standing.contenders) else "lags"


def tally(sides: Sequence[Group], higher: Direction) -> Tally:
    """On how many benchmarks each model is ahead of the others, on how many nobody is, and why."""
    by_benchmark: dict[str, list[Group]] = defaultdict(list)
    for side in sides:
        by_benchmark[side.benchmark].append(side)
    ahead: dict[str, tuple[str, ...]] = {}
    others: dict[str, list[str]] = {name: [] for name in Tally._fields[1:]}
    for benchmark, own in by_benchmark.items():
        if len(models_of(own)) < 2:
            continue
        outcome = _tallied(standings(own, higher))
        if outcome in others:
            others[outcome].append(benchmark)
        else:
            ahead[outcome] = (*ahead.get(outcome, ()), benchmark)
    return Tally(ahead, **{name: tuple(benchmarks) for name, benchmarks in others.items()})


def _tallied(found: Sequence[Standing]) -> str:
    """A model that is ahead, or why none is."""
    compared = [each for each in found if len(models_of(each.sides)) > 1]
    outcomes = {_outcome(each) for each in compared}
    known = outcomes - {"apart"}
    if not known:
        return "apart"
    if "disputed" in known:
        return "disputed"
    return known.pop() if len(known) == 1 else "by_setting"


def _outcome(standing: Standing) -> str:
    if standing.firsts:
        return standing.firsts[0] if len(standing.firsts) == 1 else "tied"
    reasons = {pair.outcome for pair in standing.disputes}
    return "disputed" if "disputed" in reasons else "by_setting" if "setting" in reasons else "apart"


def _standing(sides: Sequence[Group], up: bool) -> Standing:
    """Models with one number each need no comparison: the best of these is ahead of the rest of them."""
    models = models_of(sides)
    single = {model: values.pop() for model in models if len(values := _values(model, sides)) == 1}
    top = (max if up else min)(single.values(), default=0.0)
    candidates = [model for model in models if single.get(model, top) == top]
    pairs = {
        model: [
            comparison(sides, model, other, up)
            for other in (candidates if model in single else models)
            if other != model
        ]
        for model in candidates
    }
    outcomes = {model: {pair.outcome for pair in own} for model, own in pairs.items()}
    contenders = tuple(model for model in candidates if "behind" not in outcomes[model])
    return Standing(
        benchmark=sides[0].benchmark,
        condition=sides[0].condition,
        sides=tuple(sides),
        firsts=tuple(model for model in candidates if outcomes[model] <= {"ahead", "tied"}),
        contenders=contenders,
        disputes=_each_once(pair for model in contenders for pair in pairs[model] if pair.outcome in UNSETTLED),
    )


def _each_once(pairs: Iterable[Comparison]) -> tuple[Comparison, ...]:
    return tuple({frozenset((pair.first, pair.second)): pair for pair in reversed(list(pairs))}.values())[::-1]


def _values(model: str, sides: Sequence[Group]) -> set[float]:
    """The numbers of a model that are not each other's rounding."""
    own = [result for side in sides for result in side.all_of(model)]
    return {settled(result, own) for result in own}


def _usual_values(sides: Sequence[Group]) -> dict[str, float]:
    """Of each model the number that most sources give; a draw goes to the source that compares most."""
    in_largest = _values_of_largest(sides)
    values: dict[str, float] = {}
    for model in models_of(sides):
        counted = Counter(result.value for side in sides if (result := side.of(model)))
        usual = [value for value, count in counted.items() if count == max(counted.values())]
        values[model] = in_largest[model] if in_largest[model] in usual else usual[0]
    return values


def _values_of_largest(sides: Sequence[Group]) -> dict[str, float]:
    """The numbers of the source that compares most, and of the next for models that it lacks."""
    values: dict[str, float] = {}
    for side in sorted(sides, key=lambda side: (len(side.results), side.source), reverse=True):
        values = {result.model: result.value for result in side.results} | values
    return values


def _ranked(values: dict[str, float], up: bool) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(values.items(), key=lambda item: (-item[1] if up else item[1], item[0])))


def _is_upheld(ranked: Sequence[tuple[str, float]], sides: Sequence[Group], up: bool) -> bool:
    """Whether no model stands below one that it is undisputedly ahead of."""
    several = {model for model, _ in ranked if len(_values(model, sides)) > 1}
    return not any(
        comparison(sides, model, lower, up).outcome == "behind"
        for place, (model, _) in enumerate(ranked)
        for lower, _ in ranked[place + 1 :]
        if {model, lower} & several
    )


def _has_most(model: str, sides: Sequence[Group]) -> bool:
    """Whether more than half of a model's sources give one number."""
    own = [result for side in sides for result in side.all_of(model)]
    counted = Counter(settled(result, own) for result in own)
    return 2 * max(counted.values()) > counted.total()


def _home(result: BenchmarkResult, stated: Iterable[BenchmarkResult]) -> str:
    """The condition under which another source states the same number: a lone number without one belongs there."""
    homes = (
        condition(other.setting)
        for other in stated
        if (other.benchmark, other.model) == (result.benchmark, result.model)
        and reason_between(result, other) in (None, "rounding", "wording")
    )
    return next(homes, "")


def _chosen(results: Sequence[BenchmarkResult], up: bool) -> BenchmarkResult:
    """A model's number among several in one place: an exact one, and the best of those."""
    exact = [result for result in results if not result.approximate] or list(results)
    return max(exact, key=lambda result: (result.value if up else -result.value, -result.start))
