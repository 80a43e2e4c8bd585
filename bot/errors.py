"""What can go wrong on a surface: a reason, in → one typed error that says it in a sentence, out."""

from index import PressCheckError


class BotError(PressCheckError):
    """The bot can't start: no token, a refused one, an address that doesn't answer as the Bot API does."""
