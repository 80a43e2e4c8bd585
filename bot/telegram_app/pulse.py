"""Moments at which Telegram reached the bot, or the bot Telegram, in → whether that was lately, out."""

import time

LATELY = 90.0  # seconds; an answer to getUpdates takes ten at most, and its connection may take thirty to be given up


class Pulse:
    """May be read from any thread."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def beat(self) -> None:
        """Now."""
        self._last = time.monotonic()

    @property
    def age(self) -> float:
        """Seconds since the last beat."""
        return time.monotonic() - self._last

    @property
    def is_late(self) -> bool:
        """Whether the bot is cut off."""
        return self.age > LATELY
