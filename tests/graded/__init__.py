"""Graded questions on the corpus that ships, and the figures that a desk's answers to them give.

A line of questions.jsonl: what is asked (`question`, after `history`), and what a right answer holds: `evidence`, any
of which its passages reach, and `answer`, any of which its text shows; or `abstain`, where the articles don't say it
(`evidence_ok`: a place that says so).
"""

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bot.answer import Answer, CitedPassage
from bot.building import build
from bot.desk import Desk
from bot.settings import Settings
from index import Passage

QUESTIONS = Path(__file__).parent / "questions.jsonl"


class Place(NamedTuple):
    """article.text[start:end] answers."""

    source: str
    start: int
    end: int


class Graded(NamedTuple):
    """A question and what a right answer holds; no `places` and `answerable` False: the articles don't say it."""

    question: str
    history: tuple[str, ...]
    answerable: bool
    places: tuple[Place, ...]
    shown: tuple[str, ...]


class Outcome(NamedTuple):
    """What came of a graded question. `rank` is the first passage that reaches the evidence, None for none."""

    graded: Graded
    answer: Answer
    rank: int | None
    shown: bool

    @property
    def right(self) -> bool:
        """Answered with what answers, or refused where there is no answer."""
        refused = self.answer.kind in ("not_found", "about")
        if not self.graded.answerable:
            return refused or (self.rank == 1 and bool(self.graded.places))
        return not refused and self.rank is not None and self.shown


@contextmanager
def desk_on(corpus: Path) -> Iterator[Desk]:
    """A desk on an index of this corpus that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(corpus=corpus, index=Path(folder))
        build(settings)
        yield Desk(Path(folder), settings.cache, corpus)


def source_names(corpus: Path) -> dict[str, str]:
    """What graded questions call a corpus' articles, where its sources.json says so."""
    table = corpus / "sources.json"
    names: dict[str, str] = json.loads(table.read_text(encoding="utf-8")) if table.exists() else {}
    return names


def graded_questions(desk: Desk, path: Path = QUESTIONS, names: dict[str, str] | None = None) -> list[Graded]:
    """The questions of a file, their quotes found in the desk's articles; `names` maps article ids to the file's."""
    texts = {(names or {}).get(article.id, article.id): article.text for article in desk.sources()}
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        expect = asked["expect"]
        kind = expect.get("type") if asked["kind"] == "followup" else asked["kind"]
        if kind in ("passage", "unanswerable"):
            quotes = [
                (each["source"], each["quote"]) for key in ("evidence", "evidence_ok") for each in expect.get(key, [])
            ]
            places = [place for source, quote in quotes for place in _places(source, quote, texts.get(source, ""))]
            found.append(
                Graded(
                    asked["question"],
                    tuple(asked.get("history", ())),
                    kind == "passage",
                    tuple(places),
                    tuple(expect.get("answer", ())),
                )
            )
    return found


def outcomes(desk: Desk, questions: Iterable[Graded], names: dict[str, str] | None = None) -> list[Outcome]:
    """What a desk makes of graded questions."""
    return [_outcome(graded, desk.answer(graded.question, graded.history), names or {}) for graded in questions]


def figures(results: list[Outcome]) -> dict[str, float]:
    """hit@1, hit@3, hit@5 and shown over what can be answered; refused wrongly, and missed where it can't."""
    yes = [each for each in results if each.graded.answerable]
    no = [each for each in results if not each.graded.answerable]
    return {
        **{f"hit@{depth}": _share(each.rank is not None and each.rank <= depth for each in yes) for depth in (1, 3, 5)},
        "shown": _share(each.shown for each in yes),
        "refused wrongly": _share(each.answer.kind == "not_found" for each in yes),
        "missed refusals": _share(not each.right for each in no),
        "right": _share(each.right for each in results),
    }


def reaches(passage: Passage | CitedPassage, places: Iterable[Place], names: Mapping[str, str]) -> bool:
    """Does a passage hold a part of any of these places?"""
    return any(
        place.source == names.get(passage.source, passage.source)
        and place.start < passage.end
        and passage.start < place.end
        for place in places
    )


def _outcome(graded: Graded, answer: Answer, names: dict[str, str]) -> Outcome:
    rank = next(
        (rank for rank, passage in enumerate(answer.passages, 1) if reaches(passage, graded.places, names)),
        None,
    )
    return Outcome(graded, answer, rank, any(_plain(each) in _plain(answer.text) for each in graded.shown))


def _places(source: str, quote: str, text: str) -> list[Place]:
    words = r"\s+".join(map(re.escape, quote.split()))
    return [Place(source, *match.span()) for match in re.finditer(words, text)]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _share(true: Iterable[bool]) -> float:
    each = list(true)
    return sum(each) / max(len(each), 1)
