"""Updates as they come in → each handled once, those of one chat in their order, chats side by side, out."""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.state import State
from bot.telegram_app.metrics import Metrics

UPDATES_AT_ONCE = 256  # each waits for the network most of the time; the search pool bounds the work


class ChatOrder(BaseUpdateProcessor):
    """Lets one update of a chat through at a time, and none twice."""

    def __init__(self, state: State, metrics: Metrics) -> None:
        super().__init__(UPDATES_AT_ONCE)
        self._state, self._metrics = state, metrics
        self._begun: set[int] = set()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's turn; drop an update that Telegram delivered twice."""
        assert isinstance(update, Update)  # noqa: S101 - nothing else is ever put into the queue
        if update.update_id in self._begun or self._state.was_handled(update.update_id):
            if isinstance(coroutine, Coroutine):
                coroutine.close()
            return
        self._begun.add(update.update_id)
        turn = self._turns.setdefault(_place(update), asyncio.Lock())
        try:
            async with turn:
                await coroutine
            self._state.mark_handled(update.update_id)
            self._metrics.updates.inc()
        finally:
            self._begun.discard(update.update_id)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""


def _place(update: Update) -> int:
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0
