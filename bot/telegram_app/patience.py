"""A request to Telegram in → sent within its limits and tried again when the network or Telegram asks for it, out."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter

from bot.telegram_app.metrics import Metrics

# Telegram takes some 30 messages a second. It counts over more than one second: a hundred at once go through where
# the seconds after are quiet, and what it finds too much it answers with a time to wait.
BURST, OVER = 120, 4.0
WAITS = (0.2, 1.0, 3.0, 10.0, 30.0)  # seconds before another try; together they outlast a restart of a server
LONGEST_WAIT = 300  # seconds that Telegram may ask for; a chat that is shut for longer gets no late answer
# Of no use when they are late. In lower case, as some requests have to be made under such names.
FLEETING = frozenset({"sendchataction", "answercallbackquery", "answerinlinequery"})
AT_START = frozenset({"getme", "deletewebhook", "setwebhook"})  # python-telegram-bot tries these again by itself

type_of_result = bool | dict[str, Any] | list[dict[str, Any]]


class Patience(AIORateLimiter):
    """Tries again after flood control, 5xx and broken connections; a chat that must wait holds up no other.

    What was meant for a group that has become a supergroup goes there; `moved` is told both numbers.
    """

    def __init__(self, metrics: Metrics, moved: Callable[[int, int], None]) -> None:
        super().__init__(overall_max_rate=BURST, overall_time_period=OVER)
        self._metrics, self._moved = metrics, moved

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, type_of_result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> type_of_result:
        """Send the request, at most once more than there are waits."""

        async def attempt() -> type_of_result:
            try:
                result = await self._attempt(callback, args, kwargs, endpoint, data, rate_limit_args)
            except TelegramError as error:
                self._metrics.requests.labels(endpoint, type(error).__name__).inc()
                raise
            self._metrics.requests.labels(endpoint, "ok").inc()
            return result

        for wait in () if endpoint.lower() in FLEETING | AT_START else WAITS:
            try:
                return await attempt()
            except RetryAfter as error:
                asked = _seconds(error)
                if asked > LONGEST_WAIT:
                    raise
                await asyncio.sleep(asked + 0.1)
            except ChatMigrated as error:
                self._moved(data["chat_id"], error.new_chat_id)
                data["chat_id"] = error.new_chat_id
            except BadRequest:  # a NetworkError by descent, but it would fail again
                raise
            except NetworkError:
                await asyncio.sleep(wait)
        return await attempt()

    async def _attempt(
        self,
        callback: Callable[..., Coroutine[Any, Any, type_of_result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> type_of_result:
        if endpoint.lower() in FLEETING:  # Telegram counts messages
            return await callback(*args, **kwargs)
        result: type_of_result = await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
        return result


def _seconds(error: RetryAfter) -> float:
    asked = error.retry_after
    return asked if isinstance(asked, int) else asked.total_seconds()
