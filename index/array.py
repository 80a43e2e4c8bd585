"""Arrays in → a file that can be mapped into memory, out; and back."""

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
