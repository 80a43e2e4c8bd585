"""A text in → the families of models and the benchmarks that it introduces and no catalogue has, out."""

import re
from collections.abc import Collection, Iterator
from itertools import islice

WORD = r"[A-Z][A-Za-z]{0,24}"  # every repetition is bounded, so that the time stays linear
VERSIONED = re.compile(
    rf"(?<![\w.$#/-])(?P<stem>(?:{WORD}[ -])?[A-Z][A-Za-z]{{2,24}})(?:[ -]?[vV]?|[ -][A-Z])\d{{1,2}}(?:\.\d{{1,2}})?"
    r"(?![\w,/:.]{0,12}\d|\s?%)"
)
# Words with a number that are no model's name.
NO_FAMILY = re.compile(
    r"(?:(?:The|A|An|On|In|At|For|With|Our|And|But|By|From|To|Of|Since|Until|About|Over|Under|Only|Top|All|Is|Are|It|We|If|As|"
    r"Table|Figure|Fig|Section|Chapter|Appendix|Step|Phase|Level|Tier|Stage|Part|Page|Day|Week|Month|Year|Round|Task|Question|"
    r"Rank|Number|No|Note|Item|Point|Option|Type|Class|Grade|Group|Team|Series|Version|Update|Issue|Volume|Episode|Season|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|"
    r"Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Nvidia|NVIDIA|RTX|GeForce|AMD|Intel|Python|CUDA|"
    r"Windows|Ubuntu|Android|macOS|PyTorch|Apache|Web|HTTP|Score|Scores|Average|Mean|Attempt|Run|Seed|Turn|Test|Exam|Bench|"
    r"Benchmark|Humans?|Experts?|Between|Around|Nearly|Roughly|Pass|Fortune|Formula|Area|Route|Highway|Article|Rule|Law|Q)\b|"
    r"[A-Z]$)"
)
ANNOUNCED = re.compile(
    r"\b(?:introduc\w+|announc\w+|releas\w+|launch\w+|unveil\w+|debut\w+|meet|models?|called|named|beat(?:s|ing)?|"
    r"outperform\w*|surpass\w*"
    r"|(?:measured|recorded|obtained|clocked|got|saw)\b[^;\n]{0,20}\d%? (?:with|for|from|by))[ :*_“\"]+$",
    re.IGNORECASE,
)
SCORES = re.compile(
    r"(?:[ -][A-Z][a-z]{1,12}){0,2}[*_”\"]*(?:['’]s)?(?:\s+(?:\w+ly\s+)?"
    r"(?:scor|achiev|reach|outperform|beat|surpass|solv|resolv|obtain|trail|post(?:s|ed)|hits|"
    r"gets|got|earn|leads|lags|replicat|match(?:es|ed)|exceed|attain|tops|is\s+(?:an?|our|the|its)\s[^.;\n]{0,80}\bmodel)"
    r"|(?::\s?|\s\()\d{1,3}(?:\.\d+)?%?(?=[\s);,/.]))"
)
TITLED = re.compile(
    r"\b(?:introducing|announcing|meet|system card|model card|technical report|release|launch|model|review|"
    r"benchmarks?)\b",
    re.I,
)
# "Inkwell is a language model", "its new model, Inkwell"
DEFINED = re.compile(
    rf"(?<![\w.])(?P<name>{WORD}(?: {WORD})?)(?: is|, is|,) (?:an?|our|its|the) [^.;:\n]{{0,70}}?\b"
    r"(?:language|reasoning|multimodal|foundation|coding|frontier|open|AI|chat) models?\b"
    r"|\b(?:language|reasoning|multimodal|foundation|coding|frontier|AI|new) model,? (?:called |named |dubbed )?"
    rf"(?P<named>{WORD}(?: {WORD})?)\b"
)
NAME = r"[A-Z][\w+-]{0,24}(?:[ -](?:[A-Z][\w+-]{0,24}|of|the|for|\d[\d.]{0,4})){0,5}"
KIND = r"(?:benchmarks?|exam|evaluation|eval|leaderboard|test set|test suite)"
TESTED = (
    re.compile(rf"\b{KIND},? (?:is |was )?(?:called|named|dubbed|known as) [*_“\"]*(?P<name>{NAME})"),
    re.compile(
        rf"(?:[*_]{{1,2}}|[“\"])(?P<name>{NAME})(?:[*_]{{1,2}}|[”\"]),? (?:an?|the|its|our|with|\d[\d,]{{0,8}}) "
        r"(?:[\w,-]{1,24} ){0,5}?"
        rf"(?:{KIND}|questions|problems|tasks|test)\b"
    ),
    re.compile(rf"(?<![\w.])(?P<name>{NAME}), (?:an?|the|its|our) (?:[\w-]{{1,24}} ){{0,5}}?{KIND}\b"),
    re.compile(rf"\b(?:the|new|on) [*_“\"]*(?P<name>{NAME})[*_”\"]* {KIND}\b"),
)
NO_TEST = re.compile(
    r"(?:AI|The|An?|Its|Our|New|This|That|Coding|Reasoning|Math|Mathematics|Science|Scientific|Health|Medical|Vision|Agentic|"
    r"Agents?|Multimodal|LLMs?|Language|Industry|Standard|Internal|Independent|Public|Private|Key|Major|Other|Human|Open|Official|"
    r"Knowledge|Safety|Performance|English|Chinese|German|French|Bar|Intelligence|US|EU|UK|IQ)"
    r"(?: (?:AI|Coding|Reasoning))?"
)
TEST_WORD = re.compile(rf"\b(?:{KIND}|questions|problems|tasks|test)\b")
BEFORE, BEHIND = 250, 150  # characters beside such a word in which a name is looked for
MOST = 100  # names of one text; more are none
LONGEST = 48  # characters of a benchmark's name


