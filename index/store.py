"""The index folder: generations beside each other and one pointer that is swapped atomically. Home of filelock."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from pathlib import Path

from index.disk import sync, sync_tree, write_whole, writing_to
from index.errors import BrokenIndexError, BusyError, LedgerError, NoIndexError
from index.generation import Generation
from index.hold import set_aside
from index.intact import first_damage
from index.library import Library
from index.manifest import MANIFEST, Manifest

CURRENT, GENERATIONS, ENCODERS, LOCK = "current", "generations", "encoders", "write.lock"
DRAFT = ".draft-"  # whatever is called so is nobody's index
TRIES = 5  # a reader that finds its generation swept away looks at the pointer again


class Store:
    """One index folder. Readers need no lock; writers take turns, and a second one is told at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.encoders = folder / ENCODERS  # the exported encoder, beside the generations that it made
        self.library = Library(folder)  # what was added and removed, which no generation can be made again without

    def current(self) -> str:
        """The name of the current generation. Raises NoIndexError where nothing was built yet."""
        try:
            return (self.folder / CURRENT).read_text(encoding="ascii").strip()
        except FileNotFoundError as error:
            raise NoIndexError(f"{self.folder}: no index yet. Make one with: presscheck index build") from error
        except (OSError, ValueError) as error:
            raise BrokenIndexError(
                f"{self.folder / CURRENT}: can't be read ({error}). Make the index again with: presscheck index build"
            ) from error

    def open(self) -> Generation:
        """Open the current generation. Raises NoIndexError or BrokenIndexError."""
        for attempt in range(TRIES):
            name = self.current()
            folder = self.folder / GENERATIONS / name
            try:
                return Generation(folder)
            except BrokenIndexError:
                if attempt == TRIES - 1 or self.current() == name:
                    raise
        raise AssertionError("unreachable")  # the last attempt returns or raises

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock. Raises BusyError at once where another process writes, StorageError where none can."""
        from filelock import FileLock, Timeout  # brings asyncio along, which no reader waits for

        with writing_to(self.folder):
            (self.folder / GENERATIONS).mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / LOCK)
        with writing_to(self.folder):
            try:
                lock.acquire(timeout=0)
            except Timeout as error:
                raise BusyError(
                    f"{self.folder}: another process is writing this index. Wait for it to finish, then try again."
                ) from error
        try:
            yield
        finally:
            with suppress(OSError):
                self._sweep_library()  # also of what a writer that failed or was killed had put there
            lock.release()

    def replace(self, write: Callable[[Path], Manifest], commit: Callable[[str], None] = lambda _: None) -> str:
        """Let `write` fill an empty folder, then make it the current generation; returns its name.

        `commit` is told the name just before. Needs the write lock. Whatever goes wrong before the pointer is swapped
        leaves the old generation in place.
        """
        generations = self.folder / GENERATIONS
        with writing_to(self.folder):
            self._clear_drafts()  # of a writer that was killed
            draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=generations))
            try:
                manifest = write(draft)
                (draft / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
                sync_tree(draft)
                target = generations / manifest.name
                if not _is_intact(target):
                    if target.exists():
                        target.rename(generations / f"{DRAFT}{manifest.name}")
                    draft.rename(target)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
            commit(manifest.name)
            self._point_to(manifest.name)
        return manifest.name

    def keep_encoder(self, exported: Path, files: Mapping[str, str]) -> None:
        """Keep an exported encoder beside the generations, and no other: an index that is moved brings its own along.

        `files` has the SHA-256 of each. They are linked where the disk can do that, so they take no room twice; else
        copied. Needs the write lock.
        """
        kept = self.encoders / exported.name
        if kept.is_dir() and first_damage(kept, files) is None:
            return
        with writing_to(self.folder):
            draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=self.folder / GENERATIONS))
            try:
                for file in exported.iterdir():
                    _link(file, draft / file.name)
                sync_tree(draft)
                shutil.rmtree(self.encoders, ignore_errors=True)
                self.encoders.mkdir()
                draft.rename(kept)
                sync(self.encoders)
            finally:
                shutil.rmtree(draft, ignore_errors=True)

    def _point_to(self, name: str) -> None:
        previous = None
        with suppress(NoIndexError, BrokenIndexError):
            previous = self.current()
        sync(self.folder / GENERATIONS)  # a pointer that outlives a power cut must not name a folder that doesn't
        write_whole(self.folder / CURRENT, f"{name}\n".encode("ascii"))
        self._sweep({name, previous})

    def _sweep(self, kept: Set[str | None]) -> None:
        """Remove the generations that are not to be kept and that no reader holds."""
        for old in (self.folder / GENERATIONS).iterdir():
            # The generation before stays: a reader may have read the pointer and not have opened its files yet.
            if old.name not in kept and not old.name.startswith(DRAFT):
                set_aside(old, old / MANIFEST, old.with_name(f"{DRAFT}{old.name}"))
        self._clear_drafts()

    def _clear_drafts(self) -> None:
        for draft in (self.folder / GENERATIONS).glob(f"{DRAFT}*"):
            shutil.rmtree(draft, ignore_errors=True)

    def _sweep_library(self) -> None:
        generations = {each.name for each in (self.folder / GENERATIONS).iterdir()}
        with suppress(NoIndexError, BrokenIndexError, LedgerError):
            name = self.current()
            if self.library.ledger(name) is not None:
                self.library.sweep(name, generations)
                return
        self.library.sweep_unlisted()


def _is_intact(folder: Path) -> bool:
    try:
        Generation(folder).close()
    except BrokenIndexError:
        return False
    return True


def _link(file: Path, copy: Path) -> None:
    try:
        copy.hardlink_to(file)
    except OSError:  # on another disk, or on one that has no links
        shutil.copyfile(file, copy)
