"""Who is ahead, and by how much, in one line, or who says what where that is disputed."""

from collections.abc import Sequence

from bot.comparison import Comparison, Group, comparison
from bot.dispute import disputes, held_against
from bot.figure import figure, figures, one_a_setting, spelt_values, under
from bot.material import Material
from bot.standing import Standing, models_of, standings, tally, uncounted
from bot.written import listed, plain_number, spelled, written

NAMED = 3  # benchmarks that are named; more are counted


def compared(material: Material) -> str:
    if len(material.benchmarks) > 1:
        return _compared_over(material)
    if len(material.models) == 1:
        return _only(material)
    found = standings(material.sides, material.higher)
    if not found:
        return _not_alike(material)
    return _by_condition(found, "ahead", material) if len(found) > 1 else _is_ahead(found[0], material)


def _only(material: Material) -> str:
    model, benchmark = material.models[0], material.benchmarks[0]
    return f"Only {model} has a number on {benchmark}: {_values(model, material)}."


def _not_alike(material: Material) -> str:
    """Numbers that hold under different settings only."""
    numbers = [f"{model} {_spelt_settings(model, material)}" for model in material.models]
    return f"No two models have a number on {material.benchmarks[0]} under one setting: {', '.join(numbers)}."


def _is_ahead(standing: Standing, material: Material) -> str:
    """ "Orca is ahead of Quill on X: 80.2 against 79.9, in both sources that compare."."""
    firsts = standing.firsts
    others = [model for model in models_of(standing.sides) if model not in firsts]
    if not firsts:
        return _nobody(standing, "ahead on", material)
    if not others:
        return f"{listed(firsts)} are level on {standing.benchmark}: {_stated(firsts[0], standing)}."
    against = f"{_stated(firsts[0], standing)} against {listed([_stated(model, standing) for model in others])}"
    are = "is" if len(firsts) == 1 else "are level, and"
    said = f"{listed(firsts)} {are} ahead of {listed(others)} on {standing.benchmark}: {against}"
    return f"{said}{_in_how_many(standing)}.{_not_counted([standing], material)}"


def _nobody(standing: Standing, verb: str, material: Material) -> str:
    """Why no model is first, with who says what."""
    who = f"Who {'is ' if verb.startswith(('ahead', 'last')) else ''}{verb} {standing.benchmark}"
    reasons = {pair.outcome for pair in standing.disputes}
    how = (
        "is disputed" if "disputed" in reasons else "depends on the setting" if "setting" in reasons else "is not said"
    )
    return f"{who} {how}: {disputes(standing.disputes, material.names)}."


def _by_condition(found: Sequence[Standing], word: str, material: Material) -> str:
    """Who is first under each setting."""
    parts = [_first_of(each, word, material) for each in found]
    if len({each.firsts for each in found}) == 1 and found[0].firsts:
        said = f"{_in_all(found[0].firsts, word, material)} {found[0].benchmark}: {', '.join(parts)}"
    else:
        who = "Who is last on" if material.question.lowest else "Who is ahead on" if word == "ahead" else "Who leads"
        named = [f"{listed(each.firsts)} {part}".strip() for each, part in zip(found, parts, strict=True)]
        said = f"{who} {found[0].benchmark} depends on the setting: {'; '.join(named)}"
    return f"{said}.{_not_counted(found, material)}"


def _in_all(firsts: Sequence[str], word: str, material: Material) -> str:
    """Who is first under every setting."""
    others = [model for model in material.models if model not in firsts]
    if word != "ahead" or len(firsts) > 1 or not others:
        return _leads(firsts, material)
    return f"{firsts[0]} is ahead of {listed(others)} on"


def _not_counted(found: Sequence[Standing], material: Material) -> str:
    """A further sentence: numbers that would change the order, but are stated under a setting of their own."""
    up = material.higher(found[0].benchmark) != material.question.lowest
    apart = dict.fromkeys(f"{r.model} {written(r)}{under(r)}" for r in uncounted(found, material.facts, up))
    return f" Not counted, as the settings differ: {listed(list(apart))}." if apart else ""


