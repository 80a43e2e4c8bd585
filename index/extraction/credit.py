"""A finding in → whom the article credits for it, and of what kind that source is, out."""

import re

from index.article import Article
from index.extraction.finding import Finding
from index.names import Names
from index.result import Origin

WORD = r"[A-Z][\w&-]*(?:\.[a-z]+)?(?:['’]s)?"
SMALL = "of|AI|for|technical|official|blog|compilation|post|announcement"  # what a source's name goes on with
NAME = rf"{WORD}(?:\s+(?:{WORD}|{SMALL}))*"
CREDIT = re.compile(
    rf"(?:[Aa]ccording to|[Pp]er|reported by|credited to|[Ss]ource:)\s+(?:independent analyst\s+)?(?P<who>{NAME})"
)
MEASURED = re.compile(rf"(?P<who>{NAME})\s+(?:recorded|measured|found|clocked|evaluated)\b")
EVALUATORS = re.compile(
    r"\b(?:Artificial Analysis|LM ?Arena|Epoch|Vals|ARC Prize|METR|Scale AI SEAL|Simon Willison|Willison|independent)\b"
)
CAPTION = 1500  # characters above a finding in which a "Source: …" line still speaks for it


class Credits:
    """Who said it: the sentence first, then a source line above."""

    def __init__(self, article: Article, names: Names) -> None:
        self._text = article.text
        self._developers = {name for name in names.developers.values() if name}
        self._captions = list(re.finditer(r"^.*\b[Ss]ource:\s*(?P<who>.+)$", article.text, re.MULTILINE))

    def of(self, finding: Finding) -> tuple[str | None, Origin]:
        """(whom the article credits or None, origin)."""
        end = self._text.find("\n", finding.end)
        around = self._text[finding.start : min(end if end >= 0 else len(self._text), finding.end + 300)]
        match = CREDIT.search(around) or MEASURED.search(around)
        who = match["who"] if match else self._caption(finding.start)
        if who is None:
            return None, "press"
        who = re.sub(r"['’]s$", "", " ".join(who.split()).strip(" .,"))
        if EVALUATORS.search(who):
            return who, "independent"
        if any(re.search(rf"\b{re.escape(name)}\b", who) for name in self._developers):
            return who, "vendor"
        return who, "press"

    def _caption(self, at: int) -> str | None:
        above = [match for match in self._captions if match.end() <= at <= match.end() + CAPTION]
        return above[-1]["who"] if above else None
