"""A request to Telegram in → sent within its limits and tried again when the network or Telegram asks for it, out."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from itertools import chain, repeat
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.error import BadRequest, ChatMigrated, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter

from bot.telegram_app.metrics import Metrics

# Telegram takes some 30 messages a second. It counts over more than one second: a hundred at once go through where
# the seconds after are quiet, and what it finds too much it answers with a time to wait.
BURST, OVER = 120, 4.0
TYPING = 5  # "typing…" a second at most; beyond that, chats wait without being told
WAITS = (0.2, 1.0, 3.0, 10.0, 30.0)  # seconds before another try; together they outlast a restart of a server
OUTAGE = 3600.0  # seconds that an answer waits for Telegram, its chat's later questions behind it
LONGEST_WAIT = 300  # seconds that Telegram may ask for; a chat that is shut for longer gets no late answer
# Of no use when they are late. In lower case, as some requests have to be made under such names.
FLEETING = frozenset({"answercallbackquery", "answerinlinequery"})
AT_START = frozenset({"getme", "deletewebhook", "setwebhook"})  # whoever starts the bot tries these again

type_of_result = bool | dict[str, Any] | list[dict[str, Any]]


class Patience(AIORateLimiter):
    """Tries again after flood control, 5xx and broken connections; a chat that must wait holds up no other.

    What was meant for a group that has become a supergroup goes there; `moved` is told both numbers. In an outage a
    request waits for its end. Where others get through, it is given up after a few tries: then it is this one's fault.
    """

    def __init__(self, metrics: Metrics, moved: Callable[[int, int], None]) -> None:
        super().__init__(overall_max_rate=BURST, overall_time_period=OVER)
        self._metrics, self._moved = metrics, moved
        self._typing = AsyncLimiter(TYPING, 1.0)
        self._got_through = 0

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, type_of_result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> type_of_result:
        """Send the request, as often as it takes."""

        async def attempt() -> type_of_result:
            try:
                result = await self._attempt(callback, args, kwargs, endpoint, data, rate_limit_args)
            except TelegramError as error:
                self._metrics.requests.labels(endpoint, type(error).__name__).inc()
                raise
            self._metrics.requests.labels(endpoint, "ok").inc()
            return result

        method = endpoint.lower()
        if method == "sendchataction":
            return await attempt() if await self._may_type() else True
        if method in FLEETING | AT_START:
            return await attempt()
        result = await self._try_on(attempt, data)
        self._got_through += 1
        return result

    async def _try_on(
        self, attempt: Callable[[], Coroutine[Any, Any, type_of_result]], data: dict[str, Any]
    ) -> type_of_result:
        """Try until it works, its own tries are used up, or the outage is too long."""
        end, alone = time.monotonic() + OUTAGE, 0
        for wait in chain(WAITS, repeat(WAITS[-1])):
            others = self._got_through
            try:
                return await attempt()
            except RetryAfter as error:
                asked = _seconds(error)
                if asked > LONGEST_WAIT or time.monotonic() > end:
                    raise
                await asyncio.sleep(asked + 0.1)
            except ChatMigrated as error:
                self._moved(data["chat_id"], error.new_chat_id)
                data["chat_id"] = error.new_chat_id
            except TelegramError as error:
                if not is_outage(error) or alone > len(WAITS) or time.monotonic() > end:
                    raise
                await asyncio.sleep(wait)
                alone += self._got_through > others
        raise AssertionError("the waits never end")

    async def _may_type(self) -> bool:
        """Whether "typing…" takes nothing from messages. It counts as they do; nobody misses one that is left out."""
        base = self._base_limiter
        if base is None or not self._typing.has_capacity() or not base.has_capacity(BURST / 2):
            return False
        await self._typing.acquire()
        await base.acquire()
        return True

    async def _attempt(
        self,
        callback: Callable[..., Coroutine[Any, Any, type_of_result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> type_of_result:
        if endpoint.lower() in FLEETING | {"sendchataction"}:  # no messages, or counted already
            return await callback(*args, **kwargs)
        result: type_of_result = await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
        return result


def is_outage(error: BaseException | None) -> bool:
    """Whether the same request may go through later: the network, Telegram, or a moment in which it knows no bot."""
    match error:
        case BadRequest():  # a NetworkError by descent, but it would fail again
            return False
        case InvalidToken():  # also what python-telegram-bot makes of a method that a server doesn't know
            return "unauthorized" in str(error).lower()
        case _:
            return isinstance(error, NetworkError)


def _seconds(error: RetryAfter) -> float:
    asked = error.retry_after
    return asked if isinstance(asked, int) else asked.total_seconds()
