"""A question and its hits in → the sentences of different articles that speak for and against, out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.content_word import Words, content_words, names
from bot.expected import NAME, ExpectedKind, expected, told
from bot.quotation import Quotation, quotation
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
YES_OR_NO = re.compile(
    r"^\W*(?:and |but |so |ok )?(?:is|are|was|were|can|could|do|does|did|has|have|had|will|would|may|should|whether"
    r"|if)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[,;:()—–]|\s-\s|\b(?:but|while|although|though|whereas|which|who|and)\b", re.IGNORECASE)
DENIED = re.compile(
    r"\b(?:not(?! (?:merely|only|just|simply))|never|no|nor|neither|none|without|cannot|lacks?|lacking|absent"
    r"|unavailable|unreleased|yet to|instead of|rather than|as opposed to)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
# What may come, or was once, denies nothing that is.
ELSEWHEN = re.compile(
    r"\b(?:hopes?|plans?|planned|will|would|could|may|might|future|later|eventually|expect\w*|if|soon|aims?"
    r"|previous\w*|earlier|formerly|used to|unlike|once|coming|upcoming|next|intends?)\b",
    re.IGNORECASE,
)
# Words that say the same of a product: that people can have it.
OUT = frozenset(
    terms("available released release launched launch introduced out live shipped rolled accessible debuted")
)
NEAR = 0.5  # share of the best sentence's probability from which another is compared with it
NEAR_ASKED = 0.2  # the same, where it was asked what each says


class Sides(NamedTuple):
    """What different articles say, one quotation of each; `differ`: not all say the same."""

    quotations: tuple[Quotation, ...]
    differ: bool


def without_agreeing(question: str) -> str:
    """The question without the words that ask whether the articles agree on it."""
    if not AGREEING.search(question):
        return question
    rest = AGREEING.sub(" ", question).strip(" ,;:?")
    return f"{rest}?" if len(terms(rest)) > 1 else question


def sides(question: str, hits: Sequence[Hit], words: Words, asked: bool) -> Sides | None:
    """The articles' sides: where it was `asked` whether they agree, or where one denies what another says."""
    said = _said(hits, NEAR_ASKED if asked else NEAR)
    if not said or not (asked or (YES_OR_NO.search(question) and said[0][1].answers)):
        return None
    kind = expected(question)
    stances: Sequence[bool | None]
    if YES_OR_NO.search(question):
        about = _asked_of_them(question, hits, words)
        stances = [_stance(question, sentence, about, asked) for _, sentence in said]
    elif kind is not None:
        stances = _answers(kind, question, [sentence.text for _, sentence in said])
    else:
        stances = [True for _ in said]
    taken = [
        (stance, hit, sentence) for stance, (hit, sentence) in zip(stances, said, strict=True) if stance is not None
    ]
    differ = len({stance for stance, _, _ in taken}) > 1
    if not taken or not (differ or asked):
        return None
    return Sides(tuple(quotation(hit, sentence.start, sentence.end) for _, hit, sentence in taken), differ)


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


def _asked_of_them(question: str, hits: Sequence[Hit], words: Words) -> list[frozenset[str]]:
    """What is asked of those whom the question names: its other words, each in its forms, the rarest first."""
    named = set(names(question, hits))
    about = sorted((word for word in content_words(question) if word not in named), key=words.rarity, reverse=True)
    forms = [frozenset(terms(word)) for word in about]
    return [OUT if form & OUT else form for form in forms]


def _stance(question: str, sentence: Sentence, about: Sequence[frozenset[str]], asked: bool) -> bool | None:
    """Does the sentence say yes (True) or no (False)? None where it speaks of another time, or of others or else.

    Where it is `asked` what each article says, one that leaves out the rarest word doesn't say yes.
    """
    clauses = [clause for clause in CLAUSE.split(sentence.text) if not _is_of_others(clause, question)]
    held = set(terms(" ".join(clauses)))
    speaks = [bool(form & held) for form in about]
    if not any(speaks) or not (asked or all(speaks)):
        return None
    telling = [clause for clause in clauses if any(form & set(terms(clause)) for form in about)]
    if any(DENIED.search(clause) for clause in telling):
        return False
    return None if any(ELSEWHEN.search(clause) for clause in telling) else speaks[0]


def _is_of_others(clause: str, question: str) -> bool:
    """Does a clause name somebody, and nobody whom the question names?"""
    asked = {name.casefold() for name in NAME.findall(clause)} & set(re.findall(r"[\w’'&-]+", question.casefold()))
    return not asked and bool(told("person", clause, question))


def _answers(kind: ExpectedKind, question: str, sentences: Sequence[str]) -> list[bool | None]:
    """Whether each sentence tells what the first one tells; None where it tells nothing of the kind."""
    told_by = [told(kind, sentence, question) for sentence in sentences]
    return [None if not each else bool(each & told_by[0]) for each in told_by]
