"""A kind of answer and a sentence in → the values of that kind in the sentence, as they can be compared, out."""

import re
from typing import NamedTuple

from bot.expected import ExpectedKind
from index import terms

MONTHS = re.findall(r"\S+", "january february march april may june july august september october november december")
DATE = re.compile(
    r"\b(?:(?P<before>\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?)?(?P<month>"
    + "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS)
    + r")\b\.?(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?\b(?!:))?(?:,? (?P<year>(?:19|20)\d\d)\b)?"
    r"|\b(?P<alone>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
PERCENT = re.compile(r"\b(\d+(?:[.,]\d+)?)\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
SUM = re.compile(
    r"[$€£¥]\s?\d[\d,.]*(?:\s?(?:thousand|million|billion|trillion|bn|mn|[kmbt])\b)?"
    r"|\b\d[\d,.]*\s?(?:thousand|million|billion|trillion|bn|mn)\b",
    re.IGNORECASE,
)
SHARE = re.compile(r"\b(?:percent\w*|share|stake|fraction|proportion)\b|%", re.IGNORECASE)
COUNTED = re.compile(r"\b(?:how many|number of|amount of|count of) ((?:\w+ )?\w+)", re.IGNORECASE)


class Value(NamedTuple):
    """A date as year, month and day, where these are stated; anything else as one word or number."""

    parts: tuple[str | None, ...]


def values(kind: ExpectedKind, sentence: str, question: str) -> frozenset[Value]:
    """Every value of the kind; empty where none can be told from others. A name alone tells nothing of its bearer."""
    if kind == "time":
        return frozenset(filter(None, map(_date, DATE.finditer(sentence))))
    if kind == "money":
        return _sums(sentence)
    if kind == "amount":
        if SHARE.search(question):
            return frozenset(Value((f"{match[1].replace(',', '.')}%",)) for match in PERCENT.finditer(sentence))
        counted = COUNTED.search(question)
        return _counts(sentence, counted[1]) if counted else _either(sentence)
    return frozenset()


def same(one: Value, other: Value) -> bool:
    """Whether two values can be one: what both state is equal, and they state something in common."""
    pairs = [(a, b) for a, b in zip(one.parts, other.parts, strict=True) if a is not None and b is not None]
    return bool(pairs) and all(a == b for a, b in pairs)


def _date(match: re.Match[str]) -> Value | None:
    year, day = match["year"] or match["alone"], match["before"] or match["after"]
    month = match["month"]
    if month is not None and not (month[0].isupper() and (day or year or month.lower() != "may")):
        return None
    return Value((year, month and month[:3].lower(), day and day.lstrip("0")))


def _sums(sentence: str) -> frozenset[Value]:
    """Each sum in digits: $6m, 6 million and 6,000,000 are one."""
    found = set()
    for match in SUM.finditer(sentence):
        digits = [term for term in terms(match[0]) if term.replace(".", "").isdigit()]
        found |= {Value((max(digits, key=float),))} if digits else set()
    return frozenset(found)


def _counts(sentence: str, noun: str) -> frozenset[Value]:
    """Numbers that stand before what is counted."""
    wanted = set(terms(noun))
    found = set()
    for match in re.finditer(r"(?<![\w.,$€£-])(\d[\d,.]*\d|\d)\s+((?:[\w-]+\s+){0,2}[\w-]+)", sentence):
        if wanted & set(terms(match[2])):
            found.add(Value((match[1].replace(",", ""),)))
    return frozenset(found)


def _either(sentence: str) -> frozenset[Value]:
    """What is asked for may be a share or a sum: the share, where there is one."""
    shares = frozenset(Value((f"{match[1].replace(',', '.')}%",)) for match in PERCENT.finditer(sentence))
    return shares or _sums(sentence)
