"""Lines of a table that lost its cells in → the results that they state, out: "#2GPT-5.457OpenAI", "MMLU 🏆 89.5%"."""

import re
from typing import NamedTuple

from index.extraction.line import Line
from index.extraction.listed import Claim
from index.extraction.number import Number, value_of
from index.names import Names

RANKED_ROW = re.compile(r"#?(?P<rank>\d{1,3}?)[.)]?\s?(?=[A-Za-z])")
GLUED_SCORE = re.compile(r"(?P<digits>\d{1,4}(?:,\d{3})?(?:\.\d+)?)\s?(?P<unit>%|Elo\b)?(?=[A-Z]|[a-z][A-Z]|\s*$|\s)")
HEADER = re.compile(
    r"(?:#|Rank|Position|Pos|Models?|Benchmarks?|Score|Developer|Organi[sz]ation|Provider|Company|Lab|Test|Task|Result|Accuracy|Elo|"
    r"Votes|License|Description|Notes?){2,8}",
)
TESTS_HEADER = re.compile(r"(?:Benchmark|Test|Task|Eval(?:uation)?)s?(?=[A-Z])")
SCORE_LINE = re.compile(r"\s*(?:[Ss]core|[Rr]esult|[Aa]ccuracy)\s?:?\s*(?=[~≈]?\d)")
PAIR = re.compile(r"[^:]{2,48}:\s*[^\s:]{1,9}(?:\s+Elo)?(?:\s*\(.*\))?(?:\s+—.*)?")
PARTS = re.compile(r"\s+[/|·•]\s+|\s*;\s+|,\s+(?=[A-Z])|\s+[—–]\s+(?=[A-Z])")
LABEL_WORDS = 4  # a flattened line has few words between its benchmark and its score


class Setup(NamedTuple):
    """What holds for the lines of a flattened table: the benchmark above, the model that is meant, header or not."""

    benchmark: str | None
    model: str | None
    in_table: bool = False


def flat_claims(line: Line, setup: Setup, names: Names) -> list[Claim]:
    """The results of a line that is no sentence."""
    return _score(line, setup) or _glued(line, setup, names) or _ranked(line, setup, names) or _pairs(line, setup)


def is_header(text: str) -> bool:
    """Titles of a table's columns, run together."""
    return HEADER.fullmatch(re.sub(r"\s+", "", text)) is not None


def header_model(text: str, names: Names) -> tuple[str, int] | None:
    """The model in "BenchmarkMuse Spark (Thinking)Description" and where it ends."""
    start = TESTS_HEADER.match(text)
    length = names.glued_model(text[start.end() :]) if start else 0
    return (names.model(text[start.end() : start.end() + length]), start.end() + length) if start and length else None


def _score(line: Line, setup: Setup) -> list[Claim]:
    """A benchmark and its one number, or "Score: 59.0" below a benchmark: the score of the model that is meant."""
    if setup.model is None or len(line.numbers) != 1:
        return []
    number = line.numbers[0]
    if not line.benchmarks and setup.benchmark and SCORE_LINE.match(line.text):
        return [Claim(setup.benchmark, setup.model, number)]
    if len(line.benchmarks) != 1 or line.models or line.benchmarks[0].end > number.start:
        return []
    name = line.benchmarks[0]
    before, between = line.text[: name.start], re.sub(r"\([^()]{0,80}\)", " ", line.text[name.end : number.start])
    if re.search(r"\w", before) or re.search(
        r"\b(?:is|was|are|by|behind|points?|than|of|has|have|at|from|under|over)\b", between
    ):
        return []
    if len(re.findall(r"[A-Za-z]{2,}", between)) > LABEL_WORDS or re.search(r"[a-z]{3}", line.text[number.after :]):
        return []
    return [Claim(name.name, setup.model, number)]


def _glued(line: Line, setup: Setup, names: Names) -> list[Claim]:
    """A benchmark's name with its score run into it: "Humanity's Last Exam58%Hard questions"."""
    length = names.glued_benchmark(line.text) or _unknown_glued(line.text, setup)
    if not length or setup.model is None or line.text[length : length + 1].isspace():
        return []
    score = GLUED_SCORE.match(line.text, length)
    if not score or line.text[score.end() : score.end() + 8].strip().startswith("point"):
        return []
    if not score["unit"] and names.glued_model(line.text[score.end() :]):
        return []  # "MMLU94GPT-5": whose number it is, nobody can tell
    return [Claim(names.benchmark(line.text[:length].strip()), setup.model, _number(score))]


def _unknown_glued(text: str, setup: Setup) -> int:
    """In a flattened table of benchmarks, an unknown name goes to where its percentage begins."""
    match = re.match(r"[A-Z][A-Za-z][A-Za-z '-]{0,40}[A-Za-z](?=\d{1,3}(?:\.\d)?%)", text) if setup.in_table else None
    return match.end() if match else 0


def _ranked(line: Line, setup: Setup, names: Names) -> list[Claim]:
    row = RANKED_ROW.match(line.text)
    if not row or not setup.benchmark or not (setup.in_table or line.text.startswith("#")):
        return []
    rest = line.text[row.end() :]
    length = names.glued_model(rest) or _before_maker(rest, names)
    if not length:
        return []
    makers = "|".join(sorted({re.escape(maker) for maker in names.developers.values() if maker}, key=len, reverse=True))
    maker = re.match(rf"\s*(?:{makers})\s?(?=\d)", rest[length:]) if makers else None
    at = row.end() + length + (maker.end() if maker else 0)
    score = GLUED_SCORE.match(line.text, at)
    if not score or (len(score["digits"]) < 2 and not score["unit"]):
        return []
    return [Claim(setup.benchmark, names.model(rest[:length].strip()), _number(score))]


def _before_maker(rest: str, names: Names) -> int:
    """An unknown model's name ends where its maker's name is run into it."""
    places = [place for maker in names.developers.values() if maker and (place := rest.find(maker)) > 1]
    length = min(places, default=0)
    return length if re.fullmatch(r"[A-Z][\w .-]{1,40}?", rest[:length]) else 0


def _pairs(line: Line, setup: Setup) -> list[Claim]:
    """ "GPT-5.4: 82.8 / Gemini 3.1 Pro: 80.2" below a benchmark."""
    if line.benchmarks or not setup.benchmark or not line.models or not line.numbers:
        return []
    pairs = [pair for pair in PARTS.split(line.text) if ":" in pair]
    if not pairs or not all(PAIR.fullmatch(pair.strip(" -•*")) for pair in pairs):
        return []
    found = []
    for place, model in enumerate(line.models):
        limit = line.models[place + 1].start if place + 1 < len(line.models) else len(line.text)
        own = [number for number in line.numbers if model.end <= number.start < limit]
        if own and re.fullmatch(r"[^:]{0,30}:\s*[~≈]?\s*", line.text[model.end : own[0].start]):
            found.append(Claim(setup.benchmark, model.name, own[0]))
    return found


def _number(match: re.Match[str]) -> Number:
    unit = {"%": "%", "elo": "elo"}.get((match["unit"] or "").casefold())
    return Number(match.start("digits"), match.end("digits"), value_of(match["digits"]), unit, False, match.end())
