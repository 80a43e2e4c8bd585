"""An answer and a place in → messages in that chat, out."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple, Self

from telegram import Bot, Message, ReplyParameters
from telegram.constants import ChatAction, ChatType, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.message import Part
from bot.state import Conversation

TYPING_LASTS = 4.5  # seconds; clients show it for five


class Place(NamedTuple):
    """Where an answer goes."""

    chat: int
    topic: int | None
    answers: int | None  # the message that it is shown to answer: in groups, where others talk too

    @classmethod
    def of(cls, message: Message) -> Self:
        """The place to answer a message."""
        topic = message.message_thread_id if message.is_topic_message else None
        private = message.chat.type == ChatType.PRIVATE
        return cls(message.chat_id, topic, None if private else message.message_id)


def conversation_of(message: Message) -> Conversation:
    """Whose follow-ups belong together."""
    person = message.sender_chat or message.from_user or message.chat
    return Conversation(message.chat_id, (Place.of(message).topic or 0), person.id)


@asynccontextmanager
async def typing(bot: Bot, place: Place) -> AsyncIterator[None]:
    """Show "typing…" until the answer is there."""
    done = asyncio.Event()

    async def show() -> None:
        with suppress(TelegramError, TimeoutError):  # nobody misses it
            while not done.is_set():
                await bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.topic)
                with suppress(TimeoutError):
                    await asyncio.wait_for(done.wait(), TYPING_LASTS)

    showing = asyncio.create_task(show())
    try:
        yield
    finally:
        done.set()
        await showing  # one that arrives after the answer would stay for five seconds


async def send(bot: Bot, place: Place, parts: Sequence[Part]) -> tuple[int, ...]:
    """Send the parts in order; returns the messages' ids."""
    return tuple([await _send(bot, place, part) for part in parts])


async def replace(bot: Bot, place: Place, old: Sequence[int], parts: Sequence[Part]) -> tuple[int, ...]:
    """Make messages that were sent say something else; sends what is more, deletes what is left over."""
    for message, part in zip(old, parts, strict=False):
        await _edit(bot, place, message, part)
    for message in old[len(parts) :]:
        with suppress(BadRequest):  # the person deleted it first
            await bot.delete_message(place.chat, message)
    return (*old[: len(parts)], *await send(bot, place, parts[len(old) :]))


async def _send(bot: Bot, place: Place, part: Part) -> int:
    reply = ReplyParameters(place.answers, allow_sending_without_reply=True) if place.answers else None
    try:
        sent = await bot.send_message(
            place.chat, part.html, ParseMode.HTML, message_thread_id=place.topic, reply_parameters=reply
        )
    except BadRequest as error:
        if "parse entities" not in error.message.lower():
            raise
        # An answer is never lost to its formatting.
        sent = await bot.send_message(place.chat, part.plain, message_thread_id=place.topic, reply_parameters=reply)
    return sent.message_id


async def _edit(bot: Bot, place: Place, message: int, part: Part) -> None:
    try:
        await bot.edit_message_text(part.html, place.chat, message, parse_mode=ParseMode.HTML)
    except BadRequest as error:
        if "parse entities" in error.message.lower():
            await bot.edit_message_text(part.plain, place.chat, message)
        elif "not modified" not in error.message.lower():
            raise
