"""A line in → its numbers that could be results, out: no price, date, size, rank, difference or part of a name."""

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

NUMBER = re.compile(
    r"(?<![\w$€£¥₹#.,+@^-])(?<!\d/)(?P<about>[~≈]\s?)?"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3},[0-9]{1,2}(?=\s?%|\s(?:[Pp]ro[zc]ent|pour\s?cent|por\s?ciento|per\s?cento)\b)|[0-9]+(?:\.[0-9]+)?)"
    r"(?P<unit>\s?%(?!-)|\s(?:[Pp]er\s?cent|[Pp]ro[zc]ent|pour\s?cent|por\s?ciento|per\s?cento)\b|\s?[Ee][Ll][Oo]\b(?!\s+(?:points?|gap|lead)))?"
    r"(?P<tail>(?:(?<=\d)[^\W_]+|-[A-Za-z]\w*|[.,]\d|°|\s?[€£¥]|:\d)?)"
)
SLASHED = re.compile(r"(?<=[0-9%])\s?/\s?(?P<digits>[0-9]+(?:\.[0-9]+)?)(?P<unit>\s?%)?(?![\w/]|\.\d)")
ABOUT = re.compile(
    r"(?:roughly|approximately|about|around|nearly|almost|some|circa|over|above|more than|under|just under|below|up to|"
    r"~|≈)\s*$",
    re.IGNORECASE,
)
# What follows a number that counts something else than a score.
COUNTS = re.compile(
    r"[\s-]*(?:[x×]\b|×|times\b|(?:percentage\s+|full\s+|more\s+|Elo\s+)?points?\b|pts?\b|pp\b|basis|years?|months?|weeks?|"
    r"days?|hours?|minutes?|seconds?|min\b|ms\b|am\b|pm\b|p\.m|a\.m|parameters?|params|(?:\w+\s+)?tokens?\b|tok/s|models?|tools?|"
    r"(?:\w+\s+)?(?:tasks?|questions?|problems?|instances?|benchmarks?|datasets?|tests?|categories|evaluations?)\b|"
    r"users?|people|downloads?|physicians?|doctors?|engineers?|employees?|researchers?|experts?|students?|developers?|"
    r"languages?|layers?|heads?|GB|TB|MB|KB|GPUs?|H100|A100|chips?|shots?\b|steps?|runs?\b|agents?|attempts?|samples?|"
    r"variants?|versions?|bits?\b|divisions?|pages?|percentiles?|th\b|st\b|nd\b|rd\b|of\s+(?:the\s+)?\d|out\s+of|in\s+\d|"
    r"repetitions?|trials?\b|rounds?\b|seeds?\b|epochs?\b|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Januar|Februar|März|Mai|Juni|Juli|"
    r"Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?|"
    r"million|billion|trillion|thousand|hundred|bn\b|votes?|wins?|stake|share|or\s+\d+\s+times|countries|cities|"
    r"(?:new|different|other|more|major|popular|leading|separate)\s+\w+s\b|images?|videos?|frames?|words?|lines?|files?|"
    r"repositories|repos|domains?|subjects?|disciplines|dollars|cents|USD|euros?|per\s+(?:million|month|hour|1[MK]))",
    re.IGNORECASE,
)
# A share or a change, not a score.
SHARES = re.compile(
    r"\s*(?:(?:faster|slower|more|less|fewer|cheaper|higher|lower|better|worse|larger|smaller|greater|longer|shorter|"
    r"leap|surge|uplift|bump\b|swing|upswing|advance\b|lift\b|edge\b|improvement|increase|decrease|reduction|gain|drop|jump|boost|gap|lead|margin|advantage|relative|discount|chance|"
    r"stake|share|off\b|growth|rise|cut|refusal|uptime|energy|year|annual|ownership|points?\b|confidence|CI\b|ahead|above|"
    r"below|behind|non-?voting|interest|equity|probability|likelihood)"
    r"|of\s+(?!(?:the\s+|all\s+|its\s+|these\s+|those\s+|real\s+)?(?:\d+\s+)?(?:\w+\s+)?(?:tasks|problems|issues|questions|"
    r"challenges|cases|instances|puzzles|tests|rubrics?|competitions|items|criteria|games|levels|"
    r"exercises|benchmark|exam)\b))",
    re.IGNORECASE,
)
BEFORE_COUNTS = re.compile(
    r"(?:\btop|#\d+\s+of|\d(?:st|nd|rd|th)\s+(?:out\s+)?of|\bv|\bversion|\bpage|\bstep|\bchapter|\btable|\bfigure|\bfig\.|\bsection|\bappendix|\bphase|\blevel|\bpart|"
    r"\bnumber|\bno\.|\bnr\.|\brank(?:ed|s|ing)?|#|\bsince|\bby|\bover|\bup|\bdown|\bthe|\bseed|\bgrade|\bCI|\bmodels?|"
    r"\bJan\w*|\bFeb\w*|\bMar\w*|\bApr\w*|\bMay|\bJune?|\bJuly?|\bAug\w*|\bSep\w*|\bOct\w*|\bNov\w*|\bDec\w*|"
    r"\bat least|\bonly|\bfirst|\blast|\bnext|\bprice|\bcosts?|\bevery|\bn\s?=|\bk\s?=|\bN\s?=|\btemperature\s?=?)\s*$",
    re.IGNORECASE,
)
DIFFERENCE = re.compile(
    r"(?:\bby|\b(?:gain(?:s|ed|ing)?|adds?|added|los(?:t|es|ing)|picked\s+up)(?:\s+another)?|\b(?:gap|lead|margin|difference|delta|improvement|increase|gain|drop|jump|rise|share|stake|discount|"
    r"advantage)\s+of|\bahead\s+by|\bout\s+of|\bfirst|\b(?:cut|reduc\w+|grew|rose|fell|grow|declin\w+|owns?|"
    r"own(?:ed|ing)|rejected|refus\w+|wrong|incorrect|hallucinat\w+|"
    r"dropp\w+\s+by|saves?|saving|less than)(?:\s+(?!from\b)\w+){0,3}|"
    r"\bto\s+(?:pass|cross|break|exceed|clear)(?:\s+the)?)"
    r"\s+(?:an?\s+|about\s+|roughly\s+|nearly\s+|approximately\s+|around\s+|over\s+|some\s+)?$",
    re.IGNORECASE,
)
FRACTION = re.compile(r"/\d{1,2}(?:th)?\s+(?:of\s+)?(?:the|its|their|as)\b")  # "at 1/5 the cost"
SURE = re.compile(r"\s?(?:±|\+/-|\+-)\s?\d+(?:\.\d+)?\s?%?")
RANGE = re.compile(r"\s?[-–—]\s?\d+(?:\.\d+)?(?P<unit>\s?%)?")
MORE_OF_NAME = re.compile(r"(?:,?\s+(?:and|or)\s+|\s?[/&,]\s?)")  # "ARC-AGI 1 and 2"
OF = re.compile(r"\s+of\s+(?:the\s+|all\s+)?(?:\d+\s+)?")
LISTED = re.compile(r",?\s+(?:and\s+|or\s+)?")
SPREAD = re.compile(r"(?:±|\+/-|\+-)\s?$")  # how sure a number is
POINTS = re.compile(
    r"\s(?:points?|pts)\b(?!\s+(?:more|less|better|worse|higher|lower|ahead|behind|above|below|over|gap))"
)
GIVEN = re.compile(
    r"\b(?:g[ai]ves?|award(?:s|ed)|grants?(?:ed)?)\s+(?:[\w.-]+\s+){1,4}$|\b(?:scor(?:es|ed|ing)|earn(?:s|ed)|receiv(?:es|ed))\s+(?:just\s+|only\s+)?$"
)
LIST_MARK = re.compile(r"(?:^|(?<=[:;,.]\s))\([1-9]\)\s")  # (1), (2): a list within a sentence
LETTER = re.compile(r"[^\W\d_]|#")
MOST_NUMBERS = 60  # of a sentence; with more it is none, and the work on it grows with their square
CELL = re.compile(
    r"(?P<about>[~≈]\s?)?(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)\s?(?P<unit>%|[Ee][Ll][Oo]|pts?|points?)?"
    r"(?:\s?(?:±|\+/-)\s?[\d.,]+\s?%?)?"
)

