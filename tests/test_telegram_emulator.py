"""The bot on a Bot API emulator of others: npm install --no-save --prefix .node telegram-test-api brings it."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.bot_api.server import TOKEN
from tests.test_telegram import program

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / ".node" / "node_modules"
PATIENCE = 60  # seconds; it starts two programs
ANN = {"id": 11, "is_bot": False, "first_name": "Ann"}
CHAT = {"id": 11, "type": "private", "first_name": "Ann"}

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (MODULES / "telegram-test-api").is_dir(), reason="Node has no telegram-test-api"
)

Call = Callable[..., Any]


@pytest.fixture
def call() -> Iterator[Call]:
    """Calls the emulator as a person's client does; the bot runs on it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    script = [str(shutil.which("node")), str(ROOT / "tests" / "bot_api" / "emulator.js"), str(port)]
    environment = os.environ | {"NODE_PATH": str(MODULES)}
    with (
        subprocess.Popen(script, env=environment, stdout=subprocess.PIPE, text=True) as emulator,
        subprocess.Popen(program(TOKEN, url)) as bot,
    ):
        assert emulator.stdout is not None
        assert emulator.stdout.readline() == "ready\n"
        yield partial(post, url)
        bot.terminate()
        assert bot.wait(PATIENCE) == 0
        emulator.terminate()


def post(url: str, path: str, **fields: Any) -> Any:
    """What the emulator gives a person's client."""
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}{path}", json.dumps(fields).encode(), headers)  # noqa: S310 - ours
    with urllib.request.urlopen(request, timeout=PATIENCE) as answered:  # noqa: S310
        return json.load(answered)["result"]


def answer(call: Call) -> dict[str, Any]:
    """The bot's next message."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found: list[dict[str, Any]] = call("/getUpdates", token=TOKEN, chatId=CHAT["id"])
        if found:
            (sent,) = found
            return sent
        time.sleep(0.05)
    raise AssertionError("no answer came")


def said(text: str, **more: Any) -> dict[str, Any]:
    """A person's message."""
    return {"botToken": TOKEN, "from": ANN, "chat": CHAT, "date": int(time.time()), "text": text, **more}


def test_it_answers_a_question_a_command_and_a_button(call: Call) -> None:
    call("/sendMessage", **said("what did zephyr score"))
    first = answer(call)
    assert first["message"]["text"].startswith("“Zephyr scored 61 &amp; won.” [1]")
    assert first["message"]["parse_mode"] == "HTML"
    call("/sendCommand", **said("/help", entities=[{"offset": 0, "length": 5, "type": "bot_command"}]))
    assert "In a group, mention me" in answer(call)["message"]["text"]
    (sources, *_), *_ = first["message"]["reply_markup"]["inline_keyboard"]
    shown = {"message_id": first["messageId"], "chat": CHAT, "date": int(time.time()), "text": "…"}
    call("/sendCallback", **{"botToken": TOKEN, "from": ANN, "message": shown, "data": sources["callback_data"]})
    assert "Zephyr &amp; others" in answer(call)["message"]["text"]
