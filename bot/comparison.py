"""Two models' numbers on one benchmark in → which is ahead by whose numbers, and whether that is disputed, out."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from bot.disagreement import decimals, reason_between
from index import BenchmarkResult

Outcome = Literal["ahead", "behind", "tied", "setting", "disputed", "unknown"]


class Group(NamedTuple):
    """Numbers that one source sets side by side: one benchmark, one condition, one origin; best first."""

    benchmark: str
    source: str
    condition: str
    results: tuple[BenchmarkResult, ...]  # one a model
    further: tuple[BenchmarkResult, ...] = ()  # of the same models, in contradiction to those

    def of(self, model: str) -> BenchmarkResult | None:
        """A model's number here."""
        return next((result for result in self.results if result.model == model), None)

    def all_of(self, model: str) -> list[BenchmarkResult]:
        """A model's number here, and what contradicts it."""
        return [result for result in (*self.results, *self.further) if result.model == model]

    @property
    def best(self) -> tuple[str, ...]:
        """Whoever has the first number, or shares it."""
        return tuple(result.model for result in self.results if result.value == self.results[0].value)


class Said(NamedTuple):
    """What a source's numbers say of the first model: 1 ahead, 0 level, -1 behind.

    A source that gives one of the two models only is held against what the others give for the other one.
    """

    source: str
    sign: int
    first: BenchmarkResult | None
    second: BenchmarkResult | None

    @property
    def is_direct(self) -> bool:
        """Whether the source gives both numbers."""
        return self.first is not None and self.second is not None


class Comparison(NamedTuple):
    """Two models under one condition: who says what."""

    benchmark: str
    condition: str
    first: str
    second: str
    said: tuple[Said, ...]
    known: tuple[BenchmarkResult, ...]  # every number of the two

    @property
    def direct(self) -> tuple[Said, ...]:
        """What the sources say that give both numbers."""
        return tuple(said for said in self.said if said.is_direct)

    @property
    def across(self) -> tuple[Said, ...]:
        """What the sources say that give one of the numbers."""
        return tuple(said for said in self.said if not said.is_direct)

    @property
    def outcome(self) -> Outcome:
        """How the first model stands to the second; a lead that anybody contradicts is disputed."""
        signs = {said.sign for said in self.said}
        if not signs:
            return "unknown"
        if len(signs) == 1:
            return ("tied", "ahead", "behind")[signs.pop()]
        return "setting" if self._depends() else "disputed"

    def _depends(self) -> bool:
        """Whether every two that contradict each other state different settings."""
        return all(
            other_setting(one.first, two.first) or other_setting(one.second, two.second)
            for one in self.said
            for two in self.said
            if one.sign != two.sign
        )


def comparison(sides: Sequence[Group], first: str, second: str, up: bool) -> Comparison:
    """What the sources say of two models. `sides` are of one benchmark under one condition."""
    known = [result for side in sides for model in (first, second) for result in side.all_of(model)]
    said = [
        Said(side.source, sign, one, other)
        for side in sides
        for one in side.all_of(first)
        for other in side.all_of(second)
        for sign in [order_of(settled(one, known), settled(other, known), up)]
    ]
    both = [each for each in said if each.is_direct]
    for source, sign, result in _held_against(sides, first, second, [each.first for each in both], known, up):
        said.append(Said(source, sign, result, None))
    for source, sign, result in _held_against(sides, second, first, [each.second for each in both], known, up):
        said.append(Said(source, -sign, None, result))
    return Comparison(sides[0].benchmark, sides[0].condition, first, second, tuple(said), tuple(known))


def settled(result: BenchmarkResult, known: Iterable[BenchmarkResult]) -> float:
    """The number without its rounding, where another source gives the exact one: rounding changes no order."""
    finer = [
        other
        for other in known
        if (other.benchmark, other.model) == (result.benchmark, result.model)
        and reason_between(result, other) in ("rounding", "wording")
        and (not other.approximate, decimals(other.value)) > (not result.approximate, decimals(result.value))
    ]
    exact = min(finer, key=lambda other: (other.approximate, -decimals(other.value), abs(other.value - result.value),
                                          other.value), default=result)  # fmt: skip
    return exact.value


def _held_against(
    sides: Sequence[Group],
    model: str,
    rival: str,
    compared: Sequence[BenchmarkResult | None],
    known: Sequence[BenchmarkResult],
    up: bool,
) -> list[tuple[str, int, BenchmarkResult]]:
    """Sources that give the model and not the rival, where its number is on one side of all that the rival has."""
    rivals = {settled(result, known) for result in known if result.model == rival}
    alike = [result for result in compared if result is not None] or _best(known, model, up)
    found = []
    for side in sides:
        own = side.all_of(model)
        if not own or side.of(rival):
            continue
        for result in own:
            signs = {order_of(settled(result, known), value, up) for value in rivals}
            if len(signs) == 1 and not all(other_setting(result, other) for other in alike):
                found.append((side.source, signs.pop(), result))
    return found


def _best(known: Sequence[BenchmarkResult], model: str, up: bool) -> list[BenchmarkResult]:
    """A model that no source compares stands by its best run."""
    own = [result for result in known if result.model == model]
    return sorted(own, key=lambda result: -result.value if up else result.value)[:1]


def other_setting(one: BenchmarkResult | None, other: BenchmarkResult | None) -> bool:
    """Whether two numbers differ because they are stated under different settings."""
    return one is not None and other is not None and reason_between(one, other) == "setting"


def order_of(one: float, other: float, up: bool) -> int:
    """1 where the first number is the better one, 0 where both are the same, else -1."""
    return 0 if one == other else 1 if (one > other) == up else -1
