"""Articles with all that was made of them in → the files of a generation, out."""

import errno
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.array import save_arrays
from index.documents.article import Article
from index.encoder import Vectors
from index.intact import file_digest
from index.manifest import PASSAGES, SENTENCES, TEXTS, WORDS
from index.passage import Passage
from index.result import BenchmarkResult
from index.vector import VectorIndex
from index.words import TermCounts, WordIndex

TABLES = """
CREATE TABLE article (id TEXT PRIMARY KEY, record TEXT NOT NULL, first_passage INTEGER, last_passage INTEGER,
                      first_sentence INTEGER, last_sentence INTEGER, first_result INTEGER, last_result INTEGER)
                      WITHOUT ROWID;
CREATE TABLE passage (number INTEGER PRIMARY KEY, source TEXT, start INTEGER, "end" INTEGER, context TEXT,
                      first_sentence INTEGER, last_sentence INTEGER);
CREATE TABLE sentence (number INTEGER PRIMARY KEY, start INTEGER, "end" INTEGER);
CREATE TABLE result (number INTEGER PRIMARY KEY, source TEXT, record TEXT NOT NULL);
"""


class CutArticle(NamedTuple):
    """An article with all that was made of it. `vectors` has a row a passage, `sentence_vectors` a row a sentence.

    `words` counts the terms of each passage's `searched_text`.
    """

    article: Article
    passages: list[Passage]
    vectors: Vectors
    words: TermCounts
    sentences: list[list[tuple[int, int]]]
    sentence_vectors: NDArray[np.float16]
    results: tuple[BenchmarkResult, ...]


def write_parts(folder: Path, parts: Sequence[CutArticle], dimensions: int) -> dict[str, str]:
    """Write everything but the manifest into an empty folder; returns each file's SHA-256. Parts come by article id.

    Raises OSError where a file can't be written, whatever library noticed it.
    """
    vectors = np.vstack([np.empty((0, dimensions), np.float32), *(part.vectors for part in parts)])
    try:
        _write_texts(folder / TEXTS, parts)
    except sqlite3.OperationalError as error:
        code = errno.ENOSPC if error.sqlite_errorcode == sqlite3.SQLITE_FULL else errno.EIO
        raise OSError(code, str(error)) from error
    VectorIndex.of(vectors).save(folder / PASSAGES)
    save_arrays(folder / SENTENCES, [np.empty((0, dimensions), "<f2"), *(part.sentence_vectors for part in parts)])
    WordIndex.of([part.words for part in parts]).save(folder / WORDS)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in files}


def searched_text(article: Article, passage: Passage) -> str:
    """What a passage is found by: its article's title, its headings and its words."""
    return f"{article.title}\n{passage.context}\n{article.said[passage.start : passage.end]}"


def _write_texts(path: Path, parts: Sequence[CutArticle]) -> None:
    with sqlite3.connect(path) as database:
        database.executescript(TABLES)
        passage, sentence, result = 0, 0, 0
        for part in parts:
            said = sum(map(len, part.sentences))
            ends = (passage + len(part.passages), sentence + said, result + len(part.results))
            database.execute(
                "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (part.article.id, part.article.model_dump_json(), passage, ends[0], sentence, ends[1], result, ends[2]),
            )
            database.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)", _passages(part, passage, sentence))
            places = (place for places in part.sentences for place in places)
            rows = ((sentence + n, *place) for n, place in enumerate(places))
            database.executemany("INSERT INTO sentence VALUES (?, ?, ?)", rows)
            database.executemany(
                "INSERT INTO result VALUES (?, ?, ?)",
                ((result + n, each.source, each.model_dump_json()) for n, each in enumerate(part.results)),
            )
            passage, sentence, result = ends
    database.close()


def _passages(part: CutArticle, number: int, sentence: int) -> Iterator[tuple[object, ...]]:
    for n, (passage, places) in enumerate(zip(part.passages, part.sentences, strict=True)):
        yield (number + n, *passage, sentence, sentence + len(places))
        sentence += len(places)
