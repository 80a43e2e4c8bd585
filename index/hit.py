"""A question in → the passages that speak to it, best first, each with its reasons, out."""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from index.encoder import Encoder, Vectors
from index.generation import Generation
from index.passage import Passage
from index.words import terms

DEPTH = 30  # candidates from each search: beyond it, fusion changes nothing in the first five
RRF = 60  # Cormack et al., Reciprocal Rank Fusion (2009)
SENTENCE_WEIGHT = 0.04  # best of 0, 0.01, 0.02, 0.04 and 0.08 for the first hit of 49 graded questions
OVERLAP_WEIGHT = 0.5  # of shared words beside likeness when a sentence is chosen within its passage
TERSE = 5  # words up to which a sentence takes the following one along
LABEL = 9  # words up to which a line without a stop, a number or a colon is a heading or a label
STOPS = (".", "!", "…", "”", '"', "’", ")")
ALIKE = 0.6  # share of common word triples from which two passages say the same in the same words


class Hit(NamedTuple):
    """A passage that speaks to a question, and why: its place in each search (1 is best, None not among them).

    `sentence` is the place of its sentence that answers best, `likeness` that sentence's cosine to the question.
    `copies` are near-copies of the passage elsewhere, folded into it.
    """

    number: int
    passage: Passage
    text: str
    score: float
    dense_rank: int | None
    word_rank: int | None
    similarity: float
    word_score: float
    sentence: tuple[int, int]
    likeness: float
    copies: tuple[Passage, ...] = ()


def search(
    generation: Generation, encoder: Encoder, question: str, count: int, sources: Collection[str] | None = None
) -> list[Hit]:
    """At most `count` hits, ties broken by passage; only from `sources` where these are given."""
    vector = encoder.encode_query(question)
    depth = DEPTH if sources is None else len(generation.vectors)
    dense = {
        near.number: (rank, near.similarity) for rank, near in enumerate(generation.vectors.search(vector, depth), 1)
    }
    words = {
        match.number: (rank, match.score) for rank, match in enumerate(generation.words.search(question, depth), 1)
    }
    numbers = sorted(dense.keys() | words.keys())
    hits = []
    for number, passage in zip(numbers, generation.passages(numbers), strict=True):
        if sources is not None and passage.source not in sources:
            continue
        dense_rank, similarity = dense.get(number, (None, 0.0))
        word_rank, word_score = words.get(number, (None, 0.0))
        sentence, likeness = _best_sentence(generation, number, passage, question, vector)
        score = sum(1 / (RRF + rank) for rank in (dense_rank, word_rank) if rank) + SENTENCE_WEIGHT * likeness
        text = generation.article(passage.source).text[passage.start : passage.end]
        hits.append(
            Hit(number, passage, text, score, dense_rank, word_rank, similarity, word_score, sentence, likeness)
        )
    hits.sort(key=lambda hit: (-hit.score, hit.passage.source, hit.passage.start))
    return _fold(hits, count)


def _best_sentence(
    generation: Generation, number: int, passage: Passage, question: str, vector: Vectors
) -> tuple[tuple[int, int], float]:
    places, vectors = generation.sentences(number)
    if not places:
        return (passage.start, passage.end), 0.0
    text = generation.article(passage.source).text
    asked = set(terms(question))
    said = [text[start:end] for start, end in places]
    shared = np.array([len(asked & set(terms(sentence))) / max(len(asked), 1) for sentence in said])
    likeness = vectors @ vector
    marks = likeness + OVERLAP_WEIGHT * shared
    for number, sentence in enumerate(said):
        if not _states(sentence):
            # A question or a heading that fits is answered by what follows it, and answers nothing itself.
            if number + 1 < len(said):
                marks[number + 1] = max(marks[number + 1], marks[number])
            marks[number] = -1.0
    best = int(np.argmax(marks))
    start, end = places[best]
    if len(said[best].split()) <= TERSE and best + 1 < len(places):
        end = places[best + 1][1]  # "Not yet." says little without what follows
    return (start, end), float(likeness.max())


def _states(sentence: str) -> bool:
    """Is this a statement, rather than a question or a heading?"""
    if sentence.endswith(("?", ":")):
        return False
    return sentence.endswith(STOPS) or len(sentence.split()) > LABEL or any(mark in sentence for mark in "0123456789|")


def _fold(hits: list[Hit], count: int) -> list[Hit]:
    """The first `count` hits, with near-copies of a better one folded into it."""
    kept: list[Hit] = []
    triples: list[set[tuple[str, ...]]] = []
    for hit in hits:
        mine = _triples(hit.text)
        like = next((place for place, other in enumerate(triples) if _alike(mine, other)), None)
        if like is not None:
            kept[like] = kept[like]._replace(copies=(*kept[like].copies, hit.passage))
        elif len(kept) < count:
            kept.append(hit)
            triples.append(mine)
    return kept


def _triples(text: str) -> set[tuple[str, ...]]:
    words = terms(text)
    return set(zip(words, words[1:], words[2:], strict=False))


def _alike(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> bool:
    return len(one & other) >= ALIKE * max(min(len(one), len(other)), 1) and len(one) * len(other) > 0
