"""A request to Telegram in → sent within its limits and tried again when the network or Telegram asks for it, out."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

WAITS = (0.2, 1.0, 3.0, 10.0, 30.0)  # seconds before another try; together they outlast a restart of a server
LONGEST_WAIT = 300  # seconds that Telegram may ask for; a chat that is shut for longer gets no late answer
FLEETING = frozenset({"sendChatAction", "answerCallbackQuery", "answerInlineQuery"})  # of no use when they are late
AT_START = frozenset({"getMe", "deleteWebhook", "setWebhook"})  # python-telegram-bot tries these again by itself

type_of_result = bool | dict[str, Any] | list[dict[str, Any]]


class Patience(BaseRateLimiter[None]):
    """Tries again after flood control, 5xx and broken connections."""

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, type_of_result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],  # noqa: ARG002 - python-telegram-bot passes it by name
        rate_limit_args: None,  # noqa: ARG002
    ) -> type_of_result:
        """Send the request, at most once more than there are waits."""
        for wait in () if endpoint in FLEETING | AT_START else WAITS:
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                asked = _seconds(error)
                if asked > LONGEST_WAIT:
                    raise
                await asyncio.sleep(asked + 0.1)
            except BadRequest:  # a NetworkError by descent, but it would fail again
                raise
            except NetworkError:
                await asyncio.sleep(wait)
        return await callback(*args, **kwargs)


def _seconds(error: RetryAfter) -> float:
    asked = error.retry_after
    return asked if isinstance(asked, int) else asked.total_seconds()
