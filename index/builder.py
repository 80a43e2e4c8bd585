"""Articles in → a new generation of the index, out: the one way by which anything gets into an index."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from index import passage
from index.additions import Additions, of_generation, read_added
from index.catalogue import Catalogue, fold, load_catalogue
from index.disk import writing_to
from index.documents.article import Article
from index.documents.corpus import SHIPPED, corpus_files, needed_files, read_corpus, unread
from index.documents.document import parse_article, read_original
from index.documents.left_out import LeftOut
from index.encoder import FULL, PIECES, Encoder, Vectors, WordPieces
from index.errors import ArticleError, BrokenIndexError, CorpusError, NewerIndexError, NoIndexError
from index.export import LAYOUT, encoder_folder, open_encoder
from index.extraction import READING, read_results
from index.generation import Generation
from index.library import Added
from index.manifest import Counts, Entry, Manifest
from index.pace import Pace, Progress
from index.part import CutArticle, searched_text, write_parts
from index.said import SAID
from index.sentence import RULES, sentences
from index.store import Store
from index.term import TERMS
from index.words import count_terms

MOST_REASONS = 5  # of files that can't be read, in an error that says that none can


class Report(BaseModel):
    """What a change did. `carried` articles were taken over as they were; `notes` are for the person who made it.

    `left_out` are files that were to be read and can't be.
    """

    model_config = ConfigDict(frozen=True)

    generation: str
    changed: bool
    new: tuple[str, ...]
    carried: int
    gone: tuple[str, ...]
    counts: Counts
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class Builder:
    """Writes the index of one corpus. Every method raises BusyError at once where another process writes.

    What was added and removed is kept in the index' library: `build` starts from there and from the corpus, so it
    mends whatever happened to a generation. Whatever `progress` raises leaves the index as it was.
    """

    def __init__(
        self, store: Store, corpus: Path, encoder: str, cache: Path, progress: Progress = lambda _done, _total: None
    ) -> None:
        self._store = store
        self._corpus = corpus
        self._encoder_name = encoder
        self._cache = cache
        self._pace = Pace(progress)
        self._left_out: list[LeftOut] = []  # of what the change under way was to read
        self._of_corpus: tuple[LeftOut, ...] | None = None  # the same of the corpus, once it is read

    def build(self, fresh: bool = False, force: bool = False) -> Report:
        """Index the corpus as it stands, with what was added and without what was removed; `fresh` forgets both.

        `force` carries nothing over but makes everything anew, and goes on without what can't be read any more.
        Raises ArticleError, CorpusError, CatalogueError, EncoderError, LostError or StorageError; the old index then
        stays.
        """
        with self._store.writing():
            previous = self._previous(mend=True)
            corpus = {article.id: article for article in self._read_corpus()}
            known = read_added(self._store, lambda: {name: article.digest for name, article in corpus.items()})
            known = known.forgetting() if fresh else known.without_lost(self._store.folder, force)
            if not (corpus or known.added):
                needed_files(self._corpus)
                raise CorpusError(f"{self._corpus}: none of its files can be read. {self._reasons()}")
            articles = corpus | {name: added.article for name, added in known.added.items()}
            kept = {name: article for name, article in articles.items() if name not in known.removed}
            return self._write(kept, known, None if force else previous)

    def add(self, paths: Iterable[Path], more: Iterable[Added] = ()) -> Report:
        """Add files, folders and articles; one with the id of an article that is there takes its place."""
        new = {added.article.id: added for path in paths for added in self._read(path)}
        new |= {added.article.id: added for added in more}
        if not new:
            raise ArticleError(self._reasons() or "nothing to add.")
        with self._store.writing():
            previous = self._previous()
            if previous is None:
                known = read_added(self._store, dict).without_lost(self._store.folder, force=False)
                old = {article.id: article for article in self._read_corpus()}
                old |= {name: added.article for name, added in known.added.items()}
                old = {name: article for name, article in old.items() if name not in known.removed}
            else:
                known = of_generation(self._store, previous)
                old = {article.id: article for article in previous.articles()}
            articles = old | {name: added.article for name, added in new.items()}
            return self._write(articles, known.adding(new), previous)

    def remove(self, names: Iterable[str]) -> Report:
        """Take articles out by id. Raises CorpusError for an id that is not there and for the last article."""
        with self._store.writing():
            previous = self._opened()
            old = {article.id: article for article in previous.articles()}
            gone = set(names)
            for name in sorted(gone - old.keys()):
                raise CorpusError(f"no article {name!r} in the index. There are: {', '.join(sorted(old))}.")
            kept = {name: article for name, article in old.items() if name not in gone}
            if not kept:
                raise CorpusError("that would leave the index empty. Add other articles first.")
            return self._write(kept, of_generation(self._store, previous).removing(gone), previous)

    def restore(self, names: Iterable[str]) -> Report:
        """Put back what `remove` took out: an article of the corpus any time, an added one for a day at least.

        Raises CorpusError for an id that can't be put back.
        """
        with self._store.writing():
            previous = self._opened()
            known = of_generation(self._store, previous)
            old = {article.id: article for article in previous.articles()}
            back = {name: self._back(name, old, known) for name in names}
            added = {name: each for name, each in back.items() if each.kept}
            known = known.adding(added)
            known = known._replace(removed=tuple(name for name in known.removed if name not in back))
            return self._write(old | {name: each.article for name, each in back.items()}, known, previous)

    def _back(self, name: str, old: Mapping[str, Article], known: Additions) -> Added:
        """A removed article, out of the library or out of the corpus."""
        if name in old:
            raise CorpusError(f"{name!r} is in the index. Nothing is to be put back.")
        for gone in known.ledger.gone:
            if gone.kept.id == name and self._store.library.is_intact(gone.kept):
                return self._store.library.read(gone.kept)
        for article in self._read_corpus() if name in known.removed else ():
            if article.id == name:
                return Added(article)
        raise CorpusError(f"{name!r} was not removed lately. Add it again with: presscheck index add")

    def _read(self, path: Path) -> Iterator[Added]:
        """An article file, or those of a folder; what can't be read is left out."""
        if path.is_dir():
            self._left_out.extend(unread(path))
        for name, file in needed_files(path).items() if path.is_dir() else [(None, path)]:
            try:
                original = read_original(file)
                yield Added(parse_article(*original, where=str(file), name=name), original)
            except ArticleError as error:
                size = file.stat().st_size if file.exists() else 0
                self._left_out.append(LeftOut(file=str(file), size=size, reason=str(error)))
            self._pace.beat()

    def _read_corpus(self) -> tuple[Article, ...]:
        if not corpus_files(self._corpus):
            return ()
        corpus = read_corpus(self._corpus, self._pace.beat)
        self._of_corpus = corpus.left_out
        return corpus.articles

    def _reasons(self) -> str:
        return " ".join(each.reason for each in (*self._left_out, *(self._of_corpus or ()))[:MOST_REASONS])

    def _opened(self) -> Generation:
        previous = self._previous()
        if previous is None:
            raise NoIndexError(f"{self._store.folder}: no index yet. Make one with: presscheck index build")
        return previous

    def _previous(self, mend: bool = False) -> Generation | None:
        try:
            return self._store.open()
        except (NoIndexError, NewerIndexError) as error:
            if isinstance(error, NoIndexError):
                return None
            raise
        except BrokenIndexError:
            if mend:
                return None  # a build starts over where nothing can be carried
            raise

    def _write(self, articles: Mapping[str, Article], known: Additions, previous: Generation | None) -> Report:
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
            articles=tuple(_entry(articles[name], name in known.added) for name in sorted(articles)),
            removed=known.removed,
            left_out=self._left_out_of_corpus(previous),
            counts=Counts(articles=0, passages=0, sentences=0, results=0),
            files={},
        )
        old = previous.manifest if previous else None
        if old and previous and draft == old.model_copy(update={"counts": draft.counts, "files": {}}):
            self._settle(previous.folder.name, known)
            return self._told(_report(previous.folder.name, old, old, changed=False, notes=known.notes))
        carried = _carried(draft, previous, catalogue)
        new = [article for name, article in sorted(articles.items()) if name not in carried]
        cutter = _Cutter(encoder, WordPieces(exported), catalogue, self._pace)
        cut = {part.article.id: part for part in cutter.cut(new)}
        parts = [cut[name] if name in cut else carried[name] for name in sorted(articles)]
        manifest = draft.model_copy(update={"counts": _counts(parts)})

        def write(target: Path) -> Manifest:
            return manifest.model_copy(update={"files": write_parts(target, parts, encoder.card.dimensions)})

        ledger = known.next_ledger(self._store.library)
        name = self._store.replace(write, lambda name: self._store.library.write(name, ledger))
        report = _report(name, old, manifest, changed=True, notes=known.notes)
        return self._told(report.model_copy(update={"names": _new_names(parts, catalogue)}))

    def _left_out_of_corpus(self, previous: Generation | None) -> tuple[LeftOut, ...]:
        if self._of_corpus is None:
            return previous.manifest.left_out if previous else ()
        return self._of_corpus

    def _told(self, report: Report) -> Report:
        """With what this change was to read and could not."""
        left_out = (*self._left_out, *(self._of_corpus or ()))
        self._left_out, self._of_corpus = [], None
        return report.model_copy(update={"left_out": left_out})

    def _settle(self, generation: str, known: Additions) -> None:
        """Bring the ledger of a generation that stays up to date."""
        library = self._store.library
        ledger = known.next_ledger(library)
        if not library.holds(generation, ledger):
            with writing_to(self._store.folder):
                library.write(generation, ledger)


