"""An error that no handler dealt with in → a log line and one apology that share an id, out."""

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress

from telegram import Bot, Message, Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.message import paragraphs, parts
from bot.telegram_app.delivery import Place, send
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.patience import is_outage

log = logging.getLogger(__name__)


class Failure:
    """The handler of errors. `put_off` is told of updates whose answers Telegram did not take."""

    def __init__(self, metrics: Metrics, put_off: Callable[[Update], None]) -> None:
        self._metrics, self._put_off = metrics, put_off

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log what happened; tell the person once, if there is one who can be told."""
        error, number = context.error, secrets.token_hex(4)
        if not isinstance(update, Update):
            log.error("an error outside any update", exc_info=error)
            return
        if isinstance(error, Forbidden):
            log.info("the chat is closed to the bot")  # blocked, or removed from the group
            return
        if is_outage(error):
            log.warning("Telegram did not take an answer", exc_info=error)
            self._put_off(update)
            return
        self._metrics.failures.inc()
        log.error("an update failed", exc_info=error, extra={"fields": {"id": number, "update": update.update_id}})
        if update.effective_message is not None:
            await apologise(context.bot, update.effective_message, number)


async def apologise(bot: Bot, message: Message, number: str) -> None:
    """Say that a message is not answered."""
    sorry = f"Something went wrong on my side; it is logged as {number}. Please ask again."
    with suppress(TelegramError):
        await send(bot, Place.of(message), parts(paragraphs(sorry)))
