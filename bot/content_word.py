"""A question in → the words that it is about, and which of them are names, out."""

import re
from collections.abc import Sequence
from typing import Protocol

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
        "when where which while who whom whose why will with word would yes yet you your arent cant couldnt didnt "
        "doesnt dont hadnt hasnt havent isnt shouldnt thats theres wasnt werent wont wouldnt"
    )
)
PART = 3  # letters from which a part of a name is one that an article would have to hold


class Words(Protocol):
    """What an index knows of words."""

    def knows(self, word: str) -> bool:
        """Does any passage hold this word?"""

    def rarity(self, word: str) -> float:
        """Its inverse document frequency."""


def content_words(question: str) -> list[str]:
    """The words that a question is about, as they stand in it."""
    return [word for word in re.findall(r"[^\W_]+(?:[.'’-][^\W_]+)*", question) if set(terms(word)) - ASKING]


def names(question: str, hits: Sequence[Hit]) -> list[str]:
    """The words of a question that are names: written with a capital within it, or always so within the passages."""
    text = "\n".join(hit.text for hit in hits)
    found = []
    for word in content_words(question):
        written = re.findall(rf"(?<=[\w,;] )\b{re.escape(word)}\b", text, re.IGNORECASE)
        capital = sum(each[0].isupper() for each in written)
        inside = re.search(rf"(?<=[a-z,] ){re.escape(word)}\b", question) is not None and word[0].isupper()
        if inside or (written and capital == len(written)):
            found.append(word)
    return found


def known(name: str, words: Words) -> bool:
    """Does any article hold a part of this name, or the whole where it has none of some length?"""
    parts = [part for part in re.findall(r"[^\W_]+", name) if len(part) >= PART]
    return any(words.knows(part) for part in parts or [name])
