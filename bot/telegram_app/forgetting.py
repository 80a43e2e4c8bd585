"""/privacy and /forget in → what is kept and for how long, or its end, out; and what is too old is deleted."""

import asyncio

from telegram import ChatMember, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.message import paragraphs, parts
from bot.state import State
from bot.telegram_app.addressed import speaker
from bot.telegram_app.answering import Answering
from bot.telegram_app.asking import Context
from bot.telegram_app.delivery import Place, send

EVERY = 3600.0  # seconds from one look for what is too old to the next
PRIVACY = """What I keep of what you write, on the computer of whoever runs this bot:

Your questions, with the numbers that Telegram gives you and this chat, for {days}: so that a question can lean on the\
 one before, and buttons and edits work. Then they are deleted. Which of my messages answers which of yours: for\
 {reply}. Your 👍 and 👎: for {days}. A message that I have not answered yet: until I have.

What is watched here: until /unwatch. How often you ask: for a minute, in memory. What admins send as an article stays\
 until they remove it. My log has times and counts, no words and no names.

Nobody gets any of it from me; our messages pass through Telegram, which has its own rules.

/forget deletes at once all that I keep of you, in every chat. In a group, an admin's /forget deletes what I keep of\
 the group."""
FORGOTTEN = "Done. I keep nothing of you any more: no questions, no votes, and nothing is watched here."
FORGOTTEN_GROUP = "Done. I keep nothing of this group any more: no questions, no votes, and nothing is watched here."
NOT_YOURS = (
    "Only admins of this group can make me forget it. Write /forget to me in private, and I forget you everywhere."
)
UNSURE = "Telegram doesn't tell me whether you are an admin of this group. Please try again."
REPLIES = 3  # days that the state keeps which message answers which


class Keeping:
    """Deletes what is older than the owner wants it to be, for as long as the bot runs."""

    def __init__(self, state: State, days: int) -> None:
        self._state, self._days = state, days

    async def run(self) -> None:
        """Now, and then every hour."""
        while True:
            self._state.forget_old(self._days)
            await asyncio.sleep(EVERY)


class Forgetting:
    """The handlers of /privacy and /forget."""

    def __init__(self, state: State, answering: Answering, days: int) -> None:
        self._state, self._answering, self._days = state, answering, days

    async def privacy(self, update: Update, context: Context) -> None:
        """What is kept, and for how long."""
        message = update.effective_message
        if message is not None:
            words = PRIVACY.format(days=_days(self._days), reply=_days(min(self._days, REPLIES)))
            await send(context.bot, Place.of(message), parts(paragraphs(words)))

    async def forget(self, update: Update, context: Context) -> None:
        """A person forgets themselves, an admin the group."""
        message = update.effective_message
        sender = speaker(message) if message is not None else None
        if message is None or sender is None:
            return
        if message.chat.type == ChatType.PRIVATE:
            self._state.forget_person(sender.id)
            words = FORGOTTEN
        else:
            words = await self._forget_group(message)
        self._answering.forget()
        await send(context.bot, Place.of(message), parts(paragraphs(words)))

    async def _forget_group(self, message: Message) -> str:
        try:
            is_admin = await _is_admin(message)
        except TelegramError:
            return UNSURE
        if not is_admin:
            return NOT_YOURS
        self._state.forget_group(message.chat_id)
        return FORGOTTEN_GROUP


async def _is_admin(message: Message) -> bool:
    """Whether the sender is one of the group's admins. Raises TelegramError."""
    if message.sender_chat is not None:
        return message.sender_chat.id == message.chat_id  # a hidden administrator; a channel is none
    if message.from_user is None:
        return False
    member = await message.get_bot().get_chat_member(message.chat_id, message.from_user.id)
    return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


def _days(count: int) -> str:
    return f"{count} day{'s' if count > 1 else ''}"
