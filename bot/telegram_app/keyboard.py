"""An answer in → the buttons under it, and what a pressed one asks for, out."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple
from urllib.parse import quote

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.helpers import create_deep_linked_url

from bot.answer import Answer, CitedPassage

Action = Literal["sources", "more", "others", "follow", "good", "bad", "chart", "question"]
# Old messages keep their buttons: a letter never changes its meaning.
LETTERS: dict[str, Action] = {
    "s": "sources",
    "m": "more",
    "o": "others",
    "f": "follow",
    "g": "good",
    "b": "bad",
    "c": "chart",
    "q": "question",
}
DATA = re.compile(r"([smofgbcq])(\d?):([\w-]{8,40})")
REMOVE, KEEP, UNDO = "r", "k", "u"  # what an admin is asked; the key is that of an errand
ERRAND = re.compile(rf"[{REMOVE}{KEEP}{UNDO}]:[\w-]{{8,40}}")
LABEL = 60  # characters; a phone shows about forty
FOLLOW_UPS = 3


class Pressed(NamedTuple):
    """What a button asks for, about which answer; `number` is the follow-up's."""

    action: Action
    key: str
    number: int


def read_data(data: str) -> Pressed | None:
    """A button's data, None if it is none of ours."""
    match = DATA.fullmatch(data)
    return Pressed(LETTERS[match[1]], match[3], int(match[2] or 0)) if match else None


def keyboard(answer: Answer, key: str, username: str) -> InlineKeyboardMarkup | None:
    """The buttons that have something to show for this answer."""
    if answer.kind == "about":
        return None
    look = [_button("Sources", "s", key)] if answer.citations else []
    look += [_button("More", "m", key)] if more_passages(answer) else []
    look += [_button("What do others say?", "o", key)] if other_passages(answer) else []
    look += [_button("Chart", "c", key)] if answer.facts else []
    follow = [[_button(words, f"f{n}", key)] for n, words in enumerate(answer.suggestions[:FOLLOW_UPS])]
    link = create_deep_linked_url(username, key)
    share = InlineKeyboardButton("Share", url=f"https://t.me/share/url?url={quote(link, safe='')}")
    rows = [look, *follow, [_button("👍", "g", key), _button("👎", "b", key), share]]
    return InlineKeyboardMarkup([row for row in rows if row])


def question_button(question: str, key: str) -> InlineKeyboardButton:
    """A button that asks a question which is remembered under the key."""
    return _button(question, "q", key)


def confirmation(key: str) -> InlineKeyboardMarkup:
    """Whether an admin means it."""
    return InlineKeyboardMarkup([[_button("Remove", REMOVE, key), _button("Keep", KEEP, key)]])


def undo_button(key: str) -> InlineKeyboardMarkup:
    """Takes back what an admin just did."""
    return InlineKeyboardMarkup([[_button("Undo", UNDO, key)]])


def more_passages(answer: Answer) -> Sequence[CitedPassage]:
    """Passages of the cited sources that no citation stands in."""
    cited = {citation.source for citation in answer.citations}
    return [passage for passage in answer.passages if passage.source in cited and not _is_cited(passage, answer)]


def other_passages(answer: Answer) -> Sequence[CitedPassage]:
    """Passages of sources that the answer does not cite."""
    cited = {citation.source for citation in answer.citations}
    return [passage for passage in answer.passages if passage.source not in cited]


def _is_cited(passage: CitedPassage, answer: Answer) -> bool:
    return any(
        citation.source == passage.source and passage.start <= citation.start < passage.end
        for citation in answer.citations
    )


def _button(words: str, letter: str, key: str) -> InlineKeyboardButton:
    label = words if len(words) <= LABEL else f"{words[: LABEL - 1].rstrip()}…"
    return InlineKeyboardButton(label, callback_data=f"{letter}:{key}")
