"""What can go wrong on a surface: a reason, in → one typed error that says it in a sentence, out."""

from index import PressCheckError


class BotError(PressCheckError):
    """A surface can't do its part: no bot token or a refused one, a server that doesn't answer, a chart of nothing."""
