"""A complete question gets the same answer after any other; one that leaves something out leans on it."""

import pytest

from bot.desk import Desk
from tests.benchmark_corpus import answer, read
from tests.test_followup import desk as desk

HISTORIES = [
    ["orca vs quill on wardbench"],
    ["orca on proof-bench"],
    ["who leads on the last riddle exam?"],
    ["what are quill's results?"],
    ["which benchmarks are covered?"],
    ["do the sources agree on lark on wardbench?"],
    ["where does orca lag?", "and quill?"],
    ["how do the models rank on cureqa?"],
    ["when was orca released?"],
]
COMPLETE = [
    "what is lark",
    "what is lark?",
    "so what is quill",
    "and what is orca?",
    "who made orca",
    "is quill good",
    "what can lark do",
    "what is new in quill",
    "who can use orca",
    "who is behind lark",
    "who is the one behind orca",
    "what is the point of quill",
    "tell me about orca",
    "how is lark different",
    "is there an api for orca",
    "what is wardbench hard",
    "so what is proof-bench?",
    "and what is the last riddle exam",
    "which benchmarks are covered?",
    "which models are covered",
    "which models are there?",
    "list the models",
    "list all benchmarks",
    "what sources are there?",
    "where do the sources disagree?",
    "do the sources disagree anywhere?",
    "who leads on proof-bench?",
    "what did quill get on wardbench hard",
    "what are lark's results?",
    "orca vs lark",
    "where does quill lead",
    "which benchmarks does orca lead?",
    "who is ahead of orca on cureqa",
    "what is instant mode",
]
LEANING = [
    "and quill?",
    "quill?",
    "what did lark get?",
    "how did quill do",
    "is it good",
    "who leads?",
    "and lag?",
    "vs lark",
]
WHOLE = [
    "who is Brandt?",
    "and who is Brandt?",
    "so who is Maja Lind",
    "but what did Oskar Brandt say",
    "is there a ferry on sundays",
    "is there life on mars",
    "what is the glass museum",
]
PROSE = [
    ["why was the harvest late?"],
    ["who bought the ferry Lantern?", "for what price"],
    ["when did the museum open?"],
]


@pytest.mark.parametrize("question", COMPLETE)
def test_a_complete_question_of_results_is_read_the_same_after_any_other(question: str) -> None:
    alone = read(question)
    for history in HISTORIES:
        after = read(question, *history)
        assert after.interpreted == alone.interpreted, history
        assert answer(question, *history) == answer(question), history


@pytest.mark.parametrize("question", WHOLE)
def test_a_complete_question_of_passages_is_answered_the_same_after_any_other(desk: Desk, question: str) -> None:
    alone = desk.answer(question)
    for history in PROSE:
        assert desk.answer(question, history) == alone, history


@pytest.mark.parametrize("question", LEANING)
def test_what_leaves_something_out_still_leans(question: str) -> None:
    assert read(question, "orca on wardbench").interpreted != read(question).interpreted
