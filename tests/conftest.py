"""What the tests stand on: the real command, a folder of its own for everything it writes, and one built index."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from index import DEFAULT_ENCODER, Builder, Index, Store

if TYPE_CHECKING:  # python-telegram-bot takes half a second, which most tests need not wait for
    from tests.bot_api import BotApiServer
    from tests.telegram_bench import Bench

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
TINY = {
    "harbour.md": "---\ntitle: Harbour news\npublisher: The Quay\npublished: 2031-05-04\n---\n\n# Harbour news\n\n"
    "The ferry Lantern was sold to Oskar Brandt for $3.5 million in May 2031. Brandt wants to paint it green.\n\n"
    "## Timetable\n\nThe Lantern leaves at nine every morning. No ferry leaves on Sundays.\n",
    "museum.txt": "The museum opens again\n\nThe glass museum opened its doors again in June after two years of "
    "repairs. Its director Maja Lind said that the roof had leaked.\n\nThe ticket costs four crowns.\n",
    "orchard.md": "# Orchard report\n\n| Tree | Apples |\n|---|---|\n| Old oak side | 120 |\n| South wall | 85 |\n\n"
    "The harvest was late because the spring was cold.\n",
}


class Done(NamedTuple):
    """What a finished command left."""

    status: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that nothing else has written to."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def environment(home: Path) -> dict[str, str]:
    """The environment of commands: theirs is the session's home, and no setting of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PRESSCHECK_", "TELEGRAM_"))}
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CACHE", "STATE", "CONFIG")}
    return kept | folders | {"HOME": str(home), "COLUMNS": "100", "NO_COLOR": "1", "PYTHONWARNINGS": "default"}


@pytest.fixture(scope="session")
def presscheck(environment: dict[str, str]) -> Command:
    """Runs the real command in a process of its own."""

    def run(*arguments: str | Path, stdin: str = "", env: dict[str, str] | None = None) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment | (env or {}),
            timeout=300,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def shipped(presscheck: Command) -> Command:
    """The command, its index of the shipped corpus built: by the first question, as on a user's machine."""
    done = presscheck("ask", "who leads Meta Superintelligence Labs?")
    assert done.status == 0, done.err
    assert "Building the index" in done.err
    return presscheck


@pytest.fixture(scope="session")
def cache(shipped: Command, home: Path) -> Path:
    """The folder with the exported encoder."""
    assert callable(shipped)
    return home / "cache" / "presscheck" / "encoders"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of three small articles."""
    return write_corpus(tmp_path / "corpus", TINY)


def write_corpus(folder: Path, articles: dict[str, str]) -> Path:
    """Write articles to a new folder."""
    folder.mkdir(parents=True)
    for name, text in articles.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def make_builder(cache: Path, tmp_path: Path) -> Callable[..., Builder]:
    """Builders of indexes below the test's folder."""

    def make(corpus: Path, name: str = "index") -> Builder:
        return Builder(Store(tmp_path / name), corpus, DEFAULT_ENCODER, cache)

    return make


@pytest.fixture(scope="session")
def tiny(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An open index of the three small articles."""
    folder = tmp_path_factory.mktemp("tiny")
    store = Store(folder / "index")
    Builder(store, write_corpus(folder / "corpus", TINY), DEFAULT_ENCODER, cache).build()
    index = Index(store, cache)
    yield index
    index.close()
    shutil.rmtree(folder)


@pytest.fixture
def api() -> "Iterator[BotApiServer]":
    """A server of a Bot API before rich messages; whatever it refused fails the test that did not expect it."""
    from tests.bot_api import BotApiServer

    with BotApiServer(unknown_methods={"sendRichMessage"}) as server:
        yield server
    assert server.refusals == []


@pytest.fixture
def rich_api() -> "Iterator[BotApiServer]":
    """A server that takes rich messages; refusals as for the other."""
    from tests.bot_api import BotApiServer

    with BotApiServer() as server:
        yield server
    assert server.refusals == []


@pytest.fixture
def bench(api: "BotApiServer") -> "Iterator[Bench]":
    """The bot on a stub desk."""
    from tests.telegram_bench import Bench, StubDesk

    with Bench(api, StubDesk()) as running:
        yield running
