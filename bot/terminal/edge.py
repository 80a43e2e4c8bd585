"""What every command shares: its options in → settings and an open desk, words on stdout and stderr, out."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:  # `--help` and completion answer at once because nothing heavy is imported until it is needed
    from bot.desk import Desk
    from bot.settings import Settings
    from index import Index


class Outcome(IntEnum):
    """Exit statuses."""

    ANSWERED = 0
    FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    INTERRUPTED = 130


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no date. Write it like 2026-04-09.") from error


Corpus = Annotated[Path | None, typer.Option(help="Folder of articles (default: the corpus that ships).")]
IndexFolder = Annotated[Path | None, typer.Option("--index", help="Folder of the index (default: your data folder).")]
Since = Annotated[
    date | None,
    typer.Option(parser=_day, metavar="DATE", help="Only what was published on that day or later, such as 2026-04-09."),
]
Until = Annotated[
    date | None, typer.Option(parser=_day, metavar="DATE", help="Only what was published on that day or before.")
]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")]
Csv = Annotated[bool, typer.Option("--csv", help="A table for a spreadsheet.")]


def examples(*lines: str) -> str:
    """What stands below a command's options: lines to copy, each whole."""
    return "".join(["\b\nExamples:\n", *(f"  {line}\n" for line in lines)])


def say(words: str) -> None:
    """A line on stderr; what it names may be a file of others."""
    from index import visible

    print(visible(words), file=sys.stderr)  # noqa: T201 - this is the edge


def out(words: str) -> None:
    """A line on stdout, at once: who reads it through a pipe waits for it."""
    print(words, flush=True)  # noqa: T201 - this is the edge


def out_whole(text: str) -> None:
    """Text on stdout whose lines end already."""
    sys.stdout.write(text)


def is_piped() -> bool:
    """Does stdout lead to no terminal? Then words go out as they are, without waiting for rich to be imported."""
    return not (sys.stdout.isatty() or os.environ.get("FORCE_COLOR") or os.environ.get("TTY_COMPATIBLE"))


class Done(typer.Exit):
    """All is said: the process may end without tidying up all that a question opened, a tenth of a second earlier."""


def leave(outcome: Outcome) -> NoReturn:
    """End the command, and its process at once. Raises Done."""
    sys.stdout.flush()
    sys.stderr.flush()
    raise Done(outcome)


def settings_of(corpus: Path | None, index: Path | None) -> "Settings":
    """The environment's settings, and over them the options that were given. Raises SettingsError."""
    from bot.settings import Settings

    named: dict[str, Any] = {name: value for name, value in (("corpus", corpus), ("index", index)) if value is not None}
    return Settings.read(**named)


@contextmanager
def open_desk(settings: "Settings", quiet: bool = False) -> Iterator["Desk"]:
    """An open desk; the first question on a machine builds the index. `quiet` says nothing of that."""
    from bot.desk import Desk

    tell = _teller(quiet)
    _build_first(settings, tell)
    desk = Desk(settings.index_folder(), settings.cache, settings.corpus, settings.encoder, settings.reranker)
    _tell_if_behind(settings, desk.index(), tell)
    yield desk


def open_index(settings: "Settings") -> "Index":
    """The open index, for lists: they need nothing of what reads questions."""
    from index import Index, Store

    _build_first(settings, say)
    index = Index(Store(settings.index_folder()), settings.cache)
    _tell_if_behind(settings, index, say)
    return index


def _teller(quiet: bool) -> Callable[[str], None]:
    return (lambda _: None) if quiet else say


def _build_first(settings: "Settings", tell: Callable[[str], None]) -> None:
    from bot.building import build, has_index

    if not has_index(settings.index_folder()):
        tell(f"Building the index of {settings.corpus}, once …")
        # Whoever asked wants an answer: what the articles disagree on is told by `index build` and `conflicts`.
        change = build(settings, quiet=tell is not say)
        tell(change.text.partition("\n")[0])
        for reason in change.left_out:
            tell(f"Left out: {reason}")


def _tell_if_behind(settings: "Settings", index: "Index", tell: Callable[[str], None]) -> None:
    from bot.shelf import behind

    tell_behind(behind(index, settings.corpus), tell)


def tell_behind(changed: Sequence[str], tell: Callable[[str], None]) -> None:
    """Say what differs in the corpus since the index was built, and what to do."""
    if changed:
        names = ", ".join(changed[:5])
        tell(f"The corpus has changed ({names}). Bring the index up to date with: presscheck index build")
