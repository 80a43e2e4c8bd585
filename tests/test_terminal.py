"""Sessions in a real pseudo-terminal: what a person sees and what the keys do."""

import base64
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Command, write_corpus
from tests.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")

SESSIONS = Path(__file__).parent / "sessions"
TABLE = "| Benchmark | Zephyr 2 | Ostrich Pro |\n|---|---|---|\n| Marble Run | {} | 72.0 |\n"
HEAD = "---\ntitle: {}\npublisher: {}\npublished: 2031-03-0{}\nurl: https://{}.example/a\n---\n\n"
ARTICLES = {
    "ledger.md": HEAD.format("Marbles roll", "Daily Ledger", 1, "ledger")
    + "The models met in March.\n\n" + TABLE.format("61.0"),
    "gazette.md": HEAD.format("Zephyr again", "The Gazette of Harbours and Canals", 2, "gazette")
    + "Zephyr was run again.\n\n" + TABLE.format("61.0"),
    "benchmarks.yaml": "- name: Marble Run\n",
    "models.yaml": "- name: Zephyr 2\n- name: Ostrich Pro\n",
    "quill.md": HEAD.format("A higher count", "Quill", 3, "quill")
    + "The count was higher here.\n\n" + TABLE.format("67.5")
    + "\nThe marble track was built by Ines Okafor in a barn near the river.\n",
}  # fmt: skip
QUESTION = "zephyr 2 vs ostrich pro on marble run"

Open = Callable[..., Terminal]


