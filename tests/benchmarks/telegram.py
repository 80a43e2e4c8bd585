"""How fast the bot answers many at once: python -m tests.benchmarks.telegram [CHATS] [SECONDS] prints two tables.

The real command runs in a process of its own on the corpus that ships, against the Bot API server of the tests. First
all chats ask at the same moment: the time from an update to the request that answers it. Then, for SECONDS, the server
fails one request in five (flood control, 500, 502, a cut connection) while chats go on asking. Each answer is compared
with what the desk says to the same question: none may be lost, doubled, or out of its chat's order.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.building import build, has_index
from bot.desk import Desk
from bot.rich import rich_message
from bot.settings import Settings
from tests.bot_api import BotApiServer, Fault, Request
from tests.bot_api.server import TOKEN

RESULTS = (
    "Who leads on GPQA Diamond?", "How good is Muse Spark?", "What did GPT-5.4 get on HealthBench Hard?",
    "Compare Muse Spark and Claude Opus 4.6 on Humanity's Last Exam",
    "Do the sources agree on Claude Opus 4.6 on HealthBench Hard?",
)  # fmt: skip
OTHERS = (
    "Who leads on MMMU Pro?", "Where does GPT-5.4 lead?", "What did Gemini 3.1 Pro get on GPQA Diamond?",
    "Compare Muse Spark and GPT-5.4 on CharXiv Reasoning", "Do the sources agree on Muse Spark on MMMU Pro?",
)  # fmt: skip
PASSAGES = (
    "How long did it take to build Muse Spark?", "Who put the money into Scale AI and how much?",
    "Who can use the API now?", "Is Muse Spark open source?", "When is GPT-6 coming?",
)  # fmt: skip
BURSTS = {
    "results, the first after a start": RESULTS, "the same, asked again": RESULTS, "other results": OTHERS,
    "passages": PASSAGES, "the same, asked again ": PASSAGES,
}  # fmt: skip
FAULTS = (
    Fault(429, "Too Many Requests: retry after 1", {"retry_after": 1}), Fault(500), Fault(502, "Bad Gateway"),
    Fault(None),
)  # fmt: skip
FAILING = 0.2
BETWEEN_BURSTS = 5  # seconds; the bot keeps to Telegram's limit of messages, which counts over some seconds
PATIENCE = 300  # seconds for a burst


@contextmanager
def bot(api: BotApiServer, settings: Settings, folder: Path, **more: str) -> Iterator[int]:
    """The real command on the server, in a process of its own, whose number is given; `more` are its settings."""
    environment = os.environ | {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api.url,
        "PRESSCHECK_STATE": str(folder / "bot.sqlite"),
        "PRESSCHECK_QUESTIONS_PER_MINUTE": "100000",
        "PRESSCHECK_INDEX": str(settings.index_folder()),
        **more,
    }
    with (folder / "log").open("a") as log:
        process = subprocess.Popen([sys.executable, "-m", "bot", "telegram"], env=environment, stderr=log)
        try:
            while not api.requests("getUpdates", "setWebhook"):
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
            yield process.pid
        finally:
            process.terminate()
            process.wait(60)


class Asking:
    """Chats that ask, and what they were answered."""

    def __init__(self, api: BotApiServer, desk: Desk) -> None:
        self.api, self.desk = api, desk
        self.asked: dict[int, list[tuple[str, float]]] = defaultdict(list)

    def ask(self, chat: int, question: str) -> None:
        """One question in a chat."""
        person = {"id": chat, "is_bot": False, "first_name": f"Reader {chat}"}
        self.asked[chat].append((question, time.monotonic()))
        self.api.put(self.api.chats.says(question, person, {"id": chat, "type": "private"}))

    def wait(self) -> None:
        """Until there are as many answers as questions, and for a moment more, in which no further one may come."""
        wanted, deadline = sum(map(len, self.asked.values())), time.monotonic() + PATIENCE
        while len(self.api.requests("sendRichMessage", "sendMessage")) < wanted and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(2)

    def times(self) -> list[float]:
        """Milliseconds from each question to its answer. Raises AssertionError where one is lost, doubled or wrong."""
        answered: dict[int, list[Request]] = defaultdict(list)
        for request in self.api.requests("sendRichMessage", "sendMessage"):
            answered[request.fields["chat_id"]].append(request)
        found = []
        for chat, questions in self.asked.items():
            before: list[str] = []
            assert len(answered[chat]) == len(questions), f"{len(questions)} questions, {len(answered[chat])} answers"
            for (question, began), request in zip(questions, answered[chat], strict=True):
                expected = rich_message(self.desk.answer(question, before[-5:]))
                assert request.fields["rich_message"]["html"] == expected, f"another answer than to {question!r}"
                found.append(1000 * (request.at - began))
                before.append(question)
        return found


def burst(asking: Asking, chats: int, questions: Sequence[str], first: int) -> list[float]:
    """Milliseconds to each answer when all chats ask at the same moment."""
    for number in range(chats):
        asking.ask(first + number, questions[number % len(questions)])
    asking.wait()
    return asking.times()


def head(name: str) -> str:
    """A table's first line; CPU is the bot's own, which other work on the machine does not change."""
    return f"{name:<34} {'n':>5} {'median':>8} {'95 %':>8} {'longest':>8} {'CPU each':>9}"


def row(name: str, times: Sequence[float], cpu: float) -> str:
    """A line of the table."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    each = cpu / len(times)
    return f"{name:<34} {len(times):>5} {cuts[49]:>8.0f} {cuts[94]:>8.0f} {max(times):>8.0f} {each:>9.1f}"


