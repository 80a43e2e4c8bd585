"""A sentence and what was being spoken of, in → which number belongs to which benchmark and model, out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from index.extraction.line import Line
from index.extraction.listed import UNKNOWN_BEFORE, Claim, coordinated, listed_claims
from index.extraction.number import POINTS, Number
from index.extraction.setting import settings_in
from index.names import Mention

# Between a model and its number: "Gemini 3.1 Pro's 94.3%", "GPT-5.4 (40.1)", "Opus 4.6: 14.8", "it scored just 18".
LINK = re.compile(
    r"(?:['’]s)?\s*(?:[(:=–—-]|\b(?:at|with|scor(?:e[sd]?|ing)|reach(?:e[sd]|ing)?|achiev(?:e[sd]?|ing)|hit(?:s|ting)?|gets?|got|"
    r"getting|has|have|had|post(?:s|ed|ing)?|earn(?:s|ed|ing)?|record(?:s|ed|ing)?|obtain(?:s|ed|ing)?|attain(?:s|ed)?|manage[sd]?|"
    r"land(?:s|ed)|deliver(?:s|ed)|score|scores|of|an?|the|its|just|only|still|also|both|all|each|about|around|roughly|"
    r"approximately|nearly|almost|is|was|are|were|to|on|in|comes|came|stands|stood|sits|sat|leads?|led|tops|topped|result|and|"
    r"now|even|up|mode|accuracy|rating|Elo|gets|took|takes|solv(?:e[sd]?|ing)|resolv(?:e[sd]?|ing)|first|second|third|fourth|"
    r"fifth|place|correctly|which|that|who|mit|auf|erreicht|kommt|kam|erzielt|im|bei|es|impressive|remarkable|strong|high|higher|top|new|respectable|mere|overall|single|"
    r"jumped|rose|climbed|improved|improves|jumps|rises|follows|followed|close|behind|falls|fell|drops|dropped|stays|stayed|remains|keeps|"
    r"kept|match(?:es|ed)\s+it|goes|went|ends|ended|does|did|shows|showed|replicates?d?|averages?d?|clears?|cleared|completes?d?|answers?|answered)\b|[\s,~≈\"*])*"
)
BEHIND = re.compile(
    r"[\s)]*(?:\w+@\d+\s+|\([^()]{0,40}\)\s*)?(?:(?:accuracy|score|points|Elo|success|rate|pass)\s+)*"
    r"(?:,?\s*(?:for|by|from|of|achieved by|scored by|set by|posted by|held by|recorded by)\s+|\(|that\s[A-Z][\w-]*\s"
    r"(?:reports?|claims?|states?|gives?|published|reported|claimed|measured)\s(?:for|of)\s)"
    r"(?:(?:the|both|its|new|rival|predecessor|previous|older|larger|smaller|newer|\w+['’]s|,)\s+|predecessor,?\s+)*"
)
ON = re.compile(
    r"[\s)]*(?:\([^()]{0,60}\)\s*)?(?:\w+@\d+\s+)?(?:(?:accuracy|score|scores|scored|rating|result|success|pass|rate|resolved|points|"
    r"correct|mean|average)\s+){0,3}(?:on|in|at|for|against|across|under|to\s+top)\s+(?:[a-z][\w-]*\s+){0,4}?(?:\w+['’]s\s+)?"
)
FOR_MODEL = re.compile(r"\s*(?:for|by|from)\s+$")
SCORED = re.compile(
    r"(?:scor\w*|\bof|rating|\bat|\(|vs\.?|versus|:|—|–|just|index|both|against|['’]s|~|about|around|roughly|than|and|,|=|reach\w*|"
    r"achiev\w*|hit\w*|gets?|got|to|manag\w*|earn\w*|with|tripl\w*|doubl\w*|benchmark\w*|only)\s*(?:an?\s|just\s|about\s|only\s|nearly\s)?$",
    re.IGNORECASE,
)
UNNAMED = (
    r"\b(?:leaders?|leading\s+\w+|competitors?|rivals?|others?|peers?|frontier\s+\w+|alternatives|humans?|experts?|people|students|"
    r"average|baseline|predecessors?|previous|random|physicians|doctors|threshold|target|goal|(?:other|open|closed|smaller|"
    r"larger|older|earlier|existing|most|some|many|all)\s+(?:\w+\s+)?(?:models?|systems?))\b"
)
OTHERS = re.compile(UNNAMED + r"[^.;]{0,40}$", re.IGNORECASE)
# "the leaders (about 76)", where "leads all models on the test at 76" says whose it is.
OTHERS_OWN = re.compile(UNNAMED + r"['’]?s?\s*\(?(?:about|around|roughly|nearly|almost|some|~|≈)?\s*$", re.IGNORECASE)
COMPARED = re.compile(
    r"\b(?:behind|than|over|beat(?:s|ing|en)?|out(?:perform|scor|pac)\w*|ahead of|surpass\w*|compared (?:to|with)|"
    r"vs\.?|versus|trail(?:s|ed|ing)?|above|below|against|exceed\w*|match(?:es|ed|ing)?|(?:un)?like|from|by|"
    r"tie[sd]?|vor|hinter|gegenüber|edg(?:es|ed|ing)(?: out)?|past|rival(?:s|ing)?|"
    r"short of|close to|near|and both|passes|passing|tripl(?:es|ing)|"
    r"doubl(?:es|ing)|tops?|topping|predecessor,?)"
    r"\s+(?:(?:both|only|the|its|all|even|rivals?|either|and|older|larger|previous|predecessor,?|\w+['’]s)\s+)*$",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r";\s|:\s|,?\s(?:while|whereas|where|but|though|although)\s|,\s(?:and|with)\s(?=[A-Z])|\s[—–]\s|\.\s"
)
TURNED = re.compile(
    r",\s*(?:scoring|achieving|reaching|with\s+an?|earning|posting|hitting|recording|getting|at|and\s+\w+s)\b"
)
ACTOR = re.compile(
    r"(?:^|[.;,:(\"]\s|\b(?:and|while|but|when|where|as)\s)(?P<name>[A-Z][\w.+-]*(?:\s[A-Z0-9][\w.+-]*){0,3})\s+(?:\w+ly\s+)?"
    r"(?:scor(?:es|ed)|achieve[sd]|reache[sd]|gets|got|hits?|obtain(?:s|ed)|post(?:s|ed)|resolve[sd]|solve[sd]|manage[sd]|earn(?:s|ed))\b"
)
NO_ACTOR = re.compile(
    r"(?:It|This|That|They|We|He|She|The|Its|Our|These|Those|Here|Which|Who|Model|One|Both|Each|Neither|None|Meanwhile|In|On|"
    r"Overall|However|Then|Also|Still|Score|Instant|Thinking|Contemplating|Pro|Mode|And|But|While|I|You)\b"
)
UNKNOWN_BEHIND = re.compile(
    r"[\s)]*(?:from|by|for)\s+(?P<name>[A-Z][\w.-]*(?:\s(?:[A-Z][\w.-]*|\+\s[A-Z]\S*)){0,4})(?=[,.;)\s\]]|$)"
    r"|^\s+(?P<first>[A-Z][\w.-]*(?:\s(?:[A-Z][\w.-]*|\+)){0,4}),\s+(?:benchmarked|evaluated|tested|scored)"
)
SETTING_BEHIND = re.compile(
    r"\s*(?:for|at|on)\s+(?:x-?high|high|medium|low|minimal)\b|[\s(]*(?:with|without|w/o?|no|in)\s+\w+|\s*\([A-Za-z@]"
)
ENTRY = re.compile(r"[\s*)]*[—–:|-][\s*]*")  # between a name and its number in a ranked list
MEASURED_ANEW = re.compile(r"\b(?:reproduc|measur|saw|got|found|observ|record|get)\w*\s+(?:(?:only|just|about)\s+)?$")
IT_HAS = re.compile(
    r"\b(?:it|they)\s+(?:now\s+|even\s+|only\s+)?(?:gets?|got|scor(?:es|ed)|reache[sd]|achieve[sd]|hits?|jumps?|rises?|climbs?)\s+"
    r"(?:to\s+|just\s+|only\s+)*$",
    re.IGNORECASE,
)
SAME = re.compile(r"\b(?:same|this|that)\s+(?:benchmark|test|eval\w*|exam|measure|metric|suite)", re.IGNORECASE)
SCORE_WORD = re.compile(r"\b(?:scor\w+|leaderboard|benchmarked|resolv\w+|accuracy|pass@\d|result)\b", re.IGNORECASE)


class Spoken(NamedTuple):
    """What the text before speaks of. `companies` are makers, who score nothing themselves."""

    subject: str | None = None
    benchmark: str | None = None
    is_label: bool = False  # the benchmark stands as a label above: every number below may be its
    main_benchmark: str | None = None
    companies: frozenset[str] = frozenset()
    units: Mapping[str, str] = MappingProxyType({})


class Claims:
    """One sentence's numbers, each given to a benchmark and models, or to none."""

    def __init__(self, line: Line, spoken: Spoken) -> None:
        self._line = line
        self._spoken = spoken
        self._given: dict[int, tuple[str | None, list[str]]] = {}

    def __iter__(self) -> Iterator[Claim]:
        line = self._line
        lists = list(
            listed_claims(line, self._spoken.subject, self.benchmark_of, self.subjects_before, self._spoken.benchmark)
        )
        settled = {number.start for number in lists_numbers(lists)}
        for claim in lists:
            if claim.model is not None and self._is_possible(claim.benchmark, claim.number):
                yield claim
            self._given[claim.number.start] = (claim.benchmark, [claim.model] if claim.model else [])
        earlier: Number | None = None
        for number in line.numbers:
            if number.start not in settled:
                benchmark, models = self._single(number, earlier)
                self._given[number.start] = (benchmark, models)
                for model in models if benchmark else []:
                    if self._is_possible(benchmark, number):
                        yield Claim(benchmark or "", model, number)
            earlier = number

    def _single(self, number: Number, earlier: Number | None) -> tuple[str | None, list[str]]:
        if not self._is_score(number):
            return None, []
        benchmark, models = self.benchmark_of(number), []
        inherited = False
        if benchmark is None:
            benchmark, inherited = self._inherited(number), True
        if benchmark:
            models = self._models_of(number, earlier)
        if (
            inherited
            and benchmark
            and not (self._is_near_context(number) and (self._spoken.benchmark or self._is_named(models)))
        ):
            return None, []
        return benchmark, models

    def _is_named(self, models: Sequence[str]) -> bool:
        return any(name in self._line.text or any(each.name == name for each in self._line.models) for name in models)

    def _is_possible(self, benchmark: str | None, number: Number) -> bool:
        unit = number.unit or (self._spoken.units.get(benchmark) if benchmark else None)
        return not (unit == "%" and number.value > 100)

    def _is_score(self, number: Number) -> bool:
        """A bare whole number needs a word that says it is a score; one with a unit or a decimal needs none."""
        line = self._line
        if number.unit or "." in line.text[number.start : number.end] or POINTS.match(line.text, number.after):
            return True
        named = [name for name in line.benchmarks if name.end <= number.start]
        label = line.text[named[-1].end : number.start] if named else "unnamed"
        return bool(SCORED.search(line.before(number.start, 30))) or not re.search(
            r"\w", re.sub(r"\([^()]*\)", "", label)
        )

    # Benchmarks

    def benchmark_of(self, number: Number) -> str | None:
        """The benchmark that the sentence itself gives to a number."""
        line = self._line
        for name in line.benchmarks:
            if 0 <= name.start - number.after <= 90 and self._is_on(number, name):
                return name.name
        before = [name for name in line.benchmarks if name.end <= number.start]
        if before:
            return before[-1].name
        return line.benchmarks[0].name if line.benchmarks and self._reaches(number, line.benchmarks[0]) else None

    def _is_on(self, number: Number, name: Mention) -> bool:
        """Does "on NAME" follow the number, with at most "for MODEL" between?"""
        between = self._line.text[number.after : name.start]
        for model in self._line.models:
            if number.after <= model.start and model.end <= name.start:
                first, last = self._line.text[number.after : model.start], self._line.text[model.end : name.start]
                return bool(FOR_MODEL.fullmatch(first) and ON.fullmatch(last))
        return ON.fullmatch(between) is not None

    def _reaches(self, number: Number, name: Mention) -> bool:
        between = self._line.text[number.after : name.start]
        return len(between) < 200 and ";" not in between and not re.search(r"[.!?]\s+[A-Z]", between)

    def _inherited(self, number: Number) -> str | None:
        line, spoken = self._line, self._spoken
        if line.benchmarks:
            return None
        if spoken.benchmark:
            return spoken.benchmark
        if (
            spoken.main_benchmark
            and number.unit == "%"
            and (
                SCORE_WORD.search(line.text)
                or UNKNOWN_BEHIND.match(line.text[number.after :])
                or any(ENTRY.fullmatch(line.text, model.end, number.start) for model in line.models)
            )
        ):
            return spoken.main_benchmark
        return None

    def _is_near_context(self, number: Number) -> bool:
        """A benchmark from elsewhere counts for what is plainly a score: right at a model, or on "the same test"."""
        line, spoken = self._line, self._spoken
        if SAME.search(line.text) or (spoken.benchmark is None and spoken.main_benchmark):
            return True
        for model in line.models:
            if model.end <= number.start and LINK.fullmatch(line.text[model.end : number.start]):
                return True
            if number.after <= model.start and BEHIND.fullmatch(line.text[number.after : model.start]):
                return True
        if (
            spoken.benchmark
            and number is line.numbers[0]
            and not any(model.end <= number.start for model in line.models)
            and (IT_HAS.search(line.before(number.start)) or MEASURED_ANEW.search(line.before(number.start)))
        ):
            return True
        return self._is_scored(number)

    def _is_scored(self, number: Number) -> bool:
        """Below a label: "reaches 40", "Score: 40"."""
        scored = re.search(
            r"\b(?:scor|achiev|reach|hit|manag)\w*\s+(?:\w+\s+){0,2}$", self._line.before(number.start, 30)
        )
        return self._spoken.is_label and bool(scored or re.search(r"\bscore", self._line.text, re.IGNORECASE))

    # Models

    def _models_of(self, number: Number, earlier: Number | None) -> list[str]:
        line = self._line
        for model in line.models:
            if 0 <= model.start - number.after <= 60 and BEHIND.fullmatch(line.text[number.after : model.start]):
                opens = line.text[number.after : model.start].rstrip().endswith("(")
                if not opens or line.text[model.end : model.end + 1] in ")":
                    return [model.name, *coordinated(line, model, forward=True)]
        leading = [model for model in line.models if model.start >= number.after]
        if (
            leading
            and not line.text[: number.start].strip(" ~≈-•")
            and re.fullmatch(r"\s*[-–—:|]?\s*", line.text[number.after : leading[0].start])
        ):
            return [leading[0].name]
        unknown = UNKNOWN_BEHIND.match(line.text[number.after :])
        if unknown and number.unit == "%" and not line.models:
            name = unknown["name"] or unknown["first"]
            if (
                name not in self._spoken.companies
                and not NO_ACTOR.match(name)
                and not any(n.name == name for n in line.benchmarks)
            ):
                return [name.rstrip(".")]
        before = [model for model in line.models if model.end <= number.start]
        if bracketed(line, number):
            return []
        if not before:
            return self._unnamed(number, earlier)
        last = before[-1]
        if earlier is not None and earlier.start >= last.end:
            return self._goes_on(number, earlier)
        between = self._stripped(last.end, number.start)
        if LINK.fullmatch(between) and not (TURNED.match(between) and COMPARED.search(line.before(last.start))):
            alone = re.fullmatch(r"\s*\([~≈]?", between)  # "X and Y (57)" says it of Y only
            return [last.name] if alone else [*reversed(coordinated(line, last)), last.name]
        return self.subjects_before(number)

    def _goes_on(self, number: Number, earlier: Number) -> list[str]:
        """A further number without a model: the same model's, where a benchmark or a setting is beside it."""
        line = self._line
        gap = line.text[earlier.after : number.start]
        own = any(earlier.end <= name.start and name.end <= number.start for name in line.benchmarks)
        own = own or any(0 <= name.start - number.after <= 90 and self._is_on(number, name) for name in line.benchmarks)
        own = own or MEASURED_ANEW.search(gap) is not None
        own = own or self._is_under_another_setting(earlier, number)
        if not own or re.search(r"\b(?:vs\.?|versus|than|against|compared)\b", gap) or self._is_of_others(number):
            return []
        last = [model for model in line.models if model.end <= number.start]
        if last and self._is_object(last[-1]):
            return self.subjects_before(number)
        return self._given.get(earlier.start, (None, []))[1]

    def _is_under_another_setting(self, earlier: Number, number: Number) -> bool:
        """ "80.9% in one attempt, and 84.3% with high compute"; "without tools 41%; with search that rises to 53%"."""
        line = self._line
        if SETTING_BEHIND.match(line.text, earlier.after) and SETTING_BEHIND.match(line.text, number.after):
            return True
        gap, behind = line.text[earlier.after : number.start], line.text[number.after : number.after + 50]
        if len(gap) > 120 or re.search(r"\b(?:vs\.?|versus|than|against|compared|human|expert)\b", gap):
            return False
        if re.fullmatch(r"[^.]{0,80}(?:,|;|\band\b)\s*(?:even\s+)?", gap):
            return settings_in(re.split(r"[.;,]\s", behind)[0]) is not None
        risen = re.search(
            r"\b(?:ris|rais|improv|climb|jump|go|increas|drop|fall|mov)\w*\s+(?:it\s+)?to\s+$|@\d+\s+of\s+$", gap
        )
        return risen is not None and settings_in(gap) is not None

    def _unnamed(self, number: Number, earlier: Number | None) -> list[str]:
        line, subject = self._line, self._spoken.subject
        if earlier is not None:
            return self._goes_on(number, earlier)
        if self._is_of_others(number):
            return []
        actors = list(ACTOR.finditer(line.text[: number.start]))
        if actors:
            name = actors[-1]["name"]
            known = (
                name in self._spoken.companies
                or NO_ACTOR.match(name)
                or any(name in each.name for each in line.benchmarks)
            )
            if not known:
                return [name]
        return [subject] if subject else []

    def subjects_before(self, number: Number) -> list[str]:
        """Whom the clause of a number speaks of; else the sentence, else the text before."""
        line = self._line
        before = [model for model in line.models if model.end <= number.start]
        cuts = [match.end() for match in CLAUSE.finditer(line.text, 0, number.start)]
        free = [model for model in before if not self._is_object(model)]
        near = [model for model in free if cuts and model.start >= cuts[-1]] or free
        if OTHERS_OWN.search(line.before(number.start)):
            return []
        if near:
            first = near[0]
            return [first.name, *coordinated(line, first, forward=True)]
        return [self._spoken.subject] if self._spoken.subject else []

    def _is_of_others(self, number: Number) -> bool:
        """Do unnamed others have the number: "34 points behind the leaders (about 76)"?"""
        ends = [model.end for model in self._line.models if model.end <= number.start]
        return OTHERS.search(self._line.text[max([0, number.start - 60, *ends[-1:]]) : number.start]) is not None

    def _is_object(self, model: Mention) -> bool:
        line = self._line
        if COMPARED.search(line.before(model.start)):
            return True
        place = line.models.index(model)
        if place == 0:
            return False
        joint = line.text[line.models[place - 1].end : model.start]
        and_so_on = place + 1 < len(line.models) and re.fullmatch(
            r"(?:\s\([^()]*\))?,?(?:\sand)?\s", line.text[model.end : line.models[place + 1].start]
        )
        joins = re.fullmatch(r"(?:\s\([^()]*\))?(?:,?\s(?:and|or)\s(?:\w+['’]s\s)?|/)", joint)
        return bool(joins or (and_so_on and joint == ", ")) and self._is_object(line.models[place - 1])

    def _stripped(self, start: int, end: int) -> str:
        """The words between a model and its number without what explains: benchmarks and brackets."""
        line, parts, position = self._line, [], start
        for name in line.benchmarks:
            if start <= name.start and name.end <= end:
                parts.append(line.text[position : name.start])
                position = name.end
        between = " ".join([*parts, line.text[position:end]])
        return re.sub(
            r"\([^()]{0,80}\)|\sin\s\w+\smode\b|\bv\d+(?:\.\d+)?\b|,\s(?:a|an|the)\s[^,]{3,120},", " ", between
        )


def bracketed(line: Line, number: Number) -> bool:
    """ "Over Swan-H1 (67.2)": the number of a name that nobody knows."""
    before = line.before(number.start)
    opened = re.search(r"\(\s*[~≈]?$", before)
    name = UNKNOWN_BEFORE.search(before[: opened.start()]) if opened else None
    if opened is None or name is None or not COMPARED.search(before[: name.start()]):
        return False
    at = number.start - len(before)
    known = (*line.models, *line.benchmarks)
    return not any(each.start < at + opened.start() and each.end > at + name.start() for each in known)


def lists_numbers(claims: Sequence[Claim]) -> list[Number]:
    """The numbers that claims are about."""
    return [claim.number for claim in claims]
