"""A question of yes or no and sentences in → whether each sentence says yes, says no, or leaves it out, out."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from bot.content_word import Words, content_words, names
from bot.expected import NAME, told
from index import Hit, Sentence, terms

Stance = Literal["yes", "no", "leaves out"]

YES_OR_NO = re.compile(
    r"^\W*(?:and |but |so |ok )?(?:is|are|was|were|can|could|do|does|did|has|have|had|will|would|may|should|whether"
    r"|if)\b",
    re.IGNORECASE,
)
# "…, whether Orca can hear?" leaves "Orca can hear?": a statement asks for yes or no as well.
ASKS = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
STATES = re.compile(
    r"\b(?:is|are|was|were|can|could|do|does|did|has|have|had|will|would|may|should|must|isn[’']t|can[’']t)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[,;:()—–]|\s-\s|\b(?:but|while|although|though|whereas|which|who|and)\b", re.IGNORECASE)
DENIED = re.compile(
    r"\b(?:not(?! (?:merely|only|just|simply))|never|no|nor|neither|none|without|cannot|lacks?|lacking|absent"
    r"|yet to|fails? to|refuses? to|unable|instead of|rather than|as opposed to)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
# What may come, or was once, denies nothing that is.
ELSEWHEN = re.compile(
    r"\b(?:hopes?|plans?|planned|will|would|could|may|might|future|later|eventually|expect\w*|if|soon|aims?"
    r"|previous\w*|earlier|formerly|used to|unlike|once|coming|upcoming|next|intends?)\b",
    re.IGNORECASE,
)


class Predicate(NamedTuple):
    """A word that is asked for, in its forms: those that say the same of a product, and those that say the opposite."""

    same: frozenset[str]
    opposite: frozenset[str] = frozenset()

    def is_in(self, held: set[str]) -> bool:
        """Whether the words speak of it, by saying it or its opposite."""
        return bool((self.same | self.opposite) & held)


def _pair(same: str, opposite: str) -> Predicate:
    return Predicate(frozenset(terms(same)), frozenset(terms(opposite)))


# Words that say the same of a product, and those that deny it.
ALIKE = (
    _pair(
        "available released release launched launch introduced out live shipped rolled accessible debuted",
        "unavailable unreleased inaccessible withdrawn discontinued postponed delayed",
    ),
    _pair("accepts supports takes handles understands processes", "rejects ignores unsupported"),
    _pair("free gratis", "paid"),
    _pair("allowed permitted", "forbidden banned prohibited disallowed"),
    _pair("online", "offline"),
    _pair("public", "private secret"),
    _pair("true right correct", "false wrong incorrect"),
)
# Of weights and code, "open" and "released" say the same.
OPEN = _pair(
    "open opened public published released available downloadable free shared",
    "closed proprietary private secret withheld unreleased unpublished unavailable",
)
OPENED = re.compile(r"\b(?:weights?|code|checkpoints?|parameters)\b", re.IGNORECASE)
SENTENCE_PART = re.compile(r"[;:()—–]|\s-\s|\b(?:but|while|although|though|whereas|which|who)\b", re.IGNORECASE)
IT = re.compile(r"\W*(?:it|they|he|she|this|these|those)\b", re.IGNORECASE)
ITEM = 3  # words of a thing in a list
LISTED = 2  # things that two lists must share to be lists of the same


def is_polar(question: str) -> bool:
    """Whether it asks for yes or no."""
    return bool(YES_OR_NO.search(question) or (STATES.search(question) and not ASKS.search(question)))


def stances(question: str, said: Sequence[tuple[Hit, Sentence]], words: Words) -> list[Stance | None]:
    """What each sentence says; None where it speaks of another time, of others, or not of all that is asked."""
    about = _asked_of_them(question, [hit for hit, _ in said], words)
    found = [_stance(question, sentence.text, _before(hit, sentence), about) for hit, sentence in said]
    texts = [sentence.text for _, sentence in said]
    lists = [_list(text) for text, stance in zip(texts, found, strict=True) if stance == "yes"]
    return [
        stance or ("leaves out" if _leaves_out(text, about, lists) else None)
        for text, stance in zip(texts, found, strict=True)
    ]


def _before(hit: Hit, sentence: Sentence) -> str:
    """The sentence before, which says what "it" is."""
    text = hit.text[: max(sentence.start - hit.passage.start, 0)].rstrip()
    return re.split(r"(?<=[.!?])\s|\n", text)[-1]


def _asked_of_them(question: str, hits: Sequence[Hit], words: Words) -> list[Predicate]:
    """What is asked of those whom the question names: its other words, each in its forms, the rarest first."""
    named = _subject(question, set(names(question, hits)))
    # "Is it open source?": who says so was taken out of the question before, so here the word is what is asked.
    own = [*content_words(question), *re.findall(r"\bsource\b", question, re.IGNORECASE)]
    said = [word for word in dict.fromkeys(own) if word not in named and not word.replace(".", "").isdigit()]
    about = sorted(said, key=words.rarity, reverse=True)
    return [_predicate(word, question) for word in about]


def _subject(question: str, named: set[str]) -> set[str]:
    """The names that stand first: of them it is asked; "available in Tarn" asks for Tarn as well."""
    found: set[str] = set()
    for word in content_words(question):
        if word in named:
            found.add(word)
        elif found and not word[0].isdigit():
            break
    return found


def _predicate(word: str, question: str) -> Predicate:
    """A word with those that say the same or the opposite: "supported" and "unsupported"."""
    form = frozenset(terms(word))
    if form & OPEN.same and OPENED.search(question):
        return OPEN
    known = next((each for each in ALIKE if form & (each.same | each.opposite)), None)
    if known is None:
        return Predicate(form, frozenset(terms(f"un{word.casefold()}")))
    return known if form & known.same else Predicate(known.opposite, known.same)


def _stance(question: str, sentence: str, before: str, about: Sequence[Predicate]) -> Stance | None:
    """Yes where one clause holds all that is asked, no where that is denied; things that are asked for in a list may
    be spread over the clauses of a part."""
    for part in SENTENCE_PART.split(sentence):
        clauses = [clause for clause in _clauses(part) if not _is_of_others(clause, question)]
        spoken_of = set(terms(before)) if IT.match(part) else set()
        for told_in in [clauses] if CLAUSE.search(question) else [[clause] for clause in clauses]:
            held = set(terms(" ".join(told_in)))
            telling = [clause for clause in told_in if any(each.is_in(set(terms(clause))) for each in about)]
            if telling and all(each.is_in(held | spoken_of) for each in about):
                against = [each for each in about if not each.same & (held | spoken_of)]
                denied = any(DENIED.search(clause) for clause in telling)
                if against or denied:  # what is denied of the opposite may hold or not
                    return None if against and denied else "no"
                return None if any(ELSEWHEN.search(clause) for clause in telling) else "yes"
    return None


def _clauses(part: str) -> list[str]:
    """The clauses of a part; the things of a list stay with the verb that they are listed behind."""
    clauses: list[str] = []
    for piece in CLAUSE.split(part):
        is_thing = len(piece.split()) <= ITEM and not STATES.search(piece) and not DENIED.search(piece)
        if clauses and is_thing:
            clauses[-1] += f" {piece.strip()}"
        else:
            clauses.append(piece)
    return clauses


def _leaves_out(sentence: str, about: Sequence[Predicate], lists: Sequence[frozenset[str]]) -> bool:
    """Whether it lists what a sentence lists that says yes, without the rarest word that is asked for."""
    own = _list(sentence)
    held = set(terms(sentence))
    missing = [each.same for each in about if not each.same & held]
    return bool(missing) and any(
        len(own & listed) >= LISTED and any(form & listed for form in missing) for listed in lists
    )


def _list(sentence: str) -> frozenset[str]:
    """The words of the things that a sentence lists: "text, images, and audio"."""
    found: set[str] = set()
    for part in SENTENCE_PART.split(sentence):
        pieces = re.split(r",\s*(?:and |or )?|\s(?:and|or|&|\+)\s", part)
        if len(pieces) > 1:
            ends = [pieces[0].split()[-1:], *(piece.split()[:3] for piece in pieces[1:])]
            found |= {term for end in ends for term in terms(" ".join(end))}
    return frozenset(found)


def _is_of_others(clause: str, question: str) -> bool:
    """Does a clause name somebody, and nobody whom the question names?"""
    asked = {name.casefold() for name in NAME.findall(clause)} & set(re.findall(r"[\w’'&-]+", question.casefold()))
    return not asked and bool(told("person", clause, question))
