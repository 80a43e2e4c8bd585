"""Bot API requests over HTTP in → Telegram's own answers, strict about limits and markup, out."""

from tests.bot_api.server import BotApiServer, Fault, Request

__all__ = ["BotApiServer", "Fault", "Request"]
