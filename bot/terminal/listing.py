"""`presscheck sources|facts|benchmarks|models|conflicts`: an index in → what it holds, as a table or as lines, out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.terminal.edge import (
    Corpus,
    Csv,
    IndexFolder,
    JsonLines,
    Outcome,
    is_piped,
    leave,
    open_index,
    out,
    out_whole,
    say,
    settings_of,
)
from bot.terminal.offered import benchmark_names, model_names

if TYPE_CHECKING:
    from index import BenchmarkResult

Benchmark = Annotated[
    str | None, typer.Option(help="Only this benchmark, in any spelling.", autocompletion=benchmark_names)
]
Model = Annotated[str | None, typer.Option(help="Only this model, in any spelling.", autocompletion=model_names)]


def sources(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """List the articles that answers come from."""
    from bot.terminal.paging import page
    from bot.terminal.screen import show_sources
    from bot.terminal.theme import make_console

    settings = settings_of(corpus, index)
    articles = open_index(settings).articles()
    page(make_console(settings.theme, plain_width=200), lambda console: show_sources(console, articles))


def facts(
    jsonl: JsonLines = False,
    csv: Csv = False,
    benchmark: Benchmark = None,
    model: Model = None,
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """List every benchmark result. Each with its setting, its source and whom that credits."""
    from bot.fact import chosen, csv_table, json_lines, plain_table

    _one_form(jsonl, csv)
    settings = settings_of(corpus, index)
    results = chosen(open_index(settings).results(), settings.corpus, benchmark, model)
    if not results:
        say("No result has these names. `presscheck benchmarks` and `presscheck models` list those that have.")
    if jsonl or csv:
        out_whole(json_lines(results) if jsonl else csv_table(results))
    elif is_piped():
        out_whole(plain_table(results))
    else:
        from bot.terminal.paging import page
        from bot.terminal.table import show_facts
        from bot.terminal.theme import make_console

        page(make_console(settings.theme), lambda console: show_facts(console, results))
    leave(Outcome.ANSWERED if results else Outcome.NOT_FOUND)


def benchmarks(jsonl: JsonLines = False, csv: Csv = False, corpus: Corpus = None, index: IndexFolder = None) -> None:
    """List the benchmarks. How many results each has, of how many models, in how many articles."""
    _list_names("benchmark", _one_form(jsonl, csv), corpus, index)


def models(jsonl: JsonLines = False, csv: Csv = False, corpus: Corpus = None, index: IndexFolder = None) -> None:
    """List the models. How many results each has, on how many benchmarks, in how many articles."""
    _list_names("model", _one_form(jsonl, csv), corpus, index)


def conflicts(jsonl: JsonLines = False, csv: Csv = False, corpus: Corpus = None, index: IndexFolder = None) -> None:
    """List where articles disagree, and why. --jsonl and --csv also hold what is only rounding or another setting."""
    from bot.disagreement import dates_of, disagreements, is_conflict
    from bot.fact import rows_as_csv
    from bot.terminal.paging import page
    from bot.terminal.table import show_conflicts
    from bot.terminal.theme import make_console

    form = _one_form(jsonl, csv)
    settings = settings_of(corpus, index)
    opened = open_index(settings)
    articles = {article.id: article for article in opened.articles()}
    stated = disagreements(opened.results(), dates_of(articles.values()))
    found = [each for each in stated if form != "table" or is_conflict(each)]
    if form == "jsonl":
        for each in found:
            out(each.model_dump_json())
    elif form == "csv":
        rows = [
            (each.benchmark, each.model, each.setting or "", each.reason, value.value, " ".join(value.sources))
            for each in found
            for value in each.values
        ]
        out_whole(rows_as_csv(("benchmark", "model", "setting", "reason", "value", "sources"), rows))
    else:
        page(make_console(settings.theme), lambda console: show_conflicts(console, found, articles))


def _one_form(jsonl: bool, csv: bool) -> str:
    if jsonl and csv:
        raise typer.BadParameter("choose --jsonl or --csv")
    return "jsonl" if jsonl else "csv" if csv else "table"


def _list_names(thing: str, form: str, corpus: Corpus, index: IndexFolder) -> None:
    from bot.fact import Tally, rows_as_csv, tally
    from bot.terminal.paging import page
    from bot.terminal.table import show_tally
    from bot.terminal.theme import make_console

    settings = settings_of(corpus, index)
    results: Sequence[BenchmarkResult] = open_index(settings).results()
    counted = tally(results, thing)
    if form == "table":
        page(make_console(settings.theme), lambda console: show_tally(console, counted, thing))
    elif form == "csv":
        out_whole(rows_as_csv(Tally._fields, counted))
    else:
        import json

        for each in counted:
            out(json.dumps(each._asdict(), ensure_ascii=False))
