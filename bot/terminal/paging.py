"""What is to be shown in → shown at once where it fits the screen, else in the pager, out."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

Show = Callable[[Console], None]


def page(console: Console, show: Show, wanted: bool = True) -> None:
    """Print through the reader's pager what is taller than the screen; a pipe, or a screen without pager, gets all."""
    pager = _pager() if wanted and console.is_terminal and not console.is_dumb_terminal else None
    if pager is None:
        show(console)
        return
    with console.capture() as captured:
        show(console)
    text = captured.get()
    if text.count("\n") < console.height or not _paged(pager, text):
        console.file.write(text)
        console.file.flush()


def _pager() -> list[str] | None:
    named = os.environ.get("PAGER", "less").split()
    return named if named and named[0] != "cat" and shutil.which(named[0]) else None


def _paged(pager: list[str], text: str) -> bool:
    """Whether the pager took it; -R keeps colours, -F leaves where all fits, -X leaves it on the screen."""
    environment = {"LESS": "-RFX", "LESSCHARSET": "utf-8"} | dict(os.environ)
    try:
        with _interrupts_are_the_pagers():
            subprocess.run(pager, input=text.encode(errors="replace"), env=environment, check=False)  # noqa: S603
    except OSError:
        return False
    return True


@contextmanager
def _interrupts_are_the_pagers() -> Iterator[None]:
    """Ctrl-C reaches all programs of a terminal; a pager that dies of ours would leave the terminal without echo."""
    kept = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, kept)
