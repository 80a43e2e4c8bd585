"""Unit vectors in → the nearest ones to a question, out. Home of FAISS."""

from pathlib import Path
from typing import NamedTuple

import faiss
import numpy as np

from index.encoder import Vectors


class Near(NamedTuple):
    """A vector's number and its cosine similarity to the question."""

    number: int
    similarity: float


class VectorIndex:
    """Exact search by inner product, which is the cosine for unit vectors."""

    def __init__(self, flat: "faiss.Index") -> None:
        self._flat = flat

    @classmethod
    def of(cls, vectors: Vectors) -> "VectorIndex":
        """Index vectors of shape (n, dimensions); a vector's number is its row."""
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(np.ascontiguousarray(vectors))
        return cls(flat)

    @classmethod
    def load(cls, path: Path) -> "VectorIndex":
        """Read what `save` wrote."""
        return cls(faiss.read_index(str(path)))

    def save(self, path: Path) -> None:
        """Write to a file."""
        faiss.write_index(self._flat, str(path))

    def __len__(self) -> int:
        return int(self._flat.ntotal)

    def vectors(self, numbers: list[int]) -> Vectors:
        """The vectors of these numbers, of shape (len(numbers), dimensions)."""
        found: Vectors = self._flat.reconstruct_batch(np.array(numbers, dtype=np.int64))
        return found

    def search(self, vector: Vectors, count: int) -> list[Near]:
        """The `count` nearest, best first, ties by number."""
        if not len(self):
            return []
        similarities, numbers = self._flat.search(vector[np.newaxis], min(count, len(self)))
        found = [
            Near(int(number), float(similarity))
            for number, similarity in zip(numbers[0], similarities[0], strict=True)
            if number >= 0  # FAISS fills missing places with -1
        ]
        return sorted(found, key=lambda near: (-near.similarity, near.number))
