"""A corpus' folder in → its index kept up to date while a chat goes on, and what each change brought, out."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings
    from index import Watcher


class Following:
    """One chat's watch over its corpus; `tell` gets a line for what changed, from another thread."""

    def __init__(self, settings: "Settings", tell: Callable[[str], None]) -> None:
        self._settings = settings
        self._tell = tell
        self._watcher: Watcher | None = None

    def turn(self, on: bool) -> str:
        """Start or stop; what is watched then, in words."""
        if on and self._watcher is None:
            self._start()
        elif not on and self._watcher is not None:
            self._watcher.stop()
            self._watcher = None
        return f"watching {self._settings.corpus}" if self._watcher else ""

    def _start(self) -> None:
        from index import Watcher

        self._watcher = Watcher([self._settings.corpus])
        threading.Thread(target=self._follow, args=(self._watcher,), name="watch", daemon=True).start()

    def _follow(self, watcher: "Watcher") -> None:
        from bot.building import shelf
        from bot.watching import follow, news

        follow(
            shelf(self._settings),
            watcher.changes(),
            lambda change: self._tell("\n".join(news(change))),
            lambda error: self._tell(f"The index stays as it was: {error}"),
        )
