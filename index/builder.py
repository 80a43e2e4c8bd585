"""Articles in → a new generation of the index, out: the one way by which anything gets into an index."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from index import passage
from index.catalogue import Catalogue, fold, load_catalogue
from index.documents.article import Article
from index.documents.corpus import SHIPPED, article_files, read_corpus
from index.documents.document import read_article
from index.encoder import FULL, PIECES, Encoder, Vectors, WordPieces
from index.errors import BrokenIndexError, CorpusError, NoIndexError
from index.export import LAYOUT, encoder_folder, open_encoder
from index.extraction import READING, read_results
from index.generation import Generation
from index.manifest import Counts, Entry, Manifest
from index.part import CutArticle, searched_text, write_parts
from index.said import SAID
from index.sentence import RULES, sentences
from index.store import Store
from index.term import TERMS
from index.words import count_terms

Progress = Callable[[int, int], None]  # how many texts are embedded, of how many


class Report(BaseModel):
    """What a change did. `carried` articles were taken over as they were;"""

    model_config = ConfigDict(frozen=True)

    generation: str
    changed: bool
    new: tuple[str, ...]
    carried: int
    gone: tuple[str, ...]
    counts: Counts
    names: tuple[str, ...] = ()


class Builder:
    """Writes the index of one corpus. Every method raises BusyError at once where another process writes."""

    def __init__(
        self, store: Store, corpus: Path, encoder: str, cache: Path, progress: Progress = lambda _done, _total: None
    ) -> None:
        self._store = store
        self._corpus = corpus
        self._encoder_name = encoder
        self._cache = cache
        self._progress = progress

    def build(self, fresh: bool = False) -> Report:
        """Index the corpus as it stands, with what was added and without what was removed; `fresh` forgets both.

        Raises ArticleError, CorpusError, CatalogueError, EncoderError or StorageError; the old index then stays.
        """
        with self._store.writing():
            previous = self._previous(mend=True)
            added = {} if fresh else _added(previous)
            removed = () if fresh or previous is None else previous.manifest.removed
            articles = {article.id: article for article in self._read_corpus(needed=not added)}
            kept = {name: article for name, article in (articles | added).items() if name not in removed}
            return self._write(kept, set(added), removed, previous)

    def add(self, paths: Iterable[Path], articles: Iterable[Article] = ()) -> Report:
        """Add files, folders and articles; one with the id of an article that is there takes its place."""
        new = {article.id: article for path in paths for article in _read(path)}
        new |= {article.id: article for article in articles}
        with self._store.writing():
            previous = self._previous()
            if previous is None:
                old = {article.id: article for article in self._read_corpus(needed=False)}
            else:
                old = {article.id: article for article in previous.articles()}
            removed = () if previous is None else previous.manifest.removed
            still_removed = tuple(name for name in removed if name not in new)
            return self._write(old | new, set(_added(previous)) | set(new), still_removed, previous)

    def remove(self, names: Iterable[str]) -> Report:
        """Take articles out by id. Raises CorpusError for an id that is not there and for the last article."""
        with self._store.writing():
            previous = self._previous()
            if previous is None:
                raise NoIndexError(f"{self._store.folder}: no index yet. Make one with: presscheck index build")
            old = {article.id: article for article in previous.articles()}
            gone = set(names)
            for name in sorted(gone - old.keys()):
                raise CorpusError(f"no article {name!r} in the index. There are: {', '.join(sorted(old))}.")
            kept = {name: article for name, article in old.items() if name not in gone}
            if not kept:
                raise CorpusError("that would leave the index empty. Add other articles first.")
            added = set(_added(previous))
            removed = sorted({*previous.manifest.removed, *(gone - added)})
            return self._write(kept, added - gone, removed, previous)

    def _read_corpus(self, needed: bool) -> list[Article]:
        if needed or article_files(self._corpus):
            return read_corpus(self._corpus)
        return []

    def _previous(self, mend: bool = False) -> Generation | None:
        try:
            return self._store.open()
        except NoIndexError:
            return None
        except BrokenIndexError:
            if mend:
                return None  # a build starts over where nothing can be carried
            raise

    def _write(
        self, articles: Mapping[str, Article], added: set[str], removed: Iterable[str], previous: Generation | None
    ) -> Report:
        encoder = open_encoder(self._encoder_name, self._cache)
        exported = encoder_folder(self._cache, encoder.card.digest)
        self._store.keep_encoder(exported, encoder.card.files)
        catalogue = load_catalogue(SHIPPED, self._corpus)
        draft = Manifest(
            encoder_name=self._encoder_name,
            encoder_digest=encoder.card.digest,
            dimensions=encoder.card.dimensions,
            parameters={
                "target": passage.TARGET,
                "enough": passage.ENOUGH,
                "context": passage.CONTEXT,
                "sentences": f"{RULES}.{SAID}",
                "terms": TERMS,
                "batch": PIECES,
                "full": FULL,
                "export": LAYOUT,
            },
            catalogue=hashlib.sha256(f"{READING} {catalogue.model_dump_json()}".encode()).hexdigest(),
            articles=tuple(_entry(articles[name], name in added) for name in sorted(articles)),
            removed=tuple(removed),
            counts=Counts(articles=0, passages=0, sentences=0, results=0),
            files={},
        )
        old = previous.manifest if previous else None
        if old and previous and draft == old.model_copy(update={"counts": draft.counts, "files": {}}):
            return _report(previous.folder.name, old, old, changed=False)
        carried = _carried(draft, previous, catalogue)
        new = [article for name, article in sorted(articles.items()) if name not in carried]
        cutter = _Cutter(encoder, WordPieces(exported), catalogue, self._progress)
        cut = {part.article.id: part for part in cutter.cut(new)}
        parts = [cut[name] if name in cut else carried[name] for name in sorted(articles)]
        manifest = draft.model_copy(update={"counts": _counts(parts)})

        def write(target: Path) -> Manifest:
            return manifest.model_copy(update={"files": write_parts(target, parts, encoder.card.dimensions)})

        name = self._store.replace(write)
        report = _report(name, old, manifest, changed=True)
        return report.model_copy(update={"names": _new_names(parts, catalogue)})


class _Cutter:
    """Articles in → passages, vectors and results out."""

    def __init__(self, encoder: Encoder, count: Callable[[str], int], catalogue: Catalogue, progress: Progress) -> None:
        self._encoder = encoder
        self._count = count
        self._catalogue = catalogue
        self._progress = progress

    def cut(self, articles: list[Article]) -> list[CutArticle]:
        passages = [passage.cut(article, self._count) for article in articles]
        places = [
            [sentences(article.said, each.start, each.end) for each in cut]
            for article, cut in zip(articles, passages, strict=True)
        ]
        searched = [
            [searched_text(article, each) for each in cut] for article, cut in zip(articles, passages, strict=True)
        ]
        said = [
            [article.said[start:end] for each in cut for start, end in each]
            for article, cut in zip(articles, places, strict=True)
        ]
        vectors = self._embed(
            [[*texts, *more] for texts, more in zip(searched, said, strict=True)], sum(map(len, passages))
        )
        return [
            CutArticle(
                article,
                cut,
                rows[: len(cut)],
                count_terms(texts),
                sentence_places,
                rows[len(cut) :].astype(np.float16),
                read_results(article, self._catalogue),
            )
            for article, cut, sentence_places, texts, rows in zip(
                articles, passages, places, searched, vectors, strict=True
            )
        ]

    def _embed(self, articles: Sequence[Sequence[str]], passages: int) -> list[Vectors]:
        """The vectors of each article's texts; progress is told in passages, which bring their sentences along."""
        distinct = [list(dict.fromkeys(texts)) for texts in articles]
        whole = sum(map(len, distinct))
        done = 0

        def step(count: int) -> None:
            nonlocal done
            done += count
            self._progress(done * passages // whole, passages)

        found = self._encoder.encode_passages(distinct, step)
        rows = [{text: row for row, text in enumerate(texts)} for texts in distinct]
        return [
            vectors[[row[text] for text in texts]] for vectors, row, texts in zip(found, rows, articles, strict=True)
        ]


def _read(path: Path) -> list[Article]:
    if path.is_dir():
        return read_corpus(path)
    return [read_article(path)]


def _added(previous: Generation | None) -> dict[str, Article]:
    if previous is None:
        return {}
    return {entry.id: previous.article(entry.id) for entry in previous.manifest.articles if entry.added}


def _entry(article: Article, added: bool) -> Entry:
    return Entry(id=article.id, file=article.file, size=article.size, digest=article.digest, added=added)


def _carried(draft: Manifest, previous: Generation | None, catalogue: Catalogue) -> dict[str, CutArticle]:
    """What the previous generation has of articles that didn't change, by id; read again by another catalogue."""
    if previous is None:
        return {}
    old = previous.manifest
    if (old.encoder_digest, old.parameters) != (draft.encoder_digest, draft.parameters):
        return {}
    digests = {entry.id: entry.digest for entry in old.articles}
    same = [entry.id for entry in draft.articles if digests.get(entry.id) == entry.digest]
    parts = previous.parts(set(same))
    if old.catalogue == draft.catalogue:
        return parts
    return {name: part._replace(results=read_results(part.article, catalogue)) for name, part in parts.items()}


def _new_names(parts: list[CutArticle], catalogue: Catalogue) -> tuple[str, ...]:
    """Benchmarks and models with results that the catalogue doesn't have, so that a person can add them."""
    known = {fold(benchmark.name) for benchmark in catalogue.benchmarks}
    known |= {fold(model.name) for model in catalogue.models}
    stated = {name for part in parts for result in part.results for name in (result.benchmark, result.model)}
    return tuple(sorted(name for name in stated if fold(name) not in known))


def _counts(parts: list[CutArticle]) -> Counts:
    return Counts(
        articles=len(parts),
        passages=sum(len(part.passages) for part in parts),
        sentences=sum(len(places) for part in parts for places in part.sentences),
        results=sum(len(part.results) for part in parts),
    )


def _report(name: str, old: Manifest | None, new: Manifest, changed: bool) -> Report:
    before = {entry.id: entry.digest for entry in old.articles} if old else {}
    after = {entry.id: entry.digest for entry in new.articles}
    fresh = tuple(each for each in after if before.get(each) != after[each])
    return Report(
        generation=name,
        changed=changed,
        new=fresh,
        carried=len(after) - len(fresh),
        gone=tuple(each for each in before if each not in after),
        counts=new.counts,
    )
