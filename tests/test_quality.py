"""A floor under the quality of search on the real articles; it goes down only when a person says so in writing."""

import json
from pathlib import Path

import pytest

from bot.desk import Desk
from index import DEFAULT_ENCODER, Builder, Store
from tests.conftest import SHARED

QUESTIONS = SHARED / "eval" / "questions-dev.jsonl"
FLOOR = {1: 0.77, 3: 0.89, 5: 0.92}  # measured 0.82, 0.92 and 0.94; a question or two may turn with a library's version

pytestmark = pytest.mark.skipif(not QUESTIONS.is_file(), reason="the graded questions are not beside the project")


@pytest.fixture(scope="module")
def desk(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("quality")
    Builder(Store(folder), SHARED / "articles", DEFAULT_ENCODER, cache).build()
    return Desk(folder, cache)


def test_the_passage_that_answers_is_among_the_first(desk: Desk) -> None:
    names = json.loads((SHARED / "articles" / "sources.json").read_text(encoding="utf-8"))
    asked = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    graded = [each for each in asked if each["kind"] == "passage"]
    places = []
    for each in graded:
        wanted = [(evidence["source"], " ".join(evidence["quote"].split())) for evidence in each["expect"]["evidence"]]
        hits = desk.hits(each["question"])
        right = [
            any(names[hit.passage.source] == source and quote in " ".join(hit.text.split()) for source, quote in wanted)
            for hit in hits
        ]
        places.append(right.index(True) + 1 if True in right else None)
    for depth, floor in FLOOR.items():
        found = sum(place is not None and place <= depth for place in places) / len(places)
        assert found >= floor, f"hit@{depth} is {found:.3f}"
