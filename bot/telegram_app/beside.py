"""What runs beside the answering: a port for probes, a folder that is followed, what an earlier run left, the menus."""

import asyncio
import logging
import secrets
from collections.abc import Sequence

from telegram import Bot, Update

from bot.telegram_app.admins import Admins
from bot.telegram_app.answering import Desk
from bot.telegram_app.failure import apologise
from bot.telegram_app.following import Following
from bot.telegram_app.forgetting import Keeping
from bot.telegram_app.health import HealthServer
from bot.telegram_app.inbox import Inbox
from bot.telegram_app.menus import show_menus
from bot.telegram_app.options import TelegramOptions
from bot.telegram_app.watching import Watching

log = logging.getLogger(__name__)


class Beside:
    """Begins with the bot and ends with it."""

    def __init__(
        self,
        desk: Desk,
        options: TelegramOptions,
        watching: Watching,
        health: HealthServer | None,
        inbox: Inbox,
        admins: Admins,
        keeping: Keeping,
    ) -> None:
        self._admins, self._inbox, self._health, self._keeping = admins, inbox, health, keeping
        folder = options.watched
        self._following = Following(desk, folder, watching, admins) if folder else None
        self._follows = False
        self._told: asyncio.Task[None] | None = None

    async def start(self, bot: Bot) -> None:
        """Once the bot knows Telegram."""
        if self._health:
            self._health.start()
        if self._following:
            await self._following.start(bot)
            self._follows = True
        self._forgetting = asyncio.create_task(self._keeping.run())
        given_up = await self._inbox.resume(bot)
        self._told = asyncio.create_task(self._tell(bot, given_up))  # Telegram may let it wait

    async def stop(self) -> None:
        """When the bot has stopped."""
        if self._health:
            self._health.stop()
        if self._following and self._follows:
            await self._following.stop()

    async def _tell(self, bot: Bot, given_up: Sequence[Update]) -> None:
        await show_menus(bot, self._admins.ids())
        for update in given_up:
            number = secrets.token_hex(4)
            fields = {"id": number, "update": update.update_id}
            log.error("an update ended the process; it is not tried again", extra={"fields": fields})
            if update.effective_message is not None:
                await apologise(bot, update.effective_message, number)
