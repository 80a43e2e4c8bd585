"""A question and sentences in → how surely each answers it, by a cross-encoder of the user's own choice, out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.export import cross_encoder
from index.judge import Said


class Reranker:
    """Judges like the judge that ships, with a sentence-transformers cross-encoder.

    Importing sentence-transformers takes seconds, so the first question of a process waits for it.
    """

    def __init__(self, name: str) -> None:
        """Load a cross-encoder by its name or folder. Raises EncoderError."""
        self._predict = cross_encoder(name)

    def __call__(self, question: str, said: Sequence[Said]) -> NDArray[np.float32]:
        """The log-odds that each sentence answers, of shape (len(said),)."""
        if not said:
            return np.zeros(0, dtype=np.float32)
        odds = self._predict([(question, f"{each.before} {each.sentence}".strip()) for each in said])
        return np.asarray(odds, dtype=np.float32).reshape(len(said))
