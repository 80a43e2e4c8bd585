"""Texts in → which of them share a question's words (BM25), out.

Postings are arrays that are mapped into memory: a search reads those of its own words only, and of frequent words only
the few entries that can still change the order, so its cost grows slower than the texts.
"""

import itertools
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.array import map_array, save_arrays
from index.term import terms

K1, B = 1.2, 0.75  # Robertson and Zaragoza, The Probabilistic Relevance Framework (2009): the usual values
MOST = np.iinfo(np.uint16).max
SLACK = 1e-4  # of a score: more than float32 loses in a sum of a question's words

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


class Match(NamedTuple):
    """A text's number and its BM25 score."""

    number: int
    score: float


class TermCounts(NamedTuple):
    """The terms of texts: text n has those with numbers ids[starts[n]:starts[n + 1]] in the vocabulary, so often."""

    vocabulary: Sequence[str]
    starts: Numbers
    ids: NDArray[np.int32]
    counts: NDArray[np.uint16]

    def part(self, first: int, last: int) -> "TermCounts":
        """Those of the texts from `first` to before `last`."""
        start, end = self.starts[first], self.starts[last]
        return self._replace(
            starts=self.starts[first : last + 1] - start, ids=self.ids[start:end], counts=self.counts[start:end]
        )


def count_terms(texts: Sequence[str]) -> TermCounts:
    """How often each term is in each text."""
    vocabulary: dict[str, int] = {}
    starts: list[int] = [0]
    ids: list[int] = []
    counts: list[int] = []
    for text in texts:
        counted = Counter(terms(text))
        ids.extend(vocabulary.setdefault(term, len(vocabulary)) for term in counted)
        counts.extend(min(count, MOST) for count in counted.values())
        starts.append(len(ids))
    return TermCounts(
        tuple(vocabulary), np.array(starts, np.int64), np.array(ids, np.int32), np.array(counts, np.uint16)
    )


class WordIndex:
    """BM25 in Lucene's form (Kamphuis et al., Which BM25 Do You Mean?, 2020) over a list of texts."""

    def __init__(self, vocabulary: Sequence[str], arrays: dict[str, NDArray[Any]]) -> None:
        self._vocabulary = vocabulary
        self._starts, self._texts, self._counts = arrays["starts"], arrays["texts"], arrays["counts"]
        self._lengths, self._tops = arrays["lengths"], arrays["tops"]
        self._average = float(np.mean(self._lengths)) if np.any(self._lengths) else 1.0

    @classmethod
    def of(cls, parts: Sequence[TermCounts]) -> "WordIndex":
        """Index texts that come in parts; a text's number is its place in all of them."""
        vocabulary, ids = _united(parts)
        sizes = [np.diff(part.starts) for part in parts]
        texts = np.repeat(np.arange(sum(map(len, sizes)), dtype=np.int32), _joined(sizes, np.int64))
        counts = _joined([part.counts for part in parts], np.uint16)
        order = _order(ids)
        starts = np.zeros(len(vocabulary) + 1, np.int64)
        np.cumsum(np.bincount(ids, minlength=len(vocabulary)), out=starts[1:])
        lengths = np.bincount(texts, weights=counts, minlength=sum(map(len, sizes))).astype(np.int32)
        arrays: dict[str, NDArray[Any]] = {"starts": starts, "texts": texts[order], "counts": counts[order]}
        index = cls(vocabulary, arrays | {"lengths": lengths, "tops": np.empty(0, np.float32)})
        index._tops = index._highest()
        return index

    def _highest(self) -> Floats:
        """The highest score that any text has for each term."""
        having = np.diff(self._starts)
        rarity = np.log(1 + (len(self._lengths) - having + 0.5) / (having + 0.5)).astype(np.float32)
        counts = self._counts.astype(np.float32)
        counts /= counts + self._norms(self._texts)
        highest: Floats = np.maximum.reduceat(counts, self._starts[:-1]) * rarity if len(counts) else rarity
        return highest

    @classmethod
    def load(cls, folder: Path) -> "WordIndex":
        """Read what `save` wrote, mapped into memory rather than read."""
        names = ("starts", "texts", "counts", "lengths", "tops")
        arrays = {name: map_array(folder / f"{name}.npy") for name in names}
        return cls(_Vocabulary.load(folder), arrays)

    def save(self, folder: Path) -> None:
        """Write to a new folder."""
        folder.mkdir()
        for name in ("starts", "texts", "counts", "lengths", "tops"):
            save_arrays(folder / f"{name}.npy", [getattr(self, f"_{name}")])
        _Vocabulary.save(folder, self._vocabulary)

    def term_counts(self) -> TermCounts:
        """What it was made of."""
        order = _order(self._texts)
        ids = np.repeat(np.arange(len(self._vocabulary), dtype=np.int32), np.diff(self._starts))
        starts = np.zeros(len(self._lengths) + 1, np.int64)
        np.cumsum(np.bincount(self._texts, minlength=len(self._lengths)), out=starts[1:])
        return TermCounts(tuple(self._vocabulary), starts, ids[order], self._counts[order])

    def known(self, term: str) -> bool:
        """Does any text hold this term (as `terms` gives it)?"""
        return self._number(term) is not None

    def rarity(self, term: str) -> float:
        """How telling a term (as `terms` gives it) is: its inverse document frequency, in Lucene's form."""
        number = self._number(term)
        return self._rarity(0 if number is None else int(self._starts[number + 1] - self._starts[number]))

    def search(self, question: str, count: int, among: NDArray[np.bool_] | None = None) -> list[Match]:
        """The `count` texts that share the question's words best, best first, ties by number; none that share none.

        Only texts whose number is true in `among`, where it is given.
        """
        asked = Counter(number for number in map(self._number, terms(question)) if number is not None)
        # Rare words first: what frequent ones can still add soon is too little to bring up a text without a rare one.
        order = sorted(asked, key=lambda number: (int(self._starts[number + 1] - self._starts[number]), number))
        gains = [asked[number] * float(self._tops[number]) for number in order]
        scores = np.zeros(len(self._lengths), np.float32)
        seen = np.empty(0, np.int64)
        for place, number in enumerate(order):
            enough = _kth(scores[seen], count)
            left = sum(gains[place:])
            if enough > left + SLACK:
                seen = seen[scores[seen] >= enough - left - SLACK]
                self._add_to(seen, number, asked[number], scores)
            else:
                seen = self._add(seen, number, asked[number], scores, among)
        best = np.lexsort((seen, -scores[seen]))[:count]
        return [Match(int(number), float(scores[number])) for number in seen[best]]

    def _add(self, seen: Numbers, number: int, weight: int, scores: Floats, among: NDArray[np.bool_] | None) -> Numbers:
        """Add a term's scores to all texts that have it; returns the texts seen so far."""
        place = slice(self._starts[number], self._starts[number + 1])
        texts = np.asarray(self._texts[place])
        added = weight * self._scores(number, place)
        if among is not None:
            texts, added = texts[among[texts]], added[among[texts]]
        fresh = texts[scores[texts] == 0]
        scores[texts] += added
        return np.concatenate([seen, fresh])

    def _add_to(self, seen: Numbers, number: int, weight: int, scores: Floats) -> None:
        """Add a term's scores to those of these texts that have it."""
        first, last = int(self._starts[number]), int(self._starts[number + 1])
        places = first + np.searchsorted(self._texts[first:last], seen.astype(np.int32))
        inside = places < last
        having = np.zeros(len(seen), np.bool_)
        having[inside] = self._texts[places[inside]] == seen[inside]
        scores[seen[having]] += weight * self._scores(number, places[having])

    def _scores(self, number: int, places: slice | Numbers) -> Floats:
        counts = self._counts[places].astype(np.float32)
        norms = self._norms(self._texts[places])
        rarity = self._rarity(int(self._starts[number + 1] - self._starts[number]))
        found: Floats = (rarity * counts / (counts + norms)).astype(np.float32)
        return found

    def _norms(self, texts: NDArray[np.int32]) -> Floats:
        lengths = self._lengths[texts].astype(np.float32)
        found: Floats = np.float32(K1 * (1 - B)) + np.float32(K1 * B / self._average) * lengths
        return found

    def _rarity(self, having: int) -> float:
        return math.log(1 + (len(self._lengths) - having + 0.5) / (having + 0.5))

    def _number(self, term: str) -> int | None:
        place = bisect_left(self._vocabulary, term)
        return place if place < len(self._vocabulary) and self._vocabulary[place] == term else None


