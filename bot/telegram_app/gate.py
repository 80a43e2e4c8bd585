"""An update in → let through, or turned away in a sentence or in silence, out."""

import time
from collections import OrderedDict, deque
from collections.abc import Iterator

from telegram import Chat, Message, Update, User
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from bot.message import paragraphs, parts
from bot.telegram_app.addressed import Addressed, FromPerson, speaker
from bot.telegram_app.admins import Admins
from bot.telegram_app.asking import Context
from bot.telegram_app.delivery import Place, send
from bot.telegram_app.options import TelegramOptions

MINUTE, DAY = 60.0, 86_400.0
REMEMBERED = 10_000  # people and groups whose last minute is kept
OF_A_GROUP = 15  # questions a minute; Telegram takes some 20 messages in a group
WHILE_TYPING = 5  # times as many inline queries: one comes every few letters
CLOSED = "This bot answers only people whom its owner has let in."
SLOWER = "That is more than I can answer in a minute. Please wait a moment and ask again."

Counted = tuple[str, int]  # what is counted, and whose


class Gate:
    """Who may ask, and how often. It stands before every other handler."""

    def __init__(self, options: TelegramOptions, admins: Admins) -> None:
        self._open_to, self._admins = options.allowed, admins
        self._per_minute = options.questions_per_minute
        self._recent: OrderedDict[Counted, deque[float]] = OrderedDict()
        self._told: OrderedDict[int, float] = OrderedDict()  # strangers, and when they were told

    async def check(self, update: Update, context: Context) -> None:
        """Let the update through, or end its way here."""
        known = {one.id for one in (_who(update), update.effective_chat) if one is not None}
        if self._open_to and not known & (self._open_to | self._admins.ids()):
            await self._turn_away(update, context, CLOSED if self._is_new(update) else None)
        overdue = max((self._count(one) - limit for one, limit in self._limits(update)), default=0)
        if overdue > 0:
            await self._turn_away(update, context, SLOWER if overdue == 1 else None)  # said once, then silence

    def _limits(self, update: Update) -> Iterator[tuple[Counted, int]]:
        """What counts this update, and how many of them a minute may have."""
        message = update.message or update.edited_message
        asks = message is not None and FromPerson().filter(message) and (Addressed().filter(message) or _to(message))
        person, chat = _who(update), update.effective_chat
        if person is None or not (asks or update.callback_query or update.inline_query):
            return
        if update.inline_query:
            yield ("typing", person.id), WHILE_TYPING * self._per_minute
            return
        yield ("person", person.id), self._per_minute
        if chat is not None and chat.type != ChatType.PRIVATE:
            yield ("group", chat.id), OF_A_GROUP

    async def _turn_away(self, update: Update, context: Context, words: str | None) -> None:
        message, query = update.message or update.edited_message, update.callback_query
        if query is not None and words:
            await query.answer(words)
        elif words and message is not None and (words == SLOWER or message.chat.type == ChatType.PRIVATE):
            await send(context.bot, Place.of(message), parts(paragraphs(words)))
        raise ApplicationHandlerStop

    def _is_new(self, update: Update) -> bool:
        """Whether this stranger is to be told: once a day, in private or at a button."""
        stranger, now = _who(update) or update.effective_chat, time.monotonic()
        private = update.message is not None and update.message.chat.type == ChatType.PRIVATE
        if stranger is None or not (private or update.callback_query):
            return False
        told = self._told.get(stranger.id)
        if told is not None and now < told + DAY:
            return False
        self._told[stranger.id] = now
        self._told.move_to_end(stranger.id)
        if len(self._told) > REMEMBERED:
            self._told.popitem(last=False)
        return True

    def _count(self, counted: Counted) -> int:
        """How many this makes in the last minute."""
        now = time.monotonic()
        recent = self._recent.setdefault(counted, deque(maxlen=WHILE_TYPING * self._per_minute + OF_A_GROUP))
        self._recent.move_to_end(counted)
        if len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
        while recent and recent[0] < now - MINUTE:
            recent.popleft()
        recent.append(now)
        return len(recent)


def _who(update: Update) -> User | Chat | None:
    """Who is counted. Hidden administrators and channels share Telegram's own accounts with all of their kind."""
    message = update.message or update.edited_message
    return speaker(message) if message is not None else update.effective_user


def _to(message: Message) -> bool:
    """Whether it is a command, and not another bot's."""
    name, _, bot = (message.text or message.caption or "").split(" ")[0].partition("@")
    return name.startswith("/") and bot.lower() in ("", message.get_bot().username.lower())
