"""Steps of a long piece of work in → one message that follows them and ends as their result, out."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Self

from telegram import Bot
from telegram.error import TelegramError

from bot.message import Part, paragraphs, parts
from bot.telegram_app.delivery import Buttons, GoneError, Place, edit, send

EVERY = 2.0  # seconds between edits
EVERY_IN_GROUPS = 8.0  # there an edit counts among the twenty messages a minute
GOODBYE = 1.0  # seconds for the last words of a bot that stops
INTERRUPTED = "I was stopped before I had finished; the articles are unchanged. Please send it again."


class WorkStoppedError(Exception):
    """The bot has stopped: whoever works for a notice ends here, and leaves things as they were."""


class Notice:
    """One message. `step` may be called from any thread. A bot that stops cancels the notice, and so the work."""

    def __init__(self, bot: Bot, place: Place, message: int, words: str) -> None:
        self._bot, self._place, self._message = bot, place, message
        self._first = self._words = words
        self._ended = False
        self._following = asyncio.create_task(self._follow())

    @classmethod
    async def begin(cls, bot: Bot, place: Place, words: str) -> Self:
        """Send the message."""
        (message,) = await send(bot, place, parts(paragraphs(words)))
        return cls(bot, place, message, words)

    @classmethod
    async def of(cls, bot: Bot, place: Place, message: int, words: str) -> Self:
        """Take over a message that is there, or send one where it is gone."""
        try:
            await edit(bot, place, message, parts(paragraphs(words))[0], None)
        except GoneError:
            return await cls.begin(bot, place, words)
        return cls(bot, place, message, words)

    def step(self, done: int, total: int) -> None:
        """So much is done, of so much. Raises WorkStoppedError where nobody waits for the rest."""
        if self._following.cancelled():
            raise WorkStoppedError
        self._words = f"{self._first} {done} of {total} texts"

    async def end(self, result: Sequence[Part], buttons: Buttons = None) -> None:
        """The message becomes the result; what does not fit into one follows."""
        self._ended = True
        self._following.cancel()
        with suppress(asyncio.CancelledError):
            await self._following
        try:
            await edit(self._bot, self._place, self._message, result[0], buttons if len(result) == 1 else None)
        except GoneError:  # somebody deleted it meanwhile
            await send(self._bot, self._place, result, buttons)
            return
        await send(self._bot, self._place, result[1:], buttons)

    async def _follow(self) -> None:
        try:
            await self._show()
        except asyncio.CancelledError:
            if not self._ended:
                with suppress(TelegramError, TimeoutError):
                    await asyncio.wait_for(self._say(INTERRUPTED), GOODBYE)
            raise

    async def _show(self) -> None:
        shown = self._words
        while True:
            await asyncio.sleep(EVERY if self._place.chat > 0 else EVERY_IN_GROUPS)
            if self._words != shown:
                shown = self._words
                with suppress(TelegramError):  # the next one says more anyway
                    await self._say(shown)

    async def _say(self, words: str) -> None:
        await edit(self._bot, self._place, self._message, parts(paragraphs(words))[0], None)
