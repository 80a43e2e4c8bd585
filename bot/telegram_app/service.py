"""A bot and who brings it updates, in → both at work until a signal comes or they can't go on, out.

python-telegram-bot's `run_polling` doesn't see when its polling ends, and waits for ever for what is under way.
"""

import asyncio
import faulthandler
import logging
import os
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol
from urllib.parse import urlsplit

from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import Application

from bot.errors import BotError
from bot.state import State
from bot.telegram_app.beside import Beside
from bot.telegram_app.polling import REFUSED

log = logging.getLogger(__name__)

TelegramBot = Application[Any, Any, Any, Any, Any, Any]

START_RETRIES = 3  # some seconds; longer and whoever started the bot should look
GRACE = 1.5  # seconds for the answers that are under way when the bot stops; the next run takes up the others
PARTING = 1.5  # seconds for tasks that were cancelled
LONGEST_STOP = 4.5  # seconds from a signal to the end of the process
SAVING = 1.0  # seconds between two tries to write what could not be written


class Receiver(Protocol):
    """Puts updates into the inbox."""

    async def start(self) -> None:
        """Tell Telegram how it hands them over."""

    async def run(self) -> None:
        """Never ends, but with an error."""

    async def stop(self) -> None:
        """After `run` was cancelled; does no harm where there was no start."""


class Service:
    """The bot's life. Leaves its last words to the log, and what went wrong to whoever called `run`."""

    def __init__(self, application: TelegramBot, receiver: Receiver, state: State, beside: Beside) -> None:
        self._application, self._receiver, self._state, self._beside = application, receiver, state, beside
        self._stop = asyncio.Event()
        self.is_running = False

    def run(self, stop_signals: Sequence[int] = (), ending: Callable[[int], None] = lambda _: None) -> None:
        """Live until a signal comes. `ending` is told the exit status when the end begins. Raises BotError."""
        try:
            with asyncio.Runner() as runner:
                runner.run(self._live(stop_signals, ending))
        except InvalidToken as error:
            raise BotError(REFUSED) from error
        except BadRequest as error:
            raise BotError(
                f"Telegram refuses what the bot starts with: {error.message}. Is a setting wrong?"
            ) from error
        except TelegramError as error:
            host = urlsplit(str(self._application.bot.base_url)).hostname
            raise BotError(f"Telegram's Bot API at {host} does not answer. Check the network and try again.") from error

    def stop(self) -> None:
        """End it; from any thread."""
        self._loop.call_soon_threadsafe(self._stop.set)

    async def _live(self, stop_signals: Sequence[int], ending: Callable[[int], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(_log_lost)
        for number in stop_signals:
            with suppress(NotImplementedError):  # Windows
                self._loop.add_signal_handler(number, self._stop.set)
        work, told = asyncio.create_task(self._work()), asyncio.create_task(self._stop.wait())
        await asyncio.wait((work, told), return_when=asyncio.FIRST_COMPLETED)
        ending(0 if told.done() else 1)
        self.is_running = False
        work.cancel()
        await asyncio.wait((work,))
        await self._end()
        if not work.cancelled():
            work.result()  # raises

    async def _work(self) -> None:
        await _patiently(self._application.initialize)
        await self._beside.start(self._application.bot)
        await _patiently(self._receiver.start)
        await self._application.start()
        self.is_running = True
        lasting = [asyncio.create_task(each) for each in (self._receiver.run(), self._save())]
        fetching = [task for task in asyncio.all_tasks() if task.get_name().endswith(":update_fetcher")]
        try:
            done, _ = await asyncio.wait((*lasting, *fetching), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in lasting:
                task.cancel()
            await asyncio.wait(lasting)
        for task in done:
            task.result()
        raise RuntimeError("the bot takes no more updates")

    async def _save(self) -> None:
        """Write what could not be written, once it can be."""
        while True:
            await asyncio.sleep(SAVING)
            self._state.catch_up()

    async def _end(self) -> None:
        """Let what is under way finish if it is quick; all else is in the state for the next run."""
        await self._receiver.stop()
        if self._application.running:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._application.stop(), GRACE)
        await _cancel_all()
        with suppress(TelegramError):
            await self._application.shutdown()
            await self._application.bot.shutdown()  # a bot that could not start has connections, too
        self._state.catch_up()
        await self._beside.stop()


class LastResort:
    """Ends the process when stopping takes too long, as where an index is being written: it stays as it was."""

    def begin(self, status: int) -> None:
        """From now on, time runs out."""
        self._timer = threading.Timer(LONGEST_STOP, _leave, (status,))
        self._timer.daemon = True
        self._timer.start()
        self._nowhere = os.open(os.devnull, os.O_WRONLY)
        # Python code that doesn't let go of the interpreter lets no timer run.
        faulthandler.dump_traceback_later(LONGEST_STOP + 0.3, file=self._nowhere, exit=True)

    def end(self) -> None:
        """It was not needed."""
        if hasattr(self, "_timer"):
            self._timer.cancel()
            faulthandler.cancel_dump_traceback_later()
            os.close(self._nowhere)


def _leave(status: int) -> None:
    log.warning("the bot did not come to an end in time; what was under way is left as it was")
    os._exit(status)


async def _patiently(action: Callable[[], Awaitable[None]]) -> None:
    """Do it; a network that is not there yet may come."""
    for _ in range(START_RETRIES):
        try:
            await action()
        except (InvalidToken, BadRequest):
            raise
        except TelegramError as error:
            log.warning("Telegram can't be reached; trying again", exc_info=error)
            await asyncio.sleep(1)
        else:
            return
    await action()


async def _cancel_all() -> None:
    """Whatever still runs; an update that is being handled says to the state that it is not done."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=PARTING)


def _log_lost(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An error that nobody waited for. Its own words stay out of the log: they may hold what a person wrote."""
    log.error("an error in the background", exc_info=context.get("exception"))
