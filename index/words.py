"""Texts in → which of them share a question's words (BM25), out. Home of bm25s and PyStemmer."""

import logging
import math
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import bm25s
import numpy as np
import Stemmer

K1, B = 1.2, 0.75  # Robertson and Zaragoza, The Probabilistic Relevance Framework (2009): the usual values
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
SUPERSCRIPT = str.maketrans("²³", "23")


class Match(NamedTuple):
    """A text's number and its BM25 score."""

    number: int
    score: float


def terms(text: str) -> list[str]:
    """The words of a text as they are compared: case folded, stemmed, numbers without thousands separators."""
    plain = unicodedata.normalize("NFKC", text.translate(SUPERSCRIPT)).casefold()
    found = [re.sub(r",(?=\d{3})", "", word) for word in WORD.findall(plain)]
    stems: list[str] = Stemmer.Stemmer("english").stemWords(found)
    return stems


class WordIndex:
    """BM25 in Lucene's form (Kamphuis et al., Which BM25 Do You Mean?, 2020) over a list of texts."""

    def __init__(self, ranking: "bm25s.BM25") -> None:
        self._ranking = ranking

    @classmethod
    def of(cls, texts: Sequence[str]) -> "WordIndex":
        """Index texts; a text's number is its place in the sequence."""
        vocabulary: dict[str, int] = {}
        ids = [[vocabulary.setdefault(term, len(vocabulary)) for term in terms(text)] for text in texts]
        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it tells of every step otherwise
        ranking = bm25s.BM25(k1=K1, b=B, method="lucene")
        ranking.index(bm25s.tokenization.Tokenized(ids=ids, vocab=vocabulary), show_progress=False)
        return cls(ranking)

    @classmethod
    def load(cls, folder: Path) -> "WordIndex":
        """Read what `save` wrote, mapped into memory rather than read."""
        return cls(bm25s.BM25.load(str(folder), mmap=True))

    def save(self, folder: Path) -> None:
        """Write to a folder."""
        self._ranking.save(str(folder), show_progress=False)

    def known(self, term: str) -> bool:
        """Does any text hold this term (as `terms` gives it)?"""
        return term in self._ranking.vocab_dict

    def rarity(self, term: str) -> float:
        """How telling a term (as `terms` gives it) is: its inverse document frequency, in Lucene's form."""
        scores = self._ranking.scores
        total = int(scores["num_docs"])
        number = self._ranking.vocab_dict.get(term)
        having = 0 if number is None else int(scores["indptr"][number + 1] - scores["indptr"][number])
        return math.log(1 + (total - having + 0.5) / (having + 0.5))

    def search(self, question: str, count: int) -> list[Match]:
        """The `count` texts that share the question's words best, best first, ties by number; none that share none."""
        ids = [self._ranking.vocab_dict[term] for term in terms(question) if self.known(term)]
        if not ids:
            return []
        scores = self._ranking.get_scores_from_ids(ids)
        numbers = np.flatnonzero(scores > 0)
        best = sorted(numbers.tolist(), key=lambda number: (-scores[number], number))[:count]
        return [Match(number, float(scores[number])) for number in best]