class _Cutter:
    """Articles in → passages, vectors and results out."""

    def __init__(self, encoder: Encoder, count: Callable[[str], int], catalogue: Catalogue, pace: Pace) -> None:
        self._encoder = encoder
        self._count = pace.beating(count)
        self._sentences = pace.beating(sentences)
        self._catalogue = catalogue
        self._pace = pace

    def cut(self, articles: list[Article]) -> list[CutArticle]:
        self._pace.begin(len(articles))
        passages = [passage.cut(article, self._count) for article in articles]
        places = [
            [self._sentences(article.said, each.start, each.end) for each in cut]
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
                read_results(article, self._catalogue, self._pace.beat),
            )
            for article, cut, sentence_places, texts, rows in zip(
                articles, passages, places, searched, vectors, strict=True
            )
        ]

    def _embed(self, articles: Sequence[Sequence[str]], passages: int) -> list[Vectors]:
        """The vectors of each article's texts; progress is told in passages, which bring their sentences along."""
        distinct = [list(dict.fromkeys(texts)) for texts in articles]
        whole = sum(map(len, distinct))
        self._pace.begin(passages)
        done = 0

        def step(count: int) -> None:
            nonlocal done
            done += count
            self._pace.step(done * passages // whole)

        found = self._encoder.encode_passages(distinct, step)
        rows = [{text: row for row, text in enumerate(texts)} for texts in distinct]
        return [
            vectors[[row[text] for text in texts]] for vectors, row, texts in zip(found, rows, articles, strict=True)
        ]


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


def _report(name: str, old: Manifest | None, new: Manifest, changed: bool, notes: tuple[str, ...]) -> Report:
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
        notes=notes,
    )
