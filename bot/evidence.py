"""A question and its hits in → how surely they answer it, and what of it the articles can't speak to, out."""

import math
import re
from collections.abc import Sequence, Set
from typing import NamedTuple, Protocol

from bot.expected import expected
from index import Hit, is_everyday, terms

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
# What makes a question of words, and what one begins with that yes or no would answer.
DECIDED = re.compile(
    r"(?:\W|\b(?:and|so|but|or|then|ok|okay|well)\b)*(?:is|are|am|was|were|do|does|did|has|have|had|can|could|will|would|should"
    r"|may|might|isnt|arent|doesnt|didnt|cant|wont)\b",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:who|whom|whose|whos|what|whats|which|when|where|why|how|hows|is|are|was|were|does|do|did|can|could|will|would"
    r"|should|has|have)\b",
    re.IGNORECASE,
)
VERSIONED = re.compile(r"(?<![\w.])([A-Za-z][A-Za-z]+)(?:-|\s|)(v?\d+(?:\.\d+)*[A-Za-z]?)(?![\w.]*\d)")
# Words with a capital letter within a sentence, and names with a hyphen; those that follow each other are one name.
WITHIN = re.compile(r"(?<=[a-z0-9,;:)’'] )[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*")
HYPHENED = re.compile(r"(?<![\w-])[A-Za-z]{3,}-(?:\d[\w.]*|[A-Za-z]{1,2})(?![\w-])")
TITLED = 0.6  # share of a question's words with a capital letter from which it is written like a title
PART = 3  # letters from which a part of a name is one that an article would have to hold
SEPARATORS = re.compile(r"[\W_]+")
BETWEEN = r"[\s_‐‑–-]*v?"  # what may stand between a name and its version


class Words(Protocol):
    """What an index knows of words."""

    def knows(self, word: str) -> bool:
        """Does any passage hold this word?"""

    def rarity(self, word: str) -> float:
        """Its inverse document frequency."""


class Evidence(NamedTuple):
    """What speaks for an answer, each number the greater the better; the order is that of WEIGHTS.

    `odds`: the judge's log-odds for the best sentence. `covered`: the share of the question's weight (by rarity) that
    its passage, with headings and title, holds. `near`: the highest cosine of a passage, low where a question is of
    another matter altogether. `named`: 1 where the passage holds every name in the question; less, the rarer the name
    that it lacks. `open`: 0 where the question asks for one thing in particular (a number, a time, a name …), which
    near passages seldom hold, else 1. `worded`: 0 where it is no sentence but words for a search, which say less of
    what is wanted, else 1. `decides`: 1 where yes or no would do, else 0. `heard`: 0 where a word is neither everyday
    English nor in any article (a name that nobody mentions, or a slip), else 1.
    """

    odds: float
    covered: float
    near: float
    named: float
    open: float
    worded: float
    decides: float
    heard: float


# Learned by logistic regression over graded questions (tests/benchmarks/evidence.py makes them anew).
WEIGHTS = Evidence(odds=0.592, covered=1.71, near=0.619, named=1.16, open=1.16, worded=1.06, decides=0.97, heard=0.654)
BIAS = -2.93
ENOUGH = 0.65  # confidence from which an answer is given: a wrong one costs more than none


def confidence(found: Evidence) -> float:
    """The probability that the best sentence answers, 0 to 1."""
    total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, found, strict=True))
    return 1 / (1 + math.exp(-total))


def evidence(question: str, hits: Sequence[Hit], words: Words) -> Evidence:
    """What speaks for the best sentence among the hits as the answer."""
    found = [(hit, sentence) for hit in hits for sentence in hit.best[:1]]
    if not found:
        return Evidence(-9.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    hit, _ = max(found, key=lambda each: each[1].merit)
    rarity = {word: words.rarity(word) for word in content_words(question)}
    whole = sum(rarity.values()) or 1.0
    held = set(terms(f"{hit.passage.context} {hit.text}"))
    return Evidence(
        odds=max(sentence.odds for _, sentence in found),
        covered=sum(weight for word, weight in rarity.items() if held & set(terms(word))) / whole,
        near=max(hit.similarity for hit in hits),
        named=_named(question, held, hits, words),
        open=float(expected(question) is None),
        worded=float(ASKED.search(question) is not None),
        decides=float(DECIDED.match(question) is not None),
        heard=float(all(_known(word, words) or is_everyday(word.casefold()) for word in rarity)),
    )


def _named(question: str, held: Set[str], hits: Sequence[Hit], words: Words) -> float:
    """How far a passage that holds these terms speaks of those whom the question names."""
    lacking = [word for word in names(question, hits) if not held & set(terms(word))]
    return 1 - max((words.rarity(word) for word in lacking), default=0.0) / words.rarity(" ")


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


def content_words(question: str) -> list[str]:
    """The words that a question is about, as they stand in it."""
    return [word for word in re.findall(r"[^\W_]+(?:[.'’-][^\W_]+)*", question) if set(terms(word)) - ASKING]


def unspoken(question: str, hits: Sequence[Hit], words: Words, models: Sequence[str] = ()) -> list[str]:
    """What the question names and the articles don't speak of; not empty means that it can't be answered.

    These are names that no article holds, and versions and models that no hit speaks of. `models` are those that the
    results lack. A name with a version is spoken of only where the same version is: GPT-6 is not GPT-5.4.
    """
    texts = [f"{hit.passage.context} {hit.text}".casefold() for hit in hits]
    missing = [model for model in models if not any(_compact(model) in _compact(text) for text in texts)]
    for match in VERSIONED.finditer(question):
        family, version = match[1].casefold(), re.escape(match[2].casefold().removeprefix("v"))
        if set(terms(match[1])) <= ASKING:
            continue  # "in 2025", "top 3"
        if not any(re.search(rf"{family}{BETWEEN}\d", text) for text in texts):
            is_name = " " not in match[0] and not is_everyday(family)
            known = not is_name or any(family in text for text in texts)
        else:
            known = any(re.search(rf"{family}{BETWEEN}{version}(?!\.?\d)", text) for text in texts)
        if not known and not any(match[0].casefold() == name.casefold() for name in missing):
            missing.append(match[0])
    missing += [name for name in _strangers(question, words) if not any(name in other for other in missing)]
    return [name for name in missing if not any(name != other and name in other for other in missing)]


def _strangers(question: str, words: Words) -> list[str]:
    """The names in a question of which no article holds any part."""
    written = re.findall(r"[^\W\d_]{3,}", question)
    if sum(word[0].isupper() for word in written) >= TITLED * len(written):
        return []
    named = [*WITHIN.findall(question), *HYPHENED.findall(question)]
    return [name for name in dict.fromkeys(named) if content_words(name) and not _known(name, words)]


def _known(name: str, words: Words) -> bool:
    """Does any article hold a part of this name, or the whole where it has none of some length?"""
    parts = [part for part in re.findall(r"[^\W_]+", name) if len(part) >= PART]
    return any(words.knows(part) for part in parts or [name])


def unheard(question: str, words: Words) -> list[str]:
    """The words of a question that no article holds, where they are most of it."""
    asked = content_words(question)
    unknown = [word for word in asked if not words.knows(word)]
    return unknown if len(unknown) * 2 > len(asked) else []


def _compact(text: str) -> str:
    return SEPARATORS.sub("", text.casefold())
