"""A question in → the passages that speak to it, best first, each with its reasons, out."""

import math
import re
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from index.passage import Passage
from index.term import terms

if TYPE_CHECKING:  # an answer from benchmark results names hits, and needs neither numpy nor ONNX Runtime
    import numpy as np
    from numpy.typing import NDArray

    from index.encoder import Encoder, Vectors
    from index.generation import Generation
    from index.judge import Said

DEPTH = 30  # candidates from each search: beyond it, fusion changes nothing in the first five
RANKS = 60  # place 60 is worth half of place 1, as in reciprocal rank fusion (Cormack et al., 2009)
JUDGED = 24  # sentences of all candidates that are judged: more cost time and change nothing
SURE = 5.0  # log-odds beyond which the judge's being surer says no more
OVERLAP_WEIGHT = 0.5  # of shared words beside likeness when a sentence is chosen
UNJUDGED = -9.0  # log-odds of a sentence that was not worth judging
TERSE = 5  # words up to which a sentence takes the following one along
LABEL = 9  # words up to which a line without a stop, a number or a colon is a heading or a label
STOPS = (".", "!", "…", "”", '"', "’", ")")
ALIKE = 0.6  # share of common word triples from which two passages say the same in the same words
# A table's line of dashes, and the names of its columns above it: rows say something, these only say of what.
RULE = re.compile(r"\|?[ \t]*:?-{2,}[-:| \t]*")
COLUMN_NAMES = re.compile(r"\|[^\n]*\|[ \t]*\n[ \t]*\|[ \t]*:?-{2,}[-:| \t]*(?=\n|\Z)")

Judgment = Callable[[str, "Sequence[Said]"], "NDArray[np.float32]"]


class Sentence(NamedTuple):
    """A sentence of a passage: its place, and what speaks for it as an answer.

    `likeness` is its cosine to the question, `shared` the share of the question's words in it, `odds` the judge's
    log-odds that it answers.
    """

    start: int
    end: int
    text: str
    before: str
    likeness: float
    shared: float
    odds: float = UNJUDGED

    @property
    def mark(self) -> float:
        """How well it answers beside the others, before the judge has seen it."""
        return self.likeness + OVERLAP_WEIGHT * self.shared

    @property
    def probability(self) -> float:
        """The judge's probability that it answers."""
        return 1 / (1 + math.exp(-self.odds))


class Reasons(NamedTuple):
    """What speaks for a passage, each from 0 to about 1 and the greater the better.

    `near`: its place among the nearest vectors. `words`: its BM25 score as a share of the best one's. `likeness`: the
    highest cosine of a sentence. `judged`: the judge's highest log-odds for a sentence, -SURE as -1 and SURE as 1.
    """

    near: float
    words: float
    likeness: float
    judged: float

    @property
    def score(self) -> float:
        """The weighted sum, by which hits are ordered."""
        return sum(weight * value for weight, value in zip(FUSION, self, strict=True))


# Learned from graded questions (tests/benchmarks/ranking.py makes them anew).
FUSION = Reasons(near=1.14, words=3.86, likeness=4.87, judged=3.4)


class Hit(NamedTuple):
    """A passage that speaks to a question, and why: its place in each search (1 is best, None not among them).

    `best` are its sentences, the one that answers best first, headings and questions left out. `copies` are
    near-copies of the passage elsewhere, folded into it.
    """

    number: int
    passage: Passage
    text: str
    score: float
    dense_rank: int | None
    word_rank: int | None
    similarity: float
    word_score: float
    best: tuple[Sentence, ...]
    copies: tuple[Passage, ...] = ()

    @property
    def sentence(self) -> tuple[int, int]:
        """The place of the sentence that answers best, with the following one where it says little alone."""
        if not self.best:
            return self.passage.start, self.passage.end
        first = self.best[0]
        following = min((other.start for other in self.best if other.start > first.start), default=None)
        if len(first.text.split()) <= TERSE and following is not None:
            return first.start, next(other.end for other in self.best if other.start == following)
        return first.start, first.end


def search(
    generation: "Generation",
    encoder: "Encoder",
    judge: Judgment,
    question: str,
    count: int,
    sources: Collection[str] | None = None,
) -> list[Hit]:
    """At most `count` hits, ties broken by passage; only from `sources` where these are given."""
    vector = encoder.encode_query(question)
    hits = _judged(question, _candidates(generation, question, vector, sources), judge)
    hits.sort(key=lambda hit: (-hit.score, hit.passage.source, hit.passage.start))
    return _fold(hits, count)


