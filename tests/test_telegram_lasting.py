"""What happens to a bot that runs for months: full disks, backups, outages, restarts; no question is lost."""

import json
import logging
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.state import State
from bot.telegram_app import order, patience, polling, pulse, webhook
from tests.bot_api import BotApiServer, Fault
from tests.bot_api.chats import ANN, BEN
from tests.bot_api.server import TOKEN
from tests.telegram_bench import Bench, StubDesk
from tests.test_telegram_running import free_port, page

DOWN = Fault(500)
REFUSED = Fault(401, "Unauthorized")
LAG = 20  # seconds until a test gives up waiting


def eventually(reached: Callable[[], bool]) -> bool:
    """Whether it comes to that."""
    deadline = time.monotonic() + LAG
    while not reached() and time.monotonic() < deadline:
        time.sleep(0.05)
    return reached()


def file_of(folder: Path) -> Path:
    """Where the bot keeps its state when it is told `folder/bot.sqlite`."""
    return folder / f"bot-{TOKEN.partition(':')[0]}.sqlite"


PROGRAM = """
from pathlib import Path
from bot.errors import BotError
from bot.telegram_app import polling, run
from tests.telegram_bench import StubDesk
polling.WAITS = (0.1,)
class Stuck(StubDesk):
    def add(self, articles, progress=None):
        import time
        time.sleep(600)
try:
    run(Stuck(), token={token!r}, base_url={url!r}, state_file=Path({state!r}), admins={{11}})
except BotError as error:
    raise SystemExit(str(error))
"""


@contextmanager
def running(api: BotApiServer, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """The bot in a process of its own, which is stopped in the end, if it hasn't ended."""
    polls = len(api.requests("getUpdates"))
    program = PROGRAM.format(token=TOKEN, url=api.url, state=str(folder / "bot.sqlite"))
    with subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True) as process:
        try:
            api.wait_for("getUpdates", polls + 1)
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=60)


def ask_as(api: BotApiServer, numbers: Sequence[int]) -> None:
    """A question in each of so many chats."""
    for number in numbers:
        api.put(api.chats.says(f"echo {number}", {**BEN, "id": number}, {"id": number, "type": "private"}))


def answered(api: BotApiServer, numbers: Sequence[int]) -> list[list[str]]:
    """What each chat was answered."""
    return [api.chats.shown({"id": number}) for number in numbers]


def test_while_a_backup_holds_the_state_questions_are_answered_and_remembered(
    api: BotApiServer, tmp_path: Path
) -> None:
    port = free_port()
    with Bench(api, StubDesk(), state_file=tmp_path / "bot.sqlite", health_port=port) as bench:
        bench.ask("echo one")
        bench.shown(1)
        backup = sqlite3.connect(file_of(tmp_path), isolation_level=None, timeout=30)
        backup.execute("BEGIN IMMEDIATE")
        bench.ask("echo two")
        bench.ask("echo three")
        assert bench.shown(3) == ["one", "two", "three"]
        assert bench.desk.asked[-1] == ("echo three", ("echo one", "echo two"))
        assert page(port, "/healthz")[0] == 200
        assert "presscheck_unsaved_changes 0.0" not in page(port, "/metrics")[1]
        backup.execute("ROLLBACK")
        backup.close()
        assert eventually(lambda: "presscheck_unsaved_changes 0.0" in page(port, "/metrics")[1])
        last = bench.ask("echo four")
        bench.shown(4)
        assert bench.desk.asked[-1] == ("echo four", ("echo one", "echo two", "echo three"))
    with State(file_of(tmp_path)) as state:
        reply = state.reply(11, bench.message_id(last))
        assert reply is not None
        assert reply.question == "echo four"
        assert state.take_pending() == ((), ())


def test_telegram_forgets_no_update_that_is_neither_written_nor_dealt_with(api: BotApiServer, tmp_path: Path) -> None:
    with Bench(api, StubDesk(), state_file=tmp_path / "bot.sqlite") as bench:
        backup = sqlite3.connect(file_of(tmp_path), isolation_level=None, timeout=30)
        backup.execute("BEGIN IMMEDIATE")
        number = bench.put(api.chats.says("wait"))
        assert eventually(lambda: bool(bench.desk.asked))
        time.sleep(0.5)  # in which the next request would come
        assert max(int(request.fields.get("offset", 0)) for request in api.requests("getUpdates")) <= number
        bench.desk.go.set()
        bench.shown(1)
        api.wait_until_idle(number)
        backup.execute("ROLLBACK")
        backup.close()


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux")
def test_while_the_disk_is_full_questions_are_answered_and_afterwards_all_is_in_the_file(
    api: BotApiServer, tmp_path: Path
) -> None:
    with running(api, tmp_path) as process:
        ask_as(api, [20])
        api.wait_for("sendMessage")
        unlimited = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1000, unlimited[1]))
        ask_as(api, range(21, 41))
        api.wait_for("sendMessage", 21)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, unlimited)
        ask_as(api, [41])
        api.wait_for("sendMessage", 22)
        assert eventually(lambda: handled(file_of(tmp_path)) == 22)
    assert answered(api, range(20, 42)) == [[str(number)] for number in range(20, 42)]
    assert process.returncode == 0