class _Vocabulary(Sequence[str]):
    """Sorted terms in two files that are mapped: their letters, and where each begins. Few are ever read."""

    def __init__(self, letters: NDArray[np.uint8], starts: Numbers) -> None:
        self._letters, self._begins = letters, starts

    @classmethod
    def load(cls, folder: Path) -> "_Vocabulary":
        letters, starts = (map_array(folder / name) for name in cls._files())
        return cls(letters, starts)

    @classmethod
    def save(cls, folder: Path, vocabulary: Sequence[str]) -> None:
        words = [term.encode() for term in vocabulary]
        starts = np.zeros(len(words) + 1, np.int64)
        np.cumsum([len(word) for word in words], out=starts[1:])
        letters, begins = cls._files()
        save_arrays(folder / letters, [np.frombuffer(b"".join(words), np.uint8)])
        save_arrays(folder / begins, [starts])

    @staticmethod
    def _files() -> tuple[str, str]:
        return "letters.npy", "begins.npy"

    def __len__(self) -> int:
        return len(self._begins) - 1

    def __getitem__(self, number: Any) -> Any:
        return self._letters[self._begins[number] : self._begins[number + 1]].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        letters = self._letters.tobytes()
        begins = self._begins.tolist()
        return (letters[begin:end].decode() for begin, end in itertools.pairwise(begins))


def _united(parts: Sequence[TermCounts]) -> tuple[list[str], NDArray[np.int32]]:
    """The terms that occur in any part, sorted, and the parts' ids as numbers in these."""
    vocabularies = {id(part.vocabulary): part.vocabulary for part in parts}
    place = {term: n for n, term in enumerate(sorted({term for each in vocabularies.values() for term in each}))}
    maps = {key: np.array([place[term] for term in each], np.int32) for key, each in vocabularies.items()}
    ids = _joined([maps[id(part.vocabulary)][part.ids] for part in parts if len(part.ids)], np.int32)
    used = np.bincount(ids, minlength=len(place)) > 0  # a carried vocabulary may hold terms of texts that are gone
    numbers = np.cumsum(used, dtype=np.int32) - np.int32(1)
    return [term for term, is_used in zip(place, used.tolist(), strict=True) if is_used], numbers[ids]


def _order(numbers: NDArray[np.int32]) -> Numbers:
    """What sorts these numbers, equal ones in their order: numpy sorts halves of them in a tenth of the time."""
    low = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    high = np.argsort((numbers >> 16).astype(np.uint16)[low], kind="stable")
    return low[high]


def _joined(arrays: Sequence[NDArray[Any]], kind: type) -> NDArray[Any]:
    return np.concatenate([np.empty(0, kind), *arrays])


def _kth(scores: Floats, count: int) -> float:
    """The `count`-th highest score; 0 where there are fewer."""
    return float(np.partition(scores, -count)[-count]) if len(scores) >= count > 0 else 0.0
