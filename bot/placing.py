"""What an answer about places was made of in → the order of models, or a model's places, in one line, out."""

from collections.abc import Iterator, Sequence

from bot.comparison import Group
from bot.dispute import disputes
from bot.figure import figure, figures
from bot.material import Material
from bot.standing import Place, Placement, disputed_pairs, disputed_places, main_sides, models_of, order
from bot.written import listed, ordinal, spelled


def ranked(material: Material) -> str:
    """The order on a benchmark, or the place that is asked for; where sources dispute it, who says what."""
    places = list(material.verdict.order or ()) if material.verdict else []
    benchmark = material.sides[0].benchmark
    own = [side for side in material.sides if side.benchmark == benchmark]
    main = main_sides(own)
    where = _where(benchmark, own)
    asked = [model for model, _ in places if model in material.question.interpreted.models]
    if len(material.benchmarks) > 1 and not asked:
        return f"Best first, by benchmark: {_orders(material)}."
    if not places:
        pairs = disputed_pairs(main, material.higher(benchmark))
        return f"The order on {where} is disputed: {disputes(pairs, material.names)}."
    if asked:
        return _place(asked[0], places, where, main, material)
    at = material.question.place or 0
    if 0 < at <= len(places) and places[at - 1][1] != (places[at - 2][1] if at > 1 else None):
        return _at(at, places, where, main, material)
    by = " by most sources" if disputed_places(own, material.higher(benchmark)) else ""
    names = [f"{model} {_number(model, value, main)}" for model, value in places]
    return f"{where}, best first{by}: {', '.join(names)}.{_disputed(models_of(main), places, main, material)}"


def placed(material: Material) -> str:
    """Where a model leads, shares the lead, and is behind."""
    question = material.question
    names = listed(list(question.interpreted.models)) or "The source"
    count = f"{spelled(len(material.benchmarks))} benchmark{'s' if len(material.benchmarks) > 1 else ''}"
    if question.aspect == "all" and not material.placements:
        return f"{names}: numbers on {count}."
    leads, shares = _on("leads", material), _on("shares", material)
    lags, disputed = _on("lags", material), _on("disputed", material)
    shared = f"shares the lead on {listed(shares)}" if shares else ""
    alone = f"leads on {listed(leads)}" if leads else ""
    first = ", ".join(part for part in (alone, shared) if part) or "leads on nothing that is compared"
    second = f"is behind on {listed(lags)}" if lags else "is behind on nothing that is compared"
    rest = f"; not settled on {listed(disputed)}, where sources or settings differ" if disputed else ""
    match question.aspect:
        case "leads":
            return f"{names} {first}{rest}."
        case "lags":
            return f"{names} {second}{rest}."
    return f"{names}: numbers on {count}; {first}, {second}{rest}."


def _on(place: Place, material: Material) -> list[str]:
    """The benchmarks of a place, with the condition where the place is another one under another condition."""
    found = []
    for each in sorted(material.placements, key=lambda each: _at_benchmark(each, material)):
        several = {one.place for one in material.placements if one.benchmark == each.benchmark}
        if each.place == place:
            under = f" ({each.condition or 'no setting stated'})" if len(several) > 1 else ""
            found.append(f"{each.benchmark}{under}")
    return list(dict.fromkeys(found))


def _at_benchmark(placement: Placement, material: Material) -> int:
    """The benchmarks that are shown come in their order; one side of a profile shows the others' numbers nowhere."""
    shown = material.benchmarks
    return shown.index(placement.benchmark) if placement.benchmark in shown else len(shown)


def _where(benchmark: str, sides: Sequence[Group]) -> str:
    """The benchmark, with the condition that is ranked where there are several."""
    conditions = {side.condition for side in sides}
    main = main_sides(sides)[0].condition
    return f"{benchmark} {main or '(no setting stated)'}" if len(conditions) > 1 else benchmark


def _place(
    model: str, places: Sequence[tuple[str, float]], where: str, main: Sequence[Group], material: Material
) -> str:
    values = [value for _, value in places]
    own = dict(places)[model]
    shared = ", shared" if values.count(own) > 1 else ""
    disputed = _disputed([model], places, main, material)
    by = " by most sources" if disputed else ""
    number = _number(model, own, main) if disputed else _numbers(model, main)
    return (
        f"{model} is {ordinal(1 + values.index(own))}{shared} of {spelled(len(places))} models with a number on "
        f"{where}{by}: {number}.{disputed}"
    )


def _at(at: int, places: Sequence[tuple[str, float]], where: str, main: Sequence[Group], material: Material) -> str:
    """Who has the place that is asked for."""
    there = [model for model, value in places if value == places[at - 1][1]]
    disputed = _disputed(there, places, main, material)
    by = " by most sources" if disputed else ""
    number = _number(there[0], places[at - 1][1], main) if disputed else _numbers(there[0], main)
    are = f"{'is' if len(there) == 1 else 'are'} {ordinal(at)} of {spelled(len(places))}"
    return f"{listed(there)} {are} on {where}{by}: {number}.{disputed}"


def _disputed(
    models: Sequence[str], places: Sequence[tuple[str, float]], main: Sequence[Group], material: Material
) -> str:
    """A further sentence: with which other number a model that these depend on has another place."""
    up = material.higher(main[0].benchmark)
    pairs = [pair for pair in disputed_pairs(main, up) if {pair.first, pair.second} & set(models)]
    movable = [model for model in disputed_places(main, up) if any(model in (p.first, p.second) for p in pairs)]
    parts = [part for model in movable for part in _elsewhere(model, places, main, material)]
    return f" Disputed: {'; '.join(parts)}." if parts else ""


def _elsewhere(
    model: str, places: Sequence[tuple[str, float]], main: Sequence[Group], material: Material
) -> Iterator[str]:
    """ "with 36.2, as FlowVideo has it, Opus is third": for each other number of a model."""
    up = material.higher(main[0].benchmark)
    others = [value for name, value in places if name != model]
    stating: dict[float, list[Group]] = {}
    for side in main:
        for result in side.all_of(model):
            stating.setdefault(result.value, []).append(side)
    for value, sides in stating.items():
        place = 1 + sum(other > value if up else other < value for other in others)
        if value != dict(places)[model]:
            names = listed(list(dict.fromkeys(material.names[side.source] for side in sides)))
            has = "has" if len({side.source for side in sides}) == 1 else "have"
            yield f"with {_number(model, value, main)}, as {names} {has} it, {model} is {ordinal(place)}"


def _orders(material: Material) -> str:
    """The first of each benchmark; where the order is disputed, that it is."""
    parts = []
    for benchmark in material.benchmarks:
        sides = [side for side in material.sides if side.benchmark == benchmark]
        up, main = material.higher(benchmark), main_sides(sides)
        first = [f"{model} {_number(model, value, main)}" for model, value in order(sides, up)[:3]]
        mark = " (disputed)" if first and disputed_places(sides, up) else ""
        parts.append(f"{_where(benchmark, sides)}{mark}: {', '.join(first) or 'disputed'}")
    return "; ".join(parts)


def _number(model: str, value: float, sides: Sequence[Group]) -> str:
    """The number that decides a place."""
    results = [result for side in sides for result in side.all_of(model)]
    return figure(next(result for result in results if result.value == value))


def _numbers(model: str, sides: Sequence[Group]) -> str:
    return figures(result for side in sides for result in side.all_of(model))
