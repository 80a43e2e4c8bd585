"""What an answer was made of in → its conclusion in one line, out."""

from collections.abc import Sequence

from bot.answer import Disagreement
from bot.citation import day
from bot.comparison import Comparison, Group, comparison
from bot.disagreement import is_conflict, setting_words, sources_of
from bot.dispute import disputes, figure, figures, held_against
from bot.material import Material as Material  # taken from here by those who explain
from bot.placing import placed, ranked
from bot.standing import Standing, models_of, standings, tally
from bot.written import listed, plain_number, spelled, written
from index import BenchmarkResult

FEW = 5  # numbers in one line; more are left to the lines below it
NAMED = 3  # benchmarks that are named; more are counted


def conclusion(material: Material) -> str:
    """One sentence that answers."""
    match material.question.interpreted.intent:
        case "compare":
            return _compared(material)
        case "leader":
            return _led(material)
        case "rank":
            return ranked(material)
        case "gap":
            return _apart(material)
        case "conflict":
            return _agreed(material)
        case "profile":
            return placed(material)
    return _looked_up(material)


def _looked_up(material: Material) -> str:
    if len(material.benchmarks) == 1 and len(material.models) == 1:
        return _cell(material.models[0], material.benchmarks[0], material)
    if len(material.benchmarks) == 1:
        return f"{material.benchmarks[0]}: numbers for {listed(list(material.models))}."
    return f"Numbers on {listed(list(material.benchmarks))}."


def _cell(model: str, benchmark: str, material: Material) -> str:
    """One model on one benchmark, over all sources."""
    own = [fact for fact in material.facts if (fact.model, fact.benchmark) == (model, benchmark)]
    sources = len({fact.source for fact in own})
    found = next((one for one in material.disagreements if (one.model, one.benchmark) == (model, benchmark)), None)
    if found is not None and found.reason not in ("wording", "rounding", "setting"):
        return _differing(found, own, material)
    if found is not None and found.reason == "setting":
        silent = any(not setting_words(fact.setting) for fact in own)
        said = [f"{written(fact)}{_under(fact) or ' (none stated)'}" for fact in _one_a_setting(own)]
        by = "by setting" if silent else "depends on the setting"
        return f"{model} on {benchmark} {by}: {', '.join(said[:FEW])}."
    agreed = "by one source" if sources == 1 else f"in {'both' if sources == 2 else f'all {spelled(sources)}'} sources"
    if found is not None:
        return f"{model} on {benchmark}: {_spelt_values(own)}, the same up to rounding, {agreed}."
    setting = _under(own[0]) if len({fact.setting for fact in own}) == 1 else ""
    return f"{model} on {benchmark}: {_spelt_values(own)}{setting}, {agreed}."


def _differing(found: Disagreement, facts: Sequence[BenchmarkResult], material: Material) -> str:
    """Sources that contradict each other, one that gives several numbers, or numbers of different dates."""
    about = f"{found.model} on {found.benchmark}"
    sources = sources_of(found)
    if len(sources) == 1:
        times = " for different times" if found.reason == "time" else ""
        values = listed([f"{written(_stating(value, facts))}{_of(value)}" for value in found.values])
        return f"One source gives {spelled(len(found.values))} numbers{times} for {about}: {values}."
    if found.reason == "time":
        return f"Sources of different dates give different numbers for {about}: {_dated(found, facts, material)}."
    return f"Sources disagree on {about}: {_split(found, facts)}."


def _split(found: Disagreement, facts: Sequence[BenchmarkResult]) -> str:
    return ", ".join(
        f"{written(_stating(value, facts))}{_of(value)} in {spelled(len(value.sources))}"
        for value in found.values[:FEW]
    )


def _dated(found: Disagreement, facts: Sequence[BenchmarkResult], material: Material) -> str:
    return ", ".join(
        f"{written(_stating(value, facts))} ({listed(list(dict.fromkeys(_days(value, material))))})"
        for value in found.values[:FEW]
    )


def _days(value: Disagreement.Value, material: Material) -> list[str]:
    return [day(material.articles[source].published) or "no date" for source in value.sources]


def _stating(value: Disagreement.Value, facts: Sequence[BenchmarkResult]) -> BenchmarkResult:
    return next(fact for fact in facts if fact.value == value.value and fact.source in value.sources)


def _of(value: Disagreement.Value) -> str:
    return f" ({value.setting})" if value.setting else ""


