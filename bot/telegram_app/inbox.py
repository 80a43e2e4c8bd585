"""Updates that were fetched in → kept until they are dealt with, in the next run if this one is killed, out."""

import asyncio
import logging
from typing import Any

from telegram import Bot, Update

from bot.state import State

log = logging.getLogger(__name__)


class Inbox(asyncio.Queue[Any]):
    """The queue between Telegram and the handlers. Telegram forgets an update once the next ones are fetched."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state

    def _put(self, item: Any) -> None:
        if isinstance(item, Update) and not self._state.was_handled(item.update_id):
            self._state.add_pending(item.update_id, item.to_json())
        super()._put(item)

    async def resume(self, bot: Bot) -> None:
        """Take up what an earlier process left."""
        pending = self._state.take_pending()
        if pending:
            log.info("an earlier run left updates", extra={"fields": {"updates": len(pending)}})
        for update in pending:
            await self.put(Update.de_json(update, bot))
