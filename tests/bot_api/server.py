"""A Bot API server on loopback: updates that a test puts in → the requests that the bot makes, out."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, unquote

from tests.bot_api.chats import BOT, Chats
from tests.bot_api.refusal import Refused
from tests.bot_api.schema import Schema

TOKEN = "123456789:AAF-a_token_of_a_test_server_only__"  # noqa: S105 - opens nothing
PATIENCE = 20  # seconds until a test gives up waiting; reached only by a bot that does not do what it should


@dataclass(frozen=True)
class Request:
    """What the bot asked for, decoded, and what it was given."""

    method: str
    fields: Mapping[str, Any]
    result: Any
    at: float


@dataclass(frozen=True)
class Fault:
    """How to answer the next matching requests: an HTTP status, or a connection cut without an answer."""

    code: int | None  # None: cut the connection
    description: str = "Internal Server Error"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    after_doing: bool = False  # the request takes effect, only its answer is lost


class BotApiServer:
    """Started as a context manager; every access is safe from any thread."""

    def __init__(self, unknown_methods: Collection[str] = ()) -> None:
        self.schema = Schema()
        self.chats = Chats()
        self.refusals: list[tuple[str, str]] = []  # what the bot should not have sent; a test ends with it empty
        self.unknown_methods = set(unknown_methods)  # as on a server of an older Bot API
        self._requests: list[Request] = []
        self._faults: dict[str, deque[Fault]] = {}
        self._chooser: Callable[[str], Fault | None] = lambda _: None
        self._updates: dict[int, dict[str, Any]] = {}
        self._repeats: list[dict[str, Any]] = []
        self._confirmed = 0  # updates of lower numbers are forgotten
        self._changed = threading.Condition(threading.RLock())
        self._closed = False
        self._webhook: Mapping[str, Any] | None = None

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"api": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *reason: object) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # What a test does

    def put(self, update: Mapping[str, Any]) -> int:
        """Hand the bot an update, made by `chats`."""
        with self._changed:
            number = 1000 + len(self._updates)
            self._updates[number] = {"update_id": number, **update}
            self._changed.notify_all()
        if self._webhook is not None:
            assert self.call_webhook(self._updates[number]) == 200
        return number

    def call_webhook(self, update: Mapping[str, Any], secret: str | None = None) -> int:
        """Hand an update over as Telegram calls a webhook; returns the status that the bot answers with."""
        assert self._webhook is not None
        secret = self._webhook["secret_token"] if secret is None else secret
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
        url = str(self._webhook["url"])
        request = urllib.request.Request(url, json.dumps(update).encode(), headers)  # noqa: S310 - the bot's own
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answered:  # noqa: S310
                return int(answered.status)
        except urllib.error.HTTPError as refused:
            refused.close()
            return refused.code

    def repeat(self, update_id: int) -> None:
        """Deliver an update again that the bot has confirmed."""
        with self._changed:
            self._repeats.append(self._updates[update_id])
            self._changed.notify_all()

    def fail(self, method: str, *faults: Fault) -> None:
        """Answer the method's next requests with these."""
        with self._changed:
            self._faults.setdefault(method, deque()).extend(faults)

    def fail_as(self, chooser: Callable[[str], Fault | None]) -> None:
        """Let a function choose for every request whether and how it fails."""
        self._chooser = chooser

    def requests(self, *methods: str) -> list[Request]:
        """The requests that took effect so far."""
        with self._changed:
            return [request for request in self._requests if not methods or request.method in methods]

    def forget(self) -> None:
        """As if no request had been made yet."""
        with self._changed:
            self._requests.clear()

    def wait_for(self, method: str, count: int = 1) -> list[Request]:
        """Wait until the bot has made so many of these requests."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.requests(method)) >= count, PATIENCE):
                made = [request.method for request in self._requests]
                raise AssertionError(f"{count} × {method} did not come; there were {made}, refused {self.refusals}")
            return self.requests(method)

    def wait_until(self, reached: Callable[[], bool]) -> None:
        """Wait for something that requests of the bot bring about."""
        with self._changed:
            if not self._changed.wait_for(reached, PATIENCE):
                made = [(request.method, request.fields.get("text")) for request in self._requests]
                raise AssertionError(f"it did not come; there were {made}, refused {self.refusals}")

    def wait_until_idle(self, update_id: int) -> None:
        """Wait until the bot has fetched this update and asks for more."""
        with self._changed:
            assert self._changed.wait_for(
                lambda: any(r.fields.get("offset", 0) > update_id for r in self.requests("getUpdates")), PATIENCE
            ), "the update was never confirmed"

    # What the bot does

    def answer(self, token: str, method: str, fields: Mapping[str, Any]) -> tuple[int, dict[str, Any]] | None:
        """One request → HTTP status and body; None to cut the connection."""
        method = self.schema.named(method)
        if token != TOKEN:
            return _error(401, "Unauthorized")
        with self._changed:
            waiting = self._faults.get(method)
            fault = waiting.popleft() if waiting else self._chooser(method)
        if fault is not None and not fault.after_doing:
            return _fault(fault)
        if method in self.unknown_methods:
            return _error(404, "Not Found: method not found")
        try:
            answered = 200, {"ok": True, "result": self._do(method, fields)}
        except Refused as refused:
            with self._changed:
                self.refusals.append((method, refused.description))
                self._changed.notify_all()
            return _error(refused.code, refused.description)
        except Exception as mistake:  # in this server: the test ends with it, rather than with a bot that tries again
            self.refusals.append((method, repr(mistake)))
            return _error(400, repr(mistake))
        return _fault(fault) if fault is not None else answered

    def _do(self, method: str, fields: Mapping[str, Any]) -> Any:
        decoded = self.schema.check_request(method, fields)
        with self._changed:
            if method == "getUpdates":
                self._note(Request(method, decoded, None, time.monotonic()))
                return self._next_updates(decoded)
            if method in ("setWebhook", "deleteWebhook"):
                self._webhook = decoded if method == "setWebhook" else None
            result = self.chats.do(method, decoded)
            self._note(Request(method, decoded, result, time.monotonic()))
            return result

    def _note(self, request: Request) -> None:
        self._requests.append(request)
        self._changed.notify_all()

    def _next_updates(self, fields: Mapping[str, Any]) -> list[dict[str, Any]]:
        self._confirmed = max(self._confirmed, fields.get("offset", 0))

        def waiting() -> list[dict[str, Any]]:
            fresh = [update for number, update in sorted(self._updates.items()) if number >= self._confirmed]
            return [*self._repeats, *fresh][: fields.get("limit", 100)]

        self._changed.wait_for(lambda: self._closed or waiting(), fields.get("timeout", 0))
        found = waiting()
        self._repeats.clear()
        return found


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # with the usual 5, some of many connections at once wait for seconds


class _Handler(BaseHTTPRequestHandler):
    api: BotApiServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def handle(self) -> None:
        with suppress(ConnectionResetError):  # a bot that was killed
            super().handle()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        token, _, method = self.path.removeprefix("/bot").partition("/")
        answered = self.api.answer(token, method, _fields(self.headers.get("Content-Type", ""), body))
        if answered is None:
            self.close_connection = True
            return
        self._reply(answered[0], json.dumps(answered[1]).encode(), "application/json")

    def do_GET(self) -> None:
        token, _, path = unquote(self.path).removeprefix("/file/bot").partition("/")
        content = self.api.chats.files.get(path) if token == TOKEN else None
        self._reply(200 if content is not None else 404, content or b"", "application/octet-stream")

    def _reply(self, code: int, body: bytes, kind: str) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *values: Any) -> None:  # noqa: A002 - the base class names it so
        """Tests read the requests, not a log."""


def _fields(kind: str, body: bytes) -> dict[str, Any]:
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    form = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body, policy=HTTP)
    fields: dict[str, Any] = {}
    for part in form.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        name = str(part.get_param("name", header="content-disposition"))
        fields[name] = content if part.get_filename() else content.decode()
    return fields


def _fault(fault: Fault) -> tuple[int, dict[str, Any]] | None:
    return None if fault.code is None else _error(fault.code, fault.description, fault.parameters)


def _error(code: int, description: str, parameters: Mapping[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
    body = {"ok": False, "error_code": code, "description": description}
    return code, body | ({"parameters": dict(parameters)} if parameters else {})


__all__ = ["BOT", "TOKEN", "BotApiServer", "Fault", "Request"]
