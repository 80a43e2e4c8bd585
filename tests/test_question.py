"""Questions as people type them, and what must be understood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.benchmark_corpus import LARK, ORCA, PROOF, QUILL, RIDDLE, WARD, answer, read

ASKED = [
    ("lark on wardbench?", "lookup", {WARD}, {LARK}),
    ("what did the orca get on lre", "lookup", {RIDDLE}, {ORCA}),
    ("wrdbench hard quill", "lookup", {WARD}, {QUILL}),
    ("qiull-5.1 on proof bench", "lookup", {PROOF}, {QUILL}),
    ("proof bench 2 orca", "lookup", {PROOF}, {ORCA}),
    (
        "could you kindly tell me the score that Lark 2.4 reached on the Proof-Bench 2.0 benchmark?",
        "lookup",
        {PROOF},
        {LARK},
    ),
    ("what does gamma daily say about lark on wardbench hard", "lookup", {WARD}, {LARK}),
    ("orca vs quill pbench", "compare", {PROOF}, {ORCA, QUILL}),
    ("is quill better than lark at proof-bench 2.0", "compare", {PROOF}, {QUILL, LARK}),
    ("orca vs quill", "compare", set(), {ORCA, QUILL}),
    ("who leads the last riddle exam", "leader", {RIDDLE}, set()),
    ("wardbench hard #1?", "leader", {WARD}, set()),
    ("best at health?", "leader", {WARD, "CureQA"}, set()),
    ("who beats orca on proof-bench", "leader", {PROOF}, {ORCA}),
    ("ranking on wardbench pls", "rank", {WARD}, set()),
    ("where does lark stand on wardbench hard", "rank", {WARD}, {LARK}),
    ("gap to quill on proof bench?", "gap", {PROOF}, {ORCA, QUILL}),
    ("how many points is orca behind quill on lre", "gap", {RIDDLE}, {ORCA, QUILL}),
    ("every quill number you have", "profile", set(), {QUILL}),
    ("where does the orca lag", "profile", set(), {ORCA}),
    ("do the sources agree on lark's wardbench hard score", "conflict", {WARD}, {LARK}),
    ("does every article give the same wardbench number for lark", "conflict", {WARD}, {LARK}),
    ("do the sources agree?", "conflict", set(), set()),
    ("pen vs tide on proof-bench", "compare", {PROOF}, {QUILL, ORCA}),
    ("what did pen get on lre", "lookup", {RIDDLE}, {QUILL}),
    ("who is winning on proof bench", "leader", {PROOF}, set()),
    ("quill?", "profile", set(), {QUILL}),
    ("which benchmarks are covered", "list", set(), set()),
    ("list the health benchmarks", "list", {WARD, "CureQA"}, set()),
    ("which models have a score on cureqa", "list", {"CureQA"}, set()),
    ("who is second on wardbench hard", "rank", {WARD}, set()),
    ("worst on proof-bench", "leader", {PROOF}, set()),
    ("is quill ahead of lark anywhere", "compare", set(), {QUILL, LARK}),
    ("orca, quill and lark on everything", "compare", set(), {ORCA, QUILL, LARK}),
    ("compare the orca to its rivals", "profile", set(), {ORCA}),
    ("biggest lead of quill", "profile", set(), {QUILL}),
    ("where does it suck", "profile", set(), {ORCA}),
    ("benchmarks", "profile", set(), {ORCA}),
    ("numbers please", "profile", set(), {ORCA}),
    ("who used fewer tokens, orca or quill", "compare", {"Sum Index output tokens"}, {ORCA, QUILL}),
]
FOLLOWED = [
    ("how about quill", ["orca on wardbench"], "lookup", {WARD}, {QUILL}),
    ("lark?", ["orca on wardbench"], "lookup", {WARD}, {LARK}),
    ("and the last riddle exam?", ["orca on wardbench"], "lookup", {RIDDLE}, {ORCA}),
    ("who's ahead of it", ["orca on wardbench"], "leader", {WARD}, {ORCA}),
    ("how far behind quill is that", ["orca proof bench"], "gap", {PROOF}, {ORCA, QUILL}),
    ("do the sources agree on that?", ["lark on wardbench"], "conflict", {WARD}, {LARK}),
    ("vs lark", ["orca on wardbench"], "compare", {WARD}, {ORCA, LARK}),
    ("and lark?", ["orca vs quill on proof bench"], "compare", {PROOF}, {ORCA, LARK}),
    ("quill?", ["orca on wardbench", "and the last riddle exam?"], "lookup", {RIDDLE}, {QUILL}),
    ("quill on cureqa", ["orca on wardbench"], "lookup", {"CureQA"}, {QUILL}),
    ("and who is second?", ["who leads on proof-bench"], "rank", {PROOF}, set()),
    ("which is worst", ["rank the models on wardbench"], "leader", {WARD}, set()),
    ("and lag?", ["where does quill lead"], "profile", set(), {QUILL}),
    ("and the models?", ["which benchmarks are covered"], "list", set(), set()),
    ("who leads?", ["orca on wardbench"], "leader", {WARD}, set()),
]
NEWS = [
    "who founded the company behind orca nova",
    "when was orca nova 3 released",
    "what does quill cost",
    "how much money did tide spend on the deal",
    "is orca open source",
    "what is WardBench Hard?",
    "how is WardBench Hard graded",
    "what does the last riddle exam measure?",
    "why is the orca so good at health questions",
    "which newspapers pointed out the weak health advice",
    "did the shares drop",
    "who leads the tide research lab",
    "is there an api for the lark",
    "can i use the api of quill 5.1",
    "were the wardbench evaluations manipulated",
    "how many tools does it have",
    "how many problems of wardbench was orca run on",
    "number of attempts quill had on proof bench",
    "how many tries did quill need on proof bench",
    "who translated the wardbench scripts",
    "which company hosted wardbench hard",
    "which harness ran orca on the last riddle exam",
    "which model acted as the examiner for wardbench hard",
    "write me a poem about orcas",
]


@pytest.mark.parametrize(("question", "intent", "benchmarks", "models"), ASKED)
def test_a_question_is_understood(question: str, intent: str, benchmarks: set[str], models: set[str]) -> None:
    asked = read(question).interpreted
    assert (asked.intent, set(asked.benchmarks), set(asked.models)) == (intent, benchmarks, models)
    assert asked.question == question


@pytest.mark.parametrize(("question", "history", "intent", "benchmarks", "models"), FOLLOWED)
def test_a_follow_up_takes_what_it_leaves_out(
    question: str, history: list[str], intent: str, benchmarks: set[str], models: set[str]
) -> None:
    asked = read(question, *history).interpreted
    assert (asked.intent, set(asked.benchmarks), set(asked.models)) == (intent, benchmarks, models)


@pytest.mark.parametrize("question", NEWS)
def test_news_is_left_to_the_passages(question: str) -> None:
    assert answer(question) is None
    assert answer(question, "orca on wardbench") is None


def test_a_difference_that_names_no_benchmark_is_news_unless_one_was_spoken_of() -> None:
    assert answer("what is the difference between orca and quill") is None
    assert read("what is the difference between orca and quill", "orca on wardbench").interpreted.intent == "gap"


@pytest.mark.parametrize(
    "question", ["can orca handle images", "is Orca safe?", "orca pricing", "does orca suddenly stop"]
)
def test_an_everyday_word_after_a_models_name_is_no_part_of_it(question: str) -> None:
    assert read(question).unknown_models == ()


def test_a_number_that_is_stated_once_says_what_is_asked() -> None:
    asked = read("which source reports 35.9?").interpreted
    assert (asked.intent, asked.benchmarks, asked.models) == ("verify", (WARD,), (LARK,))
    assert answer("which source reports 59.1?") is None


def test_a_follow_up_is_spelled_out_as_a_complete_question() -> None:
    whole = read("and with tools?", "orca on lre").interpreted
    assert (whole.setting, whole.question) == (
        "with tools",
        "What is the score of Orca Nova 3 on Last Riddle Exam with tools?",
    )
    assert read(whole.question).interpreted == whole


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("quill-5 on wardbench", "quill-5"),  # another version
        ("quill-5.1 pro wardbench", "Quill-5.1 Pro"),  # another variant, in the catalogue
        ("orca proof-bench 3", "proof-bench 3"),  # another edition
        ("orca zxqa", "ZXQA"),  # a letter that makes another benchmark
        ("quill zxvqa", "Quill-5.1 on ZXVQA"),  # both are known, not together
        ("lark 3 wardbench hard", "lark 3"),
        ("orca in instant mode on wardbench", "Orca Nova 3 on WardBench Hard instant"),
        ("chatgpt wardbench hard", "chatgpt"),
        ("zorblatt on wardbench", "zorblatt"),
        ("orca zorblatt on wardbench", "orca zorblatt"),
        ("Orca Harvest on wardbench", "Orca Harvest"),  # everyday words name a model where they are capital
    ],
)
def test_near_names_stay_apart(question: str, absent: str) -> None:
    found = answer(question)
    assert found is not None
    assert (found.kind, found.missing) == ("not_found", (absent,))
    assert all(absent not in suggestion for suggestion in found.suggestions)
    for suggestion in found.suggestions:
        asked = answer(suggestion)
        assert asked is not None
        assert asked.kind == "benchmark"


PIECES = [
    "orca",
    "QUILL",
    "5.1",
    "wardbench",
    "²",
    "τ",
    "-",
    "vs",
    "gap",
    "#1",
    "with tools",
    "٣",
    "\u202e",
    "🏆",
    "7",
    "?",
]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)))
def test_any_text_is_read(question: str) -> None:
    found = answer(question, "orca on wardbench")
    assert found is None or found.question == question
