"""A number with the names that belong to it, as a reader of one shape of text found it."""

from typing import NamedTuple

from index.extraction.number import Number


class Finding(NamedTuple):
    """`start` and `end` are the quote's place in the article, `at` the number's."""

    benchmark: str
    model: str
    number: Number
    setting: str | None
    start: int
    end: int
    at: int
