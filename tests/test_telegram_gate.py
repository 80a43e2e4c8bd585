"""Who may ask and how often, what admins see, and what other chats are offered."""

from typing import Any

import pytest

from bot.telegram_app import gate
from bot.telegram_app.gate import OF_A_GROUP, WHILE_TYPING
from bot.telegram_app.patience import TYPING
from tests.bot_api import BotApiServer, Fault
from tests.bot_api.chats import ANN, BEN, BOT, GROUP
from tests.telegram_bench import Bench, StubDesk

BENS = {"id": BEN["id"], "type": "private"}


def test_only_those_on_the_list_are_answered(api: BotApiServer) -> None:
    with Bench(api, StubDesk(), allowed={ANN["id"]}) as bench:
        bench.ask("/ask zephyr", person=BEN, chat=GROUP)
        bench.ask("zephyr", person=BEN, chat=BENS)
        bench.put(api.chats.types("zephyr", BEN))
        bench.ask("zephyr")
        assert bench.shown(1)[0].startswith("“Zephyr")
        assert api.chats.shown(BENS) == ["This bot answers only people whom its owner has let in."]
        assert api.chats.shown(GROUP) == []
        assert len(bench.desk.asked) == 1


def test_a_stranger_is_told_once_however_often_they_write(api: BotApiServer) -> None:
    with Bench(api, StubDesk(), allowed={ANN["id"]}) as bench:
        asked = bench.ask("echo 0", person=BEN, chat=BENS)
        for number in range(1, 150):
            bench.ask(f"echo {number}", person=BEN, chat=BENS)
        bench.put(api.chats.edits(asked, "echo edited"))
        last = bench.put(api.chats.presses(pressable(BENS), "x", BEN))
        api.wait_until_idle(last)
        bench.ask("echo own")
        assert bench.shown(1) == ["own"]
        bench.ask("echo again", person={**BEN, "id": 13}, chat={**BENS, "id": 13})
        api.wait_until(lambda: len(api.chats.shown({"id": 13})) == 1)
    assert len(api.chats.shown(BENS)) == 1
    assert api.requests("answerCallbackQuery") == []


def test_no_number_of_strangers_fills_the_memory(api: BotApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "REMEMBERED", 10)
    with Bench(api, StubDesk(), allowed={ANN["id"]}) as bench:
        for number in range(20, 50):
            bench.ask("echo", person={**BEN, "id": number}, chat={**BENS, "id": number})
        api.wait_for("sendMessage", 30)
        (check,) = bench.service._application.handlers[-1]
        kept: Any = check.callback
        assert len(kept.__self__._told) == 10


def pressable(chat: dict[str, Any]) -> dict[str, Any]:
    """A message of the bot with a button."""
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "s:x"}]]}
    return {"message_id": 1, "date": 1_790_000_000, "chat": chat, "from": BOT, "text": "?", "reply_markup": markup}


def test_typing_takes_nothing_from_messages(bench: Bench) -> None:
    for number in range(20, 120):
        bench.ask("slow", person={**BEN, "id": number}, chat={**BENS, "id": number})
    bench.api.wait_for("sendMessage", 100)
    shown = len(bench.api.requests("sendChatAction"))
    assert 1 <= shown <= 4 * TYPING


def test_who_asks_too_often_is_told_once(api: BotApiServer) -> None:
    with Bench(api, StubDesk(), questions_per_minute=2) as bench:
        for number in range(5):
            bench.ask(f"echo {number}")
        bench.ask("echo ben", person=BEN, chat=BENS)
        shown = bench.shown(3)
        assert shown[:2] == ["0", "1"]
        assert shown[2].startswith("That is more than I can answer")
        api.wait_until(lambda: api.chats.shown(BENS) == ["ben"])


