"""Files with the SHA-256 of each in → the first one that is not as it was written, out.

Reading a gigabyte before every question would take seconds. So a large file that was found intact is known again by
its size, inode and times, as Git knows the files of a checkout; whatever writes to it changes these. `index check`
reads everything.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

SMALL = 4_000_000  # bytes that are read in a few milliseconds; smaller files are read each time
STAMPS = "verified.json"


class Damage(NamedTuple):
    """A file and what is wrong with it."""

    file: Path
    reason: str


def first_damage(folder: Path, digests: Mapping[str, str], thorough: bool = False) -> Damage | None:
    """Compare files with their digests, by name; `thorough` reads the large ones whatever is known of them."""
    stamps = {} if thorough else _stamps(folder)
    seen: dict[str, list[int | str]] = {}
    for name, digest in digests.items():
        file = folder / name
        try:
            status = file.stat()
            stamp: list[int | str] = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, digest]
            if status.st_size > SMALL:
                seen[name] = stamp
                if stamps.get(name) == stamp:
                    continue
            if file_digest(file) != digest:
                return Damage(file, "is not as it was written")
        except OSError as error:
            return Damage(file, f"can't be read ({error.strerror})")
    if seen != stamps:
        _remember(folder, seen)
    return None


def file_digest(path: Path) -> str:
    """A file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stamps(folder: Path) -> dict[str, list[int | str]]:
    try:
        stamps = json.loads((folder / STAMPS).read_bytes())
    except (OSError, ValueError):
        return {}
    return stamps if isinstance(stamps, dict) else {}


def _remember(folder: Path, stamps: Mapping[str, list[int | str]]) -> None:
    draft = folder / f".{STAMPS}-{os.getpid()}"
    with suppress(OSError):  # a folder that can't be written is read again next time
        draft.write_text(json.dumps(stamps), encoding="utf-8")
        draft.replace(folder / STAMPS)
