"""A number that is to be checked, and results, in → whether a source states it, and what they say instead, out."""

import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.answer import Answer, Disagreement, Holds, Verdict
from bot.asked_value import AskedValue, Bound
from bot.citation import in_a_sentence
from bot.citing import Citing
from bot.conclusion import Material
from bot.disagreement import NEAR, disagreements, is_conflict, setting_words
from bot.explanation import explanations, fact_lines
from bot.missing import missing_answer, missing_names
from bot.passage_answer import source_lines
from bot.question import Question
from bot.standing import Direction
from bot.written import listed, spelled, written
from index import Article, BenchmarkResult

NEAREST = 4  # other numbers that are named where the asked one is nobody's
FEW = 3  # sources that are named; more are counted

COMPARES: dict[Bound, Callable[[float, float], bool]] = {
    "over": operator.gt,
    "at least": operator.ge,
    "under": operator.lt,
    "at most": operator.le,
}

Cell = tuple[str, str]  # benchmark and model


class Check(NamedTuple):
    """What was found: who states the number (`exactly`, or rounded), the results that are shown, and the verdict."""

    holds: Holds
    stating: tuple[BenchmarkResult, ...]
    shown: tuple[BenchmarkResult, ...]
    exactly: bool = True
    elsewhere: bool = False  # it is stated, but under another setting than was asked


def answer_check(
    question: Question,
    value: AskedValue,
    wanted: Sequence[BenchmarkResult],
    articles: Mapping[str, Article],
    higher: Direction,
) -> Answer:
    """The answer to whether anybody states a number; `wanted` are the results that may answer."""
    asked = question.interpreted
    about = [
        result
        for result in wanted
        if (not asked.benchmarks or result.benchmark in asked.benchmarks)
        and (not asked.models or result.model in asked.models)
    ]
    if not about:
        missing = missing_names(question, wanted, [])
        nothing = missing_answer(question, wanted, missing, articles, higher)
        return nothing.model_copy(update={"verdict": Verdict(holds="not_said")})
    check = checked(value, about, asked.setting, named=bool(asked.benchmarks))
    found = disagreements(check.shown)
    verdict = Verdict(holds=check.holds)
    material = Material(
        question=question,
        facts=check.shown,
        sides=(),
        verdict=verdict,
        disagreements=found,
        articles=articles,
        higher=higher,
    )
    citing = Citing(check.shown, articles)
    first = _conclusion(check, value, question, articles)
    lines = fact_lines(material, citing)
    body = "\n\n".join(part for part in (first, "\n".join(lines), "\n".join(explanations(material, citing))) if part)
    citations = citing.citations()
    return Answer(
        question=question.asked,
        kind="benchmark",
        text="\n\n".join([body, "\n".join(source_lines(citations))]),
        interpreted=asked,
        facts=tuple(citing.fact(result) for result in check.shown),
        verdict=verdict,
        disagreements=found,
        citations=citations,
        confidence=0.8 if question.read_as else 0.95,
        higher_is_better={result.benchmark: higher(result.benchmark) for result in check.shown},
    )


def checked(value: AskedValue, about: Sequence[BenchmarkResult], setting: str | None, named: bool) -> Check:
    """Look a number up in the results that a question is about; `named`: it names the benchmark.

    A number that holds under a setting is stated; it is not where another setting was asked for. One that is given
    without its setting may hold under any.
    """
    exact = [result for result in about if _states(value, result)]
    stating = exact or [result for result in about if _rounds_to(value, result)]
    if not stating:
        return Check("no", (), tuple(_instead(value, about, setting, named)))
    within = [result for result in stating if _is_under(result, setting)]
    cells = {_cell(result) for result in within or stating}
    shown = tuple(result for result in about if _cell(result) in cells)
    if not within:
        silent = tuple(result for result in stating if not result.setting)
        return Check("not_said" if silent else "no", silent or tuple(stating), shown, bool(exact), elsewhere=True)
    return Check("disputed" if _is_disputed(within, shown, setting) else "yes", tuple(within), shown, bool(exact))


def _states(value: AskedValue, result: BenchmarkResult) -> bool:
    if value.bound:
        compares = COMPARES[value.bound]
        return any(compares(result.value, reading) for reading in value.readings)
    return any(abs(result.value - reading) < 1e-6 for reading in value.readings)


def _rounds_to(value: AskedValue, result: BenchmarkResult) -> bool:
    """Is the asked number this one with fewer digits, or about it where it was said to be about?"""
    if value.bound:
        return False
    half = 0.5 * float(10**-value.decimals) + 1e-9
    has_more = abs(result.value - round(result.value, value.decimals)) > 1e-9
    for reading in value.readings:
        apart = abs(result.value - reading)
        if (has_more and apart <= half) or (value.about and apart <= NEAR * max(reading, result.value)):
            return True
    return False


