"""A passage and the places of its sentences in → what each of them says, and after what, out."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from index.passage import Passage
from index.term import terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LABEL = 9  # words up to which a line without a stop, a number or a colon is a heading or a label
STOPS = (".", "!", "…", "”", '"', "’", ")")
# A table's line of dashes, and the names of its columns above it: rows say something, these only say of what.
RULE = re.compile(r"\|?[ \t]*:?-{2,}[-:| \t]*")
COLUMN_NAMES = re.compile(r"\|[^\n]*\|[ \t]*\n[ \t]*\|[ \t]*:?-{2,}[-:| \t]*(?=\n|\Z)")
ITEM_MARK = r"(?:[-*+•▪‣–✅❌✓]|\d{1,2}[.)])"  # what an item of a list begins with
ITEM = re.compile(rf"[ \t]*(?:>[ \t]*)*{ITEM_MARK}[ \t]")
# Pictures, and marks without a word, say nothing.
WORDLESS = re.compile(r"(?:!?\[\]\([^()\s]{0,2000}\)|!\[[^\]\n]{0,300}\]\([^()\s]{0,2000}\)|[\W_])*")
# Names with a score each, as "Vela 3: 54.2% · Orion: 31.1%": read as results, they say nothing in words.
SCORED = r"[^:\n|·/;—]{2,40}:[ ]*[*_]*(?:\d{1,3}(?:\.\d+)?[ ]?%|\d{1,4}\.\d+|[—–-])[*_]*"
SCORES = re.compile(rf"[\W_]*{SCORED}(?:[ \t]*[·/;,—|\n][ \t]*{SCORED})*[\W_]*")
BOLD_LINE = re.compile(r"[ \t]*(\*\*|__)(?![^\n]*[.!…”\"]\1)(?:(?!\1)[^\n])+\1:?[ \t]*(?=\n|\Z)")

Triple = tuple[str, str, str]


class Statement(NamedTuple):
    """A sentence as it stands in its passage.

    `before`: the sentence or heading before it; for an item of a list or a row of a table, what heads these.
    `heads`: it says nothing itself, only what the following ones are of, or answer: a heading, a question.
    """

    start: int
    end: int
    text: str
    before: str
    terms: frozenset[str]
    heads: bool


class ReadPassage(NamedTuple):
    """A passage with its text, its statements, their vectors (a row each), and the triples of words that follow on."""

    passage: Passage
    text: str
    statements: tuple[Statement, ...]
    vectors: "NDArray[np.float32]"
    triples: frozenset[Triple]


def read_passage(
    passage: Passage, article: str, places: Sequence[tuple[int, int]], vectors: "NDArray[np.float32]"
) -> ReadPassage:
    """Read a passage of an article's text; `places` are its sentences, with a vector each."""
    rows = [
        row
        for row, place in enumerate(places)
        if not (
            RULE.fullmatch(article, *place)
            or WORDLESS.fullmatch(article, *place)
            or _only_scores(article[slice(*place)])
        )
    ]
    said = tuple(_statements(article, passage.context.rpartition(" › ")[2], [places[row] for row in rows]))
    text = article[passage.start : passage.end]
    words = terms(text)
    return ReadPassage(passage, text, said, vectors[rows], frozenset(zip(words, words[1:], words[2:], strict=False)))


def _statements(text: str, before: str, places: Sequence[tuple[int, int]]) -> Iterator[Statement]:
    head: str | None = before  # what heads a list or a table stands before each of its lines
    for start, end in places:
        said = text[start:end]
        first = text.rfind("\n", 0, start) + 1
        is_item = ITEM.match(text, first, start) is not None or text.startswith("|", first)
        heads = _heads(text, first, start) or not (is_item or _states(said)) or said.endswith(("?", ":"))
        after = before if head is None or not is_item else head
        yield Statement(start, end, said, after, frozenset(terms(said)), heads)
        if heads or not is_item:
            head = said if heads else None
        before = said


def _states(sentence: str) -> bool:
    """Is this a statement, rather than a heading?"""
    return sentence.endswith(STOPS) or len(sentence.split()) > LABEL or any(mark in sentence for mark in "0123456789|")


def _only_scores(sentence: str) -> bool:
    """Is a sentence nothing but names with scores: several, or one that has a number itself?"""
    return SCORES.fullmatch(sentence) is not None and (
        sentence.count(":") > 1 or re.search(r"\d", sentence.partition(":")[0]) is not None
    )


def _heads(text: str, first: int, start: int) -> bool:
    """Does a line that begins at `first` only say what the following are of: a heading, the names of columns?"""
    return (
        COLUMN_NAMES.match(text, start) is not None
        or text[first:start].strip().startswith("#")
        or BOLD_LINE.match(text, first) is not None
    )
