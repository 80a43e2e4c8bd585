"""Updates from Telegram in → answers in its chats, out. All of python-telegram-bot lives in this package."""

from bot.telegram_app.answering import Desk
from bot.telegram_app.application import run
from bot.telegram_app.options import TelegramOptions

__all__ = ["Desk", "TelegramOptions", "run"]
