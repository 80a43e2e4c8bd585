"""A number in a question is checked against what the sources state."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer
from index import BenchmarkResult
from tests.benchmark_corpus import LARK, ORCA, PROOF, QUILL, RESULTS, RIDDLE, WARD, answer

CHECKED = [
    ("did any source say lark got 35.9", "disputed", "Disputed: Beta Review gives 35.9 for"),
    (
        "did lark score 95 on wardbench hard?",
        "no",
        "12.3 for Sir Lark 2.4 on WardBench Hard, Beta Review 35.9, not 95.",
    ),
    ("is it true that quill got 44.0% on wardbench?", "yes", "Yes: Alpha Post and Beta Review give 44.0 for Quill-5.1"),
    ("quill scored 44 on wardbench, right?", "yes", "Yes: Alpha Post and Beta Review"),
    ("has quill 43,0 percent on the last riddle exam?", "yes", "Yes: Alpha Post gives 43.0 (without tools) for"),
    ("does anyone report 71.0 for the orca?", "yes", "Yes: Alpha Post gives 71.0 for Orca Nova 3 on ZXVQA."),
    ("does anyone report 71.1 for the orca?", "no", "No: no source gives 71.1 for Orca Nova 3 on any benchmark."),
    ("did orca get about 80 on cureqa", "yes", "Yes, roughly: Gamma Daily gives 80.2"),
    ("did orca get 80 on cureqa", "yes", "Yes, rounded: Gamma Daily gives 80.2"),
    ("did orca get 50.4 on lre without tools", "no", "No, not without tools: Alpha Post gives 50.4 (with tools) for"),
    ("did quill xhigh get 44.0 on wardbench", "not_said", "Not said for xhigh: Alpha Post and Beta Review give"),
    ("did orca get 50.4 on lre with tools", "yes", "Yes: Alpha Post gives 50.4 (with tools)"),
    ("did quill score over 70 on proof-bench", "yes", "Yes: Alpha Post gives 75.2 for Quill-5.1 on Proof-Bench 2.0"),
    ("did quill score at least 76 on proof-bench", "no", "none at least 76."),
    ("who says 35.9", "disputed", "Disputed: Beta Review gives 35.9"),
    ("i read that lark reached 12.3 on wardbench", "disputed", "Alpha Post and Gamma Daily give 12.3 for"),
    ("wardbench hard 12.3 for lark, is that right?", "disputed", "Disputed: Alpha Post and Gamma Daily"),
    (
        "did lark get 40 on cureqa",
        "not_said",
        "Not in the articles: no source gives a number for Sir Lark 2.4 on CureQA.",
    ),
]
OTHERS = [
    "did quill lead by 2.5 on wardbench",
    "is orca better than 44.0 for quill on wardbench",
    "what did lark score on wardbench hard",
    "does orca have 16 tools",
    "did orca take 9 months to train",
    "did quill get 44.0 or 43.0 on wardbench",
    "is 44.0 the best score on wardbench",
    "did the orca come out in 2026",
    "how many of 20 tests did orca pass on wardbench",
]


def checked(question: str) -> Answer:
    found = answer(question)
    assert found is not None, question
    return found


@pytest.mark.parametrize(("question", "holds", "said"), CHECKED)
def test_a_number_is_checked(question: str, holds: str, said: str) -> None:
    found = checked(question)
    assert (found.interpreted.intent, found.verdict and found.verdict.holds) == ("verify", holds)
    assert said in found.text
    assert found.kind == ("not_found" if found.text.startswith("Not in the articles") else "benchmark")


@pytest.mark.parametrize("question", OTHERS)
def test_a_number_that_is_no_claim_is_not_checked(question: str) -> None:
    found = answer(question)
    assert found is None or found.verdict is None or found.verdict.holds is None


def test_a_check_reads_as_one() -> None:
    assert checked("did any source say lark got 35.9").text == (
        "Disputed: Beta Review gives 35.9 for Sir Lark 2.4 on WardBench Hard; Alpha Post and Gamma Daily give 12.3.\n"
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


STATED = [result for result in RESULTS if result.unit != "tokens"]
FORMS = ("did {m} get {v} on {b}?", "is it true that {m} scored {v}% on {b}", "does anyone report {v} for {m} on {b}")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(STATED), st.sampled_from(FORMS), st.booleans())
def test_what_a_source_states_is_never_denied(result: BenchmarkResult, form: str, comma: bool) -> None:
    value = f"{result.value:.1f}"
    said = value.replace(".", ",") if comma else value
    found = checked(form.format(m=result.model, v=said, b=result.benchmark))
    assert found.verdict is not None
    assert found.verdict.holds in ("yes", "disputed")
    assert result.source in {fact.source for fact in found.facts if fact.value == result.value}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([(ORCA, PROOF), (QUILL, WARD), (LARK, WARD), (QUILL, RIDDLE)]), st.integers(0, 999))
def test_what_no_source_states_is_never_confirmed(cell: tuple[str, str], tenths: int) -> None:
    model, benchmark = cell
    value = tenths / 10
    own = [each.value for each in RESULTS if (each.model, each.benchmark) == cell]
    found = checked(f"did {model} score {value:.1f} on {benchmark}")
    assert found.verdict is not None
    assert (found.verdict.holds in ("yes", "disputed")) == (value in own)
