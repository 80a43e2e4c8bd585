"""What an answer was made of in → its lines of facts, and why sources disagree, out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.answer import Disagreement
from bot.citation import day, source_name
from bot.citing import Citing
from bot.comparison import Group
from bot.disagreement import contradicting, odd_values, reprints, setting_words, sources_of, witnesses
from bot.material import Material
from bot.origin import credit_line
from bot.written import listed, number_in_quote, plain_number, spelled, written
from index import BenchmarkResult

DISPUTED = "≠"
TROPHY = re.compile(
    r"🏆|🥇|👑|#\s?1\b(?![.\d])|\bbest of (?:any|all)|\bhighest of (?:any|all)|\bleads (?:all|every)\b|\bnumber one\b"
)
CLAIM_LINE = 160  # characters; a longer line is a paragraph, whose claims may be about something else


def fact_lines(material: Material, citing: Citing) -> list[str]:
    """Each benchmark with its direction, under it each model with every number and its marks."""
    lines: list[str] = []
    for benchmark in material.benchmarks:
        up = material.higher(benchmark)
        own = [fact for fact in material.facts if fact.benchmark == benchmark]
        models = sorted(dict.fromkeys(fact.model for fact in own), key=lambda model: _place(model, own, up))
        if len(material.benchmarks) > 1 and len(material.models) == 1:  # whose numbers they are is said above
            lines.append(f"{benchmark}: {_numbers(models[0], own, material, citing)}")
            continue
        lines.append(f"{benchmark} ({'higher' if up else 'lower'} is better)")
        lines += [f"{model}: {_numbers(model, own, material, citing)}" for model in models]
    return lines


def explanations(material: Material, citing: Citing) -> list[str]:
    """Why numbers differ, how many origins there are, what contradicts itself, and how the question was read."""
    lines = _whys(material)
    lines += list(dict.fromkeys(_contradictions(material, citing)))
    if material.disagreements or material.question.interpreted.intent == "conflict":
        lines += _origins(material)
    elif not material.question.asks_origin:
        lines += credit_line(material.facts, citing)
    lines += _reprinted(material)
    read = [f"“{said}” is read as {name}." for said, name in material.question.read_as if name in material.benchmarks]
    return [*dict.fromkeys(lines), *dict.fromkeys(read)]


def _numbers(model: str, facts: Sequence[BenchmarkResult], material: Material, citing: Citing) -> str:
    """ "14.8% [1][2] · 36.2% [3] ≠": each number once, with all places that state it."""
    own = [fact for fact in facts if fact.model == model]
    shown: dict[tuple[float, str | None, bool], list[BenchmarkResult]] = {}
    for fact in own:
        shown.setdefault((fact.value, fact.setting, fact.approximate), []).append(fact)
    odd = odd_values(model, own[0].benchmark, material.disagreements)
    parts = []
    for (value, setting, _), same in shown.items():
        under = f" {setting}" if setting else ""
        sign = f" {DISPUTED}" if value in odd else ""
        parts.append(f"{written(same[0])}{under} {citing.marks(same)}{sign}")
    return " · ".join(parts)


def _place(model: str, facts: Sequence[BenchmarkResult], up: bool) -> tuple[float, str]:
    """The value that is stated most often decides; of several such, the best."""
    counted = Counter(fact.value for fact in facts if fact.model == model)
    usual = [value for value, count in counted.items() if count == max(counted.values())]
    return (-max(usual) if up else min(usual), model)


def _whys(material: Material) -> list[str]:
    """Each reason once, with all that it holds for."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for one in material.disagreements:
        found.setdefault(_reason(one, material), {})[one.model, one.benchmark] = None
    return [f"Why ({_all_of(list(pairs))}): {reason}" for reason, pairs in found.items()]


def _all_of(pairs: Sequence[tuple[str, str]]) -> str:
    """Models on benchmarks: "A and B on X", "A on X and Y", else pair by pair."""
    models = list(dict.fromkeys(model for model, _ in pairs))
    benchmarks = list(dict.fromkeys(benchmark for _, benchmark in pairs))
    if min(len(models), len(benchmarks)) == 1:
        return f"{listed(models)} on {listed(benchmarks)}"
    return "; ".join(f"{model} on {benchmark}" for model, benchmark in pairs)


