"""What /set and /watch change while a chat runs: names and values in → how it behaves from then on, out."""

from collections.abc import Callable

from rich.console import Console
from rich.theme import Theme

from bot.errors import BotError
from bot.terminal.theme import STYLES


class Options:
    """One chat's choices. `use_vi` tells the prompt which keys; `follow` starts or stops following the corpus."""

    def __init__(
        self, use_vi: Callable[[bool], None] | None = None, follow: Callable[[bool], str] | None = None
    ) -> None:
        self.pager = True
        self._keys = "emacs"
        self._theme = ""
        self._use_vi = use_vi
        self._follow = follow
        self._followed = ""

    def set(self, name: str, value: str, console: Console) -> None:
        """Set one option; without a name nothing changes. Raises BotError."""
        if name == "keys" and value in ("vi", "emacs"):
            if self._use_vi is None:
                raise BotError("this terminal has no such keys. Start the chat in one that can move its cursor.")
            self._keys = value
            self._use_vi(value == "vi")
        elif name == "theme" and value in STYLES:
            self._theme = value
            console.push_theme(Theme(STYLES[value]))
        elif name == "pager" and value in ("on", "off"):
            self.pager = value == "on"
        elif name:
            raise BotError(f"{name} {value}".strip() + " can't be set. /help set shows what can.")

    def words(self) -> str:
        """How things stand."""
        theme = f" · theme {self._theme}" if self._theme else ""
        return f"keys {self._keys} · pager {'on' if self.pager else 'off'}{theme}"

    def watch(self, wanted: str) -> None:
        """Follow the corpus, or stop. Raises BotError."""
        if wanted not in ("on", "off"):
            raise BotError(f"{wanted!r} is neither on nor off.")
        if self._follow is None:
            raise BotError("the corpus can't be watched from here.")
        self._followed = self._follow(wanted == "on")

    def watching(self) -> str:
        """What is followed, in words; empty where nothing is."""
        return self._followed
