"""A message that asks something in → its answer in the same chat, out."""

from collections.abc import Sequence
from typing import Any

from telegram import Bot, Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackContext

from bot.desk import QuestionError
from bot.errors import BotError
from bot.message import caption, paragraphs, parts
from bot.state import Asked, Conversation, Reply, State
from bot.telegram_app.addressed import question_in
from bot.telegram_app.answering import Answering, digest
from bot.telegram_app.delivery import Delivery, Place, Shown, conversation_of, send, send_photo, typing
from bot.telegram_app.keyboard import keyboard

Context = CallbackContext[Any, Any, Any, Any]

NO_WORDS = "I read text only. Write your question in words, or see /help."
NO_QUESTION = "Write your question behind the command: /ask what is new?"


class Asking:
    """The handlers of questions."""

    def __init__(self, answering: Answering, state: State, delivery: Delivery) -> None:
        self._answering, self._state, self._delivery = answering, state, delivery

    async def question(self, update: Update, context: Context) -> None:
        """Answer a message, or answer it again after an edit."""
        message = update.effective_message
        if message is not None:
            await self.answer_message(context.bot, message, question_in(message))

    async def ask(self, update: Update, context: Context) -> None:
        """/ask: the question stands behind the command."""
        message = update.effective_message
        if message is None:
            return
        if context.args:
            await self.answer_message(context.bot, message, " ".join(context.args))
        else:
            await send(context.bot, Place.of(message), parts(paragraphs(NO_QUESTION)))

    async def no_words(self, update: Update, context: Context) -> None:
        """Say what the bot can't read, where nobody else could be meant."""
        message = update.message
        if message is None or message.media_group_id:  # of an album, one picture has the words
            return
        if message.chat.type == ChatType.PRIVATE:
            await send(context.bot, Place.of(message), parts(paragraphs(NO_WORDS)))

    async def again(self, bot: Bot, place: Place, conversation: Conversation, asked: Asked) -> None:
        """Answer a question that was asked elsewhere: a link that was shared, a suggestion that was tapped."""
        await self._delivery.send(
            bot, place, *await self._shown(bot, place, asked.question, asked.history, shared=True)
        )
        self._state.add_question(conversation, asked.question)

    async def draw(self, bot: Bot, place: Place, question: str, history: Sequence[str]) -> None:
        """The question's numbers as a picture, or why there are none."""
        try:
            async with typing(bot, place):
                answer = await self._answering.answer(question, history)
                if answer.kind != "benchmark":
                    answer = answer.model_copy(update={"facts": ()})  # the nearest there is, which was not asked for
                picture = await self._answering.picture(answer)
        except (QuestionError, BotError) as error:
            await send(bot, place, parts(paragraphs(as_sentence(error))))
            return
        await send_photo(bot, place, picture, caption(answer))

    def history(self, message: Message) -> tuple[str, ...]:
        """The questions that this one may lean on."""
        return self._state.questions(conversation_of(message))

    async def answer_message(self, bot: Bot, message: Message, question: str) -> None:
        """Answer a question that a message asks, or asks otherwise since it was edited."""
        place, earlier = Place.of(message), self._state.reply(message.chat_id, message.message_id)
        if not question or (earlier and earlier.question == question):
            return  # a bare mention; or an "edit" that is only a link's preview arriving
        shown, buttons = await self._shown(bot, place, question, self._history(message, earlier))
        sent = await (
            self._delivery.replace(bot, place, earlier.sent, shown, buttons)
            if earlier
            else self._delivery.send(bot, place, shown, buttons)
        )
        self._remember(message, question, sent, earlier)

    async def _shown(
        self, bot: Bot, place: Place, question: str, history: Sequence[str], shared: bool = False
    ) -> tuple[Shown, Any]:
        try:
            async with typing(bot, place):
                answer = await self._answering.answer(question, history)
        except QuestionError as error:
            sentence = parts(paragraphs(as_sentence(error)))
            return Shown(None, lambda: sentence), None
        key = self._state.add_asked(Asked(place.chat, question, tuple(history), digest(answer)))
        shown = self._answering.laid_out(answer, question if shared else None)
        return shown, keyboard(answer, key, bot.username)

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


def as_sentence(error: Exception) -> str:
    """An error's words as a message begins."""
    return str(error)[:1].upper() + str(error)[1:]
