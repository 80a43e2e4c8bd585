"""A line in → its numbers that could be results, out: no price, date, size, rank, difference or part of a name."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.names import Mention

PLAIN = (
    r"(?P<about>[~≈]\s?)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2},\d{1,2}(?=\s?%)|"
    r"\d+(?:\.\d+)?(?![\w]*\d)(?!/\d))"
    r"\s?(?P<unit>%|percent\b|[Ee]lo\b)?(?P<scale>\s?(?:million|billion|[MBK])\b)?"
)
NUMBER = re.compile(r"(?<![\w$€£¥#.,/-])" + PLAIN)
GLUED = re.compile(PLAIN)
NARROW = str.maketrans("０１２３４５６７８９．％", "0123456789.%")  # full-width forms, in which Asian keyboards write
COUNTED = re.compile(r"\(\d{1,2}\)\s")  # (1), (2): a list within a sentence
ABOUT = re.compile(r"(?:roughly|approximately|about|around|nearly|almost|some|~|≈)\s*$", re.IGNORECASE)
# What follows a number that counts something else than a score.
COUNTS = re.compile(
    r"[\s-]*(?:x\b|×|times\b|points?\b|pp\b|[Ee]lo\s+points?|years?|months?|weeks?|days?|hours?|minutes?|min\b|am\b|pm\b|"
    r"parameters?|params|tokens?\b|models?|tools?|tasks?|questions?|problems?|instances?|benchmarks?|users?|people|downloads?|"
    r"physicians?|doctors?|engineers?|employees?|researchers?|languages?|layers?|GB|TB|MB|GPUs?|shots?\b|steps?|agents?|"
    r"variants?|divisions?|pages?|percentage|th\b|st\b|nd\b|rd\b|of\s+\d|out\s+of|million|billion|trillion|bn\b|"
    r"whiskers?|pelicans?|votes?|wins?|stake|share|times|or\s+\d+\s+times)",
    re.IGNORECASE,
)
BEFORE_COUNTS = re.compile(
    r"(?:\btop|\bv|\bversion|\bpage|\bstep|\bchapter|\bnumber|\bno\.|\brank(?:ed|s)?|\b#|\bin|\bsince|\bby|\bover|\bup|"
    r"\bJan\w*|\bFeb\w*|\bMar\w*|\bApr\w*|\bMay|\bJune?|\bJuly?|\bAug\w*|\bSep\w*|\bOct\w*|\bNov\w*|\bDec\w*|"
    r"\bleast|\bonly|\bfirst|\blast|\bnext|\bprice|\bcosts?|\bevery)\s*$",
    re.IGNORECASE,
)


class Number(NamedTuple):
    """line[start:end] is `value`, as it is written; `unit` is "%", "elo" or None."""

    start: int
    end: int
    value: float
    unit: str | None
    approximate: bool


def numbers(line: str, names: Sequence[Mention]) -> list[Number]:
    """The numbers of a line outside of `names`, in order."""
    found = []
    # A flattened table glues a score to a name: "Humanity's Last Exam58%".
    glued = [match for name in names if (match := GLUED.match(line, name.end))]
    for match in sorted([*NUMBER.finditer(line), *glued], key=lambda each: each.start()):
        start, end = match.start("digits"), match.end("digits")
        if (
            not match["digits"].isascii()
            or any(name.start < end and start < name.end for name in names)
            or COUNTED.match(line, max(0, start - 1))
        ):
            continue
        percent = match["unit"] is not None
        if match["scale"] or (_is_year(match["digits"]) and not percent):
            continue
        before = line[max(0, start - 24) : start]
        if COUNTS.match(line, match.end() if percent else end) or (not percent and BEFORE_COUNTS.search(before)):
            continue
        unit = "elo" if (match["unit"] or "").casefold() == "elo" else "%" if percent else None
        found.append(Number(start, end, _value(match["digits"]), unit, bool(match["about"] or ABOUT.search(before))))
    return found


def _value(digits: str) -> float:
    """1,427 is a thousand and more; 94,3 is less than a hundred."""
    grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits)
    return float(digits.replace(",", "" if grouped else "."))


def _is_year(digits: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", digits) is not None


def cell_values(cell: str) -> list[tuple[tuple[int, int], Number]]:
    """The numbers of a table's cell, each with its place among how many: one, or several as in `42.2/36.6`."""
    number = cell_value(cell)
    if number is not None:
        return [((0, 1), number)]
    parts = re.split(r"(\s?/\s?)", cell)
    found = [cell_value(part) for part in parts[::2]]
    if not 2 <= len(found) <= 4:
        return []
    starts = [sum(len(part) for part in parts[: 2 * place]) for place in range(len(found))]
    return [
        ((place, len(found)), number._replace(start=starts[place] + number.start, end=starts[place] + number.end))
        for place, number in enumerate(found)
        if number is not None
    ]


def cell_value(cell: str) -> Number | None:
    """The one number of a table's cell, or None: `72.7 *`, `**86.1**`, `1,427 Elo`, `94,3 %`, `~76`; a dash is none."""
    unmarked = re.sub(r"(?<=[\d%*])\s?\[\^?\w{1,3}\](?!\()", " ", cell)
    plain = re.sub(r"[*_`†‡§¹²³\[\]()<>^]|</?\w+>", " ", unmarked).strip()
    match = re.fullmatch(
        r"(?P<about>[~≈]\s?)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)\s*(?P<unit>%|[Ee]lo|pts?|points?)?"
        r"(?:\s*±\s*[\d.]+\s*%?)?",
        plain,
    )
    if match is None or not match["digits"].isascii():
        return None
    start = cell.find(match["digits"])
    unit = {"%": "%", "elo": "elo"}.get((match["unit"] or "").casefold())
    return Number(start, start + len(match["digits"]), _value(match["digits"]), unit, bool(match["about"]))
