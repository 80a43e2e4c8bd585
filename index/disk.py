"""Bytes in → files that a power cut leaves whole, out; what the disk refuses becomes one sentence."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import StorageError


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Turn an OSError of what is done inside into a StorageError that names the folder."""
    try:
        yield
    except OSError as error:
        reason = "no room left on the disk" if error.errno in (errno.ENOSPC, errno.EDQUOT) else error.strerror
        raise StorageError(
            f"{folder}: the index can't be written ({reason or error}). Make room or name another folder with --index."
        ) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, whenever the power goes."""
    draft = path.with_name(f".{path.name}")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync(path.parent)


def sync_tree(folder: Path) -> None:
    """Have a folder with all that is in it on the disk."""
    for path in [*folder.rglob("*"), folder]:
        sync(path)


def sync(path: Path) -> None:
    """Have a file or a folder on the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows can't open folders, and needs no such call
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
