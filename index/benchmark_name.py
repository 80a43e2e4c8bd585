"""Gives a benchmark that some articles name with its measure one name: "LibriSpeech WER" is LibriSpeech."""

import re
from collections import defaultdict
from collections.abc import Sequence

from index.catalogue import fold
from index.extraction.direction import direction
from index.result import BenchmarkResult

# A measure is the last word in capitals, with what explains it: "WER", "WER (%)".
MEASURE = re.compile(r"(?P<benchmark>.*\S)[\s,:(–—-]+(?P<measure>[A-Z]{2,})(?:\s*\(?%\)?)?\)?")


def one_benchmark_each(results: Sequence[BenchmarkResult]) -> tuple[BenchmarkResult, ...]:
    """Results under the benchmark's bare name, where articles use that too and it can only mean this measure.

    It can't where two measures are named, or where the bare name's numbers are better the other way round.
    """
    ways: dict[str, set[bool | None]] = defaultdict(set)
    bare: dict[str, str] = {}
    for result in results:
        ways[fold(result.benchmark)].add(result.higher_is_better)
        bare.setdefault(fold(result.benchmark), result.benchmark)
    measured: dict[str, set[str]] = defaultdict(set)
    for name in bare.values():
        match = MEASURE.fullmatch(name)
        if match and direction(match["measure"]) is False and ways.get(fold(match["benchmark"])) == {False}:
            measured[fold(match["benchmark"])].add(fold(name))
    meant = {names.pop(): bare[key] for key, names in measured.items() if len(names) == 1}
    if not meant:
        return tuple(results)
    return tuple(
        result.model_copy(update={"benchmark": whole}) if (whole := meant.get(fold(result.benchmark))) else result
        for result in results
    )