@pytest.fixture(scope="module")
def where(shipped: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The options of a corpus whose index is built."""
    folder = tmp_path_factory.mktemp("terminal")
    options = ("--corpus", str(write_corpus(folder / "corpus", ARTICLES)), "--index", str(folder / "index"))
    assert shipped("index", "build", *options).status == 0
    return options


@pytest.fixture
def open_terminal(environment: dict[str, str], tmp_path: Path) -> Iterator[Open]:
    """Terminals of a person who keeps nothing between tests."""
    opened: list[Terminal] = []
    own = {name: value for name, value in environment.items() if name not in ("COLUMNS", "NO_COLOR", "LINES")}
    own |= {"TERM": "xterm-256color", "PAGER": "cat", "XDG_STATE_HOME": str(tmp_path / "state"), "LC_ALL": "C.UTF-8"}

    def start(*arguments: str | Path, columns: int = 80, lines: int = 40, **more: str) -> Terminal:
        opened.append(Terminal(own | more, columns, lines, *arguments))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_benchmark_answer_on_screens_of_three_widths(
    open_terminal: Open, where: tuple[str, ...], columns: int
) -> None:
    terminal = open_terminal("ask", QUESTION, *where, columns=columns)
    assert terminal.end() == 0
    assert terminal.text() + "\n" == (SESSIONS / f"ask-{columns}.txt").read_text(encoding="utf-8")
    assert b"\x1b]8;" in terminal.raw  # the source is a link
    assert b"https://ledger.example/a" in terminal.raw


def test_the_prompt_is_there_before_anything_that_an_answer_needs(open_terminal: Open, where: tuple[str, ...]) -> None:
    terminal = open_terminal("chat", *where, lines=500, PYTHONPROFILEIMPORTTIME="1")
    terminal.wait("3 articles")
    shown = terminal.raw.index(b"opening the index")
    for library in (b"numpy", b"onnxruntime"):
        assert shown < terminal.raw.index(b" " + library + b"\r\n"), library


def test_a_conversation_at_the_prompt(open_terminal: Open, where: tuple[str, ...], tmp_path: Path) -> None:
    terminal = open_terminal("chat", *where)
    terminal.wait("\n>")
    terminal.wait("3 articles")
    terminal.type("who leads on mar")
    terminal.wait("Marble Run  benchmark")
    terminal.type("\x1b[200~ble run\nplease?\x1b[201~")  # pasted: the line end in it sends nothing
    assert "leads Marble Run" not in terminal.wait("please?")
    terminal.type("\r")
    terminal.wait("Ostrich Pro leads Marble Run")
    terminal.type("/sorces\r")
    terminal.wait("Did you mean /sources?")
    terminal.type("/source 1\r")
    terminal.wait(lambda text: "Zephyr was run again." in text and "\n>\n" in text)
    assert b"\x1b[1;30;103m" in terminal.raw  # the cited place is highlighted
    terminal.type("/chart\r")
    terminal.wait(lambda text: "67.5 ≠" in text and "\n>\n" in text)  # the prompt is back
    terminal.type("half a line\x03")
    terminal.wait("(/quit leaves)")
    terminal.type(f"/save {tmp_path / 'talk.json'}\r")
    terminal.wait("Saved:")
    terminal.type("/copy\r")
    terminal.wait("Copied")
    copied = terminal.raw.split(b"\x1b]52;c;")[1].split(b"\x07")[0]
    assert base64.b64decode(copied).decode().startswith("Ostrich Pro leads Marble Run")
    terminal.type("\x04")
    assert terminal.end() == 0
    again = open_terminal("chat", "--resume", *where)
    again.wait("Ostrich Pro leads Marble Run")
    again.wait("Marble Run (higher is better)")
    again.type("and zephyr 2?\r")  # a follow-up of what was asked before
    again.wait("Sources disagree on Zephyr 2")
    again.wait("\n>\n")
    again.type("\x1b[A\x1b[A\x1b[A")  # back in the history, past this conversation
    again.wait("> /save ")
    again.type("\x03/set keys vi\r")
    again.wait("keys vi")
    again.type("/quit\r")
    assert again.end() == 0


@pytest.mark.usefixtures("shipped")
def test_what_is_saved_while_one_talks_comes_in(open_terminal: Open, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {name: text for name, text in ARTICLES.items() if "quill" not in name})
    terminal = open_terminal("chat", "--corpus", corpus, "--index", tmp_path / "index")
    terminal.wait("2 articles")
    terminal.type("/watch\r")
    terminal.wait("watching")
    (corpus / "quill.md").write_text(ARTICLES["quill.md"], encoding="utf-8")
    terminal.wait("+ quill: “A higher count”")
    terminal.wait("≠ Marble Run · Zephyr 2")
    terminal.type("/watch off\r")
    terminal.wait("not watched")
    terminal.type("/quit\r")
    assert terminal.end() == 0


def test_what_is_longer_than_the_screen_pages(open_terminal: Open, where: tuple[str, ...]) -> None:
    whole = shown(open_terminal("facts", *where, PAGER="head -2"))
    assert len(whole) > 6
    assert shown(open_terminal("facts", *where, lines=6, PAGER="head -2")) == whole[:2]


@pytest.mark.skipif(shutil.which("less") is None, reason="there is no pager here")
def test_control_c_in_the_pager_leaves_the_pager_alone(open_terminal: Open, where: tuple[str, ...]) -> None:
    terminal = open_terminal("chat", *where, lines=12, PAGER="less")
    terminal.wait("3 articles")
    terminal.type(f"{QUESTION}\r")
    terminal.wait(lambda text: text.endswith("\n:"))
    terminal.type("\x03")
    terminal.wait(lambda text: text.endswith("\n:"))
    terminal.type("q")
    terminal.wait("\n>")
    terminal.type("/set\r")
    terminal.wait("pager on")
    terminal.type("/quit\r")
    assert terminal.end() == 0


def shown(terminal: Terminal) -> list[str]:
    """The screen when the command has ended."""
    assert terminal.end() == 0
    return terminal.lines()


def test_answers_follow_the_window(open_terminal: Open, where: tuple[str, ...]) -> None:
    terminal = open_terminal("chat", *where, columns=120)
    terminal.wait("\n>")
    terminal.resize(50, 40)
    terminal.type(f"{QUESTION}\r")
    text = terminal.wait("[3]")
    assert "\n    Daily Ledger" in text  # a list: the grid doesn't fit any more
    terminal.type("/quit\r")
    assert terminal.end() == 0


@pytest.mark.usefixtures("shipped")
def test_control_c_ends_a_build_with_nothing_left_on_the_screen(open_terminal: Open, tmp_path: Path) -> None:
    many = {
        f"a{n}.txt": "\n\n".join(f"Storm {n} of day {day} took {day * n} roofs." for day in range(60))
        for n in range(600)  # so many that the build is not done before the key is pressed
    }
    corpus = write_corpus(tmp_path / "corpus", many)
    terminal = open_terminal("ask", "which roofs?", "--corpus", corpus, "--index", tmp_path / "index")
    terminal.wait("passages/s")
    assert re.search(r" \d+/2\d\d\d [\d.]+ passages/s \d:\d\d:\d\d", terminal.text())  # three or four an article
    terminal.type("\x03")
    assert terminal.end() == 130
    assert "Traceback" not in terminal.raw.decode()
    assert not list(tmp_path.glob("index/*/CURRENT"))


def test_a_window_of_four_lines_has_a_prompt(open_terminal: Open, where: tuple[str, ...]) -> None:
    terminal = open_terminal("chat", *where, columns=40, lines=4)
    terminal.wait("\n>")
    terminal.type("who built the marble track?\r")
    terminal.wait("[1] Quill, 3 Mar 2031")
    terminal.type("exit\r")
    assert terminal.end() == 0


def test_a_dumb_terminal_gets_plain_lines(open_terminal: Open, where: tuple[str, ...]) -> None:
    terminal = open_terminal("chat", *where, TERM="dumb")
    terminal.wait("\n>")
    terminal.type(f"{QUESTION}\r")
    terminal.wait("[3] Quill")
    terminal.type("/quit\r")
    assert terminal.end() == 0
    assert b"\x1b[" not in terminal.raw


def test_without_colour_the_disagreement_is_still_there(open_terminal: Open, where: tuple[str, ...]) -> None:
    terminal = open_terminal("ask", QUESTION, *where, NO_COLOR="1")
    assert terminal.end() == 0
    assert "67.5 [3] ≠" in terminal.text()
    assert b"\x1b[36m" not in terminal.raw
    assert b"\x1b[96m" not in terminal.raw


PLAIN_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}


def test_a_locale_without_curly_quotes_gets_an_answer(shipped: Command, where: tuple[str, ...]) -> None:
    done = shipped("ask", "who built the marble track?", *where, env=PLAIN_LOCALE)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith('"The marble track was built by Ines Okafor')


def test_a_terminal_without_unicode_shows_the_disagreement_too(open_terminal: Open, where: tuple[str, ...]) -> None:
    terminal = open_terminal("ask", QUESTION, *where, **PLAIN_LOCALE)
    assert terminal.end() == 0
    assert "  Zephyr 2      61.0 [1]         61.0 [2]       67.5 [3] !" in terminal.lines()
    assert terminal.raw.isascii()
    assert "?" not in terminal.text()


def test_what_is_typed_early_waits_for_the_prompt(open_terminal: Open, where: tuple[str, ...]) -> None:
    terminal = open_terminal("chat", *where)
    terminal.wait("\n>")
    terminal.type("who built the marble track?\r")
    terminal.wait(lambda text: "Opening the index" in text or "[1] Quill, 3 Mar 2031" in text)
    terminal.type("\x03")  # while the index opens, or just after it on a fast machine
    terminal.wait(lambda text: "(/quit leaves)" in text or "[1] Quill, 3 Mar 2031" in text)
    terminal.wait("\n>\n")
    terminal.type(f"{QUESTION}\rhow was the cou\x04")
    text = terminal.wait("> how was the cou")
    assert text.count("how was the cou") == 1  # not shown in the middle of the answer
    terminal.type("\x15\x04")
    assert terminal.end() == 0
