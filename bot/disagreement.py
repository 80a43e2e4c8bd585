"""Benchmark results in → where their sources give different numbers, and why, out."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from bot.answer import Disagreement, Reason
from index import Article, BenchmarkResult

WEIGHT: tuple[Reason, ...] = ("wording", "rounding", "setting", "time", "origin", "unexplained")
REAL: frozenset[Reason] = frozenset({"time", "origin", "unexplained"})
NEAR = 0.02  # "about 60" may say 59.0; farther apart it is another number
VERSION = re.compile(r"^v\d+(?:\.\d+)*$")
SETTING_WORD = re.compile(r"[a-z]+@?\d*(?:\.\d+)*|\d+(?:\.\d+)*[a-z]*")
NO_SETTING = frozenset(re.findall(r"\S+", "a the mode in on of and at using only effort"))
ZERO_SHOT = re.compile(r"\bzero[- ]shots?\b")
RATING = re.compile(r"\belo\b|\barena\b", re.IGNORECASE)  # a rating moves with each further comparison
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
WHEN = re.compile(
    rf"\b(?i:in|on|as of|since|by|until) (?:(?:early|mid|late|the end of)[ -])?((?:{MONTHS})\b(?: \d{{4}})?)"
)
SAME_TEXT = 8  # words from which two articles that print the same sentence have it from one origin

Published = Mapping[str, date | None]  # when each article came out
UNDATED: Published = MappingProxyType({})


class Witnesses(NamedTuple):
    """Who stands behind a number: the credited origins, and the articles that name nobody."""

    credited: tuple[str, ...]
    silent: tuple[str, ...]


def setting_words(setting: str | None) -> frozenset[str]:
    """What tells one setting from another; a benchmark's version, where given, is none."""
    plain = (
        (setting or "").casefold().replace("w/o", "without").replace("w/", "with ").replace("no tools", "without tools")
    )
    plain = ZERO_SHOT.sub("0-shot", plain)
    return frozenset(word for word in SETTING_WORD.findall(plain) if word not in NO_SETTING and not VERSION.match(word))


def dates_of(articles: Iterable[Article]) -> Published:
    """When each article came out."""
    return {article.id: article.published for article in articles}


def disagreements(results: Sequence[BenchmarkResult], published: Published = UNDATED) -> tuple[Disagreement, ...]:
    """One record for every benchmark and model for which different numbers are stated, in the results' order."""
    cells: dict[tuple[str, str], list[BenchmarkResult]] = defaultdict(list)
    for result in _in_order(results):
        cells[result.benchmark, result.model].append(result)
    records = (_of_cell(cell, published) for cell in cells.values())
    return tuple(record for record in records if record is not None)


def is_conflict(disagreement: Disagreement) -> bool:
    """Whether it can't be both: other words, rounding, another setting, and one article's account of a time can."""
    return disagreement.reason in REAL and not (disagreement.reason == "time" and len(sources_of(disagreement)) == 1)


def sources_of(disagreement: Disagreement) -> tuple[str, ...]:
    """The articles that state one of the values."""
    return tuple(dict.fromkeys(source for value in disagreement.values for source in value.sources))


def odd_values(model: str, benchmark: str, found: Iterable[Disagreement]) -> frozenset[float]:
    """In a real conflict: every value that others under its setting contradict, but the one that most sources state."""
    odd: set[float] = set()
    for one in found:
        if (one.model, one.benchmark) == (model, benchmark) and is_conflict(one):
            for values in contradicting(one):
                most = max(len(value.sources) for value in values)
                usual = [value for value in values if len(value.sources) == most]
                odd |= {value.value for value in values if len(usual) > 1 or value not in usual}
    return frozenset(odd)


def contradicting(disagreement: Disagreement) -> tuple[tuple[Disagreement.Value, ...], ...]:
    """The values that stand against each other: those under one setting, where they are several."""
    under: dict[frozenset[str], list[Disagreement.Value]] = defaultdict(list)
    for value in disagreement.values:
        under[setting_words(value.setting)].append(value)
    return tuple(tuple(values) for values in under.values() if len(values) > 1)


def reason_between(one: BenchmarkResult, other: BenchmarkResult, published: Published = UNDATED) -> Reason | None:
    """Why two results differ; None where they state the same number."""
    if one.value == other.value:
        return None
    if is_rounded(one, other) or is_rounded(other, one):
        return "rounding"
    if (one.approximate or other.approximate) and abs(one.value - other.value) <= NEAR * max(one.value, other.value):
        return "wording"
    if setting_words(one.setting) != setting_words(other.setting):
        return "setting"
    if {one.origin, other.origin} == {"vendor", "independent"}:
        return "origin"
    return "time" if _moved(one, other, published) else "unexplained"


def _moved(one: BenchmarkResult, other: BenchmarkResult, published: Published) -> bool:
    """Whether the two numbers belong to different times: an article dates both, or a rating stands in articles of
    different dates."""
    if one.source == other.source:
        first, second = WHEN.findall(one.quote), WHEN.findall(other.quote)
        return bool(first and second) and first != second
    dates = published.get(one.source), published.get(other.source)
    rating = one.unit == "elo" or any(RATING.search(text) for text in (one.benchmark, one.quote, other.quote))
    return rating and None not in dates and dates[0] != dates[1]


