"""Added articles in → their bytes kept beside the generations, each under its digest, with a ledger of them, out.

A generation can be made again from the corpus; what was added and removed can't. So it is no part of a generation:
`build`, repairs and new versions start from here. Each generation has a ledger under its own name, which is written
before the pointer names the generation. One swap of one pointer then changes both, and a crash changes neither.
"""

import hashlib
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from index.disk import sync, write_whole, writing_to
from index.documents.article import Article
from index.documents.document import Original, parse_article
from index.errors import ArticleError, LedgerError, LostError
from index.intact import file_digest
from index.ledger import Gone, Kept, Ledger, read_ledger

LIBRARY, FILES, LEDGER, COPY = "library", "files", ".json", ".copy.json"
REGRET = timedelta(days=1)  # for so long, at least, a removed article can be put back


class Added(NamedTuple):
    """An added article with the file that it was; `original` is None where only its text is left."""

    article: Article
    original: Original | None = None
    kept: Kept | None = None  # where it lies in the library, once it does


class Library:
    """What was added to one index. Whoever writes holds the index' write lock."""

    def __init__(self, index: Path) -> None:
        self.folder = index / LIBRARY
        self._files = self.folder / FILES

    def ledger(self, generation: str) -> Ledger | None:
        """The ledger of a generation; None where there is none. Raises LedgerError, NewerIndexError.

        It is stored twice: a byte that is flipped in one of them does no harm.
        """
        damage = None
        for path in self._ledgers_of(generation):
            try:
                return read_ledger(path)
            except FileNotFoundError:
                continue
            except LedgerError as error:
                damage = error
        if damage:
            raise LedgerError(f"{damage}. Mend it with: presscheck index build") from damage
        return None

    def newest(self) -> Ledger | None:
        """The ledger that was written last, of those that can be read. Raises NewerIndexError."""
        found = []
        for path in self.folder.glob(f"*{LEDGER}"):
            with suppress(LedgerError, FileNotFoundError):
                found.append(read_ledger(path))
        return max(found, key=lambda ledger: ledger.number, default=None)

    def holds(self, generation: str, ledger: Ledger) -> bool:
        """Does this ledger stand there already, in both its copies? Raises NewerIndexError."""
        try:
            return all(ledger.says_the_same_as(read_ledger(path)) for path in self._ledgers_of(generation))
        except (LedgerError, FileNotFoundError):
            return False

    def write(self, generation: str, ledger: Ledger) -> None:
        """Make this the ledger of a generation. Raises OSError."""
        self._make(self.folder)
        text = ledger.to_text().encode("utf-8", "surrogatepass")
        for path in reversed(self._ledgers_of(generation)):
            write_whole(path, text)

    def keep(self, added: Added) -> Kept:
        """Keep the bytes of an added article. Raises StorageError."""
        if added.kept:
            return added.kept
        article, original = added.article, added.original
        record = original is None
        data = article.model_dump_json().encode() if original is None else original.data
        sidecar = None if original is None or original.sidecar is None else self._keep(original.sidecar)
        return Kept(
            id=article.id,
            file=article.file,
            digest=article.digest,
            data=self._keep(data),
            sidecar=sidecar,
            is_record=record,
        )

    def original(self, kept: Kept) -> Original | None:
        """The file that an added article was; None where only its text was kept. Raises LostError."""
        if kept.is_record:
            return None
        sidecar = None if kept.sidecar is None else self._read(kept.sidecar)
        return Original(kept.file, self._read(kept.data), sidecar)

    def is_intact(self, kept: Kept) -> bool:
        """Are the bytes of an article there as they came?"""
        try:
            for name in kept.blobs:
                self._read(name)
        except LostError:
            return False
        return True

    def read(self, kept: Kept) -> Added:
        """An added article, read again from its bytes. Raises LostError."""
        original = self.original(kept)
        try:
            article = (
                Article.model_validate_json(self._read(kept.data)) if original is None else parse_article(*original)
            )
        except (ArticleError, ValidationError) as error:
            raise LostError(f"{kept.file}: can't be read any more ({error})") from error
        return Added(article.model_copy(update={"id": kept.id}), original, kept)

    def after(self, ledger: Ledger, added: Iterable[Kept], removed: Iterable[str], gone: Iterable[Kept]) -> Ledger:
        """The ledger that follows another; articles that have been gone for a day are forgotten."""
        now = datetime.fromtimestamp(self._now(), UTC)
        here = tuple(sorted(added, key=lambda kept: kept.id))
        back = {kept.id for kept in here}
        remembered = [each for each in ledger.gone if now - each.at < REGRET and each.kept.id not in back]
        left = [Gone(kept=kept, at=now) for kept in gone]
        latest = {each.kept.id: each for each in (*remembered, *left)}
        return Ledger(number=ledger.number + 1, added=here, removed=tuple(removed), gone=tuple(latest.values()))

    def sweep(self, current: str, generations: Collection[str]) -> None:
        """Remove what neither the current generation nor one before it needs. Raises OSError, LedgerError.

        What was removed from the index is needed by the current one alone, so that it doesn't stay for longer.
        """
        now = self.ledger(current) or Ledger()
        needed = now.blobs
        for path in list(self.folder.glob(f"*{LEDGER}")):
            name = path.name.removesuffix(COPY).removesuffix(LEDGER)
            ledger = read_ledger(path) if name in generations and name != current else now
            if ledger.number > now.number or name not in {current, *generations}:
                path.unlink()  # of a change that never came to be, or of a generation that is gone
            else:
                needed |= {blob for kept in ledger.added for blob in kept.blobs}
        self._clear(needed)

    def sweep_unlisted(self) -> None:
        """Remove the files of a first change that failed: nothing has a ledger yet. Raises OSError."""
        if not any(self.folder.glob(f"*{LEDGER}")):
            self._clear(set())

    def _clear(self, needed: Collection[str]) -> None:
        for file in self._files.glob("*"):
            if file.name not in needed:
                file.unlink()

    def problems(self, generation: str) -> list[str]:
        """What `index check` finds wrong with what a generation needs of it."""
        found, ledger = [], None
        for path in self._ledgers_of(generation):
            try:
                ledger = read_ledger(path)
            except FileNotFoundError:
                found.append(f"{path}: is missing")
            except LedgerError as error:
                found.append(str(error))
        if ledger is None and not self.folder.exists():
            return []  # of an earlier version: the next change makes it
        for name in sorted(ledger.blobs if ledger else ()):
            try:
                self._read(name)
            except LostError as error:
                found.append(str(error))
        return found

    def _now(self) -> float:
        return time.time()

    def _ledgers_of(self, generation: str) -> tuple[Path, Path]:
        return self.folder / f"{generation}{LEDGER}", self.folder / f"{generation}{COPY}"

    def _keep(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        file = self._files / name
        with writing_to(self.folder):
            self._make(self.folder)
            self._make(self._files)
            if not (file.exists() and file_digest(file) == name):
                write_whole(file, data)
        return name

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir()
            sync(folder.parent)

    def _read(self, name: str) -> bytes:
        path = self._files / name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise LostError(f"{path}: can't be read ({error.strerror})") from error
        if hashlib.sha256(data).hexdigest() != name:
            raise LostError(f"{path}: is not as it was written")
        return data
