"""How good answers are: hits, what is shown, refusals, and how far the confidence can be believed.

    python -m tests.benchmarks.answers [CORPUS QUESTIONS]

Without arguments: the graded questions on the corpus that ships. CORPUS and QUESTIONS may be others of the same form.
"""

import sys
from itertools import pairwise
from pathlib import Path

from index import SHIPPED
from tests.graded import QUESTIONS, Outcome, desk_on, figures, graded_questions, outcomes, source_names

BINS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def main(corpus: Path = SHIPPED, questions: Path = QUESTIONS) -> None:
    """Print the figures, the reliability table and the misses."""
    names = source_names(corpus)
    with desk_on(corpus) as desk:
        results = outcomes(desk, graded_questions(desk, questions, names), names)
    print(f"{len(results)} questions, {sum(each.graded.answerable for each in results)} with an answer\n")
    for name, value in figures(results).items():
        print(f"{name:16} {value:6.3f}")
    _reliability(results)
    for each in results:
        if not each.right:
            wanted = " / ".join(each.graded.shown) or "nothing"
            print(f"\n{each.graded.question!r}: {each.answer.kind}, rank {each.rank}, wanted {wanted}")
            print(f"  {each.answer.confidence:.2f} {' '.join(each.answer.text.split())[:200]}")


def _reliability(results: list[Outcome]) -> None:
    """What was promised beside what came true: of the answers with that confidence, how many could be given."""
    print("\nconfidence    questions   mean   with an answer")
    rated = [each for each in results if each.answer.kind in ("passages", "not_found") and each.answer.passages]
    for low, high in pairwise(BINS):
        inside = [each for each in rated if low <= each.answer.confidence < high]
        if inside:
            mean = sum(each.answer.confidence for each in inside) / len(inside)
            true = sum(each.graded.answerable for each in inside) / len(inside)
            print(f"{low:.1f}–{min(high, 1):.1f}       {len(inside):9}   {mean:.2f}   {true:.2f}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
