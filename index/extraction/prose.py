"""Headings and paragraphs in → the results that their sentences and flattened lines state, out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from index.extraction.asserted import is_asserted
from index.extraction.claim import Claims, Spoken
from index.extraction.direction import direction, said_direction
from index.extraction.finding import Finding
from index.extraction.flat import Setup, flat_claims, header_model, is_header
from index.extraction.line import Line, read_line
from index.extraction.listed import Claim, paired_claims
from index.extraction.number import Number
from index.extraction.setting import joined, of_the_test, settings_in
from index.extraction.table import Scene
from index.extraction.tokens import token_claims
from index.names import Mention, Names
from index.sentence import sentences

FURNITURE = re.compile(
    r"\W*(?:related\s+(?:articles|posts|stories|reading|news)|read\s+(?:more|next)|more\s+(?:from|stories|articles)|recommended"
    r"(?:\s+\w+)?|you\s+(?:may|might)\s+also\s+like|further\s+reading|latest\s+(?:news|articles|posts|stories)|popular\s+posts|"
    r"most\s+read|up\s+next|trending(?:\s+now)?|see\s+also|editors?['’]?s?\s+picks?)\W*",
    re.IGNORECASE,
)
LETTER = re.compile(r"[^\W\d_]")
ITEM = re.compile(r"\s*(?:[-*+•▪‣]|\d{1,3}[.)])\s")
LABEL_END = re.compile(r"[:：]\s*$")
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s*$")
BARE = re.compile(r"\s*\d{1,3}(?:\.\d+\s?%?|\s?%)\s*(?:$|\n)")
COMPARING = re.compile(
    r"\b(?:than|behind|over|against|versus|vs\.?|unlike|to|from|by|of|with|for)\s+(?:the\s+|\w+['’]s\s+)?$",
    re.IGNORECASE,
)
ASIDE = re.compile(r"\d%?,?\s|[,;:]\s+(?:when|while|whereas|where|but|though)\s")  # what follows is of another
NEAR_START = 60  # characters: a model named that early in a sentence is what the sentence is about
MAX_SENTENCE = 1_500  # characters; the longest in good prose have some 600
BELOW = 1_500  # characters below a benchmark's label within which "GPT-5.4 (40.1)" still belongs to it
MOST_NUMBERS = 60  # of a sentence; with more it is none, and the work on it grows with their square
LONGEST_QUOTE = 560  # characters; a longer sentence is quoted in part
REACH = 90  # characters beside a number in which its setting is said
CUT = re.compile(
    r"[;)](?!\s*\()|,\s(?!with|without|no\s|pass|\d)|\b(?:vs\.?|against|versus|compared|while|whereas|but|yet|and|ahead|up\s+from)\b"
)
ATTACHED = re.compile(r"\s*(?:points?\s+)?(?:with|for|by|from|on|in|of)\s+(?:the\s+|its\s+|our\s+)?")
BRACKET = re.compile(r"\s*\([^()]{0,120}\)")
MEASURE = re.compile(
    r"(?P<name>[^\W\d][\w -]{2,40}?)(?:\s+(?:of|is|was|at|to)|:)\s+(?:(?:just|only|about|around)\s+)?$"
)
BESIDE = re.compile(r"\s*(?:\([^()]{0,60}\)|v\d+(?:\.\d+)?\b)")
PROSE = 320  # characters; a paragraph that long is the article's own
MOST_CELLS = 40  # models and benchmarks with the same number; of more it tells nothing, and their work is a square
QUOTED = 450  # characters above a number from which its label is quoted with it
DIGIT = re.compile(r"\d")


class Reader:
    """Reads an article from top to bottom and remembers what is being spoken of."""

    def __init__(self, text: str, title: str, names: Names) -> None:
        self._text = text
        self._names = names
        self._companies = frozenset(name for name in names.developers.values() if name)
        mentioned = [each for each in names.models(text[:60_000]) if _is_full(each)]
        self._counted = Counter(each.name for each in mentioned)
        titled = list(dict.fromkeys(each.name for each in names.models(title) if _is_full(each)))
        self._main = titled[0] if len(titled) == 1 else max(self._counted, key=self._counted.__getitem__, default=None)
        self._is_about_one = self._share(self._main) >= (0.15 if len(titled) == 1 else 0.35)
        self._main_benchmark = self._benchmark_of_all(title)
        self._full: dict[str, str] = {}  # "Opus" → the model that was last, or will first be, called so in full
        for name, _ in reversed(self._counted.most_common()):
            self._remember(name)
        self._heading: tuple[str, int] = ("", 0)
        self._titled: str | None = None  # the model that the heading names
        self._subject: str | None = self._main
        self._opening: str | None = self._main  # whom the last paragraph began with
        self._label: Line | None = None  # the last label, heading or short line, that named one benchmark
        self._pair: tuple[str, ...] = ()  # the models that the last sentence compared, in their order
        self._in_table: tuple[str | None, str | None] | None = None  # a flattened table: its model and settings
        self._is_over = False

    def _share(self, name: str | None) -> float:
        return self._counted[name] / max(1, sum(self._counted.values())) if name else 0.0

    def _benchmark_of_all(self, title: str) -> str | None:
        """The one benchmark that an article is about, if there is one."""
        named = [each.name for each in self._names.benchmarks(title)]
        counted = Counter(each.name for each in self._names.benchmarks(self._text[:60_000]))
        if not named or counted[named[0]] < 0.6 * sum(counted.values()):
            return None
        return named[0]

    def _remember(self, name: str) -> None:
        words = re.findall(r"[A-Za-z]{3,}", name)
        for length in range(1, len(words) + 1):
            for place in range(len(words) - length + 1):
                self._full[" ".join(words[place : place + length]).casefold()] = name

    def scene(self, start: int) -> Scene:
        """What a table at `start` is about."""
        above = self._text[max(0, start - 400) : start].rstrip()
        caption = above.rpartition("\n")[2][-300:]
        words = f"{self._heading[0]} {caption}"
        tests = self._names.benchmarks(caption) or self._names.benchmarks(self._heading[0])
        named = {each.name for each in tests}
        benchmark = tests[0].name if len(named) == 1 else self._main_benchmark
        if not named and self._label and start - self._label.end < 200:
            benchmark = self._label.benchmarks[0].name
        return Scene(words, benchmark, self._titled or self._main)

    def heading(self, start: int, end: int, level: int) -> Iterator[Finding]:
        """A heading may be a flattened line: "GPQA Diamond (PhD-level) 89.5%"."""
        line = self._line(start, start + len(self._text[start:end].rstrip()))
        if FURNITURE.fullmatch(line.text):
            self._is_over = True
            return
        if self._is_over and level in (1, 2):
            self._is_over = False
        found = [] if self._is_over else list(self._flat(line))
        yield from found
        if found:
            self._mark(line)
            return
        self._subject = self._titled = self._title_of(line) or (self._titled if level > 2 else None)
        self._subject = self._opening = self._subject or self._main
        self._in_table = None
        self._heading = (line.text, end)
        if line.benchmarks or level:
            self._label = None
        self._mark(line)

    def _title_of(self, line: Line) -> str | None:
        full = list(dict.fromkeys(each.name for each in line.models))
        return full[0] if len(full) == 1 else None

    def paragraph(self, start: int, end: int) -> Iterator[Finding]:
        """The results of a paragraph or a list; one short line right above a list says what that is about."""
        if ITEM.match(self._text, end) and "\n" not in self._text[start:end].strip():
            line = self._line(start, start + len(self._text[start:end].rstrip()))
            if self._headed(line):
                self._titled = self._subject = self._opening = self._headed(line)
                return
        if end - start > PROSE and SENTENCE_END.search(self._text[end - 80 : end]):
            self._is_over = False  # a list of other articles has titles, no paragraphs
        spoken: str | None = None
        self._pair = ()
        self._subject = self._titled or self._main if self._is_about_one or self._titled else self._opening
        first_subject: str | None = None
        named: Line | None = None
        base, before = self._subject, start
        for first, last in self._lines(start, end):
            if not LETTER.search(self._text, first, last):
                yield from self._bare(first, last)
                continue
            line = self._line(first, last)
            if "\n" in self._text[before:first]:
                if self._is_about_one or _begins_with_test(line):
                    self._subject = base  # each item of a list begins anew
                base = self._headed(line) or base
            before = last
            if FURNITURE.fullmatch(line.text.strip()):
                self._is_over = True
            if self._is_over:
                return
            flat = list(self._flat(line))
            yield from flat or self._sentence(line, spoken)
            self._mark(line)
            if self._speaks_of(line) and first_subject is None:
                first_subject = self._opening = self._subject
            spoken = line.benchmarks[-1].name if line.benchmarks else spoken
            named = line if line.benchmarks else named
        self._close(start, named, self._text[start:end])

    def _bare(self, start: int, end: int) -> Iterator[Finding]:
        """A heap of numbers and signs says nothing, but one number right below a benchmark's name is its score."""
        label, model = self._label, self._titled or self._main
        if (
            not label
            or not model
            or self._text[label.end : start].strip()
            or label.numbers
            or not BARE.match(self._text[start:end])
        ):
            return
        line = self._line(start, end)
        named = label.benchmarks[0]
        if len(line.numbers) == 1 and not re.search(r"\w", label.text[: named.start] + label.text[named.end :]):
            yield self._finding(line, Claim(named.name, model, line.numbers[0]), label)

    def _headed(self, line: Line) -> str | None:
        """A model that an item of a list is all about: the items below speak of it."""
        alone = len(line.models) == 1 and not line.benchmarks and not line.numbers and len(line.text) < 60
        if not alone or line.models[0].start > 10:
            return None
        bare = self._names.model(re.sub(r"\s*\([^()]*\)|^\W+|[\s:*]+$", "", line.text))
        said = line.text[line.models[0].start : line.models[0].end]
        return line.models[0].name if line.models[0].known or re.search(r"\d", said) or len(bare) > 30 else bare

    def _close(self, start: int, named: Line | None, written: str) -> None:
        """A list's own labels end with it; "Early scores:" hands the paragraph's benchmark on to what follows."""
        if self._label and self._label.start >= start and self._label.numbers and ITEM.match(written):
            self._label = None
        if named and len({each.name for each in named.benchmarks}) == 1 and LABEL_END.search(written):
            self._label = named

    def _speaks_of(self, line: Line) -> bool:
        for model in line.models:
            before = line.before(model.start)
            if model.start < NEAR_START and _is_full(model) and not (COMPARING.search(before) or ASIDE.search(before)):
                self._subject = model.name
                return True
        return False

    def _mark(self, line: Line) -> None:
        """Remember a label: a short line that names one benchmark and is no sentence."""
        named = {each.name for each in line.benchmarks}
        short = len(line.text) < 160 and not SENTENCE_END.search(line.text)
        if len(named) == 1 and (short or LABEL_END.search(line.text)):
            self._label = line
        elif len(named) > 1 and LABEL_END.search(line.text):
            self._label = None
        if is_header(line.text):
            self._in_table = (None, None)
        elif (found := header_model(line.text, self._names)) is not None:
            self._in_table = (found[0], settings_in(line.text[found[1] :]) or settings_in(line.text))

    def _lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Sentences; a line that begins with a benchmark, a rank or "Score:" is one of a flattened table."""
        for first, last in sentences(self._text, start, end):
            if last - first > MAX_SENTENCE:
                yield from self._chunks(first, last)
                continue
            base, table = first, self._in_table is not None
            for match in re.finditer(r"\n\s*", self._text[first:last]):
                at = base + match.end()
                after = self._text[at : min(at + 120, last)]
                named = self._names.benchmarks(after[:80])
                if (
                    table
                    or (named and named[0].start == 0)
                    or self._names.glued_benchmark(after)
                    or re.match(r"[Ss]core:|#\d", after)
                ):
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
        line = read_line(self._text, start, end, self._names)
        models = [each if _is_full(each) else each._replace(name=self._in_full(each)) for each in line.models]
        for each in models:
            if _is_full(each):
                self._remember(each.name)
        return line._replace(models=models)

    def _in_full(self, mention: Mention) -> str:
        """A family's name alone stands for the model that the article calls so in full."""
        words = " ".join(re.findall(r"[A-Za-z]{3,}", mention.name)).casefold()
        return mention.name if re.search(r"\d", mention.name) else self._full.get(words, mention.name)

    def _flat(self, line: Line) -> Iterator[Finding]:
        label = self._governing(line)
        model, setting = self._in_table or (None, None)
        benchmark = label.benchmarks[0].name if label else None
        setup = Setup(benchmark, model or self._titled or self._main, self._in_table is not None)
        for claim in flat_claims(line, setup, self._names):
            own = bool(line.benchmarks) or claim.benchmark != benchmark
            yield self._finding(line, claim, None if own else label, setting)

    def _governing(self, line: Line) -> Line | None:
        label = self._label
        return label if label and label.start <= line.start and line.start - label.end < BELOW else None

    def _sentence(self, line: Line, spoken: str | None) -> Iterator[Finding]:
        if not DIGIT.search(line.text):
            return
        label = self._governing(line) if spoken is None else None
        benchmark = spoken or (label.benchmarks[0].name if label else None)
        spent = token_claims(line, self._subject, benchmark, self._names)
        yield from (self._finding(line, claim) for claim in spent if _is_asserted(line, claim))
        if not 0 < len(line.numbers) <= MOST_NUMBERS:
            return
        context = Spoken(
            self._subject, benchmark, label is not None, self._main_benchmark, self._companies, self._names.units
        )
        claims = list(paired_claims(line, self._pair, context.benchmark) or Claims(line, context))
        self._pair = _compared(line) or self._pair
        for claim in claims:
            if _is_asserted(line, claim):
                yield self._finding(line, claim, None if line.benchmarks else label)

    def _finding(self, line: Line, claim: Claim, label: Line | None = None, setting: str | None = None) -> Finding:
        at = line.places[claim.number.start]
        start, end = _quoted(line, claim)
        above = settings_in(label.text) if label else None
        if label and at - label.start < QUOTED:
            start = label.start
        if label and label.numbers:
            above = of_the_test(above)
        stated = joined(_settings_of(line, claim), setting, above)
        said = _direction(line, claim, label)
        return Finding(claim.benchmark, claim.model or "", claim.number, stated, start, end, at, said)


