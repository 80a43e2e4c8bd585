"""A command in → what it shows, out."""

from collections.abc import Sequence
from typing import NamedTuple

from telegram import BotCommand, Update

from bot.message import Block, paragraphs, parts, source_blocks
from bot.state import State
from bot.telegram_app.answering import Answering
from bot.telegram_app.asking import Asking, Context
from bot.telegram_app.delivery import Place, conversation_of, send
from bot.telegram_app.listing import Listing


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
    Command("watch", "Be told of news: /watch everything"),
    Command("unwatch", "No more news: /unwatch everything"),
    Command("settings", "What holds in this chat"),
)
GROUP_COMMANDS = tuple(command for command in COMMANDS if command.name != "start")
ADMIN_COMMANDS = (
    Command("add", "Put an article in: in reply to a file"),
    Command("remove", "Take an article out: /remove ID"),
    Command("rebuild", "Read the corpus again"),
    Command("status", "What the index holds"),
    Command("stats", "What people think of the answers"),
)

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

    def __init__(self, answering: Answering, asking: Asking, listing: Listing, state: State) -> None:
        self._answering, self._asking, self._listing, self._state = answering, asking, listing, state

    async def start(self, update: Update, context: Context) -> None:
        """What the bot is; behind a shared link, the answer that was shared."""
        message, key = update.effective_message, (context.args or [""])[0]
        asked = self._state.asked(key) if key else None
        if asked is not None and message is not None:
            await self._asking.again(context.bot, Place.of(message), conversation_of(message), asked)
            return
        if message is not None:
            buttons = await self._listing.starters(message.chat_id)
            await send(context.bot, Place.of(message), parts(paragraphs(START)), buttons)

    async def help(self, update: Update, context: Context) -> None:
        """How to ask."""
        listed = "\n".join(f"/{command.name} – {command.description}" for command in COMMANDS)
        await _show(update, context, [*paragraphs(HELP), *paragraphs(listed)])

    async def sources(self, update: Update, context: Context) -> None:
        """The articles."""
        await _show(update, context, source_blocks(await self._answering.sources()))

    async def moved(self, update: Update, context: Context) -> None:  # noqa: ARG002 - every handler gets it
        """A group became a supergroup, with another number. Both of them say so; the second changes nothing."""
        message = update.effective_message
        if message is not None and message.migrate_to_chat_id:
            self._state.move_chat(message.chat_id, message.migrate_to_chat_id)
        elif message is not None and message.migrate_from_chat_id:
            self._state.move_chat(message.migrate_from_chat_id, message.chat_id)

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
