"""What the sentences of a passage say, and after what."""

import numpy as np
import pytest

from index import sentences
from index.passage import Passage
from index.statement import Statement, read_passage

ARTICLE = """**Night Mode**
- Dims the lamp
- Locks the gate

Prices are set by the council. Who pays?

The town does:

![the lamp at night](https://lamps.example/night.png)

| Who | Crowns |
|---|---|
| Guests | 12 |
| Children | 4 |

Lamp 2: **54.2%** · Lamp 3: 31.1%

Nobody else pays.
"""


@pytest.fixture
def said() -> dict[str, Statement]:
    places = sentences(ARTICLE, 0, len(ARTICLE))
    passage = Passage("lamp", 0, len(ARTICLE), "Lamps › The new lamp")
    read = read_passage(passage, ARTICLE, places, np.eye(len(places), dtype=np.float32))
    assert len(read.vectors) == len(read.statements)
    assert all(ARTICLE[each.start : each.end] == each.text for each in read.statements)
    assert ("lock", "the", "gate") in read.triples
    return {each.text.strip("| *"): each for each in read.statements}


def test_a_picture_says_nothing(said: dict[str, Statement]) -> None:
    assert not any("lamps.example" in text or not any(map(str.isalnum, text)) for text in said)


def test_names_with_scores_alone_say_nothing_and_other_labels_do(said: dict[str, Statement]) -> None:
    assert not any("54.2" in text for text in said)
    text = "Stake: 49%\n\nInput: $2.5 a month · Output: $12.5 a month\n\nLayers of Lamp 2: 64\n"
    places = sentences(text, 0, len(text))
    read = read_passage(Passage("a", 0, len(text), "A"), text, places, np.eye(len(places), dtype=np.float32))
    assert [each.text for each in read.statements] == [line for line in text.splitlines() if line]


def test_headings_questions_and_names_of_columns_say_nothing_themselves(said: dict[str, Statement]) -> None:
    heads = {text for text, each in said.items() if each.heads}
    assert heads == {"Night Mode", "Who pays?", "The town does:", "Who | Crowns"}


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Night Mode", "The new lamp"),
        ("Dims the lamp", "Night Mode"),
        ("Locks the gate", "Night Mode"),  # what heads a list stands before each of its items
        ("Prices are set by the council.", "Locks the gate"),
        ("Children | 4", "Who | Crowns"),
        ("Nobody else pays.", "Children | 4"),
    ],
)
def test_what_stands_before_a_statement(said: dict[str, Statement], text: str, before: str) -> None:
    assert said[text].before.strip("| *") == before
