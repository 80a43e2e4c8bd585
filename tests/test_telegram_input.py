"""What people send that is no plain question, and what Telegram and the machine do meanwhile."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.state import MIGRATIONS, Asked, Conversation, State, Watch
from tests.bot_api import BotApiServer, Fault
from tests.bot_api.chats import BEN, GROUP
from tests.bot_api.server import TOKEN
from tests.telegram_bench import Bench

FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTO = [FILE | {"width": 1, "height": 1}]
NO_QUESTIONS: dict[str, dict[str, Any]] = {
    "voice": {"voice": FILE | {"duration": 3}},
    "video note": {"video_note": FILE | {"duration": 3, "length": 1}},
    "photo": {"photo": PHOTO},
    "file": {"document": FILE | {"file_name": "news.txt"}},
    "place": {"location": {"longitude": 1.0, "latitude": 1.0}},
    "dice": {"dice": {"emoji": "🎲", "value": 6}},
    "poll": {
        "poll": {
            "id": "1", "question": "zephyr?", "options": [], "total_voter_count": 0, "is_closed": False,
            "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
            "allows_revoting": False, "members_only": False,
        }
    },
}  # fmt: skip


@pytest.mark.parametrize("content", NO_QUESTIONS.values(), ids=NO_QUESTIONS.keys())
def test_what_is_no_question_gets_one_sentence_in_private_and_silence_in_a_group(
    bench: Bench, content: dict[str, Any]
) -> None:
    bench.put(bench.api.chats.says(None, chat=GROUP, **content))
    bench.put(bench.api.chats.says(None, **content))
    assert bench.shown(1)[0].startswith("I read text only")
    assert bench.api.chats.shown(GROUP) == []


def test_a_caption_is_read_as_a_message_is(bench: Bench) -> None:
    mention = {"type": "mention", "offset": 0, "length": 16}
    caption: dict[str, Any] = {"photo": PHOTO, "caption": "@press_check_bot zephyr?", "caption_entities": [mention]}
    bench.put(bench.api.chats.says(None, chat=GROUP, **caption))
    bench.put(bench.api.chats.says(None, chat=GROUP, photo=PHOTO, caption="zephyr?"))
    bench.put(bench.api.chats.says(None, photo=PHOTO, caption="zephyr in private"))
    bench.shown(1)
    bench.api.wait_until(lambda: len(bench.api.chats.shown(GROUP)) == 1)
    assert sorted(question for question, _ in bench.desk.asked) == ["zephyr in private", "zephyr?"]


def test_forwarded_and_quoted_words_are_a_question_like_any_other(bench: Bench) -> None:
    origin = {"type": "user", "date": 1_780_000_000, "sender_user": BEN}
    bench.ask("zephyr, forwarded", forward_origin=origin)
    first = bench.api.wait_for("sendMessage")[0].result
    bench.ask("zephyr, quoted", reply_to_message=first, quote={"text": "Zephyr", "position": 1})
    bench.shown(2)
    assert [question for question, _ in bench.desk.asked] == ["zephyr, forwarded", "zephyr, quoted"]


def test_what_a_linked_channel_posts_in_its_group_is_no_question(bench: Bench) -> None:
    bench.ask("@press_check_bot zephyr?", chat=GROUP, is_automatic_forward=True)
    bench.ask("@press_check_bot zephyr!", chat=GROUP)
    bench.api.wait_for("sendMessage")
    assert [question for question, _ in bench.desk.asked] == ["zephyr!"]


def test_an_edited_command_changes_its_answer(bench: Bench) -> None:
    asked = bench.ask("/ask echo one")
    bench.shown(1)
    bench.put(bench.api.chats.edits(asked, "/ask echo two"))
    bench.api.wait_for("editMessageText")
    assert bench.shown(1) == ["two"]


def test_a_group_that_becomes_a_supergroup_meanwhile_gets_the_answer_there(bench: Bench) -> None:
    group = {"id": -50, "type": "group", "title": "Readers"}
    upgraded = "Bad Request: group chat was upgraded to a supergroup chat"
    bench.api.fail("sendMessage", Fault(400, upgraded, {"migrate_to_chat_id": GROUP["id"]}))
    bench.ask("/ask zephyr", chat=group)
    (sent,) = bench.api.wait_for("sendMessage")
    assert sent.fields["chat_id"] == GROUP["id"]


def test_what_was_remembered_of_a_group_moves_with_it() -> None:
    with State() as state:
        before, after = Conversation(-50, 0, 11), Conversation(-100, 0, 11)
        state.add_question(before, "zephyr")
        key = state.add_asked(Asked(-50, "zephyr", (), ""))
        state.watch(Watch(-50, 0, "Marble Run"))
        state.watch(Watch(-100, 0, "Marble Run"))
        for _ in range(2):  # the old group says so, and the new one
            state.move_chat(-50, -100)
        assert (state.questions(before), state.questions(after)) == ((), ("zephyr",))
        assert state.asked(key) == Asked(-100, "zephyr", (), "")
        assert state.watches() == {(-100, 0): ("Marble Run",)}


def test_buttons_of_a_group_work_for_whoever_taps_them_and_only_there(bench: Bench) -> None:
    bench.ask("/ask zephyr", chat=GROUP)
    (answer,) = bench.api.wait_for("sendMessage")
    bench.put(bench.api.chats.presses(answer.result, "Sources", BEN))
    bench.api.wait_for("sendMessage", 2)
    elsewhere = answer.result | {"chat": {"id": BEN["id"], "type": "private"}}
    bench.put(bench.api.chats.presses(elsewhere, "Sources", BEN))
    told = bench.api.wait_for("answerCallbackQuery", 2)[-1].fields["text"]
    assert told == "I don't remember this answer any more. Please ask again."


@pytest.mark.parametrize("data", ["", "x", "s:", "s:" + "é" * 30, "zz:12345678", "f9:" + "a" * 16, "\x00" * 64])
def test_forged_data_of_a_button_is_told_politely(bench: Bench, data: str) -> None:
    bench.ask("zephyr")
    (answer,) = bench.api.wait_for("sendMessage")
    forged = answer.result | {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}}
    bench.put(bench.api.chats.presses(forged, "x"))
    told = bench.api.wait_for("answerCallbackQuery")[0].fields["text"]
    assert told == "I don't remember this answer any more. Please ask again."


PROGRAM = """
from pathlib import Path
from bot.telegram_app import run
from tests.telegram_bench import StubDesk
run(StubDesk(), token={token!r}, base_url={url!r}, state_file=Path({state!r}))
"""


@contextmanager
def running(api: BotApiServer, state: Path) -> Iterator[None]:
    """The bot in a process of its own, which is killed in the end."""
    program = PROGRAM.format(token=TOKEN, url=api.url, state=str(state))
    with subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.kill()


def test_a_bot_that_is_killed_answers_afterwards_what_it_had_fetched(api: BotApiServer, tmp_path: Path) -> None:
    with running(api, tmp_path / "bot.sqlite"):
        last = api.put(api.chats.says("slow"))
        api.wait_until_idle(last)
    assert api.chats.shown() == []
    with running(api, tmp_path / "bot.sqlite"):
        api.wait_for("sendMessage")
        api.put(api.chats.says("echo after"))
        api.wait_for("sendMessage", 2)
    assert [said[:6] for said in api.chats.shown()] == ["“Zephy", "after"]


def test_an_update_that_ends_the_process_is_taken_up_once(tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite"
    with State(file) as state:
        state.add_pending(7, '{"update_id": 7}')
    seven = {"update_id": 7}
    for to_do, given_up in (((seven,), ()), ((seven,), ()), ((), (seven,)), ((), ())):
        with State(file) as state:
            assert state.take_pending() == (to_do, given_up)
            state.mark_begun(7)


def test_a_file_of_each_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    for version in range(len(MIGRATIONS)):
        file = tmp_path / f"{version}.sqlite"
        with pytest.MonkeyPatch.context() as past:
            past.setattr("bot.state.MIGRATIONS", MIGRATIONS[:version])
            with State(file):
                pass
        with State(file) as state:
            state.mark_handled(1)
            assert state.votes() == (0, 0)
            assert state.watches() == {}


def test_a_photo_album_is_one_message_with_words(bench: Bench) -> None:
    bench.put(bench.api.chats.says(None, photo=PHOTO, caption="zephyr", media_group_id="1"))
    bench.put(bench.api.chats.says(None, photo=PHOTO, media_group_id="1"))
    bench.ask("echo last")
    bench.api.wait_until(lambda: bench.api.chats.shown()[-1:] == ["last"])
    assert len(bench.api.chats.shown()) == 2
