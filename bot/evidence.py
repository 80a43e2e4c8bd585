"""A question and its hits in → how surely they answer it, out."""

import math
import re
from collections.abc import Sequence, Set
from typing import NamedTuple

from bot.content_word import Words, content_words, known, names
from bot.expected import expected
from index import Hit, is_everyday, terms

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
        heard=float(all(known(word, words) or is_everyday(word.casefold()) for word in rarity)),
    )


def _named(question: str, held: Set[str], hits: Sequence[Hit], words: Words) -> float:
    """How far a passage that holds these terms speaks of those whom the question names."""
    lacking = [word for word in names(question, hits) if not held & set(terms(word))]
    return 1 - max((words.rarity(word) for word in lacking), default=0.0) / words.rarity(" ")
