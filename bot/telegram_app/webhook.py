"""Calls from Telegram in → updates in the inbox; others refused before their bodies are read. Home of tornado.

python-telegram-bot's own server keeps the whole body of every call, up to 100 MB, before it looks at the secret.
"""

import asyncio
import hmac
import json
import logging
from http import HTTPStatus
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

from bot.errors import BotError
from bot.telegram_app.inbox import Inbox
from bot.telegram_app.options import TelegramOptions
from bot.telegram_app.polling import UPDATES
from bot.telegram_app.pulse import Pulse

log = logging.getLogger(__name__)

LARGEST = 1_000_000  # bytes of a call; an update has some kilobytes
LARGEST_HEAD = 16_384  # bytes
SLOWEST = 15.0  # seconds for a call's head, and again for its body
PROBING = 30.0  # seconds without a call until the bot asks Telegram whether it is there


class Webhook:
    """Is called by Telegram."""

    def __init__(self, bot: Bot, inbox: Inbox, pulse: Pulse, options: TelegramOptions) -> None:
        self._bot, self._inbox, self._pulse, self._options = bot, inbox, pulse, options
        self._path, self._listens = options.secret("path"), False
        calls = Application(
            [(rf"/{self._path}/?", _Call, {"webhook": self})],
            default_handler_class=_Elsewhere,
            log_function=lambda _: None,  # a call that was refused is no news
        )
        self._server = HTTPServer(
            calls,
            idle_connection_timeout=SLOWEST,
            body_timeout=SLOWEST,
            max_body_size=LARGEST,
            max_buffer_size=LARGEST,
            max_header_size=LARGEST_HEAD,
        )

    async def start(self) -> None:
        """Listen, and tell Telegram where. Raises BotError where the port is taken."""
        port, url = self._options.webhook_port, self._options.webhook_url.rstrip("/")
        if not self._listens:  # `start` may have come as far as this before
            self._listen(port)
        secret = self._options.secret("header")
        await self._bot.set_webhook(f"{url}/{self._path}", secret_token=secret, allowed_updates=UPDATES)

    def _listen(self, port: int) -> None:
        try:
            self._server.listen(port)  # on all addresses: Telegram calls from outside, and is known by its secret
        except OSError as error:
            raise BotError(
                f"port {port} for Telegram's calls can't be opened ({error.strerror}). Name another one: "
                "PRESSCHECK_WEBHOOK_PORT."
            ) from error
        self._listens = True

    async def run(self) -> None:
        """For ever; where nobody writes for a while, ask whether Telegram is there."""
        while True:
            await asyncio.sleep(PROBING)
            if self._pulse.age >= PROBING:
                try:
                    await self._bot.get_me()
                except TelegramError as error:
                    log.warning("Telegram can't be reached", exc_info=error)
                else:
                    self._pulse.beat()

    async def stop(self) -> None:
        """Listen no more."""
        self._server.stop()
        await self._server.close_all_connections()

    def admits(self, secret: str) -> bool:
        """Whether a call comes from Telegram."""
        return hmac.compare_digest(secret.encode(), self._options.secret("header").encode())

    async def take(self, body: bytes) -> None:
        """Put an update in. Raises ValueError for what is none."""
        update = Update.de_json(json.loads(body), self._bot)
        self._pulse.beat()
        self._inbox.put_nowait(update)
        await self._inbox.settle([update])  # Telegram sends it again if this process ends before


@stream_request_body
class _Call(RequestHandler):
    """One call; what `prepare` refuses is answered before its body is read, and its connection closed."""

    SUPPORTED_METHODS = ("POST",)

    def initialize(self, webhook: Webhook) -> None:
        self._webhook = webhook
        self._body = bytearray()

    def prepare(self) -> None:
        if not self._webhook.admits(self.request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")):
            raise HTTPError(HTTPStatus.FORBIDDEN)

    def data_received(self, chunk: bytes) -> None:
        self._body += chunk

    async def post(self) -> None:
        try:
            await self._webhook.take(bytes(self._body))
        except Exception as error:  # sent again, it would be as it is
            log.exception("an update could not be read", exc_info=error)

    def log_exception(self, *_: Any) -> None:
        """Nor is why."""


@stream_request_body
class _Elsewhere(RequestHandler):
    """Any other path."""

    def prepare(self) -> None:
        raise HTTPError(HTTPStatus.NOT_FOUND)

    def data_received(self, chunk: bytes) -> None:
        """Not kept."""

    def log_exception(self, *_: Any) -> None:
        """Nor is why."""
