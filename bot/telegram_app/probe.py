"""A bot token in → what Telegram says of it, without the token in the words, out."""

import asyncio

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.errors import BotError
from bot.telegram_app.options import TelegramOptions
from bot.telegram_app.transport import Transport

PATIENCE = 5.0  # seconds; whoever asks is waiting


def token_state(token: str, base_url: str) -> str:
    """One of: not set, not a token, valid (with the bot's name), refused, or not checked."""
    if not token:
        return "not set"
    options = TelegramOptions(token=token, base_url=base_url)
    try:
        return asyncio.run(_asked(options.checked_token(), base_url))
    except BotError:
        return "not a bot token: it should look like 123456789:AAF…"


async def _asked(token: str, base_url: str) -> str:
    request = Transport(base_url, 1, PATIENCE)
    try:
        async with Bot(token, base_url=f"{base_url.rstrip('/')}/bot", request=request) as bot:
            return f"valid: @{bot.username}"
    except InvalidToken:
        return "refused by Telegram: get a new one from @BotFather"
    except TelegramError:  # its words may hold the address, and that holds the token
        return "set, but not checked: Telegram can't be reached from here"