def handled(file: Path) -> int:
    """How many updates the file knows to be dealt with, where none is left."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as opened:
        ((done,),) = opened.execute("SELECT count(*) FROM handled")
        ((left,),) = opened.execute("SELECT count(*) FROM pending")
    opened.close()
    return int(done) - 1000 * int(left)


def test_one_refusal_of_the_token_is_no_end(api: BotApiServer) -> None:
    with Bench(api, StubDesk()) as bench:
        api.fail("getUpdates", REFUSED, REFUSED)
        bench.ask("echo one")  # ends the request that Telegram holds back
        bench.shown(1)
        bench.ask("echo two")
        assert bench.shown(2) == ["one", "two"]


def test_a_refusal_in_the_middle_of_an_answer_only_delays_it(bench: Bench) -> None:
    bench.api.fail("sendMessage", REFUSED, REFUSED)
    bench.ask("echo one")
    assert bench.shown(1) == ["one"]


def test_a_token_that_stays_refused_ends_the_bot_with_one_sentence(api: BotApiServer, tmp_path: Path) -> None:
    with running(api, tmp_path) as process:
        api.fail("getUpdates", *[REFUSED] * 50)
        ask_as(api, [20])
        _, log = process.communicate(timeout=60)
    assert process.returncode == 1
    assert log.splitlines()[-1].startswith("Telegram refuses the bot token. Copy it again from @BotFather")
    assert "Traceback" not in log
    assert TOKEN.partition(":")[2] not in log


def test_a_receiver_that_ends_ends_the_bot(api: BotApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "LISTENING", timedelta(0))
    monkeypatch.setattr(polling.Polling, "run", polling.Polling._fetch)
    bench = Bench(api, StubDesk())
    with pytest.raises(AssertionError, match="takes no more updates"), bench:
        assert eventually(lambda: not bench.service.is_running)


def test_an_update_that_cannot_be_read_is_passed_over(bench: Bench) -> None:
    unreadable = bench.api.chats.says("echo lost")
    unreadable["message"] = unreadable["message"] | {"date": "yesterday"}
    bench.put(unreadable)
    bench.ask("echo one")
    assert bench.shown(1) == ["one"]
    bench.put(unreadable)
    bench.ask("echo two")
    assert bench.shown(2) == ["one", "two"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that waits for less."""
    monkeypatch.setattr(polling, "WAITS", (0.1,))
    monkeypatch.setattr(polling, "LISTENING", timedelta(seconds=1))
    monkeypatch.setattr(pulse, "LATELY", 3.0)
    monkeypatch.setattr(webhook, "PROBING", 0.5)
    monkeypatch.setattr(patience, "WAITS", (0.01,) * 5)


@pytest.mark.usefixtures("quick")
def test_the_probe_fails_for_as_long_as_telegram_is_not_reached(api: BotApiServer) -> None:
    port = free_port()
    with Bench(api, StubDesk(), health_port=port):
        assert page(port, "/healthz") == (200, "ok\n")
        api.fail_as(lambda method: DOWN if method == "getUpdates" else None)
        assert eventually(lambda: page(port, "/healthz")[0] == 503)
        api.fail_as(lambda _: None)
        assert eventually(lambda: page(port, "/healthz")[0] == 200)


@pytest.mark.usefixtures("quick")
def test_a_bot_that_is_called_asks_by_itself_whether_telegram_is_there(rich_api: BotApiServer) -> None:
    port, health = free_port(), free_port()
    hook = {"webhook_url": f"http://127.0.0.1:{port}/", "webhook_port": port}
    with Bench(rich_api, StubDesk(), health_port=health, **hook):
        rich_api.wait_for("getMe", 3)
        assert page(health, "/healthz") == (200, "ok\n")
        rich_api.fail_as(lambda method: DOWN if method == "getMe" else None)
        assert eventually(lambda: page(health, "/healthz")[0] == 503)


@pytest.mark.usefixtures("quick")
def test_containers_are_told_how_the_bot_is(api: BotApiServer) -> None:
    port = free_port()

    def told() -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "bot.healthy"], capture_output=True, text=True, check=False,
            env={"PRESSCHECK_HEALTH_PORT": str(port), "HTTP_PROXY": "http://127.0.0.1:9"},
        )  # fmt: skip
        return done.returncode, done.stderr

    with Bench(api, StubDesk(), health_port=port):
        assert told() == (0, "")
        api.fail_as(lambda method: DOWN if method == "getUpdates" else None)
        assert eventually(lambda: page(port, "/healthz")[0] == 503)
        status, words = told()
        assert (status, words[:26]) == (1, "Telegram was last reached ")
    assert told()[0] == 1
    assert '"bot.healthy"' in (Path(__file__).parent.parent / "Dockerfile").read_text()


