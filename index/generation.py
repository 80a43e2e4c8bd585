"""One complete generation of the index: written once, opened for reading, never changed. Home of sqlite3."""

import errno
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from index.article import Article
from index.encoder import Vectors
from index.errors import BrokenIndexError
from index.manifest import SCHEMA, Manifest, file_digest
from index.passage import Passage
from index.result import BenchmarkResult
from index.vector import VectorIndex
from index.words import WordIndex

MANIFEST, TEXTS, PASSAGES, SENTENCES, WORDS = (
    "manifest.json",
    "texts.sqlite",
    "passages.faiss",
    "sentences.npy",
    "words",
)

TABLES = """
CREATE TABLE article (id TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE passage (number INTEGER PRIMARY KEY, source TEXT, start INTEGER, "end" INTEGER, context TEXT,
                      first_sentence INTEGER, last_sentence INTEGER);
CREATE TABLE sentence (number INTEGER PRIMARY KEY, start INTEGER, "end" INTEGER);
CREATE TABLE result (number INTEGER PRIMARY KEY, source TEXT, record TEXT NOT NULL);
"""


class CutArticle(NamedTuple):
    """An article with all that was made of it. `vectors` has a row a passage, `sentence_vectors` a row a sentence."""

    article: Article
    passages: list[Passage]
    vectors: Vectors
    sentences: list[list[tuple[int, int]]]
    sentence_vectors: NDArray[np.float16]
    results: tuple[BenchmarkResult, ...]


def write_parts(folder: Path, parts: Sequence[CutArticle], dimensions: int) -> dict[str, str]:
    """Write everything but the manifest into an empty folder; returns each file's SHA-256. Parts come by article id.

    Raises OSError where a file can't be written, whatever library noticed it.
    """
    vectors = np.vstack([np.empty((0, dimensions), np.float32), *(part.vectors for part in parts)])
    said = np.vstack([np.empty((0, dimensions), np.float16), *(part.sentence_vectors for part in parts)])
    try:
        _write_texts(folder / TEXTS, parts)
        VectorIndex.of(vectors).save(folder / PASSAGES)
    except (sqlite3.OperationalError, RuntimeError) as error:  # SQLite's and FAISS's way to say it
        raise OSError(errno.EIO, str(error)) from error
    np.save(folder / SENTENCES, said)
    texts = [searched_text(part.article, passage) for part in parts for passage in part.passages]
    WordIndex.of(texts).save(folder / WORDS)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in files}


def searched_text(article: Article, passage: Passage) -> str:
    """What a passage is found by: its article's title, its headings and its words."""
    return f"{article.title}\n{passage.context}\n{article.text[passage.start : passage.end]}"


def _write_texts(path: Path, parts: Sequence[CutArticle]) -> None:
    with sqlite3.connect(path) as database:
        database.executescript(TABLES)
        numbers = iter(range(sum(len(part.passages) for part in parts)))
        sentence_number = 0
        for part in parts:
            database.execute("INSERT INTO article VALUES (?, ?)", (part.article.id, part.article.model_dump_json()))
            for passage, sentences in zip(part.passages, part.sentences, strict=True):
                last = sentence_number + len(sentences)
                database.execute(
                    "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (next(numbers), *passage, sentence_number, last),
                )
                rows = [(sentence_number + n, *place) for n, place in enumerate(sentences)]
                database.executemany("INSERT INTO sentence VALUES (?, ?, ?)", rows)
                sentence_number = last
            database.executemany(
                "INSERT INTO result (source, record) VALUES (?, ?)",
                [(result.source, result.model_dump_json()) for result in part.results],
            )
    database.close()


class Generation:
    """A generation opened for reading; safe from several threads.

    Raises BrokenIndexError where a file is missing, changed, or from a newer version; the message names the command.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)
        for name, digest in self.manifest.files.items():
            try:
                intact = file_digest(folder / name) == digest
            except OSError as error:
                raise BrokenIndexError(_mend(folder / name, f"can't be read ({error.strerror})")) from error
            if not intact:
                raise BrokenIndexError(_mend(folder / name, "is not as it was written"))
        self.vectors = VectorIndex.load(folder / PASSAGES)
        self.words = WordIndex.load(folder / WORDS)
        self._sentence_vectors = np.load(folder / SENTENCES, mmap_mode="r", allow_pickle=False)
        # immutable: no lock files, so a read-only folder will do
        self._texts = sqlite3.connect(
            f"{(folder / TEXTS).resolve().as_uri()}?immutable=1", uri=True, check_same_thread=False
        )
        self._lock = threading.Lock()
        self._articles: dict[str, Article] = {}

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
        query = 'SELECT source, start, "end", context FROM passage WHERE number = ?'
        rows = [row for number in numbers for row in self._rows(query, (number,))]
        return [Passage(*row) for row in rows]  # type: ignore[arg-type]

    def numbers_of(self, source: str) -> range:
        """The passages of an article, as a range of numbers."""
        first, last = self._rows("SELECT min(number), max(number) FROM passage WHERE source = ?", (source,))[0]
        return range(0) if first is None else range(int(str(first)), int(str(last)) + 1)

    def sentences(self, number: int) -> tuple[list[tuple[int, int]], NDArray[np.float32]]:
        """A passage's sentences as places in its article, and their vectors, a row each."""
        first, last = (
            int(str(value))
            for value in self._rows("SELECT first_sentence, last_sentence FROM passage WHERE number = ?", (number,))[0]
        )
        rows = self._rows(
            'SELECT start, "end" FROM sentence WHERE number >= ? AND number < ? ORDER BY number', (first, last)
        )
        places = [(int(str(start)), int(str(end))) for start, end in rows]
        return places, np.asarray(self._sentence_vectors[first:last], dtype=np.float32)

    def results(self) -> tuple[BenchmarkResult, ...]:
        """Every benchmark result, in corpus order."""
        return tuple(
            BenchmarkResult.model_validate_json(str(row[0]))
            for row in self._rows("SELECT record FROM result ORDER BY number")
        )

    def parts(self, source: str) -> CutArticle:
        """All that was made of an article, to be carried over into the next generation."""
        numbers = list(self.numbers_of(source))
        sentences = [self.sentences(number) for number in numbers]
        width = self.manifest.dimensions
        return CutArticle(
            self.article(source),
            self.passages(numbers) if numbers else [],
            self.vectors.vectors(numbers) if numbers else np.empty((0, width), np.float32),
            [places for places, _ in sentences],
            np.vstack([np.empty((0, width), np.float16), *(vectors.astype(np.float16) for _, vectors in sentences)]),
            tuple(
                BenchmarkResult.model_validate_json(str(row[0]))
                for row in self._rows("SELECT record FROM result WHERE source = ? ORDER BY number", (source,))
            ),
        )

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._texts.close()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation. Raises BrokenIndexError."""
    path = folder / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise BrokenIndexError(_mend(path, f"can't be read ({error})")) from error
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise BrokenIndexError(_mend(path, "is damaged")) from error
    if manifest.schema_version > SCHEMA:
        raise BrokenIndexError(
            f"{path}: written by a newer presscheck (schema {manifest.schema_version}, this one reads {SCHEMA}). "
            "Update presscheck, or make a new index with: presscheck index build"
        )
    if manifest.schema_version < SCHEMA:
        raise BrokenIndexError(_mend(path, f"was written by an older presscheck (schema {manifest.schema_version})"))
    if folder.name != manifest.name:
        raise BrokenIndexError(_mend(path, "is not as it was written"))
    return manifest


def _mend(path: Path, what: str) -> str:
    return f"{path}: {what}. Make the index again with: presscheck index build"
