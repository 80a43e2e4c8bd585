"""An index folder in → what was added to it and removed from it, whatever state the folder is in, out."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from index.errors import BrokenIndexError, LedgerError, LostError, NoIndexError
from index.generation import Generation
from index.ledger import Ledger
from index.library import Added, Library
from index.manifest import MANIFEST, check_not_newer
from index.remains import Remains, manifest_text, remains
from index.store import GENERATIONS, Store

NAME = re.compile(r"[0-9a-f]{16}")  # of a generation, in every version
Corpus = Callable[[], Mapping[str, str]]  # the digest of each article of the corpus, by id; read only where it must be


class Additions(NamedTuple):
    """What an index holds beyond its corpus. `lost` can't be read any more; `notes` tell what was only just saved.

    `ledger` is the one that this follows; `leaving` goes from `added` to what can be put back for a while.
    """

    added: Mapping[str, Added]
    removed: tuple[str, ...] = ()
    ledger: Ledger = Ledger()
    lost: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    leaving: Mapping[str, Added] = MappingProxyType({})

    def adding(self, new: Mapping[str, Added]) -> "Additions":
        """With these articles as well."""
        removed = tuple(name for name in self.removed if name not in new)
        return self._replace(added={**self.added, **new}, removed=removed)

    def removing(self, names: Collection[str]) -> "Additions":
        """Without these articles."""
        return self._replace(
            added={name: added for name, added in self.added.items() if name not in names},
            removed=tuple(sorted({*self.removed, *(name for name in names if name not in self.added)})),
            leaving={name: added for name, added in self.added.items() if name in names},
        )

    def forgetting(self) -> "Additions":
        """Without any, and saying so."""
        said = [
            f"{what}: {', '.join(sorted(names))}"
            for what, names in (("added", self.added), ("removed", self.removed))
            if names
        ]
        notes = (f"Forgotten, as --fresh says: {'; '.join(said)}.",) if said else ()
        return Additions({}, ledger=self.ledger.model_copy(update={"gone": ()}), notes=notes)

    def without_lost(self, folder: Path, force: bool) -> "Additions":
        """Without what can't be read any more, where that is wanted. Raises LostError where it isn't."""
        if not self.lost:
            return self
        lost = f"{folder}: this can't be read any more: {', '.join(self.lost)}."
        if not force:
            raise LostError(f"{lost} Go on without it with: presscheck index build --force")
        return self._replace(notes=(*self.notes, lost))

    def next_ledger(self, library: Library) -> Ledger:
        """The ledger to be written, after all that it lists was put into the library. Raises StorageError."""
        kept, leaving = ([library.keep(added) for added in group.values()] for group in (self.added, self.leaving))
        return library.after(self.ledger, kept, self.removed, leaving)


def of_generation(store: Store, generation: Generation) -> Additions:
    """What was added to an intact generation, as it is indexed there. Raises LedgerError, NewerIndexError."""
    ledger = store.library.ledger(generation.folder.name)
    known = ledger or store.library.newest() or Ledger()
    kept = {each.id: each for each in known.added}
    added = {}
    for entry in generation.manifest.articles:
        if entry.added:
            lies = kept.get(entry.id)
            is_same = lies is not None and (ledger is not None or lies.digest == entry.digest)
            added[entry.id] = Added(generation.article(entry.id), None, lies if is_same else None)
    return Additions(added, generation.manifest.removed, known)


def read_added(store: Store, corpus: Corpus) -> Additions:
    """What was added, read from the bytes that came; from the index only where there are none.

    Raises NewerIndexError.
    """
    found = _found(store)
    left = _Left(found.generation, corpus)
    if found.generation is not None:
        check_not_newer(found.generation, manifest_text(found.generation))
    if found.ledger is None:
        return _from_generation(store, left, found)
    return _from_library(store, found.ledger, left, found)


def _from_library(store: Store, ledger: Ledger, left: "_Left", found: "_Found") -> Additions:
    """What the ledger lists; where its bytes are damaged, the text that the generation has."""
    added, lost, notes = {}, [*found.lost], [*found.notes]
    for kept in ledger.added:
        try:
            added[kept.id] = store.library.read(kept)
        except LostError as error:
            article = left.remains().added.get(kept.id)
            if article is None:
                lost.append(f"{kept.file} ({error})")
                continue
            notes.append(f"{error}. The text of {kept.file} was taken from the index.")
            # Bytes that this version can't read stay, for one that can.
            is_intact = store.library.is_intact(kept)
            added[kept.id] = Added(article, store.library.original(kept), kept) if is_intact else Added(article)
    gone = [each for each in ledger.gone if store.library.is_intact(each.kept)]
    notes += [f"{each.kept.file}: is removed and can't be put back." for each in ledger.gone if each not in gone]
    ledger = ledger.model_copy(update={"gone": tuple(gone)})
    return Additions(added, ledger.removed, ledger, tuple(lost), tuple(notes))


class _Left(NamedTuple):
    """What is left in a generation, read when it is needed."""

    generation: Path | None
    corpus: Corpus

    def remains(self) -> Remains:
        return Remains({}, ()) if self.generation is None else remains(self.generation, self.corpus())


def _from_generation(store: Store, left: _Left, found: "_Found") -> Additions:
    """What an index holds that was written before there was a library, or by an earlier version since."""
    rest = left.remains()
    before = store.library.newest() or Ledger()
    kept = {each.id: each for each in before.added if store.library.is_intact(each)}
    added = {
        name: Added(article, None, kept[name] if name in kept and kept[name].digest == article.digest else None)
        for name, article in rest.added.items()
    }
    notes = (f"{name}: was taken over from a damaged index, as one that was added." for name in rest.doubts)
    return Additions(added, rest.removed, before, (*found.lost, *rest.lost), (*found.notes, *notes))


class _Found(NamedTuple):
    """The generation that is current, its ledger, and what is not sure of them."""

    generation: Path | None = None
    ledger: Ledger | None = None
    lost: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def _found(store: Store) -> _Found:
    name = _pointer(store)
    lost: tuple[str, ...] = ()
    folder = store.folder / GENERATIONS / name if name else None
    if folder is not None and not folder.is_dir():
        folder = None
    try:
        ledger = store.library.ledger(name) if name else None
    except LedgerError as error:
        if folder is not None:
            said = f"{store.library.folder}: the ledger was damaged. What it listed was taken from the index."
            return _Found(folder, notes=(said,))
        ledger, lost = None, (str(error.__cause__),)
    if folder is not None or ledger is not None:
        return _Found(folder, ledger)
    newest = max(_generations(store.folder / GENERATIONS), default=(0.0, None))[1]
    ledger = store.library.newest()
    is_guess = name is not None and (newest is not None or ledger is not None)
    said = f"{store.folder}: the pointer to its newest generation is damaged. The newest that is there was taken."
    return _Found(newest, ledger, lost, (said,) if is_guess else ())


def _pointer(store: Store) -> str | None:
    """The name of the current generation; empty where it can't be read, None where there is none."""
    try:
        name = store.current()
    except NoIndexError:
        return None
    except BrokenIndexError:
        return ""
    return name if NAME.fullmatch(name) else ""


def _generations(folder: Path) -> Iterator[tuple[float, Path]]:
    for each in folder.iterdir() if folder.is_dir() else ():
        if (each / MANIFEST).is_file() and not each.name.startswith("."):
            yield (each / MANIFEST).stat().st_mtime, each
