"""A corpus and where its index is, in → the index built or brought up to date, with progress on stderr, out."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.change import Change
from bot.settings import Settings
from bot.shelf import Shelf
from index import Store, StoreError


class Bar:
    """A progress bar on a terminal's stderr; nothing where stderr is not a terminal."""

    def __init__(self, quiet: bool = False) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]}"),
            TimeRemainingColumn(),
            console=console,
            disable=quiet or not console.is_terminal,
            transient=True,
        )
        self._task = self._progress.add_task("Reading articles", total=None, speed="")

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._progress.stop()

    def __call__(self, done: int, total: int) -> None:
        """So many passages are embedded, of so many."""
        self._progress.update(self._task, description="Building the index", completed=done, total=total)
        speed = self._progress.tasks[0].speed
        self._progress.update(self._task, speed=f"{speed:.{int(speed < 10)}f} passages/s" if speed else "passages")


def shelf(settings: Settings) -> Shelf:
    """The articles of the index that the settings name."""
    return Shelf(settings.index_folder(), settings.cache, settings.corpus, settings.encoder)


def build(settings: Settings, fresh: bool = False, quiet: bool = False, force: bool = False) -> Change:
    """Build the index, with a progress bar. Raises PressCheckError."""
    with ending_in_order(), Bar(quiet) as bar:
        return shelf(settings).rebuild(bar, fresh, force)


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Let SIGTERM end the process as Ctrl-C does: what was begun is tidied up, and the index stays as it was."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


def has_index(folder: Path) -> bool:
    """Is there an index, whatever its state? The first question on a machine builds one."""
    try:
        Store(folder).current()
    except StoreError:
        return False
    return True
