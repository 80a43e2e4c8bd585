"""The real command in a pseudo-terminal, and what its screen shows."""

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

PATIENCE = 30.0  # seconds; a test that waits longer has missed what it waits for


class Answering(pyte.Screen):
    """A screen that answers when the program asks where the cursor is."""

    def __init__(self, columns: int, lines: int, send: Callable[[str], int]) -> None:
        super().__init__(columns, lines)
        self._send = send

    def write_process_input(self, data: str) -> None:
        """The answer goes the way of keys."""
        self._send(data)


def _heed_control_c() -> None:
    """What a shell runs behind ignores Ctrl-C, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A terminal of so many columns and lines with the command in it; answers what a terminal is asked."""

    def __init__(self, environment: dict[str, str], columns: int, lines: int, *arguments: str | Path) -> None:
        self.raw = b""
        self.status: int | None = None
        self._process = pexpect.spawn(
            sys.executable,
            ["-m", "bot", *map(str, arguments)],
            dimensions=(lines, columns),
            env=environment,
            timeout=5,
            preexec_fn=_heed_control_c,
        )
        self._screen = Answering(columns, lines, self._process.send)
        self._stream = pyte.ByteStream(self._screen)

    def lines(self) -> list[str]:
        """The screen's lines down to the last that is not empty."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip().split("\n")

    def text(self) -> str:
        """The screen."""
        return "\n".join(self.lines())

    def type(self, keys: str) -> None:
        """Press keys; "\\r" is Enter."""
        self._process.send(keys)

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        self._screen.resize(lines, columns)
        self._process.setwinsize(lines, columns)

    def wait(self, seen: str | Callable[[str], bool]) -> str:
        """Read until the screen shows something; its text."""
        shows = seen if callable(seen) else lambda text: seen in text
        end = time.monotonic() + PATIENCE
        while not shows(self.text()):
            assert time.monotonic() < end and self._read(), f"never seen: {seen}\n{self.text()}"
        return self.text()

    def end(self) -> int:
        """Read until the command ends; its exit status."""
        end = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < end, f"it goes on\n{self.text()}"
        self._process.close()
        self.status = self._process.exitstatus if self._process.signalstatus is None else -self._process.signalstatus
        return self.status or 0

    def close(self) -> None:
        """End the command if it still runs."""
        self._process.close(force=True)

    def _read(self) -> bool:
        """Whether there can be more to read."""
        try:
            data = self._process.read_nonblocking(65536, timeout=0.1)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(data)
        return True
