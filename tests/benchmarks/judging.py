"""How well does the judge tell a sentence that answers? python -m tests.benchmarks.judging [QUESTIONS.jsonl[.gz]]

Without an argument: questions on invented articles that were held back when it learned. Every sentence of an article is
judged, after the one before it. Printed is how often the best one, or one of the best three, answers, and how well the
best log-odds tell questions that the article answers from those that it doesn't.
"""

import sys
from pathlib import Path

import numpy as np

from index.judge import Judge, Said
from index.judge.example import read_lines
from tests.benchmarks.retrieval import auroc
from tests.graded import QUESTIONS

HELD = QUESTIONS.with_name("held.jsonl.gz")


def main(path: Path = HELD) -> None:
    """Print one line."""
    judge = Judge()
    ranks, highest = [], {True: [], False: []}  # type: tuple[list[int], dict[bool, list[float]]]
    for line in read_lines(path):
        said = [Said(text, before) for text, before in zip(line.sentences, ["", *line.sentences], strict=False)]
        odds = judge(line.question, said)
        highest[bool(line.positive)].append(float(odds.max()))
        if line.positive:
            ranks.append(next(n for n, place in enumerate(np.argsort(-odds)) if place in line.positive))
    first, third = (np.mean([rank < depth for rank in ranks]) for depth in (1, 3))
    print(f"{len(highest[True])} with an answer, {len(highest[False])} without: first {first:.3f}, ", end="")
    print(f"among three {third:.3f}, area under the ROC curve {auroc(highest[True], highest[False]):.3f}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
