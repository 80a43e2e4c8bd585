"""Every example in a --help and every command in the README does what it says: each is run."""

import gc
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from bot.cli import app
from index import PressCheckError
from tests.conftest import Command, write_corpus

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
LASTING = ("--install-completion", "index watch")  # change a home or go on for ever; other tests run them
STANDS_FOR = {
    "QUESTION": "'opus on hle?'",
    "FILE.png": "drawn.png",
    "PATH…": "news.html more-articles",
    "ID…": "news",
}
NEWS = "The ferry Lantern was sold to Oskar Brandt for $3.5 million in May 2031. Brandt wants to paint it green."


def help_examples() -> Iterator[str]:
    """The lines below "Examples:" of every command."""
    waiting = [get_command(app)]
    while waiting:
        command = waiting.pop(0)
        waiting += getattr(command, "commands", {}).values()
        lines = re.findall(r"^  (\S.*)$", command.epilog or "", re.MULTILINE)
        assert lines, f"{command.name} has no example"
        yield from lines


def readme_commands() -> Iterator[str]:
    """What stands as a command in the README's tables and before the transcripts' dollar signs."""
    for said in re.findall(r"`(presscheck [^`]+)`", README) + re.findall(
        r"^\$ (.*presscheck \S.*)$", README, re.MULTILINE
    ):
        command = said
        for word, meant in STANDS_FOR.items():
            command = command.replace(word, meant)
        if not command.startswith("docker"):
            yield command


def runnable() -> list[str]:
    """Each once."""
    found = dict.fromkeys((*help_examples(), *readme_commands()))
    return [command for command in found if not any(word in command for word in LASTING)]


def pdf(words: str) -> bytes:
    """A page with one line of words."""
    page = f"BT /F 9 Tf 20 700 Td ({words}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(made)


@pytest.fixture(scope="module")
def desk(shipped: Command, home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder with the files that the examples name, and an environment with indexes of its own."""
    assert callable(shipped)
    folder = tmp_path_factory.mktemp("examples")
    write_corpus(folder / "my-articles", {"ferry.md": f"# Ferry\n\n{NEWS}\n"})
    write_corpus(folder / "more-articles", {"lamp.md": f"# Lamp\n\n{NEWS.replace('ferry', 'lamp')}\n"})
    (folder / "report.pdf").write_bytes(pdf(NEWS))
    (folder / "news.html").write_text(f"<html><title>News</title><article>{f'<p>{NEWS}</p>' * 5}", encoding="utf-8")
    (folder / "questions.jsonl").write_text(json.dumps({"question": "opus on hle?"}) + "\n", encoding="utf-8")
    (folder / "questions.txt").write_text("opus on hle?\nand gemini?\n", encoding="utf-8")
    shutil.copytree(home / "data", folder / "data")
    folders = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("DATA", "STATE", "CONFIG")}
    return folder, folders | {"XDG_CACHE_HOME": str(home / "cache"), "HOME": str(folder), "COLUMNS": "100"}


@pytest.mark.parametrize("command", runnable())
def test_it_runs(command: str, desk: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, environment = desk
    monkeypatch.chdir(folder)
    words = shlex.split(command)
    if words[0] == "echo":  # echo QUESTION | presscheck …
        typed, words = f"{words[1]}\n", words[3:]
    elif "<" in words:
        typed, words = (folder / words[-1]).read_text(encoding="utf-8"), words[:-2]
    else:
        typed = '{"question": "opus on hle?"}\n' if "--jsonl" in words and words[1] == "ask" else "/help\n"
    token = words.pop(0).partition("=")[2] if "=" in words[0] else None
    words = words[: words.index(">")] if ">" in words else words
    if words[1:3] == ["index", "remove"]:
        ran(["index", "add", *(str(path) for path in folder.glob(f"{words[3]}.*"))], "", environment)
    status, out = ran(words[1:], typed, environment | ({"TELEGRAM_BOT_TOKEN": token} if token else {}))
    if words[1] in ("telegram", "doctor") and (token or words[1] == "telegram"):
        assert status == 1  # a token that is cut short, or none, is told before anything else is done
        assert "token" in out
    else:
        assert status == (3 if "gpt-6" in command else 0), out
        assert out.strip()


def ran(arguments: list[str], typed: str, environment: dict[str, str]) -> tuple[int, str]:
    """The exit status and all that was said."""
    done = CliRunner().invoke(app, arguments, input=typed, env=environment, prog_name="presscheck")
    gc.enable()  # a question in a process of its own does without
    if isinstance(done.exception, PressCheckError):
        return 1, f"{done.output}{done.exception}"
    return done.exit_code, done.output
