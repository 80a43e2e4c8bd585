"""An answer and a place in → messages in that chat, out."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple, Self

from telegram import Bot, InlineKeyboardMarkup, InlineQueryResultArticle, Message, ReplyParameters
from telegram.constants import ChatAction, ChatType, ParseMode
from telegram.error import BadRequest, EndPointNotFound, TelegramError

from bot.message import Part
from bot.state import Conversation, State

log = logging.getLogger(__name__)

Buttons = InlineKeyboardMarkup | None
TYPING_AFTER = 0.5  # seconds; most answers are there before anybody would see it
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
    """Show "typing…" until an answer that is not there at once is there."""
    done = asyncio.Event()

    async def show() -> None:
        wait = TYPING_AFTER
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), wait)
                return
            with suppress(TelegramError):  # nobody misses it
                await bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.topic)
            wait = TYPING_LASTS

    showing = asyncio.create_task(show())
    try:
        yield
    finally:
        done.set()
        await showing  # one that arrives after the answer would stay for five seconds


class Shown(NamedTuple):
    """An answer in every form that a server may take: a rich message where one holds it, and classic parts."""

    rich: str | None
    parts: Callable[[], Sequence[Part]]  # laid out only where they are needed


class Delivery:
    """Sends in the best form that the server takes; what it can't take is learned once and remembered."""

    def __init__(self, state: State, base_url: str) -> None:
        self._state, self._base_url = state, base_url
        self._classic = state.is_classic(base_url)

    async def send(self, bot: Bot, place: Place, shown: Shown, buttons: Buttons = None) -> tuple[int, ...]:
        """Send an answer, its buttons under its last message; returns the messages' ids."""
        if shown.rich is not None and not self._classic:
            sent = await self._rich(_send_rich(bot, place, shown.rich, buttons))
            if sent is not None:
                return (sent["message_id"],)
        return await send(bot, place, shown.parts(), buttons)

    async def replace(
        self, bot: Bot, place: Place, old: Sequence[int], shown: Shown, buttons: Buttons = None
    ) -> tuple[int, ...]:
        """Make messages that were sent say something else; sends what is more, deletes what is left over.

        Where one of them is gone, because somebody deleted it, all of it is sent anew.
        """
        try:
            return await self._edited(bot, place, old, shown, buttons)
        except GoneError:
            await _delete(bot, place, old)
            return await self.send(bot, place, shown, buttons)

    async def _edited(
        self, bot: Bot, place: Place, old: Sequence[int], shown: Shown, buttons: Buttons
    ) -> tuple[int, ...]:
        edited = None
        if shown.rich is not None and not self._classic:
            edited = await self._rich(_edit_rich(bot, place, old[0], shown.rich, buttons))
        if edited is not None:
            await _delete(bot, place, old[1:])
            return tuple(old[:1])
        parts = shown.parts()
        kept = len(parts)
        for place_in_answer, (message, part) in enumerate(zip(old, parts, strict=False), start=1):
            await edit(bot, place, message, part, buttons if place_in_answer == kept else None)
        await _delete(bot, place, old[kept:])
        return (*old[:kept], *await send(bot, place, parts[len(old) :], buttons))

    async def offer(self, bot: Bot, query: str, result: InlineQueryResultArticle, rich: str, seconds: int) -> bool:
        """Offer an answer as a rich message in any chat; False if the classic form has to do."""
        if self._classic:
            return False
        fields = {"inline_query_id": query, "cache_time": seconds}
        offered = {**result.to_dict(), "input_message_content": {"rich_message": _rich_content(rich)}}
        # In other letters, as with the edits below: python-telegram-bot's own method knows no rich content.
        request = bot.do_api_request("answerinlinequery", api_kwargs={**fields, "results": [offered]})
        try:
            await request
        except BadRequest as error:
            if "too old" in error.message.lower():
                raise
            log.warning("a rich inline answer was refused", exc_info=error)
            return False
        return True

    async def _rich(self, request: Awaitable[dict[str, Any]]) -> dict[str, Any] | None:
        """The request's result; None if the classic form has to do."""
        try:
            return await request
        except EndPointNotFound:
            self._learn()
        except BadRequest as error:
            if "not modified" in error.message.lower():
                return {}
            if _is_gone(error):
                raise GoneError(error.message) from error
            if "method not found" in error.message.lower():
                self._learn()
            else:
                log.warning("a rich message was refused", exc_info=error)
        return None

    def _learn(self) -> None:
        self._classic = True
        self._state.set_classic(self._base_url)
        log.info("this server knows no rich messages; answers are classic from now on")


