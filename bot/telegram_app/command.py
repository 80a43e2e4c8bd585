"""The commands that the bot has, as Telegram's menus list them."""

from collections.abc import Sequence
from typing import NamedTuple

from telegram import BotCommand


class Command(NamedTuple):
    """A command as Telegram's menu lists it."""

    name: str
    description: str


COMMANDS = (
    Command("start", "What this is"),
    Command("help", "How to ask"),
    Command("ask", "Ask a question: /ask what is new?"),
    Command("compare", "Compare models: /compare A and B"),
    Command("chart", "Draw the numbers: /chart GPQA Diamond"),
    Command("benchmarks", "The benchmarks with results"),
    Command("models", "The models with results"),
    Command("conflicts", "Where sources disagree"),
    Command("sources", "The articles that answers come from"),
    Command("latest", "The newest articles"),
    Command("watch", "Get news: /watch everything"),
    Command("unwatch", "Stop news: /unwatch everything"),
    Command("settings", "This chat's settings"),
    Command("privacy", "What I keep about you, and for how long"),
    Command("forget", "Delete what I keep about you"),
)
GROUP_COMMANDS = tuple(command for command in COMMANDS if command.name != "start")
ADMIN_COMMANDS = (
    Command("add", "Add an article: reply to its file"),
    Command("remove", "Remove an article: /remove ID"),
    Command("undo", "Undo your last change (within an hour)"),
    Command("rebuild", "Read the corpus again"),
    Command("status", "What the index holds"),
    Command("stats", "What people think of the answers"),
)


def bot_commands(commands: Sequence[Command]) -> list[BotCommand]:
    """A menu of commands."""
    return [BotCommand(*command) for command in commands]
