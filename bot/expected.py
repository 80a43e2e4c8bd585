"""A question in → the kind of answer that it asks for, and whether a sentence holds one, out."""

import re
from typing import Literal

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
NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred"
    r"|thousand|"
    r"million|billion|trillion|dozens?|half|twice|double|triple|quarter|third|several|many|few|none|no|zero)s?\b",
    re.IGNORECASE,
)
HELD: dict[ExpectedKind, re.Pattern[str]] = {
    "money": re.compile(
        r"[$€£¥]\s?\d|\b\d[\d,.]*\s?(?:dollars|euros|usd|eur|cents|million|billion|bn|trillion)\b|\bfree\b",
        re.IGNORECASE,
    ),
    "amount": NUMBER,
    "time": re.compile(
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|"
        r"jun|jul|aug|sept?|oct|nov|dec)\b|\b(?:19|20)\d\d\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
        r"\b(?:today|yesterday|tomorrow|tonight|soon|later|earlier|recently|ago|now|already|currently|immediately|next|"
        r"last|coming|upcoming|this (?:week|month|year|summer|autumn|fall|winter|spring)|q[1-4])\b|"
        r"\b(?:day|week|month|year|quarter|hour)s?\b",
        re.IGNORECASE,
    ),
    "reason": re.compile(
        r"\b(?:because|since|due to|owing to|thanks to|so that|in order to|reasons?|as a result|therefore|driven by|"
        r"caused by|led to|aim(?:s|ed)? (?:to|at)|to (?:[a-z]+)|after|following|allows?|enables?|means?|reflects?|"
        r"by [a-z]+ing|for)\b",
        re.IGNORECASE,
    ),
    "place": re.compile(
        r"\b(?:in|at|on|via|through|from|across|inside|near)\s+(?:the\s+)?(?:[A-Z]|[a-z]+\.[a-z]{2,})"
        r"|\b[a-z]+\.(?:com|ai|"
        r"org|net|io|dev|app)\b"
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
# "No price has been announced" answers whatever was asked.
UNTOLD = re.compile(
    r"\b(?:not|never|no|nor|none|without|(?:has|have|did|is|was|wo|does)n[’']t)\b.{0,60}\b(?:announc|disclos"
    r"|reveal|releas|"
    r"publish|provid|shar|specif|confirm|giv|said|say|stat|know|availab|detail|set|nam|timeline|date|plan)"
    r"|\b(?:undisclosed|unknown|unannounced|unspecified|unclear|unconfirmed|remains? (?:secret|proprietary|open))",
    re.IGNORECASE,
)


def expected(question: str) -> ExpectedKind | None:
    """The kind of answer that a question asks for; None where any statement may answer."""
    return next((kind for kind, pattern in ASKED.items() if pattern.search(question)), None)


def holds(kind: ExpectedKind, sentence: str, question: str) -> bool:
    """Does a sentence hold an answer of this kind, one that the question itself doesn't name?"""
    if UNTOLD.search(sentence):
        return True
    if kind == "person":
        asked = question.casefold()
        names = {re.sub(r"[’']s$", "", name.casefold()) for name in NAME.findall(sentence)}
        return any(name not in asked for name in names - OPENING)
    fresh = sentence
    if kind in ("amount", "money"):
        for number in re.findall(r"\d[\d.,]*", question):
            fresh = fresh.replace(number, " ")
    return bool(HELD[kind].search(fresh))
