"""Headings and paragraphs in → the results that their sentences and flattened lines state, out."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.extraction.finding import Finding
from index.extraction.number import NARROW, Number, numbers
from index.extraction.setting import settings_in
from index.names import Mention, Names
from index.sentence import sentences

# Between a model and its number: "Gemini 3.1 Pro’s 94.3%", "GPT-5.4 (40.1)", "Opus 4.6: 14.8", "it scored just 18".
LINK = re.compile(
    r"(?:['’]s)?\s*(?:[(:=–—-]|\b(?:at|with|scored?|scores|scoring|reache[sd]|reach|achieve[sd]|achieving|hits?|gets?|got|has|"
    r"had|posts?|posted|earn(?:s|ed)|recorded|records|score|of|an?|the|its|just|only|still|also|both|all|about|around|roughly|"
    r"approximately|nearly|is|was|to|on|in|comes|came|stands|sits|leads|result|and)\b|[\s,~≈])*"
)
BEHIND = re.compile(r"\s*(?:%|percent)?\s*(?:\w+@\d+\s+)?(?:accuracy\s+|score\s+)?(?:for|by|from|of)\s+(?:the\s+)?")
ON = re.compile(
    r"\s*(?:%|percent|Elo)?\s*(?:\w+@\d+\s+)?(?:accuracy|score|rating)?\s*(?:on|in|at|for)\s+(?:the\s+|both\s+)?(?:\w+\s+)?"
)
DIFFERENCE = re.compile(
    r"(?:\bby|\bgap\s+of|\btrail\w*\s+by|\blead\s+of|\bmargin\s+of|\bahead\s+by|\bout\s+of)\s*$", re.IGNORECASE
)
FORMERLY = re.compile(r"\bfrom\s*$", re.IGNORECASE)
SCORED = re.compile(
    r"(?:scor\w*|scores?\s+of|rating\s+of|at|\(|vs\.?|:|just|index|both|against|’s|'s|~|about|around|roughly|than|and|,)"
    r"\s*(?:just\s|about\s|an?\s)?$",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"\b(?:leaders?|leading\s+\w+|competitors?|rivals?|others?|peers?|frontier\s+\w+|alternatives)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
SAME = re.compile(r"\b(?:same|this|that)\s+(?:benchmark|test|eval\w*|exam|measure)", re.IGNORECASE)
PAIR = re.compile(r"[^:]{2,40}:\s*[^\s:]{1,9}(?:\s+Elo)?(?:\s+\(.*\))?(?:\s+—.*)?")
NO_SCORE = re.compile(r"[—–-]\s*(?=[/|·•]|$)")
SCORE_LINE = re.compile(r"\s*[Ss]core:?\s*(?=\d)")
RANKED_ROW = re.compile(r"#(?P<rank>\d{1,3}?)(?=[A-Z])")
MARKUP = re.compile(
    # an escape, emphasis, code, a link's brackets and address; lengths are bounded to keep the time linear
    r"\\(?=[-.&_*#])|\*+|(?<!\w)_+|_+(?!\w)|`|\](?=\()|\((?=https?:)[^()\s]{0,500}\)|\[(?=[^\[\]\n]{0,200}\]\()"
)
NEAR_START = 25  # characters: a model named that early in a sentence is what the sentence is about
AMOUNT = re.compile(r"(?P<digits>\d+(?:\.\d+)?)\s?(?P<scale>million|billion|[MBK]\b)")
SPENT = re.compile(r"\b(?:us(?:ed|es|ing)|spent|took)\b")
SCALES = {"k": 1e3, "m": 1e6, "b": 1e9}
REACH = 40  # characters behind a number or a name in which its setting is said
MAX_SENTENCE = 1_500  # characters; the longest in good prose have some 600
NEAR_BY = 120  # characters below a benchmark within which "GPT-5.4 (40.1)" still belongs to it
LABEL_WORDS = 4  # a flattened line has few words between its benchmark and its score


class Line(NamedTuple):
    """A stretch of the article as it is read, without markup; offsets[n] is where its n-th character stands."""

    start: int
    end: int
    text: str
    offsets: list[int]
    benchmarks: list[Mention]
    models: list[Mention]
    numbers: list[Number]


class Reader:
    """Reads an article from top to bottom and remembers what is being spoken of."""

    def __init__(self, text: str, names: Names) -> None:
        self._text = text
        self._names = names
        self._main = self._main_model()
        self._title: str | None = None  # the model that the heading names
        self._subject: str | None = None  # the model that the paragraph speaks of
        self._above: Line | None = None  # the last line that named a benchmark
        self._header: str | None = None  # the settings in a flattened table's header

    def _main_model(self) -> str | None:
        """The model that an article is about: the one that it names most."""
        counted: dict[str, int] = {}
        for mention in self._names.models(self._text[:30_000]):
            counted[mention.name] = counted.get(mention.name, 0) + 1
        return max(counted, key=lambda name: (counted[name], name)) if counted else None

    def heading(self, start: int, end: int) -> Iterator[Finding]:
        """A heading may be a flattened line: "GPQA Diamond (PhD-level) 89.5%"."""
        line = self._line(start, start + len(self._text[start:end].rstrip()))
        found = list(self._flat(line))
        yield from found
        if not found:
            self._title = line.models[0].name if line.models else None
            self._subject = None
        if line.benchmarks:
            self._above = line

    def paragraph(self, start: int, end: int, is_list: bool = False) -> Iterator[Finding]:
        """The results of a paragraph or a list."""
        self._subject = self._header = None
        for first, last in self._lines(start, end):
            line = self._line(first, last)
            if not line.numbers and not line.benchmarks and not re.search(r"[.!?]$", line.text):
                self._header = settings_in(line.text)  # "Benchmark · Model (Thinking)" above a flattened table's rows
            flat = list(self._flat(line))
            yield from flat or self._sentence(line)
            about = line.models[0] if line.models else None
            if about and about.start < NEAR_START and re.search(r"\d|\s", about.name) and not is_list and not flat:
                self._subject = line.models[0].name
            if line.benchmarks:
                self._above = line

    def _lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Sentences; where a line of a flattened table begins with a benchmark, that line."""
        for first, last in sentences(self._text, start, end):
            if last - first > MAX_SENTENCE:
                yield from self._chunks(first, last)
                continue
            base = first
            for match in re.finditer(r"\n\s*", self._text[first:last]):
                at = base + match.end()
                named = self._names.benchmarks(self._text[at : min(at + NEAR_BY, last)])
                if named and named[0].start == 0:
                    yield first, at
                    first = at
            yield first, last

    def _chunks(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What no reader would call a sentence, cut at blanks: work on a sentence grows with its length squared."""
        while end - start > MAX_SENTENCE:
            blank = self._text.rfind(" ", start + 1, start + MAX_SENTENCE)
            middle = blank if blank > 0 else start + MAX_SENTENCE
            yield start, middle
            start = middle
        yield start, end

    def _line(self, start: int, end: int) -> Line:
        raw = self._text[start:end]
        offsets: list[int] = []
        position = 0
        for match in MARKUP.finditer(raw):
            offsets.extend(range(start + position, start + match.start()))
            position = match.end()
        offsets.extend(range(start + position, end))
        plain = "".join(self._text[offset] for offset in offsets).translate(NARROW)
        benchmarks, models = self._names.benchmarks(plain), self._names.models(plain)
        models = [
            each for each in models if all(each.end <= name.start or each.start >= name.end for name in benchmarks)
        ]
        # What is too long for a sentence and names nothing is a heap of numbers, which would take long to weigh.
        is_heap = len(plain) > MAX_SENTENCE / 2 and not (benchmarks or models)
        found = [] if is_heap else numbers(plain, [*benchmarks, *models])
        return Line(start, end, plain, [*offsets, end], benchmarks, models, found)

    # Flattened tables

    def _flat(self, line: Line) -> Iterator[Finding]:
        """Lines of a flattened table: a benchmark and a score, "Model: score / Model: score", "#2GPT-5.457OpenAI"."""
        yield from self._flat_score(line) or self._flat_ranked(line) or self._flat_pairs(line)

    def _flat_score(self, line: Line) -> list[Finding]:
        model = self._title or self._main
        if model is None or len(line.numbers) != 1:
            return []
        number = line.numbers[0]
        if not line.benchmarks and self._above and SCORE_LINE.match(line.text):
            return [self._finding(line, self._above.benchmarks[0].name, model, number, self._above)]
        if len(line.benchmarks) != 1 or line.models or line.benchmarks[0].end > number.start:
            return []
        name = line.benchmarks[0]
        before, between = line.text[: name.start], re.sub(r"\([^()]{0,80}\)", " ", line.text[name.end : number.start])
        behind = line.text[number.end :]
        if re.search(r"\w", before) or re.search(r"\b(?:is|was|are|by|behind|points?|than|of)\b", between):
            return []
        glued = number.start == name.end
        if len(re.findall(r"[A-Za-z]{2,}", between)) > LABEL_WORDS or (re.search(r"[a-z]{3}", behind) and not glued):
            return []
        found = self._finding(line, name.name, model, number)
        return [found._replace(setting=found.setting or self._header)]

    def _flat_pairs(self, line: Line) -> list[Finding]:
        above = self._above
        if line.benchmarks or not above or not line.models or not line.numbers:
            return []
        pairs = [pair for pair in re.split(r"\s+[/|·•]\s+|\s+[—–]\s+(?=[A-Z])", line.text) if ":" in pair]
        if not pairs or not all(PAIR.fullmatch(pair.strip(" -•")) for pair in pairs):
            return []
        found = []
        for place, model in enumerate(line.models):
            limit = line.models[place + 1].start if place + 1 < len(line.models) else len(line.text)
            own = [number for number in line.numbers if model.end <= number.start < limit]
            if own and re.fullmatch(r"[^:]{0,30}:\s*[~≈]?\s*", line.text[model.end : own[0].start]):
                found.append(self._finding(line, above.benchmarks[-1].name, model.name, own[0], above))
        return found

    def _flat_ranked(self, line: Line) -> list[Finding]:
        row, above = RANKED_ROW.match(line.text), self._above
        if not row or not above:
            return []
        rest = line.text[row.end() :]
        spelled = self._names.glued_model(rest)
        score = re.match(r"\d{1,4}(?:\.\d+)?(?=[A-Za-z]|\s*$)", rest[spelled:]) if spelled else None
        if not score:
            return []
        start = row.end() + spelled
        number = Number(start, start + score.end(), float(score[0]), None, False)
        model = self._names.model(rest[:spelled])
        return [self._finding(line, above.benchmarks[-1].name, model, number, above)]

    # Sentences

    def _sentence(self, line: Line) -> Iterator[Finding]:
        usable = [
            number
            for number in line.numbers
            if not DIFFERENCE.search(_before(line, number)) and not FORMERLY.search(_before(line, number))
        ]
        usable = [number for number in usable if _is_score(line, number)]
        yield from self._token_counts(line)
        listed = self._listed(line, usable)
        yield from listed
        taken = {finding.at for finding in listed}
        earlier: Number | None = None
        for number in usable:
            benchmark = self._benchmark_of(line, number)
            impossible = benchmark is not None and number.value > 100 and self._names.units.get(benchmark) == "%"
            if benchmark is not None and not impossible and line.offsets[number.start] not in taken:
                for model in self._models_of(line, number, earlier):
                    yield self._finding(line, benchmark, model, number)
            earlier = number

    def _token_counts(self, line: Line) -> Iterator[Finding]:
        """How many tokens a run of a benchmark took: "used 58 million output tokens to complete …, X (57M)"."""
        spoken = re.search(r"\b(?:output\s+)?tokens?\b", line.text)
        above = self._above.benchmarks[-1].name if self._above and line.start - self._above.end < NEAR_BY else None
        benchmark = line.benchmarks[0].name if line.benchmarks else above
        if (
            not spoken
            or not benchmark
            or not line.models
            or not re.search(r"\b(?:us(?:ed|es|ing)|spent|took)\b", line.text)
        ):
            return
        for match in AMOUNT.finditer(line.text):
            before = [model for model in line.models if model.end <= match.start()]
            if before and LINK.fullmatch(
                re.sub(r"\b(?:used|uses|spent|took)\b", " ", line.text[before[-1].end : match.start()])
            ):
                value = float(match["digits"]) * SCALES[match["scale"][0].casefold()]
                number = Number(match.start("digits"), match.end(), value, "tokens", False)
                yield self._finding(line, self._names.benchmark(f"{benchmark} output tokens"), before[-1].name, number)

    def _listed(self, line: Line, usable: Sequence[Number]) -> list[Finding]:
        """Numbers that belong to names in order: "(57.9 vs 46.2 and 45.3)" behind three models, "…, respectively"."""
        found: list[Finding] = []
        groups = _groups(line, usable)
        inside = [group for group in groups if len(group) > 1]
        for group in inside:
            before = [model for model in line.models if model.end <= group[0].start]
            opened = line.text.rfind("(", 0, group[0].start)
            bracketed = opened >= 0 and line.text[opened + 1 : group[0].start].strip() == ""
            if bracketed and len(before) >= len(group) and (name := self._benchmark_of(line, group[0])):
                pairs = zip(before[-len(group) :], group, strict=True)
                found.extend(self._finding(line, name, model.name, number) for model, number in pairs)
            elif re.search(r"\brespectively\b", line.text) and len(group) == len(line.benchmarks) and before:
                pairs_of_names = zip(line.benchmarks, group, strict=True)
                found.extend(self._finding(line, name.name, before[-1].name, number) for name, number in pairs_of_names)
        return found

    def _benchmark_of(self, line: Line, number: Number) -> str | None:
        behind = ON.match(line.text, number.end)
        if behind:
            for name in line.benchmarks:
                if 0 <= name.start - behind.end() <= 1 or behind.start() < name.start <= behind.end():
                    return name.name
        before = [name for name in line.benchmarks if name.end <= number.start]
        if before:
            return before[-1].name
        if line.benchmarks:
            return line.benchmarks[0].name if len(line.benchmarks) == 1 else None
        above = self._above
        if above and line.start - above.end < NEAR_BY and (SAME.search(line.text) or _bracketed(line, number)):
            return above.benchmarks[-1].name
        return None

    def _models_of(self, line: Line, number: Number, earlier: Number | None) -> list[str]:
        behind = BEHIND.match(line.text, number.end)
        if behind:
            named = [model for model in line.models if 0 <= model.start - behind.end() <= 8]
            if named:
                return [named[0].name]
        before = [model for model in line.models if model.end <= number.start]
        if not before:
            if OTHERS.search(_before(line, number)):
                return []
            subject = self._subject or self._title or self._main
            # A second number without a model is the subject's only where a benchmark of its own stands before it.
            own = earlier is None or any(earlier.end <= name.start <= number.start for name in line.benchmarks)
            return [subject] if subject and own else []
        last = before[-1]
        between = line.text[last.end : number.start]
        if earlier is not None and earlier.start >= last.end:
            return []
        # What explains a benchmark stands between a model and its number and belongs to neither.
        for name in line.benchmarks:
            if last.end <= name.start and name.end <= number.start:
                between = between.replace(line.text[name.start : name.end], " ")
        if LINK.fullmatch(re.sub(r"\([^()]{0,80}\)", " ", between)):
            alone = re.fullmatch(r"\s*\([~≈]?", between)  # "X and Y (57)" says it of Y only
            return [last.name] if alone else [last.name, *_joined(line, before)]
        return [last.name] if len(before) == 1 else []

    def _finding(self, line: Line, benchmark: str, model: str, number: Number, above: Line | None = None) -> Finding:
        start = above.start if above and 0 <= line.start - above.start < 400 else line.start
        setting = _setting(line, benchmark, number) or (settings_in(above.text) if above else None)
        return Finding(benchmark, model, number, setting, start, line.end, line.offsets[number.start])


def _setting(line: Line, benchmark: str, number: Number) -> str | None:
    """What is said of the number itself, up to the names and numbers beside it, or else right behind the benchmark."""
    marks = sorted((each.start, each.end) for each in line.numbers if each.start != number.start)
    models = [(each.start, each.end) for each in line.models]
    names = [*models, *((each.start, each.end) for each in line.benchmarks)]
    first = max([0, *(end for _, end in (*models, *marks) if end <= number.start)])
    last = min([len(line.text), *(start for start, _ in (*names, *marks) if start >= number.end)])
    behind = re.split(r"[;)]", line.text[number.end : min(last, number.end + REACH)], maxsplit=1)[0]
    before = line.text[max(first, number.start - 2 * REACH) : number.start]
    if found := settings_in(f"{before} · {behind}"):
        return found
    for name in line.benchmarks:
        if name.name == benchmark:
            until = min([name.end + REACH, *(start for start, _ in (*names, *marks) if start >= name.end)])
            return settings_in(line.text[name.end : until])
    return None


def _before(line: Line, number: Number) -> str:
    """The words right before a number; no more of them, to keep the time linear."""
    return line.text[max(0, number.start - 60) : number.start]


def _joined(line: Line, before: Sequence[Mention]) -> list[str]:
    """Models that share the number with the last one: "Gemini 3.1 Pro and GPT-5.4 reach about 76%"."""
    shared = []
    for one, other in zip(reversed(before[:-1]), reversed(before), strict=False):
        if not re.fullmatch(r"\s*(?:,|and|, and|&)\s*", line.text[one.end : other.start]):
            break
        shared.append(one.name)
    return shared


def _bracketed(line: Line, number: Number) -> bool:
    """Does the number stand in brackets of its own right behind a model, or as all that is said of one?"""
    return any(re.fullmatch(r"\s*\([~≈]?", line.text[model.end : number.start]) for model in line.models)


def _groups(line: Line, usable: Sequence[Number]) -> list[list[Number]]:
    """Numbers that stand in one list: nothing but commas and "and", "vs" between them."""
    groups: list[list[Number]] = []
    for number in usable:
        if groups and re.fullmatch(
            r"\s*%?\s*(?:,|and|, and|vs\.?|versus|to|&)\s*", line.text[groups[-1][-1].end : number.start]
        ):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _is_score(line: Line, number: Number) -> bool:
    """Is a bare whole number a score, by the word before it? One with a unit or a decimal needs no word."""
    return bool(number.unit or number.value % 1 or SCORED.search(line.text[max(0, number.start - 30) : number.start]))
