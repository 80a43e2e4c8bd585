"""A bot in → its updates fetched for as long as it runs, whatever goes wrong meanwhile, out.

python-telegram-bot's Updater ends its polling at the first 401, and when the queue raises; nobody is told of either.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import chain, repeat
from typing import Any

from telegram import Bot, Update
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.errors import BotError
from bot.telegram_app.inbox import Inbox
from bot.telegram_app.pulse import Pulse

log = logging.getLogger(__name__)

UPDATES = ("message", "edited_message", "callback_query", "inline_query")
LISTENING = timedelta(seconds=10)  # that Telegram may hold a request back until there is an update
LAST_WORD = 1.0  # seconds to tell Telegram which updates are dealt with, when the bot stops
WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)  # seconds after an error; the last one again and again
REFUSALS = 5  # of the token, one after another, until it is believed
REFUSED = (
    "Telegram refuses the bot token. Copy it again from @BotFather into TELEGRAM_BOT_TOKEN, and check that "
    "TELEGRAM_API_URL, if it is set, is a Bot API server's address."
)


class Polling:
    """Asks Telegram for updates."""

    def __init__(self, bot: Bot, inbox: Inbox, pulse: Pulse) -> None:
        self._bot, self._inbox, self._pulse = bot, inbox, pulse
        self._offset = 0

    async def start(self) -> None:
        """Telegram hands out updates only where it calls nobody."""
        await self._bot.delete_webhook()

    async def run(self) -> None:
        """Fetch updates for ever. Raises BotError where Telegram keeps refusing the token."""
        refused, waits = 0, chain(WAITS, repeat(WAITS[-1]))
        while True:
            try:
                await self._fetch()
            except InvalidToken as error:
                refused += 1
                if refused >= REFUSALS:
                    raise BotError(REFUSED) from error
                _log(error)
                await asyncio.sleep(next(waits))
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error))
            except Exception as error:  # whatever it is, a bot that no longer asks is deaf
                _log(error)
                await asyncio.sleep(next(waits))
            else:
                refused, waits = 0, chain(WAITS, repeat(WAITS[-1]))

    async def stop(self) -> None:
        """Tell Telegram what it need not send again."""
        if self._offset:
            with suppress(TelegramError, TimeoutError):
                await asyncio.wait_for(self._bot.get_updates(self._offset, timeout=0), LAST_WORD)

    async def _fetch(self) -> None:
        updates = await self._updates()
        self._pulse.beat()
        for update in updates:
            self._inbox.put_nowait(update)
        if updates:
            await self._inbox.settle(updates)
            self._offset = updates[-1].update_id + 1  # the next request confirms them

    async def _updates(self) -> Sequence[Update]:
        try:
            return await self._bot.get_updates(self._offset, timeout=LISTENING, allowed_updates=UPDATES)
        except TelegramError:
            raise
        except Exception as error:
            log.exception("an update could not be read; the others are", exc_info=error)
            return await self._readable_updates()

    async def _readable_updates(self) -> Sequence[Update]:
        """The same updates one by one; what can't be read is passed over once the next one is confirmed."""
        # In other letters, as python-telegram-bot points at its own method otherwise.
        fields = {"offset": self._offset, "timeout": 0, "allowed_updates": UPDATES}
        found: list[dict[str, Any]] = await self._bot.do_api_request("getupdates", api_kwargs=fields)
        updates = []
        for each in found:
            with suppress(Exception):
                updates.append(Update.de_json(each, self._bot))
        if not updates and found:
            self._offset = found[-1]["update_id"] + 1
        return updates


def _log(error: Exception) -> None:
    match error:
        case Conflict():
            log.error("another process asks for this bot's updates; stop one of the two")
        case InvalidToken() | EndPointNotFound():
            log.error("Telegram refuses the bot token; asking again")
        case TelegramError():
            log.warning("Telegram can't be reached; trying again", exc_info=error)
        case _:
            log.exception("updates could not be fetched; trying again", exc_info=error)


def _seconds(error: RetryAfter) -> float:
    asked = error.retry_after
    return asked if isinstance(asked, int) else asked.total_seconds()
