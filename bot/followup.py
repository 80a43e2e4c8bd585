"""A question and those before it in → the complete question, or which part of the last answer it turns back to, out."""

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from bot.content_word import content_words
from bot.standing_alone import is_formed, points_back
from index import is_everyday

Back = Literal["more", "sources", "source", "others"]

# Beginnings that carry on from what was asked, and how many words of its own a question may have for it.
CARRYING_ON = re.compile(r"(?:and|but|so|or|also|then|what about|how about)\b", re.IGNORECASE)
FOR_WHAT = re.compile(
    r"(?:for|to|by|from|with|in|at|on|of|under|since|until|against)\s+(?:what|which|whom|how|when)\b", re.IGNORECASE
)
IT = re.compile(r"\b(?:it|its)\b", re.IGNORECASE)
TOO = re.compile(r"\b(?:too|also|as well|either)\W*$", re.IGNORECASE)
DEFINING = re.compile(r"\W*(?:what|who)(?:'s|s| is| are| was| were)\b", re.IGNORECASE)
TERSE = 4  # words of a question that leaves out whom it is about: "how many layers?"

PLEASE = r"(?:please |pls )?"
MORE = re.compile(
    PLEASE
    + r"(?:(?:show|tell|give|read)(?: me)? )?(?:some |any )?more(?: (?:of (?:that|it|them)|about (?:that|it|this)|"
    r"details?|results|passages|info|information|like (?:that|this)))?(?: please)?"
    r"|(?:please )?(?:go on|continue|next|keep going|carry on)|(?:is there )?any(?:thing)? (?:else|more)|what else"
    r"(?: do (?:they|the articles|the sources) say)?"
)
SOURCES = re.compile(
    r"(?:and )?(?:who|which (?:sources?|articles?|of them)|where) (?:says?|said|reports?|reported|claims?|claimed|"
    r"writes?|wrote|states?|stated|is|does|did)(?: (?:that|so|this|it))?"
    r"(?: (?:say|said|from|come from|stand|written|stated))?(?: (?:that|so|this|it))?"
    r"|says who|according to whom?|sources?|source please|your sources?"
    r"|(?:what|who|which) (?:is|are|was|were) (?:the|your|its) sources?"
    r"|(?:show|give|list)(?: me)? (?:the |your |all )?(?:sources|citations|quotes|evidence)"
    r"|how do (?:you|we) know(?: (?:that|this))?|citations?|proof|evidence|prove it"
)
POINTS_BACK = re.compile(r"\b(?:that|so|this|it|source|sources|citations?|whom?|quotes|evidence|proof|know)\b")
ORDINALS = ("first", "second", "third", "fourth", "fifth")
SOURCE = re.compile(
    PLEASE
    + r"(?:(?:show|open|read|see|give|display)(?: me)? )?(?:the )?(?:source|citation|footnote|reference|number|quote)?"
    r" ?(?:no |nr |#)?(\d{1,2})"
    rf"|(?:(?:show|open|read|see|give)(?: me)? )?(?:the )?({'|'.join(ORDINALS)}) (?:source|citation|one|quote|article)"
)
OTHERS = re.compile(
    r"(?:and )?(?:what (?:do|did|does|about) (?:the )?(?:others|other (?:sources|articles|papers)|(?:any"
    r"|every)(?:one|body)"
    r" else)|(?:do|did|does) (?:the )?(?:others|other (?:sources|articles)|any(?:one|body) else)"
    r"|(?:any )?other (?:sources|articles|opinions|views)|(?:a )?second opinion)"
    r"(?: (?:say|said|report|agree|confirm|think|claim)"
    r"(?: (?:so|that|this|it|the same|about (?:that|it|this)))?)?"
)


class TurnBack(NamedTuple):
    """What a question wants of the answer before it. `number` is the source's, for `source`; the page's, for `more`."""

    back: Back
    question: str
    history: tuple[str, ...]
    number: int = 0


def turn_back(question: str, history: Sequence[str]) -> TurnBack | None:
    """Whether a question turns back to the last answer, and to which: the answer to `question` after `history`."""
    kind = _kind(question)
    last = next((place for place in range(len(history) - 1, -1, -1) if not _kind(history[place])), None)
    if kind is None or last is None:
        return None
    back, number = kind
    if back == "more":
        number = 1 + sum(1 for each in history[last + 1 :] if (_kind(each) or ("", 0))[0] == "more")
    return TurnBack(back, history[last], tuple(history[:last]), number)


def _kind(question: str) -> tuple[Back, int] | None:
    plain = " ".join(re.sub(r"[^\w# ]+", " ", question.casefold()).split())
    if MORE.fullmatch(plain):
        return "more", 0
    match = SOURCE.fullmatch(plain)
    if match:
        return "source", int(match[1]) if match[1] else ORDINALS.index(match[2]) + 1
    if OTHERS.fullmatch(plain):
        return "others", 0
    if SOURCES.fullmatch(plain) and POINTS_BACK.search(plain):
        return "sources", 0
    return None


def complete(question: str, history: Sequence[str], names: Callable[[str], bool] = lambda _: False) -> str:
    """A question that leans on the one before it, made whole by it; one that stands by itself stays as it is.

    `names` says whether a question names something that the articles know, so that everyday words may be a name.
    """
    if not history or not _leans(question, names):
        return question
    return f"{complete(history[-1], history[:-1], names).rstrip('?. ')}: {question}"


def _leans(question: str, names: Callable[[str], bool]) -> bool:
    words = content_words(question)
    own = len(words)
    points = points_back(question)
    too = bool(TOO.search(question))
    if own and is_formed(question) and not points and not too and (_has_name(question, words) or names(question)):
        return False  # whatever it begins with: "and who is Lind?"
    return (
        own == 0
        or (own <= 3 and bool(CARRYING_ON.match(question)))
        or (own <= 2 and bool(FOR_WHAT.match(question)))
        or (own <= 2 and points)
        or (own <= 1 and bool(IT.search(question)))
        or (own <= 2 and too)
        or (own == 1 and len(question.split()) <= TERSE and not DEFINING.match(question) and is_everyday(words[0]))
    )


def _has_name(question: str, words: Sequence[str]) -> bool:
    """Whether one of the words is a name, as far as the question shows: a capital within it, or no everyday word."""
    return any(
        not is_everyday(word.casefold()) or (word[0].isupper() and not word.isupper() and not question.startswith(word))
        for word in words
    )
