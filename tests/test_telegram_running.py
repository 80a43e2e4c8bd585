"""The webhook, the port for probes, and what is counted."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress

import pytest

from bot.errors import BotError
from bot.telegram_app import health, webhook
from bot.telegram_app.health import HealthServer
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.options import TelegramOptions
from bot.telegram_app.pulse import Pulse
from tests.bot_api import BotApiServer, Fault
from tests.bot_api.server import TOKEN
from tests.telegram_bench import Bench, StubDesk


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def page(port: int, path: str) -> tuple[int, str]:
    """What the port answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answered:
            return answered.status, answered.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, ""


def test_a_webhook_takes_updates_from_telegram_alone(rich_api: BotApiServer) -> None:
    port = free_port()
    with Bench(rich_api, StubDesk(), webhook_url=f"http://127.0.0.1:{port}/", webhook_port=port) as bench:
        (hook,) = rich_api.wait_for("setWebhook")
        path = str(hook.fields["url"]).removeprefix(f"http://127.0.0.1:{port}/")
        assert len(path) == len(hook.fields["secret_token"]) == 40
        assert TOKEN.partition(":")[2] not in hook.fields["url"]
        forged = {"update_id": 1, **rich_api.chats.says("forged")}
        assert rich_api.call_webhook(forged, "guessed") == 403
        assert page(port, "/")[0] == 404
        bench.ask("zephyr")
        bench.shown(1)
        assert [question for question, _ in bench.desk.asked] == ["zephyr"]
    assert rich_api.requests("getUpdates") == []


PROGRAM = """
from bot.errors import BotError
from bot.telegram_app import run
from tests.telegram_bench import StubDesk
try:
    run(StubDesk(), token={token!r}, base_url={url!r}, webhook_url="http://bot.example", webhook_port={port})
except BotError as error:
    raise SystemExit(str(error))
"""


def start(rich_api: BotApiServer, port: int) -> str:
    """What a bot that can't start says at last."""
    program = PROGRAM.format(token=TOKEN, url=rich_api.url, port=port)
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    return ended.stderr.splitlines()[-1]


def test_a_webhook_that_telegram_does_not_take_is_one_sentence(rich_api: BotApiServer) -> None:
    refusal = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    rich_api.fail("setWebhook", *[Fault(400, refusal)] * 9)
    assert "https url must be provided" in start(rich_api, free_port()).lower()


def test_a_webhooks_port_that_is_taken_is_one_sentence(rich_api: BotApiServer) -> None:
    with socket.socket() as taken:
        taken.bind(("", 0))
        taken.listen()
        assert "PRESSCHECK_WEBHOOK_PORT" in start(rich_api, taken.getsockname()[1])


def call(port: int, head: str, body: bytes = b"") -> bytes:
    """What the port says to a call that is never finished, until it hangs up."""
    said = b""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as caller, suppress(ConnectionError):
        caller.sendall(head.encode() + body)
        while got := caller.recv(65536):
            said += got
    return said


HUGE = "Content-Length: 30000000\r\n\r\n"


def test_a_call_is_refused_before_its_body_is_read(rich_api: BotApiServer) -> None:
    port = free_port()
    with Bench(rich_api, StubDesk(), webhook_url=f"http://127.0.0.1:{port}/", webhook_port=port) as bench:
        path, secret = bench.options.secret("path"), bench.options.secret("header")
        known = f"POST /{path} HTTP/1.1\r\nHost: bot\r\nX-Telegram-Bot-Api-Secret-Token: "
        unfinished = "Content-Length: 900000\r\n\r\n"
        assert call(port, f"POST /elsewhere HTTP/1.1\r\nHost: bot\r\n{unfinished}", b"{").startswith(b"HTTP/1.1 404")
        assert call(port, f"POST /{path} HTTP/1.1\r\nHost: bot\r\n{unfinished}", b"{").startswith(b"HTTP/1.1 403")
        assert call(port, f"{known}guessed\r\n{unfinished}", b"{").startswith(b"HTTP/1.1 403")
        assert call(port, f"{known}{secret}\r\n{HUGE}").startswith(b"HTTP/1.1 400")
        chunked = "Transfer-Encoding: chunked\r\n\r\n"
        assert call(port, f"{known}{secret}\r\n{chunked}", (b"10000\r\n" + b"x" * 65536 + b"\r\n") * 20)[9:12] != b"200"
        assert call(port, "POST /" + "x" * 20_000) == b""
        bench.ask("zephyr")
        bench.shown(1)


