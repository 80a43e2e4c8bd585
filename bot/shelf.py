"""Articles to put in or take out in → the index changed at once for every reader, and what that changed, out."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.answer import Record
from bot.change import NOTHING, Change, Holding, change_between
from index import SHIPPED, ArticleError, Index, Store, StoreError, corpus_files, load_catalogue

if TYPE_CHECKING:  # what writes an index is heavy, and questions don't need it
    from index import Added, Article, Builder, Report

# How many texts are embedded, of how many; told often, and what it raises stops the change: the index stays as it was.
Progress = Callable[[int, int], None]


class Upload(NamedTuple):
    """A file that came without a place on the disk."""

    name: str
    data: bytes


class Held(Record):
    """An article in the index; `added` ones did not come from the corpus' folder."""

    id: str
    title: str
    added: bool


class Status(Record):
    """What the index holds; `behind` names what differs in the corpus' folder since."""

    generation: str
    encoder: str
    encoder_digest: str
    dimensions: int
    articles: tuple[Held, ...]
    passages: int
    results: int
    removed: tuple[str, ...]
    behind: tuple[str, ...]
    left_out: tuple[str, ...] = ()  # files of the corpus that can't be read, each with its reason
    library: str = ""  # the folder that keeps what was added


class Taken(Record):
    """The files of the added articles, as they were written; `lost` articles can't be read any more."""

    files: tuple[str, ...]
    notes: tuple[str, ...]
    lost: tuple[str, ...]


class Shelf:
    """The articles of one index. Every change raises BusyError at once where another writer is at work."""

    def __init__(self, folder: Path, cache: Path, corpus: Path, encoder: str) -> None:
        self._store, self._cache, self._corpus, self._encoder = Store(folder), cache, corpus, encoder

    def rebuild(self, progress: Progress | None = None, fresh: bool = False, force: bool = False) -> Change:
        """Bring the index up to date with the corpus; `fresh` forgets what was added and removed.

        `force` makes everything anew and goes on without what can't be read any more. Raises LostError without it.
        """
        return self._changed(lambda: self._builder(progress).build(fresh, force))

    def add(self, articles: Sequence[Path | Upload], progress: Progress | None = None) -> Change:
        """Put files, folders and uploads in; one with the id of an article that is there takes its place.

        Raises ArticleError, also for an upload whose text is there already under another id.
        """
        paths = [each for each in articles if isinstance(each, Path)]
        uploads = [self._read(each) for each in articles if isinstance(each, Upload)]
        return self._changed(lambda: self._builder(progress).add(paths, uploads))

    def remove(self, ids: Iterable[str], progress: Progress | None = None) -> Change:
        """Take articles out, until they are added again. Raises CorpusError for an id that is not there."""
        return self._changed(lambda: self._builder(progress).remove(ids))

    def restore(self, ids: Iterable[str], progress: Progress | None = None) -> Change:
        """Put back what was taken out, in the state it was in; what was added can be put back for a day at least.

        Raises CorpusError for an id that is there, or was not taken out lately.
        """
        return self._changed(lambda: self._builder(progress).restore(ids))

    def take_out(self, folder: Path) -> Taken:
        """Write the files of all added articles into a folder, over none that is there. Raises StorageError."""
        from index import read_added, take_out

        known = read_added(self._store, self._digests)
        files = take_out(known.added.values(), folder)
        return Taken(files=tuple(map(str, files)), notes=known.notes, lost=known.lost)

    def check(self) -> tuple[str, ...]:
        """What is wrong with what is kept of the added articles. Raises NoIndexError, BrokenIndexError."""
        return tuple(self._store.library.problems(self._store.current()))

    def status(self) -> Status:
        """What the index holds now. Raises NoIndexError, BrokenIndexError."""
        index = Index(self._store, self._cache)
        manifest = index.manifest
        titles = {article.id: article.title for article in index.articles()}
        return Status(
            generation=manifest.name,
            encoder=manifest.encoder_name,
            encoder_digest=manifest.encoder_digest,
            dimensions=manifest.dimensions,
            articles=tuple(Held(id=each.id, title=titles[each.id], added=each.added) for each in manifest.articles),
            passages=manifest.counts.passages,
            results=manifest.counts.results,
            removed=manifest.removed,
            behind=behind(index, self._corpus),
            left_out=tuple(each.reason for each in manifest.left_out),
            library=str(self._store.library.folder),
        )

    def _read(self, upload: Upload) -> "Added":
        from index import Added, Original, parse_article

        # A name from outside is no path: what stands before its last part must not reach the disk or an id.
        original = Original(upload.name.replace("\\", "/").rpartition("/")[2], upload.data)
        article = parse_article(*original)
        for other in self._articles():
            if other.text == article.text and other.id != article.id:
                raise ArticleError(f"{upload.name}: the same text is there already, as {other.id!r}. Nothing to add.")
        return Added(article, original)

    def _articles(self) -> "tuple[Article, ...]":
        try:
            return Index(self._store, self._cache).articles()
        except StoreError:
            return ()

    def _digests(self) -> dict[str, str]:
        from index import read_corpus

        return {article.id: article.digest for article in read_corpus(self._corpus).articles}

    def _builder(self, progress: Progress | None) -> "Builder":
        from index import Builder

        return Builder(self._store, self._corpus, self._encoder, self._cache, progress or (lambda _done, _total: None))

    def _changed(self, write: "Callable[[], Report]") -> Change:
        before = self._holding()
        report = write()
        change = change_between(before, self._holding(), load_catalogue(SHIPPED, self._corpus))
        left_out = tuple(each.reason for each in report.left_out)
        return change.model_copy(update={"notes": report.notes, "left_out": left_out})

    def _holding(self) -> Holding:
        try:
            return Holding.of(Index(self._store, self._cache))
        except StoreError:
            return NOTHING  # no index yet, or one that is built anew because it is broken


def behind(index: Index, corpus: Path) -> tuple[str, ...]:
    """The corpus' files that the index doesn't have so, and articles of the index that lost their file.

    Sizes are compared, not contents: this stands before every question, and a rebuild compares the contents.
    """
    manifest = index.manifest
    unread = {(each.file, each.size) for each in manifest.left_out}
    found = {name: (path, path.stat().st_size) for name, path in corpus_files(corpus).items()}
    files = {
        name: (path.name, size)
        for name, (path, size) in found.items()
        if (path.relative_to(corpus).as_posix(), size) not in unread
    }
    known = {entry.id: (entry.file, entry.size) for entry in manifest.articles if not entry.added}
    meant = {entry.id for entry in manifest.articles if entry.added} | set(manifest.removed)
    return tuple(sorted({n for n in files.keys() | known.keys() if files.get(n) != known.get(n)} - meant))
