"""Benchmark results in → where their sources give different numbers, and why, out."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.answer import Disagreement, Reason
from index import BenchmarkResult

WEIGHT: tuple[Reason, ...] = ("wording", "rounding", "setting", "origin", "unexplained")
REAL: frozenset[Reason] = frozenset({"origin", "unexplained"})
NEAR = 0.02  # "about 60" may say 59.0; farther apart it is another number
VERSION = re.compile(r"^v\d+(?:\.\d+)*$")
SETTING_WORD = re.compile(r"[a-z]+@?\d*(?:\.\d+)*|\d+(?:\.\d+)*[a-z]*")
NO_SETTING = frozenset(re.findall(r"\S+", "a the mode in on of and at using only"))


class Witnesses(NamedTuple):
    """Who stands behind a number: the credited origins, and the articles that name nobody."""

    credited: tuple[str, ...]
    silent: tuple[str, ...]


def setting_words(setting: str | None) -> frozenset[str]:
    """What tells one setting from another; a benchmark's version, where given, is none."""
    plain = (
        (setting or "").casefold().replace("w/o", "without").replace("w/", "with ").replace("no tools", "without tools")
    )
    return frozenset(word for word in SETTING_WORD.findall(plain) if word not in NO_SETTING and not VERSION.match(word))


def disagreements(results: Sequence[BenchmarkResult]) -> tuple[Disagreement, ...]:
    """Every benchmark and model for which different numbers are stated, in the results' order."""
    cells: dict[tuple[str, str], list[BenchmarkResult]] = defaultdict(list)
    for result in _in_order(results):
        cells[result.benchmark, result.model].append(result)
    return tuple(found for cell in cells.values() for found in _of_cell(cell))


def is_conflict(disagreement: Disagreement) -> bool:
    """Whether it can't be both: other words, rounding and another setting can."""
    return disagreement.reason in REAL


def reason_between(one: BenchmarkResult, other: BenchmarkResult) -> Reason | None:
    """Why two results differ; None where they state the same number."""
    if one.value == other.value:
        return None
    if _rounds(one, other) or _rounds(other, one):
        return "rounding"
    if (one.approximate or other.approximate) and abs(one.value - other.value) <= NEAR * max(one.value, other.value):
        return "wording"
    if setting_words(one.setting) != setting_words(other.setting):
        return "setting"
    if {one.origin, other.origin} == {"vendor", "independent"}:
        return "origin"
    return "unexplained"


def witnesses(results: Sequence[BenchmarkResult]) -> Witnesses:
    """Articles that credit one origin are one witness; those that credit nobody may repeat any of them."""
    credited: dict[str, str] = {}
    silent: dict[str, None] = {}
    crediting = {result.source for result in results if result.reported_by}
    for result in _in_order(results):
        if result.reported_by:
            credited.setdefault(_origin_key(result.reported_by), result.reported_by)
        elif result.source not in crediting:
            silent.setdefault(result.source)
    return Witnesses(tuple(credited.values()), tuple(silent))


def _in_order(results: Iterable[BenchmarkResult]) -> list[BenchmarkResult]:
    return sorted(results, key=lambda result: (result.source, result.start, result.end, result.model, result.value))


def _origin_key(reporter: str) -> str:
    """ "Meta (official)" and "Meta's technical blog" are one origin: the first name counts."""
    found = re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", reporter.casefold()))
    return "".join(word for word in found if word not in {"the", "official", "blog", "technical", "ai", "report"}) or (
        reporter.casefold()
    )


def _of_cell(results: Sequence[BenchmarkResult]) -> list[Disagreement]:
    """A record for each setting in which the numbers differ, and one for settings that differ from each other."""
    if len({result.value for result in results}) < 2:
        return []
    classes = _by_setting(results)
    found = [_record(members, _reason(members)) for members in classes if len({r.value for r in members}) > 1]
    across = [member for members in classes for member in members]
    if len(classes) > 1 and len({frozenset(r.value for r in members) for members in classes}) > 1:
        record = _record(across, "setting")
        found.append(record.model_copy(update={"setting": None}))
    return found


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


def _reason(results: Sequence[BenchmarkResult]) -> Reason:
    """The gravest reason among the values; one value's several statements count by their likeliest."""
    by_value: dict[float, list[BenchmarkResult]] = defaultdict(list)
    for result in results:
        by_value[result.value].append(result)
    gravest: Reason = "wording"
    groups = list(by_value.values())
    for place, group in enumerate(groups):
        for other in groups[place + 1 :]:
            reasons = [reason for one in group for two in other if (reason := reason_between(one, two))]
            mildest = min(reasons, key=WEIGHT.index)
            gravest = max(gravest, mildest, key=WEIGHT.index)
    return gravest


def _record(results: Sequence[BenchmarkResult], reason: Reason) -> Disagreement:
    sources: dict[float, dict[str, None]] = defaultdict(dict)
    for result in results:
        sources[result.value].setdefault(result.source)
    values = sorted(sources.items(), key=lambda item: (-len(item[1]), item[0]))
    return Disagreement(
        benchmark=results[0].benchmark,
        model=results[0].model,
        setting=next((result.setting for result in results if result.setting), None),
        values=tuple(Disagreement.Value(value=value, sources=tuple(names)) for value, names in values),
        reason=reason,
    )


def _rounds(exact: BenchmarkResult, short: BenchmarkResult) -> bool:
    """Whether one number is the other with fewer digits."""
    digits, fewer = _decimals(exact.value), _decimals(short.value)
    if digits > fewer:
        return abs(exact.value - short.value) <= 0.5 * float(10**-fewer) + 1e-9
    if short.approximate and exact.value >= 1000:
        step = next((10**power for power in range(9, 0, -1) if short.value % 10**power == 0), 1)
        return math.isclose(exact.value, short.value, rel_tol=0, abs_tol=step / 2)
    return False


def _decimals(value: float) -> int:
    return len(f"{value:.6f}".rstrip("0").split(".")[1])
