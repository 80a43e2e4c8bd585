"""A question in → its answer, out: the one way to it for every surface."""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bot.about import small_talk
from bot.answer import Answer, Interpreted
from bot.benchmark_answer import answer_benchmark
from bot.evidence import content_words
from bot.passage_answer import answer_from_passages
from bot.question import understand
from bot.vocabulary import Vocabulary, vocabulary
from index import (
    SHIPPED,
    Article,
    BenchmarkResult,
    Catalogue,
    Hit,
    Index,
    PressCheckError,
    Store,
    load_catalogue,
)

PASSAGES = 5
MAX_QUESTION = 2_000  # characters; the encoder reads some 1,000, and a question that is longer is a pasted text
LEANING = re.compile(
    r"(?:and|but|so|or|what about|how about|why|who|when|where|how|which)\b"
    r"|.*\b(?:it|that|this|they|them|he|she|his|her|its|their)\b",
    re.IGNORECASE,
)
FEW_WORDS = 2


class QuestionError(PressCheckError):
    """A question that can't be asked: empty, or too long."""


class Filter(NamedTuple):
    """Which articles may answer: one source, and a span of dates; an article without a date is in no span."""

    source: str | None = None
    since: date | None = None
    until: date | None = None

    def admits(self, article: Article) -> bool:
        """May this article answer?"""
        if self.source is not None and self.source != article.id:
            return False
        if self.since is None and self.until is None:
            return True
        return article.published is not None and (
            (self.since or date.min) <= article.published <= (self.until or date.max)
        )


EVERYTHING = Filter()


@dataclass(frozen=True)
class _Reading:
    """One generation of the index with what its answers need, made once."""

    index: Index
    articles: dict[str, Article]
    results: tuple[BenchmarkResult, ...]
    vocabulary: Vocabulary


class Desk:
    """Answers questions from one index, always from its newest generation; safe from several threads."""

    def __init__(self, folder: Path, cache: Path, corpus: Path = SHIPPED) -> None:
        """Open the index in `folder`; `corpus` may bring names of its own. Raises NoIndexError, BrokenIndexError."""
        self._store = Store(folder)
        self._cache = cache
        self._catalogue: Catalogue = load_catalogue(SHIPPED, corpus)
        self._lock = threading.Lock()
        self._reading = self._read()

    def index(self) -> Index:
        """The newest generation, opened."""
        return self._newest().index

    def _newest(self) -> _Reading:
        with self._lock:
            if not self._reading.index.is_current():
                self._reading = self._read()  # the old one closes when its last reader lets it go
            return self._reading

    def _read(self) -> _Reading:
        index = Index(self._store, self._cache)
        articles = {article.id: article for article in index.articles()}
        results = index.results()
        return _Reading(index, articles, results, vocabulary(results, self._catalogue, articles))

    def sources(self) -> tuple[Article, ...]:
        """Every article, by id."""
        return self.index().articles()

    def answer(self, question: str, history: Sequence[str] = (), narrowed: Filter = EVERYTHING) -> Answer:
        """The answer to a question; `history` holds the questions before it. Raises QuestionError."""
        asked = clean(question)
        reading = self._newest()
        index = reading.index
        friendly = small_talk(asked, tuple(reading.articles.values()))
        if friendly is not None:
            return friendly
        admitted = self._admitted(reading, narrowed)
        understood = understand(asked, [clean(each) for each in history], reading.vocabulary)
        results = [result for result in reading.results if result.source in admitted]
        found = answer_benchmark(understood, results, self._catalogue, admitted)
        if found is not None:
            return found.model_copy(update={"question": asked})
        whole = resolve(asked, history)
        return answer_from_passages(
            Interpreted(intent="passage", question=whole),
            asked,
            self._hits(index, whole, narrowed),
            index.article,
            index.knows,
        )

    def hits(self, question: str, history: Sequence[str] = ()) -> list[Hit]:
        """The hits behind an answer, with the reasons of their order."""
        return self._hits(self.index(), resolve(clean(question), history), EVERYTHING)

    def _hits(self, index: Index, question: str, narrowed: Filter) -> list[Hit]:
        if narrowed == EVERYTHING:
            return index.search(question, PASSAGES)
        return index.search(question, PASSAGES, set(self._admitted(self._newest(), narrowed)))

    def _admitted(self, reading: _Reading, narrowed: Filter) -> dict[str, Article]:
        if narrowed.source is not None and narrowed.source not in reading.articles:
            raise QuestionError(f"no source {narrowed.source!r}. There are: {', '.join(sorted(reading.articles))}.")
        return {name: article for name, article in reading.articles.items() if narrowed.admits(article)}


def clean(question: str) -> str:
    """A question on one line, without control characters. Raises QuestionError where nothing or too much is left."""
    plain = " ".join("".join(mark if mark.isprintable() else " " for mark in question).split())
    if not plain:
        raise QuestionError("the question is empty. Ask something, such as: what is new?")
    if len(plain) > MAX_QUESTION:
        raise QuestionError(
            f"the question has {len(plain):,} characters; at most {MAX_QUESTION:,} are read. Shorten it."
        )
    return plain


def resolve(question: str, history: Sequence[str]) -> str:
    """A follow-up made whole by the question before it; a question that stands by itself stays as it is."""
    if history and len(content_words(question)) <= FEW_WORDS and LEANING.match(question):
        return f"{clean(history[-1]).rstrip('?')}: {question}"
    return question


def refusal(question: str, error: QuestionError) -> Answer:
    """A question that can't be asked, as an answer: for programs that read one answer a line."""
    return Answer(
        question=question[:MAX_QUESTION],
        kind="not_found",
        text=str(error),
        interpreted=Interpreted(intent="passage", question=question[:MAX_QUESTION]),
        missing=(str(error),),
        confidence=0.0,
    )
