"""The bot through its real door: updates over HTTP in, what people see in their chats out."""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

import pytest

from tests.bot_api import BotApiServer, Fault
from tests.bot_api.chats import ANN, BEN, BOT, GROUP
from tests.bot_api.server import TOKEN
from tests.conftest import Command
from tests.telegram_bench import OTHER, Bench, StubDesk, article

COMMANDS = ["start", "help", "ask", "compare", "chart", "benchmarks", "models", "conflicts", "sources", "latest",
            "watch", "unwatch", "settings", "privacy", "forget"]  # fmt: skip


def test_a_question_is_answered_with_its_quote(bench: Bench) -> None:
    bench.ask("what did zephyr score")
    (shown,) = bench.shown(1)
    assert shown == (
        "“Zephyr scored 61 & won.” [1]\n\n[1] The Daily Ledger, 4 Mar 2025\n"
        "News of today. Zephyr scored 61 & won. More tomorrow."
    )
    assert (
        "<blockquote expandable>News of today. Zephyr scored 61 &amp; won. More tomorrow.</blockquote>" in bench.html()
    )


def test_typing_is_shown_while_an_answer_takes_its_time(bench: Bench) -> None:
    bench.ask("slow")
    bench.shown(1)
    order = [request.method for request in bench.api.requests("sendChatAction", "sendMessage")]
    assert order == ["sendChatAction", "sendMessage"]


def test_the_same_question_of_many_is_searched_once_until_the_articles_change(bench: Bench) -> None:
    for chat in range(20, 25):
        bench.ask("slow", person={**BEN, "id": chat}, chat={"id": chat, "type": "private"})
    bench.api.wait_for("sendMessage", 5)
    assert bench.desk.asked == [("slow", ())]
    bench.desk.articles = (article(), OTHER)
    bench.ask("slow")
    bench.shown(1)
    assert bench.desk.asked == [("slow", ())] * 2


def test_what_failed_is_asked_again(bench: Bench) -> None:
    bench.ask("fail please")
    bench.ask("fail please")
    bench.shown(2)
    assert len(bench.desk.asked) == 2


def test_start_help_and_sources(bench: Bench) -> None:
    for command in ("/start", "/help", "/sources", "/nothing"):
        bench.ask(command)
    start, helped, sources, unknown = bench.shown(4)
    assert "quotes the articles" in start
    assert "/sources – The articles" in helped
    assert sources == "1 article\n\nZephyr & others\nThe Daily Ledger, 4 Mar 2025"
    assert unknown == "I don't know that command. /help shows what I know."
    menus = {menu.fields["scope"]["type"]: menu.fields["commands"] for menu in bench.api.wait_for("setMyCommands", 2)}
    assert [command["command"] for command in menus["all_private_chats"]] == COMMANDS
    assert [command["command"] for command in menus["all_group_chats"]] == COMMANDS[1:]


def test_a_group_is_answered_when_it_speaks_to_the_bot_and_in_its_topic(bench: Bench) -> None:
    topic: dict[str, Any] = {"message_thread_id": 7, "is_topic_message": True}
    bench.ask("does anybody know zephyr", chat=GROUP, **topic)
    bench.ask("@other_bot zephyr?", chat=GROUP, **topic)
    asked = bench.ask("@Press_Check_Bot what did zephyr score?", chat=GROUP, **topic)
    (sent,) = bench.api.wait_for("sendMessage")
    assert sent.fields["message_thread_id"] == 7
    assert sent.fields["reply_parameters"]["message_id"] == bench.message_id(asked)
    assert bench.desk.asked == [("what did zephyr score?", ())]
    bench.ask("and ben?", person=BEN, chat=GROUP, reply_to_message=sent.result, **topic)
    bench.api.wait_for("sendMessage", 2)
    assert bench.desk.asked[1] == ("and ben?", ())  # ann's question is not ben's


def test_the_message_that_opened_a_topic_is_no_message_to_the_bot(bench: Bench) -> None:
    opened = bench.api.chats.says(None, person=BOT, chat=GROUP, forum_topic_created={"name": "News", "icon_color": 1})
    bench.ask("hello all", chat=GROUP, reply_to_message=opened["message"])
    bench.ask("zephyr")
    assert len(bench.shown(1)) == 1
    assert bench.api.chats.shown(GROUP) == []


