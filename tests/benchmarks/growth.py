"""How an index grows: python -m tests.benchmarks.growth [PASSAGES …] prints a line for each size.

Vectors are the encoder's, of real texts, resampled with noise; word counts are those of the texts. What is measured is
what a question costs: opening, the two searches and reading what they found, warm, in a process of its own.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from index import DEFAULT_ENCODER, Article, Passage
from index.encoder import Encoder, Vectors
from index.export import exported
from index.generation import Generation
from index.manifest import MANIFEST, Counts, Entry, Manifest
from index.part import CutArticle, write_parts
from index.words import TermCounts, count_terms

TEXTS, QUESTIONS, ASKED = 6_000, 400, 200
PER_ARTICLE = 50  # passages of one made-up article
NOISE = 0.5  # length of the noise beside a vector of length 1: a resampled passage is as near as a rewritten one
RETRIEVAL = Path(__file__).resolve().parents[3] / "shared" / "retrieval"


def texts_and_questions() -> tuple[list[str], list[str]]:
    """Real texts and questions where there are any beside the project, else made-up ones."""
    random = np.random.default_rng(7)
    texts: list[str] = []
    questions: list[str] = []
    for folder in sorted(RETRIEVAL.glob("*/")):
        for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            pieces = (text[start : start + 200] for start in range(0, min(len(text), 600), 200))
            texts.extend(piece for piece in pieces if len(piece) > 80)
        lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
        questions.extend(json.loads(line)["text"] for line in lines)
    if not texts:
        words = np.array([f"word{number}" for number in range(5_000)])
        ranks = 1 / np.arange(1, 5_001)
        texts = [" ".join(random.choice(words, 30, p=ranks / ranks.sum())) for _ in range(TEXTS)]
        questions = [" ".join(text.split()[:6]) for text in texts[:QUESTIONS]]
    return (
        [texts[number] for number in random.permutation(len(texts))[:TEXTS]],
        [questions[number] for number in random.permutation(len(questions))[:QUESTIONS]],
    )


def encoded(cache: Path) -> tuple[list[str], list[str], Vectors, Vectors]:
    """Texts and questions with their vectors, encoded once and kept in the cache folder."""
    file = cache / "growth.npz"
    texts, questions = texts_and_questions()
    if not file.exists():
        encoder = Encoder(exported(DEFAULT_ENCODER, cache))
        of_texts, of_questions = encoder.encode_passages([texts, questions])
        np.savez(file, texts=of_texts, questions=of_questions)
    vectors = np.load(file)
    return texts, questions, vectors["texts"], vectors["questions"]


def resampled(vectors: Vectors, count: int) -> tuple[Vectors, NDArray[np.int64]]:
    """So many unit vectors, each a random one of `vectors` with noise; and which."""
    random = np.random.default_rng(3)
    chosen = random.integers(0, len(vectors), count)
    found = np.empty((count, vectors.shape[1]), np.float32)
    for start in range(0, count, 100_000):
        part = vectors[chosen[start : start + 100_000]]
        noise = random.standard_normal(part.shape, dtype=np.float32) * np.float32(NOISE / np.sqrt(part.shape[1]))
        found[start : start + len(part)] = part + noise
        found[start : start + len(part)] /= np.linalg.norm(found[start : start + len(part)], axis=1, keepdims=True)
    return found, chosen


def parts(texts: list[str], vectors: Vectors, chosen: NDArray[np.int64]) -> Iterator[CutArticle]:
    """Articles of resampled passages; a passage has one sentence."""
    counted = count_terms(texts)
    rows = [(counted.ids[a:b], counted.counts[a:b]) for a, b in zip(counted.starts, counted.starts[1:], strict=False)]
    for first in range(0, len(chosen), PER_ARTICLE):
        numbers = chosen[first : first + PER_ARTICLE].tolist()
        name = f"article{first:09}"
        said = [texts[number] + "\n" for number in numbers]
        ends = np.cumsum([len(each) for each in said]).tolist()
        starts = [0, *ends[:-1]]
        found = [rows[number] for number in numbers]
        yield CutArticle(
            article=Article(id=name, file=f"{name}.txt", title=name, text="".join(said)),
            passages=[Passage(name, start, end, "") for start, end in zip(starts, ends, strict=True)],
            vectors=vectors[first : first + PER_ARTICLE],
            words=TermCounts(
                counted.vocabulary,
                np.cumsum([0, *(len(ids) for ids, _ in found)]).astype(np.int64),
                np.concatenate([ids for ids, _ in found]),
                np.concatenate([counts for _, counts in found]),
            ),
            sentences=[[(start, end - 1)] for start, end in zip(starts, ends, strict=True)],
            sentence_vectors=vectors[first : first + PER_ARTICLE].astype(np.float16),
            results=(),
        )


def make(folder: Path, count: int, cache: Path) -> None:
    """Write a generation of so many passages, and what an exact search finds for each question."""
    texts, _asked, known, questions = encoded(cache)
    vectors, chosen = resampled(known, count)
    began = time.monotonic()
    folder.mkdir()
    made = list(parts(texts, vectors, chosen))
    files = write_parts(folder, made, vectors.shape[1])
    manifest = Manifest(
        encoder_name=DEFAULT_ENCODER,
        encoder_digest="",
        dimensions=vectors.shape[1],
        parameters={},
        catalogue="",
        articles=tuple(Entry(id=each.article.id, file=each.article.file, size=0, digest="") for each in made),
        counts=Counts(articles=len(made), passages=count, sentences=count, results=0),
        files=files,
    )
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    folder.rename(folder.with_name(manifest.name))
    took = time.monotonic() - began
    exact = np.array([np.argpartition(-row, 10)[:10] for row in questions[:ASKED] @ vectors.T])
    np.savez(folder.with_name("exact.npz"), exact=exact, took=took)


def ask(folder: Path, _size: int, cache: Path) -> None:
    """Open a generation twice (the first time verifies it), search it with every question, print a line."""
    _texts, questions, _known, vectors = encoded(cache)
    expected = np.load(folder.with_name("exact.npz"))
    folder = next(path for path in folder.parent.iterdir() if path.is_dir())
    began = time.monotonic()
    Generation(folder).close()
    first = time.monotonic() - began
    encoder = Encoder(exported(DEFAULT_ENCODER, cache))
    began = time.monotonic()
    generation = Generation(folder)
    generation.vectors.search(vectors[0], 1), generation.words.search(questions[0], 1)
    opened = time.monotonic() - began
    count = generation.manifest.counts.passages
    costs = []
    recalled = []
    for turn in range(2):  # the first turn warms
        for number, question in enumerate(questions[:ASKED]):
            moments = [time.monotonic()]
            encoder.encode_query(question)
            moments.append(time.monotonic())
            near = [each.number for each in generation.vectors.search(vectors[number], 30)]
            moments.append(time.monotonic())
            matches = [each.number for each in generation.words.search(question, 30)]
            moments.append(time.monotonic())
            generation.read(sorted({*near, *matches}))
            moments.append(time.monotonic())
            if turn:
                costs.append(np.diff(moments))
                recalled.append(len(set(near[:10]) & set(expected["exact"][number].tolist())) / 10)
    table = np.array(costs) * 1000
    total = np.sort(table.sum(axis=1))
    middle = np.median(table, axis=0)
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    line = f"{count:9,} {float(expected['took']):8.1f} {disk:8,.0f} {first:8.2f} {opened:6.3f}"
    line += f" {middle[0]:7.1f} {middle[1]:8.1f} {middle[2]:6.1f} {middle[3]:8.1f}"
    line += f" {total[len(total) // 2]:6.1f} {total[len(total) * 95 // 100]:7.1f}"
    print(f"{line} {np.mean(recalled):7.3f} {resident:7,.0f}", flush=True)


def main(sizes: list[int]) -> None:
    """Each size in processes of its own, so that memory is one size's."""
    print(f"{os.cpu_count()} cores; medians in ms of a question's parts, p50 and p95 of their sum")
    heading = (
        " passages  write s  disk MB 1st open open s  encode  meaning  words  reading    p50     p95  recall  RSS MB"
    )
    print(heading, flush=True)
    cache = user_cache_path("presscheck") / "encoders"
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            for step in (make, ask):
                process = get_context("spawn").Process(target=step, args=(Path(name) / "new", size, cache))
                process.start()
                process.join()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 50_000, 100_000])