def _first_of(standing: Standing, word: str, material: Material) -> str:
    """ "43.9 against 42.8 without tools", or only the best number."""
    where = standing.condition or "with no setting stated"
    if not standing.firsts:
        return f"disputed {where} ({disputes(standing.disputes, material.names)})"
    value = _stated(standing.firsts[0], standing)
    others = [model for model in models_of(standing.sides) if model not in standing.firsts]
    against = f" against {listed([_stated(model, standing) for model in others])}" if word == "ahead" and others else ""
    return f"{value}{against} {where}"


def _compared_over(material: Material) -> str:
    """ "Over nine shared benchmarks: Orca ahead on four, Quill on three, tied on one, disputed on one"."""
    found = tally(material.sides, material.higher)
    if not found.shared:
        return f"No benchmark has a number of {listed(material.models)} alike."
    if found.shared == 1:
        standing = standings(material.sides, material.higher)
        only = "on nothing else are there numbers to compare"
        if len(standing) == 1 and len(standing[0].firsts) == 1:
            return f"{standing[0].firsts[0]} is ahead on {standing[0].benchmark}; {only}."
        if len(standing) == 1:
            return f"{_is_ahead(standing[0], material)[:-1]}; {only}."
    won = sorted(found.ahead.items(), key=lambda item: (-len(item[1]), item[0]))
    parts = [f"{model}{'' if place else ' ahead'} on {spelled(len(own))}" for place, (model, own) in enumerate(won)]
    kinds = (("tied", found.tied), ("disputed", found.disputed), ("depending on the setting", found.by_setting))
    parts += [f"{word} on {_counted(own)}" for word, own in (*kinds, ("not comparable", found.apart)) if own]
    return f"Over {spelled(found.shared)} shared benchmark{'s' if found.shared > 1 else ''}: {', '.join(parts)}."


def _counted(benchmarks: Sequence[str]) -> str:
    names = f" ({listed(list(benchmarks))})" if len(benchmarks) <= NAMED else ""
    return f"{spelled(len(benchmarks))}{names}"


def led(material: Material) -> str:
    question = material.question
    if question.ahead_of:
        return _ahead(question.ahead_of, material)
    if len(material.benchmarks) > 1:
        return _led_by_benchmark(material)
    if len(material.models) == 1:
        return _only(material)
    found = standings(material.sides, material.higher, question.lowest)
    if not found:
        return _not_alike(material)
    if len(found) > 1:
        return _by_condition(found, "leads", material)
    first = found[0]
    if not first.firsts:
        return _nobody(first, "last on" if question.lowest else "leads", material)
    value = _stated(first.firsts[0], first)
    said = f"{_leads(first.firsts, material)} {first.benchmark} with {value}{_in_how_many(first)}."
    return f"{said}{_not_counted([first], material)}"


def _leads(firsts: Sequence[str], material: Material) -> str:
    if material.question.lowest:
        return f"{listed(list(firsts))} {'is' if len(firsts) == 1 else 'are'} last on"
    return f"{listed(list(firsts))} {'leads' if len(firsts) == 1 else 'share the lead on'}"


def _led_by_benchmark(material: Material) -> str:
    found = sorted(
        standings(material.sides, material.higher, material.question.lowest),
        key=lambda each: material.benchmarks.index(each.benchmark),
    )
    several = {each.benchmark for each in found if sum(one.benchmark == each.benchmark for one in found) > 1}
    parts = []
    for each in found:
        where = f"{each.benchmark} {each.condition}".strip() if each.benchmark in several else each.benchmark
        first = f"{listed(each.firsts)} ({_stated(each.firsts[0], each)})" if each.firsts else "disputed"
        parts.append(f"{where} {first}")
    alone = [name for name in material.benchmarks if name not in {each.benchmark for each in found}]
    if alone:
        parts.append(f"nothing to compare on {listed(alone)}")
    firsts = {each.firsts for each in found}
    if len(firsts) == 1 and () not in firsts and len(found) > 1:
        return f"{_leads(found[0].firsts, material).removesuffix(' on')} on all of these: {', '.join(parts)}."
    which = "Who is last depends" if material.question.lowest else "It depends"
    return f"{which} on the benchmark: {', '.join(parts)}."


