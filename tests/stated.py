"""Graded results and read ones in → how often the setting and the reporter are right, out.

A line of gold is an object with `source` or `doc`, `benchmark`, `model`, `value`, `setting` and perhaps `reported_by`.
Only results that were found count: whether they are found is another figure.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot.disagreement import setting_words
from index import BenchmarkResult, fold


class Figure(NamedTuple):
    """How many are right, of how many that were read and of how many that the gold has."""

    right: int
    read: int
    stated: int

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.stated if self.stated else 1.0


def gold_results(path: Path, sources: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The lines of a file, or of every file in a folder; `sources` says which article a short name stands for."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]
    found = [line | {"source": line.get("source") or line.get("doc")} for line in lines]
    return [
        line | {"source": (sources or {}).get(line["source"], line["source"]), "setting": _setting(line)}
        for line in found
    ]


def _setting(line: Mapping[str, Any]) -> str | None:
    setting: str | None = line.get("setting", line.get("variant"))
    return setting


def setting_figure(gold: Sequence[Mapping[str, Any]], results: Iterable[BenchmarkResult]) -> Figure:
    """Settings compare as sets of words, so that "with tools" is "w/ tools" and an order doesn't count."""
    pairs = [(setting_words(want["setting"]), setting_words(got.setting)) for want, got in _matched(gold, results)]
    return _figure((bool(want), bool(got), want == got) for want, got in pairs)


def reporter_figure(gold: Sequence[Mapping[str, Any]], results: Iterable[BenchmarkResult]) -> Figure:
    """Reporters compare as names: "Meta (official)" is "Meta's blog". A gold without them gives nothing to count."""
    pairs = [
        (_name_words(want["reported_by"]), _name_words(got.reported_by))
        for want, got in _matched(gold, results)
        if "reported_by" in want
    ]
    return _figure((bool(want), bool(got), want <= got or got <= want) for want, got in pairs)


def _name_words(name: str | None) -> frozenset[str]:
    return frozenset(re.findall(r"\w{2,}", re.sub(r"\([^()]*\)", "", name or "").casefold()))


def _figure(compared: Iterable[tuple[bool, bool, bool]]) -> Figure:
    rows = list(compared)
    return Figure(
        sum(stated and read and same for stated, read, same in rows),
        sum(read for _, read, _ in rows),
        sum(stated for stated, _, _ in rows),
    )


def _matched(
    gold: Sequence[Mapping[str, Any]], results: Iterable[BenchmarkResult]
) -> list[tuple[Mapping[str, Any], BenchmarkResult]]:
    """Each gold result with the one read of the same number; of several, with the one whose setting fits."""
    left = list(results)
    pairs = []
    for want in gold:
        near = [
            got
            for got in left
            if got.source == want["source"]
            and got.value == want["value"]
            and fold(got.benchmark) == fold(want["benchmark"])
        ]
        named = [
            got for got in near if fold(got.model) in fold(want["model"]) or fold(want["model"]) in fold(got.model)
        ]
        fitting = [got for got in named if setting_words(got.setting) == setting_words(want["setting"])]
        for got in (fitting or named)[:1]:
            pairs.append((want, got))
            left.remove(got)
    return pairs
