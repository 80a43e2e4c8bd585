"""An answer's numbers in → bars in a terminal, out."""

from collections.abc import Mapping

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.answer import Answer
from bot.chart import chart_bars
from bot.disagreement import odd_values
from bot.fact_table import DISPUTED
from index import Article

FULL, PARTS = "█", " ▏▎▍▌▋▊▉"
NUMBER_ROOM = 14  # columns right of the longest bar


def show_bars(console: Console, answer: Answer, articles: Mapping[str, Article]) -> None:
    """The first benchmark's numbers, best on top, each with its sources. Raises BotError where there are none."""
    heading, bars = chart_bars(answer, articles, room=None)
    longest = max(abs(bar.value) for bar in bars) or 1.0
    room = max(min(console.width, 100) - NUMBER_ROOM - 2, 8)
    benchmark = answer.facts[0].benchmark
    disputed = {
        fact.model: odd_values(fact.model, benchmark, answer.disagreements)
        for fact in answer.facts
        if fact.benchmark == benchmark
    }
    console.print(Text(heading, style="heading"))
    for bar in bars:
        console.print(Text(f"  {bar.model}"))
        odd = any(
            f"{bar.model} (".startswith(f"{model} (") and bar.value in values for model, values in disputed.items()
        )
        style, sign = ("bar.odd", f" {DISPUTED}") if odd else ("bar", "")
        console.print(Text.assemble("  ", (_drawn(max(bar.value, 0.0) / longest * room), style), f" {bar.label}{sign}"))
        console.print(Padding(Text(bar.sources, style="quiet"), (0, 0, 0, 2), expand=False))


def _drawn(length: float) -> str:
    whole = int(length)
    return f"{FULL * whole}{PARTS[int((length - whole) * len(PARTS))]}".rstrip() or PARTS[1]
