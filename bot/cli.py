"""The command line in → results on stdout, everything else on stderr, an exit status by outcome, out. Home of typer."""

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from bot.settings import Settings
from index import PressCheckError, Report

HELP = "Answers questions about an AI model's release from articles, with the exact passages."


class Outcome(IntEnum):
    """Exit statuses."""

    ANSWERED = 0
    FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    INTERRUPTED = 130


app = typer.Typer(help=HELP, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
index_app = typer.Typer(help="Build the index and change what is in it.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(index_app, name="index")

Corpus = Annotated[Path | None, typer.Option(help="Folder of articles (default: the corpus that ships).")]
IndexFolder = Annotated[Path | None, typer.Option("--index", help="Folder of the index (default: your data folder).")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE")]


def main() -> None:
    """Run the command line. Errors become one sentence on stderr; PRESSCHECK_DEBUG=1 shows where they came from."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        app()
    except PressCheckError as error:
        if os.environ.get("PRESSCHECK_DEBUG"):
            logging.exception("failed")
        _say(f"presscheck: {error}")
        sys.exit(Outcome.USAGE if _is_usage(error) else Outcome.FAILED)
    except BrokenPipeError:
        # Whoever read our output has had enough. Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Outcome.FAILED)
    except KeyboardInterrupt:
        sys.exit(Outcome.INTERRUPTED)


def _is_usage(error: PressCheckError) -> bool:
    from bot.desk import QuestionError

    return isinstance(error, QuestionError)


def _say(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201 - this is the edge


def _out(words: str) -> None:
    print(words)  # noqa: T201 - this is the edge


def _settings(corpus: Path | None, index: Path | None) -> Settings:
    named: dict[str, Any] = {name: value for name, value in (("corpus", corpus), ("index", index)) if value is not None}
    try:
        return Settings(**named)
    except ValidationError as error:
        first = error.errors()[0]
        raise typer.BadParameter(f"{first['loc'][0]}: {first['msg']}") from error


@contextmanager
def _desk(settings: Settings) -> Iterator[Any]:
    """An open desk; the first question on a machine builds the index."""
    from bot.building import behind, build, has_index
    from bot.desk import Desk

    folder = settings.index_folder()
    if not has_index(folder):
        _say(f"Building the index of {settings.corpus}, once …")
        _say(_summary(build(settings)))
    desk = Desk(folder, settings.cache, settings.corpus)
    entries = desk.index().manifest.articles
    changed = set(behind(settings, {entry.id: (entry.file, entry.size) for entry in entries if not entry.added}))
    changed -= {entry.id for entry in entries if entry.added} | set(desk.index().manifest.removed)
    if changed:
        names = ", ".join(sorted(changed)[:5])
        _say(f"The corpus has changed ({names}). Bring the index up to date with: presscheck index build")
    yield desk


@app.command(
    epilog="Examples:  presscheck ask 'who built it?'   ·   presscheck ask --json 'when?' --since 2026-04-09   ·   "
    "presscheck ask --jsonl < questions.jsonl"
)
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in your own words.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as one line of JSON.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Answer {"id", "question", "history"} lines from stdin, in order.')
    ] = False,
    source: Annotated[str | None, typer.Option(help="Only from the article with this id.", metavar="ID")] = None,
    since: Day = None,
    until: Day = None,
    chart: Annotated[
        Path | None, typer.Option(help="Draw the answer's numbers into this .png or .svg file.", metavar="FILE")
    ] = None,
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Answer a question. Exit status: 0 answered, 3 not found, 2 usage, 1 failure."""
    from bot.desk import Filter

    narrowed = Filter(source, _day(since), _day(until))
    if jsonl == (question is not None):
        raise typer.BadParameter("give a QUESTION, or --jsonl and questions on stdin")
    if chart is not None and (jsonl or chart.suffix not in (".png", ".svg")):
        raise typer.BadParameter("--chart goes with a QUESTION and names a .png or .svg file")
    with _desk(_settings(corpus, index)) as desk:
        if jsonl:
            _ask_lines(desk, narrowed)
            return
        answer = desk.answer(str(question), narrowed=narrowed)
        if as_json:
            _out(answer.to_json())
        else:
            from bot.terminal.screen import show_answer
            from bot.terminal.theme import make_console

            show_answer(make_console(), answer)
        if chart is not None and answer.kind != "not_found":
            _draw(chart, answer, desk.sources())
    raise typer.Exit(Outcome.NOT_FOUND if answer.kind == "not_found" else Outcome.ANSWERED)


def _draw(path: Path, answer: Any, articles: Any) -> None:
    from bot.chart import draw_chart
    from bot.errors import BotError

    picture = draw_chart(
        answer, {article.id: article for article in articles}, "svg" if path.suffix == ".svg" else "png"
    )
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise BotError(f"{path}: the chart can't be written ({error.strerror}). Name another file.") from error


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _ask_lines(desk: Any, narrowed: Any) -> None:
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
        _out(answer.model_copy(update={"id": None if identity is None else str(identity)}).to_json())


@app.command(epilog="Example:  presscheck chat --corpus my-articles")
def chat(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Ask one question after another; /help inside shows more."""
    from bot.terminal.chat import Chat, read_line
    from bot.terminal.theme import make_console

    with _desk(_settings(corpus, index)) as desk:
        Chat(desk, make_console(), read_line).run()


@app.command(epilog="Example:  TELEGRAM_BOT_TOKEN=… presscheck telegram")
def telegram(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Answer in Telegram, as the bot whose token is in TELEGRAM_BOT_TOKEN."""
    from bot.telegram_app import TelegramOptions, run

    settings = _settings(corpus, index)
    options = {
        "token": settings.token.get_secret_value() if settings.token else "",
        "base_url": settings.api_url,
        "state_file": settings.index_folder() / "telegram.sqlite",
        "admins": settings.admins,
        "allowed": settings.allowed,
        "questions_per_minute": settings.questions_per_minute,
    }
    TelegramOptions.model_validate(options).checked_token()  # before an index is built for nothing
    with _desk(settings) as desk:
        run(desk, **options)


@app.command(epilog="Example:  presscheck sources --corpus my-articles")
def sources(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """List the articles that answers come from."""
    from bot.terminal.screen import show_sources
    from bot.terminal.theme import make_console

    with _desk(_settings(corpus, index)) as desk:
        show_sources(make_console(plain_width=200), desk.sources())


@app.command(epilog="Example:  presscheck facts --benchmark 'GPQA Diamond' --csv > results.csv")
def facts(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="A table for a spreadsheet.")] = False,
    benchmark: Annotated[str | None, typer.Option(help="Only this benchmark, in any spelling.")] = None,
    model: Annotated[str | None, typer.Option(help="Only this model, in any spelling.")] = None,
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """List every benchmark result that the articles state, with its place."""
    from bot.fact import chosen, show_facts

    if jsonl and csv:
        raise typer.BadParameter("choose --jsonl or --csv")
    settings = _settings(corpus, index)
    with _desk(settings) as desk:
        results = chosen(desk.index().results(), settings.corpus, benchmark, model)
        show_facts(results, "jsonl" if jsonl else "csv" if csv else "table")
    raise typer.Exit(Outcome.ANSWERED if results else Outcome.NOT_FOUND)


@app.command(epilog="Example:  presscheck benchmarks")
def benchmarks(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """List the benchmarks with results, and how many results each has."""
    from bot.fact import counted

    with _desk(_settings(corpus, index)) as desk:
        for name, count in counted(result.benchmark for result in desk.index().results()):
            _out(f"{count:5}  {name}")


@app.command(epilog="Example:  presscheck models")
def models(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """List the models with results, and how many results each has."""
    from bot.fact import counted

    with _desk(_settings(corpus, index)) as desk:
        for name, count in counted(result.model for result in desk.index().results()):
            _out(f"{count:5}  {name}")


@app.command(epilog="Example:  presscheck conflicts --corpus my-articles")
def conflicts(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False,
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """List where articles state different numbers for the same thing, and why."""
    from bot.disagreement import disagreements, is_conflict

    with _desk(_settings(corpus, index)) as desk:
        found = [each for each in disagreements(desk.index().results()) if jsonl or is_conflict(each)]
    for each in found:
        if jsonl:
            _out(each.model_dump_json())
            continue
        values = " · ".join(f"{value.value:g} ({', '.join(value.sources)})" for value in each.values)
        setting = f" ({each.setting})" if each.setting else ""
        _out(f"{each.benchmark} · {each.model}{setting}: {values} — {each.reason}")


@index_app.command(epilog="Example:  presscheck index build --corpus my-articles")
def build(
    fresh: Annotated[bool, typer.Option(help="Forget what `index add` and `index remove` changed.")] = False,
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Bring the index up to date with the corpus; what didn't change is carried over."""
    from bot.building import build as build_index

    _out(_summary(build_index(_settings(corpus, index), fresh)))


@index_app.command(epilog="Example:  presscheck index add report.pdf more-articles/")
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files (.md .txt .html .pdf) and folders.", metavar="PATH…")],
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Add articles to the index; one with the same id takes the old one's place."""
    from bot.building import Bar, builder

    with Bar() as bar:
        report = builder(_settings(corpus, index), bar).add(paths)
    _out(_summary(report))


@index_app.command(epilog="Example:  presscheck index remove old-report")
def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids of articles; `presscheck sources` lists them.", metavar="ID…")],
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Take articles out of the index, until they are added again."""
    from bot.building import Bar, builder

    with Bar() as bar:
        report = builder(_settings(corpus, index), bar).remove(ids)
    _out(_summary(report))


@index_app.command(epilog="Example:  presscheck index status")
def status(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Show what the index holds, and whether the corpus has changed since."""
    from index import Index, Store

    settings = _settings(corpus, index)
    opened = Index(Store(settings.index_folder()), settings.cache)
    manifest = opened.manifest
    counts = manifest.counts
    _out(f"index      {settings.index_folder()}")
    _out(f"corpus     {settings.corpus}")
    _out(f"generation {manifest.name}")
    _out(f"encoder    {manifest.encoder_name} ({manifest.encoder_digest[:12]}…, {manifest.dimensions} dimensions)")
    _out(f"holds      {counts.articles} articles, {counts.passages} passages, {counts.results} results")
    for entry in manifest.articles:
        _out(f"  {entry.id}{' (added)' if entry.added else ''}")
    if manifest.removed:
        _out(f"removed    {', '.join(manifest.removed)}")
    with _desk(settings):
        pass  # says on stderr where the corpus has changed


@index_app.command(epilog="Example:  presscheck index check")
def check(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Verify every file of the index, that passages give their articles back, and that the encoder opens."""
    from index import Index, Store

    settings = _settings(corpus, index)
    opened = Index(Store(settings.index_folder()), settings.cache)
    opened.encoder()
    problems = opened.problems()
    for problem in problems:
        _out(problem)
    if problems:
        _say("presscheck: make the index again with: presscheck index build --fresh")
        raise typer.Exit(Outcome.FAILED)
    _out(f"All is well: {len(opened.manifest.files)} files, {opened.manifest.counts.passages} passages.")


def _summary(report: Report) -> str:
    counts = report.counts
    if not report.changed:
        return f"Nothing has changed: {counts.articles} articles, {counts.passages} passages."
    parts = [f"{len(report.new)} new or changed", f"{report.carried} carried over", f"{len(report.gone)} gone"]
    held = f"{counts.passages} passages, {counts.results} results"
    new = f"\nNot in the catalogue yet: {', '.join(report.names)}." if report.names else ""
    return f"Indexed {counts.articles} articles ({', '.join(parts)}), {held}.{new}"
