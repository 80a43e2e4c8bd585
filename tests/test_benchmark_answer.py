"""Whole answers from results, and the laws that every one of them keeps."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer
from index import BenchmarkResult
from tests.benchmark_corpus import ARTICLES, CATALOGUE, LARK, ORCA, PROOF, QUILL, RESULTS, answer
from tests.test_question import ASKED

QUESTIONS = [question for question, *_ in ASKED]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def answered(question: str, *history: str) -> Answer:
    found = answer(question, *history)
    assert found is not None
    return found


def test_a_disagreement_reads_as_one() -> None:
    assert answered("lark on wardbench hard?").text == (
        "Sources disagree on Sir Lark 2.4 on WardBench Hard: 12.3 in two, 35.9 in one.\n"
        "\n"
        "WardBench Hard (higher is better)\n"
        "Sir Lark 2.4: 12.3 [1][2] · 35.9 [3] ≠\n"
        "\n"
        "Why (Sir Lark 2.4 on WardBench Hard): unexplained. No source states a different setting.\n"
        "Origins: two are named (Tide and Beta Lab).\n"
        "\n"
        "[1] Alpha Post\n"
        "[2] Gamma Daily\n"
        "[3] Beta Review"
    )


def test_a_reason_is_given_once_for_all_that_it_holds_for() -> None:
    whys = [line for line in answered("orca vs quill").text.splitlines() if "settings differ" in line]
    assert whys == [
        "Why (Orca Nova 3 and Quill-5.1 on Last Riddle Exam): the settings differ, so these are not in conflict."
    ]


def test_only_what_both_have_a_number_on_is_shared() -> None:
    assert answered("orca vs quill").text.startswith("Over five shared benchmarks: Quill-5.1 ahead on three, Orca")
    one = answered("is orca better than lark at health?")
    assert {fact.benchmark for fact in one.facts} == {"WardBench Hard", "CureQA"}
    assert one.text.startswith("Orca Nova 3 is ahead on WardBench Hard; on nothing else are there numbers to compare.")


def test_a_trophy_beside_a_beaten_score_is_pointed_out() -> None:
    text = answered("who leads wardbench hard").text
    assert text.startswith("Quill-5.1 leads WardBench Hard with 44.0, in both sources that compare.")
    assert "Mind: Alpha Post marks Orca Nova 3 as first on WardBench Hard (41.5 [1]), but" in text


def test_a_gap_shows_both_numbers() -> None:
    found = answered("how far is orca behind quill on proof bench")
    said = "Orca Nova 3 is 16.2 behind Quill-5.1 on Proof-Bench 2.0 (59.0% to 75.2), by Alpha Post"
    assert found.text.startswith(f"Sources differ: {said}; ")
    assert found.verdict is not None
    assert [(gap.source, gap.value) for gap in found.verdict.gaps or ()] == [("alpha", 16.2), ("beta", 16.0)]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("who is second on wardbench hard", "Orca Nova 3 is second of three on WardBench Hard: 41.5."),
        (
            "worst at health",
            "Who is last depends on the benchmark: CureQA Quill-5.1 (79.9), WardBench Hard Sir Lark 2.4",
        ),
        ("who beats lark on proof-bench", "Ahead of Sir Lark 2.4 (65.0) on Proof-Bench 2.0: Quill-5.1 (75.2)."),
        (
            "top 3 health",
            "Best first, by benchmark: CureQA: Orca Nova 3 80.2, Quill-5.1 79.9; WardBench Hard: Quill-5.1",
        ),
        (
            "orca vs quill on lre",
            "Quill-5.1 is ahead of Orca Nova 3 on Last Riddle Exam: 43.0 against 40.1 without tools, 52",
        ),
    ],
)
def test_a_conclusion_says_what_was_asked(question: str, said: str) -> None:
    assert answered(question).text.startswith(said)


def test_what_differs_is_shown_where_nothing_is_named() -> None:
    found = answered("which numbers do the sources disagree on")
    assert {(fact.benchmark, fact.model) for fact in found.facts} == {("WardBench Hard", LARK)}


def test_fewer_tokens_are_better() -> None:
    found = answered("who used fewer tokens, orca or quill")
    assert found.verdict is not None
    assert found.verdict.best == (ORCA,)
    assert "58 million against 120 million" in found.text


def test_a_leader_in_each_setting() -> None:
    assert answered("who leads lre with tools").facts[0].setting == "with tools"
    assert {fact.setting for fact in answered("who leads lre").facts} == {"with tools", "without tools"}


def test_a_profile_leads_and_lags() -> None:
    verdict = answered("all orca scores").verdict
    assert verdict is not None
    assert set(verdict.leads or ()) == {"CureQA", "Sum Index output tokens"}
    assert PROOF in (verdict.lags or ())
    assert verdict.disputed == ()


def test_a_place_without_a_number_is_shown_in_the_articles_words() -> None:
    found = answered("what place is lark on the sum index tokens")
    assert found.text.startswith("“#3 Lark 2.4 (Bird)” [1]")
    assert (found.facts, found.missing) == ((), ("Sir Lark 2.4 on Sum Index output tokens",))


def test_an_order_follows_what_most_sources_say() -> None:
    verdict = answered("rank wardbench hard").verdict
    assert verdict is not None
    assert verdict.order == ((QUILL, 44.0), (ORCA, 41.5), (LARK, 12.3))


def test_half_of_a_question_is_answered_and_the_rest_said_to_be_missing() -> None:
    found = answered("quill or lark better on cureqa")
    assert (found.kind, found.missing) == ("benchmark", (f"{LARK} on CureQA",))
    assert {fact.model for fact in found.facts} == {QUILL}


def test_what_is_missing_is_named_with_what_is_near() -> None:
    assert answered("lark zxvqa").text == (
        "Not in the articles: no source gives a number for Sir Lark 2.4 on ZXVQA.\n"
        "Nearest: Orca Nova 3 on ZXVQA: 71.0 [1]\n"
        "\n"
        "You could ask: Who leads on ZXVQA? · Sir Lark 2.4 on WardBench Hard? · All scores of Sir Lark 2.4\n"
        "\n"
        "[1] Alpha Post"
    )


@pytest.mark.parametrize("question", [*QUESTIONS, "lark zxvqa", "orca mmlu", "quill-9 on wardbench"])
def test_every_number_stands_in_a_cited_quote(question: str) -> None:
    found = answered(question)
    for citation in found.citations:
        assert ARTICLES[citation.source].text[citation.start : citation.end] == citation.quote
    assert [citation.n for citation in found.citations] == list(range(1, len(found.citations) + 1))
    assert {int(mark) for mark in re.findall(r"\[(\d+)\]", found.text)} == {c.n for c in found.citations}
    said = re.sub(r"\[\d+\]", "", found.text)
    names = [model.name for model in CATALOGUE.models] + [benchmark.name for benchmark in CATALOGUE.benchmarks]
    for name in sorted(names, key=len, reverse=True):
        said = said.replace(name, "")
    for unknown in found.missing:
        said = said.replace(unknown, "")
    said = re.sub(r"“[^”]*” is read as", "", said)
    quoted = {number for citation in found.citations for number in NUMBER.findall(citation.quote)}
    gaps = {f"{abs(gap.value):g}" for gap in (found.verdict.gaps or () if found.verdict else ())}
    assert set(NUMBER.findall(said)) <= quoted | gaps


@settings(max_examples=25, deadline=None)
@given(st.permutations(RESULTS), st.sampled_from(QUESTIONS))
def test_the_order_of_results_changes_nothing(shuffled: list[BenchmarkResult], question: str) -> None:
    assert answer(question, results=shuffled) == answer(question)