def _compared(material: Material) -> str:
    if len(material.benchmarks) > 1:
        return _compared_over(material)
    if len(material.models) == 1:
        return _only(material) if len(material.question.interpreted.models) > 1 else _looked_up(material)
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
    return (
        f"{listed(firsts)} {are} ahead of {listed(others)} on {standing.benchmark}: {against}{_in_how_many(standing)}."
    )


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
    firsts = {each.firsts for each in found}
    benchmark = found[0].benchmark
    parts = [f"{_first_of(each, word, material)}" for each in found]
    if len(firsts) == 1 and () not in firsts:
        others = [model for model in material.models if model not in found[0].firsts]
        if word == "ahead" and others and len(found[0].firsts) == 1:
            return f"{found[0].firsts[0]} is ahead of {listed(others)} on {benchmark}: {', '.join(parts)}."
        return f"{_leads(found[0].firsts, material)} {benchmark}: {', '.join(parts)}."
    who = "Who is last on" if material.question.lowest else "Who is ahead on" if word == "ahead" else "Who leads"
    named = [f"{listed(each.firsts)} {part}" if each.firsts else part for each, part in zip(found, parts, strict=True)]
    return f"{who} {benchmark} depends on the setting: {'; '.join(named)}."


def _first_of(standing: Standing, word: str, material: Material) -> str:
    """ "43.9 against 42.8 without tools", or only the best number."""
    under = standing.condition or "with no setting stated"
    if not standing.firsts:
        return f"disputed {under} ({disputes(standing.disputes, material.names)})"
    value = _stated(standing.firsts[0], standing)
    others = [model for model in models_of(standing.sides) if model not in standing.firsts]
    against = f" against {listed([_stated(model, standing) for model in others])}" if word == "ahead" and others else ""
    return f"{value}{against} {under}"


def _compared_over(material: Material) -> str:
    """ "Over nine shared benchmarks: Orca ahead on four, Quill on three, tied on one, disputed on one"."""
    found = tally(material.sides, material.higher)
    if not found.shared:
        return f"No benchmark has a number of {listed(material.models)} alike."
    if found.shared == 1:
        standing = standings(material.sides, material.higher)
        only = "on nothing else here there are numbers to compare"
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


def _led(material: Material) -> str:
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
    return f"{_leads(first.firsts, material)} {first.benchmark} with {value}{_in_how_many(first)}."


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


def _apart(material: Material) -> str:
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
    under = f" {side.condition}" if side.condition else ""
    return f"{one} is {amount} {other} on {side.benchmark}{under}"


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


def _agreed(material: Material) -> str:
    several = {
        (fact.benchmark, fact.model)
        for fact in material.facts
        if len({o.source for o in material.facts if (o.benchmark, o.model) == (fact.benchmark, fact.model)}) > 1
    }
    real = [one for one in material.disagreements if is_conflict(one)]
    where = listed(list(material.benchmarks)) if len(material.benchmarks) <= 2 else "what they share"
    if len(real) == 1:
        own = [f for f in material.facts if (f.benchmark, f.model) == (real[0].benchmark, real[0].model)]
        return _differing(real[0], own, material)
    if real:
        return f"Sources disagree on {listed([f'{one.model} on {one.benchmark}' for one in real])}."
    if not several:
        return f"Only one source gives each number on {where}, so there is nothing to compare."
    if material.disagreements:
        why = listed(sorted({_mild_reason(one) for one in material.disagreements}))
        return f"No conflict is stated on {where}: where numbers differ, so do {why}."
    return f"The sources agree on {where}: wherever several give a number, it is the same."


def _mild_reason(one: Disagreement) -> str:
    match one.reason:
        case "setting":
            return "the settings"
        case "time":
            return "the times"
    return "only the rounding or the words"


def _values(model: str, material: Material) -> str:
    """A model's numbers on what is asked, each once."""
    return _spelt_values([fact for fact in material.facts if fact.model == model])


def _stated(model: str, standing: Standing) -> str:
    """A model's numbers under one condition."""
    return figures(result for side in standing.sides for result in side.all_of(model))


def _spelt_values(facts: Sequence[BenchmarkResult]) -> str:
    exact = [fact for fact in facts if not fact.approximate] or list(facts)
    return " or ".join([written(fact) for fact in _one_a_value(exact)][:FEW])


def _spelt_settings(model: str, material: Material) -> str:
    return " or ".join(
        f"{written(fact)}{_under(fact)}" for fact in _one_a_setting([f for f in material.facts if f.model == model])
    )


def _one_a_value(facts: Sequence[BenchmarkResult]) -> list[BenchmarkResult]:
    return list({fact.value: fact for fact in reversed(facts)}.values())[::-1]


def _one_a_setting(facts: Sequence[BenchmarkResult]) -> list[BenchmarkResult]:
    """A fact for each number under each setting."""
    return list({(fact.value, setting_words(fact.setting)): fact for fact in reversed(facts)}.values())[::-1]


def _under(fact: BenchmarkResult) -> str:
    return f" ({fact.setting})" if fact.setting else ""


def _in_how_many(standing: Standing) -> str:
    """How many sources compare; where none does, that it is so."""
    compared = [side for side in standing.sides if len(side.results) > 1]
    sources = {side.source for side in compared if set(standing.firsts) & {result.model for result in side.results}}
    if not sources:
        return "; no source compares it with the others"
    if len(sources) == 1:
        return ""
    return f", in {'both' if len(sources) == 2 else f'all {spelled(len(sources))}'} sources that compare"
