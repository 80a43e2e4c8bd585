"""Buttons under answers and shared links, before and after a restart and a change of the articles."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from bot.state import State
from tests.bot_api import BotApiServer
from tests.bot_api.chats import BEN, BOT, GROUP
from tests.telegram_bench import OTHER, Bench, StubDesk, article


class TwoArticles(StubDesk):
    """A desk that has another article too."""

    def __init__(self) -> None:
        super().__init__()
        self.articles = (article(), OTHER)


@pytest.fixture
def bench(api: BotApiServer, tmp_path: Path) -> Iterator[Bench]:
    """The bot on a desk with two articles."""
    with Bench(api, TwoArticles(), state_file=tmp_path / "bot.sqlite") as running:
        yield running


def buttons(message: Mapping[str, Any]) -> list[list[str]]:
    """The labels under a message."""
    return [[button["text"] for button in row] for row in message["reply_markup"]["inline_keyboard"]]


def last(bench: Bench, count: int) -> dict[str, Any]:
    """The bot's newest message, once there are so many."""
    result: dict[str, Any] = bench.api.wait_for("sendMessage", count)[-1].result
    return result


def told(bench: Bench, count: int) -> str | None:
    """What the bot said about a tap."""
    words: str | None = bench.api.wait_for("answerCallbackQuery", count)[-1].fields.get("text")
    return words


def test_buttons_show_what_there_is_to_show(bench: Bench) -> None:
    bench.ask("passages")
    assert buttons(last(bench, 1)) == [["Sources", "More", "What do others say?"], ["👍", "👎", "Share"]]
    bench.ask("nearest")
    assert buttons(last(bench, 2)) == [["echo it"], ["s" * 59 + "…"], ["👍", "👎", "Share"]]


def test_data_stays_within_telegrams_limit(bench: Bench) -> None:
    bench.ask("nearest")
    rows = last(bench, 1)["reply_markup"]["inline_keyboard"]
    assert all(len(button.get("callback_data", "").encode()) <= 64 for row in rows for button in row)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Sources", "1 article\n\nZephyr & others\nThe Daily Ledger, 4 Mar 2025"),
        ("More", "More from the same sources\n\nThe Daily Ledger, 4 Mar 2025\nMore tomorrow."),
        ("What", "What others say\n\nThe Evening Post\nOthers disagree."),
    ],
)
def test_sources_more_and_others(bench: Bench, label: str, shown: str) -> None:
    bench.ask("passages")
    bench.put(bench.api.chats.presses(last(bench, 1), label))
    assert last(bench, 2)["text"] == shown
    assert told(bench, 1) is None


def test_a_suggestion_is_asked_in_the_conversation_of_who_taps_it(bench: Bench) -> None:
    topic: dict[str, Any] = {"message_thread_id": 7, "is_topic_message": True}
    bench.ask("/ask nearest", chat=GROUP, **topic)
    bench.put(bench.api.chats.presses(last(bench, 1), "echo it", BEN))
    answered = last(bench, 2)
    assert answered["text"] == "echo it\n\nit"  # the question is shown: nobody wrote it
    assert answered["message_thread_id"] == 7
    assert bench.desk.asked[-1] == ("echo it", ("nearest",))
    bench.ask("/ask next", person=BEN, chat=GROUP, **topic)
    last(bench, 3)
    assert bench.desk.asked[-1] == ("next", ("echo it",))


def test_buttons_work_after_a_restart_and_say_when_the_articles_changed(api: BotApiServer, tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite"
    with Bench(api, TwoArticles(), state_file=file) as bench:
        bench.ask("passages")
        message = last(bench, 1)
    with Bench(api, TwoArticles(), state_file=file) as bench:
        bench.put(api.chats.presses(message, "More"))
        assert last(bench, 2)["text"].startswith("More from")
    desk = TwoArticles()
    desk.confidence = 0.5  # another answer than then
    with Bench(api, desk, state_file=file) as bench:
        bench.put(api.chats.presses(message, "More"))
        last(bench, 3)
        assert told(bench, 2) == "The articles have changed since; this is what they say now."


def test_a_button_that_is_not_this_chats_or_forgotten_says_so(bench: Bench) -> None:
    bench.ask("passages")
    message = last(bench, 1)
    unknown = {"inline_keyboard": [[{"text": "More", "callback_data": "m:" + "x" * 16}]]}
    for wrong in ({"chat": GROUP}, {"reply_markup": unknown}):
        bench.put(bench.api.chats.presses({**message, **wrong}, "More"))
    assert told(bench, 2) == "I don't remember this answer any more. Please ask again."
    assert len(bench.api.requests("sendMessage")) == 1


def test_votes_are_counted_once_a_person(bench: Bench, tmp_path: Path) -> None:
    bench.ask("/ask zephyr", chat=GROUP)
    message = last(bench, 1)
    for person, label in ((BEN, "👍"), (BEN, "👎"), ({**BEN, "id": 13}, "👍")):
        bench.put(bench.api.chats.presses(message, label, person))
    assert told(bench, 3) == "Thank you."
    with State(tmp_path / f"bot-{BOT['id']}.sqlite") as state:
        assert state.votes() == (1, 1)


def test_a_shared_link_opens_the_answer(bench: Bench) -> None:
    bench.ask("echo something worth sharing")
    share = last(bench, 1)["reply_markup"]["inline_keyboard"][-1][-1]["url"]
    link = urlsplit(unquote(parse_qs(urlsplit(share).query)["url"][0]))
    assert link.path == "/press_check_bot"
    payload = parse_qs(link.query)["start"][0]
    bench.ask(f"/start {payload}", person=BEN, chat={"id": BEN["id"], "type": "private"})
    assert last(bench, 2)["text"] == "echo something worth sharing\n\nsomething worth sharing"
    bench.ask("/start nonsense")
    assert last(bench, 3)["text"].startswith("Ask me about")
