"""One complete generation of the index: opened for reading, never changed. Home of sqlite3, with `part.py`."""

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from index.documents.article import Article
from index.errors import BrokenIndexError
from index.hold import Hold
from index.intact import first_damage
from index.manifest import MANIFEST, PASSAGES, SCHEMA, SENTENCES, TEXTS, WORDS, Manifest, check_not_newer
from index.passage import Passage
from index.result import BenchmarkResult

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.array import Rows
    from index.part import CutArticle
    from index.statement import ReadPassage
    from index.vector import VectorIndex
    from index.words import WordIndex

KEPT = 2_000  # passages that stay read, until there are more: 33 kB each
PASSAGE = 'SELECT source, start, "end", context FROM passage'
SENTENCES_OF = "SELECT first_sentence, last_sentence FROM passage WHERE number = ?"
SENTENCE = 'SELECT start, "end" FROM sentence'


class Generation:
    """A generation opened for reading; safe from several threads.

    Raises BrokenIndexError where a file is missing, changed, or from a newer version; the message names the command.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._hold = Hold(folder / MANIFEST)
        except OSError as error:
            raise BrokenIndexError(_mend(folder / MANIFEST, f"can't be read ({error.strerror or error})")) from error
        self.manifest = read_manifest(folder)
        self._verify(thorough=False)
        # immutable: no lock files, so a read-only folder will do
        self._texts = sqlite3.connect(
            f"{(folder / TEXTS).resolve().as_uri()}?immutable=1", uri=True, check_same_thread=False
        )
        self._lock = threading.Lock()
        self._articles: dict[str, Article] = {}
        self._read: dict[int, ReadPassage] = {}

    def _verify(self, thorough: bool) -> None:
        damage = first_damage(self.folder, self.manifest.files, thorough)
        if damage:
            raise BrokenIndexError(_mend(*damage))

    def verify(self) -> None:
        """Read every file whole. Raises BrokenIndexError."""
        self._verify(thorough=True)

    # What only a search needs is opened by the first one: lists of results need neither FAISS nor numpy.

    @cached_property
    def vectors(self) -> "VectorIndex":
        """The passages' vectors; a passage's number is its vector's."""
        from index.vector import VectorIndex

        return VectorIndex.load(self.folder / PASSAGES)

    @cached_property
    def words(self) -> "WordIndex":
        """The passages' words; a passage's number is its text's."""
        from index.words import WordIndex

        return WordIndex.load(self.folder / WORDS)

    @cached_property
    def _sentence_vectors(self) -> "Rows":
        from index.array import Rows

        return Rows(self.folder / SENTENCES)

    def _rows(self, query: str, values: Iterable[object] = ()) -> list[tuple[object, ...]]:
        with self._lock:
            return self._texts.execute(query, tuple(values)).fetchall()

    def article(self, source: str) -> Article:
        """The article with this id; KeyError where there is none."""
        if source not in self._articles:
            rows = self._rows("SELECT record FROM article WHERE id = ?", (source,))
            if not rows:
                raise KeyError(source)
            self._articles[source] = Article.model_validate_json(str(rows[0][0]))
        return self._articles[source]

    def articles(self) -> tuple[Article, ...]:
        """Every article, by id."""
        return tuple(self.article(entry.id) for entry in self.manifest.articles)

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages with these numbers, in their order."""
        rows = [row for number in numbers for row in self._rows(f"{PASSAGE} WHERE number = ?", (number,))]
        return [Passage(*row) for row in rows]  # type: ignore[arg-type]

    def numbers_of(self, source: str) -> range:
        """The passages of an article, as a range of numbers."""
        rows = self._rows("SELECT first_passage, last_passage FROM article WHERE id = ?", (source,))
        return range(*map(_number, rows[0])) if rows else range(0)

    def among(self, sources: Collection[str]) -> "NDArray[np.bool_]":
        """Which passages are of these articles, a truth value each."""
        import numpy as np

        chosen = np.zeros(self.manifest.counts.passages, np.bool_)
        for source in sources:
            numbers = self.numbers_of(source)
            chosen[numbers.start : numbers.stop] = True
        return chosen

    def read(self, numbers: Sequence[int]) -> "list[ReadPassage]":
        """The passages with these numbers, read; they stay so until too many are."""
        if len(self._read) > KEPT:
            self._read = {}
        return [self._read.get(number) or self._read_anew(number) for number in numbers]

    def _read_anew(self, number: int) -> "ReadPassage":
        from index.statement import read_passage

        (passage,) = self.passages([number])
        first, last = map(_number, self._rows(SENTENCES_OF, (number,))[0])
        places = [(_number(start), _number(end)) for start, end in self._between(SENTENCE, slice(first, last))]
        vectors = self._sentence_vectors[first:last].astype("float32")
        article = self.article(passage.source)
        heard = read_passage(passage, article.said, places, vectors)
        read = self._read[number] = heard._replace(text=article.text[passage.start : passage.end])
        return read

    def results(self) -> tuple[BenchmarkResult, ...]:
        """Every benchmark result, in corpus order."""
        return tuple(
            BenchmarkResult.model_validate_json(str(row[0]))
            for row in self._rows("SELECT record FROM result ORDER BY number")
        )

    def parts(self, sources: Collection[str]) -> "dict[str, CutArticle]":
        """All that was made of these articles, by id, to be carried over into the next generation."""
        from index.part import CutArticle

        vectors, words = self.vectors.all(), self.words.term_counts()
        said = self._sentence_vectors
        found = {}
        for name, record, *numbers in self._rows("SELECT * FROM article ORDER BY id"):
            if name not in sources:
                continue
            passages, places, results = (slice(*map(_number, numbers[n : n + 2])) for n in (0, 2, 4))
            found[str(name)] = CutArticle(
                Article.model_validate_json(str(record)),
                [Passage(*row) for row in self._between(PASSAGE, passages)],  # type: ignore[arg-type]
                vectors[passages],
                words.part(passages.start, passages.stop),
                self._places(passages, places),
                said[places],
                tuple(self._results_between(results)),
            )
        return found

    def _places(self, passages: slice, sentences: slice) -> list[list[tuple[int, int]]]:
        places = [(_number(start), _number(end)) for start, end in self._between(SENTENCE, sentences)]
        ends = self._between("SELECT first_sentence, last_sentence FROM passage", passages)
        first = sentences.start
        return [places[_number(start) - first : _number(end) - first] for start, end in ends]

    def _results_between(self, numbers: slice) -> Iterator[BenchmarkResult]:
        for row in self._between("SELECT record FROM result", numbers):
            yield BenchmarkResult.model_validate_json(str(row[0]))

    def _between(self, query: str, numbers: slice) -> list[tuple[object, ...]]:
        return self._rows(f"{query} WHERE number >= ? AND number < ? ORDER BY number", (numbers.start, numbers.stop))

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._texts.close()
        self._hold.release()


def _number(value: object) -> int:
    assert isinstance(value, int), value  # noqa: S101 - the tables were written with numbers, and their checksum holds
    return value


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation. Raises BrokenIndexError."""
    path = folder / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise BrokenIndexError(_mend(path, f"can't be read ({error})")) from error
    check_not_newer(folder, text)
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise BrokenIndexError(_mend(path, "is damaged")) from error
    if manifest.schema_version < SCHEMA:
        raise BrokenIndexError(_mend(path, f"was written by an older presscheck (schema {manifest.schema_version})"))
    if folder.name != manifest.name:
        raise BrokenIndexError(_mend(path, "is not as it was written"))
    return manifest


def _mend(path: Path, what: str) -> str:
    return f"{path}: {what}. Make the index again with: presscheck index build"
