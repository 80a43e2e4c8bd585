"""The chat's parts without a terminal: commands, completion, saved conversations, Ctrl-C in the middle of an answer."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, Citation, Interpreted
from bot.desk import Desk
from bot.errors import BotError
from bot.terminal.chat import Chat
from bot.terminal.command import COMMANDS, help_text, meant, parsed
from bot.terminal.completion import Name, candidates
from bot.terminal.conversation import Conversation, load, save
from bot.terminal.theme import make_console, resolved
from tests.test_grid import DISPUTED

NAMES = [Name("Marble Run", "benchmark"), Name("Marble Jump", "benchmark"), Name("Zephyr 2", "model")]
NAMES += [Name("quill", "source")]


def said(text: str = "It rained.", **more: Any) -> Answer:
    """An answer in words."""
    citation = Citation(
        n=1, source="quill", title="Rain", publisher="Quill", author=None, published=date(2031, 3, 1), url=None,
        start=0, end=10, quote="It rained.",
    )  # fmt: skip
    interpreted = Interpreted(intent="passage", question="rain?")
    values: dict[str, Any] = {"question": "rain?", "kind": "passages", "text": f"“{text}” [1]\n\n[1] Quill, 1 Mar 2031"}
    values |= {"interpreted": interpreted, "citations": (citation,), "confidence": 1.0}
    return Answer(**values | more)


class StubDesk:
    """Answers with what it is given, in order; an exception is raised."""

    def __init__(self, *answers: Answer | BaseException) -> None:
        self.answers = list(answers)
        self.histories: list[list[str]] = []

    def answer(self, _question: str, history: list[str], _narrowed: object) -> Answer:
        """The next answer."""
        self.histories.append(history)
        found = self.answers.pop(0)
        if isinstance(found, BaseException):
            raise found
        return found


def talk(desk: StubDesk, *typed: str, **more: Any) -> str:
    """What a conversation in a pipe shows."""
    lines = iter(typed)

    def read(_prompt: str) -> str:
        line = next(lines, None)
        if line is None:
            raise EOFError
        return line

    shown = io.StringIO()
    console = make_console("dark")
    console.file, console.width = shown, 80
    Chat(lambda: cast(Desk, desk), console, read, **more).run()
    return shown.getvalue()


def test_control_c_drops_the_answer_and_not_the_conversation() -> None:
    desk = StubDesk(KeyboardInterrupt(), said())
    shown = talk(desk, "a question that takes long", "rain?")
    assert "(/quit leaves)" in shown
    assert "“It rained.” [1]" in shown
    assert desk.histories == [[], []]


def test_a_saved_conversation_goes_on_where_it_was(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    talk(StubDesk(said(), said("It poured.")), "rain?", "and then?", autosave=kept)
    again = StubDesk(said())
    shown = talk(again, "since when?", conversation=load(kept))
    assert again.histories == [["rain?", "and then?"]]
    assert "> and then?\n“It poured.” [1]" in shown
    assert kept.stat().st_mode & 0o077 == 0  # what someone asked is theirs alone
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=4))
def test_saving_and_loading_gives_the_same_conversation(turns: list[tuple[str, str]]) -> None:
    conversation = Conversation()
    for question, text in turns:
        conversation = conversation.followed_by(question.encode(errors="replace").decode(), said(text))
    assert Conversation.model_validate_json(conversation.model_dump_json()) == conversation


def test_a_file_that_is_no_conversation_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}{", encoding="utf-8")
    for path in (tmp_path / "x.json", tmp_path / "absent.json"):
        with pytest.raises(BotError, match=path.name):
            load(path)
    with pytest.raises(BotError, match="can't be written"):
        save(Conversation(), tmp_path / "nowhere" / "x.json")


def test_answers_are_saved_in_the_form_that_the_name_ends_with(tmp_path: Path) -> None:
    places = [tmp_path / name for name in ("a.md", "a.csv", "a.json", "a.txt")]
    shown = talk(StubDesk(said(), DISPUTED), "rain?", "marbles?", *(f"/save {place}" for place in places))
    page = places[0].read_text(encoding="utf-8")
    assert "## rain?\n\n“It rained.” [^1-1]\n\n[^1-1]: Quill, 1 Mar 2031: “It rained.”" in page
    assert "| Zephyr 2 | 61% [^2-1] | 61% [^2-2] | **67.5% [^2-3] ≠** |" in page
    assert places[1].read_text(encoding="utf-8").splitlines()[1].startswith("Marble Run,Zephyr 2,61")
    assert len(json.loads(places[2].read_text(encoding="utf-8"))["turns"]) == 2
    assert "a.txt names no .md, .json, .csv, .png or .svg file" in " ".join(shown.split())
    assert not places[3].exists()


@pytest.mark.parametrize(
    ("typed", "named"), [("/sorces", "/sources"), ("/hlep", "/help"), ("/conflict", "/conflicts"), ("/xyzzy", None)]
)
def test_a_typo_finds_its_command(typed: str, named: str | None) -> None:
    assert meant(typed) == named


def test_every_command_has_its_help() -> None:
    for command in COMMANDS:
        assert f"  {command.name} " in help_text()
        assert help_text(command.name).startswith(command.name)
    assert parsed("who?") is None
    assert parsed("/EXIT now") == ("/quit", "now")


@pytest.mark.parametrize("word", ["quit", "exit", "QUIT", ":q"])
def test_a_person_gets_out_with_the_word_of_another_program(word: str) -> None:
    desk = StubDesk()
    talk(desk, word, "this would be asked")
    assert desk.histories == []


def test_help_without_a_slash_helps() -> None:
    assert help_text() in talk(StubDesk(), "help")


@pytest.mark.parametrize("width", [40, 60, 80])
def test_help_fits_the_window_and_its_lines_stand_in(width: int) -> None:
    for name in ("", *(command.name for command in COMMANDS)):
        assert max(map(len, help_text(name, width).splitlines())) <= width
        assert help_text(name, width).split() == help_text(name).split()
    assert "\n              " in help_text("", width)


def test_a_file_without_a_name_is_asked_for() -> None:
    assert "this needs a file's name, such as: /save talk.md" in talk(StubDesk(said()), "rain?", "/save")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("who leads on mar", ["Marble Run", "Marble Jump"]),
        ("who leads on marble r", ["Marble Run"]),
        ("zephyr 2 on", []),
        ("m", []),
        ("/so", ["/sources", "/source"]),
        ("/source ", ["1", "2", "quill"]),
        ("/filter source q", ["source quill"]),
        ("/set keys v", ["keys vi"]),
        ("/conflicts marble j", ["Marble Jump"]),
    ],
)
def test_what_is_offered_while_typing(typed: str, offered: list[str]) -> None:
    found = list(candidates(typed, NAMES, [1, 2]))
    assert [candidate.text for candidate in found] == offered
    assert all(0 < candidate.replaces <= len(typed) or typed.endswith(" ") for candidate in found)


@pytest.mark.parametrize(("colours", "theme"), [("0;15", "light"), ("15;0", "dark"), ("", "dark"), ("x", "dark")])
def test_the_theme_follows_the_background(monkeypatch: pytest.MonkeyPatch, colours: str, theme: str) -> None:
    monkeypatch.setenv("COLORFGBG", colours)
    assert resolved("auto") == theme
    assert resolved("light") == "light"
