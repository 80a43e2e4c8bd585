"""A finding in → whom the article credits for it, and of what kind that source is, out."""

import re
from bisect import bisect_right

from index.documents.article import Article
from index.extraction.finding import Finding
from index.names import Names
from index.result import Origin

WORD = r"[A-Z][\w&-]*(?:\.(?:com|ai|io|org))?(?:['’]s)?"
# What goes on a name: "Brightwater's own model card".
SMALL = (
    "of|AI|for|technical|official|own|blog|compilation|post|announcement|team|report|paper|the|website|site|page|"
    "(?:model|system) card|release notes|documentation"
)
NAME = rf"{WORD}(?:\s+(?:{WORD}|{SMALL}))*"
CREDIT = re.compile(
    r"(?:[Aa]ccording to|\b[Pp]er|[Rr]eported by|[Cc]redited to|[Mm]easured by|[Ss]ource:|[Dd]ata from|[Ff]igures from|"
    r"[Cc]iting)"
    rf"\s+(?:data from\s+|the\s+|independent\s+|analyst\s+|tester\s+|researcher\s+|developer\s+)*(?P<who>{NAME})"
)
STATES = (
    r"(?:recorded|measured|clocked|evaluated|puts|pegs|lists|ranks|claims|claimed|says|said|reports|reported|announced|"
    r"cites|published|publishes|states|stated|told|tells|writes|wrote|gives|gave|quotes|quoted|advertises|advertised|"
    r"found|finds|confirmed|reproduced|benchmarked|calculated|estimates|shows)\b"
)
# Who they are may stand between: "Fenwick, a consultancy in London, told …".
ASIDE = r"(?:,\s+(?:an?|the|which|who)\s[^,.;:\n]{3,90},)?"
MEASURED = re.compile(rf"(?P<who>{NAME}){ASIDE}\s+(?:itself\s+|also\s+)?{STATES}")
# Behind a number, it is that number's alone: "below the 93.0% that Rookery advertises".
OF_NUMBER = re.compile(rf"[\d.,]*\d\s*%?\s+(?:that\s+|which\s+)?(?:the\s+)?(?P<who>{NAME})\s+(?:itself\s+)?{STATES}")
OWN_FIGURES = re.compile(
    rf"(?P<who>{NAME})['’]s?\s+(?:own\s+|published\s+|official\s+|internal\s+|reported\s+|latest\s+)+(?:benchmarks?|numbers|"
    r"results|figures|evaluations?|data|scores|tests|testing|tables?)\b"
)
EVALUATORS = re.compile(
    r"\b(?:Artificial Analysis|LM ?Arena|Chatbot Arena|LMSYS|Epoch|Vals|ARC Prize|METR|SEAL|LiveBench|Apollo Research|"
    r"HELM|Stanford|Aider|Hugging Face|independent)\b"
)
CAPTION = re.compile(r"^[^\n]{0,60}\b[Ss]ources?:[ \t]*(?P<who>[^\n]{2,120})$", re.MULTILINE)
# The article's own measurement, which nobody is credited for.
OURS = re.compile(
    r"\b(?:we|I)\s+(?:\w+ly\s+)?(?:measured|saw|got|found|observed|recorded|ran|re-?ran|tested|reproduced|obtained)\b|"
    r"\b(?:[Oo]ur|[Mm]y)\s+(?:own\s+)?(?:\w+\s+)?(?:tests?|testing|runs?|measurements?|evaluations?|reproductions?)\b"
)
SENTENCE_END = re.compile(r"(?<=[\w%)\"”’][.!?])[\"”’)]?\s+(?=[A-Z])")
LONG = re.compile(r"^(?![ \t]*[|<])[^\n]{200,}$|^#{1,6}[ \t]", re.MULTILINE)
NOBODY = re.compile(r"(?:The|It|This|That|They|We|He|She|In|On|million|month|But|And|Its|Also)\b(?!\s+[A-Z])")


