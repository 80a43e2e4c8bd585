"""A command in → what it shows, out."""

from collections.abc import Sequence

from telegram import Update
from telegram.constants import ChatType

from bot.message import Block, paragraphs, parts, source_blocks
from bot.state import State
from bot.telegram_app.admins import Admins
from bot.telegram_app.answering import Answering
from bot.telegram_app.asking import Asking, Context
from bot.telegram_app.command import ADMIN_COMMANDS, COMMANDS
from bot.telegram_app.delivery import Place, conversation_of, send
from bot.telegram_app.listing import Listing

START = """Ask me about an AI model's release: what it scored, who reported it, what the articles say about it.

Every answer quotes the articles it comes from, word for word, and says where they disagree. What they do not say, I\
 do not know.

/help shows how to ask, /sources lists the articles, /privacy says what I keep and for how long."""

HELP = """Write a question in your own words. A question can lean on the one before: “and in the other sources?”

In a group, mention me or reply to one of my messages. Edit your question and I correct my answer.

[1] marks what an article says; its exact words stand folded below the answer.

/privacy says what I keep and for how long; /forget deletes it."""

PASSED_ON = "You forwarded this command, so I did nothing. To run it, type it yourself."
UNKNOWN = "I don't know that command. /help shows what I know."


class Commands:
    """The handlers of commands."""

    def __init__(self, answering: Answering, asking: Asking, listing: Listing, state: State, admins: Admins) -> None:
        self._answering, self._asking, self._listing, self._state = answering, asking, listing, state
        self._admins = admins

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
        person = update.effective_user
        private = update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE
        has = (*COMMANDS, *ADMIN_COMMANDS) if private and person and person.id in self._admins.ids() else COMMANDS
        listed = "\n".join(f"/{command.name} – {command.description}" for command in has)
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

    async def passed_on(self, update: Update, context: Context) -> None:
        """A command that changes something, in words of somebody else."""
        if update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE:
            await _show(update, context, paragraphs(PASSED_ON))

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


async def _show(update: Update, context: Context, blocks: Sequence[Block]) -> None:
    if update.effective_message is not None:
        await send(context.bot, Place.of(update.effective_message), parts(blocks))
