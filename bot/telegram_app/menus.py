"""The commands in → the menu that each kind of chat shows, out."""

import logging
from collections.abc import Iterable

from telegram import (
    Bot,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.telegram_app.command import ADMIN_COMMANDS, COMMANDS, GROUP_COMMANDS, bot_commands

log = logging.getLogger(__name__)


async def show_menus(bot: Bot, admins: Iterable[int]) -> None:
    """Each kind of chat lists the commands that it has."""
    try:
        await bot.set_my_commands(bot_commands(COMMANDS), BotCommandScopeAllPrivateChats())
        await bot.set_my_commands(bot_commands(GROUP_COMMANDS), BotCommandScopeAllGroupChats())
    except TelegramError as error:
        log.warning("the menu of commands was not set", exc_info=error)
    for admin in sorted(admins):
        await show_admin_menu(bot, admin)


async def show_admin_menu(bot: Bot, admin: int) -> None:
    """An admin's own chat lists theirs, too."""
    try:
        await bot.set_my_commands(bot_commands((*COMMANDS, *ADMIN_COMMANDS)), BotCommandScopeChat(admin))
    except TelegramError as error:  # they may never have written to the bot
        log.warning("an admin's menu of commands was not set", exc_info=error)
