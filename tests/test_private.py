"""Nothing leaves the machine but what was asked for, and nothing is written but what the README names."""

import functools
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.bot_api import BotApiServer
from tests.bot_api.server import TOKEN
from tests.conftest import TINY, write_corpus

SCORES = "# Scores\n\n| Benchmark | GPT-5 | Grok 4 |\n|---|---|---|\n| MMLU | 91.2 | 88.1 |\n"
QUESTION = "who bought the ferry Lantern?"
# To another machine, or to a daemon that looks names of machines up; nscd is asked for names of people, too.
SENT = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(.*(?:sa_family=AF_INET6?|/resolve/|hosts\\0)")
LOOPBACK = re.compile(r'sin_addr=inet_addr\("127\.|inet_pton\(AF_INET6, "::1"')
MODEL_PATHS = r"(?:card\.json|tokenizer\.json|model\.onnx|weights\.bin|verified\.json)"
# What the README's list names, below a home where no XDG folder is set.
NAMED = re.compile(
    rf"\.cache/presscheck/encoders/\w+-\d+/{MODEL_PATHS}|\.cache/presscheck/matplotlib/[\w.-]+"
    r"|\.local/share/presscheck/indexes/.+|\.local/state/presscheck/(?:history|conversation\.json)"
)


@functools.cache
def can_trace() -> bool:
    """Is strace here, and may it look into processes?"""
    tried = ["strace", "-f", "-o", os.devnull, sys.executable, "-c", ""]
    return bool(shutil.which("strace")) and subprocess.run(tried, capture_output=True, timeout=60).returncode == 0


def command_line(arguments: Sequence[str], trace: Path | None) -> list[str]:
    """The command, traced where a file is named."""
    before = ["strace", "-f", "-qq", "-e", "trace=network", "-s", "200", "-o", str(trace)] if trace else []
    return [*before, sys.executable, "-m", "bot", *arguments]


def run(environment: dict[str, str], *arguments: str, stdin: str = "", trace: Path | None = None) -> str:
    """Run the command to its end; its stderr."""
    command = command_line(arguments, trace)
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, env=environment, timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stderr


def wait_for(api: BotApiServer, method: str, bot: "subprocess.Popen[bytes]") -> None:
    """Wait as long as the bot lives: it takes much longer where each call is traced."""
    while not api.requests(method):
        assert bot.poll() is None, f"the bot ended before it called {method}"
        time.sleep(0.05)


def run_bot(environment: dict[str, str], api: BotApiServer, *arguments: str, trace: Path | None = None) -> None:
    """Let the bot answer one question, and stop it."""
    here = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url}
    bot = subprocess.Popen(command_line(["telegram", *arguments], trace), env=environment | here)
    try:
        wait_for(api, "getUpdates", bot)
        api.put(api.chats.says(QUESTION))
        wait_for(api, "sendMessage", bot)
    finally:
        children = Path(f"/proc/{bot.pid}/task/{bot.pid}/children")  # strace's only one is the bot
        os.kill(int(children.read_text(encoding="ascii")) if trace else bot.pid, signal.SIGTERM)
        bot.wait(timeout=60)


def strange(trace: Path) -> list[str]:
    """The traced calls that reach for a name's address or another machine."""
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if SENT.search(line) and not LOOPBACK.search(line)]


class Lived(NamedTuple):
    """What was seen of all commands under a home where nothing was before: traced calls, and files left behind."""

    calls: list[str]
    files: list[str]


@pytest.fixture(scope="module")
def lived(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """The encoder is exported, an index built, questions are asked, a chart is drawn, a chat held, the bot run."""
    place = tmp_path_factory.mktemp("lived")
    folders = [place / "home", place / "temporary"]
    for folder in folders:
        folder.mkdir()
    switches = ("XDG_", "HF_", "ORT_", "MPL", "DO_NOT_TRACK", "TORCH")  # else the tester's own would hide a fault
    kept = {name: value for name, value in environment.items() if not name.startswith(switches)}
    kept |= {"HOME": str(folders[0]), "TMPDIR": str(folders[1])}
    corpus = ["--corpus", str(write_corpus(place / "corpus", {**TINY, "scores.md": SCORES}))]
    trace = place / "trace" if can_trace() else None
    calls = []
    for arguments, typed in (
        (["index", "build"], ""),
        (["ask", QUESTION], ""),
        (["ask", "what did GPT-5 score on MMLU?", "--chart", str(place / "chart.svg")], ""),
        (["chat"], f"{QUESTION}\n/quit\n"),
    ):
        run(kept, *arguments, *corpus, stdin=typed, trace=trace)
        calls += strange(trace) if trace else []
    with BotApiServer(unknown_methods={"sendRichMessage"}) as api:
        run_bot(kept, api, *corpus, trace=trace)
        calls += strange(trace) if trace else []
    left = [str(path.relative_to(folder)) for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return Lived(calls, left)


def test_the_trace_tells_a_look_up_from_the_bots_own_server(tmp_path: Path) -> None:
    calls = {
        'connect(9, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}, 16) = 0': True,
        'connect(9, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0': False,
        'connect(9, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT': False,
        r'sendto(4, "\2\0\0\0\r\0\0\0\6\0\0\0hosts\0", 18, MSG_NOSIGNAL, NULL, 0) = 18': True,
        "socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP) = 9": False,
    }
    for call, reaches in calls.items():
        (tmp_path / "trace").write_text(f"17 {call}\n", encoding="utf-8")
        assert bool(strange(tmp_path / "trace")) is reaches, call


def test_nothing_is_looked_up_and_nobody_is_called_but_the_bots_server(lived: Lived) -> None:
    if not can_trace():
        pytest.skip("strace is missing here or may not look into processes")
    assert lived.calls == []


def test_files_are_written_where_the_readme_says_and_nowhere_else(lived: Lived) -> None:
    assert [file for file in lived.files if not NAMED.fullmatch(file)] == []
    assert {file.partition("/presscheck/")[0] for file in lived.files} >= {".cache", ".local/share"}


@pytest.mark.usefixtures("shipped")
def test_a_home_that_cannot_be_written_to_is_not_spoken_of(
    environment: dict[str, str], home: Path, tmp_path: Path
) -> None:
    """Index and encoder lie elsewhere; the home is a file, below which nobody can write."""
    (tmp_path / "home").write_text("", encoding="utf-8")
    kept = {name: value for name, value in environment.items() if not name.startswith(("XDG_", "ORT_"))}
    kept |= {"HOME": str(tmp_path / "home"), "XDG_DATA_HOME": str(home / "data")}
    kept |= {"PRESSCHECK_CACHE": str(home / "cache" / "presscheck" / "encoders")}
    assert run(kept, "ask", "who leads Meta Superintelligence Labs?") == ""