def cpu_of(process: int) -> float:
    """Milliseconds of CPU that a process has used; 0 where the system does not tell."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return 1000 * (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def bursts(chats: int, settings: Settings, desk: Desk) -> None:
    """Print how long answers take when all ask at once."""
    print(head("all at once, milliseconds"))
    with BotApiServer() as api, tempfile.TemporaryDirectory() as folder, bot(api, settings, Path(folder)) as process:
        burst(Asking(api, desk), 1, RESULTS, 1)  # the first answer loads what the others use
        for round_number, (name, questions) in enumerate(BURSTS.items(), 1):
            time.sleep(BETWEEN_BURSTS)
            api.forget()
            before = cpu_of(process)
            times = burst(Asking(api, desk), chats, questions, 1000 * round_number)
            print(row(name, times, cpu_of(process) - before), flush=True)


def failing(chats: int, seconds: float, settings: Settings, desk: Desk) -> None:
    """Print what becomes of questions while the server fails one request in five."""
    chance = random.Random(1)  # noqa: S311 - repeatable
    with BotApiServer() as api, tempfile.TemporaryDirectory() as folder, bot(api, settings, Path(folder)) as process:
        asking, failed = Asking(api, desk), 0

        def choose(_: str) -> Fault | None:
            nonlocal failed
            failed += (fails := chance.random() < FAILING)
            return chance.choice(FAULTS) if fails else None

        api.fail_as(choose)
        until, number = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            asking.ask(number % chats + 1, chance.choice(RESULTS))
            number += 1
            time.sleep(0.5)
        api.fail_as(lambda _: None)
        asking.wait()
        print(f"\n{head('one request in five fails')}")
        print(row(f"{seconds:.0f} s, {failed} requests failed", asking.times(), cpu_of(process)))
        print("each question was answered exactly once, in its chat's order")


def prepared() -> tuple[Settings, Desk]:
    """The corpus that ships, indexed."""
    settings = Settings()
    if not has_index(settings.index_folder()):
        build(settings)
    return settings, Desk(settings.index_folder(), settings.cache, settings.corpus)


def main() -> None:
    """Print both tables."""
    chats, seconds = (int(sys.argv[1]) if len(sys.argv) > 1 else 100), float(sys.argv[2] if len(sys.argv) > 2 else 120)
    settings, desk = prepared()
    bursts(chats, settings, desk)
    failing(chats, seconds, settings, desk)


if __name__ == "__main__":
    main()
