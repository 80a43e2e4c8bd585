"""A question in → its answer, out: the one way to it for every surface."""

import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.about import is_small_talk, small_talk
from bot.agreement import without_agreeing
from bot.answer import Answer, Interpreted
from bot.asked_wrongly import well_asked
from bot.benchmark_answer import answer_benchmark
from bot.change import Change
from bot.citation import day
from bot.content_word import content_words
from bot.followup import TurnBack, complete, turn_back
from bot.looking_back import nothing_else, the_source, the_sources
from bot.mention import find_mentions
from bot.mention import respelled as with_models
from bot.mentioning import is_thing, mention_answer
from bot.missing import suggestions
from bot.narrowing import EVERYTHING, Filter, Narrowed, is_meant, narrow
from bot.passage_answer import answer_from_passages
from bot.question import Question, understand
from bot.quotation import SHOWN
from bot.saying_who import saying_who_was_asked
from bot.shelf import Progress, Shelf, Status, Upload
from bot.spelling import meant_by, respelled, strange_words
from bot.vocabulary import Vocabulary, vocabulary
from index import (
    DEFAULT_ENCODER,
    SHIPPED,
    Article,
    BenchmarkResult,
    Catalogue,
    Hit,
    Index,
    PressCheckError,
    Store,
    is_everyday,
    load_catalogue,
    terms,
)

PASSAGES = 5
MAX_QUESTION = 2_000  # characters; the encoder reads some 1,000, and a question that is longer is a pasted text


class QuestionError(PressCheckError):
    """A question that can't be asked: empty, or too long."""


@dataclass(frozen=True)
class _Reading:
    """One generation of the index with what its answers need, made once."""

    index: Index
    articles: dict[str, Article]
    results: tuple[BenchmarkResult, ...]
    vocabulary: Vocabulary


