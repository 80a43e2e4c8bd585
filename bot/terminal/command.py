"""A line that starts with / in → the command it names with its argument, or the one that was meant, out."""

import difflib
import textwrap
from typing import NamedTuple


class Command(NamedTuple):
    """A command of the chat."""

    name: str
    argument: str  # as help shows it; empty where there is none
    help: str
    more: str = ""


COMMANDS = (
    Command("/sources", "[cited]", "the articles; cited: what the last answer cites, each quote in full"),
    Command("/source", "N", "the passage behind [N] in its article, highlighted", "An article's id opens it whole."),
    Command("/table", "", "the last answer's numbers as a table"),
    Command("/chart", "", "the last answer's numbers as bars"),
    Command("/why", "", "how the last question was read, and why its passages stand in their order"),
    Command("/conflicts", "[BENCHMARK]", "where articles state different numbers, and why"),
    Command(
        "/filter",
        "[source ID | since DATE | until DATE | off]",
        "answer from some articles only",
        "Dates are written 2026-04-09. Filters add up; without a word it shows what is set.",
    ),
    Command("/watch", "[on | off]", "follow the corpus: changed articles come in while you talk"),
    Command(
        "/save",
        "FILE",
        "save as .md or .json (the conversation), .csv .png .svg (the last answer's numbers)",
        "A .json file is taken up again by: presscheck chat --open FILE",
    ),
    Command("/copy", "", "the last answer into the clipboard, where the terminal allows it (OSC 52)"),
    Command("/set", "[keys vi|emacs | theme dark|light | pager on|off]", "how the chat behaves"),
    Command("/help", "[COMMAND]", "this, or more about a command"),
    Command("/quit", "", "leave (also Ctrl-D)"),
)
NAMES = tuple(command.name for command in COMMANDS)
NAME_ROOM = 12  # columns of a command's name in the help
OTHER_NAMES = {"/exit": "/quit", "/q": "/quit", "/?": "/help", "/h": "/help"}
# What people type who know other programs; no question is put so.
WITHOUT_SLASH = {"quit": "/quit", "exit": "/quit", "q": "/quit", ":q": "/quit", "help": "/help", "?": "/help"}


class Call(NamedTuple):
    """A command with what follows its name."""

    name: str
    argument: str


def parsed(line: str) -> Call | None:
    """The command of a line; None for a question."""
    line = WITHOUT_SLASH.get(line.casefold(), line)
    if not line.startswith("/"):
        return None
    name, _, argument = line.partition(" ")
    return Call(OTHER_NAMES.get(name.lower(), name.lower()), argument.strip())


def meant(name: str) -> str | None:
    """The command nearest to a name that is none."""
    near = difflib.get_close_matches(name, NAMES, 1, 0.6)
    return near[0] if near else None


def help_text(name: str = "", width: int | None = None) -> str:
    """All commands, a line each; or one, with all there is to say of it. Lines go on below where they are too long."""
    for command in COMMANDS:
        if name in (command.name, command.name[1:]):
            lines = [f"{command.name} {command.argument}".strip(), command.help, command.more]
            return "\n".join(_folded(line, 0, width) for line in lines if line)
    first = 'Ask in your own words. A follow-up such as "and when?" uses the question before it.'
    last = "Alt-Enter starts another line; Ctrl-R searches what was typed before."
    listed = [_folded(f"  {command.name:<{NAME_ROOM}}{command.help}", NAME_ROOM + 2, width) for command in COMMANDS]
    return "\n".join([_folded(first, 0, width), *listed, _folded(last, 0, width)])


def _folded(line: str, indent: int, width: int | None) -> str:
    if width is None:
        return line
    return textwrap.fill(line, width, subsequent_indent=" " * indent, drop_whitespace=True)
