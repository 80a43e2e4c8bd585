"""An error that no handler dealt with in → a log line and one apology that share an id, out."""

import logging
import secrets
from contextlib import suppress

from telegram import Update
from telegram.error import Conflict, Forbidden, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot.message import paragraphs, parts
from bot.telegram_app.delivery import Place, send
from bot.telegram_app.metrics import Metrics

log = logging.getLogger(__name__)


class Failure:
    """The handler of errors."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def apologise(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log what happened; tell the person once, if there is one who can be told."""
        error, number = context.error, secrets.token_hex(4)
        if not isinstance(update, Update):
            _log_polling(error)
            return
        if isinstance(error, Forbidden):
            log.info("the chat is closed to the bot")  # blocked, or removed from the group
            return
        self._metrics.failures.inc()
        log.error("an update failed", exc_info=error, extra={"fields": {"id": number, "update": update.update_id}})
        message = update.effective_message
        if message is not None:
            sorry = f"Something went wrong on my side; it is logged as {number}. Please ask again."
            with suppress(TelegramError):
                await send(context.bot, Place.of(message), parts(paragraphs(sorry)))


def _log_polling(error: Exception | None) -> None:
    match error:
        case Conflict():
            log.error("another process asks for this bot's updates; stop one of the two")
        case NetworkError():
            log.warning("Telegram can't be reached; trying again", exc_info=error)
        case _:
            log.error("an error outside any update", exc_info=error)