def families(text: str, title: str = "") -> list[str]:
    """First words of models' names that a text uses as such: "Inkwell" where "Inkwell 3 scores 80%" stands."""
    found: dict[str, None] = {}
    versioned = list(VERSIONED.finditer(text))
    seen = {match["stem"] for match in versioned}
    for match in versioned:
        stem = _own(match["stem"], seen)
        if stem in found or NO_FAMILY.match(stem) or NO_FAMILY.fullmatch(stem.split(" ")[-1]):
            continue
        begins = match.start() + len(match["stem"]) - len(stem)
        before = text[max(0, begins - 40) : begins]
        if ANNOUNCED.search(before) or SCORES.match(text, match.end()):
            found[stem] = None
    for match in VERSIONED.finditer(title):
        stem = _own(match["stem"], seen)
        if TITLED.search(title) and not NO_FAMILY.match(stem) and text.count(stem) > 1:
            found[stem] = None
    return list(found)[:MOST]


def _own(stem: str, seen: Collection[str]) -> str:
    """ "Introducing Inkwell" is Inkwell, and so is "Meanwhile Inkwell", where the text has Inkwell alone as well."""
    first, _, last = stem.rpartition(" ")
    return last if first and (last in seen or ANNOUNCED.search(f"{first} ")) else stem


def called_models(text: str) -> list[str]:
    """Models' names without a version, of which a text says that they are models, and which it names again."""
    matches = islice(DEFINED.finditer(text), 3 * MOST)
    found = {match["name"] or match["named"]: None for match in matches}
    return [name for name in found if len(name) > 3 and not NO_FAMILY.match(name) and text.count(name) > 2][:MOST]


def called_benchmarks(text: str) -> list[str]:
    """Benchmarks' names of which a text says that they are benchmarks."""
    return list(dict.fromkeys(_tests(text)))[:MOST]


def _near(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches where a word for a test stands near: most of a text has none."""
    start = end = 0
    for match in TEST_WORD.finditer(text):
        if match.start() - BEFORE > end:
            yield from pattern.finditer(text, start, end)
            start = match.start() - BEFORE
        end = match.end() + BEHIND
    yield from pattern.finditer(text, start, end)


def _tests(text: str) -> Iterator[str]:
    for pattern in TESTED:
        for match in _near(pattern, text):
            name = re.sub(r"(?: (?:of|the|for))+$", "", match["name"])
            if len(name) <= LONGEST and len(name) > 2 and not NO_TEST.fullmatch(name):
                yield name
