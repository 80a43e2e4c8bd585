"""What is typed so far, and the names there are, in → what can follow, out."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bot.terminal.command import COMMANDS, parsed

SHORTEST = 2  # letters from which on a name is offered
MOST_WORDS = 4  # of a name that is typed in part
WORDS_OF = {
    "/sources": ("cited",),
    "/filter": ("source", "since", "until", "off"),
    "/watch": ("on", "off"),
    "/set": ("keys vi", "keys emacs", "theme dark", "theme light", "pager on", "pager off"),
    "/help": tuple(command.name for command in COMMANDS),
}


class Name(NamedTuple):
    """A name that a question may hold, and what it names."""

    text: str
    kind: str  # benchmark, model, source, command


class Candidate(NamedTuple):
    """What could stand in the place of the last `replaces` characters."""

    text: str
    replaces: int
    kind: str


Names = Callable[[], Sequence[Name]]


def candidates(typed: str, names: Sequence[Name], marks: Sequence[int] = ()) -> Iterator[Candidate]:
    """Commands after /, their words, and elsewhere benchmarks, models and sources; `marks` are the last answer's."""
    call = parsed(typed)
    if call is None:
        yield from _named(typed, names)
    elif " " not in typed:
        for command in COMMANDS:
            if command.name.startswith(typed):
                yield Candidate(command.name, len(typed), command.help)
    else:
        yield from _argument(call.name, typed.partition(" ")[2], names, marks)


def _argument(name: str, typed: str, names: Sequence[Name], marks: Sequence[int]) -> Iterator[Candidate]:
    words: Sequence[str] = WORDS_OF.get(name, ())
    if name == "/source":
        words = [*map(str, marks), *(each.text for each in names if each.kind == "source")]
    elif name == "/conflicts":
        words = [each.text for each in names if each.kind == "benchmark"]
    elif name == "/filter" and typed.startswith("source "):
        words = [f"source {each.text}" for each in names if each.kind == "source"]
    for word in words:
        if word.casefold().startswith(typed.casefold()):
            yield Candidate(word, len(typed), "")


def _named(typed: str, names: Sequence[Name]) -> Iterator[Candidate]:
    """Names that start as the last words do; the longest start that fits counts."""
    words = typed.split(" ")
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        start = " ".join(words[-count:])
        if len(start) < SHORTEST or start != start.strip():
            continue
        found = [name for name in names if _starts(name.text, start)]
        if found:
            yield from (Candidate(name.text, len(start), name.kind) for name in found)
            return


def _starts(name: str, start: str) -> bool:
    return name != start and name.casefold().startswith(start.casefold())
