"""Questions that lean on the one before them, and those that turn back to its answer."""

from pathlib import Path

import pytest

from bot.desk import Desk
from bot.followup import complete, turn_back
from index import DEFAULT_ENCODER, Builder, Store
from tests.conftest import TINY, write_corpus

BEFORE = "when did the glass museum open?"
LEANING = [
    "why?",
    "and why?",
    "since when",
    "who said that?",
    "for what price",
    "what about the roof",
    "is he sure?",
    "how many visitors?",
    "any shops nearby too?",
]
WHOLE = [
    "who bought the ferry Lantern?",
    "how many apples did the south wall give",
    "which ferries leave on sundays?",
    "who is Brandt?",
    "what is a ferry?",
]
TURNS = {
    "more": "more",
    "tell me more please": "more",
    "anything else?": "more",
    "who says that?": "sources",
    "says who": "sources",
    "sources?": "sources",
    "how do you know that": "sources",
    "show source 2": "source",
    "[2]": "source",
    "open the second source": "source",
    "what do others say?": "others",
    "do the other sources agree?": "others",
}


@pytest.fixture(scope="module")
def desk(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("followup")
    texts = TINY | {
        "rival.md": "---\ntitle: Rival paper\npublisher: The Rival\n---\n\nThe museum of glass is open once more, in "
        "June, when its repairs were done, says a visitor.\n"
    }
    Builder(Store(folder / "index"), write_corpus(folder / "corpus", texts), DEFAULT_ENCODER, cache).build()
    return Desk(folder / "index", cache)


@pytest.mark.parametrize("question", LEANING)
def test_what_leaves_its_subject_out_is_completed(question: str) -> None:
    assert complete(question, [BEFORE]) == f"when did the glass museum open: {question}"
    assert complete(question, []) == question


@pytest.mark.parametrize("question", WHOLE)
def test_a_whole_question_stands_by_itself(question: str) -> None:
    assert complete(question, [BEFORE]) == question


@pytest.mark.parametrize(("question", "back"), TURNS.items())
def test_a_question_may_turn_back_to_the_last_answer(question: str, back: str) -> None:
    turned = turn_back(question, [BEFORE])
    assert turned is not None
    assert (turned.back, turned.question, turned.history) == (back, BEFORE, ())
    assert turn_back(question, []) is None


@pytest.mark.parametrize(
    "question", [BEFORE, "more apples?", "which sources name the director?", "who says it leaked?"]
)
def test_a_question_of_its_own_does_not_turn_back(question: str) -> None:
    assert turn_back(question, [BEFORE]) is None


def test_pages_are_counted_and_turns_are_looked_through() -> None:
    turned = turn_back("more", [BEFORE, "more", "show source 1"])
    assert turned is not None
    assert (turned.question, turned.number) == (BEFORE, 2)


def test_a_source_is_shown_with_what_stands_around_it(desk: Desk) -> None:
    answer = desk.answer("show source 1", ["who bought the ferry Lantern?"])
    (citation,) = answer.citations
    assert citation.source == "harbour"
    assert "Brandt wants to paint it green." in citation.quote
    assert citation.quote in answer.text
    refused = desk.answer("show source 9", ["who bought the ferry Lantern?"])
    assert (refused.kind, refused.missing) == ("not_found", ("source [9]",))


def test_who_says_it_names_each_source_with_its_words(desk: Desk) -> None:
    first = desk.answer("who bought the ferry Lantern?")
    answer = desk.answer("who says that?", ["who bought the ferry Lantern?"])
    assert answer.citations == first.citations
    assert all(" ".join(citation.quote.split()) in answer.text for citation in answer.citations)


def test_others_are_asked_where_there_are_others(desk: Desk) -> None:
    question = "when did the museum open again?"
    first = {citation.source for citation in desk.answer(question).citations}
    others = {citation.source for citation in desk.answer("what do others say?", [question]).citations}
    assert not first & others
