"""What a reader of tables or sentences finds: a number with its names, its setting and its place."""

from typing import NamedTuple

from index.extraction.number import Number


class Finding(NamedTuple):
    """text[start:end] says that `model` has `number` on `benchmark`; the number itself stands at `at`.

    `higher_is_better` is what is said beside the number. `reported_by` is whom its row credits: "" for nobody, None
    where the row doesn't speak of it.
    """

    benchmark: str
    model: str
    number: Number
    setting: str | None
    start: int
    end: int
    at: int
    higher_is_better: bool | None = None
    reported_by: str | None = None