def test_follow_ups_carry_the_last_questions_of_that_person_in_that_place(bench: Bench) -> None:
    for number in range(7):
        bench.ask(f"question {number}")
    bench.shown(7)
    assert bench.desk.asked[6] == ("question 6", tuple(f"question {number}" for number in range(1, 6)))


def test_an_edit_changes_the_answer_in_its_place(bench: Bench) -> None:
    asked = bench.ask("zephyr")
    bench.shown(1)
    bench.put(bench.api.chats.edits(asked, "zephyr"))  # only a link's preview came
    bench.put(bench.api.chats.edits(asked, "echo other words"))
    bench.api.wait_for("editMessageText")
    assert bench.shown(1) == ["other words"]
    bench.ask("next")
    bench.shown(2)
    assert bench.desk.asked[-1] == ("next", ("echo other words",))


def test_an_edit_to_a_longer_and_a_shorter_answer(bench: Bench) -> None:
    asked = bench.ask("echo short")
    bench.shown(1)
    bench.put(bench.api.chats.edits(asked, "long"))
    assert len(bench.shown(3)) == 3
    bench.put(bench.api.chats.edits(asked, "echo short"))
    bench.api.wait_for("deleteMessage", 2)
    assert bench.shown(1) == ["short"]


def test_a_long_answer_arrives_whole_and_in_order(bench: Bench) -> None:
    bench.ask("long")
    shown = bench.shown(3)
    assert "".join("".join(shown).split()) == "".join(StubDesk.LONG.split())


@pytest.mark.parametrize("text", ["<b>&amp; </i>", "&" * 4096, "👍" * 2048, "a\u202eb", "<blockquote>", "\x01?"])
def test_markup_in_questions_comes_back_as_it_was_written(bench: Bench, text: str) -> None:
    bench.ask(f"echo {text}"[:4096])
    bench.api.wait_for("sendMessage")
    assert bench.api.refusals == []


def test_what_holds_no_words_gets_one_sentence_in_private_and_silence_in_groups(bench: Bench) -> None:
    sticker = {"file_id": "s", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1,
               "is_animated": False, "is_video": False}  # fmt: skip
    bench.put(bench.api.chats.says(None, sticker=sticker))
    bench.put(bench.api.chats.says(None, chat=GROUP, sticker=sticker))
    bench.put(bench.api.chats.says("@press_check_bot", chat=GROUP))
    bench.put(bench.api.chats.says(None, new_chat_members=[BEN], chat=GROUP))
    bench.put(bench.api.chats.says("zephyr", person={**BEN, "is_bot": True}))
    bench.put(bench.api.chats.says("zephyr", via_bot=BOT))
    last = bench.put(bench.api.chats.says(None, caption="zephyr", photo=[]))
    bench.api.wait_until_idle(last)
    first, second = bench.shown(2)
    assert first.startswith("I read text only")
    assert second.startswith("“Zephyr scored")
    assert bench.api.chats.shown(GROUP) == []


def test_an_update_that_comes_twice_is_answered_once(bench: Bench) -> None:
    number = bench.put(bench.api.chats.says("zephyr"))
    bench.shown(1)
    bench.api.wait_until_idle(number)
    bench.api.repeat(number)
    bench.ask("other")
    bench.shown(2)
    assert [question for question, _ in bench.desk.asked] == ["zephyr", "other"]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(429, "Too Many Requests: retry after 1", {"retry_after": 1}),
        Fault(500),
        Fault(502, "Bad Gateway"),
        Fault(None),
    ],
    ids=["flood", "500", "502", "cut"],
)
def test_a_request_that_fails_is_sent_again_once(bench: Bench, fault: Fault) -> None:
    bench.api.fail("sendMessage", fault)
    bench.api.fail("getUpdates", fault)
    bench.ask("zephyr")
    assert len(bench.shown(1)) == 1


def test_formatting_that_telegram_refuses_does_not_lose_the_answer(bench: Bench) -> None:
    bench.api.fail("sendMessage", Fault(400, "Bad Request: can't parse entities: unsupported start tag"))
    bench.ask("zephyr")
    bench.shown(1)
    assert "parse_mode" not in bench.api.requests("sendMessage")[0].fields


