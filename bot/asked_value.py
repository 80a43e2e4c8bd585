"""How a question is put, without its names, in → the number that it wants checked, out."""

import re
from typing import Literal

from bot.answer import Record

Bound = Literal["over", "at least", "under", "at most"]

ABOUT = r"(?:about|around|roughly|approximately|approx\.?|nearly|almost|some|circa|ca\.|close to|near|~|≈)"
LEAST = r"(?:over|above|more than|at least|better than|higher than|greater than|north of|upwards of|>=?|≥)"
MOST = r"(?:under|below|less than|at most|lower than|worse than|no more than|<=?|≤)"
INCLUSIVE = re.compile(r"at |no |>=|<=|≥|≤")
FOLLOWED = (
    r"(?=\W*$|\s*[,;?.!)\"'”’]|\s+(?:on|in|at|for|by|with|without|as|from|to|like|there|here|anywhere|somewhere|according|and|but"
    r"|though|when|under|using|really|right|correct|true|is|was|does|too|overall|mode|across|against|via|rather|instead|that|or|the)\b"
    r"|\s+‹)"
)
NUMBER = (
    rf"(?<![\w.,$€£¥#@/^-])(?:(?P<about>{ABOUT})\s*|(?P<least>{LEAST})\s*|(?P<most>{MOST})\s*)?(?<![\w.,$€£¥#@/^-])"
    r"(?P<digits>\d{1,3}(?:[,.'’ ]\d{3})+(?:[.,]\d+)?|\d{1,4}(?:[.,]\d+)?)(?![\d:])"
    r"\s*(?P<unit>%|per\s?cent\b|pct\b|prozent\b|pour cent\b|elo\b|points?\b|pts\b)?"
)
VALUE = re.compile(NUMBER + FOLLOWED)
# What is counted, dated or compared is no score.
NO_SCORE = re.compile(
    r"(?:\b(?:top|first|last|next|pass|best|version|step|number|no\.?|rank\w*|place|by|in|since|until|before|after|of|jan\w*|feb\w*"
    r"|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\s|[#@v])$"
)
CHANGED = re.compile(
    r"\b(?:improv\w*|gain\w*|increas\w*|drop\w*|fell|fall\w*|rose|rise\w*|jump\w*|lead\w*|trail\w*|cost\w*|pa(?:y|id)\w*|spen[dt]\w*"
    r"|rais\w*|took|take\w*|need\w*|train\w*|burn\w*|us(?:e|ed|es)|ahead|behind|gap|margin|difference|delta|beats?|beaten|outperform\w*"
    r"|than|versus|vs|against|compared?|best|highest|top|leads?|leader|worst|lowest|why|how)\b"
)
SCORING = (
    r"(?:gets?|got|getting|gotten|scor(?:e[sd]?|ing)|reach(?:e[sd])?|achiev(?:e[sd]?)|hits?|manage[sd]?|post(?:s|ed)?"
    r"|earn(?:s|ed)?|obtain(?:s|ed)?|receiv(?:e[sd]?)|attain(?:s|ed)?|has|have|had|is at|was at|stands at|lands at"
    r"|sits at|came in at|at)"
)
STATING = (
    r"(?:say|says|said|report(?:s|ed)?|claim(?:s|ed)?|stat(?:e[sd]?)|gives?|gave|given|writes?|wrote|mention(?:s|ed)?|list(?:s|ed)?"
    r"|puts?|shows?|shown|quot(?:e[sd]?)|cit(?:e[sd]?)|credit(?:s|ed)?|confirm(?:s|ed)?)"
)
AND = r"^\W*(?:(?:and|so|but|ok|okay|hey|wait|hmm|hm|well|then|no|yes|or)\W+)*"
YES_OR_NO = re.compile(
    AND + r"(?:did|does|do|has|have|had|is|was|are|were|could|can|isn'?t|didn'?t|doesn'?t|wasn'?t|hasn'?t|don'?t)\b"
)
IN_DOUBT = re.compile(
    r"\b(?:is it (?:true|right|correct|so|a fact)|true that|true or false|correct that|right that|confirm\w*|verify"
    r"|double[- ]?check|check (?:if|that|whether|this)|fact[- ]?check|really"
    r"|i(?:'ve| have)? (?:read|heard|saw|seen|thought|think|believe))\b"
    r"|\b(?:right|correct|true|or not|yes or no|no)\s*\?*\s*$"
)
WHO_SAYS = re.compile(
    AND
    + r"(?:who|which (?:of the )?(?:sources?|articles?|outlets?|publications?|papers?|sites?|one)|what sources?|anyone"
    rf"|anybody|any (?:source|article|outlet)s?)\s+(?:else\s+|all\s+|even\s+|actually\s+)*{STATING}\b"
)
ASKING = re.compile(AND + r"(?:what|whats|how|why|when|where|who|which|whose|list|show|compare|give|rank)\b")
CLAIMED = re.compile(rf"‹[mf]›\s+(?:\w+\s+){{0,2}}?{SCORING}\s+(?:an?\s+|the\s+|only\s+|just\s+)*{NUMBER}")
STATED = re.compile(
    rf"\b(?:{SCORING}|{STATING})\s+(?:‹[mfb]›\s+)?(?:that\s+)?(?:an?\s+|the\s+|only\s+|just\s+|with\s+|of\s+)*{NUMBER}"
)
YEARS = range(1990, 2036)


