"""Laws of who is ahead: whatever the sources say, nothing is claimed that one of them contradicts."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer, Verdict
from bot.benchmark_answer import answer_benchmark
from bot.comparison import comparison
from bot.disagreement import is_conflict, odd_values
from bot.question import understand
from bot.standing import groups, leaders, models_of, placements, profile, standings, tally
from bot.vocabulary import vocabulary
from index import Article, Benchmark, BenchmarkResult, Catalogue, Model

ORCA, QUILL, LARK = "Orca 3", "Quill 5", "Lark 2"
NAMES = (ORCA, QUILL, LARK)
BENCHMARKS = ("WardBench", "CureQA", "ZXQA")
SOURCES = ("alpha", "beta", "gamma", "delta")
CATALOGUE = Catalogue(
    benchmarks=tuple(Benchmark(name=name) for name in BENCHMARKS),
    models=tuple(Model(name=name) for name in NAMES),
)
SETTINGS = (None, None, None, "high", "with tools", "without tools")


def up(_: str) -> bool:
    return True


Stated = tuple[str, str, str, float]


def result(stated: Stated, setting: str | None = None, **more: object) -> BenchmarkResult:
    """A number as a source states it; its place and quote are made by `articles`."""
    source, benchmark, model, value = stated
    quote = f"{model} scored {value:g} on {benchmark}."
    fields: dict[str, object] = {
        "benchmark": benchmark, "model": model, "value": value, "unit": "%", "setting": setting, "approximate": False,
        "source": source, "reported_by": None, "origin": "press", "start": 0, "end": len(quote), "quote": quote,
    }  # fmt: skip
    return BenchmarkResult.model_validate(fields | more)


def placed(results: Sequence[BenchmarkResult]) -> tuple[list[BenchmarkResult], dict[str, Article]]:
    """The results at places of their own in articles that hold their quotes."""
    texts: dict[str, str] = {}
    found = []
    for each in results:
        start = len(texts.get(each.source, ""))
        texts[each.source] = f"{texts.get(each.source, '')}{each.quote}\n"
        found.append(each.model_copy(update={"start": start, "end": start + len(each.quote)}))
    articles = {
        name: Article(id=name, file=f"{name}.md", title=name.title(), publisher=name.title(), text=text)
        for name, text in texts.items()
    }
    return found, articles


def answer(question: str, results: Sequence[BenchmarkResult]) -> Answer:
    """The whole answer to a question about them."""
    found, articles = placed(results)
    known = vocabulary(found, CATALOGUE, articles)
    said = answer_benchmark(understand(question, (), known), found, CATALOGUE, articles)
    assert said is not None
    return said


def verdict(question: str, results: Sequence[BenchmarkResult]) -> Verdict:
    """Its verdict."""
    found = answer(question, results).verdict
    assert found is not None
    return found


def stating(*numbers: tuple[str, str, float], benchmark: str = "WardBench") -> list[BenchmarkResult]:
    """Numbers of one benchmark, by source and model."""
    return [result((source, benchmark, model, value)) for source, model, value in numbers]


numbers = st.builds(
    result,
    st.tuples(
        st.sampled_from(SOURCES),
        st.sampled_from(BENCHMARKS),
        st.sampled_from(NAMES),
        st.sampled_from([70.0, 70.4, 71.0, 72.0, 72.5, 73.0]),
    ),
    st.sampled_from(SETTINGS),
)
mixtures = st.lists(numbers, min_size=1, max_size=14)
DISPUTED = stating(
    ("alpha", ORCA, 81.2), ("alpha", QUILL, 80.1), ("beta", ORCA, 79), ("gamma", ORCA, 76.5), ("delta", ORCA, 74.9)
)


@given(mixtures)
def test_counts_add_up_to_the_benchmarks_that_are_shared(results: list[BenchmarkResult]) -> None:
    counted = tally(groups(results, up), up)
    having = {name: {each.model for each in results if each.benchmark == name} for name in BENCHMARKS}
    named = [name for names in (*counted.ahead.values(), *counted[1:]) for name in names]
    assert sorted(named) == sorted(name for name, models in having.items() if len(models) > 1)
    assert counted.shared == len(named)


@given(mixtures)
def test_nobody_contradicts_who_is_called_first(results: list[BenchmarkResult]) -> None:
    for standing in standings(groups(results, up), up):
        for model in standing.firsts:
            for other in set(models_of(standing.sides)) - {model}:
                pair = comparison(standing.sides, model, other, True)
                assert pair.outcome in ("ahead", "tied"), pair
                assert all(said.sign >= 0 for said in pair.said)


@given(mixtures, st.sampled_from(["alpha", "beta"]))
def test_a_comparison_turned_round_says_the_same(results: list[BenchmarkResult], _: str) -> None:
    turned = {"ahead": "behind", "behind": "ahead"}
    for standing in standings(groups(results, up), up):
        for one, other in ((ORCA, QUILL), (QUILL, LARK)):
            if {one, other} <= set(models_of(standing.sides)):
                there = comparison(standing.sides, one, other, True).outcome
                assert comparison(standing.sides, other, one, True).outcome == turned.get(there, there)


@given(mixtures, st.sampled_from(SOURCES), st.sets(st.sampled_from(NAMES), min_size=1))
def test_repeating_a_source_makes_no_clear_lead_disputed(
    results: list[BenchmarkResult], repeated: str, models: set[str]
) -> None:
    copies = [
        each.model_copy(update={"source": "echo"})
        for each in results
        if each.source == repeated and each.model in models
    ]
    before = {(each.benchmark, each.condition): each.firsts for each in standings(groups(results, up), up)}
    after = standings(groups([*results, *copies], up), up)
    for each in after:
        firsts = before.get((each.benchmark, each.condition), ())
        assert set(firsts) <= set(each.firsts)


@settings(max_examples=40, deadline=None)
@given(mixtures)
def test_the_headline_names_a_leader_where_the_verdict_does(results: list[BenchmarkResult]) -> None:
    own = [each for each in results if each.benchmark == "WardBench" and each.setting is None]
    if len({each.model for each in own}) < 2:
        return
    found = answer("who leads wardbench", own)
    headline = found.text.split("\n")[0]
    assert found.verdict is not None
    best = found.verdict.best or ()
    named = re.match(r"(.+?) (?:leads|share the lead on) WardBench with", headline)
    assert set(re.findall("|".join(NAMES), named[1]) if named else ()) == set(best), headline


@settings(max_examples=40, deadline=None)
@given(mixtures)
def test_swapping_the_names_swaps_nothing_but_the_words(results: list[BenchmarkResult]) -> None:
    if len({each.model for each in results} & {ORCA, QUILL}) < 2:
        return
    one, other = (answer(question, results) for question in ("orca 3 vs quill 5", "quill 5 vs orca 3"))
    if one.kind == other.kind == "benchmark" and one.verdict and other.verdict:
        assert set(one.verdict.best or ()) == set(other.verdict.best or ())
        assert set(one.verdict.disputed or ()) == set(other.verdict.disputed or ())


@pytest.mark.parametrize("question", ["does orca 3 beat quill 5 on wardbench?", "who leads wardbench"])
def test_a_lead_that_one_source_sees_alone_is_nobodys(question: str) -> None:
    found = answer(question, DISPUTED)
    assert found.verdict is not None
    assert found.verdict.best == ()
    assert found.text.split("\n")[0].endswith(
        "WardBench is disputed: only Alpha compares both (Orca 3 81.2, Quill 5 80.1); "
        "three others put Orca 3 below 80.1 (79, 74.9 and 76.5)."
    )


def test_two_sources_that_contradict_each_other_make_neither_ahead() -> None:
    results = stating(("alpha", ORCA, 80), ("alpha", QUILL, 79), ("beta", ORCA, 70), ("beta", QUILL, 75))
    found = answer("orca 3 vs quill 5 on wardbench", results)
    assert found.text.startswith(
        "Who is ahead on WardBench is disputed: Alpha has Orca 3 ahead (Orca 3 80, Quill 5 79); "
        "Beta has Quill 5 ahead (Orca 3 70, Quill 5 75)."
    )


def test_a_disputed_order_is_not_given_and_a_majority_is_named_as_such() -> None:
    assert verdict("rank wardbench", DISPUTED).order == ()
    several = [*DISPUTED, *stating(("echo", ORCA, 79), ("fourth", ORCA, 79), ("fifth", ORCA, 79))]
    found = answer("rank wardbench", several)
    assert found.verdict is not None
    assert found.verdict.order == ((QUILL, 80.1), (ORCA, 79))
    assert found.verdict.disputed == (ORCA,)
    assert found.text.startswith("WardBench, best first by most sources: Quill 5 80.1, Orca 3 79. Disputed: with 81.2,")


def test_a_gap_says_who_sees_the_other_one_ahead() -> None:
    said = answer("how far is orca 3 ahead of quill 5 on wardbench", DISPUTED).text.split("\n")[0]
    assert said.startswith("Who is ahead is disputed: Orca 3 is 1.1 ahead of Quill 5 on WardBench (81.2 to 80.1), by")
    assert "three others put Orca 3 below 80.1" in said


def test_a_profile_leads_lags_shares_and_leaves_open() -> None:
    results = [
        *DISPUTED,
        *stating(("alpha", ORCA, 60), ("alpha", QUILL, 60), benchmark="CureQA"),
        *stating(("alpha", ORCA, 50), ("alpha", QUILL, 60), benchmark="ZXQA"),
    ]
    found = answer("all orca 3 scores", results)
    assert found.verdict is not None
    assert (found.verdict.leads, found.verdict.lags, found.verdict.disputed) == (("CureQA",), ("ZXQA",), ("WardBench",))
    assert "shares the lead on CureQA, is behind on ZXQA; not settled on WardBench" in found.text


def test_ties_and_disputes_are_counted_apart() -> None:
    results = [
        *DISPUTED,
        *stating(("alpha", ORCA, 60), ("alpha", QUILL, 60), benchmark="CureQA"),
        *stating(("alpha", ORCA, 50), ("alpha", QUILL, 60), benchmark="ZXQA"),
    ]
    assert answer("orca 3 vs quill 5", results).text.startswith(
        "Over three shared benchmarks: Quill 5 ahead on one, tied on one (CureQA), disputed on one (WardBench)."
    )


def test_rounding_disputes_no_lead() -> None:
    results = stating(
        ("alpha", ORCA, 76.4), ("alpha", QUILL, 75.8), ("beta", ORCA, 76), ("beta", QUILL, 76), ("gamma", ORCA, 76)
    )
    assert leaders(groups(results, up), up) == (ORCA,)


def test_the_vendors_and_an_independent_number_both_count() -> None:
    results = [
        result(("alpha", "WardBench", ORCA, 81.2), reported_by="Tide", origin="vendor"),
        result(("alpha", "WardBench", QUILL, 80.1)),
        result(("alpha", "WardBench", ORCA, 76.5), reported_by="Beta Lab", origin="independent"),
    ]
    found = answer("orca 3 vs quill 5 on wardbench", results)
    assert found.verdict is not None
    assert found.verdict.best == ()
    assert "Alpha (Tide)" in found.text
    assert "Alpha (Beta Lab)" in found.text


def test_numbers_of_different_conditions_are_not_compared() -> None:
    with_tools, without = "with tools", "without tools"
    results = [
        result(("alpha", "WardBench", ORCA, 50), with_tools),
        result(("alpha", "WardBench", QUILL, 40), without),
    ]
    assert leaders(groups(results, up), up) == ()
    said = answer("orca 3 vs quill 5 on wardbench", results).text
    assert said.startswith("No two models have a number on WardBench under one setting: Orca 3 50 (with tools), Quill")


def test_a_better_number_of_another_setting_is_named() -> None:
    results = [
        *stating(("alpha", ORCA, 70), ("alpha", QUILL, 75)),
        result(("beta", "WardBench", ORCA, 90), "with tools"),
    ]
    said = answer("orca 3 vs quill 5 on wardbench", results).text.split("\n")[0]
    assert said.endswith("Not counted, as the settings differ: Orca 3 90 (with tools).")


def test_a_model_may_lead_under_one_condition_and_lag_under_another() -> None:
    results = [
        result((source, "WardBench", model, value), setting)
        for source, model, value, setting in (
            ("alpha", ORCA, 50, "with tools"),
            ("alpha", QUILL, 49, "with tools"),
            ("alpha", ORCA, 40, "without tools"),
            ("alpha", QUILL, 41, "without tools"),
        )
    ]
    found = profile(placements(groups(results, up), [ORCA], up))
    assert (found.leads, found.lags, found.disputed) == (("WardBench",), ("WardBench",), ())
    assert "leads on WardBench (with tools), is behind on WardBench (without tools)" in (
        answer("all orca 3 scores", results).text
    )


def test_every_number_stands_beside_its_model() -> None:
    results = [
        *stating(("alpha", ORCA, 60), ("alpha", QUILL, 61), benchmark="CureQA"),
        *stating(("beta", ORCA, 70.1), ("beta", LARK, 65), benchmark="WardBench"),
    ]
    lines = answer("orca 3 vs quill 5 on cureqa and wardbench", results).text.split("\n\n")[1].splitlines()
    assert "Orca 3: 70.1 [3]" in lines
    assert not any(line.startswith("WardBench: ") for line in lines)


def test_one_pair_has_one_verdict_with_every_value() -> None:
    results = [
        result(("alpha", "WardBench", ORCA, 81.2), "pass@1", reported_by="Tide", origin="vendor"),
        *stating(("beta", ORCA, 79), ("gamma", ORCA, 76.5), ("delta", ORCA, 74.9)),
    ]
    found = answer("orca 3 on wardbench", results)
    assert [one.reason for one in found.disagreements] == ["unexplained"]
    assert [(value.value, value.setting) for value in found.disagreements[0].values] == [
        (74.9, None), (76.5, None), (79, None), (81.2, "pass@1"),
    ]  # fmt: skip
    assert found.text.count("Why (") == 1
    assert "not in conflict" not in found.text
    assert odd_values(ORCA, "WardBench", found.disagreements) == {74.9, 76.5, 79}


def test_an_unstated_setting_is_not_called_another_one() -> None:
    results = [result(("alpha", "WardBench", ORCA, 81.2), "pass@1"), *stating(("beta", ORCA, 79))]
    text = answer("orca 3 on wardbench", results).text
    assert "perhaps the setting" in text
    assert "not in conflict" not in text


def test_one_article_with_two_dated_numbers_is_no_disagreement_of_sources() -> None:
    march, october = stating(("alpha", ORCA, 79), ("alpha", ORCA, 81))
    results = [
        march.model_copy(update={"quote": "Orca 3 scored 79 on WardBench in March."}),
        october.model_copy(update={"quote": "In October, Orca 3 scored 81 on WardBench."}),
    ]
    found = answer("orca 3 on wardbench", results)
    assert found.disagreements[0].reason == "time"
    assert not is_conflict(found.disagreements[0])
    assert found.text.startswith("Orca 3 on WardBench: one source gives two numbers, for different times: 79 and 81.")


def test_articles_that_print_one_text_have_one_origin() -> None:
    wire = "(News Wire) Orca 3 scored 79 on WardBench, the maker Tide said on Monday."
    results = [each.model_copy(update={"quote": wire}) for each in stating(("alpha", ORCA, 79), ("beta", ORCA, 79))]
    assert "Same text: Alpha and Beta print the same words, so they have one origin." in (
        answer("orca 3 on wardbench", results).text
    )
