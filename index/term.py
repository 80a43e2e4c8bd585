"""A text in → its words as they are compared, out. Home of PyStemmer."""

import re
import unicodedata
from functools import lru_cache

import Stemmer

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
THOUSANDS = re.compile(r",(?=\d{3})")


def terms(text: str) -> list[str]:
    """The words of a text as they are compared: case folded, stemmed, numbers without thousands separators."""
    plain = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return [_term(word) for word in WORD.findall(plain)]


@lru_cache(maxsize=20_000)  # a question looks at hundreds of sentences, whose words come again and again
def _term(word: str) -> str:
    stem: str = Stemmer.Stemmer("english").stemWord(THOUSANDS.sub("", word))
    return stem