def _candidates(
    generation: "Generation", question: str, vector: "Vectors", sources: Collection[str] | None
) -> list[Hit]:
    among = None if sources is None else generation.among(sources)
    near = enumerate(generation.vectors.search(vector, DEPTH, among), 1)
    dense = {each.number: (rank, each.similarity) for rank, each in near}
    matches = enumerate(generation.words.search(question, DEPTH, among), 1)
    words = {match.number: (rank, match.score) for rank, match in matches}
    numbers = sorted(dense.keys() | words.keys())
    hits = []
    for number, passage in zip(numbers, generation.passages(numbers), strict=True):
        dense_rank, similarity = dense.get(number, (None, 0.0))
        word_rank, word_score = words.get(number, (None, 0.0))
        hits.append(
            Hit(
                number,
                passage,
                generation.article(passage.source).text[passage.start : passage.end],
                0.0,
                dense_rank,
                word_rank,
                similarity,
                word_score,
                _sentences(generation, number, passage, question, vector),
            )
        )
    return hits


def _sentences(
    generation: "Generation", number: int, passage: Passage, question: str, vector: "Vectors"
) -> tuple[Sentence, ...]:
    places, vectors = generation.sentences(number)
    text = generation.article(passage.source).text
    asked = set(terms(question))
    likeness = (vectors @ vector).tolist() if places else []
    before = passage.context.rpartition(" › ")[2]
    found: list[Sentence] = []
    heading: tuple[float, float] | None = None
    for (start, end), like in zip(places, likeness, strict=True):
        said = text[start:end]
        if RULE.fullmatch(said):
            continue
        shared = len(asked & set(terms(said))) / max(len(asked), 1)
        if _states(said) and not _heads(text, start):
            if heading:  # a question or a heading that fits is answered by what follows it
                like, shared = max(like, heading[0]), max(shared, heading[1])
            found.append(Sentence(start, end, said, before, like, shared))
            heading = None
        else:
            heading = (like, shared)
        before = said
    return tuple(found)


def _judged(question: str, hits: Sequence[Hit], judge: Judgment) -> list[Hit]:
    """The hits with their most likely sentences judged, and scored by their best one."""
    from index.judge import Said

    likely = sorted(
        ((place, sentence) for place, hit in enumerate(hits) for sentence in hit.best),
        key=lambda pair: (-pair[1].mark, pair[0], pair[1].start),
    )[:JUDGED]
    odds = judge(question, [Said(sentence.text, sentence.before) for _, sentence in likely])
    judged = {(place, sentence.start): float(odd) for (place, sentence), odd in zip(likely, odds, strict=True)}
    top = max((hit.word_score for hit in hits), default=0.0)
    done = []
    for place, hit in enumerate(hits):
        best = [sentence._replace(odds=judged.get((place, sentence.start), UNJUDGED)) for sentence in hit.best]
        best.sort(key=lambda sentence: (-(sentence.mark + sentence.probability), sentence.start))
        done.append(hit._replace(best=tuple(best), score=reasons(hit._replace(best=tuple(best)), top).score))
    return done


def reasons(hit: Hit, top: float) -> Reasons:
    """What speaks for a hit whose sentences are judged; `top` is the best BM25 score of all."""
    odds = max((sentence.odds for sentence in hit.best), default=UNJUDGED)
    return Reasons(
        near=RANKS / (RANKS + hit.dense_rank) if hit.dense_rank else 0.0,
        words=hit.word_score / top if top else 0.0,
        likeness=max((sentence.likeness for sentence in hit.best), default=0.0),
        judged=max(-SURE, min(odds, SURE)) / SURE,
    )


def _states(sentence: str) -> bool:
    """Is this a statement, rather than a question or a heading?"""
    if sentence.endswith(("?", ":")):
        return False
    return sentence.endswith(STOPS) or len(sentence.split()) > LABEL or any(mark in sentence for mark in "0123456789|")


def _heads(text: str, start: int) -> bool:
    """Does this line only say what the following lines are of: a marked heading, or the names of a table's columns?"""
    marks = text[text.rfind("\n", 0, start) + 1 : start]
    return COLUMN_NAMES.match(text, start) is not None or marks.strip().startswith("#")


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
