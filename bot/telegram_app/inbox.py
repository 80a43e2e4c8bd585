"""Updates that were fetched in → kept until they are dealt with, in the next run if this one is killed, out."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from telegram import Bot, Update

from bot.state import State

log = logging.getLogger(__name__)

LOOKING = 0.05  # seconds between two looks at whether an update is safe
LONGEST_LOOK = 5.0  # seconds; then it is confirmed all the same: who asks next must not wait for the disk


class Inbox(asyncio.Queue[Any]):
    """The queue between Telegram and the handlers. Telegram forgets an update once the next ones are fetched."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state

    def _put(self, item: Any) -> None:
        if isinstance(item, Update) and not self._state.was_handled(item.update_id):
            self._state.add_pending(item.update_id, item.to_json())
        super()._put(item)

    async def settle(self, updates: Sequence[Update]) -> None:
        """Wait until these updates are safe, in the file or dealt with. Only then may Telegram forget them."""
        for _ in range(round(LONGEST_LOOK / LOOKING)):
            if not self._state.unsaved or all(self._state.was_handled(update.update_id) for update in updates):
                return
            await asyncio.sleep(LOOKING)
            self._state.catch_up()

    async def resume(self, bot: Bot) -> Sequence[Update]:
        """Take up what earlier processes left; returns the updates that ended them, which are not tried again."""
        to_do, given_up = self._state.take_pending()
        if to_do or given_up:
            left = {"updates": len(to_do), "given up": len(given_up)}
            log.info("an earlier run left updates", extra={"fields": left})
        for update in to_do:
            await self.put(Update.de_json(update, bot))
        return [Update.de_json(update, bot) for update in given_up]
