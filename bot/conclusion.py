"""What an answer was made of in → its conclusion in one line, out."""

from collections.abc import Sequence

from bot.answer import Disagreement
from bot.citation import day
from bot.disagreement import is_conflict, setting_words, sources_of
from bot.figure import FEW, one_a_setting, spelt_values, under
from bot.lead import compared, gap, led
from bot.material import Material as Material  # taken from here by those who explain
from bot.origin import told_origin
from bot.placing import placed, ranked
from bot.written import listed, spelled, written
from index import BenchmarkResult


def conclusion(material: Material) -> str:
    """One sentence that answers."""
    if material.question.asks_origin:
        return told_origin(material)
    match material.question.interpreted.intent:
        case "compare":
            alone = len(material.models) == 1 == len(material.question.interpreted.models)
            return _looked_up(material) if alone else compared(material)
        case "leader":
            return led(material)
        case "rank":
            return ranked(material)
        case "gap":
            return gap(material)
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
        said = [f"{written(fact)}{under(fact) or ' (none stated)'}" for fact in one_a_setting(own)]
        by = "by setting" if silent else "depends on the setting"
        return f"{model} on {benchmark} {by}: {', '.join(said[:FEW])}."
    agreed = "by one source" if sources == 1 else f"in {'both' if sources == 2 else f'all {spelled(sources)}'} sources"
    if found is not None:
        return f"{model} on {benchmark}: {spelt_values(own)}, the same up to rounding, {agreed}."
    setting = under(own[0]) if len({fact.setting for fact in own}) == 1 else ""
    return f"{model} on {benchmark}: {spelt_values(own)}{setting}, {agreed}."


def _differing(found: Disagreement, facts: Sequence[BenchmarkResult], material: Material) -> str:
    """Sources that contradict each other, one that gives several numbers, or numbers of different dates."""
    about = f"{found.model} on {found.benchmark}"
    sources = sources_of(found)
    if len(sources) == 1:
        times = ", for different times" if found.reason == "time" else ""
        values = listed([f"{written(_stating(value, facts))}{_of(value)}" for value in found.values])
        return f"{about}: one source gives {spelled(len(found.values))} numbers{times}: {values}."
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
