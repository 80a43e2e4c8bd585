"""A question and sentences in → how surely each answers it, out: a small cross-encoder that ships with this package.

`MODEL_CARD.md` beside it tells what it was trained on; `training.py` is how.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.errors import EncoderError
from index.judge.pair import Cutter
from index.session import open_session

HERE = Path(__file__).parent
MODEL, TOKENIZER = "judge.onnx", "tokenizer.json"


class Said(NamedTuple):
    """A sentence, and what stands before it: the sentence before, or the heading (may be empty)."""

    sentence: str
    before: str


class Judge:
    """Tells whether a sentence answers a question. Safe from several threads.

    Each pair is judged alone: in a batch it would be filled up to the longest, and other last bits would come of it.
    Weights are stored as int8 and products are floats, so that every processor gives the same log-odds to 1e-4.
    """

    def __init__(self, folder: Path = HERE) -> None:
        """Open the judge. Raises EncoderError where its files are missing or damaged."""
        try:
            self._cut = Cutter(Tokenizer.from_file(str(folder / TOKENIZER)))
            self._session = open_session(folder / MODEL)
        except Exception as error:  # tokenizers and onnxruntime raise bare exceptions for a file that they can't read
            raise EncoderError(
                f"{folder}: the judge can't be opened ({error}). Install it again with: pip install --force-reinstall "
                "presscheck"
            ) from error
        self._pool = ThreadPoolExecutor(os.cpu_count())

    def __call__(self, question: str, said: Sequence[Said]) -> NDArray[np.float32]:
        """The log-odds that each sentence answers, of shape (len(said),)."""
        # Long ones first: the last ones to finish are short, so no core waits for the other.
        distinct = sorted(dict.fromkeys(said), key=lambda each: -len(each.sentence) - len(each.before))
        odds = dict(zip(distinct, self._pool.map(lambda each: self._judge(question, each), distinct), strict=True))
        return np.fromiter((odds[each] for each in said), dtype=np.float32, count=len(said))

    def _judge(self, question: str, said: Said) -> float:
        ids, types = self._cut(question, said.sentence, said.before)
        inputs = {
            "input_ids": np.array([ids], dtype=np.int64),
            "token_type_ids": np.array([types], dtype=np.int64),
        }
        return float(self._session.run(None, inputs)[0][0])
