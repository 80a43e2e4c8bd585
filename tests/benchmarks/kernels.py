"""Do answers depend on the processor's kernels? python -m tests.benchmarks.kernels [CORPUS QUESTIONS]

Graded questions are answered twice, by ONNX Runtime as it comes and with its operators run one by one and integer
products (if there were any) exact: the same operations in another order, as another processor would do them. Printed is
how many answers differ, and how the log-odds of the best sentence do.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from bot.answer import Answer
from index import SHIPPED, session
from tests.graded import QUESTIONS, desk_on, graded_questions, source_names


@contextmanager
def other_kernels() -> Iterator[None]:
    """Sessions opened within run each operator alone."""
    usual = session._options

    def options() -> Any:
        changed = usual()
        changed.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        changed.add_session_config_entry("session.x64quantprecision", "1")
        return changed

    session._options = options
    try:
        yield
    finally:
        session._options = usual


def answered(corpus: Path, questions: Path) -> list[tuple[Answer, float]]:
    """Each question's answer, and the log-odds of its best sentence."""
    found = []
    with desk_on(corpus) as desk:
        for graded in graded_questions(desk, questions, source_names(corpus)):
            hits = desk.hits(graded.question, graded.history)
            odds = max((sentence.odds for hit in hits for sentence in hit.best), default=0.0)
            found.append((desk.answer(graded.question, graded.history), odds))
    return found


def main(corpus: Path = SHIPPED, questions: Path = QUESTIONS) -> None:
    """Print one line."""
    usual = answered(corpus, questions)
    with other_kernels():
        other = answered(corpus, questions)
    differing = [one.question for (one, _), (two, _) in zip(usual, other, strict=True) if one != two]
    apart = np.abs([one - two for (_, one), (_, two) in zip(usual, other, strict=True)])
    print(f"{len(usual)} questions: {len(differing)} answers differ {differing}; ", end="")
    print(f"log-odds by {apart.mean():.6f} on average, {apart.max():.6f} at most")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
