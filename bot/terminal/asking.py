"""`presscheck ask`: a question, or lines of them, in → answers on stdout and an exit status by outcome, out."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.terminal.edge import (
    Corpus,
    IndexFolder,
    Outcome,
    Since,
    Until,
    is_piped,
    leave,
    open_desk,
    out,
    out_whole,
    settings_of,
)
from bot.terminal.offered import source_ids

if TYPE_CHECKING:
    from bot.answer import Answer
    from bot.desk import Desk
    from bot.narrowing import Filter
    from bot.settings import Settings

MOST_READ = 100_000  # characters of stdin; a longer text is no question


def ask(
    question: Annotated[
        str | None, typer.Argument(help="The question, in your own words; - reads it from stdin.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as one line of JSON.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Answer {"id", "question", "history"} lines from stdin, in order.')
    ] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print the answer's benchmark results for a spreadsheet.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the answer as Markdown.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on stderr but errors.")] = False,
    source: Annotated[
        str | None, typer.Option(help="Only from the article with this id.", metavar="ID", autocompletion=source_ids)
    ] = None,
    since: Since = None,
    until: Until = None,
    chart: Annotated[
        Path | None, typer.Option(help="Draw the answer's numbers into this .png or .svg file.", metavar="FILE")
    ] = None,
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Answer a question. Exit status: 0 answered, 3 not found, 2 usage, 1 failure."""
    from bot.narrowing import Filter

    forms = [name for name, chosen in (("json", as_json), ("csv", csv), ("markdown", markdown)) if chosen]
    if jsonl == (question is not None) or (jsonl and forms):
        raise typer.BadParameter("give a QUESTION (or - and a question on stdin), or --jsonl and questions on stdin")
    if len(forms) > 1:
        raise typer.BadParameter(f"choose one of --{' and --'.join(forms)}")
    if chart is not None and (jsonl or chart.suffix not in (".png", ".svg")):
        raise typer.BadParameter("--chart goes with a QUESTION and names a .png or .svg file")
    narrowed = Filter(frozenset([source] if source else []), since, until)
    asked = sys.stdin.read(MOST_READ) if question == "-" else question
    settings = settings_of(corpus, index)
    with open_desk(settings, quiet) as desk:
        if asked is None:
            _ask_lines(desk, narrowed)
            return
        answer = desk.answer(asked, narrowed=narrowed)
        _show(answer, forms[0] if forms else "screen", desk, settings)
        if chart is not None and answer.kind != "not_found":
            _draw(chart, answer, desk)
    leave(Outcome.NOT_FOUND if answer.kind == "not_found" else Outcome.ANSWERED)


def _show(answer: "Answer", form: str, desk: "Desk", settings: "Settings") -> None:
    if form == "json":
        out(answer.to_json())
    elif form == "csv":
        from bot.errors import BotError
        from bot.fact import csv_table

        if not answer.facts:
            raise BotError("there are no benchmark results in this answer. Ask about a benchmark, or use --json.")
        out_whole(csv_table(answer.facts))
    elif form == "markdown":
        from bot.markdown import as_markdown

        out(as_markdown(answer))
    elif is_piped():
        out(answer.text)
    else:
        from bot.terminal.links import links
        from bot.terminal.paging import page
        from bot.terminal.screen import show_answer
        from bot.terminal.theme import make_console

        opened_at = links(desk, settings.corpus)
        page(make_console(settings.theme), lambda console: show_answer(console, answer, opened_at))


def _draw(path: Path, answer: "Answer", desk: "Desk") -> None:
    from bot.chart import draw_chart
    from bot.errors import BotError

    articles = {article.id: article for article in desk.sources()}
    picture = draw_chart(answer, articles, "svg" if path.suffix == ".svg" else "png")
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise BotError(f"{path}: the chart can't be written ({error.strerror}). Name another file.") from error


def _ask_lines(desk: "Desk", narrowed: "Filter") -> None:
    from bot.desk import QuestionError, refusal

    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            question, history = str(asked["question"]), [str(each) for each in asked.get("history") or []]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise typer.BadParameter(
                f'line {number} of stdin is not an object with "question" (and "id", "history"): {line.strip()[:60]!r}'
            ) from error
        try:
            answer = desk.answer(question, history, narrowed)
        except QuestionError as error:
            answer = refusal(question, error)
        identity = asked.get("id")
        out(answer.model_copy(update={"id": None if identity is None else str(identity)}).to_json())
