"""A date as people and programs write it in → the day, out. Home of dateparser."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august"),
            *("sep sept september", "oct october", "nov november", "dec december"),
        ),
        start=1,
    )
    for name in names.split()
}
YEAR = r"(?P<year>(?:19|20)\d\d)"
# The year first, with or without a time behind it: ISO 8601, engines' and people's variants of it, and CJK.
YEAR_FIRST = re.compile(
    rf"{YEAR}(?:(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})|(?P<month2>\d\d)(?P<day2>\d\d)"
    r"|\s?[年년]\s?(?P<month3>\d{1,2})\s?[月월]\s?(?P<day3>\d{1,2})\s?[日일]?)(?![\d-])"
)
NUMBERS = re.compile(rf"(?<![\d.])(?P<first>\d{{1,2}})(?P<mark>[./-])(?P<second>\d{{1,2}})(?P=mark){YEAR}(?!\d)")
MONTH_FIRST = re.compile(rf"(?P<month>[A-Za-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{YEAR}(?!\d)")
DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?(?:\s+of|\s+de|\s+d['’])?[\s-]*"
    rf"(?P<month>[^\W\d_]{{3,12}})\.?,?(?:\s+de[l]?)?[\s-]+{YEAR}(?!\d)"
)
STAMP = re.compile(r"1\d{9}(?:\d{3})?")  # seconds, or their thousandths, since 1970
LONGEST = 60  # characters; a longer text is not a date
MONTH_LEADS = frozenset({"en", "en-us", "en-ph", "fil"})  # languages that write the month before the day
# dateparser tries one after the other, so those that its 200 others would be taken for stand first.
LANGUAGES = ["de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "sv", "da", "nb", "fi", "cs", "tr", "hu", "ro", "el"]


def day_of(value: object, language: str | None = None) -> date | None:
    """The day that a value of front matter or of a page states, `language` as in `lang="de"`; None for no date."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    words = " ".join(str(value).split()).strip("\"'[]()")
    if STAMP.fullmatch(words):
        return datetime.fromtimestamp(int(words[:10]), UTC).date()
    if len(words) > LONGEST:
        return None
    return next(days_in(words, language), None)


def days_in(text: str, language: str | None = None) -> Iterator[date]:
    """The days that a short text names, in the order of the forms that are tried."""
    for match in YEAR_FIRST.finditer(text):
        month = match["month"] or match["month2"] or match["month3"]
        yield from _day(match["year"], month, match["day"] or match["day2"] or match["day3"])
    for match in NUMBERS.finditer(text):
        yield from _numbers(match, language)
    for match in (*MONTH_FIRST.finditer(text), *DAY_FIRST.finditer(text)):
        name = match["month"].casefold()
        if name in MONTHS:
            yield from _day(match["year"], MONTHS[name], match["day"])
        elif found := _foreign(f"{int(match['day'])} {name} {match['year']}", _short(language)):
            yield found


def _numbers(match: re.Match[str], language: str | None) -> Iterator[date]:
    """3.10.2026 and 3/10/2026: a dot stands behind a day; elsewhere the language says what comes first, if it must."""
    first, second = int(match["first"]), int(match["second"])
    if match["mark"] == "." or first > 12:
        yield from _day(match["year"], second, first)
    elif second > 12 or first == second:
        yield from _day(match["year"], first, second)
    elif language:
        leads = language.casefold().replace("_", "-") in MONTH_LEADS
        yield from _day(match["year"], *((first, second) if leads else (second, first)))


def _day(year: str, month: str | int, day: str | int) -> Iterator[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return  # the 31st of February


def _short(language: str | None) -> str | None:
    return re.split("[-_]", language.casefold())[0] if language else None


@lru_cache(1000)  # the notes of one outlet have the same few hundred
def _foreign(words: str, language: str | None) -> date | None:
    """A date with the name of a month that is not English."""
    import dateparser  # half a second, and most dates are numbers or English

    languages = [language, *LANGUAGES] if language in LANGUAGES else LANGUAGES
    found = dateparser.parse(
        words, languages=languages, settings={"PARSERS": ["absolute-time"], "STRICT_PARSING": True, "NORMALIZE": True}
    )
    return found.date() if found else None
