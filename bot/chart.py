"""An answer in → a bar chart of its numbers as PNG or SVG, out. Home of matplotlib."""

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Literal, NamedTuple

from bot.answer import Answer, Fact
from bot.citation import source_name
from bot.errors import BotError
from bot.written import listed, written
from index import Article

Format = Literal["png", "svg"]
WIDTH = 4.5  # inches at 240 dots: 1,080 pixels, a phone's width
ROW = 0.62  # inches a bar, with room for its two lines of words
LINE = 93  # characters of sources below a bar
LONGEST_NAME = 21  # characters where sources are many, so that four fit on a line
COLOURS = ("#2a6fdb", "#9db8e8")  # the number that most sources give, and others


class Bar(NamedTuple):
    """One number of one model, with the sources that state it."""

    model: str
    value: float
    label: str
    sources: str
    is_usual: bool


def _keep_fonts_in_the_cache() -> None:
    """Matplotlib writes its list of fonts where the rest of the cache is, and doesn't speak of it."""
    from bot.settings import fonts_folder

    os.environ.setdefault("MPLCONFIGDIR", str(fonts_folder()))
    logging.getLogger("matplotlib").setLevel(logging.ERROR)


def draw_chart(answer: Answer, articles: Mapping[str, Article], form: Format) -> bytes:
    """The first benchmark's numbers, best on top, each with its sources. Raises BotError where there are none."""
    heading, bars = chart_bars(answer, articles)
    return _drawn(heading, bars, form)


def chart_bars(answer: Answer, articles: Mapping[str, Article], room: int | None = LINE) -> tuple[str, tuple[Bar, ...]]:
    """The first benchmark with its direction, and a bar for each number that differs, best first.

    Sources' names are cut where all of them have more than `room` characters. Raises BotError without results.
    """
    if not answer.facts:
        raise BotError("there are no benchmark results in this answer to draw. Ask for a comparison of models.")
    benchmark = answer.facts[0].benchmark
    up = answer.higher_is_better.get(benchmark)
    bars = _bars([fact for fact in answer.facts if fact.benchmark == benchmark], articles, room)
    way = "" if up is None else f" ({'higher' if up else 'lower'} is better)"
    return f"{benchmark}{way}", tuple(
        sorted(bars, key=lambda bar: (bar.value if up is False else -bar.value, bar.model))
    )


def _bars(facts: Sequence[Fact], articles: Mapping[str, Article], room: int | None) -> Iterator[Bar]:
    stated: dict[tuple[str, float, str | None], list[Fact]] = {}
    for fact in facts:
        stated.setdefault((fact.model, fact.value, fact.setting), []).append(fact)
    most = {model: max(len(same) for (name, _, _), same in stated.items() if name == model) for model, _, _ in stated}
    for (model, value, setting), same in stated.items():
        names = list(dict.fromkeys(source_name(articles[fact.source]) for fact in same))
        yield Bar(
            model=f"{model} ({setting})" if setting else model,
            value=value,
            label=written(same[0]),
            sources=_within(names, room),
            is_usual=len(same) == most[model],
        )


def _drawn(heading: str, bars: Sequence[Bar], form: Format) -> bytes:
    _keep_fonts_in_the_cache()
    import matplotlib as mpl  # a second to import, and few answers are drawn
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "presscheck", "svg.fonttype": "none", "font.size": 8}):
        figure = Figure(figsize=(WIDTH, 0.7 + ROW * len(bars)), dpi=240, layout="constrained")
        axes = figure.add_subplot()
        places = range(len(bars))
        colours = [COLOURS[0] if bar.is_usual else COLOURS[1] for bar in bars]
        axes.barh(places, [bar.value for bar in bars], height=0.38, color=colours)
        top = max((abs(bar.value) for bar in bars), default=1.0) or 1.0
        for place, bar in zip(places, bars, strict=True):
            axes.text(0, place - 0.27, bar.model, ha="left", va="bottom", fontweight="bold")
            axes.text(bar.value + top * 0.015, place, bar.label, ha="left", va="center")
            axes.text(0, place + 0.24, bar.sources, ha="left", va="top", fontsize=6, color="#555555")
        axes.set(xlim=(0, top * 1.22), ylim=(len(bars) - 0.4, -0.75))
        axes.set_title(heading, loc="left", fontweight="bold", fontsize=9)
        axes.axis("off")
        buffer = BytesIO()
        figure.savefig(buffer, format=form, metadata={"Date": None} if form == "svg" else {"Software": None})
    return buffer.getvalue()


def _within(names: Sequence[str], room: int | None) -> str:
    whole = listed(names)
    return whole if room is None or len(whole) <= room else listed([_short(name) for name in names])


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
