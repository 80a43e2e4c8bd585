"""The README's generated parts: transcripts and the settings table. `python -m tests.readme` writes them anew."""

import os
import re
import shlex
from pathlib import Path

from bot.desk import Desk
from bot.message import answer_parts
from bot.settings import BotSettings, Settings
from tests.terminal import Terminal

README = Path(__file__).resolve().parent.parent / "README.md"
COLUMNS = 100
ASKED = "opus 4.6 on healthbench hard"
TRANSCRIPT = re.compile(r"(?<=```console\n)\$ presscheck ask .*?(?=```)", re.DOTALL)
TELEGRAM = re.compile(r"(?<=```text\n)You: .*?(?=```)", re.DOTALL)
SETTINGS = re.compile(r"(?<=\| variable \| meaning \|\n\|---\|---\|\n)(?:\|.*\n)+")


def transcript(commands: list[str], environment: dict[str, str]) -> str:
    """What a terminal shows after each command."""
    shown = []
    for command in commands:
        terminal = Terminal(environment, COLUMNS, 60, *shlex.split(command)[1:])
        terminal.end()
        shown.append(f"$ {command}\n{terminal.text()}\n")
    return "\n".join(shown)


def telegram(desk: Desk) -> str:
    """What a classic message of the bot says."""
    return f"You: {ASKED}\n\n" + "\n\n".join(part.plain for part in answer_parts(desk.answer(ASKED))) + "\n"


def settings_table() -> str:
    """A row for each setting."""
    return "".join(
        f"| `{field.validation_alias or f'PRESSCHECK_{name.upper()}'}` | {field.description} |\n"
        for name, field in (Settings.model_fields | BotSettings.model_fields).items()
    )


def commands_of(text: str) -> list[str]:
    """The commands of the transcript."""
    return re.findall(r"^\$ (presscheck ask .*)$", TRANSCRIPT.findall(text)[0], re.MULTILINE)


def main() -> None:
    """Write the README's generated parts, from the index of the corpus that ships."""
    text = README.read_text(encoding="utf-8")
    settings = Settings()
    desk = Desk(settings.index_folder(), settings.cache, settings.corpus)
    plain = dict(os.environ) | {"NO_COLOR": "1", "TERM": "xterm", "PAGER": "cat", "LC_ALL": "C.UTF-8"}
    shown = transcript(commands_of(text), plain)
    for pattern, new in ((TRANSCRIPT, shown), (TELEGRAM, telegram(desk)), (SETTINGS, settings_table())):
        text = pattern.sub(lambda _, new=new: new, text, count=1)  # type: ignore[misc]
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
