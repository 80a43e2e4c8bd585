"""A floor under the quality of answers; it goes down only when a person says so in writing."""

from pathlib import Path

import pytest

from bot.desk import Desk
from index import DEFAULT_ENCODER, SHIPPED, Builder, Store
from tests.conftest import SHARED
from tests.graded import QUESTIONS, figures, graded_questions, outcomes, source_names

DEV = SHARED / "eval" / "questions-dev.jsonl"
# Measured figures less a question or three: so many may turn with a library's version.
FLOORS = {
    "shipped": (SHIPPED, QUESTIONS, {"hit@1": 0.82, "hit@3": 0.92, "shown": 0.84, "right": 0.75}),
    "articles": (SHARED / "articles", DEV, {"hit@1": 0.80, "hit@3": 0.92, "shown": 0.87, "right": 0.87}),
}
MOST_REFUSED_WRONGLY = 0.1


@pytest.mark.parametrize("name", FLOORS)
def test_answers_are_as_good_as_they_were(name: str, cache: Path, tmp_path: Path) -> None:
    corpus, questions, floors = FLOORS[name]
    if not questions.is_file():
        pytest.skip("the graded questions are not beside the project")
    Builder(Store(tmp_path), corpus, DEFAULT_ENCODER, cache).build()
    desk, names = Desk(tmp_path, cache, corpus), source_names(corpus)
    found = figures(outcomes(desk, graded_questions(desk, questions, names), names))
    assert found["refused wrongly"] <= MOST_REFUSED_WRONGLY
    for figure, floor in floors.items():
        assert found[figure] >= floor, f"{figure} is {found[figure]:.3f}"