def _reason(one: Disagreement, material: Material) -> str:
    own = [fact for fact in material.facts if (fact.model, fact.benchmark) == (one.model, one.benchmark)]
    match one.reason:
        case "wording":
            return "the same number in other words."
        case "rounding":
            return "rounding; one number is the other with fewer digits."
        case "setting":
            silent = [fact for fact in own if not setting_words(fact.setting)]
            if not silent:
                return "the settings differ, so these are not in conflict."
            return "perhaps the setting: where none is stated, the number may hold under any of them."
        case "time":
            return _time(one, material)
        case "origin":
            names = listed([fact.reported_by or "the vendor" for fact in _independent(own)])
            return f"different origin; {names or 'an independent tester'} measured for itself."
    settings = {setting_words(fact.setting) for fact in own}
    stated = "No source states a different setting" if len(settings) < 2 else "The settings stated don’t explain it"
    return f"unexplained. {stated}.{_apart(one)}"


def _time(one: Disagreement, material: Material) -> str:
    """Numbers of different times: as one article dates them, or as the articles are dated."""
    sources = sources_of(one)
    if len(sources) == 1:
        return "the article gives them for different times, so these are not in conflict."
    dates = sorted({published for source in sources if (published := material.articles[source].published)})
    days = listed([day(published) for published in dates])
    return f"perhaps time. A rating moves over time, and the dates of the articles differ ({days})."


def _apart(one: Disagreement) -> str:
    """Which of the values stand under a setting of their own, in no conflict."""
    disputed = {id(value) for values in contradicting(one) for value in values}
    apart = [value for value in one.values if id(value) not in disputed and value.setting]
    numbers = listed([f"{plain_number(value.value)} ({value.setting})" for value in apart])
    return f" With a setting of its own: {numbers}." if apart else ""


def _independent(facts: Sequence[BenchmarkResult]) -> list[BenchmarkResult]:
    found = {fact.reported_by: fact for fact in facts if fact.origin == "independent"}
    return list(found.values())


def _origins(material: Material) -> list[str]:
    """Whom the sources credit: articles that repeat one origin are one witness."""
    known = witnesses(material.facts)
    names = [source_name(material.articles[source]) for source in known.silent]
    if not known.credited:
        return [f"Origins: none is named by {listed(names)}, so they may all repeat one."] if len(names) > 1 else []
    one = len(known.credited) == 1
    credit = f"Origins: {spelled(len(known.credited))} {'is' if one else 'are'} named ({listed(list(known.credited))})"
    return [f"{credit}; {listed(names)} {'names' if len(names) == 1 else 'name'} nobody." if names else f"{credit}."]


def _reprinted(material: Material) -> list[str]:
    """Articles that print one text are one witness, whoever they credit."""
    return [
        f"Same text: {listed([source_name(material.articles[source]) for source in sources])} print the same words, "
        "so they have one origin."
        for sources in reprints(material.facts)
    ]


def _contradictions(material: Material, citing: Citing) -> Iterator[str]:
    """Sources that crown a model which their own numbers don't put first."""
    for side in material.sides:
        for result in side.results:
            if result.model not in side.best and _is_crowned(result, material):
                yield _contradiction(result, side, material, citing)


def _contradiction(result: BenchmarkResult, side: Group, material: Material, citing: Citing) -> str:
    name = source_name(material.articles[result.source])
    best = side.results[0]
    return (
        f"Mind: {name} marks {result.model} as first on {result.benchmark} ({written(result)} "
        f"{citing.marks([result])}), but by its own numbers {best.model} is ahead "
        f"({written(best)} {citing.marks([best])})."
    )


def _is_crowned(result: BenchmarkResult, material: Material) -> bool:
    """Whether the line with the number, or the heading right above it, calls the model first."""
    text = material.articles[result.source].text
    match = number_in_quote(result)
    at = result.start + (match.start() if match else 0)
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)]
    others = [other.model for side in material.sides for other in side.results if other.model != result.model]
    if len(line) > CLAIM_LINE or any(other in line for other in others):
        return False
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
    heading = above if 0 < len(above) <= CLAIM_LINE // 2 and not any(other in above for other in others) else ""
    return bool(TROPHY.search(line) or (len(line) < CLAIM_LINE // 4 and TROPHY.search(heading)))
