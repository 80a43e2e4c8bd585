"""A question in → the kind of answer that it asks for, and what a sentence tells of that kind, out."""

import re
from typing import Literal

from index import terms

ExpectedKind = Literal["amount", "money", "time", "person", "place", "reason"]

ASKED: dict[ExpectedKind, re.Pattern[str]] = {
    "money": re.compile(
        r"\bhow (?:much|expensive|costly)\b.*\b(?:cost|pay|paid|spen[dt]|price|raise|invest|worth|charge|earn"
        r"|make|fund|"
        r"owe|sell|sold|buy|bought|lose|lost|save|value)|\b(?:what|which).*\b(?:price|cost|fee|salary|valuation"
        r"|revenue|"
        r"budget|valued|worth|pricing)\b|\b(?:price|cost|pricing|valuation|revenue|market cap|capex|salary)s?"
        r"(?: (?:of|for|in|per) .*)?\W*$",
        re.IGNORECASE,
    ),
    "amount": re.compile(
        r"\bhow (?:many|much|large|big|long|far|fast|often|old|tall|heavy|high|deep|wide)\b|\bwhat (?:percentage|"
        r"percent|share|fraction|proportion|number|size|rate)\b|\b(?:number|percentage|amount|size|share|count) of\b",
        re.IGNORECASE,
    ),
    "time": re.compile(
        r"\bwhen\b|\bsince when\b|\b(?:what|which) (?:date|day|month|year|time|quarter|week)\b|\b(?:release|launch|"
        r"publication|founding|start|end) date\b|\bdeadline\b|\btimeline\b|\bhow (?:long ago|soon)\b",
        re.IGNORECASE,
    ),
    "person": re.compile(
        r"\bwho(?:se|m|s)?\b|\bname of\b|\b(?:what|which) (?:is|was|are)?\s*(?:the )?(?:person|man|woman|company|firm|"
        r"team|lab|analyst|newspaper|outlet|publication|ceo|cto|founder|head|boss|name)\b",
        re.IGNORECASE,
    ),
    "place": re.compile(
        r"\bwhere\b|\bin (?:what|which) (?:country|countries|city|cities|state|region|place|market)", re.IGNORECASE
    ),
    "reason": re.compile(
        r"\bwhy\b|\bhow come\b|\bwhat (?:caused|made|led|motivated|prompted)\b|\bfor what reason\b|\breasons? ",
        re.IGNORECASE,
    ),
}
NAME = re.compile(r"\b[A-Z][\w’'&-]*")
# Words that begin sentences, and name nothing.
OPENING = frozenset(
    re.findall(
        r"\S+",
        """
        a according all also although an and are as at after before but by despite during each even every for from he
        her here his how however i if in instead into is it its meanwhile moreover most no not of on one our overall
        she since so some still such that the their there these they this those though through to under unlike until
        was we what when where which while who why with within yes you your
        """,
    )
)


def expected(question: str) -> ExpectedKind | None:
    """The kind of answer that a question asks for; None where any statement may answer."""
    return next((kind for kind, pattern in ASKED.items() if pattern.search(question)), None)


def told(kind: ExpectedKind, sentence: str, question: str) -> frozenset[str]:
    """What a sentence tells of this kind, as words that can be compared; empty where that can't be said."""
    if kind == "person":
        names = {re.sub(r"[’']s$", "", name.casefold()) for name in NAME.findall(sentence)} - OPENING
        return frozenset(name for name in names if name not in question.casefold())
    if kind in ("amount", "money", "time"):
        asked = set(terms(question))
        return frozenset(term for term in terms(sentence) if term[0].isdigit() and term not in asked)
    return frozenset()
