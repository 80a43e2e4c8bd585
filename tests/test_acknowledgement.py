"""What asks nothing gets a short word, and is never leant on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.about import is_small_talk
from bot.acknowledgement import asks_nothing
from bot.desk import Desk
from tests.test_followup import desk as desk

NOTHING = """👍|ok|OK!|okaaaay|🙏|lol|LOOOL|hahaha|great|...|…|?|??|👍🏽|💯|ok great 👍|:)|<3|+1|xD|^^|cool|wow ok|yes
no|good to know|never mind|makes sense|got it|i see|that's great|great answer|nice one|interesting|k|hmm|спасибо|好的
okay bye|yes exactly|fair enough""".replace("\n", "|").split("|")
QUESTIONS = """why?|ok why|ok, and quill?|great, and the roof?|more|sources|who says that|[2]|2|is that good|really?
are you sure?|what|no tools|best|right?|what is it|the first|is it true|next|tell me more|show source 2|yes but why
did it open|does that make sense""".replace("\n", "|").split("|")
BEFORE = "when did the glass museum open?"


@pytest.mark.parametrize("message", NOTHING)
def test_what_asks_nothing_is_known(message: str) -> None:
    assert is_small_talk(message)


@pytest.mark.parametrize("message", QUESTIONS)
def test_a_question_is_no_such_message(message: str) -> None:
    assert not asks_nothing(message)


@given(st.text(alphabet=st.characters(categories=["So", "Sk", "Po", "Pd", "Zs", "Sm"]), max_size=20))
def test_signs_without_a_word_ask_nothing(message: str) -> None:
    assert asks_nothing(message) or any(mark.isalnum() for mark in message)


@pytest.mark.parametrize("message", ["👍", "ok", "lol", "great", "...", "🙏"])
def test_it_gets_a_short_word_and_changes_no_later_answer(desk: Desk, message: str) -> None:
    answer = desk.answer(message, [BEFORE])
    assert (answer.kind, answer.text, answer.citations) == ("about", "Noted. Ask me whenever you like.", ())
    assert desk.answer("who says that?", [BEFORE, message]) == desk.answer("who says that?", [BEFORE])
    assert desk.answer("why?", [BEFORE, message]) == desk.answer("why?", [BEFORE])


def test_what_could_not_be_asked_poisons_nothing(desk: Desk) -> None:
    refused = "word " * 1000
    assert desk.answer("who says that?", [BEFORE, refused, ""]) == desk.answer("who says that?", [BEFORE])