class Desk:
    """Answers questions from one index, always from its newest generation; safe from several threads."""

    def __init__(
        self,
        folder: Path,
        cache: Path,
        corpus: Path = SHIPPED,
        encoder: str = DEFAULT_ENCODER,
        reranker: str | None = None,
    ) -> None:
        """Open the index in `folder`; `corpus` may bring names of its own. Raises NoIndexError, BrokenIndexError."""
        self._shelf = Shelf(folder, cache, corpus, encoder)
        self._store = Store(folder)
        self._catalogue: Catalogue = load_catalogue(SHIPPED, corpus)
        self._lock = threading.Lock()
        self._reading = self._read(Index(self._store, cache, reranker))

    def index(self) -> Index:
        """The newest generation, opened."""
        return self._newest().index

    def prepare(self) -> None:
        """Open all that a question needs, so that the first one need not wait. Raises PressCheckError."""
        self.index().prepare()

    def generation(self) -> str:
        """The newest generation's name; another one may give other answers."""
        return self.index().manifest.name

    def _newest(self) -> _Reading:
        with self._lock:
            if not self._reading.index.is_current():
                # The old one closes when its last reader lets it go.
                self._reading = self._read(self._reading.index.newer())
            return self._reading

    def _read(self, index: Index) -> _Reading:
        articles = {article.id: article for article in index.articles()}
        results = index.results()
        return _Reading(index, articles, results, vocabulary(results, self._catalogue, articles))

    def sources(self) -> tuple[Article, ...]:
        """Every article, by id."""
        return self.index().articles()

    def results(self) -> tuple[BenchmarkResult, ...]:
        """Every benchmark result, in corpus order."""
        return self._newest().results

    def names(self, words: str) -> tuple[str, ...]:
        """The benchmarks and models that some words name, as results write them."""
        said = find_mentions(clean(words), self._newest().vocabulary)
        return (*said.benchmarks, *said.models)

    def add(self, articles: Sequence[Path | Upload], progress: Progress | None = None) -> Change:
        """Put articles in; answers come from the old index until the new one is complete. Raises PressCheckError."""
        return self._shelf.add(articles, progress)

    def remove(self, ids: Iterable[str], progress: Progress | None = None) -> Change:
        """Take articles out. Raises PressCheckError."""
        return self._shelf.remove(ids, progress)

    def restore(self, ids: Iterable[str], progress: Progress | None = None) -> Change:
        """Put back articles that were taken out lately. Raises PressCheckError."""
        return self._shelf.restore(ids, progress)

    def rebuild(self, progress: Progress | None = None) -> Change:
        """Bring the index up to date with the corpus. Raises PressCheckError."""
        return self._shelf.rebuild(progress)

    def status(self) -> Status:
        """What the index holds, and whether the corpus has changed since."""
        return self._shelf.status()

    def answer(self, question: str, history: Sequence[str] = (), narrowed: Filter = EVERYTHING) -> Answer:
        """The answer to a question; `history` holds the questions before it. Raises QuestionError."""
        asked = clean(question)
        before = questions_in(history)
        reading = self._newest()
        friendly = small_talk(asked, tuple(reading.articles.values()))
        if friendly is not None:
            return friendly
        turned = turn_back(asked, before)
        if turned is not None:
            return self._turned_back(reading, asked, turned, narrowed)
        said, admitted = self._narrowed(reading, asked, narrowed)
        if not admitted:
            return nothing_admitted(asked, reading.articles.values())
        before = [_readable(each, reading.vocabulary) for each in before]
        understood = understand(said.question, before, reading.vocabulary)
        found = self._found_answer(reading, asked, said, understood, before, admitted)
        of_question = Filter(frozenset(understood.sources))
        return saying_who_was_asked(found, (narrowed, said.to, of_question), reading.articles)

    def _found_answer(
        self,
        reading: _Reading,
        asked: str,
        said: Narrowed,
        understood: Question,
        before: Sequence[str],
        admitted: Mapping[str, Article],
    ) -> Answer:
        """The answer of the results, or else of the passages; where a mention is asked for, of the words themselves."""
        of_results = understood.is_benchmark and (understood.interpreted.models or understood.value)
        if said.mentioned and is_thing(said.mentioned) and not (of_results and understood.interpreted.benchmarks):
            return self._mentioned(reading, asked, said, admitted)
        results = [result for result in reading.results if result.source in admitted]
        found = answer_benchmark(understood, results, self._catalogue, admitted)
        if found is not None:
            return found.model_copy(update={"question": asked})
        return self._from_passages(reading, asked, _whole(reading, said.question, before), admitted)

    def _mentioned(self, reading: _Reading, asked: str, said: Narrowed, admitted: Mapping[str, Article]) -> Answer:
        """Whether the asked sources mention something: by its name, or in other words where these surely tell it."""
        what = said.mentioned or ""
        others = [article for name, article in reading.articles.items() if name not in admitted]
        interpreted = Interpreted(intent="passage", question=said.question)
        found = mention_answer(asked, interpreted, what, list(admitted.values()), others)
        if found.kind == "not_found" and all(is_everyday(word.casefold()) for word in content_words(what)):
            told = self._from_passages(reading, asked, said.question, admitted)
            return told if told.kind == "passages" and _speaks_of(what, told) else found
        return found

    def _from_passages(
        self, reading: _Reading, asked: str, whole: str, admitted: Mapping[str, Article], after: int = 0
    ) -> Answer:
        """The passages' answer to a whole question; from the hit number `after` on, where the first were shown."""
        topic = without_agreeing(whole)
        compares = topic != whole
        read_as, hits = self._found(reading, topic, admitted, after + PASSAGES * (1 + 2 * compares))
        topic = respelled(topic, read_as)
        interpreted = Interpreted(intent="conflict" if compares else "passage", question=topic)
        understood = understand(topic, (), reading.vocabulary)
        unknown = [model.name for model in understood.unknown_models]
        return answer_from_passages(
            interpreted,
            asked,
            hits[after:],
            reading.index.article,
            reading.index,
            unknown,
            read_as,
            lambda: suggestions(understood, [result for result in reading.results if result.source in admitted]),
        )

    def _turned_back(self, reading: _Reading, asked: str, turned: TurnBack, narrowed: Filter) -> Answer:
        last = self.answer(turned.question, turned.history, narrowed)
        whole = last.interpreted.question
        said, admitted = self._narrowed(reading, turned.question, narrowed)
        match turned.back:
            case "source":
                return the_source(asked, last, turned.number, reading.index.article)
            case "sources":
                return the_sources(asked, last)
            case "others" if last.kind == "passages":
                cited = {citation.source for citation in last.citations}
                others = {name: article for name, article in admitted.items() if name not in cited}
                return self._from_passages(reading, asked, whole, others) if others else nothing_else(asked, last)
            case "more" if last.kind in ("passages", "benchmark"):
                shown_before = turned.number * SHOWN if last.kind == "passages" else (turned.number - 1) * SHOWN
                further = self._from_passages(reading, asked, whole, admitted, shown_before)
                if further.kind != "passages":
                    return nothing_else(asked, last)
                return saying_who_was_asked(further, (narrowed, said.to), reading.articles)
            case _:
                return last.model_copy(update={"question": asked})

    def hits(self, question: str, history: Sequence[str] = (), narrowed: Filter = EVERYTHING) -> list[Hit]:
        """The hits behind the answer to a question, with the reasons of their order. Raises QuestionError."""
        asked = clean(question)
        before = questions_in(history)
        turned = turn_back(asked, before)
        if turned is not None:
            return self.hits(turned.question, turned.history, narrowed)
        reading = self._newest()
        said, admitted = self._narrowed(reading, asked, narrowed)
        if not admitted:
            return []
        before = [_readable(each, reading.vocabulary) for each in before]
        return self._found(reading, without_agreeing(_whole(reading, said.question, before)), admitted)[1]

    def _found(
        self, reading: _Reading, question: str, admitted: Mapping[str, Article], count: int = PASSAGES
    ) -> tuple[dict[str, str], list[Hit]]:
        """Words of a question that misspell one of the passages nearest to it, and the hits of what was meant."""
        hits = self._hits(reading, question, admitted, count)
        strange = strange_words(question, reading.index)
        read_as = meant_by(strange, hits[:PASSAGES]) if strange else {}
        return read_as, self._hits(reading, respelled(question, read_as), admitted, count) if read_as else hits

    def _hits(self, reading: _Reading, question: str, admitted: Mapping[str, Article], count: int) -> list[Hit]:
        everything = len(admitted) == len(reading.articles)
        return reading.index.search(question, count, None if everything else set(admitted))

    def _narrowed(self, reading: _Reading, question: str, narrowed: Filter) -> tuple[Narrowed, dict[str, Article]]:
        """A question without the words that narrow it, and the articles that they and the filter let answer."""
        known = reading.vocabulary
        said = narrow(_readable(question, known), known.sources, reading.articles.values(), known.all_makers)
        return said, self._admitted(reading, narrowed, said.to)

    def _admitted(self, reading: _Reading, *filters: Filter) -> dict[str, Article]:
        for name in sorted(name for narrowed in filters for name in narrowed.sources):
            if not any(is_meant(name, article) for article in reading.articles):
                raise QuestionError(f"no source {name!r}. There are: {', '.join(sorted(reading.articles))}.")
        return {
            name: article
            for name, article in reading.articles.items()
            if all(narrowed.admits(article) for narrowed in filters)
        }


