"""What should each reason for a passage weigh? Learned from graded questions: the numbers in index/hit.py.

    python -m tests.benchmarks.ranking [CORPUS QUESTIONS]…

Without arguments: the graded questions on the corpus that ships; else pairs of a corpus and questions of the same form.
Printed is where the first passage that answers stands, ordered by each reason alone, by reciprocal ranks fused, by the
weights in use, and by weights that were learned from the other half of the questions.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.agreement import without_agreeing
from bot.followup import complete
from index import SHIPPED
from index.hit import FUSION, Reasons, reasons
from tests.graded import QUESTIONS, desk_on, graded_questions, reaches, source_names

DEEP = 60  # all candidates of both searches
RANKS = 60  # of reciprocal rank fusion (Cormack et al., 2009)
RIDGE = 0.5
STEPS, PACE = 400, 4.0

Floats = NDArray[np.float64]


class Candidates(NamedTuple):
    """A question's candidates: reasons (candidates, reasons), reciprocal ranks, and which of them answer."""

    values: Floats
    fused: Floats
    right: NDArray[np.bool_]


def main(places: Sequence[Path]) -> None:
    """Print the table and the learned weights."""
    pairs = list(zip(places[::2], places[1::2], strict=True)) or [(SHIPPED, QUESTIONS)]
    questions = [each for corpus, path in pairs for each in _candidates(corpus, path)]
    print(f"{len(questions)} questions\n{'ordered by':24} hit@1  hit@3  hit@5    MRR")
    for place, name in enumerate(Reasons._fields):
        _print(name, questions, _by(np.eye(len(Reasons._fields))[place]))
    _print("reciprocal ranks fused", questions, lambda each: each.fused)
    _print("the weights in use", questions, _by(np.array(FUSION)))
    halves = [questions[::2], questions[1::2]]
    learned = [learn(halves[1]), learn(halves[0])]
    _print_ranks(
        "weights of the others",
        [rank for half, weights in zip(halves, learned, strict=True) for rank in _ranks(half, _by(weights))],
    )
    shown = ", ".join(f"{name}={weight:.3g}" for name, weight in zip(Reasons._fields, learn(questions), strict=True))
    print(f"\nFUSION = Reasons({shown})")


def learn(questions: Sequence[Candidates]) -> Floats:
    """Weights that put a passage that answers before the others: ListNet's top-one loss (Cao et al., 2007)."""
    weights = np.zeros(len(Reasons._fields))
    for _ in range(STEPS):
        slope = RIDGE * weights / len(questions)
        for values, _fused, right in questions:
            if right.any():
                likely = np.exp(values @ weights - np.max(values @ weights))
                likely /= likely.sum()
                wanted = likely * right / (likely * right).sum()
                slope += values.T @ (likely - wanted) / len(questions)
        weights -= PACE * slope
    return weights


def _by(weights: Floats) -> Callable[[Candidates], Floats]:
    return lambda each: each.values @ weights


def _print(name: str, questions: Sequence[Candidates], score: Callable[[Candidates], Floats]) -> None:
    _print_ranks(name, _ranks(questions, score))


def _print_ranks(name: str, found: Sequence[float]) -> None:
    ranks = np.array(found)
    shares = "  ".join(f"{np.mean(ranks <= depth):.3f}" for depth in (1, 3, 5))
    print(f"{name:24} {shares}  {np.mean(1 / ranks):.3f}")


def _ranks(questions: Sequence[Candidates], score: Callable[[Candidates], Floats]) -> list[float]:
    ranks = []
    for each in questions:
        right = each.right[np.argsort(-score(each), kind="stable")]
        ranks.append(float(np.argmax(right)) + 1 if right.any() else np.inf)
    return ranks


def _candidates(corpus: Path, questions: Path) -> list[Candidates]:
    names = source_names(corpus)
    found = []
    with desk_on(corpus) as desk:
        for graded in graded_questions(desk, questions, names):
            if graded.answerable:
                hits = desk.index().search(without_agreeing(complete(graded.question, graded.history)), DEEP)
                top = max(hit.word_score for hit in hits)
                ranks = [[rank for rank in (hit.dense_rank, hit.word_rank) if rank] for hit in hits]
                right = [
                    any(reaches(passage, graded.places, names) for passage in (hit.passage, *hit.copies))
                    for hit in hits
                ]
                found.append(
                    Candidates(
                        np.array([reasons(hit, top) for hit in hits]),
                        np.array([sum(1 / (RANKS + rank) for rank in each) for each in ranks]),
                        np.array(right),
                    )
                )
    return found


if __name__ == "__main__":
    main(list(map(Path, sys.argv[1:])))
