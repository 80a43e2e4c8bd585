"""A message that asks something in → its answer in the same chat, out."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from telegram import Bot, Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackContext

from bot.acknowledgement import asks_nothing
from bot.desk import QuestionError
from bot.errors import BotError
from bot.message import caption, paragraphs, parts
from bot.state import Asked, Conversation, Reply, State
from bot.telegram_app.addressed import question_in
from bot.telegram_app.answering import Answering, digest
from bot.telegram_app.delivery import Buttons, Delivery, Place, Shown, conversation_of, send, send_photo, typing
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
        if message is None:
            return
        question = question_in(message)
        if message.chat.type != ChatType.PRIVATE and asks_nothing(question):
            return  # a thumb, an "ok": said to the others there as much as to the bot
        await self.answer_message(context.bot, message, question)

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
        own = asked._replace(person=conversation.person)
        reply = await self._shown(bot, place, own, shared=True)
        await self._delivery.send(bot, place, reply.shown, reply.buttons)
        if reply.is_question:
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
        person = conversation_of(message).person
        asked = Asked(place.chat, question, self._history(message, earlier), "", person)
        reply = await self._shown(bot, place, asked)
        sent = await (
            self._delivery.replace(bot, place, earlier.sent, reply.shown, reply.buttons)
            if earlier
            else self._delivery.send(bot, place, reply.shown, reply.buttons)
        )
        self._state.set_reply(message.chat_id, message.message_id, Reply(question, sent, person))
        self._remember(conversation_of(message), question if reply.is_question else None, earlier)

    async def _shown(self, bot: Bot, place: Place, asked: Asked, shared: bool = False) -> "_Reply":
        try:
            async with typing(bot, place):
                answer = await self._answering.answer(asked.question, asked.history)
        except QuestionError as error:
            sentence = parts(paragraphs(as_sentence(error)))
            return _Reply(Shown(None, lambda: sentence), None, is_question=False)
        shown = self._answering.laid_out(answer, asked.question if shared else None)
        if answer.kind == "about":
            return _Reply(shown, None, is_question=False)
        key = self._state.add_asked(asked._replace(digest=digest(answer)))
        return _Reply(shown, keyboard(answer, key, bot.username), is_question=True)

    def _history(self, message: Message, earlier: Reply | None) -> tuple[str, ...]:
        questions = self._state.questions(conversation_of(message))
        if earlier and earlier.question in questions:
            return questions[: questions.index(earlier.question)]
        return questions

    def _remember(self, conversation: Conversation, question: str | None, earlier: Reply | None) -> None:
        """What later questions may lean on: None for what was refused, or asked nothing."""
        if earlier and earlier.question in self._state.questions(conversation):
            self._state.change_question(conversation, earlier.question, question)
        elif question is not None:
            self._state.add_question(conversation, question)


class _Reply(NamedTuple):
    """What a message gets; `is_question` says whether another question may lean on it."""

    shown: Shown
    buttons: Buttons
    is_question: bool


def as_sentence(error: Exception) -> str:
    """An error's words as a message begins."""
    return str(error)[:1].upper() + str(error)[1:]
