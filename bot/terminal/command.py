"""A line that starts with / in → the command it names with its argument, or the one that was meant, out."""

import difflib
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
OTHER_NAMES = {"/exit": "/quit", "/q": "/quit", "/?": "/help", "/h": "/help"}


class Call(NamedTuple):
    """A command with what follows its name."""

    name: str
    argument: str


def parsed(line: str) -> Call | None:
    """The command of a line; None for a question."""
    if not line.startswith("/"):
        return None
    name, _, argument = line.partition(" ")
    return Call(OTHER_NAMES.get(name.lower(), name.lower()), argument.strip())


def meant(name: str) -> str | None:
    """The command nearest to a name that is none."""
    near = difflib.get_close_matches(name, NAMES, 1, 0.6)
    return near[0] if near else None


def help_text(name: str = "") -> str:
    """All commands, a line each; or one, with all there is to say of it."""
    for command in COMMANDS:
        if name in (command.name, command.name[1:]):
            return "\n".join(filter(None, (f"{command.name} {command.argument}".strip(), command.help, command.more)))
    lines = [f"  {command.name:<12}{command.help}" for command in COMMANDS]
    first = 'Ask in your own words. A follow-up such as "and when?" uses the question before it.'
    return "\n".join([first, *lines, "Alt-Enter starts another line; Ctrl-R searches what was typed before."])