def drip(port: int) -> bool:
    """Whether it hangs up on a caller who sends byte by byte."""
    deadline = time.monotonic() + 30
    with socket.create_connection(("127.0.0.1", port)) as caller, suppress(ConnectionError):
        caller.settimeout(0.05)
        while time.monotonic() < deadline:
            caller.sendall(b"x")
            with suppress(TimeoutError):
                if caller.recv(1) == b"":
                    return True
    return time.monotonic() < deadline


def test_a_slow_call_is_hung_up_on(rich_api: BotApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "SLOWEST", 0.5)
    port = free_port()
    with Bench(rich_api, StubDesk(), webhook_url=f"http://127.0.0.1:{port}/", webhook_port=port) as bench:
        path, secret = bench.options.secret("path"), bench.options.secret("header")
        head = f"POST /{path} HTTP/1.1\r\nHost: bot\r\nX-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
        assert call(port, "POST /") == b""
        assert call(port, head + "Content-Length: 1000\r\n\r\n", b"{") == b""


def test_a_call_that_is_no_update_is_not_asked_for_again(rich_api: BotApiServer) -> None:
    port = free_port()
    with Bench(rich_api, StubDesk(), webhook_url=f"http://127.0.0.1:{port}/", webhook_port=port) as bench:
        assert rich_api.call_webhook({"no": "update"}) == 200
        bench.ask("zephyr")
        bench.shown(1)


def test_the_path_and_the_header_differ_by_bot_and_from_each_other() -> None:
    one, other = TelegramOptions(token=TOKEN), TelegramOptions(token=f"{TOKEN}x")
    assert len({options.secret(purpose) for options in (one, other) for purpose in ("path", "header")}) == 4
    assert one.secret("path") == TelegramOptions(token=TOKEN).secret("path")


def test_the_port_for_probes_says_that_the_bot_is_alive_and_counts_what_it_did(rich_api: BotApiServer) -> None:
    port = free_port()
    with Bench(rich_api, StubDesk(), health_port=port) as bench:
        bench.ask("zephyr")
        bench.ask("fail please")
        bench.ask("zephyr")
        bench.shown(3)
        assert page(port, "/healthz") == (200, "ok\n")
        assert page(port, "/other")[0] == 404
        expected = {
            'presscheck_answers_total{kind="passages"} 2.0',
            "presscheck_failures_total 1.0",
            'presscheck_telegram_requests_total{method="sendRichMessage",outcome="ok"} 2.0',
            "presscheck_answer_seconds_count 2.0",
        }
        deadline = time.monotonic() + 10  # people see an answer a moment before it is counted
        while expected - set(page(port, "/metrics")[1].splitlines()) and time.monotonic() < deadline:
            time.sleep(0.05)
        status, counted = page(port, "/metrics")
        assert (status, expected - set(counted.splitlines())) == (200, set())
        assert "zephyr" not in counted
    with pytest.raises(OSError, match="refused"):
        page(port, "/healthz")


def test_the_port_for_probes_is_this_machines_own_and_hangs_up_on_who_is_slow(
    rich_api: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "SLOWEST", 0.5)
    port = free_port()
    with Bench(rich_api, StubDesk(), health_port=port):
        assert drip(port)
        with socket.socket() as other:  # the same port of another address is free
            other.bind(("127.0.0.2", port))
    everywhere = HealthServer("0.0.0.0", port, Metrics(), Pulse())  # noqa: S104 - that is asked for
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.2", port))
    everywhere.stop()


def test_a_port_that_is_taken_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("", 0))
        taken.listen()
        with pytest.raises(BotError, match="can't be opened"):
            HealthServer("127.0.0.1", taken.getsockname()[1], Metrics(), Pulse())
