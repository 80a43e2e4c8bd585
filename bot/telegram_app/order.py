"""Updates as they come in → each handled once, those of one chat in their order, chats side by side, out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.state import State
from bot.telegram_app.metrics import Metrics

log = logging.getLogger(__name__)

UPDATES_AT_ONCE = 256  # each waits for the network most of the time; the search pool bounds the work
HARMLESS_AFTER = (
    10.0  # seconds of an update's handling; a process that dies later doesn't die of it, but while it waits
)
AGAIN_AFTER = 600.0  # seconds until an update whose answer could not be delivered is handled again
TOO_OLD = timedelta(days=1)  # Telegram keeps updates no longer; nobody waits for an answer any more


class ChatOrder(BaseUpdateProcessor):
    """Lets one update of a chat through at a time, and none twice. `again` is told what to put in once more."""

    def __init__(self, state: State, metrics: Metrics, again: Callable[[Update], None]) -> None:
        super().__init__(UPDATES_AT_ONCE)
        self._state, self._metrics, self._again = state, metrics, again
        self._begun: set[int] = set()
        self._put_off: set[int] = set()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def put_off(self, update: Update) -> None:
        """What this update asks for could not be delivered: it is not dealt with yet."""
        self._put_off.add(update.update_id)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's turn; drop an update that Telegram delivered twice."""
        assert isinstance(update, Update)  # noqa: S101 - nothing else is ever put into the queue
        assert isinstance(coroutine, Coroutine)  # noqa: S101 - the application's own
        if update.update_id in self._begun or self._state.was_handled(update.update_id):
            coroutine.close()
            return
        self._begun.add(update.update_id)
        turn = self._turns.setdefault(_place(update), asyncio.Lock())
        try:
            async with turn:
                await self._handle(update, coroutine)
        finally:
            coroutine.close()  # it may not even have begun
            self._begun.discard(update.update_id)

    async def _handle(self, update: Update, coroutine: Awaitable[Any]) -> None:
        attempt = _Attempt(self._state, update)
        try:
            await coroutine
        except asyncio.CancelledError:  # the bot stops: the next run takes it up
            attempt.forgive()
            raise
        put_off = update.update_id in self._put_off
        self._put_off.discard(update.update_id)
        if put_off and _is_young(update):
            attempt.forgive()
            asyncio.get_running_loop().call_later(AGAIN_AFTER, self._again, update)
            log.warning("an answer could not be delivered; it is tried again later")
            return
        attempt.forgive()
        self._state.mark_handled(update.update_id)
        self._metrics.updates.inc()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""


class _Attempt:
    """Counts against an update for as long as it may be what ends the process."""

    def __init__(self, state: State, update: Update) -> None:
        self._state, self._update, self._counts = state, update.update_id, True
        state.mark_begun(self._update)
        self._timer = asyncio.get_running_loop().call_later(HARMLESS_AFTER, self.forgive)

    def forgive(self) -> None:
        """It did no harm."""
        self._timer.cancel()
        if self._counts:
            self._counts = False
            self._state.mark_left(self._update)


def _is_young(update: Update) -> bool:
    """Whether somebody may still wait for the answer; nobody waits long for a button."""
    message = update.message or update.edited_message
    return message is not None and datetime.now(UTC) - (message.edit_date or message.date) < TOO_OLD


def _place(update: Update) -> int:
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0