def test_a_failure_is_apologised_for_once_with_an_id_that_the_log_has(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.ask("fail please")
    (sorry,) = bench.shown(1)
    assert "secret words" not in sorry
    (record,) = [record for record in caplog.records if record.msg == "an update failed"]
    assert record.__dict__["fields"]["id"] in sorry
    bench.ask("zephyr")
    assert len(bench.shown(2)) == 2


def test_a_question_that_cannot_be_asked_is_told_why(bench: Bench) -> None:
    bench.ask("refuse")
    assert bench.shown(1) == ["The question has too many words. Shorten it."]


def test_a_false_citation_never_reaches_anyone(bench: Bench) -> None:
    bench.ask("forge")
    (sorry,) = bench.shown(1)
    assert sorry.startswith("Something went wrong")


def test_a_person_who_blocked_the_bot_is_left_alone(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.api.chats.closed.add(BEN["id"])
    bench.ask("zephyr", person=BEN, chat={"id": BEN["id"], "type": "private"})
    bench.ask("zephyr")
    bench.shown(1)
    deadline = time.monotonic() + 10
    while not bench.api.refusals and time.monotonic() < deadline:  # chats run side by side: ben's may come last
        time.sleep(0.01)
    assert bench.api.refusals
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    bench.api.refusals.clear()


def test_chats_do_not_wait_for_each_other_and_one_chat_keeps_its_order(bench: Bench) -> None:
    bench.ask("wait")  # until another question was answered
    bench.ask("after")
    bench.ask("go", person=BEN, chat={"id": BEN["id"], "type": "private"})
    bench.api.wait_for("sendMessage", 3)
    assert [question for question, _ in bench.desk.asked] == ["wait", "go", "after"]


PROGRAM = """
from bot.telegram_app import run
from bot.errors import BotError
from tests.telegram_bench import StubDesk
try:
    run(StubDesk(), token={token!r}, base_url={url!r})
except BotError as error:
    raise SystemExit(str(error))
"""


def program(token: str, url: str) -> Sequence[str]:
    """A process that runs the bot on a stub desk."""
    return [sys.executable, "-c", PROGRAM.format(token=token, url=url)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_and_the_log_holds_no_words(api: BotApiServer, number: signal.Signals) -> None:
    process = subprocess.Popen(program(TOKEN, api.url), stderr=subprocess.PIPE, text=True)
    api.put(api.chats.says("echo private words"))
    api.put(api.chats.says("fail please", person=ANN))
    api.wait_for("sendMessage", 2)
    process.send_signal(number)
    _, log = process.communicate(timeout=30)
    assert process.returncode == 0
    assert '"event": "an update failed"' in log
    for secret in (TOKEN, TOKEN.partition(":")[2], "private words", "secret words", "Traceback"):
        assert secret not in log


def test_an_address_that_does_not_answer_is_one_sentence_and_status_1() -> None:
    ended = subprocess.run(
        program(TOKEN, "http://127.0.0.1:9"), capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("Telegram's Bot API at 127.0.0.1 does not answer.")
    assert TOKEN not in ended.stderr


@pytest.mark.parametrize("token", ["", "nonsense", "123456789:AAF-another_token_that_is_refused"])
def test_a_token_that_is_missing_or_refused_is_one_sentence_and_status_1(api: BotApiServer, token: str) -> None:
    ended = subprocess.run(program(token, api.url), capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert "TELEGRAM_BOT_TOKEN" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not token or token not in ended.stderr
    assert article().id not in ended.stdout


def test_the_doctor_asks_telegram_about_the_token_and_keeps_it_to_itself(api: BotApiServer, shipped: Command) -> None:
    another = f"{TOKEN[:-3]}xyz"
    for token, status, said in (
        (TOKEN, 0, "✓ telegram    token valid: @"),
        (another, 1, "✗ telegram    token refused"),
    ):
        done = shipped("doctor", env={"TELEGRAM_BOT_TOKEN": token, "TELEGRAM_API_URL": api.url})
        assert (done.status, done.err) == (status, "")
        assert said in done.out
        assert token.partition(":")[2] not in done.out