def _ahead(model: str, material: Material) -> str:
    """Who is ahead of a model, and with whom that is disputed."""
    better: dict[str, str] = {}
    open_pairs: list[Comparison] = []
    for each in standings(material.sides, material.higher):
        there = models_of(each.sides)
        for other in there if model in there else ():
            pair = comparison(each.sides, model, other, material.higher(each.benchmark))
            if other != model and pair.outcome == "behind":
                better.setdefault(other, f"{other} ({_stated(other, each)})")
            elif other != model and pair.outcome in ("disputed", "setting"):
                open_pairs.append(pair)
    where = material.benchmarks[0]
    disputed = f" Disputed: {disputes(open_pairs, material.names)}." if open_pairs else ""
    if better:
        return f"Ahead of {model} ({_values(model, material)}) on {where}: {listed(list(better.values()))}.{disputed}"
    if disputed:
        return f"Nobody is ahead of {model} on {where} by all sources.{disputed}"
    return f"Nobody is ahead of {model} on {where}, in any source that gives a number for it."


def gap(material: Material) -> str:
    asked = material.question.interpreted
    gaps = list(material.verdict.gaps or ()) if material.verdict else []
    if not gaps:
        return f"No source gives both numbers on {listed(list(material.benchmarks))}, so there is no gap to state."
    parts: dict[str, list[str]] = {}
    said: dict[tuple[str, float, float], str] = {}
    for gap in gaps:
        side = next(
            side
            for side in material.sides
            if side.source == gap.source and _difference(side, gap.from_model, gap.to_model) == gap.value
        )
        one, other = side.of(gap.from_model), side.of(gap.to_model)
        if one is None or other is None:
            continue
        words = _gap_words(gap.from_model, gap.to_model, gap.value, side, material)
        key = (words, one.value, other.value)
        said.setdefault(key, f"{words} ({figure(one)} to {figure(other)})")
        names = parts.setdefault(said[key], [])
        names += [material.names[gap.source]] if material.names[gap.source] not in names else []
    against = _against_gaps(material)
    if len(parts) == 1 and not against:
        return f"{next(iter(parts))}."
    unequal = len(asked.models) == 2 and len({gap.value for gap in gaps}) > 1
    lead = "Who is ahead is disputed: " if against else "Sources differ: " if unequal else ""
    told = "; ".join([*(f"{words}, by {listed(names)}" for words, names in parts.items()), *against[1:]])
    return f"{lead}{told}."


def _gap_words(one: str, other: str, value: float, side: Group, material: Material) -> str:
    behind = (value > 0) == material.higher(side.benchmark)
    amount = f"{plain_number(abs(value))} {'behind' if behind else 'ahead of'}" if value else "level with"
    where = f" {side.condition}" if side.condition else ""
    return f"{one} is {amount} {other} on {side.benchmark}{where}"


def _against_gaps(material: Material) -> list[str]:
    """For pairs whose order is disputed: the pair's outcome, then what those say who give one number only."""
    first, *others = material.question.interpreted.models
    found: list[str] = []
    for each in standings(material.sides, material.higher):
        for other in others:
            pair = comparison(each.sides, first, other, material.higher(each.benchmark))
            if pair.outcome == "disputed":
                found += [pair.outcome] if not found else []
                found += held_against(pair, material.names)
    return found


def _difference(side: Group, first: str, second: str) -> float | None:
    one, other = side.of(first), side.of(second)
    return round(other.value - one.value, 6) if one and other else None


def _values(model: str, material: Material) -> str:
    """A model's numbers on what is asked, each once."""
    return spelt_values([fact for fact in material.facts if fact.model == model])


def _stated(model: str, standing: Standing) -> str:
    """A model's numbers under one condition."""
    return figures(standing.counted(model))


def _spelt_settings(model: str, material: Material) -> str:
    return " or ".join(
        f"{written(fact)}{under(fact)}" for fact in one_a_setting([f for f in material.facts if f.model == model])
    )


def _in_how_many(standing: Standing) -> str:
    """How many sources compare; where none does, that it is so."""
    compared = [side for side in standing.sides if len(side.results) > 1]
    sources = {side.source for side in compared if set(standing.firsts) & {result.model for result in side.results}}
    if not sources:
        return "; no source compares it with the others"
    if len(sources) == 1:
        return ""
    return f", in {'both' if len(sources) == 2 else f'all {spelled(len(sources))}'} sources that compare"
