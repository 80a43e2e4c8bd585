"""A question and its hits in → what of the question the articles can't speak to, out."""

import re
from collections.abc import Callable, Sequence

from index import Hit, terms

# Words that a question is asked with, rather than about.
ASKING = frozenset(
    terms(
        "a about according all also am an and any anyone anything are article articles as ask at back be been before "
        "being best better between bit but by can could did do does doing done each else every ever exactly far find "
        "for from get give given go going good got had has have he her here him his how i if in into is it its just "
        "kind know let like list look made make many may me mean might more most much must my name need never no not "
        "now number of off on one only or other our out over please pls put really s said same say says see she should "
        "show so some something source sources still such t take tell than that the their them then there these they "
        "thing think this those through time to too under up us use used very want was way we well were what whats "
        "when where which while who whom whose why will with word would yes yet you your"
    )
)
VERSIONED = re.compile(r"(?<![\w.])([A-Za-z][A-Za-z]+)(?:-|\s|)(v?\d+(?:\.\d+)*[a-z]?)(?![\w.]*\d)")
LETTERS = re.compile(r"[\W_]+")


def content_words(question: str) -> list[str]:
    """The words that a question is about, as they stand in it."""
    return [word for word in re.findall(r"[^\W_]+(?:[.'’-][^\W_]+)*", question) if set(terms(word)) - ASKING]


def unspoken(question: str, hits: Sequence[Hit], knows: Callable[[str], bool]) -> list[str]:
    """The names and words of the question that no article holds; not empty means that it can't be answered.

    A name with a version is held only by a passage that has the same version: GPT-6 is not GPT-5.4.
    """
    texts = [_compact(f"{hit.passage.context} {hit.text}") for hit in hits]
    missing = []
    for match in VERSIONED.finditer(question):
        family = _compact(match[1])
        if not any(re.search(rf"{re.escape(family)}v?\d", text) for text in texts):
            continue  # "in 2025", "top 3": no name of this corpus
        version = re.escape(_compact(match[2]))
        if not any(re.search(rf"{re.escape(family)}v?{version}(?!·?\d)", text) for text in texts):
            missing.append(match[0])
    if missing:
        return missing
    words = content_words(question)
    unknown = [word for word in words if not knows(word)]
    if len(unknown) * 2 > len(words):
        return unknown
    return []


def _compact(text: str) -> str:
    return LETTERS.sub("", re.sub(r"(?<=\d)\.(?=\d)", "·", text.casefold()).replace("·", "\x00")).replace("\x00", "·")
