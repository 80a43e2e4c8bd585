"""Benchmark results in → lines, a spreadsheet's table, or what is counted in them, out."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot.answer import Fact
from bot.written import written
from index import SHIPPED, BenchmarkResult, ascii_controls, identity, load_catalogue, visible

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets take as the beginning of a formula
COLUMNS = tuple(name for name in Fact.model_fields if name != "citation")


class Tally(NamedTuple):
    """A benchmark or model: how many results it has, with how many of the other, in how many articles."""

    name: str
    results: int
    others: int
    articles: int


def chosen(
    results: Sequence[BenchmarkResult], corpus: Path, benchmark: str | None, model: str | None
) -> list[BenchmarkResult]:
    """The results of one benchmark and one model, however these are spelled; None is any.

    A name that is none ("opus", "healthbench") stands for all names that it is part of.
    """
    if not (benchmark or model):
        return list(results)
    from index import Names  # with all its patterns, for those who name something

    names = Names(load_catalogue(SHIPPED, corpus))
    benchmarks = _meant(benchmark, benchmark and names.benchmark(benchmark), {result.benchmark for result in results})
    models = _meant(model, model and names.model(model), {result.model for result in results})
    return [result for result in results if result.benchmark in benchmarks and result.model in models]


def _meant(typed: str | None, name: str | None, there: set[str]) -> set[str]:
    if not typed or not name:
        return there
    same = {each for each in there if identity(each) == identity(name)}
    parts = re.findall(r"[^\s-]+", typed.casefold())
    return same or {each for each in there if all(part in each.casefold() for part in parts)}


def tally(results: Sequence[BenchmarkResult], thing: str) -> list[Tally]:
    """The benchmarks or models of the results, the one with most of them first."""
    of_models = thing == "model"
    found: dict[str, list[BenchmarkResult]] = {}
    for result in results:
        found.setdefault(result.model if of_models else result.benchmark, []).append(result)
    counted = [
        Tally(
            name,
            len(own),
            len({each.benchmark if of_models else each.model for each in own}),
            len({each.source for each in own}),
        )
        for name, own in found.items()
    ]
    return sorted(counted, key=lambda each: (-each.results, each.name))


def json_lines(results: Iterable[BenchmarkResult]) -> str:
    """One JSON object a line, as `facts` in an answer's JSON."""
    lines = (Fact.model_validate(result.model_dump()).model_dump_json() for result in results)
    return "".join(f"{ascii_controls(line)}\n" for line in lines)


def csv_table(results: Iterable[BenchmarkResult]) -> str:
    """A table with a row for each result."""
    return rows_as_csv(COLUMNS, [[result.model_dump()[name] for name in COLUMNS] for result in results])


def plain_table(results: Iterable[BenchmarkResult]) -> str:
    """Columns side by side, a row for each result, for a pipe."""
    rows = [("benchmark", "model", "value", "setting", "source", "reported by")]
    for each in results:
        value, setting = written(each), each.setting or ""
        rows.append((each.benchmark, each.model, value, setting, each.source, each.reported_by or ""))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "".join(
        "  ".join(
            cell.rjust(width) if place == 2 else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        + "\n"
        for row in rows
    )


def rows_as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows under their columns' names, as spreadsheets read them."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(columns)
    table.writerows(map(_cell, row) for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    """A value as a spreadsheet may open it: text that it would run as a formula is marked as text."""
    if not isinstance(value, str):
        return value
    return f"'{visible(value)}" if value.startswith(FORMULA) else visible(value)
