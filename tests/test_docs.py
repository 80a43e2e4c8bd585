"""The documents tell the truth."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.terminal.command import NAMES
from tests import readme
from tests.conftest import Command

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
AGAIN = "write the README's generated parts again with: python -m tests.readme"
MAP = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_there_are_exactly_two_commands_to_set_it_up() -> None:
    lines = [line for block in re.findall(r"```bash\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]
    assert len(lines) == 2
    assert all(line.startswith("python3 -m venv .venv && .venv/bin/pip install ") for line in lines)
    assert lines[0].split(" && ")[2].startswith(".venv/bin/presscheck ask ")
    assert lines[1].endswith("pytest")


def test_every_command_in_the_readme_exists(presscheck: Command) -> None:
    named = {match[1].strip() for match in re.finditer(r"`presscheck ((?:index )?[a-z]+)", README)}
    assert len(named) >= 12
    for command in named:
        assert presscheck(*command.split(), "--help").status == 0, command


def test_the_transcript_is_what_a_terminal_shows(shipped: Command, environment: dict[str, str]) -> None:
    assert callable(shipped)
    plain = {name: value for name, value in environment.items() if name != "COLUMNS"}
    plain |= {"TERM": "xterm", "PAGER": "cat", "LC_ALL": "C.UTF-8"}
    assert readme.TRANSCRIPT.findall(README) == [readme.transcript(readme.commands_of(README), plain)], AGAIN


def test_the_telegram_transcript_is_what_the_bot_sends(shipped: Command, home: Path, cache: Path) -> None:
    assert callable(shipped)
    (folder,) = [
        path for path in (home / "data" / "presscheck" / "indexes").iterdir() if path.name.startswith("corpus-")
    ]
    assert readme.TELEGRAM.findall(README) == [readme.telegram(Desk(folder, cache))], AGAIN


def test_the_settings_table_is_the_settings() -> None:
    assert readme.SETTINGS.findall(README) == [readme.settings_table()], AGAIN


def test_every_command_of_a_developer_exists() -> None:
    modules = re.findall(r"`(?:\.venv/bin/)?python -m ([\w.]+)", MAP)
    assert {"pytest", "tests.readme", "tests.benchmarks.growth"} <= set(modules)
    for name in modules:
        found = importlib.util.find_spec(name)
        assert found, name
        assert name == "pytest" or '__name__ == "__main__"' in Path(str(found.origin)).read_text(encoding="utf-8"), name
    for tool in re.findall(r"`\.venv/bin/(\w+)", MAP):
        assert Path(sys.executable).with_name(tool).exists(), tool
    for script in re.findall(r"`(\.ci/\w+)`", MAP):
        assert os.access(ROOT / script, os.X_OK), script


def test_every_command_of_a_chat_in_the_readme_exists() -> None:
    named = set(re.findall(r"`(/[a-z]+)", README.partition("## Articles and the index")[0]))
    assert {"/help", "/source", "/watch"} <= named <= set(NAMES)


def completed(environment: dict[str, str], shell: str, typed: str) -> str:
    """What a shell's completion gets for a line that is typed in part."""
    script = Path(sys.executable).with_name("presscheck")
    asked = {"_PRESSCHECK_COMPLETE": f"complete_{shell}", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    asked |= {"_TYPER_COMPLETE_ARGS": typed, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = subprocess.run([script], capture_output=True, text=True, env=environment | asked, timeout=60)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands(environment: dict[str, str], shell: str) -> None:
    assert "conflicts" in completed(environment, shell, "presscheck conf")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_what_the_index_knows(shipped: Command, environment: dict[str, str], shell: str) -> None:
    assert callable(shipped)
    assert "the-next-web" in completed(environment, shell, "presscheck ask --source the")
    assert "the-next-web" in completed(environment, shell, "presscheck index remove the")
    assert "Humanitys-Last-Exam" in completed(
        environment, shell, "presscheck facts --benchmark Hum"
    )  # one word, no quotes
    assert shipped("facts", "--benchmark", "Humanitys-Last-Exam").status == 0
    assert "Claude-Opus-4.6" in completed(environment, shell, "presscheck facts --model Cl")
    nowhere = environment | {"PRESSCHECK_INDEX": "/nowhere/at/all"}
    assert "the" not in completed(nowhere, shell, "presscheck ask --source the")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_itself_completes(environment: dict[str, str], tmp_path: Path) -> None:
    folder = Path(sys.executable).parent
    typed = """
        presscheck --install-completion >&2 && source ~/.bashrc
        COMP_WORDS=(presscheck ask --mark); COMP_CWORD=2
        $(complete -p presscheck | sed 's/.*-F \\([^ ]*\\).*/\\1/') presscheck --mark ask; echo "${COMPREPLY[@]}"
    """
    own = environment | {"HOME": str(tmp_path), "PATH": f"{folder}:{environment['PATH']}"}
    done = subprocess.run(["bash", "-c", typed], capture_output=True, text=True, env=own, timeout=60)
    assert done.stdout.strip() == "--markdown", done.stderr


def test_the_map_names_every_room() -> None:
    table = "\n".join(line for line in MAP.splitlines() if line.startswith("| `"))
    rooms = set(re.findall(r"`(?:index/|bot/)?([a-z_]+(?:\.py|/))`", table))
    files = [
        path for folder in ("index", "bot") for path in (ROOT / folder).iterdir() if not path.name.startswith("__")
    ]
    names = {f"{path.name}/" if path.is_dir() else path.name for path in files if path.suffix != ".typed"}
    assert names == rooms
