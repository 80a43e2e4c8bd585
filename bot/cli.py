"""The command line in → the command that it names, its errors as one sentence, its exit status, out. Home of typer."""

import gc
import logging
import os
import sys
from typing import Annotated

import typer

from bot.terminal.asking import ask
from bot.terminal.doctor import doctor
from bot.terminal.edge import Corpus, Done, IndexFolder, Outcome, examples, open_desk, out, say, settings_of
from bot.terminal.encoding import write_nearest
from bot.terminal.indexing import index_app
from bot.terminal.listing import benchmarks, conflicts, facts, models, sources
from bot.terminal.talking import chat

HELP = "Answers questions about an AI model's release from articles, with the exact passages."
EXAMPLES = examples(
    "presscheck ask 'who leads on gpqa diamond?'",
    "presscheck chat",
    "presscheck index add report.pdf",
    "presscheck doctor",
    "presscheck --install-completion",
)

# They complain of a bad file in words of their own; ours names the file, the reason and what to do.
READERS = ("faiss", "htmldate", "pypdf", "trafilatura")

app = typer.Typer(
    help=HELP, epilog=EXAMPLES, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None
)


def main() -> None:
    """Run the command line. Errors become one sentence on stderr; PRESSCHECK_DEBUG=1 shows where they came from."""
    gc.set_threshold(50_000)  # what imports allocate is no garbage: to look through it takes a twentieth of the time
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for reader in READERS:
        logging.getLogger(reader).setLevel(logging.CRITICAL)
    write_nearest()
    try:
        app(prog_name="presscheck")
    except SystemExit as end:
        if isinstance(end.__context__, Done) and isinstance(end.code, int):
            os._exit(end.code)
        raise
    except BrokenPipeError:
        # Whoever read our output has had enough. Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Outcome.FAILED)
    except KeyboardInterrupt:
        sys.exit(Outcome.INTERRUPTED)
    except Exception as error:
        sys.exit(Outcome.INTERRUPTED if _was_interrupted(error) else _told(error))


def _was_interrupted(error: BaseException) -> bool:
    """Whether this error only followed from Ctrl-C, as where a lock was just being taken."""
    cause = error.__context__
    return cause is not None and (isinstance(cause, KeyboardInterrupt) or _was_interrupted(cause))


def _told(error: Exception) -> Outcome:
    """A typed error as one sentence; any other is a bug and goes on its way."""
    from index import PressCheckError

    if not isinstance(error, PressCheckError):
        raise error
    from bot.desk import QuestionError
    from bot.settings import SettingsError

    if os.environ.get("PRESSCHECK_DEBUG"):
        logging.exception("failed", exc_info=error)
    say(f"presscheck: {error}")
    return Outcome.USAGE if isinstance(error, QuestionError | SettingsError) else Outcome.FAILED


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        out(f"presscheck {version('presscheck')}")
        raise typer.Exit


@app.callback()
def _every(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None: ...


app.command(
    epilog=examples(
        "presscheck ask 'who built it?'",
        "presscheck ask 'when was it released?' --since 2026-04-09 --json",
        "presscheck ask 'muse spark vs gpt-5.4 on arc-agi-2' --chart comparison.png",
        "echo 'opus on hle?' | presscheck ask - --csv",
        "presscheck ask --jsonl < questions.jsonl",
    )
)(ask)


app.command(
    epilog=examples(
        "presscheck chat",
        "presscheck chat --resume",
        "presscheck chat --corpus my-articles",
        "presscheck chat < questions.txt",
    )
)(chat)


@app.command(
    epilog=examples(
        "TELEGRAM_BOT_TOKEN=… presscheck telegram", "TELEGRAM_BOT_TOKEN=… presscheck telegram --corpus my-articles"
    )
)
def telegram(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Be a Telegram bot. Its token is in TELEGRAM_BOT_TOKEN; other settings of the bot are in the README."""
    from bot.settings import BotSettings
    from bot.telegram_app import TelegramOptions, run

    settings, own = settings_of(corpus, index), BotSettings.read()
    options = {
        "token": own.token.get_secret_value() if own.token else "",
        "base_url": own.api_url,
        "state_file": own.state or settings.index_folder() / "telegram.sqlite",
        "admins": own.admins,
        "allowed": own.allowed,
        "keep_days": own.keep_days,
        "questions_per_minute": own.questions_per_minute,
        "watched": settings.corpus if own.watch else None,
        "webhook_url": own.webhook_url,
        "webhook_port": own.webhook_port,
        "health_port": own.health_port,
        "health_address": own.health_address,
    }
    TelegramOptions.model_validate(options).checked_token()  # before an index is built for nothing
    with open_desk(settings) as desk:
        run(desk, say, **options)


app.command(epilog=examples("presscheck sources", "presscheck sources --corpus my-articles"))(sources)
app.command(
    epilog=examples(
        "presscheck facts",
        "presscheck facts --benchmark 'GPQA Diamond' --csv > results.csv",
        "presscheck facts --model opus --jsonl",
    )
)(facts)
app.command(epilog=examples("presscheck benchmarks", "presscheck benchmarks --csv"))(benchmarks)
app.command(epilog=examples("presscheck models", "presscheck models --jsonl"))(models)
app.command(epilog=examples("presscheck conflicts", "presscheck conflicts --jsonl"))(conflicts)
app.command(epilog=examples("presscheck doctor", "TELEGRAM_BOT_TOKEN=… presscheck doctor"))(doctor)
app.add_typer(index_app, name="index")
