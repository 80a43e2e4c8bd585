"""An answer's numbers in → bars in a terminal, out."""

from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from bot.answer import Answer
from bot.chart import chart_bars
from bot.errors import BotError
from bot.fact_table import DISPUTED, odd_values
from index import Article

FULL, PARTS = "█", " ▏▎▍▌▋▊▉"
NUMBER_ROOM = 14  # columns right of the longest bar


def show_bars(console: Console, answer: Answer, articles: Mapping[str, Article]) -> None:
    """The first benchmark's numbers, greatest on top, each with its sources. Raises BotError where there are none."""
    if not answer.facts:
        raise BotError("there are no benchmark results in this answer to draw. Ask for a comparison of models.")
    benchmark = answer.facts[0].benchmark
    bars = chart_bars([fact for fact in answer.facts if fact.benchmark == benchmark], articles)
    longest = max(abs(bar.value) for bar in bars) or 1.0
    room = max(min(console.width, 100) - NUMBER_ROOM - 2, 8)
    disputed = {fact.model: odd_values(fact.model, benchmark, answer) for fact in answer.facts}
    console.print(Text(benchmark, style="heading"))
    for bar in bars:
        console.print(Text(f"  {bar.model}"))
        odd = any(bar.model.startswith(model) and bar.value in values for model, values in disputed.items())
        style, sign = ("bar.odd", f" {DISPUTED}") if odd else ("bar", "")
        console.print(Text.assemble("  ", (_drawn(max(bar.value, 0.0) / longest * room), style), f" {bar.label}{sign}"))
        console.print(Text(f"  {bar.sources}", style="quiet"))


def _drawn(length: float) -> str:
    whole = int(length)
    return f"{FULL * whole}{PARTS[int((length - whole) * len(PARTS))]}".rstrip() or PARTS[1]
