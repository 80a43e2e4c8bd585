"""Arrays in → files that are mapped into memory, or read by rows, out."""

import os
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def save_arrays(path: Path, parts: Sequence[NDArray[Any]]) -> None:
    """Write what np.save writes of all parts, one below the other, without having them in memory together.

    Raises OSError where there is no room, which np.save doesn't where only the last few bytes find none.
    """
    first = parts[0]
    shape = (sum(map(len, parts)), *first.shape[1:])
    header = {"descr": np.lib.format.dtype_to_descr(first.dtype), "fortran_order": False, "shape": shape}
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, header)
        for part in parts:
            file.write(np.ascontiguousarray(part, first.dtype).data)


def map_array(path: Path) -> NDArray[Any]:
    """A plain view of a file that `save_arrays` wrote: np.memmap's own slices cost ten times as much."""
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


class Rows:
    """The rows of a file that `save_arrays` wrote, each read when it is asked for; safe from several threads.

    Mapped instead, with all that lies around them, they would soon be gigabytes of a long-lived process's memory.
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError, ValueError."""
        mapped = np.load(path, mmap_mode="r", allow_pickle=False)
        self._start: int = mapped.offset
        self._type = mapped.dtype
        self._count, self._width = map(int, mapped.shape)
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._lock = threading.Lock()
        weakref.finalize(self, os.close, self._file)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, chosen: slice | Sequence[int] | NDArray[np.int64]) -> NDArray[Any]:
        """These rows, in their order, as an array gives them; a slice has no step."""
        if isinstance(chosen, slice):
            first, last, _ = chosen.indices(self._count)
            return self._read(first, max(last - first, 0))
        return np.vstack([self._read(0, 0), *(self._read(int(number), 1) for number in chosen)])

    def _read(self, first: int, count: int) -> NDArray[Any]:
        size = self._width * self._type.itemsize
        found = bytearray()
        with self._lock:  # the one call that needs no lock is not there on Windows
            os.lseek(self._file, self._start + first * size, os.SEEK_SET)
            while len(found) < count * size and (more := os.read(self._file, count * size - len(found))):
                found += more
        return np.frombuffer(found, self._type).reshape(count, self._width)
