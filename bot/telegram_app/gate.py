"""An update in → let through, or turned away in a sentence or in silence, out."""

import time
from collections import OrderedDict, deque

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from bot.message import paragraphs, parts
from bot.telegram_app.addressed import Addressed
from bot.telegram_app.asking import Context
from bot.telegram_app.delivery import Place, send
from bot.telegram_app.options import TelegramOptions

MINUTE = 60.0
REMEMBERED = 10_000  # people whose last minute is kept
CLOSED = "This bot answers only people whom its owner has let in."
SLOWER = "That is more than I can answer in a minute. Please wait a moment and ask again."


class Gate:
    """Who may ask, and how often. It stands before every other handler."""

    def __init__(self, options: TelegramOptions) -> None:
        self._open_to = options.allowed | options.admins if options.allowed else frozenset()
        self._per_minute = options.questions_per_minute
        self._recent: OrderedDict[int, deque[float]] = OrderedDict()

    async def check(self, update: Update, context: Context) -> None:
        """Let the update through, or end its way here."""
        person, chat = update.effective_user, update.effective_chat
        known = {one.id for one in (person, chat) if one is not None}
        if self._open_to and not known & self._open_to:
            await self._turn_away(update, context, CLOSED)
        message = update.message or update.edited_message
        if person is None or message is None or not Addressed().filter(message):
            return
        overdue = self._count(person.id) - self._per_minute
        if overdue > 0:
            await self._turn_away(update, context, SLOWER if overdue == 1 else None)  # said once, then silence

    async def _turn_away(self, update: Update, context: Context, words: str | None) -> None:
        message, query = update.message or update.edited_message, update.callback_query
        if query is not None:
            await query.answer(words)
        elif words and message is not None and message.chat.type == ChatType.PRIVATE:
            await send(context.bot, Place.of(message), parts(paragraphs(words)))
        raise ApplicationHandlerStop

    def _count(self, person: int) -> int:
        """How many questions this makes in the last minute."""
        now = time.monotonic()
        recent = self._recent.setdefault(person, deque(maxlen=self._per_minute + 2))
        self._recent.move_to_end(person)
        if len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
        while recent and recent[0] < now - MINUTE:
            recent.popleft()
        recent.append(now)
        return len(recent)
