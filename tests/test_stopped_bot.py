"""A stop while the index is being written: the process ends, and the index stays as it was."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.terminal.edge import Outcome
from tests.bot_api import BotApiServer
from tests.bot_api.chats import ANN
from tests.bot_api.server import TOKEN
from tests.conftest import Command

# The command, whose index takes ten minutes to be written.
PROGRAM = """
import sys, time
from index import Store
def slow(self, *_):
    print("writing", file=sys.stderr, flush=True)
    time.sleep(600)
Store.replace = slow
from bot.cli import main
main()
"""


def begin(environment: dict[str, str], *arguments: str | Path, **more: str) -> "subprocess.Popen[str]":
    """A process that comes as far as writing the index."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment | more,
    )  # fmt: skip


def wait_until_it_writes(process: "subprocess.Popen[str]") -> None:
    """It says so."""
    assert process.stderr is not None
    for line in process.stderr:
        if line == "writing\n":
            return
    raise AssertionError(f"it ended with {process.wait()}")


@pytest.fixture
def index(shipped: Command, corpus: Path, tmp_path: Path) -> tuple[str, ...]:
    """The options that name an index of three articles."""
    options = ("--corpus", str(corpus), "--index", str(tmp_path / "index"))
    assert shipped("index", "build", *options).status == 0
    (tmp_path / "new.md").write_text("# Pier Post\n\nThe pier is closed.\n")
    return options


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGINT, int(Outcome.INTERRUPTED))]
)
def test_a_stop_of_the_terminals_command_leaves_the_index_as_it_was(
    shipped: Command, environment: dict[str, str], index: tuple[str, ...], tmp_path: Path, number: int, status: int
) -> None:
    before = shipped("index", "status", *index)
    process = begin(environment, "index", "add", tmp_path / "new.md", *index)
    wait_until_it_writes(process)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (status, "")
    assert shipped("index", "status", *index) == before
    assert shipped("index", "add", tmp_path / "new.md", *index).status == 0


def test_a_stop_of_the_bot_leaves_the_index_as_it_was_and_says_so(
    shipped: Command, environment: dict[str, str], index: tuple[str, ...], tmp_path: Path, api: BotApiServer
) -> None:
    before = shipped("index", "status", *index)
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "PRESSCHECK_ADMINS": f"[{ANN['id']}]"}
    process = begin(environment, "telegram", *index, **settings)
    api.put(api.chats.uploads("new.md", (tmp_path / "new.md").read_bytes(), ANN))
    wait_until_it_writes(process)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert api.chats.shown()[0].startswith("I was stopped before I had finished; the articles are unchanged.")
    assert shipped("index", "status", *index) == before
    assert shipped("index", "add", tmp_path / "new.md", *index).status == 0
