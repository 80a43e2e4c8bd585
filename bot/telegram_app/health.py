"""An address and a port in → /healthz and /metrics answered there while the bot runs, out."""

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from bot.errors import BotError
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.options import TelegramOptions
from bot.telegram_app.pulse import Pulse

PATIENCE = 2.0  # seconds for the bot's loop to answer; one that takes longer answers nobody
SLOWEST = 5.0  # seconds that a whole request may take


class HealthServer:
    """Answers from threads of its own, so that a bot that hangs is seen to hang."""

    def __init__(self, address: str, port: int, metrics: Metrics, pulse: Pulse) -> None:
        """Raises BotError where the port is taken, or the address is none of this machine's."""
        self._metrics, self._pulse = metrics, pulse
        self._loop: asyncio.AbstractEventLoop | None = None
        handler = type("Handler", (_Handler,), {"page": staticmethod(self._page)})
        kind = type("Server", (_Server,), {"address_family": socket.AF_INET6 if ":" in address else socket.AF_INET})
        try:
            self._server = kind((address, port), handler)
        except OSError as error:
            raise BotError(
                f"port {port} at {address} for /healthz can't be opened ({error.strerror}). Name others: "
                "PRESSCHECK_HEALTH_PORT, PRESSCHECK_HEALTH_ADDRESS."
            ) from error
        self.port = self._server.server_address[1]

    @classmethod
    def of(cls, options: TelegramOptions, metrics: Metrics, pulse: Pulse) -> Self | None:
        """The one that the options ask for."""
        if options.health_port is None:
            return None
        return cls(options.health_address, options.health_port, metrics, pulse)

    def start(self) -> None:
        """From now on; to be called on the bot's loop."""
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._server.serve_forever, name="health", daemon=True).start()

    def stop(self) -> None:
        """No more."""
        if self._loop is not None:
            self._server.shutdown()
        self._server.server_close()

    def _page(self, path: str) -> tuple[int, bytes]:
        match path.partition("?")[0]:
            case "/healthz":
                trouble = self._trouble()
                return (503, f"{trouble}\n".encode()) if trouble else (200, b"ok\n")
            case "/metrics":
                return 200, self._metrics.text()
            case _:
                return 404, b"not found\n"

    def _trouble(self) -> str:
        if not self._is_alive():
            return "the bot does not answer"
        return f"Telegram was last reached {self._pulse.age:.0f} s ago" if self._pulse.is_late else ""

    def _is_alive(self) -> bool:
        answered = threading.Event()
        try:
            assert self._loop is not None  # noqa: S101 - `start` came first
            self._loop.call_soon_threadsafe(answered.set)
        except RuntimeError:  # the loop is closed
            return False
        return answered.wait(PATIENCE)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Whoever hangs up, or is hung up on, is no news."""


class _Handler(BaseHTTPRequestHandler):
    page: Callable[[str], tuple[int, bytes]]
    timeout = SLOWEST

    def setup(self) -> None:
        super().setup()
        self._end = threading.Timer(SLOWEST, _hang_up, [self.connection])  # who sends byte by byte is ended, too
        self._end.daemon = True
        self._end.start()

    def finish(self) -> None:
        self._end.cancel()
        with suppress(OSError):
            super().finish()

    def do_GET(self) -> None:
        code, body = self.page(self.path)
        self.send_response(code)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """A probe every few seconds is no news."""


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
