"""A desk with set answers, and the real bot on it in a thread of its own."""

import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any, Self

from bot.answer import Answer, Citation, CitedPassage, Interpreted
from bot.change import Change
from bot.desk import QuestionError
from bot.shelf import Held, Progress, Status, Upload
from bot.state import State
from bot.telegram_app.admins import Admins
from bot.telegram_app.answering import Desk
from bot.telegram_app.application import Workers, build
from bot.telegram_app.options import TelegramOptions
from index import Article, ArticleError, BenchmarkResult, CorpusError
from tests.bot_api import BotApiServer
from tests.bot_api.chats import ANN, PRIVATE
from tests.bot_api.server import TOKEN

QUOTE = "Zephyr scored 61 & won."


def article() -> Article:
    """The only one."""
    text = f"News of today. {QUOTE} More tomorrow."
    return Article(
        id="zephyr", file="zephyr.md", title="Zephyr & others", publisher="The Daily Ledger",
        published=date(2025, 3, 4), text=text,
    )  # fmt: skip


OTHER = Article(id="other", file="other.md", title="Other", publisher="The Evening Post", text="Others disagree.")


def passage(source: Article, words: str) -> CitedPassage:
    """A place in an article."""
    start = source.text.index(words)
    return CitedPassage(
        source=source.id, start=start, end=start + len(words), text=words, score=1, highlight=(start, start + 1)
    )


PASSAGES = (passage(article(), QUOTE), passage(article(), "More tomorrow."), passage(OTHER, "Others disagree."))


class StubDesk:
    """Answers by rule; remembers what it was asked."""

    LONG = "\n\n".join(f"Paragraph {number}: " + "some words & more. " * 40 for number in range(14))

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.confidence = 0.9
        self.articles: tuple[Article, ...] = (article(),)
        self.go = threading.Event()
        self.stated: tuple[BenchmarkResult, ...] = ()

    def sources(self) -> tuple[Article, ...]:
        """The articles."""
        return self.articles

    def results(self) -> tuple[BenchmarkResult, ...]:
        """The results."""
        return self.stated

    def names(self, words: str) -> tuple[str, ...]:
        """A name of a result that is written so, but for its case."""
        named = {name for result in self.stated for name in (result.benchmark, result.model)}
        return tuple(sorted(name for name in named if name.casefold() in words.casefold()))

    def add(self, articles: Sequence[Path | Upload], progress: Progress | None = None) -> Change:  # noqa: ARG002
        """Nothing is ever new here."""
        raise ArticleError(f"{len(articles)} articles can't be added to a stub.")

    def remove(self, ids: Iterable[str], progress: Progress | None = None) -> Change:  # noqa: ARG002
        """Nothing is ever taken out."""
        raise CorpusError(f"no article {next(iter(ids))!r} in the index.")

    def restore(self, ids: Iterable[str], progress: Progress | None = None) -> Change:  # noqa: ARG002
        """Nothing was ever taken out."""
        raise CorpusError(f"{next(iter(ids))!r} was not removed lately.")

    def rebuild(self, progress: Progress | None = None) -> Change:  # noqa: ARG002
        """Nothing changes."""
        return Change(articles=len(self.articles), passages=1, results=len(self.stated))

    def status(self) -> Status:
        """The articles."""
        held = tuple(Held(id=each.id, title=each.title, added=False) for each in self.articles)
        return Status(
            generation="0" * 16, encoder="stub", encoder_digest="0" * 64, dimensions=1, articles=held,
            passages=1, results=len(self.stated), removed=(), behind=(),
        )  # fmt: skip

    def generation(self) -> str:
        """As many as there are articles."""
        return str(len(self.articles))

    def prepare(self) -> None:
        """There is nothing to open."""

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """What the first word of the question asks for, else the quote."""
        self.asked.append((question, tuple(history)))
        match question.partition(" "):
            case "echo", _, words:
                return _answer(question, words)
            case "long", _, _:
                return _answer(question, self.LONG)
            case "fail", _, _:
                raise ValueError("secret words " + question)
            case "forge", _, _:
                return _answer(question, "“Zephyr lost.” [1]", _citation("Zephyr lost."))
            case "nearest", _, _:
                found = _answer(question, "Not in the articles.")
                return found.model_copy(update={"kind": "not_found", "suggestions": ("echo it", "s" * 90)})
            case "passages", _, _:
                return _answer(question, f"“{QUOTE}” [1]", _citation(QUOTE)).model_copy(
                    update={"passages": PASSAGES, "confidence": self.confidence}
                )
            case "refuse", _, _:
                raise QuestionError("the question has too many words. Shorten it.")
            case "slow", _, _:
                time.sleep(1)
            case "wait", _, _:
                assert self.go.wait(30), "another chat's question never came"
            case "go", _, _:
                self.go.set()
        return _answer(question, f"“{QUOTE}” [1]", _citation(QUOTE))


