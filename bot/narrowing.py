"""A question and the articles in → which articles it asks for ("according to …", "before 10 April"), out."""

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from bot.source_phrase import REPORT, asked_sources
from bot.vocabulary import outlets
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
SPANS = (
    re.compile(rf",?\s*\b{SPAN}(?=\W*$)", re.IGNORECASE),
    re.compile(rf"^{SPAN}\b[,:]?\s*", re.IGNORECASE),
    re.compile(rf"(?<=\w)\s+(?:(?:published|written|posted|dated)\s+){SPAN}\b", re.IGNORECASE),
    re.compile(rf"(?:(?<=ticles)|(?<=ources)|(?<=eports))\s+{SPAN}\b", re.IGNORECASE),
)
NEWEST = re.compile(rf"\b(?:the\s+)?(?:latest|newest|most recent)\s+(?:{REPORT}|source|news)\b", re.IGNORECASE)


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
    """A question without the words that narrow it, what they narrow it to, and what a source is asked to mention."""

    question: str
    to: Filter
    mentioned: str | None = None


def narrow(
    question: str, sources: Mapping[str, tuple[str, ...]], articles: Collection[Article], makers: Collection[str] = ()
) -> Narrowed:
    """What a question says of the articles it wants.

    `sources` maps the key of a publisher, author or title to its articles; `makers` are the keys of those who make
    models and benchmarks.
    """
    dates = [article.published for article in articles if article.published]
    newest = max(dates, default=None)
    rest, since, until = _span(question, newest.year if newest else date.min.year)
    if newest and NEWEST.search(rest):
        since = newest
    asked = asked_sources(rest, sources, makers, outlets(articles))
    rest = asked.question.strip(" ,:")
    whole = rest if re.search(r"\w", rest) else question
    return Narrowed(whole, Filter(frozenset(asked.sources), since, until), asked.mentioned)


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
