"""Articles that speak against each other in words: both sides are shown, and no more is called a contradiction."""

from pathlib import Path

import pytest

from bot.agreement import without_agreeing
from bot.desk import Desk
from index import DEFAULT_ENCODER, Builder, Store
from tests.conftest import write_corpus

TEXTS = {
    "quay.md": "---\ntitle: Night ferry\npublisher: The Quay\npublished: 2031-05-04\n---\n\nThe night ferry of Borvik "
    "was launched on Monday. It takes dogs, cats and bicycles on board.\n\nThe town paid 4.2 million crowns for "
    "the ferry.\n",
    "pier.md": "---\ntitle: What the pier says\npublisher: The Pier\npublished: 2031-05-09\n---\n\nThe night ferry of "
    "Borvik has not been launched yet. It takes cats and dogs on board.\n\nBorvik paid $6m for the ferry.\n",
    "lake.md": "---\ntitle: On the lake\npublisher: The Lake\n---\n\nThe swan boat of Tarn is not electric.\n",
    "shore.md": "---\ntitle: On the shore\npublisher: The Shore\n---\n\nUntil last year the Pelican was electric, and "
    "the swan boat of Tarn burns oil to this day.\n",
    "drum.md": "---\ntitle: A drum\npublisher: The Drum\n---\n\nThe tug Otter can break ice. Meridian Works bought a "
    "40% stake in the Tarn yard for 3 million crowns in June.\n",
    "horn.md": "---\ntitle: A horn\npublisher: The Horn\n---\n\nThe tug Otter is strong. It can't break ice. "
    "The Tarn yard sold 40 percent of itself, and paid 2% of it to its workers; the stake went to Meridian Works.\n",
    "mole.md": "---\ntitle: Seen from the mole\npublisher: The Mole\n---\n\nThe captain of the ferry is Oskar Brandt. "
    "He plans to sail at ten.\n",
}


@pytest.fixture(scope="module")
def desk(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("agreement")
    Builder(Store(folder / "index"), write_corpus(folder / "corpus", TEXTS), DEFAULT_ENCODER, cache).build()
    return Desk(folder / "index", cache)


def test_where_one_denies_what_another_says_both_are_shown_with_their_dates(desk: Desk) -> None:
    answer = desk.answer("is the night ferry of Borvik launched?")
    assert answer.verdict is not None
    assert answer.verdict.conflict is True
    assert answer.text.startswith("The articles contradict each other:\n")
    assert {citation.source for citation in answer.citations} == {"quay", "pier"}
    assert "The Quay, 4 May 2031" in answer.text
    assert "The Pier, 9 May 2031" in answer.text


@pytest.mark.parametrize(
    ("question", "differ"),
    [
        ("do the articles agree on how much the ferry cost?", True),
        ("does the ferry take dogs, cats and bicycles on board, do the sources agree?", True),
        ("do the articles agree on who is the captain of the ferry?", False),
    ],
)
def test_whether_articles_agree_can_be_asked(desk: Desk, question: str, differ: bool) -> None:
    answer = desk.answer(question)
    assert answer.interpreted.intent == "conflict"
    assert answer.verdict is not None
    assert answer.verdict.conflict is differ


@pytest.mark.parametrize(
    ("question", "established", "heading"),
    [
        ("do the articles agree on whether the tug Otter can break ice?", True, "The articles contradict each other:"),
        (
            "what percentage of the Tarn yard did Meridian Works buy, do they agree?",
            False,
            "Two articles say the same:",
        ),
        ("do the articles agree on how the ferry looks?", None, "What each article says:"),
    ],
)
def test_no_more_is_claimed_than_the_words_establish(
    desk: Desk, question: str, established: bool | None, heading: str
) -> None:
    answer = desk.answer(question)
    assert answer.text.split("\n")[0] == heading
    assert answer.verdict is not None
    assert answer.verdict.conflict is established


@pytest.mark.parametrize(
    "question",
    [
        "does the night ferry take dogs on board?",
        "who is the captain of the ferry?",
        "is the swan boat of Tarn electric?",
    ],
)
def test_articles_that_say_the_same_or_nothing_are_no_contradiction(desk: Desk, question: str) -> None:
    answer = desk.answer(question)
    assert answer.kind == "passages"
    assert answer.verdict is None


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("is it free? do all articles say the same", "is it free?"),
        ("do the sources agree on who leads it?", "who leads it?"),
        ("who leads it", "who leads it"),
        ("do they differ?", "do they differ?"),
    ],
)
def test_the_topic_is_what_they_may_agree_on(question: str, topic: str) -> None:
    assert without_agreeing(question) == topic
