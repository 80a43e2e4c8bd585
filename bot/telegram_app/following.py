"""A folder in → its changes indexed while the bot answers, and told, out."""

import asyncio
import logging
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from telegram import Bot

from bot.change import Change
from bot.telegram_app.admins import Admins
from bot.telegram_app.answering import Desk
from bot.telegram_app.watching import Watching
from bot.watching import follow
from index import PressCheckError, Watcher

log = logging.getLogger(__name__)


class Following:
    """A thread that looks at the folder; the news go out on the bot's own loop."""

    def __init__(self, desk: Desk, folder: Path, watching: Watching, admins: Admins) -> None:
        self._desk, self._watching, self._admins = desk, watching, admins
        self._watcher = Watcher([folder])

    async def start(self, bot: Bot) -> None:
        """Begin to look."""
        loop = asyncio.get_running_loop()

        def tell(change: Change) -> None:
            _later(loop, self._tell(bot, change))

        changes = self._watcher.changes()
        self._thread = threading.Thread(target=follow, args=(self._desk, changes, tell, _failed), name="folder")
        self._thread.start()

    async def stop(self) -> None:
        """Look no more; an index that is being written is completed first."""
        self._watcher.stop()
        await asyncio.to_thread(self._thread.join)

    async def _tell(self, bot: Bot, change: Change) -> None:
        await self._watching.tell_admins(bot, change, self._admins.ids())
        await self._watching.tell(bot, change)


def _later(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, None]) -> None:
    try:
        asyncio.run_coroutine_threadsafe(work, loop)
    except RuntimeError:  # the bot has stopped meanwhile
        work.close()


def _failed(error: PressCheckError) -> None:
    log.warning("the folder's change could not be indexed", exc_info=error)
