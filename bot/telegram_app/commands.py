"""A command in → what it shows, out."""

from collections.abc import Sequence
from typing import NamedTuple

from telegram import BotCommand, Update

from bot.message import Block, paragraphs, parts, source_blocks
from bot.state import State
from bot.telegram_app.answering import Answering
from bot.telegram_app.asking import Asking, Context
from bot.telegram_app.delivery import Place, conversation_of, send


class Command(NamedTuple):
    """A command as Telegram's menu lists it."""

    name: str
    description: str


COMMANDS = (
    Command("start", "What this is"),
    Command("help", "How to ask"),
    Command("ask", "Ask a question: /ask what is new?"),
    Command("sources", "The articles that answers come from"),
)
GROUP_COMMANDS = tuple(command for command in COMMANDS if command.name in ("ask", "help", "sources"))
ADMIN_COMMANDS = (Command("stats", "What people think of the answers"),)

START = """Ask me about an AI model's release: what a benchmark gave, who reported it, what a text says about it.

Every answer quotes the articles it comes from, word for word, and says where they disagree. What they do not say, I\
 do not know.

/help shows how to ask, /sources lists the articles."""

HELP = """Write a question in your own words. A question can lean on the one before: “and in the other sources?”

In a group, mention me or reply to one of my messages. Edit your question and I correct my answer.

[1] marks what an article says; its exact words stand folded below the answer."""

UNKNOWN = "I don't know that command. /help shows what I know."


class Commands:
    """The handlers of commands."""

    def __init__(self, answering: Answering, asking: Asking, state: State) -> None:
        self._answering, self._asking, self._state = answering, asking, state

    async def start(self, update: Update, context: Context) -> None:
        """What the bot is; behind a shared link, the answer that was shared."""
        message, key = update.effective_message, (context.args or [""])[0]
        asked = self._state.asked(key) if key else None
        if asked is not None and message is not None:
            await self._asking.again(context.bot, Place.of(message), conversation_of(message), asked)
            return
        await _show(update, context, paragraphs(START))

    async def help(self, update: Update, context: Context) -> None:
        """How to ask."""
        listed = "\n".join(f"/{command.name} – {command.description}" for command in COMMANDS)
        await _show(update, context, [*paragraphs(HELP), *paragraphs(listed)])

    async def sources(self, update: Update, context: Context) -> None:
        """The articles."""
        await _show(update, context, source_blocks(await self._answering.sources()))

    async def unknown(self, update: Update, context: Context) -> None:
        """A command that does not exist."""
        await _show(update, context, paragraphs(UNKNOWN))


class Administration:
    """The handlers of the commands that only admins have."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def stats(self, update: Update, context: Context) -> None:
        """How the answers were liked."""
        votes = self._state.votes()
        await _show(update, context, paragraphs(f"Answers people liked: {votes.good} 👍 · disliked: {votes.bad} 👎"))


def bot_commands(commands: Sequence[Command]) -> list[BotCommand]:
    """A menu of commands."""
    return [BotCommand(*command) for command in commands]


async def _show(update: Update, context: Context, blocks: Sequence[Block]) -> None:
    if update.effective_message is not None:
        await send(context.bot, Place.of(update.effective_message), parts(blocks))