class AskedValue(Record):
    """A number as a question gives it: every way to read it ("1.491" may be a thousand and more), and its decimals."""

    written: str
    readings: tuple[float, ...]
    decimals: int
    about: bool = False
    bound: Bound | None = None


def asked_value(shape: str, has_benchmark: bool, has_model: bool) -> AskedValue | None:
    """The number that a question wants checked; None where it asks for something else, or names several numbers."""
    found = [match for match in VALUE.finditer(shape) if _is_score(match, shape)]
    if len(found) != 1 or not (has_benchmark or has_model):
        return None
    match = found[0]
    without = f"{shape[: match.start()]} {shape[match.end() :]}"
    several = len(re.findall(r"‹[mf]›", shape)) > 1
    if several or CHANGED.search(without):
        return None
    doubted = IN_DOUBT.search(without) or YES_OR_NO.search(shape) or WHO_SAYS.search(shape)
    claimed = CLAIMED.search(shape) and not ASKING.search(shape)
    if not (doubted or claimed) or (
        ASKING.search(shape) and not WHO_SAYS.search(shape) and not IN_DOUBT.search(without)
    ):
        return None
    plain = bool(match["unit"]) or not match["digits"].isdigit() or STATED.search(shape)
    return _value(match) if plain or (has_benchmark and has_model) else None


def numbers_in(question: str) -> frozenset[float]:
    """Every number that a question may mean as a score."""
    found = (_readings(match["digits"], bool(match["unit"])) for match in VALUE.finditer(question.casefold()))
    return frozenset(reading for readings in found for reading in readings)


def _is_score(match: re.Match[str], shape: str) -> bool:
    before = shape[max(0, match.start() - 20) : match.start()]
    is_year = match["digits"].isdigit() and int(match["digits"]) in YEARS and not match["unit"]
    return not is_year and not NO_SCORE.search(before)


def _value(match: re.Match[str]) -> AskedValue:
    digits, unit = match["digits"], (match["unit"] or "").strip()
    sign = "%" if unit and unit not in ("elo", "point", "points", "pts") else ""
    return AskedValue(
        written=f"{digits}{sign}",
        readings=_readings(digits, bool(unit)),
        decimals=len(re.split(r"[.,]", digits)[1]) if re.fullmatch(r"\d+[.,]\d{1,2}", digits) else 0,
        about=bool(match["about"]),
        bound=_bound(match),
    )


def _bound(match: re.Match[str]) -> Bound | None:
    if match["least"]:
        return "at least" if INCLUSIVE.match(match["least"]) else "over"
    if match["most"]:
        return "at most" if INCLUSIVE.match(match["most"]) else "under"
    return None


def _readings(digits: str, has_unit: bool) -> tuple[float, ...]:
    """36,2 is 36.2; 1,491 and 1.491 may be a thousand and more; 0.895 without a unit is 89.5 percent as well."""
    thousands = re.fullmatch(r"\d{1,3}(?:[,.'’ ]\d{3})+(?:[.,]\d+)?", digits)
    found = []
    if thousands:
        tail = re.search(r"[.,](\d{1,2})$", digits)
        whole = re.sub(r"\D", "", digits[: tail.start()] if tail else digits)
        found.append(float(f"{whole}.{tail[1]}" if tail else whole))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", digits):
        found.append(float(digits.replace(",", ".")))
    found += [round(value * 100, 6) for value in found if 0 < value < 1 and not has_unit]
    return tuple(dict.fromkeys(found))
