"""The keys of a terminal in → lines of a chat, out. Home of prompt_toolkit; a dumb terminal or a pipe gets readline."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.terminal.completion import Name, candidates

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer
    from prompt_toolkit.key_binding import KeyBindings

MENU = 5  # lines kept free below the prompt for what is offered
LINES = 3  # that the rest needs; a window with few more has no room for the menu
Read = Callable[[str], str]


def is_interactive() -> bool:
    """Whether a person sits at a terminal that can move its cursor."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") not in ("dumb", "")


def read_line(prompt: str) -> str:
    """The next line from a plain terminal or a pipe, with readline's history and keys where there is one."""
    with suppress(ImportError):
        import readline  # noqa: F401 - importing it is what gives input() its keys
    return input(prompt)


@contextmanager
def unechoed() -> Iterator[None]:
    """Meanwhile the terminal keeps to itself what is typed before the prompt is there, which shows it then."""
    if sys.platform == "win32":
        yield
        return
    import termios

    kept, silent = termios.tcgetattr(sys.stdin), termios.tcgetattr(sys.stdin)
    silent[3] &= ~termios.ECHO
    silent[6][termios.VEOF] = b"\0"  # a Ctrl-D typed early would get lost on its way to the prompt
    termios.tcsetattr(sys.stdin, termios.TCSANOW, silent)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, kept)


class Prompt:
    """A prompt with completion as one types, history across conversations (Ctrl-R), several lines and Vi keys."""

    def __init__(self, history: Path) -> None:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
        from prompt_toolkit.history import FileHistory, History, InMemoryHistory

        kept: History = InMemoryHistory()
        with suppress(OSError):  # a home that can't be written to still gets a prompt
            history.parent.mkdir(parents=True, exist_ok=True)
            history.touch(mode=0o600)
            kept = FileHistory(str(history))
        self.names: Callable[[], Sequence[Name]] = lambda: ()
        self.marks: Callable[[], Sequence[int]] = lambda: ()
        self.state: Callable[[], str] = lambda: ""
        self._session: PromptSession[str] = PromptSession(
            history=kept,
            auto_suggest=AutoSuggestFromHistory(),
            completer=self._completer(),
            complete_while_typing=True,
            reserve_space_for_menu=MENU,
            key_bindings=_keys(),
            multiline=True,
            prompt_continuation=lambda width, _line, _wrapped: " " * width,
            bottom_toolbar=lambda: self.state() or None,
            refresh_interval=1.0,  # the toolbar follows what happens behind
        )

    def when_shown(self, begin: Callable[[], None]) -> None:
        """Call `begin` once the prompt stands on the screen for the first time."""
        shown = self._session.app.after_render

        def once(_app: object) -> None:
            shown.remove_handler(once)
            begin()

        shown.add_handler(once)

    def read(self, prompt: str) -> str:
        """The next line, or lines; raises EOFError at Ctrl-D and KeyboardInterrupt at Ctrl-C."""
        from prompt_toolkit.patch_stdout import patch_stdout

        self._session.reserve_space_for_menu = min(MENU, max(shutil.get_terminal_size().lines - LINES, 0))
        with patch_stdout(raw=True):  # what is told from behind stands above the prompt, not in it
            return self._session.prompt(prompt)

    def use_vi(self, wanted: bool) -> None:
        """Vi's keys, or else those of Emacs."""
        from prompt_toolkit.enums import EditingMode

        self._session.editing_mode = EditingMode.VI if wanted else EditingMode.EMACS

    def _completer(self) -> "Completer":
        from prompt_toolkit.completion import CompleteEvent, Completer, Completion
        from prompt_toolkit.document import Document

        prompt = self

        class Offers(Completer):
            def get_completions(self, document: Document, _event: CompleteEvent) -> Iterable[Completion]:
                for found in candidates(document.current_line_before_cursor, prompt.names(), prompt.marks()):
                    yield Completion(found.text, -found.replaces, display_meta=found.kind)

        return Offers()


def _keys() -> "KeyBindings":
    """Enter sends what is typed; Alt-Enter starts another line. Pasted lines stay together.

    An Enter typed while an answer is on its way arrives as Ctrl-J: the terminal turned it into a line's end.
    """
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    keys = KeyBindings()

    @keys.add("enter")
    @keys.add("c-j")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter")
    @keys.add("escape", "c-j")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys
