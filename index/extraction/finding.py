"""What a reader of tables or sentences finds: a number with its names, its setting and its place."""

from typing import NamedTuple

from index.extraction.number import Number


class Finding(NamedTuple):
    """text[start:end] says that `model` has `number` on `benchmark`; the number itself stands at `at`."""

    benchmark: str
    model: str
    number: Number
    setting: str | None
    start: int
    end: int
    at: int
