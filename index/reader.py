"""An index folder in → an open index that answers searches, out; it follows the folder to its newest generation."""

import threading
from collections import defaultdict
from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from index.benchmark_name import one_benchmark_each
from index.documents.article import Article
from index.errors import BrokenIndexError
from index.export import encoder_folder, open_encoder
from index.manifest import Manifest
from index.model_name import one_name_each
from index.result import BenchmarkResult
from index.store import Store

if TYPE_CHECKING:
    from index.encoder import Encoder
    from index.hit import Hit, Judgment


class Index:
    """An index opened for reading; safe from several threads. It never changes: `newer` opens what came after it."""

    def __init__(self, store: Store, cache: Path, reranker: str | None = None) -> None:
        """Open the current generation. Raises NoIndexError, BrokenIndexError or EncoderError.

        `reranker` names a cross-encoder that takes the place of the judge that ships.
        """
        self._store = store
        self._cache = cache
        self._generation = store.open()
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._reranker = reranker
        self._judge: Future[Judgment] | None = None

    def newer(self) -> "Index":
        """The newest generation; what this one has opened of encoder and judge need not be opened again."""
        index = Index(self._store, self._cache, self._reranker)
        with self._lock:
            index._judge = self._judge
            if index.manifest.encoder_digest == self.manifest.encoder_digest:
                index._encoder = self._encoder
        return index

    @property
    def manifest(self) -> Manifest:
        """What this generation holds."""
        return self._generation.manifest

    def is_current(self) -> bool:
        """Is this still the newest generation?"""
        return self._store.current() == self._generation.folder.name

    def articles(self) -> tuple[Article, ...]:
        """Every article, by id."""
        return self._generation.articles()

    def article(self, source: str) -> Article:
        """The article with this id; KeyError where there is none."""
        return self._generation.article(source)

    def results(self) -> tuple[BenchmarkResult, ...]:
        """Every benchmark result, in corpus order; a model and a benchmark have one name in all of them."""
        return one_benchmark_each(one_name_each(self._generation.results()))

    def knows(self, word: str) -> bool:
        """Does any passage hold this word, in any of its forms?"""
        from index.term import terms

        return any(self._generation.words.known(term) for term in terms(word))

    def rarity(self, word: str) -> float:
        """How telling a word is in this corpus: its inverse document frequency, the rarest of its terms'.

        A word that no passage holds tells most; so does a blank.
        """
        from index.term import terms

        return max(self._generation.words.rarity(term) for term in terms(word) or [" "])

    def search(self, question: str, count: int = 5, sources: Collection[str] | None = None) -> "list[Hit]":
        """The passages that speak to a question, best first; only from `sources` where these are given."""
        from index.hit import search

        judge = self._judging()
        return search(self._generation, self.encoder(), judge, question, count, sources)

    def prepare(self) -> None:
        """Search once, so that whoever asks first need not wait for all that a search opens. Raises EncoderError."""
        self.search("What is new?")

    def _judging(self) -> "Judgment":
        """The judge, which opens while the encoder does and the candidates are found."""
        with self._lock:
            if self._judge is None or (self._judge.done() and self._judge.exception()):
                opener = ThreadPoolExecutor(1)
                self._judge = opener.submit(_judge, self._reranker)
                opener.shutdown(wait=False)
            opened = self._judge
        return lambda question, said: opened.result()(question, said)

    def encoder(self) -> "Encoder":
        """The encoder that this index was built with, opened at the first call. Raises EncoderError."""
        with self._lock:
            if self._encoder is None:
                self._encoder = self._open_encoder()
            return self._encoder

    def _open_encoder(self) -> "Encoder":
        manifest = self.manifest
        folders = [encoder_folder(place, manifest.encoder_digest) for place in (self._store.encoders, self._cache)]
        encoder = open_encoder(manifest.encoder_name, self._cache, *folders)
        if encoder.card.digest != manifest.encoder_digest:
            raise BrokenIndexError(
                f"the index was built with encoder {manifest.encoder_name!r}, whose weights are others now. "
                "Make the index again with: presscheck index build"
            )
        return encoder

    def problems(self) -> list[str]:
        """What `index check` finds wrong in files that are intact. Raises BrokenIndexError where one is not."""
        found = []
        generation = self._generation
        generation.verify()
        results: dict[str, list[BenchmarkResult]] = defaultdict(list)
        for result in generation.results():
            results[result.source].append(result)
        for article in generation.articles():
            numbers = list(generation.numbers_of(article.id))
            if "".join(article.text[each.start : each.end] for each in generation.passages(numbers)) != article.text:
                found.append(f"{article.id}: its passages don't give the article back")
            lengths = (generation.vectors.vectors(numbers) ** 2).sum(axis=1) if numbers else ()
            if any(abs(length - 1) > 1e-3 for length in lengths):
                found.append(f"{article.id}: a vector has not length 1")
            found.extend(
                f"{article.id}: the result at {result.start} is not what the article says there"
                for result in results[article.id]
                if article.text[result.start : result.end] != result.quote
            )
        return found

    def close(self) -> None:
        """Let go of the files."""
        self._generation.close()


def _judge(reranker: str | None) -> "Judgment":
    if reranker is None:
        from index.judge import Judge

        return Judge()
    from index.reranker import Reranker

    return Reranker(reranker)
