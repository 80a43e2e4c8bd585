"""Unit vectors in → the nearest ones to a question, out. Home of FAISS."""

import os
from pathlib import Path
from typing import NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from index.array import Rows, save_arrays
from index.encoder import Vectors

# Up to here every vector is compared, in some 5 ms. Beyond it, vectors are grouped around centres, and only the groups
# nearest to the question are searched, in eight bits a number; the best of these are compared exactly again.
EXACT = 50_000
PROBED = 128  # groups that are searched: recall@10 is 0.99 at 60,000 vectors and at a million, 0.97 with half of them
EVEN = 5  # decimals to which two are equally near: the last bits depend on the processor
SPARE = 2  # times the vectors asked for are compared exactly
ROUNDS, SAMPLE = 6, 40  # of k-means, and vectors a group that it learns from; more of either changes recall by 0.001


class Near(NamedTuple):
    """A vector's number and its cosine similarity to the question."""

    number: int
    similarity: float


class VectorIndex:
    """Search by inner product, which is the cosine for unit vectors; exact up to EXACT vectors.

    The same vectors give the same index, byte for byte: groups are learned anew each time, from a fixed seed. For a
    million vectors that takes about two minutes, for as many as are searched exactly no time at all.
    """

    def __init__(self, index: "faiss.Index", exact: Vectors | Rows | None) -> None:
        self._index = index
        self._exact = exact

    @classmethod
    def of(cls, vectors: Vectors) -> "VectorIndex":
        """Index vectors of shape (n, dimensions); a vector's number is its row."""
        vectors = np.ascontiguousarray(vectors)
        if len(vectors) > EXACT:
            return cls(_grouped(vectors), vectors)
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
        return cls(flat, None)

    @classmethod
    def load(cls, path: Path) -> "VectorIndex":
        """Open what `save` wrote: groups are mapped into memory, exact vectors read when they are compared."""
        exact = path.with_suffix(".npy")
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC), Rows(exact) if exact.exists() else None)

    def save(self, path: Path) -> None:
        """Write to a file, and beside it the vectors as they are, where the index holds them in fewer bits."""
        with path.open("wb") as file:  # FAISS by itself raises nothing where the last few bytes find no room
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(file.write))
        if self._exact is not None:
            save_arrays(path.with_suffix(".npy"), [self._exact[:]])

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def vectors(self, numbers: list[int]) -> Vectors:
        """The vectors of these numbers, of shape (len(numbers), dimensions)."""
        if self._exact is not None:
            return np.asarray(self._exact[numbers])
        found: Vectors = self._index.reconstruct_batch(np.array(numbers, dtype=np.int64))
        return found

    def all(self) -> Vectors:
        """All vectors, a row each."""
        if self._exact is not None:
            return np.asarray(self._exact[:])
        found: Vectors = self._index.reconstruct_n(0, len(self))
        return found

    def search(self, vector: Vectors, count: int, among: NDArray[np.bool_] | None = None) -> list[Near]:
        """The `count` nearest, best first, ties by number; only those whose number is true in `among`, if given."""
        if not len(self):
            return []
        # A question in one thread: two would wait for each other, for 30 ms where other processes are busy.
        faiss.omp_set_num_threads(1)
        wanted = min(count if self._exact is None else SPARE * count, len(self))
        similarities, numbers = self._index.search(vector[np.newaxis], wanted, params=self._parameters(among))
        known = numbers[0] >= 0  # FAISS fills missing places with -1
        found, alike = numbers[0][known], similarities[0][known]
        if self._exact is not None:
            alike = self._exact[found] @ vector
        best = np.lexsort((found, -np.round(alike, EVEN)))[:count]
        return [Near(int(found[place]), float(alike[place])) for place in best]

    def _parameters(self, among: NDArray[np.bool_] | None) -> "faiss.SearchParameters":
        chosen = None if among is None else faiss.IDSelectorBitmap(np.packbits(among, bitorder="little"))
        if self._exact is None:
            return faiss.SearchParameters(sel=chosen)
        # A choice of few articles may lie in groups far from the question, so then all are searched.
        return faiss.SearchParametersIVF(sel=chosen, nprobe=PROBED if chosen is None else self._index.nlist)


def _grouped(vectors: Vectors) -> "faiss.Index":
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    dimensions = vectors.shape[1]
    groups = 2 ** round(np.log2(4 * np.sqrt(len(vectors))))  # FAISS's own advice: some multiple of the square root
    learned = faiss.Kmeans(
        dimensions, groups, niter=ROUNDS, seed=1, spherical=True, max_points_per_centroid=SAMPLE
    )  # fmt: skip
    learned.train(vectors)
    centres = faiss.IndexFlatIP(dimensions)
    centres.add(learned.centroids)
    index = faiss.IndexIVFScalarQuantizer(
        centres, dimensions, groups, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT, False
    )
    index.train(vectors[:: max(1, len(vectors) // EXACT)])
    index.add(vectors)
    return index
