"""What a generation of the index holds, as a small file that is read before anything else."""

import hashlib
import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from index.documents.left_out import LeftOut
from index.errors import NewerIndexError

SCHEMA = 2
MANIFEST, TEXTS, PASSAGES, SENTENCES, WORDS = (
    "manifest.json",
    "texts.sqlite",
    "passages.faiss",
    "sentences.npy",
    "words",
)
SCHEMA_SAID = re.compile(r'"schema":\s*(\d+)')


class Entry(BaseModel):
    """An article in the index: `digest` is Article.digest; `added` ones came by `index add`, not from the corpus."""

    model_config = ConfigDict(frozen=True)

    id: str
    file: str
    size: int
    digest: str
    added: bool = False


class Counts(BaseModel):
    """How much there is of everything."""

    model_config = ConfigDict(frozen=True)

    articles: int
    passages: int
    sentences: int
    results: int


class Manifest(BaseModel):
    """`files` maps each file to its SHA-256; `catalogue` is a digest of what results were read with.

    No time and no path: equal corpora have equal manifests.
    """

    model_config = ConfigDict(frozen=True)

    schema_version: int = Field(default=SCHEMA, alias="schema")
    encoder_name: str
    encoder_digest: str
    dimensions: int
    parameters: dict[str, int | float | str]
    catalogue: str
    articles: tuple[Entry, ...]
    removed: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()  # files of the corpus that are no articles, with the reasons
    counts: Counts
    files: dict[str, str]

    @property
    def name(self) -> str:
        """The generation's folder name: a digest of all that it holds, so the same index has the same name."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:16]

    def to_json(self) -> str:
        """The manifest as it is stored."""
        none = set() if self.left_out else {"left_out"}  # as it was stored before there was such a list
        return self.model_dump_json(by_alias=True, indent=1, exclude=none)


def check_not_newer(folder: Path, text: str) -> None:
    """Raises NewerIndexError for a manifest that a newer version wrote, whatever else it holds."""
    said = SCHEMA_SAID.search(text)
    if said and int(said[1]) > SCHEMA:
        raise NewerIndexError(
            f"{folder / MANIFEST}: written by a newer presscheck (schema {said[1]}, this one reads {SCHEMA}). "
            "Update presscheck, or name another folder with --index."
        )
