"""Answers as a phone shows them: python -m tests.pictures FOLDER QUESTION… draws each in headless Chromium.

A rich message and its classic form, 390 pixels wide, by day and by night. Telegram's own apps draw somewhat otherwise;
it is for looking at what is too wide, too long, or hard to read.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from bot.answer import Answer
from bot.desk import Desk
from bot.message import answer_parts
from bot.rich import rich_message
from bot.settings import Settings

STYLE = """
:root { --back: #d5e3d0; --bubble: #fff; --text: #000; --link: #168acd; --line: #d4d8dc; --soft: #f3f5f7;
  --mark: #fff1b8 }
.night { --back: #0e1621; --bubble: #182533; --text: #f5f5f5; --link: #6ab3f3; --line: #2f4052; --soft: #1f2f40;
  --mark: #6b5610 }
body { margin: 0; padding: 10px; width: 370px; background: var(--back); color: var(--text);
  font: 16px/1.32 Roboto, "Noto Sans", "DejaVu Sans", sans-serif }
.bubble { background: var(--bubble); border-radius: 14px; padding: 8px 12px; max-width: 330px; margin-bottom: 8px;
  overflow-wrap: anywhere }
.classic { white-space: pre-wrap }
p { margin: 0 0 8px } a { color: var(--link); text-decoration: none } mark { background: var(--mark); color: inherit }
.wide { overflow-x: auto; margin: 0 -4px 8px } table { border-collapse: collapse; font-size: 14px }
caption { text-align: left; font-weight: 600; padding: 2px 4px 4px; white-space: nowrap }
th, td { border: 1px solid var(--line); padding: 4px 7px; overflow-wrap: normal }
tr:nth-child(even) { background: var(--soft) }
footer { font-size: 14px; border-top: 1px solid var(--line); padding-top: 6px; margin-bottom: 8px; opacity: .85 }
tg-reference { display: inline-block } details { font-size: 14px; margin-bottom: 4px } summary { color: var(--link) }
blockquote { margin: 4px 0; padding: 2px 8px; border-left: 3px solid var(--link); background: var(--soft);
  border-radius: 4px; font-size: 14px } pre { margin: 0; padding: 4px 6px; background: var(--soft); border-radius: 4px;
  font: 13px/1.35 "Roboto Mono", "DejaVu Sans Mono", monospace; white-space: pre; overflow-x: auto }
"""


def page(bubbles: list[str], kind: str, night: bool) -> str:
    """A chat with these messages."""
    shown = "".join(f'<div class="bubble {kind}">{bubble}</div>' for bubble in bubbles)
    body = f'<body class="{"night" if night else "day"}">{shown}</body>'
    return f'<!doctype html><html><meta charset="utf-8"><style>{STYLE}</style>{body}</html>'


def draw(source: str, picture: Path) -> None:
    """A page → a PNG, as high as the page."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "Chromium is not installed"
    file = picture.with_suffix(".html")
    file.write_text(source, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2"]
    subprocess.run(
        [chromium, *options, "--window-size=390,1600", f"--screenshot={picture}", file.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def classic(answer: Answer) -> list[str]:
    """The messages of the classic form; a quote or a table ends its line by itself."""
    return [re.sub(r"(</(?:blockquote|pre)>)\n", r"\1", part.html) for part in answer_parts(answer)]


def main() -> None:
    """Draw each question's answer in four ways."""
    folder, questions = Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings()
    desk = Desk(settings.index_folder(), settings.cache, settings.corpus)
    for number, question in enumerate(questions, 1):
        answer = desk.answer(question)
        rich = rich_message(answer) or "no rich message holds it"
        rich = rich.replace("<table", '<div class="wide"><table').replace("</table>", "</table></div>")
        forms = {"rich": [rich], "opened": [rich.replace("<details", "<details open")], "classic": classic(answer)}
        for kind, bubbles in forms.items():
            for night in (False, True):
                draw(page(bubbles, kind, night), folder / f"{number}-{kind}-{'night' if night else 'day'}.png")


if __name__ == "__main__":
    main()
