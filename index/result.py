"""A benchmark result: one number that an article states, with the place where it stands."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from index.sanitize import label

LONGEST_NAME = 200  # characters of a benchmark's, model's or reporter's name, or of a setting
Name = Annotated[str, AfterValidator(lambda name: label(name, LONGEST_NAME))]
Origin = Literal["vendor", "independent", "press"]


class BenchmarkResult(BaseModel):
    """One stated number. `start` and `end` count Unicode characters in the article's text; `quote` is that stretch.

    `unit` is "%", "score", "elo", "tokens", "points" …; `value` is the number as a float (58 million is 58000000.0).
    `setting` is what the number holds under ("with tools", "Contemplating", "v4.0"), None where none is stated.
    `approximate` is True for "roughly 76%" or "~76". `reported_by` is whom the article credits, None for nobody.
    `higher_is_better` is what the article says of this number or its measure's name means, None where neither does.
    """

    model_config = ConfigDict(frozen=True)

    benchmark: Name
    model: Name
    value: float
    unit: str
    setting: Name | None
    approximate: bool
    source: str
    reported_by: Name | None
    origin: Origin
    start: int
    end: int
    quote: str
    higher_is_better: bool | None = None
