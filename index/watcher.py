"""Folders in → batches of articles that came, changed or went, each once it is completely written, out.

It looks at the folders several times a second and compares what stands there with what stood there. A look costs a
few microseconds a file. Notices from the operating system would save that, but not the comparison: they are silent on
network folders and container mounts, they get lost when many come at once, and each editor's way to save (a temporary
file renamed over the old one, delete and create, a backup beside it) sends others.
"""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from index.documents.corpus import candidates
from index.documents.formats import stem_of
from index.hold import is_being_written

PAUSE = 0.4  # seconds between looks: a change is told after two, well within two seconds
SHARE = 0.05  # of the time may go into looking; where folders are so large that it would be more, looks get rarer
LONGEST = 0.9  # seconds between looks at most
PATIENCE = 60.0  # seconds after which a file that someone keeps open for writing is taken as it stands
CATALOGUE = ("benchmarks.yaml", "models.yaml")

Sign = tuple[tuple[int, int, int], ...]  # size, time and inode of an article's file and of its sidecar
Signs = dict[Path, Sign]


class Changes(NamedTuple):
    """Article files by what happened to them since the batch before; `catalogue` says that its files changed."""

    added: tuple[Path, ...] = ()
    changed: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()
    catalogue: bool = False


class Watcher:
    """Follows folders of articles, as `index build` reads them. What stands there when it is made is not news."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._told = self._look({})
        self._before = self._told
        self._stop = threading.Event()
        self._open_since: dict[Path, float] = {}

    def stop(self) -> None:
        """End `changes`, from any thread; it returns within a second."""
        self._stop.set()

    def changes(self) -> Iterator[Changes]:
        """Batches of changes, as they come, until `stop`."""
        pause = PAUSE
        while not self._stop.wait(pause):
            began = time.monotonic()
            found = self.look()
            if found:
                yield found
                continue
            pause = min(max(PAUSE, (time.monotonic() - began) / SHARE), LONGEST)

    def look(self) -> Changes | None:
        """What settled between the look before and this one; None where that is nothing."""
        now = self._look(self._told)
        settled = {
            path
            for path in now.keys() | self._told.keys()
            if now.get(path) == self._before.get(path) != self._told.get(path) and not self._is_open(path)
        }
        self._before = now
        if not settled:
            return None
        found = _compared(self._told, now, settled)
        self._told = {path: sign for path, sign in self._told.items() if path not in settled} | {
            path: now[path] for path in settled if path in now
        }
        return found

    def _look(self, known: Mapping[Path, Sign]) -> Signs:
        signs: Signs = {}
        for folder in self._folders:
            if not folder.is_dir():  # unmounted, or being replaced: nobody took the articles back
                signs |= {path: sign for path, sign in known.items() if folder in path.parents}
                continue
            for path in candidates(folder):
                signs[path] = _sign(path, path.with_name(f"{stem_of(path.name)}.meta.json"))
            for name in CATALOGUE:
                signs[folder / name] = _sign(folder / name)
        return {path: sign for path, sign in signs.items() if sign}

    def _is_open(self, path: Path) -> bool:
        if not is_being_written(path):
            self._open_since.pop(path, None)
            return False
        since = self._open_since.setdefault(path, time.monotonic())
        return time.monotonic() - since < PATIENCE


def _sign(*paths: Path) -> Sign:
    found = []
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        found.append((status.st_size, status.st_mtime_ns, status.st_ino))
    return tuple(found)


def _compared(told: Mapping[Path, Sign], now: Mapping[Path, Sign], settled: set[Path]) -> Changes:
    articles = sorted(path for path in settled if path.name not in CATALOGUE)
    return Changes(
        added=tuple(path for path in articles if path not in told),
        changed=tuple(path for path in articles if path in told and path in now),
        removed=tuple(path for path in articles if path not in now),
        catalogue=len(articles) < len(settled),
    )
