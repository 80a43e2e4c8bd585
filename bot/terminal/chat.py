"""Lines typed in → answers on the terminal, out: the REPL."""

from collections.abc import Callable
from contextlib import suppress

from rich.console import Console

from bot.answer import Answer
from bot.desk import Desk, QuestionError
from bot.terminal.screen import show_answer, show_cited, show_reasons, show_sources
from index import PressCheckError

HISTORY = 6  # earlier questions that a follow-up may lean on
PROMPT = "> "
HELP = """\
Ask in your own words. A follow-up such as "and when?" uses the question before it.
  /sources   the articles; after an answer, /sources cited shows what it cites
  /why       why the passages of the last answer stand in their order
  /help      this
  /quit      leave (also Ctrl-D)"""


class Chat:
    """One conversation. `read` gives the next line, raising EOFError at the end."""

    def __init__(self, desk: Desk, console: Console, read: Callable[[str], str]) -> None:
        self._desk = desk
        self._console = console
        self._read = read
        self._history: list[str] = []
        self._last: Answer | None = None

    def run(self) -> None:
        """Talk until /quit or the end of input. Ctrl-C drops the line or the answer, not the conversation."""
        articles = len(self._desk.sources())
        self._console.print(f"Press Check: {articles} articles. /help shows what can be done here.", highlight=False)
        while True:
            try:
                line = self._read(PROMPT).strip()
                if line in ("/quit", "/exit"):
                    return
                if line:
                    self._take(line)
            except EOFError:
                self._console.print()
                return
            except KeyboardInterrupt:
                self._console.print("\n(/quit leaves)")
            except PressCheckError as error:
                self._console.print(str(error), markup=False, highlight=False)

    def _take(self, line: str) -> None:
        command, _, rest = line.partition(" ")
        if not command.startswith("/"):
            self._ask(line)
        elif command == "/help":
            self._console.print(HELP, markup=False, highlight=False)
        elif command == "/sources" and rest.strip() == "cited":
            show_cited(self._console, self._answered())
        elif command == "/sources":
            show_sources(self._console, self._desk.sources())
        elif command == "/why":
            show_reasons(self._console, self._desk.hits(self._answered().interpreted.question))
        else:
            raise QuestionError(f"there is no command {command}. /help shows which there are.")

    def _ask(self, question: str) -> None:
        answer = self._desk.answer(question, self._history)
        show_answer(self._console, answer)
        self._last = answer
        if answer.kind != "about":
            self._history = [*self._history, question][-HISTORY:]

    def _answered(self) -> Answer:
        if self._last is None:
            raise QuestionError("nothing was asked yet. Ask something first.")
        return self._last


def read_line(prompt: str) -> str:
    """The next line from the terminal, with the history and the editing keys of readline where there is one."""
    with suppress(ImportError):
        import readline  # noqa: F401 - importing it is what gives input() its keys
    return input(prompt)
