"""A question in → its checked answer in every form that can be sent, out."""

import asyncio
import hashlib
import html
import logging
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Protocol

from bot.answer import Answer
from bot.citation import CitationError
from bot.message import Span, answer_blocks, check_answer, parts
from bot.rich import rich_message
from bot.telegram_app.delivery import Shown
from index import Article

log = logging.getLogger(__name__)


class Desk(Protocol):
    """Where questions are answered: thread-safe, blocking, raises PressCheckError."""

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The complete answer to a question that may lean on the ones before it."""
        ...

    def sources(self) -> tuple[Article, ...]:
        """The articles that answers come from."""
        ...


class Answering:
    """A desk whose searches run beside the event loop."""

    def __init__(self, desk: Desk, searches: Executor) -> None:
        self._desk, self._searches = desk, searches

    async def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer, with every citation checked against its article. Raises PressCheckError."""
        began = time.monotonic()
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._searches, self._checked_answer, question, tuple(history))
        milliseconds = round(1000 * (time.monotonic() - began))
        log.info("answered", extra={"fields": {"kind": answer.kind, "milliseconds": milliseconds}})
        return answer

    async def sources(self) -> tuple[Article, ...]:
        """The articles; a new index is opened beside the event loop too."""
        return await asyncio.get_running_loop().run_in_executor(self._searches, self._desk.sources)

    def _checked_answer(self, question: str, history: Sequence[str]) -> Answer:
        answer = self._desk.answer(question, history)
        try:
            check_answer(answer, self._desk.sources())
        except CitationError:
            # The articles may have changed between the two calls; then a new answer is right.
            answer = self._desk.answer(question, history)
            check_answer(answer, self._desk.sources())
        return answer


def laid_out(answer: Answer, heading: str | None = None) -> Shown:
    """The answer in every form; `heading` is a question that the chat can't see otherwise."""
    blocks, rich = answer_blocks(answer), rich_message(answer)
    if heading is None:
        return Shown(rich, parts(blocks))
    title = f"<p><b>{html.escape(heading, quote=False)}</b></p>\n"
    return Shown(rich and title + rich, parts([(Span(heading, "bold"),), *blocks]))


def digest(answer: Answer) -> str:
    """Equal for answers that say the same from the same places."""
    return hashlib.sha256(answer.to_json().encode()).hexdigest()[:16]
