"""A question and the articles in → which articles it asks for ("according to …", "before 10 April"), out."""

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from bot.asking_words import ORDINARY
from bot.vocabulary import key_of
from index import SUFFIXES, Article, stem_of, suffix_of

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = rf"(?:\d{{4}}-\d\d-\d\d|{MONTH}\s+{DAY}(?:,?\s+\d{{4}})?|{DAY}\s+(?:of\s+)?{MONTH}(?:,?\s+\d{{4}})?)"
BETWEEN = re.compile(rf",?\s*\bbetween\s+(?:the\s+)?({DATE})\s+and\s+(?:the\s+)?({DATE})(?=\W*$)", re.IGNORECASE)
SPAN = rf"(before|until|till|up to|by|as of|since|after|from)\s+(?:the\s+)?({DATE})"
REPORT = r"(?:articles?|reports?|pieces?|stor(?:y|ies)|reviews?|posts?|blogs?|briefs?|coverage|announcements?)"
SPANS = (
    re.compile(rf",?\s*\b{SPAN}(?=\W*$)", re.IGNORECASE),
    re.compile(rf"^{SPAN}\b[,:]?\s*", re.IGNORECASE),
    re.compile(rf"(?<=\w)\s+(?:(?:published|written|posted|dated)\s+){SPAN}\b", re.IGNORECASE),
    re.compile(rf"(?:(?<=ticles)|(?<=ources)|(?<=eports))\s+{SPAN}\b", re.IGNORECASE),
)
NEWEST = re.compile(rf"\b(?:the\s+)?(?:latest|newest|most recent)\s+(?:{REPORT}|source|news)\b", re.IGNORECASE)
CREDITED = re.compile(
    r"(?:,\s*)?\b(?:according to|as per|per|as reported by|reported by|in the words of)\s+(?:the\s+)?$"
)
SAID_IN = re.compile(rf"\b(?:in|by|from|of|does|did|do)\s+(?:the\s+)?(?:{REPORT}\s+(?:of|by|from|in)\s+)?(?:the\s+)?$")
SAYING = re.compile(
    rf"^(?:['’]s?)?\s+(?:{REPORT}\b|(?:say|said|state|mention|note|argue|claim|think|thought|recommend|suggest|describe|"
    r"report|list|conclude|advise|warn|judge|explain|call|quote|cite)(?:s|d|ed|es|ing)?\b|(?:writes?|wrote|written)\b)"
)
LONGEST_NAME = 12  # words of a publisher's name or a title


class Filter(NamedTuple):
    """Which articles may answer: some sources (none named: all), and a span of dates.

    An article without a date is in no span.
    """

    sources: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None

    def admits(self, article: Article) -> bool:
        """May this article answer?"""
        if self.sources and not any(is_meant(name, article.id) for name in self.sources):
            return False
        if self.since is None and self.until is None:
            return True
        return article.published is not None and (
            (self.since or date.min) <= article.published <= (self.until or date.max)
        )


EVERYTHING = Filter()


def is_meant(name: str, article: str) -> bool:
    """Is an article meant by its id, or by what it shares with files beside it: "notes" by "notes.md"?"""
    return name == article or (suffix_of(article) in SUFFIXES and stem_of(article) == name)


class Narrowed(NamedTuple):
    """A question without the words that narrow it, and what they narrow it to."""

    question: str
    to: Filter


def narrow(
    question: str, sources: Mapping[str, tuple[str, ...]], articles: Collection[Article], makers: Collection[str] = ()
) -> Narrowed:
    """What a question says of the articles it wants.

    `sources` maps a publisher's or title's key to its articles. The maker of a model is spoken of far more often than
    cited: one of `makers` (keys) narrows only where an article of it is named.
    """
    dates = [article.published for article in articles if article.published]
    newest = max(dates, default=None)
    rest, since, until = _span(question, newest.year if newest else date.min.year)
    if newest and NEWEST.search(rest):
        since = newest
    rest, named = _named(rest, sources, makers)
    rest = rest.strip(" ,:")
    return Narrowed(rest if re.search(r"\w", rest) else question, Filter(frozenset(named), since, until))


def _span(question: str, year: int) -> tuple[str, date | None, date | None]:
    match = BETWEEN.search(question)
    if match:
        first, last = _day(match[1], year), _day(match[2], year)
        if first and last:
            return _without(question, match), first, last
    for pattern in SPANS:
        match = pattern.search(question)
        day = _day(match[2], year) if match else None
        if match and day:
            one = timedelta(days=1)
            match match[1].casefold():
                case "before":
                    return _without(question, match), None, day - one
                case "after":
                    return _without(question, match), day + one, None
                case "since" | "from":
                    return _without(question, match), day, None
                case _:
                    return _without(question, match), None, day
    return question, None, None


def _joined(before: str, after: str) -> str:
    return re.sub(r"\s+(?=[?.!,]|\Z)", "", f"{before} {after}".strip())


def _without(question: str, match: re.Match[str]) -> str:
    return _joined(question[: match.start()], question[match.end() :])


def _day(text: str, year: int) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    month = next(number for number, name in enumerate(MONTHS, 1) if re.search(rf"\b{name}", text.casefold()))
    numbers = [int(found) for found in re.findall(r"\d+", text)]
    try:
        return date(numbers[1] if len(numbers) > 1 else year, month, numbers[0])
    except ValueError:
        return None  # 31 April


def _named(
    question: str, sources: Mapping[str, tuple[str, ...]], makers: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    spans = [match.span() for match in re.finditer(r"[^\W_]+(?:[.&+-][^\W_]+)*", question)]
    for first in range(len(spans)):
        for last in range(min(first + LONGEST_NAME, len(spans)) - 1, first - 1, -1):
            start, end = spans[first][0], spans[last][1]
            key = key_of(question[start:end])
            if key not in sources or key in ORDINARY:
                continue
            before, after = question[:start].casefold(), question[end:].casefold()
            credited = CREDITED.search(before)
            if credited and key not in makers:
                return _joined(question[: credited.start()], question[end:]), sources[key]
            if re.match(rf"(?:['’]s?)?\s+{REPORT}\b", after) or (
                key not in makers and (SAYING.match(after) or SAID_IN.search(before))
            ):
                return question, sources[key]
    return question, ()
