"""A sentence on what a run of a benchmark cost in → how many tokens each model took, out."""

import re
from collections.abc import Iterator

from index.extraction.line import Line
from index.extraction.listed import Claim
from index.extraction.number import Number
from index.names import Names

AMOUNT = re.compile(r"(?<![\w$.,])(?P<digits>\d+(?:[.,]\d+)*)\s?(?P<scale>million|billion|thousand|[MBKk])\b")
SPENT = re.compile(
    r"\b(?:us(?:ed|es|ing)|spen[dt]s?|took|takes|consum\w+|need(?:ed|s)?|burn\w*|generat\w+|requir\w+)\b"
)
SPOKEN = re.compile(r"\btokens?\b")
SCALES = {"k": 1e3, "t": 1e3, "m": 1e6, "b": 1e9}
JOINT = re.compile(
    r"(?:['’]s)?(?:[\s(:,]|\b(?:used|uses|spent|took|consumed|needed|burned|generated|required|at|with|just|only|about|around|"
    r"roughly|nearly|over|some|a|total|of|more than|less than)\b)*"
)
FOR = re.compile(r"\s*(?:output\s+)?(?:tokens?)?\s*(?:for|by|from)\s+")


def token_claims(line: Line, subject: str | None, benchmark: str | None, names: Names) -> Iterator[Claim]:
    """ "used 58 million output tokens to complete the index, X (57M)"; `benchmark` is the one spoken of before."""
    named = line.benchmarks[0].name if line.benchmarks else benchmark
    if not named or not SPOKEN.search(line.text) or not SPENT.search(line.text):
        return
    told = named if named.endswith("tokens") else names.benchmark(f"{named} output tokens")
    for match in AMOUNT.finditer(line.text):
        model = _model(line, match, subject)
        if model:
            value = float(match["digits"].replace(",", "")) * SCALES[match["scale"][0].casefold()]
            yield Claim(told, model, Number(match.start("digits"), match.end(), value, "tokens", False, match.end()))


def _model(line: Line, match: re.Match[str], subject: str | None) -> str | None:
    for model in line.models:
        if model.start >= match.end() and FOR.fullmatch(line.text, match.end(), model.start):
            return model.name
    before = [model for model in line.models if model.end <= match.start()]
    if before:
        return before[-1].name if JOINT.fullmatch(line.text, before[-1].end, match.start()) else None
    return subject
