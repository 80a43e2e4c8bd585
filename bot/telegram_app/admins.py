"""A message in → whether its sender looks after the articles, out; and how the first one becomes an admin."""

import hmac
import secrets

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import filters

from bot.message import paragraphs, parts
from bot.state import State
from bot.telegram_app.addressed import speaker
from bot.telegram_app.asking import Context
from bot.telegram_app.delivery import Place, send
from bot.telegram_app.menus import show_admin_menu

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that looks like another
LENGTH = 12  # of 32 letters: 60 bits
WELCOME = "You are an admin of this bot now. Send me a file to add it as an article; /help lists your other commands."
WRONG = "That is not the code. The bot prints one when it starts without an admin; each code works once."


class Admins:
    """Those whom the settings name, and those who knew the code of a start."""

    def __init__(self, named: frozenset[int], state: State) -> None:
        self._named, self._state = named, state
        self._ids = named | state.admins()
        self.code = "" if self._ids else "".join(secrets.choice(LETTERS) for _ in range(LENGTH))

    def ids(self) -> frozenset[int]:
        """All of them."""
        return self._ids

    def claim(self, code: str, person: int) -> bool:
        """Make an admin of who knows the code; it works once."""
        said = "".join(mark for mark in code.upper() if mark.isalnum())
        if not self.code or not hmac.compare_digest(said.encode(), self.code.encode()):
            return False
        self.code = ""
        self._state.add_admin(person)
        self._ids |= {person}
        return True


class IsAdmin(filters.MessageFilter):
    """Sent by an admin; whether these are the admin's own words is another question."""

    def __init__(self, admins: Admins) -> None:
        super().__init__()
        self._admins = admins

    def filter(self, message: Message) -> bool:
        """Whether its sender is one."""
        sender = speaker(message)
        return sender is not None and sender.id in self._admins.ids()


class Claiming:
    """The handler of /admin CODE."""

    def __init__(self, admins: Admins) -> None:
        self._admins = admins

    async def admin(self, update: Update, context: Context) -> None:
        """The code makes an admin, in a private chat: in a group others would read it."""
        message = update.effective_message
        if message is None or message.from_user is None or message.chat.type != ChatType.PRIVATE:
            return
        is_admin = self._admins.claim("".join(context.args or ()), message.from_user.id)
        await send(context.bot, Place.of(message), parts(paragraphs(WELCOME if is_admin else WRONG)))
        if is_admin:
            await show_admin_menu(context.bot, message.from_user.id)
