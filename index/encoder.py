"""Texts in → unit vectors out, without torch: an exported encoder. Home of onnxruntime and tokenizers."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from index.errors import EncoderError
from index.intact import first_damage

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MODEL, WEIGHTS, TOKENIZER, CARD = "model.onnx", "weights.bin", "tokenizer.json", "card.json"
PIECES = 512  # word pieces that run together at most: what they become on the way still fits into a core's cache
FULL = 0.85  # of the longest text's length, that of each text beside it

Vectors = NDArray[np.float32]


class EncoderCard(BaseModel):
    """What an exported encoder is: `digest` is the SHA-256 of the weights behind it, `files` has that of each file."""

    model_config = ConfigDict(frozen=True)

    name: str
    digest: str
    files: dict[str, str]
    dimensions: int
    max_tokens: int
    query_prompt: str = ""
    passage_prompt: str = ""


class Encoder:
    """An exported sentence encoder. Vectors have length 1; encoding is safe from several threads.

    Texts that run together give other last bits than each alone. So only texts of one article do: its vectors then
    depend on nothing but the article, and the same corpus gives the same index however it came together.
    """

    def __init__(self, folder: Path) -> None:
        """Open an exported encoder. Raises EncoderError where a file is missing or not the one its card names."""
        import onnxruntime

        try:
            self.card = EncoderCard.model_validate_json((folder / CARD).read_bytes())
            self._tokenizer = _tokenizer(folder)
        except Exception as error:  # tokenizers raises bare Exception for a file that it can't read
            raise EncoderError(
                f"{folder}: the exported encoder can't be opened ({error}). Make it again with: presscheck index build"
            ) from error
        damage = first_damage(folder, self.card.files)
        if damage:
            raise EncoderError(
                f"{damage.file}: {damage.reason}. Delete {folder} and make it again with: presscheck index build"
            )
        # tokenizer.json carries limits of its own (128, padded); the model was trained and is used with these.
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self.card.max_tokens)
        self._encode: Callable[[Sequence[str]], Vectors] = self._run
        if self.is_exported:
            # Opened by path: the weights are then mapped into memory, of which a question touches a half.
            model = str(folder / MODEL)
            self._session = onnxruntime.InferenceSession(model, _options(), providers=["CPUExecutionProvider"])

    @property
    def is_exported(self) -> bool:
        """Is there a model to run here? Else `encode_by` must say what does the work."""
        return MODEL in self.card.files

    def encode_by(self, encode: Callable[[Sequence[str]], Vectors]) -> None:
        """Let a function make the vectors of texts, a row each."""
        self._encode = encode

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question, of shape (dimensions,)."""
        vector: Vectors = self._encode([self.card.query_prompt + text])[0]
        return vector

    def encode_passages(
        self, articles: Sequence[Sequence[str]], progress: Callable[[int], None] = lambda _: None
    ) -> list[Vectors]:
        """For the texts of each article, vectors of shape (len(texts), dimensions).

        `progress` is told how many more texts are done, and may stop it with an exception.
        """
        vectors = [np.empty((len(texts), self.card.dimensions), dtype=np.float32) for texts in articles]

        def work(batch: tuple[int, list[int]]) -> None:
            article, numbers = batch
            vectors[article][numbers] = self._encode(
                [self.card.passage_prompt + articles[article][number] for number in numbers]
            )
            progress(len(numbers))

        def tokenized(texts: Sequence[str]) -> Iterator[int]:
            for text in texts:
                yield len(self._tokenizer.encode(text))
                progress(0)

        # Made as they are handed in: the first ones run while the others are cut.
        batches = (
            (article, batch) for article, texts in enumerate(articles) for batch in self._batches([*tokenized(texts)])
        )
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            try:
                for _ in pool.map(work, batches):
                    pass
            except BaseException:  # Ctrl-C, too: leaving the pool would wait for all that was handed in
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return vectors

    def _batches(self, pieces: Sequence[int]) -> Iterator[list[int]]:
        """The numbers of texts that run together, by their lengths: about equal ones, so that little is filled up.

        Long ones first: the last ones to finish are short, so no core waits long for the other.
        """
        batch: list[int] = []
        for number in sorted(range(len(pieces)), key=lambda number: -pieces[number]):
            longest = pieces[batch[0]] if batch else 0
            if batch and (pieces[number] < FULL * longest or longest * (len(batch) + 1) > PIECES):
                yield batch
                batch = []
            batch.append(number)
        if batch:
            yield batch

    def _run(self, texts: Sequence[str]) -> Vectors:
        tokenized = [self._tokenizer.encode(text).ids for text in texts]
        ids = np.zeros((len(texts), max(map(len, tokenized))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, found in enumerate(tokenized):
            ids[row, : len(found)] = found
            mask[row, : len(found)] = 1
        outputs = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        vectors: Vectors = outputs[0].astype(np.float32)
        return vectors


def lay_out(model: Path, folder: Path) -> None:
    """Write an ONNX model as `Encoder` opens it: optimized, with its weights in a file that can be mapped."""
    import onnxruntime

    options = _options()
    # One level further would fit it to this machine's processor.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(folder / MODEL)
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", WEIGHTS)
    options.add_session_config_entry("session.optimized_model_external_initializers_min_size_in_bytes", "1024")
    onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _options() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


class WordPieces:
    """Counts the word pieces of texts, as the encoder's tokenizer cuts them."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = _tokenizer(folder)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def __call__(self, text: str) -> int:
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)


def _tokenizer(folder: Path) -> "Tokenizer":
    from tokenizers import Tokenizer  # with ONNX Runtime a tenth of a second, which lists of results need not wait for

    return Tokenizer.from_file(str(folder / TOKENIZER))