def _answer(question: str, text: str, *citations: Citation) -> Answer:
    only = article()
    return Answer(
        question=question, kind="passages", text=text, confidence=0.9, citations=citations,
        interpreted=Interpreted(intent="passage", question=question),
        passages=(
            CitedPassage(source=only.id, start=0, end=len(only.text), text=only.text, score=1, highlight=(0, 4)),
        ) if citations else (),
    )  # fmt: skip


def _citation(quote: str) -> Citation:
    only = article()
    start = only.text.index(QUOTE)
    return Citation(
        n=1, source=only.id, title=only.title, publisher=only.publisher, author=None, published=only.published,
        url=None, start=start, end=start + len(QUOTE), quote=quote,
    )  # fmt: skip


class Bench:
    """The bot at work on a server; leaving it stops the bot."""

    def __init__(self, api: BotApiServer, desk: Desk, **options: Any) -> None:
        self.api = api
        self.desk: Any = desk
        self.options = TelegramOptions(token=TOKEN, base_url=api.url, **options)
        self._ended: list[BaseException] = []
        self._built = threading.Event()

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self._built.wait(30), self._ended  # the server may know requests of a bot before this one
        self.api.wait_for("setWebhook" if self.options.webhook_url else "getUpdates")
        while not self.service.is_running and self._thread.is_alive():  # a webhook is set a moment before
            time.sleep(0.01)
        return self

    def __exit__(self, *reason: object) -> None:
        if self._thread.is_alive():
            self.service.stop()
        self._thread.join()
        assert not self._ended, self._ended

    def _run(self) -> None:
        with (
            State(self.options.own_state_file()) as state,
            ThreadPoolExecutor(4) as searches,
            ThreadPoolExecutor(1) as writer,
        ):
            self.service = build(
                self.desk, self.options, state, Workers(searches, writer), Admins(self.options.admins, state)
            )
            self._built.set()
            try:
                self.service.run()
            except BaseException as error:  # a test fails with it, in its own thread
                self._ended.append(error)

    def ask(
        self, text: str, person: Mapping[str, Any] = ANN, chat: Mapping[str, Any] = PRIVATE, **more: Any
    ) -> dict[str, Any]:
        """Let a person write something; returns the update."""
        update = self.api.chats.says(text, person, chat, **more)
        self.api.put(update)
        return update

    def put(self, update: Mapping[str, Any]) -> int:
        """Hand the bot an update."""
        return self.api.put(update)

    def shown(self, count: int) -> list[str]:
        """The bot's messages in the private chat, once there are so many."""
        self.api.wait_until(lambda: len(self.api.chats.shown()) == count)
        return self.api.chats.shown()

    def html(self) -> str:
        """The last message's markup."""
        return str(self.api.wait_for("sendMessage")[-1].fields["text"])

    @staticmethod
    def message_id(update: Mapping[str, Any]) -> int:
        """The number of an update's message."""
        return int(update["message"]["message_id"])