def _speaks_of(what: str, told: Answer) -> bool:
    """Whether the quoted words hold half of what is asked for; a single word that they lack is not told in others."""
    wanted = {term for word in content_words(what) for term in terms(word)}
    held = set(terms(" ".join(citation.quote for citation in told.citations)))
    return len(wanted & held) * 2 >= len(wanted)


def _readable(question: str, known: Vocabulary) -> str:
    """A question with its asking words and its models' names spelt as they are known."""
    return with_models(well_asked(question, known), known)


def _whole(reading: _Reading, question: str, before: Sequence[str]) -> str:
    """A question with what it leaves out."""

    def names(each: str) -> bool:
        said = find_mentions(each, reading.vocabulary)
        return bool(said.models or said.benchmarks or said.unknown_models or said.unknown_benchmarks)

    return complete(question, before, names)


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


def questions_in(history: Sequence[str]) -> list[str]:
    """What was asked before. What could not be asked, or asked nothing, leaves no trace: nothing leans on it."""
    before = []
    for each in history:
        with suppress(QuestionError):
            before.append(clean(each))
    return [each for each in before if not is_small_talk(each)]


def nothing_admitted(question: str, articles: Collection[Article]) -> Answer:
    """What is said where no article is from the time, or the source, that was asked for."""
    dates = sorted(article.published for article in articles if article.published)
    there = f" The articles are from {day(dates[0])} to {day(dates[-1])}." if dates else ""
    return Answer(
        question=question,
        kind="not_found",
        text=f"Not in the articles: none is from then.{there}",
        interpreted=Interpreted(intent="passage", question=question),
        missing=("an article from then",),
        confidence=0.0,
    )


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
