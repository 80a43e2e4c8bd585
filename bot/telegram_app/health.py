"""A port in → /healthz and /metrics answered on it while the bot runs, out."""

import asyncio
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bot.errors import BotError
from bot.telegram_app.metrics import Metrics

PATIENCE = 2.0  # seconds for the bot's loop to answer; one that takes longer answers nobody


class HealthServer:
    """Answers from threads of its own, so that a bot that hangs is seen to hang."""

    def __init__(self, port: int, metrics: Metrics) -> None:
        """Raises BotError where the port is taken."""
        self._metrics = metrics
        self._loop: asyncio.AbstractEventLoop | None = None
        handler = type("Handler", (_Handler,), {"page": staticmethod(self._page)})
        try:
            self._server = ThreadingHTTPServer(("", port), handler)
        except OSError as error:
            raise BotError(f"port {port} for /healthz can't be opened ({error.strerror}). Name another one.") from error
        self.port = self._server.server_address[1]

    def start(self) -> None:
        """From now on; to be called on the bot's loop."""
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._server.serve_forever, name="health", daemon=True).start()

    def stop(self) -> None:
        """No more."""
        self._server.shutdown()
        self._server.server_close()

    def _page(self, path: str) -> tuple[int, bytes]:
        match path.partition("?")[0]:
            case "/healthz":
                return (200, b"ok\n") if self._is_alive() else (503, b"the bot does not answer\n")
            case "/metrics":
                return 200, self._metrics.text()
            case _:
                return 404, b"not found\n"

    def _is_alive(self) -> bool:
        answered = threading.Event()
        try:
            assert self._loop is not None  # noqa: S101 - `start` came first
            self._loop.call_soon_threadsafe(answered.set)
        except RuntimeError:  # the loop is closed
            return False
        return answered.wait(PATIENCE)


class _Handler(BaseHTTPRequestHandler):
    page: Callable[[str], tuple[int, bytes]]

    def do_GET(self) -> None:
        code, body = self.page(self.path)
        self.send_response(code)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """A probe every few seconds is no news."""