def _instead(
    value: AskedValue, about: Sequence[BenchmarkResult], setting: str | None, named: bool
) -> list[BenchmarkResult]:
    """What is said of it where nobody says the number: all of it, of many cells the nearest numbers."""
    under = [result for result in about if _is_under(result, setting)] or list(about)
    if named and len({_cell(result) for result in under}) <= NEAREST:
        return under
    apart = {_cell(result): 0.0 for result in under}
    for cell in apart:
        apart[cell] = min(abs(r.value - value.readings[0]) for r in under if _cell(r) == cell)
    near = sorted(apart, key=lambda cell: (apart[cell], cell))[: NEAREST if named else 2]
    return [result for result in under if _cell(result) in near]


def _is_disputed(stating: Sequence[BenchmarkResult], shown: Sequence[BenchmarkResult], setting: str | None) -> bool:
    values = {result.value for result in stating}
    other = {value for one in _conflicts(shown, setting) for value in _values(one)}
    return bool(values & other) and not {result.value for result in shown if _is_under(result, setting)} <= values


def _conflicts(shown: Sequence[BenchmarkResult], setting: str | None) -> Iterable[Disagreement]:
    return filter(is_conflict, disagreements([result for result in shown if _is_under(result, setting)]))


def _values(disagreement: Disagreement) -> set[float]:
    return {value.value for value in disagreement.values}


def _is_under(result: BenchmarkResult, setting: str | None) -> bool:
    return setting_words(setting) <= setting_words(result.setting)


def _cells(results: Iterable[BenchmarkResult]) -> set[Cell]:
    return set(map(_cell, results))


def _cell(result: BenchmarkResult) -> Cell:
    return result.benchmark, result.model


def _conclusion(check: Check, value: AskedValue, question: Question, articles: Mapping[str, Article]) -> str:
    """Yes, no or disputed, by whom, and what the others say."""
    others = [result for result in check.shown if result not in check.stating]
    asked = question.interpreted
    match check.holds:
        case "not_said":
            said = _said(check.stating, articles)
            return f"Not said for {asked.setting}: {said}, without a setting."
        case "no" if check.elsewhere:
            own = [result for result in others if _is_under(result, asked.setting)]
            instead = f"; {_said(own, articles, _cells(check.stating))}" if own else ""
            return f"No, not {asked.setting}: {_said(check.stating, articles)}{instead}."
        case "no" if not asked.benchmarks:
            whose = f" for {listed(list(asked.models))}" if asked.models else ""
            return f"No: no source gives {_number(value)}{whose} on any benchmark. Nearest: {_said(others, articles)}."
        case "no":
            return f"No: {_said(check.shown, articles)}, {'none' if value.bound else 'not'} {_number(value)}."
        case "disputed":
            return f"Disputed: {_said(check.stating, articles)}; {_said(others, articles, _cells(check.stating))}."
    how = "" if check.exactly else ", roughly" if value.about else ", rounded"
    return f"Yes{how}: {_said(check.stating, articles)}."


def _number(value: AskedValue) -> str:
    return f"{value.bound or ('about' if value.about else '')} {value.written}".strip()


def _said(results: Sequence[BenchmarkResult], articles: Mapping[str, Article], told: Collection[Cell] = ()) -> str:
    """ "The Quay and The Ledger give 14.8 for Opus on X, The Lantern 36.2": each number with who states it.

    Where all is of one cell that was `told` already, it need not be named again.
    """
    cells: dict[Cell, dict[tuple[float, bool, str | None], list[BenchmarkResult]]] = {}
    for result in results:
        key = (result.value, result.approximate, result.setting)
        cells.setdefault(_cell(result), {}).setdefault(key, []).append(result)
    known = set(cells) == set(told) and len(cells) == 1
    return "; ".join(
        _of_cell("" if known else f" for {model} on {benchmark}", list(numbers.values()), articles)
        for (benchmark, model), numbers in cells.items()
    )


def _of_cell(cell: str, numbers: Sequence[Sequence[BenchmarkResult]], articles: Mapping[str, Article]) -> str:
    parts: list[str] = []
    for own in sorted(numbers, key=lambda own: -len(_sources(own))):
        number = f"{written(own[0])}{f' ({own[0].setting})' if own[0].setting else ''}"
        give = "gives" if len(_sources(own)) == 1 else "give"
        parts.append(f"{_who(own, articles)} {number if parts else f'{give} {number}{cell}'}")
    return ", ".join(parts)


def _who(results: Sequence[BenchmarkResult], articles: Mapping[str, Article]) -> str:
    names = list(dict.fromkeys(in_a_sentence(articles[source]) for source in _sources(results)))
    return listed(names) if len(names) <= FEW else f"{spelled(len(names))} sources"


def _sources(results: Sequence[BenchmarkResult]) -> list[str]:
    return list(dict.fromkeys(result.source for result in results))