def test_stats_are_the_admins_own(api: BotApiServer) -> None:
    with Bench(api, StubDesk(), admins={ANN["id"]}) as bench:
        bench.ask("/stats")
        bench.ask("/stats", person=BEN, chat=BENS)
        assert bench.shown(1) == ["Answers people liked: 0 👍 · disliked: 0 👎"]
        api.wait_until(lambda: len(api.chats.shown(BENS)) == 1)
        assert api.chats.shown(BENS)[0].startswith("I don't know that command")
        menu: Any = api.wait_for("setMyCommands", 3)[-1].fields
        assert (menu["scope"]["chat_id"], menu["commands"][-1]["command"]) == (ANN["id"], "stats")


def test_any_chat_is_offered_the_answer(api: BotApiServer) -> None:
    with Bench(api, StubDesk()) as bench:
        for words in ("", "ze", "zephyr <2>", "long", "refuse"):
            bench.put(api.chats.types(words))
        offered = [request.fields["results"] for request in api.wait_for("answerInlineQuery", 5)]
        assert [len(results) for results in offered] == [0, 0, 1, 1, 0]
        (result,) = offered[2]
        assert result["title"] == "zephyr <2>"
        assert result["description"] == "“Zephyr scored 61 & won.” [1]"
        rich = result["input_message_content"]["rich_message"]["html"]
        assert rich.startswith("<p><b>zephyr &lt;2&gt;</b></p>\n<p>“Zephyr")


def test_where_no_rich_answer_is_taken_the_classic_one_is_offered(api: BotApiServer) -> None:
    with Bench(api, StubDesk()) as bench:
        api.fail("answerInlineQuery", Fault(400, "Bad Request: can't parse InputRichMessageContent"))
        bench.put(api.chats.types("zephyr <2>"))
        (offered,) = api.wait_for("answerInlineQuery")
        words = offered.fields["results"][0]["input_message_content"]["message_text"]
        assert words.startswith("<b>zephyr &lt;2&gt;</b>\n\n“Zephyr")


def test_edits_count_toward_the_limit(api: BotApiServer) -> None:
    with Bench(api, StubDesk(), questions_per_minute=2) as bench:
        asked = bench.ask("echo 0")
        for number in range(1, 5):
            bench.put(api.chats.edits(asked, f"echo {number}"))
        bench.shown(2)
        assert bench.shown(2)[0] == "1"
        assert bench.shown(2)[1].startswith("That is more than I can answer")
        assert len(bench.desk.asked) == 2


def test_commands_and_buttons_count_and_another_bots_commands_do_not(api: BotApiServer) -> None:
    with Bench(api, StubDesk(), questions_per_minute=2) as bench:
        bench.ask("/ask@other_bot zephyr", chat=GROUP)
        bench.ask("/ask zephyr", chat=GROUP)
        (answer,) = api.wait_for("sendMessage")
        bench.put(api.chats.presses(answer.result, "Sources"))
        api.wait_for("sendMessage", 2)
        bench.put(api.chats.presses(answer.result, "Sources"))
        assert api.wait_for("answerCallbackQuery", 2)[-1].fields["text"].startswith("That is more than I can answer")
        bench.put(api.chats.presses(answer.result, "Sources", BEN))
        api.wait_for("sendMessage", 3)


def test_a_group_that_asks_too_much_is_told_once(api: BotApiServer) -> None:
    with Bench(api, StubDesk()) as bench:
        for person in range(20, 20 + OF_A_GROUP + 2):
            bench.ask("/ask zephyr", person={**BEN, "id": person}, chat=GROUP)
        last = bench.put(api.chats.says("/ask zephyr", chat={**GROUP, "id": -200}))  # another group goes on
        api.wait_until_idle(last)
        api.wait_for("sendMessage", OF_A_GROUP + 2)
        assert api.chats.shown(GROUP)[-1].startswith("That is more than I can answer")
        assert len(api.chats.shown(GROUP)) == OF_A_GROUP + 1


def test_who_types_on_is_offered_nothing_more(api: BotApiServer) -> None:
    with Bench(api, StubDesk(), questions_per_minute=1) as bench:
        for number in range(WHILE_TYPING + 3):
            bench.put(api.chats.types(f"echo {number}"))
        bench.ask("echo still")
        bench.shown(1)
        assert len(api.requests("answerInlineQuery")) == WHILE_TYPING
