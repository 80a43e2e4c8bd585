"""Changes in a corpus' folder in → its index brought up to date, and what that changed, out."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

from bot.change import Change, subject_of, values_of
from index import BusyError, PressCheckError

if TYPE_CHECKING:
    from index import Changes

AGAIN = 1.0  # seconds until a writer that found another one at work tries again
TRIES = 120


class Rebuilding(Protocol):
    """What a rebuild is asked of: a shelf, or a desk that answers from one."""

    def rebuild(self) -> Change:
        """Bring the index up to date with its corpus."""
        ...


def follow(
    shelf: Rebuilding,
    changes: "Iterable[Changes]",
    tell: Callable[[Change], None],
    fail: Callable[[PressCheckError], None],
) -> None:
    """Bring the index up to date with each batch of changes and tell what it changed; what fails is told, too."""
    for _ in changes:
        try:
            change = _rebuilt(shelf)
        except PressCheckError as error:
            fail(error)
            continue
        if not change.is_nothing or change.left_out:
            tell(change)


def _rebuilt(shelf: Rebuilding) -> Change:
    for _ in range(TRIES):
        try:
            return shelf.rebuild()
        except BusyError:
            time.sleep(AGAIN)
    return shelf.rebuild()


def news(change: Change) -> Iterator[str]:
    """A change, line by line."""
    for name, title in change.titles:
        yield f"+ {name}: “{title}”"
    for name in change.removed:
        yield f"- {name}"
    results = f"{len(change.new_results)} results came, {len(change.gone_results)} went"
    yield f"  {change.more_passages:+d} passages, {results}; now {change.articles} articles, {change.results} results"
    if change.names:
        yield f"  new names, not in the catalogue: {', '.join(change.names)}"
    for reason in change.left_out:
        yield f"  left out: {reason}"
    for one in change.conflicts:
        yield f"  ≠ {subject_of(one)}: {values_of(one)} ({one.reason})"
