"""Who may change the articles, whose words count, and how a change is taken back."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.desk import Desk
from bot.state import State
from tests.bot_api import BotApiServer
from tests.bot_api.chats import ANN, BEN, BOT, GROUP
from tests.bot_api.server import TOKEN
from tests.telegram_bench import Bench, StubDesk
from tests.test_telegram_articles import BENS, PIER, remove, summary
from tests.test_telegram_articles import corpus as corpus
from tests.test_telegram_articles import desk as desk

FORWARDED = {"forward_origin": {"type": "user", "date": 1_780_000_000, "sender_user": BEN}}
VIA_BOT: dict[str, Any] = {"via_bot": {**BOT, "id": 99, "username": "other_bot"}}
CHANNEL = {"id": -1007, "type": "channel", "title": "The Quay"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
HIDDEN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


@pytest.fixture
def bench(api: BotApiServer, desk: Desk, tmp_path: Path) -> Iterator[Bench]:
    """The bot; Ann and Ben are its admins."""
    with Bench(api, desk, admins={ANN["id"], BEN["id"]}, state_file=tmp_path / "bot.sqlite") as running:
        yield running


def ids(bench: Bench) -> list[str]:
    return [article.id for article in bench.desk.sources()]


@pytest.mark.parametrize("how", [FORWARDED, VIA_BOT], ids=["forwarded", "via bot"])
@pytest.mark.parametrize("command", ["/remove quay", "/rebuild", "/undo", "/watch everything", "/unwatch", "/forget"])
def test_a_command_that_is_not_typed_changes_nothing(bench: Bench, how: dict[str, Any], command: str) -> None:
    bench.ask("/watch GPQA Diamond")
    bench.shown(1)
    bench.ask(command, **how)
    bench.ask("/settings")
    said = bench.shown(2 if "via_bot" in how else 3)
    assert said[-1].startswith("Watched here: GPQA Diamond.")
    assert "via_bot" in how or "You forwarded this command" in said[1]
    assert ids(bench) == ["ferry", "quay"]


def test_a_forwarded_file_is_put_in_only_when_the_admin_says_so(bench: Bench) -> None:
    sent = bench.api.chats.uploads("pier.md", PIER, **FORWARDED, caption="/add")
    bench.put(sent)
    assert bench.shown(1) == [
        "You forwarded this file, so I left it alone. To add it as an article, reply to it with /add."
    ]
    assert ids(bench) == ["ferry", "quay"]
    bench.ask("/add", reply_to_message=sent["message"])
    summary(bench, "New: Pier Post")


def test_removing_asks_first_and_only_who_sent_it_may_say_yes(bench: Bench) -> None:
    bench.ask("/remove quay", chat=GROUP)
    (asked,) = bench.api.wait_for("sendMessage")
    question = dict(asked.result)  # with its buttons, which an answer takes away
    assert asked.fields["text"].startswith("Remove “Quay Post” (quay)?")
    bench.put(bench.api.chats.presses(question, "Remove", BEN))
    bench.put(bench.api.chats.presses(question, "Remove", {**BEN, "id": 13}))
    told = [one.fields.get("text") for one in bench.api.wait_for("answerCallbackQuery", 2)]
    assert told == ["Only the admin who sent the command can do this."] * 2
    assert ids(bench) == ["ferry", "quay"]
    bench.put(bench.api.chats.presses(question, "Keep"))
    bench.api.wait_until(lambda: bench.api.chats.shown(GROUP) == ["Kept: quay."])
    bench.put(bench.api.chats.presses(question, "Remove"))
    assert (
        bench.api.wait_for("answerCallbackQuery", 4)[-1].fields["text"]
        == "This button no longer works. Send the command again."
    )
    assert ids(bench) == ["ferry", "quay"]


def test_what_is_not_there_cannot_be_removed(bench: Bench) -> None:
    bench.ask("/remove pier")
    assert bench.shown(1) == ["There is no article “pier”. These are the ids:\n\nferry\nquay"]


def test_undo_brings_back_what_was_removed_and_nothing_else(bench: Bench) -> None:
    bench.put(bench.api.chats.uploads("pier.md", PIER))
    summary(bench, "New: Pier Post")
    before = {article.id: article for article in bench.desk.sources()}
    remove(bench, "quay")
    summary(bench, "Removed: quay")
    bench.put(bench.api.chats.uploads("dock.md", b"# Dock Post\n\nThe dock is closed.\n", person=BEN, chat=BENS))
    bench.api.wait_until(lambda: any(said.startswith("New: Dock Post") for said in bench.api.chats.shown(BENS)))
    bench.ask("/undo")
    summary(bench, "New: Quay Post")
    after = {article.id: article for article in bench.desk.sources()}
    assert after.keys() - before.keys() == {"dock"}  # what others put in meanwhile stays
    assert {name: after[name] for name in before} == before
    assert bench.desk.status().removed == ()
    assert [one.id for one in bench.desk.status().articles if one.added] == ["dock", "pier"]
    bench.ask("/undo", person=BEN, chat=BENS)
    bench.api.wait_until(lambda: any(said.startswith("Removed: dock") for said in bench.api.chats.shown(BENS)))


def test_an_added_article_comes_back_by_its_button_after_a_restart(
    api: BotApiServer, desk: Desk, tmp_path: Path
) -> None:
    options: dict[str, Any] = {"admins": {ANN["id"]}, "state_file": tmp_path / "bot.sqlite"}
    with Bench(api, desk, **options) as bench:
        bench.put(api.chats.uploads("pier.md", PIER))
        summary(bench, "New: Pier Post")
        before = desk.sources()
        remove(bench, "pier")
        summary(bench, "Removed: pier")
        removed = next(m for m in api.chats.messages.values() if m.get("text", "").startswith("Removed: pier"))
    with Bench(api, desk, **options) as bench:
        bench.put(api.chats.presses(removed, "Undo"))
        bench.api.wait_until(lambda: sum(said.startswith("New: Pier Post") for said in api.chats.shown()) == 2)
        assert desk.sources() == before
        bench.ask("/undo")
        bench.api.wait_until(lambda: api.chats.shown()[-1].startswith(("Removed: pier", "Nothing to undo")))


def test_after_an_hour_nothing_is_undone(tmp_path: Path) -> None:
    with State(tmp_path / "bot.sqlite") as state:
        errand = state.add_errand(11, "undo", "{}")
        assert state.errand(errand.key) == state.last_errand(11, "undo") == errand
        state._file.execute("UPDATE errand SET at = datetime('now', '-61 minutes')")
        assert (state.errand(errand.key), state.last_errand(11, "undo")) == (None, None)


def test_a_code_makes_the_first_admin_once(api: BotApiServer, tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from bot.telegram_app import run; from tests.telegram_bench import StubDesk;"
        f"run(StubDesk(), lambda words: print(words, flush=True), token={TOKEN!r}, base_url={api.url!r},"
        f" state_file=Path({str(tmp_path / 'bot.sqlite')!r}))"
    )
    started = [sys.executable, "-c", program]
    with subprocess.Popen(started, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as bot:
        assert bot.stdout is not None
        said = bot.stdout.readline()
        code = re.findall(r"/admin ([0-9A-Z]{12})$", said.strip())[0]
        api.put(api.chats.says("/stats"))
        api.put(api.chats.says("/admin WRONG", person=BEN, chat=BENS))
        api.put(api.chats.says(f"/admin {code}", **FORWARDED))
        api.put(api.chats.says(f"/admin {code.lower()}"))
        api.put(api.chats.says("/stats"))
        api.wait_until(lambda: len(api.chats.shown()) == 4)
        assert [words[:25] for words in api.chats.shown()] == [
            "I don't know that command", "I don't know that command", "You are an admin of this ",
            "Answers people liked: 0 👍",
        ]  # fmt: skip
        api.put(api.chats.says(f"/admin {code}", person=BEN, chat=BENS))
        api.wait_until(lambda: len(api.chats.shown(BENS)) == 2)
        assert all(words.startswith("That is not the code.") for words in api.chats.shown(BENS))
        bot.terminate()
        _, log = bot.communicate(timeout=30)
        assert code not in log
    with subprocess.Popen(started, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as bot:
        api.put(api.chats.says("/stats"))
        api.wait_until(lambda: len(api.chats.shown()) == 5)
        assert api.chats.shown()[-1].startswith("Answers people liked")
        bot.terminate()
        assert bot.communicate(timeout=30)[0] == ""


def test_hidden_admins_and_channels_are_people_of_their_own(api: BotApiServer) -> None:
    other = {**GROUP, "id": -200}
    with Bench(api, StubDesk(), questions_per_minute=2) as bench:
        for _ in range(3):
            bench.ask("/ask echo one", person=HIDDEN, chat=GROUP, sender_chat=GROUP)
        bench.ask("/ask echo two", person=HIDDEN, chat=other, sender_chat=other)
        bench.ask("/ask echo three", person=CHANNEL_BOT, chat=GROUP, sender_chat=CHANNEL)
        api.wait_for("sendMessage", 5)
        assert [said[:7] for said in api.chats.shown(GROUP)] == ["one", "one", "That is", "three"]
        assert api.chats.shown(other) == ["two"]


def test_a_hidden_admin_of_a_group_is_no_admin_of_the_bot(api: BotApiServer) -> None:
    with Bench(api, StubDesk(), admins={HIDDEN["id"]}) as bench:
        bench.ask("/stats", person=HIDDEN, chat=GROUP, sender_chat=GROUP)
        bench.ask("/ask echo on", person=HIDDEN, chat=GROUP, sender_chat=GROUP)
        api.wait_until(lambda: api.chats.shown(GROUP) == ["on"])
