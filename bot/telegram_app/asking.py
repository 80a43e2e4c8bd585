"""A message that asks something in → its answer in the same chat, out."""

import asyncio
import logging
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Any, Protocol

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackContext

from bot.answer import Answer
from bot.citation import CitationError
from bot.desk import QuestionError
from bot.message import answer_parts, check_answer, paragraphs, parts
from bot.rich import rich_message
from bot.state import Reply, State
from bot.telegram_app.addressed import question_in
from bot.telegram_app.delivery import Delivery, Place, Shown, conversation_of, send, typing
from index import Article

log = logging.getLogger(__name__)

Context = CallbackContext[Any, Any, Any, Any]

NO_WORDS = "I read text only. Write your question in words, or see /help."


class Desk(Protocol):
    """Where questions are answered: thread-safe, blocking, raises PressCheckError."""

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The complete answer to a question that may lean on the ones before it."""
        ...

    def sources(self) -> tuple[Article, ...]:
        """The articles that answers come from."""
        ...


def as_sentence(error: Exception) -> str:
    """An error's words as a message begins."""
    return str(error)[:1].upper() + str(error)[1:]


class Asking:
    """The handlers of questions."""

    def __init__(self, desk: Desk, state: State, searches: Executor, delivery: Delivery) -> None:
        self._desk, self._state, self._searches, self._delivery = desk, state, searches, delivery

    async def question(self, update: Update, context: Context) -> None:
        """Answer a message, or answer it again after an edit."""
        message = update.effective_message
        assert message is not None  # noqa: S101 - the filters let nothing else through
        question, place = question_in(message), Place.of(message)
        earlier = self._state.reply(message.chat_id, message.message_id)
        if not question or (earlier and earlier.question == question):
            return  # a bare mention; or an "edit" that is only a link's preview arriving
        try:
            async with typing(context.bot, place):
                answer = await self.answer(question, self._history(message, earlier))
            shown = Shown(rich_message(answer), answer_parts(answer))
        except QuestionError as error:
            shown = Shown(None, parts(paragraphs(as_sentence(error))))
        sent = await (
            self._delivery.replace(context.bot, place, earlier.sent, shown)
            if earlier
            else self._delivery.send(context.bot, place, shown)
        )
        self._remember(message, question, sent, earlier)

    async def no_words(self, update: Update, context: Context) -> None:
        """Say what the bot can't read, where nobody else could be meant."""
        message = update.effective_message
        if message is not None and message.chat.type == ChatType.PRIVATE and update.edited_message is None:
            await send(context.bot, Place.of(message), parts(paragraphs(NO_WORDS)))

    async def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer, searched off the event loop, with every citation checked against its article."""
        began = time.monotonic()
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._searches, self._checked_answer, question, tuple(history))
        milliseconds = round(1000 * (time.monotonic() - began))
        log.info("answered", extra={"fields": {"kind": answer.kind, "milliseconds": milliseconds}})
        return answer

    def _checked_answer(self, question: str, history: Sequence[str]) -> Answer:
        answer = self._desk.answer(question, history)
        try:
            check_answer(answer, self._desk.sources())
        except CitationError:
            # The articles may have changed between the two calls; then a new answer is right.
            answer = self._desk.answer(question, history)
            check_answer(answer, self._desk.sources())
        return answer

    def _history(self, message: Message, earlier: Reply | None) -> tuple[str, ...]:
        questions = self._state.questions(conversation_of(message))
        if earlier and earlier.question in questions:
            return questions[: questions.index(earlier.question)]
        return questions

    def _remember(self, message: Message, question: str, sent: tuple[int, ...], earlier: Reply | None) -> None:
        self._state.set_reply(message.chat_id, message.message_id, Reply(question, sent))
        if earlier:
            self._state.change_question(conversation_of(message), earlier.question, question)
        else:
            self._state.add_question(conversation_of(message), question)
