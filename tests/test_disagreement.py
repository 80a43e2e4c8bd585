"""Why two numbers differ."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.disagreement import disagreements, is_conflict, reason_between, witnesses
from index import BenchmarkResult
from tests.benchmark_corpus import LARK, RESULTS, RIDDLE, WARD


def stated(value: float, source: str = "one", **more: object) -> BenchmarkResult:
    fields: dict[str, object] = {
        "benchmark": "B",
        "model": "M",
        "value": value,
        "unit": "%",
        "setting": None,
        "approximate": False,
        "source": source,
        "reported_by": None,
        "origin": "press",
        "start": 0,
        "end": 1,
        "quote": "q",
    }
    return BenchmarkResult.model_validate(fields | more)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (stated(76.1), stated(76, approximate=True), "rounding"),
        (stated(50.4), stated(50), "rounding"),
        (stated(80.4), stated(80.5), "unexplained"),  # near, but neither is the other with fewer digits
        (stated(59), stated(60, approximate=True), "wording"),
        (stated(40.1, setting="without tools"), stated(50.4, setting="with tools"), "setting"),
        (stated(40.1, setting="v4.0"), stated(50.4), "unexplained"),  # a version is no setting
        (stated(40, origin="vendor"), stated(45, origin="independent"), "origin"),
        (stated(14.8), stated(36.2), "unexplained"),
        (stated(14.8), stated(14.8, setting="high"), None),
        (stated(79, quote="79 in March"), stated(81, quote="On 1 May 2031 and in October it got 81"), "time"),
        (stated(79, quote="79 in March"), stated(81, quote="81 in March"), "unexplained"),
        (stated(79, "one", quote="79 in March"), stated(81, "two", quote="81 in October"), "unexplained"),
    ],
)
def test_reasons(one: BenchmarkResult, other: BenchmarkResult, reason: str | None) -> None:
    assert reason_between(one, other) == reason_between(other, one) == reason


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"unit": "elo"}, "time"),
        ({"quote": "an Elo of 1,491"}, "time"),
        ({"benchmark": "Quay Arena"}, "time"),
        ({}, "unexplained"),
    ],
)
def test_a_rating_moves_between_the_dates_of_two_articles(more: dict[str, str], reason: str) -> None:
    one, other = stated(1491, "one", **more), stated(1478, "two", **more)
    dates = {"one": date(2031, 10, 3), "two": date(2031, 11, 20)}
    assert disagreements([one, other], dates)[0].reason == reason
    assert disagreements([one, other], dates | {"two": dates["one"]})[0].reason == "unexplained"
    assert disagreements([one, other], {"one": dates["one"], "two": None})[0].reason == "unexplained"


def test_only_the_cell_that_differs_is_a_conflict() -> None:
    found = [one for one in disagreements(RESULTS) if is_conflict(one)]
    assert [(one.benchmark, one.model, one.reason) for one in found] == [(WARD, LARK, "unexplained")]
    assert [(value.value, value.sources) for value in found[0].values] == [
        (12.3, ("alpha", "gamma")),
        (35.9, ("beta",)),
    ]


def test_two_settings_are_never_a_conflict() -> None:
    found = [one for one in disagreements(RESULTS) if one.benchmark == RIDDLE]
    assert {one.reason for one in found} == {"setting"}
    assert not any(map(is_conflict, found))


def test_articles_that_repeat_one_origin_are_one_witness() -> None:
    told = [stated(1, "a", reported_by="Tide's blog"), stated(1, "b", reported_by="Tide (official)"), stated(1, "c")]
    assert witnesses(told) == (("Tide's blog",), ("c",))


@given(st.permutations(RESULTS))
def test_the_order_of_results_changes_nothing(shuffled: list[BenchmarkResult]) -> None:
    assert disagreements(shuffled) == disagreements(RESULTS)
