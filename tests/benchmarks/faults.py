"""Whether the bot outlives its faults: python -m tests.benchmarks.faults [SECONDS] prints a table (600 if not said).

The real command runs on the corpus that ships, against the Bot API server of the tests, while chats ask twice a second.
For a quarter of the time each, another program holds the lock of the state file, no file can grow, and Telegram refuses
the token now and then; in the last quarter the bot is stopped and killed in turn while Telegram takes no answer. Each
answer is compared with what the desk says: none may be lost, doubled, wrong, or out of its chat's order; but what a
killed bot had just sent may come twice. Last, 12 strangers begin to send 30 MB each to a bot that is called.
"""

import os
import resource
import signal
import socket
import sqlite3
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.desk import Desk
from bot.rich import rich_message
from bot.settings import Settings
from tests.benchmarks.telegram import RESULTS, Asking, bot, head, prepared, row
from tests.bot_api import BotApiServer, Fault
from tests.bot_api.server import TOKEN

CHATS = 20
EVERY = 0.5  # seconds
REFUSED_EVERY = 5.0  # seconds
STRANGERS, THEIRS = 12, 30_000_000  # how many, and bytes of each
HEALTH, HOOK = 19090, 18443
STATE = f"bot-{TOKEN.partition(':')[0]}.sqlite"

Fails = Callable[[int], object]


@contextmanager
def locked(folder: Path, _process: int, _api: BotApiServer) -> Iterator[None]:
    """A backup that takes its time."""
    backup = sqlite3.connect(folder / STATE, isolation_level=None, timeout=30)
    backup.execute("BEGIN IMMEDIATE")
    yield
    backup.execute("ROLLBACK")
    backup.close()


@contextmanager
def full(_folder: Path, process: int, _api: BotApiServer) -> Iterator[None]:
    """No file of the process can grow beyond a kilobyte."""
    unlimited = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (1000, unlimited[1]))
    yield
    resource.prlimit(process, resource.RLIMIT_FSIZE, unlimited)


@contextmanager
def refused(_folder: Path, _process: int, api: BotApiServer) -> Iterator[None]:
    """Telegram doesn't know the bot, twice every few seconds."""
    begun, seen = time.monotonic(), dict[int, int]()

    def choose(method: str) -> Fault | None:
        number = int((time.monotonic() - begun) / REFUSED_EVERY)
        if method != "getUpdates" or seen.get(number, 0) >= 2:
            return None
        seen[number] = seen.get(number, 0) + 1
        return Fault(401, "Unauthorized")

    api.fail_as(choose)
    yield
    api.fail_as(lambda _: None)


FAULTS = {"the state file is locked": locked, "the disk is full": full, "the token is refused at times": refused}


def healthy() -> bool:
    """What a probe sees."""
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{HEALTH}/healthz", timeout=5):
        return True
    return False


def ask_for(asking: Asking, seconds: float, first: int) -> None:
    """Let chats ask, one after another."""
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        asking.ask(first + number % CHATS, RESULTS[number % len(RESULTS)])
        number += 1
        time.sleep(EVERY)


def left(folder: Path) -> tuple[int, int]:
    """How many updates the file knows to be dealt with, and how many not."""
    file = sqlite3.connect(f"file:{folder / STATE}?mode=ro", uri=True)
    counts = [file.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("handled", "pending")]  # noqa: S608
    file.close()
    return counts[0], counts[1]


def faults(seconds: float, settings: Settings, desk: Desk) -> None:
    """Print a line for each fault."""
    print(head("milliseconds"))
    with tempfile.TemporaryDirectory() as name, BotApiServer() as api:
        folder, asked = Path(name), 0
        with bot(api, settings, folder, PRESSCHECK_HEALTH_PORT=str(HEALTH)) as process:
            for number, (fault, cause) in enumerate(FAULTS.items(), 1):
                asking = Asking(api, desk)
                api.forget()
                with cause(folder, process, api):
                    ask_for(asking, seconds, 1000 * number)
                    asking.wait()
                    well = healthy()
                times = asking.times()
                asked += len(times)
                print(row(fault, times, 0), "  /healthz", "ok" if well else "fails", flush=True)
            time.sleep(3)
            handled, pending = left(folder)
        print(f"in the file: {handled} of {asked} dealt with, {pending} left\n")


def restarts(seconds: float, settings: Settings, desk: Desk) -> None:
    """Print what became of questions while the bot was stopped and killed, and Telegram took no answer."""
    ends = (signal.SIGTERM, signal.SIGKILL)
    with tempfile.TemporaryDirectory() as name, BotApiServer() as api:
        folder, asking = Path(name), Asking(api, desk)
        api.fail_as(lambda method: Fault(500) if method.startswith("send") else None)
        for number in range(4):
            api.forget()
            with bot(api, settings, folder) as process:
                ask_for(asking, seconds / 4, 1000 * (number + 1))
                os.kill(process, ends[number % 2])
        api.fail_as(lambda _: None)
        api.forget()
        with bot(api, settings, folder):
            asking.wait()
        lost = doubled = 0
        for chat, questions in asking.asked.items():
            fields = [request.fields for request in api.requests("sendRichMessage")]
            sent = [each["rich_message"]["html"] for each in fields if each["chat_id"] == chat]
            words = [question for question, _ in questions]
            wanted = [rich_message(desk.answer(each, words[max(0, at - 5) : at])) for at, each in enumerate(words)]
            lost += sum(answer not in sent for answer in wanted)
            doubled += max(0, len(sent) - len(wanted))
        total = sum(map(len, asking.asked.values()))
        print("two stops and two kills while Telegram takes no answer:", end=" ")
        print(f"{total} questions, {lost} lost, {doubled} doubled\n", flush=True)


def memory(process: int) -> float:
    """Resident megabytes of a process."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def strangers(settings: Settings) -> None:
    """Print what strangers' unfinished calls cost."""
    with tempfile.TemporaryDirectory() as name, BotApiServer() as api:
        hook = {"TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{HOOK}", "PRESSCHECK_WEBHOOK_PORT": str(HOOK)}
        with bot(api, settings, Path(name), **hook) as process:
            path = str(api.wait_for("setWebhook")[0].fields["url"]).rpartition("/")[2]
            time.sleep(5)  # all is loaded
            before, callers = memory(process), []
            for _ in range(STRANGERS):
                caller = socket.create_connection(("127.0.0.1", HOOK), timeout=10)
                callers.append(caller)
                kind = "Content-Type: application/json\r\nContent-Length: "
                begin = f"POST /{path} HTTP/1.1\r\nHost: bot\r\n{kind}{THEIRS}\r\n\r\n"
                with suppress(OSError):
                    caller.sendall(begin.encode() + b"x" * (THEIRS - 1))
            time.sleep(1)
            print(f"{STRANGERS} unfinished calls of {THEIRS / 1e6:.0f} MB: {before:.0f} → {memory(process):.0f} MB")
            for caller in callers:
                caller.close()


def main() -> None:
    """Print all of it."""
    seconds = float(sys.argv[1] if len(sys.argv) > 1 else 600) / 4
    settings, desk = prepared()
    faults(seconds, settings, desk)
    restarts(seconds, settings, desk)
    strangers(settings)


if __name__ == "__main__":
    main()