def _is_asserted(line: Line, claim: Claim) -> bool:
    return is_asserted(line.text, claim.number.start, claim.number.after)


def _quoted(line: Line, claim: Claim) -> tuple[int, int]:
    """The whole line, or, of a long one, from its first name that counts to what follows the number."""
    if line.end - line.start <= LONGEST_QUOTE:
        return line.start, line.end
    number = claim.number
    names = [each for each in (*line.benchmarks, *line.models) if each.name in (claim.benchmark, claim.model)]
    near = [each for each in names if abs(each.start - number.start) < LONGEST_QUOTE // 2]
    first = min([number.start, *(each.start for each in near)])
    last = max([number.after, *(each.end for each in near)])
    return line.places[first], line.places[min(last, len(line.text)) - 1] + 1


def _settings_of(line: Line, claim: Claim) -> str | None:
    """What is said of the number itself, up to the names and numbers beside it, and right behind its benchmark."""
    number = claim.number
    earlier = [each for each in line.numbers if each.after <= number.start]
    first = max([0, *(_own_end(line, each) for each in earlier)])
    named = [each for each in line.benchmarks if each.name == claim.benchmark and each.end <= number.start]
    begins = [each.end for each in named if each.start >= first]
    if earlier:
        begins += [each.end for each in line.models if first <= each.start and each.end <= number.start]
    first = min(max([first, number.start - REACH, *begins]), number.start)
    own_end = _own_end(line, number)
    later = [each.start for each in line.numbers if each.start >= number.after]
    later += [each.start for each in line.models if each.start >= own_end]
    behind = line.text[number.after : min([number.after + REACH, len(line.text), *later])]
    behind = CUT.split(behind)[0]
    above = None if earlier and settings_in(behind) else settings_in(line.text[first : number.start])
    own = joined(above, settings_in(behind))
    beside = BESIDE.match(line.text, named[-1].end) if named else None
    return joined(own, settings_in(beside[0]) if beside else None, _effort_of(line, claim))


def _effort_of(line: Line, claim: Claim) -> str | None:
    """The effort that is said with the model's name: "GPT-5.4 xhigh scored …"."""
    own = [each for each in line.models if each.name == claim.model]
    before = [each for each in own if each.end <= claim.number.start]
    return (before[-1] if before else own[0]).effort if own else None


def _direction(line: Line, claim: Claim, label: Line | None) -> bool | None:
    """ "On B, where lower is better"; "B (lower is better)" above; "a word error rate of 4.2%"."""
    said = said_direction(line.text) if len({each.name for each in line.benchmarks}) < 2 else None
    if said is None and label:
        said = direction(label.text.strip(" :*#"))
    measure = MEASURE.search(line.before(claim.number.start))
    return direction(measure["name"]) if said is None and measure else said


def _own_end(line: Line, number: Number) -> int:
    """Where what belongs to a number ends: "76.5% with X on Y (pass@1, no tools)" is one number's, all of it."""
    end = number.after
    names = sorted((*line.benchmarks, *line.models), key=lambda each: each.start)
    for name in names:
        if name.start >= end and ATTACHED.fullmatch(line.text, end, name.start):
            end = name.end
    bracket = BRACKET.match(line.text, end)
    return bracket.end() if bracket else end


def _compared(line: Line) -> tuple[str, ...]:
    models = tuple(dict.fromkeys(each.name for each in line.models))
    return models if len(models) > 1 else ()


def _begins_with_test(line: Line) -> bool:
    first = min((each.start for each in line.models), default=len(line.text))
    return bool(line.benchmarks) and line.benchmarks[0].start < min(first, NEAR_START)


def _is_full(mention: Mention) -> bool:
    return mention.known or re.search(r"\d", mention.name) is not None


def unified(findings: Iterable[Finding]) -> list[Finding]:
    """A number that an article states twice, once with a shortened name, is of one benchmark and one model."""
    every = list(findings)
    stated: dict[float, set[tuple[str, str]]] = {}
    for each in every:
        stated.setdefault(each.number.value, set()).add((each.benchmark, each.model))
    cells = {value: sorted(own) if len(own) <= MOST_CELLS else [] for value, own in stated.items()}
    return [_in_full(each, cells[each.number.value]) for each in every]


def _in_full(finding: Finding, stated: list[tuple[str, str]]) -> Finding:
    for benchmark, model in stated:
        if benchmark == finding.benchmark and model != finding.model and model.startswith(f"{finding.model} "):
            return finding._replace(model=model)
        if model == finding.model and benchmark != finding.benchmark and benchmark.startswith(f"{finding.benchmark} "):
            return finding._replace(benchmark=benchmark)
    return finding