# What a cell says beside its number: "(no tools)", "(+3.2)", "(#2)", "(5-shot)".
ASIDE = re.compile(
    r"(?<=[\d%])\s?\((?:[^()\d]{0,40}|(?:[+-]|±|\+/-)\s?[\d.]+%?|#?\d(?:st|nd|rd|th)?|\d+-shot[^()]{0,12}|[a-z]{3,}[^()]{0,40})\)"
)


class Number(NamedTuple):
    """line[start:end] is `value`, as it is written; `unit` is "%", "elo" or None; `after` is behind its unit."""

    start: int
    end: int
    value: float
    unit: str | None
    approximate: bool
    after: int


def numbers(line: str, taken: Iterable[tuple[int, int]], tests: Collection[int] = ()) -> list[Number]:
    """The numbers of a line outside of the names that take its places, in order; `tests`: where benchmarks begin."""
    blocked = bytearray(len(line))
    numbered: list[int] = []  # where names end with a number
    for start, end in taken:
        blocked[start:end] = b"\1" * (end - start)
        if line[end - 1 : end].isdigit():
            numbered.append(end)
    matches = list(NUMBER.finditer(line))
    if len(matches) > MOST_NUMBERS:
        return []
    found: list[Number] = []
    for match in matches:
        start = match.start("digits")
        if match["tail"] or any(blocked[start : match.end("digits")]) or SPREAD.search(line, max(0, start - 4), start):
            continue
        if FRACTION.match(line, match.end()) or _goes_on(line, match, numbered):
            continue
        number = _number(match)
        if _counts(line, number) and not _is_part_of_a_test(line, number, tests) and not _is_given(line, number):
            found = _without_the_list(line, found, start)
            continue
        found.append(
            number._replace(
                approximate=bool(number.approximate or match["about"] or ABOUT.search(line[max(0, start - 24) : start]))
            )
        )
        second = SLASHED.match(line, number.after)
        if second:
            found.append(_number(second))
    return found


