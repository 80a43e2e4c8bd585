"""The documents tell the truth."""

import re
import shlex
from pathlib import Path

from bot.settings import Settings
from tests.conftest import Command

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
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


def test_the_transcript_is_what_the_command_prints(shipped: Command) -> None:
    transcript = next(block for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL) if "ask" in block)
    for part in transcript.split("$ ")[1:]:
        command, _, printed = part.partition("\n")
        out = shipped(*shlex.split(command)[1:]).out
        # A transcript may leave out the end of a refusal, nothing of an answer.
        assert out == printed or (printed.startswith("Not in") and out.startswith(printed)), command


def test_the_settings_table_is_the_settings() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+) \|$", README, re.MULTILINE)
    fields = Settings.model_fields.items()
    assert rows == [
        (str(field.validation_alias or f"PRESSCHECK_{name.upper()}"), field.description) for name, field in fields
    ]


def test_the_map_names_every_room() -> None:
    table = "\n".join(line for line in MAP.splitlines() if line.startswith("| `"))
    rooms = set(re.findall(r"`(?:index/|bot/)?([a-z_]+(?:\.py|/))`", table))
    files = [
        path for folder in ("index", "bot") for path in (ROOT / folder).iterdir() if not path.name.startswith("__")
    ]
    names = {f"{path.name}/" if path.is_dir() else path.name for path in files if path.suffix != ".typed"}
    assert names == rooms