async def send(bot: Bot, place: Place, parts: Sequence[Part], buttons: Buttons = None) -> tuple[int, ...]:
    """Send the parts in order, the buttons under the last; returns the messages' ids."""
    last = len(parts)
    return tuple(
        [await _send(bot, place, part, buttons if number == last else None) for number, part in enumerate(parts, 1)]
    )


async def _send(bot: Bot, place: Place, part: Part, buttons: Buttons) -> int:
    async def attempt(text: str, parse_mode: ParseMode | None) -> int:
        sent = await bot.send_message(
            place.chat,
            text,
            parse_mode,
            message_thread_id=place.topic,
            reply_parameters=_answered(place),
            reply_markup=buttons,
        )
        return sent.message_id

    try:
        return await attempt(part.html, ParseMode.HTML)
    except BadRequest as error:
        if "parse entities" not in error.message.lower():
            raise
        log.warning("a message's formatting was refused", exc_info=error)
        return await attempt(part.plain, None)  # an answer is never lost to its formatting


class GoneError(BadRequest):
    """A message that can't be changed any more: it was deleted, or it is too old."""


def _is_gone(error: BadRequest) -> bool:
    words = error.message.lower()
    return "message to edit not found" in words or "message_id_invalid" in words or "can't be edited" in words


async def edit(bot: Bot, place: Place, message: int, part: Part, buttons: Buttons) -> None:
    """Make a message say something else. Raises GoneError."""
    try:
        await bot.edit_message_text(part.html, place.chat, message, parse_mode=ParseMode.HTML, reply_markup=buttons)
    except BadRequest as error:
        if "parse entities" in error.message.lower():
            await bot.edit_message_text(part.plain, place.chat, message, reply_markup=buttons)
        elif _is_gone(error):
            raise GoneError(error.message) from error
        elif "not modified" not in error.message.lower():
            raise


async def send_photo(bot: Bot, place: Place, picture: bytes, caption: str) -> None:
    """Send a picture with words below it."""
    await bot.send_photo(place.chat, picture, caption, message_thread_id=place.topic, reply_parameters=_answered(place))


async def _delete(bot: Bot, place: Place, messages: Sequence[int]) -> None:
    for message in messages:
        with suppress(BadRequest):  # the person deleted it first
            await bot.delete_message(place.chat, message)


async def _send_rich(bot: Bot, place: Place, rich: str, buttons: Buttons) -> dict[str, Any]:
    optional = {
        "message_thread_id": place.topic,
        "reply_parameters": _answered(place),
        "reply_markup": buttons,
    }
    return await _rich_request(bot, "sendRichMessage", {"chat_id": place.chat, **optional}, rich)


async def _edit_rich(bot: Bot, place: Place, message: int, rich: str, buttons: Buttons) -> dict[str, Any]:
    fields = {"chat_id": place.chat, "message_id": message, "reply_markup": buttons}
    # Telegram takes method names in any case; python-telegram-bot's own editMessageText has no rich_message yet.
    return await _rich_request(bot, "editmessagetext", fields, rich)


async def _rich_request(bot: Bot, method: str, fields: dict[str, Any], rich: str) -> dict[str, Any]:
    given = {name: value for name, value in fields.items() if value is not None}
    result: dict[str, Any] = await bot.do_api_request(method, api_kwargs={**given, "rich_message": _rich_content(rich)})
    return result


def _rich_content(rich: str) -> dict[str, Any]:
    return {"html": rich, "skip_entity_detection": True}


def _answered(place: Place) -> ReplyParameters | None:
    return ReplyParameters(place.answers, allow_sending_without_reply=True) if place.answers else None
