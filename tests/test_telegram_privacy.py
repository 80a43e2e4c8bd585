"""What the bot keeps of what people write, for how long, and how it ends; and messages that ask nothing."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.state import MIGRATIONS, Asked, Conversation, Reply, State, Watch
from bot.telegram_app import forgetting
from tests.bot_api import BotApiServer
from tests.bot_api.chats import ANN, BEN, GROUP
from tests.telegram_bench import Bench, StubDesk

BENS = {"id": BEN["id"], "type": "private"}
WORD = "thequickredfox"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the state is named to be; the bot's own file stands beside it."""
    return tmp_path / "bot.sqlite"


@pytest.fixture
def bench(api: BotApiServer, file: Path) -> Iterator[Bench]:
    """The bot with a state on the disk."""
    with Bench(api, StubDesk(), state_file=file, keep_days=7) as running:
        yield running


def on_disk(file: Path) -> bytes:
    """All that lies in the folder of the state."""
    return b"".join(path.read_bytes() for path in sorted(file.parent.glob("*sqlite*")))


def test_privacy_says_what_is_kept_and_for_how_long(bench: Bench) -> None:
    bench.ask("/privacy")
    (said,) = bench.shown(1)
    assert "For 7 days: your questions" in said
    assert "/forget deletes at once everything I keep about you" in said
    bench.ask("/start")
    assert "/privacy says what I keep" in bench.shown(2)[1]


def test_forget_deletes_all_of_a_person_from_the_file_too(bench: Bench, file: Path) -> None:
    asked = bench.ask(f"zephyr {WORD} one")
    bench.ask(f"/ask zephyr {WORD} two", chat=GROUP)
    bench.ask("/watch everything")
    bench.api.wait_for("sendMessage", 3)
    answer = next(m for m in bench.api.chats.messages.values() if "reply_markup" in m and m["chat"]["id"] == ANN["id"])
    bench.put(bench.api.chats.presses(answer, "👍"))
    bench.ask("echo of ben", person=BEN, chat=BENS)
    bench.api.wait_until(lambda: bench.api.chats.shown(BENS) == ["of ben"])
    assert WORD.encode() in on_disk(file)
    bench.ask("/forget")
    assert bench.shown(3)[2].startswith("Done. I have deleted everything I kept about you")
    assert WORD.encode() not in on_disk(file)
    assert b"echo of ben" in on_disk(file)
    bench.ask("echo next")
    bench.shown(4)
    assert bench.desk.asked[-1] == ("echo next", ())
    bench.put(bench.api.chats.presses(answer, "Sources"))
    assert "don't remember" in bench.api.wait_for("answerCallbackQuery", 2)[-1].fields["text"]
    bench.put(bench.api.chats.edits(asked, "echo edited"))
    assert bench.shown(5)[4] == "edited"  # it is nobody's question any more: a new one
    with sqlite3.connect(next(file.parent.glob("*.sqlite"))) as state:
        assert state.execute("SELECT count(*) FROM vote").fetchone() == (0,)
        assert state.execute("SELECT count(*) FROM watch").fetchone() == (0,)
        assert state.execute("SELECT count(*) FROM question WHERE chat < 0").fetchone() == (0,)
    state.close()


@pytest.mark.parametrize(
    ("status", "said"), [("administrator", "Done."), ("creator", "Done."), ("member", "Only this group's admins")]
)
def test_a_group_is_forgotten_by_its_admins(bench: Bench, file: Path, status: str, said: str) -> None:
    bench.api.chats.members[-100, BEN["id"]] = status
    bench.ask(f"/ask echo {WORD}", chat=GROUP)
    bench.ask("/forget", person=BEN, chat=GROUP)
    bench.api.wait_until(lambda: len(bench.api.chats.shown(GROUP)) == 2)
    assert bench.api.chats.shown(GROUP)[1].startswith(said)
    assert (WORD.encode() in on_disk(file)) == (status == "member")


def test_what_is_too_old_is_deleted_while_the_bot_runs(
    api: BotApiServer, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "EVERY", 0.05)
    with Bench(api, StubDesk(), state_file=file, keep_days=7) as bench:
        bench.ask(f"echo {WORD} old")
        bench.ask("echo young words")
        bench.shown(2)
        (own,) = file.parent.glob("*.sqlite")
        state = sqlite3.connect(own, timeout=20)
        for table, text in (("question", "text"), ("asked", "question"), ("reply", "question")):
            state.execute(f"UPDATE {table} SET at = datetime('now', '-8 days') WHERE {text} LIKE '%old'")  # noqa: S608
        state.execute("DELETE FROM asked WHERE question LIKE '%young%'")  # it leans on the old one
        state.commit()
        state.close()
        deadline = time.monotonic() + 20  # of a bot that does not delete
        while WORD.encode() in on_disk(file) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert WORD.encode() not in on_disk(file)
        assert b"young words" in on_disk(file)


