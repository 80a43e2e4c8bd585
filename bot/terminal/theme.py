"""The terminal and the chosen theme in → a console that knows the styles of an answer's parts, out."""

import os
from typing import Literal

from rich.console import Console
from rich.theme import Theme

ThemeName = Literal["auto", "dark", "light"]
NARROWEST = 20  # columns; a terminal that reports fewer has not been laid out yet

# The sixteen colours that a terminal's own palette defines, so that its owner's contrast holds. What is less important
# is dim and not bright black, which some palettes make the background.
STYLES: dict[str, dict[str, str]] = {
    "dark": {
        "conclusion": "bold", "heading": "bold bright_cyan", "mark": "cyan", "disputed": "bold bright_red",
        "quiet": "dim", "refusal": "bold bright_yellow", "quote": "bold", "column": "dim",
        "error": "bright_red", "bar": "bright_blue", "bar.odd": "bright_red", "found": "bold black on bright_yellow",
    },
    "light": {
        "conclusion": "bold", "heading": "bold blue", "mark": "blue", "disputed": "bold red",
        "quiet": "dim", "refusal": "bold magenta", "quote": "bold", "column": "dim",
        "error": "red", "bar": "blue", "bar.odd": "red", "found": "bold black on yellow",
    },
}  # fmt: skip


def make_console(name: ThemeName = "auto", stderr: bool = False, plain_width: int | None = None) -> Console:
    """A console for stdout or stderr; `plain_width` is its width where it is not a terminal."""
    console = Console(theme=Theme(STYLES[resolved(name)]), stderr=stderr, highlight=False)
    if not console.is_terminal and plain_width is not None:
        console.width = plain_width
    if console.width < NARROWEST:
        console.width = NARROWEST
    return console


def resolved(name: ThemeName) -> Literal["dark", "light"]:
    """The theme by name; `auto` follows COLORFGBG, by which many terminals tell their background, and is else dark."""
    if name != "auto":
        return name
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return "light" if background in ("7", "15") else "dark"
