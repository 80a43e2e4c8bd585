"""Results, counts and disagreements in → tables on a terminal, plain lines in a pipe, out."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.answer import Disagreement
from bot.change import subject_of, values_of
from bot.citation import source_name
from bot.fact import Tally, plain_table
from bot.written import plain_number, written
from index import Article, BenchmarkResult

WIDE = 100  # columns from which on there is room for who reported a number


def show_facts(console: Console, results: Sequence[BenchmarkResult]) -> None:
    """Each benchmark's results under its name; in a pipe one flat table."""
    if not console.is_terminal:
        console.print(plain_table(results), markup=False, highlight=False, soft_wrap=True, end="")
        return
    for benchmark in dict.fromkeys(result.benchmark for result in results):
        own = [result for result in results if result.benchmark == benchmark]
        console.print(Text(benchmark, style="heading"))
        console.print(Padding(_of_benchmark(own, console.width >= WIDE), (0, 0, 1, 2)))


def _of_benchmark(results: Sequence[BenchmarkResult], wide: bool) -> Table:
    table = _table(("model", "setting", "source", *(["reported by"] if wide else [])))
    table.columns[0].ratio = 3
    for result in sorted(results, key=lambda each: each.model):
        setting = escape(result.setting or "")
        cells = [escape(written(result)), escape(result.model), setting, escape(result.source)]
        table.add_row(*cells, *([escape(result.reported_by or "")] if wide else []))
    return table


def _table(headings: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="column")
    table.add_column("value", justify="right", no_wrap=True)
    for heading in headings:
        table.add_column(heading)
    return table


def show_tally(console: Console, counted: Sequence[Tally], thing: str) -> None:
    """Names and their counts."""
    if not console.is_terminal:
        for each in counted:
            console.print(f"{each.results:5}  {each.name}", markup=False, highlight=False, soft_wrap=True)
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="column")
    table.add_column(thing)
    for heading in ("results", "benchmarks" if thing == "model" else "models", "articles"):
        table.add_column(heading, justify="right")
    for each in counted:
        table.add_row(Text(each.name, style="heading"), str(each.results), str(each.others), str(each.articles))
    console.print(table)


def show_conflicts(console: Console, found: Sequence[Disagreement], articles: Mapping[str, Article]) -> None:
    """Each disagreement with its values, who states them, and the reason."""
    if not console.is_terminal:
        for each in found:
            console.print(_line(each), markup=False, highlight=False, soft_wrap=True)
        return
    if not found:
        console.print("No conflicts: where numbers differ, it is the setting, the rounding or the wording.")
    for each in found:
        console.print(Text.assemble((subject_of(each), "heading"), "  ", (f"≠ {each.reason}", "disputed")))
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(justify="right", no_wrap=True)
        table.add_column()
        for value in each.values:
            names = ", ".join(source_name(articles[source]) for source in value.sources)
            setting = f" ({value.setting})" if value.setting and value.setting != each.setting else ""
            table.add_row(plain_number(value.value), escape(f"{names}{setting}"))
        console.print(Padding(table, (0, 0, 1, 2)))


def _line(each: Disagreement) -> str:
    return f"{subject_of(each)}: {values_of(each)} — {each.reason}"