def test_a_state_of_an_earlier_version_is_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite"
    old = sqlite3.connect(file)
    for number, migration in enumerate(MIGRATIONS[:5], 1):
        old.executescript(f"BEGIN; {migration} PRAGMA user_version = {number}; COMMIT;")
    old.execute("INSERT INTO question (chat, topic, person, text) VALUES (11, 0, 11, 'zephyr')")
    old.execute("INSERT INTO asked (key, chat, question, history, digest) VALUES ('key', 11, 'zephyr', '[]', '')")
    old.execute("INSERT INTO vote (key, person, vote) VALUES ('key', 11, 1)")
    old.commit()
    old.close()
    with State(file) as state:
        assert state.questions(Conversation(11, 0, 11)) == ("zephyr",)
        assert state.asked("key") == Asked(11, "zephyr", (), "", 11)
        assert state.votes() == (1, 0)
        state.forget_old(30)
        assert state.asked("key") is not None
        state.forget_person(11)
        assert (state.asked("key"), state.questions(Conversation(11, 0, 11)), state.votes()) == (None, (), (0, 0))


def test_a_person_leaves_others_untouched() -> None:
    with State() as state:
        for person in (11, 12):
            state.add_question(Conversation(-100, 0, person), f"of {person}")
            state.set_reply(-100, person, Reply(f"of {person}", (1,), person))
            state.watch(Watch(person, 0, "everything"))
        state.forget_person(11)
        assert state.questions(Conversation(-100, 0, 12)) == ("of 12",)
        assert (state.reply(-100, 11), state.reply(-100, 12)) == (None, Reply("of 12", (1,), 12))
        assert state.watches() == {(12, 0): ("everything",)}


@pytest.mark.parametrize("nothing", ["👍", "ok", "🙏", "lol", "great", "..."])
def test_in_a_group_what_asks_nothing_gets_nothing(bench: Bench, nothing: str) -> None:
    bench.ask("/ask echo one", chat=GROUP)
    (sent,) = bench.api.wait_for("sendMessage")
    bench.ask(nothing, chat=GROUP, reply_to_message=sent.result)
    bench.ask("echo two", chat=GROUP, reply_to_message=sent.result)
    bench.api.wait_until(lambda: len(bench.api.chats.shown(GROUP)) == 2)
    assert bench.desk.asked == [("echo one", ()), ("echo two", ("echo one",))]


def test_what_was_refused_is_no_history(bench: Bench) -> None:
    asked = bench.ask("echo one")
    bench.shown(1)
    bench.ask("refuse me")
    bench.ask("echo two")
    bench.shown(3)
    assert bench.desk.asked[-1] == ("echo two", ("echo one",))
    bench.put(bench.api.chats.edits(asked, "refuse this too"))
    bench.api.wait_until(lambda: bench.api.chats.shown()[0].startswith("The question has too many words"))
    bench.ask("echo three")
    bench.shown(4)
    assert bench.desk.asked[-1] == ("echo three", ("echo two",))


@pytest.mark.parametrize("words", ["echo other words", "long"])
def test_an_edited_question_whose_answer_was_deleted_is_answered_anew(bench: Bench, words: str) -> None:
    asked = bench.ask("long")
    shown = bench.shown(3)
    answer = [key for key, one in bench.api.chats.messages.items() if one.get("text") in shown]
    del bench.api.chats.messages[answer[0]]
    bench.put(bench.api.chats.edits(asked, f"{words} "))
    if words == "long":
        bench.put(bench.api.chats.edits(asked, "echo other words"))
    bench.api.wait_until(lambda: bench.api.chats.shown() == ["other words"])
    bench.api.refusals[:] = [one for one in bench.api.refusals if "not found" not in one[1]]


def test_an_edit_of_deleted_rich_messages_too(rich_api: BotApiServer) -> None:
    with Bench(rich_api, StubDesk()) as bench:
        asked: dict[str, Any] = bench.ask("echo one")
        rich_api.wait_for("sendRichMessage")
        rich_api.chats.messages.pop(next(key for key, one in rich_api.chats.messages.items() if one["text"] == "one"))
        bench.put(rich_api.chats.edits(asked, "echo two"))
        rich_api.wait_for("sendRichMessage", 2)
        assert bench.shown(1) == ["two"]
    rich_api.refusals[:] = [one for one in rich_api.refusals if "not found" not in one[1]]
