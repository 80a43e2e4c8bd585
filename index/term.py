"""A text in → its words as they are compared, out. Home of PyStemmer."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

import Stemmer

TERMS = 2  # raised when the same text gives other terms, so that indexes are made anew
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
THOUSANDS = re.compile(r",(?=\d{3})")
# "14.3 billion", "$14.3bn" and "14,300 million" are the same number.
MAGNITUDE = re.compile(
    r"(?<![\w.,])(\d{1,9}(?:,\d{3}){0,4}(?:\.\d{1,6})?)"
    r"(?:[ -]?(thousand|million|billion|trillion|bn|mn|mln|tn)|([kmb]))\b"
)
MAGNITUDES = {
    **dict.fromkeys(("k", "thousand"), ("thousand", 3)),
    **dict.fromkeys(("m", "mn", "mln", "million"), ("million", 6)),
    **dict.fromkeys(("b", "bn", "billion"), ("billion", 9)),
    **dict.fromkeys(("tn", "trillion"), ("trillion", 12)),
}
SPELT = dict(
    zip(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        map(str, range(2, 13)),
        strict=True,
    )
)


def terms(text: str) -> list[str]:
    """The words of a text as they are compared: case folded, stemmed, numbers in one form however they are written."""
    plain = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return [_term(word) for word in WORD.findall(MAGNITUDE.sub(_written_out, plain))]


@lru_cache(maxsize=20_000)  # a question looks at hundreds of sentences, whose words come again and again
def _term(word: str) -> str:
    stem: str = Stemmer.Stemmer("english").stemWord(THOUSANDS.sub("", word))
    return SPELT.get(word, stem)


def _written_out(number: re.Match[str]) -> str:
    """14.3bn → 14.3 billion 14300000000."""
    word, zeros = MAGNITUDES[number[2] or number[3]]
    return f" {number[1]} {word} {int(Decimal(number[1].replace(',', '')).scaleb(zeros))} "