class Credits:
    """Who said it: the row or the sentence first, then a source line above a table, then the article's publisher."""

    def __init__(self, article: Article, names: Names) -> None:
        self._text = article.text
        makers = sorted({name for name in names.developers.values() if name})
        products = sorted({re.split(r"[\s\d-]", name)[0] for name in names.developers if len(name) > 3})
        self._makers = re.compile(rf"\b(?:{'|'.join(map(re.escape, makers))})\b") if makers else None
        self._products = re.compile(rf"\b(?:{'|'.join(map(re.escape, products))})\b") if products else None
        self._models = names
        ends = [match.start() for match in LONG.finditer(article.text)]
        self._captions = [
            (
                match.end(),
                ends[place] if (place := bisect_right(ends, match.end())) < len(ends) else len(article.text),
                match["who"],
            )
            for match in CAPTION.finditer(article.text)
        ]
        self._starts = [start for start, _, _ in self._captions]
        self._people = {
            match["who"].split()[-1]: match["who"] for match in CREDIT.finditer(article.text) if " " in match["who"]
        }
        self._independent = {
            match["who"] for match in re.finditer(rf"independent\s+(?:\w+\s+)?(?P<who>{NAME})", article.text)
        }
        self._place = (-1, -1)  # the last sentence that was looked at: its other numbers are next
        self._named: list[re.Match[str]] = []
        self._others: list[re.Match[str]] = []
        self._own = self._publisher(article.publisher or article.author or "")

    def of(self, finding: Finding) -> tuple[str | None, Origin]:
        """(whom the article credits or None, origin)."""
        row = finding.reported_by
        who = (self._in_sentence(finding) or self._caption(finding.at)) if row is None else row or None
        if who is None:
            return None, self._own
        return who, self._origin(who)

    def _in_sentence(self, finding: Finding) -> str | None:
        newline = self._text.find("\n", finding.end, finding.end + 300)
        stop = min(newline if newline >= 0 else len(self._text), finding.end + 300)
        ended = SENTENCE_END.search(self._text, max(finding.start, finding.end - 3), stop)
        stop = ended.start() if ended else stop  # who is credited in the next sentence is credited for its own
        if (finding.start, stop) != self._place:
            around = self._text[finding.start : stop]
            self._place = finding.start, stop
            self._named = list(CREDIT.finditer(around))
            apart = {match.start("who") for match in OF_NUMBER.finditer(around)}
            said = [*OWN_FIGURES.finditer(around), *MEASURED.finditer(around)]
            self._others = [match for match in said if match.start("who") not in apart]
        of_number = OF_NUMBER.match(self._text, finding.at, stop)
        if of_number and (who := self._name(of_number)):
            return who
        at = finding.at - finding.start
        ours = [match.start() for match in OURS.finditer(self._text, finding.start, finding.at)]
        named = [match.start() for match in (*self._named, *self._others) if match.start() < at]
        if ours and max(named, default=-1) < ours[-1] - finding.start:
            return None
        behind = [match for match in self._named if match.start() >= at] or self._named
        for match in (*behind[:1], *self._others):
            if who := self._name(match):
                return who
        return None

    def _name(self, match: re.Match[str]) -> str | None:
        """Whom a credit names; nobody where it names a model, or "They"."""
        who = re.sub(r"['’]s?$", "", " ".join(match["who"].split()).strip(" .,"))
        if NOBODY.match(who) or self._models.models(who):
            return None
        return self._people.get(who, who)

    def _caption(self, at: int) -> str | None:
        place = bisect_right(self._starts, at) - 1
        if place < 0 or at > self._captions[place][1]:
            return None
        return re.split(r"\s+[—–|]\s+|[.;]\s", self._captions[place][2].strip(" .*_"))[0].strip()

    def _origin(self, who: str) -> Origin:
        if EVALUATORS.search(who) or any(who in name or name in who for name in self._independent):
            return "independent"
        return "vendor" if self._makers and self._makers.search(who) else "press"

    def _publisher(self, name: str) -> Origin:
        if EVALUATORS.search(name):
            return "independent"
        makes = any(pattern and pattern.search(name) for pattern in (self._makers, self._products))
        return "vendor" if makes else "press"
