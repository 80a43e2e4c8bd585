"""Steps of a long piece of work in → whoever waits for it is told, often enough to stop it, out."""

import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Progress = Callable[[int, int], None]  # how many texts are embedded, of how many; what it raises stops the work
EVERY = 0.1  # seconds; who is told less often can't stop the work when asked to

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Pace:
    """How far a piece of work is. `beat` tells the same again while nothing countable is done."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done, self._total = 0, 1
        self._told = time.monotonic()

    def begin(self, total: int) -> None:
        """So many texts are to be done."""
        self._done, self._total = 0, max(total, 1)
        self.beat()

    def step(self, done: int) -> None:
        """So many of them are done."""
        if done != self._done or time.monotonic() - self._told > EVERY:
            self._done = done
            self._tell()

    def beat(self) -> None:
        """Work goes on."""
        if time.monotonic() - self._told > EVERY:
            self._tell()

    def beating(self, work: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        """The same work, with a beat after each piece of it."""

        def worked(*arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
            result = work(*arguments, **named)
            self.beat()
            return result

        return worked

    def _tell(self) -> None:
        self._told = time.monotonic()
        self._progress(self._done, self._total)