def test_an_outage_and_three_restarts_lose_no_question(api: BotApiServer, tmp_path: Path) -> None:
    chats = range(20, 40)
    tried: list[str] = []

    def down(method: str) -> Fault | None:
        tried.extend([method] * (method == "sendMessage"))
        return DOWN if method == "sendMessage" else None

    api.fail_as(down)
    ask_as(api, chats)
    for _ in range(3):
        tried.clear()
        with running(api, tmp_path) as process:
            assert eventually(lambda: len(tried) >= len(chats))
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)
        assert process.returncode == 0
    api.fail_as(lambda _: None)
    with running(api, tmp_path):
        api.wait_for("sendMessage", len(chats))
    assert answered(api, chats) == [[str(number)] for number in chats]


@pytest.mark.usefixtures("quick")
def test_an_answer_waits_for_the_end_of_an_outage_and_the_chat_keeps_its_order(bench: Bench) -> None:
    bench.api.fail("sendMessage", *[DOWN] * 30)
    bench.ask("echo one")
    bench.ask("echo two")
    assert bench.shown(2) == ["one", "two"]
    assert bench.desk.asked == [("echo one", ()), ("echo two", ("echo one",))]


@pytest.mark.usefixtures("quick")
def test_an_answer_that_is_given_up_is_tried_again_later(api: BotApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "OUTAGE", 0.0)
    monkeypatch.setattr(order, "AGAIN_AFTER", 0.2)
    monkeypatch.setattr(order, "TOO_OLD", timedelta(days=100_000))  # the messages of this server have an old date
    with Bench(api, StubDesk()) as bench:
        api.fail("sendMessage", *[DOWN] * 3)
        bench.ask("echo one")
        assert bench.shown(1) == ["one"]
        assert len(bench.desk.asked) == 1  # its answer was remembered
        bench.ask("echo two")
        assert bench.shown(2) == ["one", "two"]


def test_an_update_that_ended_the_process_twice_is_told_and_not_tried(api: BotApiServer, tmp_path: Path) -> None:
    asked = {"update_id": 7, **api.chats.says("echo deadly")}
    with State(file_of(tmp_path)) as state:
        state.add_pending(7, json.dumps(asked))
        for _ in range(2):
            state.mark_begun(7)
    with Bench(api, StubDesk(), state_file=tmp_path / "bot.sqlite") as bench:
        assert bench.shown(1)[0].startswith("Something went wrong on my side")
        assert bench.desk.asked == []


def test_a_stop_does_not_wait_for_an_article_that_is_being_added(api: BotApiServer, tmp_path: Path) -> None:
    with running(api, tmp_path) as process:
        api.put(api.chats.uploads("long.md", b"# Long\n\nwords\n", ANN))
        api.wait_until(lambda: api.chats.shown() == ["Reading long.md …"])
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)  # the desk would take ten minutes
    assert process.returncode == 0
    assert api.chats.shown()[0].startswith("I was stopped before I had finished; the articles are unchanged.")


def test_what_libraries_call_an_error_is_in_the_log_without_its_values() -> None:
    program = (
        "import logging; from bot.telegram_app.log import start_logging; start_logging();"
        "logging.getLogger('telegram.ext.Application').error('It failed: %s', 'private words')"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(ended.stderr) | {"time": ""} == {
        "time": "", "level": "error", "logger": "telegram.ext.Application", "event": "It failed: %s",
    }  # fmt: skip


def test_an_error_in_the_background_is_logged_without_its_words(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise ValueError("private words")

    loop: Any = bench.service._loop
    loop.call_soon_threadsafe(lambda: loop.create_task(fail()))
    assert eventually(lambda: "an error in the background" in caplog.text)
    assert not [record for record in caplog.records if "private" in str(record.msg)]
    assert not re.search(
        "asyncio", " ".join(record.name for record in caplog.records if record.levelno >= logging.ERROR)
    )


def test_an_update_that_only_waits_for_telegram_is_no_danger(
    api: BotApiServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order, "HARMLESS_AFTER", 0.2)
    api.fail_as(lambda method: DOWN if method == "sendMessage" else None)
    file = file_of(tmp_path)

    def tries() -> list[int]:
        with sqlite3.connect(file) as opened:
            found = [tried for (tried,) in opened.execute("SELECT tries FROM pending")]
        opened.close()
        return found

    with Bench(api, StubDesk(), state_file=tmp_path / "bot.sqlite") as bench:
        bench.ask("echo one")
        assert eventually(lambda: tries() == [1])
        assert eventually(lambda: tries() == [0])
    assert tries() == [0]
