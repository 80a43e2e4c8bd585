"""Results in → whom their articles credit for the numbers, in words, out."""

from collections.abc import Iterable, Mapping, Sequence

from bot.asked_value import numbers_in
from bot.citation import in_a_sentence
from bot.citing import Citing
from bot.disagreement import origin_key
from bot.material import Material
from bot.written import listed, spelled, written
from index import Article, BenchmarkResult

FEW = 4  # sources or origins that are named; more are counted
MARKED = 6  # results of one origin that are marked; more are told by the lines above


def told_origin(material: Material) -> str:
    """ "GPT-5.4 on MMLU: Northgate credits 82.8 to Fenwick." — of the number that was named, where one was."""
    facts = _asked(material)
    sources: dict[str, list[BenchmarkResult]] = {}
    for fact in facts:
        sources.setdefault(fact.source, []).append(fact)
    models = list(dict.fromkeys(fact.model for fact in facts))
    benchmarks = list(dict.fromkeys(fact.benchmark for fact in facts))
    parts = [_source(own, material.articles, len(models) > 1) for own in list(sources.values())[:FEW]]
    parts += [f"{spelled(len(sources) - FEW)} more sources are below"] if len(sources) > FEW else []
    about = f"{listed(models)} on {listed(benchmarks)}" if len(models) == 1 else listed(benchmarks)
    nobody = "" if any(fact.reported_by for fact in facts) else "no source credits anybody; "
    return f"{about}: {nobody}{'; '.join(parts)}."


def credit_line(facts: Iterable[BenchmarkResult], citing: Citing) -> list[str]:
    """ "Credited to Fenwick [1][2] and Meta [3]." """
    found: dict[str, list[BenchmarkResult]] = {}
    for fact in facts:
        if fact.reported_by:
            found.setdefault(origin_key(fact.reported_by), []).append(fact)
    named = [_marked(own, citing) for own in list(found.values())[:FEW]]
    named += [f"{spelled(len(found) - FEW)} others"] if len(found) > FEW else []
    return [f"Credited to {listed(named)}."] if named else []


def _asked(material: Material) -> Sequence[BenchmarkResult]:
    said = numbers_in(material.question.asked)
    return [fact for fact in material.facts if fact.value in said] or material.facts


def _source(own: Sequence[BenchmarkResult], articles: Mapping[str, Article], several: bool) -> str:
    """What one source says of the numbers that it gives."""
    name = in_a_sentence(articles[own[0].source])
    credited: dict[str, list[BenchmarkResult]] = {}
    for fact in own:
        credited.setdefault(fact.reported_by or "", []).append(fact)
    told = [f"{_values(facts, several)} to {who}" for who, facts in credited.items() if who]
    silent = credited.get("", [])
    said = [f"credits {listed(told)}"] if told else []
    said += [f"gives {_values(silent, several)}{_as(silent[0])}"] if silent else []
    return f"{name} {' and '.join(said)}"


def _as(fact: BenchmarkResult) -> str:
    return " as its own number" if fact.origin in ("vendor", "independent") else ""


def _values(facts: Sequence[BenchmarkResult], several: bool) -> str:
    return listed(list(dict.fromkeys(f"{f'{fact.model}’s ' if several else ''}{written(fact)}" for fact in facts)))


def _marked(own: Sequence[BenchmarkResult], citing: Citing) -> str:
    marks = f" {citing.marks(own)}" if len(own) <= MARKED else ""
    return f"{own[0].reported_by}{marks}"
