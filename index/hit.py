"""A question in → the passages that speak to it, best first, each with its reasons, out."""

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from index.passage import Passage
from index.term import terms

if TYPE_CHECKING:  # an answer from benchmark results names hits, and needs neither numpy nor ONNX Runtime
    import numpy as np
    from numpy.typing import NDArray

    from index.encoder import Encoder, Vectors
    from index.generation import Generation
    from index.judge import Said
    from index.statement import ReadPassage, Triple

DEPTH = 30  # candidates from each search: beyond it, fusion changes nothing in the first five
JUDGED = 12  # sentences of all candidates that are judged: more cost time and change nothing
LENT = 0.1  # of a passage's score before it is judged, beside its sentence's mark, when those are chosen
SURE = 5.0  # log-odds beyond which the judge's being surer says no more
OVERLAP_WEIGHT = 0.5  # of shared words beside likeness when a sentence is chosen
DECIMALS = 4  # of what the encoder and the judge give: their last bits, about the sixth, depend on the processor
UNJUDGED = -9.0  # log-odds of a sentence that was not worth judging
TERSE = 5  # words up to which a sentence takes the following one along
FEW = 12  # shared triples that say nothing: "is not open" has most of those of "is open"
ALIKE = 0.6  # share of common word triples from which two passages say the same in the same words

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

    @property
    def answers(self) -> bool:
        """Does the judge hold it likelier than not that it answers?"""
        return self.odds >= 0

    @property
    def merit(self) -> float:
        """How well it answers beside the others, once the judge has seen them."""
        return self.mark + self.probability


class Reasons(NamedTuple):
    """What speaks for a passage, each from 0 to about 1 and the greater the better.

    `near`: its cosine to the question. `words`: its BM25 score as a share of the best one's. `likeness`: the highest
    cosine of a sentence. `judged`: the judge's highest log-odds for a sentence, -SURE as -1 and SURE as 1.
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
FUSION = Reasons(near=3.96, words=3.7, likeness=4.09, judged=3.96)


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
    candidates = _candidates(generation, question, vector, sources)
    hits = _judged(question, [hit for hit, _ in candidates], judge)
    hits.sort(key=lambda hit: (-hit.score, hit.passage.source, hit.passage.start))
    return _fold(hits, count, {hit.number: read.triples for hit, read in candidates})


def _candidates(
    generation: "Generation", question: str, vector: "Vectors", sources: Collection[str] | None
) -> "list[tuple[Hit, ReadPassage]]":
    among = None if sources is None else generation.among(sources)
    near = generation.vectors.search(vector, DEPTH, among)
    dense = {each.number: rank for rank, each in enumerate(near, 1)}
    matches = enumerate(generation.words.search(question, DEPTH, among), 1)
    words = {match.number: (rank, match.score) for rank, match in matches}
    numbers = sorted(dense.keys() | words.keys())
    similar = (generation.vectors.vectors(numbers) @ vector).tolist() if numbers else []
    asked = set(terms(question))
    found = []
    for number, read, similarity in zip(numbers, generation.read(numbers), similar, strict=True):
        if not read.statements:
            continue  # nothing is said there: a picture, a comment
        word_rank, word_score = words.get(number, (None, 0.0))
        hit = Hit(
            number,
            read.passage,
            read.text,
            0.0,
            dense.get(number),
            word_rank,
            round(similarity, DECIMALS),
            word_score,
            tuple(_sentences(read, asked, (read.vectors @ vector).tolist())),
        )
        found.append((hit, read))
    return found


def _sentences(read: "ReadPassage", asked: Collection[str], likeness: Sequence[float]) -> Iterator[Sentence]:
    heading: tuple[float, float] = (0.0, 0.0)
    for said, like in zip(read.statements, likeness, strict=True):
        shared = len(said.terms.intersection(asked)) / max(len(asked), 1)
        if said.heads:
            heading = (like, shared)
        else:  # a question or a heading that fits is answered by what follows it
            like, shared = max(like, heading[0]), max(shared, heading[1])
            yield Sentence(said.start, said.end, said.text, said.before, round(like, DECIMALS), shared)
            heading = (0.0, 0.0)


def _judged(question: str, hits: Sequence[Hit], judge: Judgment) -> list[Hit]:
    """The hits with their most likely sentences judged, and scored by their best one."""
    from index.judge import Said

    top = max((hit.word_score for hit in hits), default=0.0)
    lent = [LENT * reasons(hit, top).score for hit in hits]
    likely = sorted(
        ((place, sentence) for place, hit in enumerate(hits) for sentence in hit.best),
        key=lambda pair: (-pair[1].mark - lent[pair[0]], pair[0], pair[1].start),
    )[:JUDGED]
    odds = judge(question, [Said(sentence.text, sentence.before) for _, sentence in likely])
    judged = {
        (place, sentence.start): round(float(odd), DECIMALS)
        for (place, sentence), odd in zip(likely, odds, strict=True)
    }
    done = []
    for place, hit in enumerate(hits):
        best = [sentence._replace(odds=judged.get((place, sentence.start), UNJUDGED)) for sentence in hit.best]
        best.sort(key=lambda sentence: (-sentence.merit, sentence.start))
        hit = hit._replace(best=tuple(best))
        done.append(hit._replace(score=reasons(hit, top).score))
    return done


def reasons(hit: Hit, top: float) -> Reasons:
    """What speaks for a hit, as far as its sentences are judged; `top` is the best BM25 score of all."""
    odds = max((sentence.odds for sentence in hit.best), default=UNJUDGED)
    return Reasons(
        near=hit.similarity,
        words=hit.word_score / top if top else 0.0,
        likeness=max((sentence.likeness for sentence in hit.best), default=0.0),
        judged=max(-SURE, min(odds, SURE)) / SURE,
    )


def _fold(hits: Sequence[Hit], count: int, triples: "Mapping[int, frozenset[Triple]]") -> list[Hit]:
    """The first `count` hits, with near-copies of a better one folded into it."""
    kept: list[Hit] = []
    for hit in hits:
        mine = triples[hit.number]
        like = next((place for place, other in enumerate(kept) if _alike(mine, triples[other.number])), None)
        if like is not None:
            kept[like] = kept[like]._replace(copies=(*kept[like].copies, hit.passage))
        elif len(kept) < count:
            kept.append(hit)
    return kept


def _alike(one: "frozenset[Triple]", other: "frozenset[Triple]") -> bool:
    return len(one & other) >= max(ALIKE * min(len(one), len(other)), FEW)
