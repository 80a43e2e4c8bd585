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
from bot.written import counted

EVERY = 3600.0  # seconds from one look for what is too old to the next
PRIVACY = """This is what I keep, on the computer of whoever runs this bot:

For {days}: your questions, with your and this chat's Telegram ids, so that follow-up questions and buttons work; and\
 your 👍 and 👎. For {reply}: which of my messages answers which of yours, so that you can edit a question. Until I\
 have answered it: each message you send me.

What this chat watches: until /unwatch. How often you ask: for a minute, in memory only. Files that admins add as\
 articles: until they remove them. My log holds times and counts, no words and no names.

I give none of it to anyone. Our messages pass through Telegram, which has its own rules.

/forget deletes at once everything I keep about you, in every chat. In a group, /forget from one of its admins deletes\
 everything I keep about the group."""
FORGOTTEN = "Done. I have deleted everything I kept about you: your questions, your votes and what this chat watches."
FORGOTTEN_GROUP = "Done. I have deleted everything I kept about this group: its questions, votes and watches."
NOT_YOURS = "Only this group's admins can do that. To delete what I keep about you, send me /forget in a private chat."
UNSURE = "I couldn't ask Telegram whether you are an admin of this group. Please try again."
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
    return counted(count, "day")
