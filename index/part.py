"""Articles with all that was made of them in → the files of a generation, out."""

import errno
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.article import Article
from index.encoder import Vectors
from index.intact import file_digest
from index.manifest import PASSAGES, SENTENCES, TEXTS, WORDS
from index.passage import Passage
from index.result import BenchmarkResult
from index.vector import VectorIndex
from index.words import WordIndex

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
