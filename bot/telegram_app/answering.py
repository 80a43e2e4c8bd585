"""A question in → its checked answer in every form that can be sent, out."""

import asyncio
import hashlib
import html
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Protocol

from bot.answer import Answer
from bot.change import Change
from bot.chart import draw_chart
from bot.citation import CitationError
from bot.message import Span, answer_blocks, check_answer, parts
from bot.rich import rich_message
from bot.shelf import Progress, Status, Upload
from bot.telegram_app.delivery import Shown
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.remembering import Remembering
from index import Article, BenchmarkResult

log = logging.getLogger(__name__)

LAYOUTS = 200  # rich messages that are kept


class Desk(Protocol):
    """Where questions are answered: thread-safe, blocking, raises PressCheckError."""

    def prepare(self) -> None:
        """Open all that a question needs, so that the first one need not wait."""
        ...

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The complete answer to a question that may lean on the ones before it."""
        ...

    def sources(self) -> tuple[Article, ...]:
        """The articles that answers come from."""
        ...

    def results(self) -> tuple[BenchmarkResult, ...]:
        """Every benchmark result that the articles state."""
        ...

    def names(self, words: str) -> tuple[str, ...]:
        """The benchmarks and models that some words name, as results write them."""
        ...

    def add(self, articles: Sequence[Path | Upload], progress: Progress | None = None) -> Change:
        """Put articles in."""
        ...

    def remove(self, ids: Iterable[str], progress: Progress | None = None) -> Change:
        """Take articles out."""
        ...

    def restore(self, ids: Iterable[str], progress: Progress | None = None) -> Change:
        """Put back articles that were taken out."""
        ...

    def rebuild(self, progress: Progress | None = None) -> Change:
        """Bring the index up to date with the corpus."""
        ...

    def status(self) -> Status:
        """What the index holds."""
        ...

    def generation(self) -> str:
        """What the index is called now; another one may give other answers."""
        ...


class Answering:
    """A desk whose searches run beside the event loop."""

    def __init__(self, desk: Desk, searches: Executor, metrics: Metrics) -> None:
        self._desk, self._searches, self._metrics = desk, searches, metrics
        self._remembering = Remembering(desk.answer, desk.generation)
        self._under_way: dict[tuple[str, tuple[str, ...]], asyncio.Future[Answer]] = {}
        self._layouts: OrderedDict[int, tuple[Answer, str | None]] = OrderedDict()
        self._drawing = threading.Lock()

    async def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer, with every citation checked against its article. Raises PressCheckError."""
        began = time.monotonic()
        answer = await asyncio.shield(self._search(question, tuple(history)))  # others may wait for it too
        seconds = time.monotonic() - began
        self._metrics.answers.labels(answer.kind).inc()
        self._metrics.answering.observe(seconds)
        milliseconds = round(1000 * seconds)
        log.info("answered", extra={"fields": {"kind": answer.kind, "milliseconds": milliseconds}})
        return answer

    def _search(self, question: str, history: tuple[str, ...]) -> "asyncio.Future[Answer]":
        """The same question is searched for once at a time."""
        asked = question, history
        if asked not in self._under_way:
            searching = asyncio.get_running_loop().run_in_executor(self._searches, self._checked_answer, *asked)
            self._under_way[asked] = searching
            searching.add_done_callback(lambda _: self._under_way.pop(asked))
        return self._under_way[asked]

    def forget(self) -> None:
        """Answers are kept with their questions: none any more."""
        self._remembering.forget()
        self._layouts.clear()

    async def sources(self) -> tuple[Article, ...]:
        """The articles; a new index is opened beside the event loop too."""
        return await asyncio.get_running_loop().run_in_executor(self._searches, self._desk.sources)

    async def results(self) -> tuple[BenchmarkResult, ...]:
        """The benchmark results."""
        return await asyncio.get_running_loop().run_in_executor(self._searches, self._desk.results)

    async def names(self, words: str) -> tuple[str, ...]:
        """The benchmarks and models that some words name."""
        return await asyncio.get_running_loop().run_in_executor(self._searches, self._desk.names, words)

    def laid_out(self, answer: Answer, heading: str | None = None) -> Shown:
        """The answer in every form; `heading` is a question that the chat can't see otherwise."""
        rich = self._rich(answer)
        if heading is None:
            return Shown(rich, lambda: parts(answer_blocks(answer)))
        title = f"<p><b>{html.escape(heading, quote=False)}</b></p>\n"
        return Shown(rich and title + rich, lambda: parts([(Span(heading, "bold"),), *answer_blocks(answer)]))

    def _rich(self, answer: Answer) -> str | None:
        """An answer that is remembered is laid out once: it takes as long as finding it did."""
        known = self._layouts.get(id(answer))
        if known is None or known[0] is not answer:
            known = self._layouts[id(answer)] = answer, rich_message(answer)
            if len(self._layouts) > LAYOUTS:
                self._layouts.popitem(last=False)
        return known[1]

    async def picture(self, answer: Answer) -> bytes:
        """The answer's numbers as a PNG. Raises BotError where it has none."""
        return await asyncio.get_running_loop().run_in_executor(self._searches, self._drawn, answer)

    def _drawn(self, answer: Answer) -> bytes:
        articles = {article.id: article for article in self._desk.sources()}
        with self._drawing:  # matplotlib's settings are those of the process
            return draw_chart(answer, articles, "png")

    def _checked_answer(self, question: str, history: tuple[str, ...]) -> Answer:
        answer = self._remembering.answer(question, history)
        try:
            check_answer(answer, self._desk.sources())
        except CitationError:
            # The articles may have changed between the two calls; then a new answer is right.
            answer = self._desk.answer(question, history)
            check_answer(answer, self._desk.sources())
        return answer


def digest(answer: Answer) -> str:
    """Equal for answers that say the same from the same places."""
    return hashlib.sha256(answer.to_json().encode()).hexdigest()[:16]
