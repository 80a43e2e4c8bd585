"""A question and its hits in → what different articles say on it, and whether they agree as far as can be told, out."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from bot.content_word import Words, content_words
from bot.expected import expected
from bot.quotation import Quotation, quotation
from bot.stance import Stance, is_polar, stances
from bot.stated_value import same, values
from index import Hit, Sentence, terms

# "…, do the articles agree?" asks for a comparison of what the articles say; the rest is what they say it of.
ARTICLES = r"(?:articles?|sources?|outlets?|reports?|they|every(?:one|body)?|there)"
AGREEING = re.compile(
    r"[\s,;:–—-]*\b(?:and |but |so )?(?:do|does|did|is|are|was|were) (?:(?:all|both|any|most|every) )?(?:of )?"
    rf"(?:the |these |your )?{ARTICLES}(?: all)?\b[^.?!]*?\b(?:(?:dis)?agree\w*|consistent|conflict\w*|contradict\w*"
    r"|say the same(?: thing)?|differ\w*|in line|unanimous)\b"
    r"(?: (?:on|about|over|with each other|each other|that|whether|if))*[\s,:]*",
    re.IGNORECASE,
)
WHETHER = re.compile(r"\b(?:agree\w*|disagree\w*|differ\w*|on|about|over) (?:whether|if|that)\b", re.IGNORECASE)
NEAR = 0.5  # share of the best sentence's probability from which another is compared with it
NEAR_ASKED = 0.2  # the same, where it was asked what each says

# What is established: one denies what another says, some leave out what others list, all say yes or all no, all tell
# the same or different values, only one speaks of it; else nothing is.
Established = Literal["contradict", "leave out", "yes", "no", "same", "different", "one"]


class Sides(NamedTuple):
    """What different articles say, one quotation of each, and what their words establish."""

    quotations: tuple[Quotation, ...]
    established: Established | None

    @property
    def differ(self) -> bool | None:
        """Whether they differ; None where that can't be told."""
        return None if self.established is None else self.established in ("contradict", "leave out", "different")


def without_agreeing(question: str) -> str:
    """The question without the words that ask whether the articles agree on it."""
    if not AGREEING.search(question):
        return question
    rest = AGREEING.sub(" ", question).strip(" ,;:?")
    if WHETHER.search(question) and not is_polar(rest):
        rest = f"is it so that {rest}"  # "… agree on whether the Otter breaks ice?" asks for yes or no
    return f"{rest}?" if len(terms(rest)) > 1 else question


def sides(question: str, hits: Sequence[Hit], words: Words, asked: bool) -> Sides | None:
    """The articles' sides: where it was `asked` whether they agree, or where one denies what another says."""
    said = _said(hits, NEAR_ASKED if asked else NEAR)
    polar = is_polar(question)
    if not said or not (asked or (polar and said[0][1].answers)):
        return None
    if polar:
        taken = stances(question, said, words)
        established = _of_stances(taken, asked)
        kept = [each for each, stance in zip(said, taken, strict=True) if stance is not None]
    else:
        established, kept = _of_values(question, said)
    if not asked and established != "contradict":
        return None
    shown = kept if established else said
    if asked and len(said) == 1:
        established, shown = "one", said
    return Sides(tuple(quotation(hit, sentence.start, sentence.end) for hit, sentence in shown), established)


def _said(hits: Sequence[Hit], near: float) -> list[tuple[Hit, Sentence]]:
    """The best sentence of each article, where it answers about as surely as the best of all."""
    best: dict[str, tuple[Hit, Sentence]] = {}
    for hit in hits:
        for sentence in hit.best[:1]:
            kept = best.get(hit.passage.source)
            if kept is None or sentence.probability > kept[1].probability:
                best[hit.passage.source] = (hit, sentence)
    found = sorted(best.values(), key=lambda each: -each[1].probability)
    return [each for each in found if each[1].probability >= near * found[0][1].probability]


def _is_on(question: str, sentence: str) -> bool:
    """Whether a sentence holds what is asked about, but one word at most: a number of something else contradicts
    nothing."""
    held = set(terms(sentence))
    missing = [word for word in content_words(question) if not held & set(terms(word))]
    return len(missing) < 2


def _of_stances(taken: Sequence[Stance | None], asked: bool) -> Established | None:
    counted = [stance for stance in taken if stance is not None]
    if {"yes", "no"} <= set(counted):
        return "contradict"
    if {"yes", "leaves out"} <= set(counted):
        return "leave out" if asked else None
    if len(counted) > 1 and len(set(counted)) == 1:
        return "yes" if counted[0] == "yes" else "no" if counted[0] == "no" else None
    return None


def _of_values(
    question: str, said: Sequence[tuple[Hit, Sentence]]
) -> tuple[Established | None, list[tuple[Hit, Sentence]]]:
    """Whether the sentences tell one value of the kind that is asked for, or values that exclude each other."""
    kind = expected(question)
    told = [(each, values(kind, each[1].text, question)) for each in said] if kind else []
    telling = [(each, own) for each, own in told if own]
    kept = [each for each, _ in telling]
    if len(telling) < 2:
        return None, []
    if any(all(any(same(value, other) for other in own) for _, own in telling) for value in telling[0][1]):
        return "same", kept
    alone = [next(iter(own)) for each, own in telling if len(own) == 1 and _is_on(question, each[1].text)]
    if any(not same(one, other) for one, other in combinations(alone, 2)):
        return "different", kept
    return None, []
