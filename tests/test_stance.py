"""Sixty invented pairs of sentences: what their words establish, whoever is asked first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agreement import without_agreeing
from bot.stance import Stance, is_polar, stances
from index import Hit, Passage, Sentence

CONTRADICT: list[tuple[str, str, str]] = [
    ("can Otter browse the web?", "Otter can browse the web.", "Otter cannot browse the web."),
    ("can Otter browse the web?", "Otter can browse the web.", "Otter can't browse the web."),
    ("can Otter hear?", "Otter can hear.", "Otter is unable to hear."),
    ("can Otter draw maps?", "Otter can draw maps.", "Otter can not draw maps."),
    ("is Otter fast?", "Otter is fast.", "Otter is not fast."),
    ("is Otter fast?", "Otter is fast.", "Otter isn't fast."),
    ("is Otter available in Tarn?", "Otter is available in Tarn.", "Otter is not available in Tarn."),
    ("is Otter available in Tarn?", "Otter is available in Tarn.", "Otter is unavailable in Tarn."),
    ("is Otter available in Tarn?", "Otter has launched in Tarn.", "Otter has not been released in Tarn."),
    ("has Meridian released Otter?", "Meridian has released Otter.", "Meridian has not released Otter."),
    ("are the weights of Otter open?", "The weights of Otter are open.", "Tarn has not released the weights of Otter."),
    ("are the weights of Otter open?", "The weights of Otter are open.", "The weights of Otter are closed."),
    ("are the weights of Otter open?", "The weights of Otter are public.", "The weights of Otter are proprietary."),
    ("are the weights of Otter public?", "The weights of Otter are open.", "The weights of Otter are private."),
    ("is the code of Otter public?", "The code of Otter is public.", "The code of Otter is secret."),
    ("does Otter support audio?", "Otter supports audio.", "Audio is not supported."),
    ("does Otter support audio?", "Otter accepts text, images and audio.", "Otter does not support audio."),
    ("does Otter support audio?", "Otter handles audio.", "In Otter audio is unsupported."),
    ("does Otter accept video?", "Otter accepts video.", "Otter rejects video."),
    ("does Otter accept video?", "Otter takes video.", "Otter does not accept video."),
    ("is Otter free?", "Otter is free.", "Otter is not free."),
    ("is Otter allowed in schools?", "Otter is allowed in schools.", "Otter is banned in schools."),
    ("does Otter keep notes?", "Otter keeps notes.", "Otter keeps no notes."),
    ("does Otter keep notes?", "Otter keeps notes.", "Otter never keeps notes."),
]
AGREE: list[tuple[str, str, str, Stance]] = [
    ("can Otter browse the web?", "Otter can browse the web.", "Yes, Otter can browse the web.", "yes"),
    ("can Otter browse the web?", "Otter cannot browse the web.", "Otter can't browse the web.", "no"),
    ("is Otter fast?", "Otter is fast.", "It is said that Otter is fast.", "yes"),
    ("is Otter fast?", "Otter is not fast.", "Otter isn't fast.", "no"),
    ("is Otter available in Tarn?", "Otter is available in Tarn.", "Otter was launched in Tarn.", "yes"),
    ("is Otter available in Tarn?", "Otter is unavailable in Tarn.", "Otter is not available in Tarn.", "no"),
    ("are the weights of Otter open?", "The weights of Otter are open.", "Tarn published the weights of Otter.", "yes"),
    ("are the weights of Otter open?", "The weights of Otter are closed.", "The weights of Otter are not open.", "no"),
    ("does Otter support audio?", "Otter supports audio.", "Otter accepts text, images and audio.", "yes"),
    ("does Otter support audio?", "Otter does not support audio.", "Audio is not supported.", "no"),
    ("does Otter accept video?", "Otter accepts video.", "Otter processes video.", "yes"),
    ("is Otter free?", "Otter is free.", "Otter is free for all.", "yes"),
]
# Of another thing, of another time, hedged, or of somebody else: it takes no side.
OTHER: list[tuple[str, str]] = [
    ("can Otter browse the web?", "Otter writes well."),
    ("can Otter browse the web?", "Otter may browse the web soon."),
    ("can Otter browse the web?", "The web is large."),
    ("is Otter fast?", "Otter is cheap."),
    ("is Otter fast?", "Otter will be fast."),
    ("is Otter fast?", "Otter was once fast."),
    ("is Otter available in Tarn?", "Otter is expected to be available in Tarn."),
    ("is Otter available in Tarn?", "Otter is available in Borvik."),
    ("is Otter available in Tarn?", "Otter will launch in Tarn."),
    ("are the weights of Otter open?", "Tarn plans to release the weights of Otter."),
    ("are the weights of Otter open?", "The weights of Otter are heavy."),
    ("are the weights of Otter open?", "The weights of Otter are not closed."),
    ("are the weights of Otter open?", "Tarn is open to visitors."),
    ("does Otter support audio?", "Otter supports text."),
    ("does Otter support audio?", "Audio is fun."),
    ("does Otter support audio?", "Otter could support audio later."),
    ("does Otter accept video?", "Otter generates video."),
    ("does Otter accept video?", "If Otter accepts video, it says so."),
    ("is Otter free?", "Otter is green."),
    ("is Otter free?", "Otter might become free."),
    ("does Otter keep notes?", "Otter keeps time."),
    ("does Otter keep notes?", "Otter should keep notes in the future."),
    ("has Meridian released Otter?", "Meridian intends to release Otter."),
    ("is Otter allowed in schools?", "Otter is allowed at home."),
]


class Everything:
    """An index that knows every word, all as rare."""

    def knows(self, word: str) -> bool:
        return bool(word)

    def rarity(self, word: str) -> float:
        return float(bool(word))


def taken(question: str, *texts: str) -> list[Stance | None]:
    """What each of the texts says, as the best sentence of an article of its own."""
    said = [(hit_of(f"a{number}", text), sentence_of(text)) for number, text in enumerate(texts)]
    return stances(question, said, Everything())


def sentence_of(text: str) -> Sentence:
    return Sentence(0, len(text), text, "", 0.9, 1.0, 2.0)


def hit_of(source: str, text: str) -> Hit:
    # The names stand within a sentence of the same passage, as they do in articles.
    text_of_names = f"{text} So they say of Otter, of Tarn and of Meridian."
    return Hit(0, Passage(source, 0, len(text), ""), text_of_names, 1.0, 1, 1, 0.9, 9.0, (sentence_of(text),))


@pytest.mark.parametrize(("question", "one", "other"), CONTRADICT)
def test_what_is_said_and_denied_contradicts(question: str, one: str, other: str) -> None:
    assert taken(question, one, other) == ["yes", "no"]


@pytest.mark.parametrize(("question", "one", "other", "both"), AGREE)
def test_what_both_say_or_both_deny_agrees(question: str, one: str, other: str, both: Stance) -> None:
    assert taken(question, one, other) == [both, both]


@pytest.mark.parametrize(("question", "sentence"), OTHER)
def test_what_is_hedged_or_of_something_else_takes_no_side(question: str, sentence: str) -> None:
    assert taken(question, sentence) == [None]


@settings(deadline=None, max_examples=60)
@given(st.permutations([*CONTRADICT, *((q, a, b) for q, a, b, _ in AGREE)]))
def test_the_order_of_the_articles_changes_nothing(rows: list[tuple[str, str, str]]) -> None:
    for question, one, other in rows[:3]:
        assert taken(question, one, other) == taken(question, other, one)[::-1]


def test_whether_it_is_so_is_a_question_of_yes_or_no() -> None:
    assert is_polar(without_agreeing("do the articles agree on whether the Otter supports audio?"))
    assert not is_polar(without_agreeing("do the articles agree on the price of the Otter?"))