def _without_the_list(line: str, found: list[Number], start: int) -> list[Number]:
    """ "With 16, 8 and 4 bits": what is counted last says what all of a list counts."""
    while found and found[-1].unit is None and "." not in line[found[-1].start : found[-1].end]:
        if not LISTED.fullmatch(line, found[-1].end, start):
            break
        start = found[-1].start
        found = found[:-1]
    return found


def _is_about(line: str, match: re.Match[str]) -> bool:
    start = match.start("digits")
    return bool(match["about"] or ABOUT.search(line[max(0, start - 24) : start]))


def _goes_on(line: str, match: re.Match[str], numbered: list[int]) -> bool:
    """The 2 of "ARC-AGI 1 and 2" is the rest of a name."""
    if match["unit"] or len(match["digits"]) > 1:
        return False
    return any(MORE_OF_NAME.fullmatch(line, end, match.start("digits")) for end in numbered)


def _number(match: re.Match[str]) -> Number:
    spelled = (match["unit"] or "").strip().casefold()
    unit = "elo" if spelled == "elo" else "%" if spelled else None
    sure = SURE.match(match.string, match.end())
    wide = RANGE.match(match.string, match.end())
    unit = "%" if unit is None and ((sure and sure[0].endswith("%")) or (wide and wide["unit"])) else unit
    after = (sure or wide or match).end()
    return Number(match.start("digits"), match.end("digits"), value_of(match["digits"]), unit, wide is not None, after)


def _is_part_of_a_test(line: str, number: Number, tests: Collection[int]) -> bool:
    """ "Solves 71% of GPQA Diamond": a share, and the score."""
    of = OF.match(line, number.after)
    return number.unit == "%" and of is not None and of.end() in tests


def _is_given(line: str, number: Number) -> bool:
    """ "Gave the model 38 points on its index", "scored 81 points"."""
    points = POINTS.match(line, number.after)
    return points is not None and GIVEN.search(line, max(0, number.start - 60), number.start) is not None


def _counts(line: str, number: Number) -> bool:
    behind, before = line[number.after : number.after + 60], line[max(0, number.start - 60) : number.start]
    worded = LETTER.search(before) is not None
    if worded and DIFFERENCE.search(before):
        return True
    if number.unit == "%":
        return SHARES.match(behind) is not None
    if number.unit == "elo":
        return False
    is_year = number.end - number.start == 4 and 1900 <= number.value < 2100
    marked = LIST_MARK.match(line, number.start - 1) if number.start else re.match(r"/\s", behind)
    return bool(is_year or marked or COUNTS.match(behind) or (worded and BEFORE_COUNTS.search(before)))


def value_of(digits: str) -> float:
    """1,427 is a thousand and more; 94,3 is a decimal comma."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return float(digits.replace(",", ""))
    return float(digits.replace(",", "."))


def cell_numbers(cell: str) -> list[Number]:
    """The numbers that are all of a table's cell."""
    return [number for number in cell_parts(cell) if number]


def cell_parts(cell: str) -> list[Number | None]:
    """The one to four parts of a cell of numbers: `72.7 *`, `1,427 Elo`, `94,3 %`, `42.2/36.6`; `39.9 / —` has one."""
    bare = re.sub(r"[*†‡§¹²³⁴⁵^¶↑↓✓✔🏆🥇🥈🥉⭐★‖#]", " ", cell)
    bare = ASIDE.sub(lambda match: " " * len(match[0]), bare)
    parts = [(match.start(), match[0]) for match in re.finditer(r"[^/|]+", bare)] if "/" in bare else [(0, bare)]
    found: list[Number | None] = []
    for offset, part in parts:
        match = CELL.fullmatch(part.strip())
        if match is None and len(parts) > 1 and not re.search(r"\w", part):
            found.append(None)
            continue
        if match is None:
            return []
        start = offset + len(part) - len(part.lstrip()) + match.start("digits")
        unit = {"%": "%", "elo": "elo"}.get((match["unit"] or "").casefold())
        end = start + len(match["digits"])
        found.append(Number(start, end, value_of(match["digits"]), unit, bool(match["about"]), end))
    return found if len(found) <= 4 else []
