"""A benchmark result: one number that an article states, with the place where it stands."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Origin = Literal["vendor", "independent", "press"]


class BenchmarkResult(BaseModel):
    """One stated number. `start` and `end` count Unicode characters in the article's text; `quote` is that stretch.

    `unit` is "%", "score", "elo", "tokens", "points" …; `value` is the number as a float (58 million is 58000000.0).
    `setting` is what the number holds under ("with tools", "Contemplating", "v4.0"), None where none is stated.
    `approximate` is True for "roughly 76%" or "~76". `reported_by` is whom the article credits, None for nobody.
    `higher_is_better` is what the article says of this number or its measure's name means, None where neither does.
    """

    model_config = ConfigDict(frozen=True)

    benchmark: str
    model: str
    value: float
    unit: str
    setting: str | None
    approximate: bool
    source: str
    reported_by: str | None
    origin: Origin
    start: int
    end: int
    quote: str
    higher_is_better: bool | None = None
