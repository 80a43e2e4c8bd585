"""A stretch of an article in → what it names and what numbers it holds, out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.extraction.number import Number, numbers
from index.extraction.reading import read
from index.names import Mention, Names

SIZES = re.compile(r"(?P<more>(?:/\d{1,4}(?:\.\d+)?[Bb]?)+)(?P<rest>(?:-[A-Za-z]{2,12})*)(?![\w/])")
LAST_SIZE = re.compile(r"(?P<stem>.*[\s-])(?P<size>\d{1,4}(?:\.\d+)?)[Bb]?")
PART_OF = re.compile(r"\s*(?P<plus>\+)\s*|\s+(?:with|using|running|powered by|on top of)\s+", re.IGNORECASE)
DIGIT = re.compile(r"\d")


class Line(NamedTuple):
    """text of the article at [start:end] as it is read; its n-th character stands at places[n]."""

    start: int
    end: int
    text: str
    places: Sequence[int]
    benchmarks: list[Mention]
    models: list[Mention]
    numbers: list[Number]

    def before(self, at: int, length: int = 60) -> str:
        """The words right before a place; no more of them, to keep the time linear."""
        return self.text[max(0, at - length) : at]


def read_line(article: str, start: int, end: int, names: Names) -> Line:
    """Read article[start:end]."""
    reading = read(article, start, end)
    text = reading.text
    benchmarks, models = _unglued(text, names.benchmarks(text), names), names.models(text)
    if benchmarks and models:
        benchmarks, models = _apart(benchmarks, models)
    models = _combined(text, _sizes(text, models, names))
    taken = [(each.start, each.end) for each in (*benchmarks, *models)]
    found = numbers(text, taken, {each.start for each in benchmarks}) if DIGIT.search(text) else []
    return Line(start, end, text, reading.places, benchmarks, models, found)


def _unglued(text: str, benchmarks: list[Mention], names: Names) -> list[Mention]:
    """A flattened line begins with a name that a number is run into: "Terminal-Bench 2.016 points behind"."""
    end = names.glued_benchmark(text)
    if not end or not text[end : end + 1].isdigit():
        return benchmarks
    first = Mention(0, end, names.benchmark(text[:end]), True)
    return [first, *(each for each in benchmarks if each.start >= end)]


def _apart(benchmarks: list[Mention], models: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Where a model's and a benchmark's name overlap, the longer one is meant."""

    def beaten(mention: Mention, others: list[Mention], even: bool) -> bool:
        length = mention.end - mention.start
        return any(
            other.start < mention.end
            and mention.start < other.end
            and (other.end - other.start > length or (even and other.end - other.start == length))
            for other in others
        )

    return (
        [mention for mention in benchmarks if not beaten(mention, models, even=False)],
        [mention for mention in models if not beaten(mention, benchmarks, even=True)],
    )


def _sizes(text: str, models: list[Mention], names: Names) -> list[Mention]:
    """Models named by their sizes: "Qwen2.5-7/72B-Instruct" is two."""
    found: list[Mention] = []
    for mention in models:
        more = SIZES.match(text, mention.end)
        first = LAST_SIZE.fullmatch(text[mention.start : mention.end]) if more else None
        if not more or not first:
            found.append(mention)
            continue
        sizes = [first["size"], *(size.rstrip("Bb") for size in more["more"][1:].split("/"))]
        for size in sizes:
            name = names.model(f"{first['stem']}{size}B{more['rest']}")
            found.append(Mention(mention.start, more.end(), name, mention.known))
    return found


def _combined(text: str, models: list[Mention]) -> list[Mention]:
    """An agent and the model inside of it are one contestant: "SWE-agent + GPT-4", "Aider with GPT-4o"."""
    kept: list[Mention] = []
    for mention in models:
        joint = PART_OF.fullmatch(text, kept[-1].end, mention.start) if kept and mention.start > kept[-1].end else None
        if joint and joint["plus"]:
            kept[-1] = Mention(kept[-1].start, mention.end, f"{kept[-1].name} + {mention.name}", False)
        elif joint and kept[-1].known and not re.search(r"\d", kept[-1].name):
            kept[-1] = kept[-1]._replace(end=mention.end)
        else:
            kept.append(mention)
    return kept
