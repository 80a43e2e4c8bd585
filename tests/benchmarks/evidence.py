"""What should each piece of evidence weigh? Learned from graded questions: the numbers in bot/evidence.py.

    python -m tests.benchmarks.evidence [CORPUS QUESTIONS]…

Without arguments: the graded questions on the corpus that ships; else pairs of a corpus and questions of the same form.
Printed are, for each piece alone, the area under the ROC curve (questions with an answer against those without), the
weights by logistic regression over all sets, and what the weights learned from half of the questions do on the others.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.evidence import Evidence, evidence
from bot.followup import complete
from bot.stranger import unspoken
from index import SHIPPED
from tests.benchmarks.retrieval import auroc
from tests.graded import QUESTIONS, desk_on, graded_questions, source_names

RIDGE = 1.0
THRESHOLDS = (0.4, 0.5, 0.6, 0.65, 0.7)

Floats = NDArray[np.float64]


class Line(NamedTuple):
    """A question's evidence, and whether the articles answer it."""

    found: Evidence
    answerable: bool


def main(places: Sequence[Path]) -> None:
    """Print the tables."""
    pairs = list(zip(places[::2], places[1::2], strict=True)) or [(SHIPPED, QUESTIONS)]
    sets = {f"{corpus.name}/{questions.stem}": _lines(corpus, questions) for corpus, questions in pairs}
    print(f"{'AUROC of':40} " + " ".join(f"{name:>8}" for name in Evidence._fields))
    for name, lines in sets.items():
        print(f"{name:40} " + " ".join(f"{_auroc(lines, values):8.3f}" for values in zip(*_found(lines), strict=True)))
    everything = [line for lines in sets.values() for line in lines]
    bias, weights = fit(everything)
    shown = ", ".join(f"{name}={weight:.3g}" for name, weight in zip(Evidence._fields, weights, strict=True))
    print(f"\nWEIGHTS = Evidence({shown})\nBIAS = {bias:.3g}")
    _print_halves(everything)


def fit(lines: Sequence[Line]) -> tuple[float, Floats]:
    """Bias and weights by logistic regression with a ridge on standardised evidence (Newton's method)."""
    values, truth = _arrays(lines)
    mean, spread = values.mean(0), values.std(0) + 1e-9
    inputs = np.c_[np.ones(len(values)), (values - mean) / spread]
    ridge = RIDGE * np.diag(np.r_[0, np.ones(values.shape[1])])
    found = np.zeros(inputs.shape[1])
    for _ in range(100):
        likely = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (likely - truth) + ridge @ found
        found -= np.linalg.solve((inputs.T * (likely * (1 - likely))) @ inputs + ridge, slope)
    weights: Floats = found[1:] / spread
    return float(found[0] - weights @ mean), weights


def _print_halves(lines: Sequence[Line]) -> None:
    likely, truth = np.zeros(len(lines)), _arrays(lines)[1]
    places = np.arange(len(lines))
    for half in (0, 1):
        bias, weights = fit([line for place, line in enumerate(lines) if place % 2 != half])
        mine = places % 2 == half
        likely[mine] = 1 / (1 + np.exp(-(bias + _arrays(lines)[0][mine] @ weights)))
    print(f"\nby halves: AUROC {_auroc(lines, likely):.3f}")
    print("threshold   refusals found   of refusals right   wrongly refused")
    for threshold in THRESHOLDS:
        refused = likely < threshold
        print(
            f"{threshold:9.2f}   {refused[truth == 0].mean():14.2f}   {(truth[refused] == 0).mean():17.2f}"
            f"   {refused[truth == 1].mean():15.2f}"
        )


def _lines(corpus: Path, questions: Path) -> list[Line]:
    names = source_names(corpus)
    found = []
    with desk_on(corpus) as desk:
        for graded in graded_questions(desk, questions, names):
            whole = complete(graded.question, graded.history)
            hits = desk.hits(graded.question, graded.history)
            by_passages = desk.answer(graded.question, graded.history).interpreted.intent in ("passage", "conflict")
            if by_passages and not unspoken(whole, hits, desk.index()):
                found.append(Line(evidence(whole, hits, desk.index()), graded.answerable or bool(graded.places)))
    return found


def _found(lines: Sequence[Line]) -> list[Evidence]:
    return [line.found for line in lines]


def _arrays(lines: Sequence[Line]) -> tuple[Floats, Floats]:
    return np.array(_found(lines), dtype=float), np.array([line.answerable for line in lines], dtype=float)


def _auroc(lines: Sequence[Line], values: Sequence[float] | Floats) -> float:
    rated = list(zip(lines, values, strict=True))
    return auroc(
        [float(value) for line, value in rated if line.answerable],
        [float(value) for line, value in rated if not line.answerable],
    )


if __name__ == "__main__":
    main(list(map(Path, sys.argv[1:])))
