"""Benchmark results in → lines, a spreadsheet's table or a terminal's, out."""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.answer import Fact
from index import SHIPPED, BenchmarkResult, Names, load_catalogue

Form = Literal["table", "jsonl", "csv"]


def chosen(
    results: Sequence[BenchmarkResult], corpus: Path, benchmark: str | None, model: str | None
) -> list[BenchmarkResult]:
    """The results of one benchmark and one model, however these are spelled; None is any."""
    names = Names(load_catalogue(SHIPPED, corpus))
    wanted = (benchmark and names.benchmark(benchmark).casefold(), model and names.model(model).casefold())
    return [
        result
        for result in results
        if wanted[0] in (None, result.benchmark.casefold()) and wanted[1] in (None, result.model.casefold())
    ]


def counted(names: Iterable[str]) -> list[tuple[str, int]]:
    """Names and how often each stands there, the most frequent first."""
    return sorted(Counter(names).items(), key=lambda item: (-item[1], item[0]))


def show_facts(results: Sequence[BenchmarkResult], form: Form) -> None:
    """Print results in corpus order."""
    facts = [Fact.model_validate(result.model_dump()) for result in results]
    if form == "jsonl":
        sys.stdout.writelines(f"{fact.model_dump_json()}\n" for fact in facts)
    elif form == "csv":
        rows = csv.DictWriter(sys.stdout, [name for name in Fact.model_fields if name != "citation"])
        rows.writeheader()
        rows.writerows(fact.model_dump(exclude={"citation"}) for fact in facts)
    else:
        _show_table(facts)


def _show_table(facts: Sequence[Fact]) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table(box=None, pad_edge=False)
    for heading in ("benchmark", "model", "value", "setting", "source", "reported by"):
        table.add_column(heading, justify="right" if heading == "value" else "left")
    for fact in facts:
        value = f"{'~' if fact.approximate else ''}{fact.value:g}{'%' if fact.unit == '%' else ''}"
        row = (fact.benchmark, fact.model, value, fact.setting or "", fact.source, fact.reported_by or "")
        table.add_row(*map(escape, row))
    console.print(table)