def witnesses(results: Sequence[BenchmarkResult]) -> Witnesses:
    """Articles that credit one origin are one witness; those that credit nobody may repeat any of them."""
    credited: dict[str, str] = {}
    silent: dict[str, None] = {}
    crediting = {result.source for result in results if result.reported_by}
    for result in _in_order(results):
        if result.reported_by:
            credited.setdefault(origin_key(result.reported_by), result.reported_by)
        elif result.source not in crediting:
            silent.setdefault(result.source)
    return Witnesses(tuple(credited.values()), tuple(silent))


def reprints(results: Iterable[BenchmarkResult]) -> tuple[tuple[str, ...], ...]:
    """Articles that print the same words around a number: they have it from one origin."""
    printing: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for result in _in_order(results):
        words = re.findall(r"[^\W_]+", result.quote.casefold())
        if sum(word.isalpha() for word in words) >= SAME_TEXT:
            printing[result.benchmark, result.model, " ".join(words)].setdefault(result.source)
    return tuple(dict.fromkeys(tuple(sources) for sources in printing.values() if len(sources) > 1))


def _in_order(results: Iterable[BenchmarkResult]) -> list[BenchmarkResult]:
    return sorted(results, key=lambda result: (result.source, result.start, result.end, result.model, result.value))


def origin_key(reporter: str) -> str:
    """ "Meta (official)" and "Meta's technical blog" are one origin: the first name counts."""
    found = re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", reporter.casefold()))
    return "".join(word for word in found if word not in {"the", "official", "blog", "technical", "ai", "report"}) or (
        reporter.casefold()
    )


def _of_cell(results: Sequence[BenchmarkResult], published: Published) -> Disagreement | None:
    """All numbers of a cell with one reason: why those under one setting differ, else that the settings do."""
    if len({result.value for result in results}) < 2:
        return None
    classes = _by_setting(results)
    reasons = [_reason(members, published) for members in classes if len({r.value for r in members}) > 1]
    if len(classes) > 1 and len({frozenset(r.value for r in members) for members in classes}) > 1:
        reasons.append("setting")
    return _record(classes, max(reasons, key=WEIGHT.index)) if reasons else None


def _by_setting(results: Sequence[BenchmarkResult]) -> list[list[BenchmarkResult]]:
    """Results under one setting together; a number whose setting is unstated belongs where the same one is stated."""
    stated: dict[frozenset[str], list[BenchmarkResult]] = defaultdict(list)
    for result in results:
        if setting_words(result.setting):
            stated[setting_words(result.setting)].append(result)
    unstated: list[BenchmarkResult] = []
    for result in results:
        if not setting_words(result.setting):
            homes = [home for home in stated.values() if any(_same(result, member) for member in home)]
            (homes[0] if homes else unstated).append(result)
    return [*stated.values(), *([unstated] if unstated else [])]


def _same(one: BenchmarkResult, other: BenchmarkResult) -> bool:
    return reason_between(one, other) in (None, "rounding", "wording")


def _reason(results: Sequence[BenchmarkResult], published: Published) -> Reason:
    """The gravest reason among the values; one value's several statements count by their likeliest."""
    by_value: dict[float, list[BenchmarkResult]] = defaultdict(list)
    for result in results:
        by_value[result.value].append(result)
    gravest: Reason = "wording"
    groups = list(by_value.values())
    for place, group in enumerate(groups):
        for other in groups[place + 1 :]:
            reasons = [reason for one in group for two in other if (reason := reason_between(one, two, published))]
            mildest = min(reasons, key=WEIGHT.index)
            gravest = max(gravest, mildest, key=WEIGHT.index)
    return gravest


def _record(classes: Sequence[Sequence[BenchmarkResult]], reason: Reason) -> Disagreement:
    """Every value that is stated, whoever states it, with the setting that it stands under."""
    values = [value for members in classes for value in _values(members)]
    disputed = [members for members in classes if len({result.value for result in members}) > 1]
    first = classes[0][0]
    return Disagreement(
        benchmark=first.benchmark,
        model=first.model,
        setting=_setting(disputed[0]) if len(disputed) == 1 and reason != "setting" else None,
        values=tuple(sorted(values, key=lambda value: (-len(value.sources), value.value, value.setting or ""))),
        reason=reason,
    )


def _values(results: Sequence[BenchmarkResult]) -> list[Disagreement.Value]:
    """The different numbers under one setting."""
    sources: dict[float, dict[str, None]] = defaultdict(dict)
    for result in results:
        sources[result.value].setdefault(result.source)
    setting = _setting(results)
    return [Disagreement.Value(value=value, sources=tuple(names), setting=setting) for value, names in sources.items()]


def _setting(results: Sequence[BenchmarkResult]) -> str | None:
    return next((result.setting for result in results if setting_words(result.setting)), None)


def is_rounded(exact: BenchmarkResult, short: BenchmarkResult) -> bool:
    """Whether the second number is the first with fewer digits."""
    digits, fewer = decimals(exact.value), decimals(short.value)
    if digits > fewer:
        return abs(exact.value - short.value) <= 0.5 * float(10**-fewer) + 1e-9
    if short.approximate and exact.value >= 1000:
        step = next((10**power for power in range(9, 0, -1) if short.value % 10**power == 0), 1)
        return math.isclose(exact.value, short.value, rel_tol=0, abs_tol=step / 2)
    return False


def decimals(value: float) -> int:
    """How many digits a number has after its point."""
    return len(f"{value:.6f}".rstrip("0").split(".")[1])
