"""What was added to an index and what was removed from it → a small text with its own checksum, and back."""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.errors import LedgerError, NewerIndexError

LEDGER_SCHEMA = 1


class Kept(BaseModel):
    """An added article whose bytes lie in the library: `data` and `sidecar` are their SHA-256.

    `is_record` tells that they are the article as it was indexed, because the file itself was not kept.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    file: str
    digest: str  # Article.digest, when it was added
    data: str
    sidecar: str | None = None
    is_record: bool = False

    @property
    def blobs(self) -> tuple[str, ...]:
        """The names of its files in the library."""
        return (self.data,) if self.sidecar is None else (self.data, self.sidecar)


class Gone(BaseModel):
    """An added article that was removed at this time; it can be put back while its bytes are kept."""

    model_config = ConfigDict(frozen=True)

    kept: Kept
    at: datetime


class Ledger(BaseModel):
    """What one generation holds beyond its corpus. `number` grows with every ledger that is written.

    Times stand here and not in the manifest: the same articles make the same generation whenever they came.
    """

    model_config = ConfigDict(frozen=True)

    schema_version: int = Field(default=LEDGER_SCHEMA, alias="schema")
    number: int = 0
    added: tuple[Kept, ...] = ()
    removed: tuple[str, ...] = ()
    gone: tuple[Gone, ...] = ()

    @property
    def blobs(self) -> set[str]:
        """The names of all files that it needs."""
        return {name for kept in (*self.added, *(each.kept for each in self.gone)) for name in kept.blobs}

    def says_the_same_as(self, other: "Ledger") -> bool:
        """Is there nothing in it but what the other one says?"""
        return self == other.model_copy(update={"number": self.number})

    def to_text(self) -> str:
        """The ledger as it is stored."""
        content = self.model_dump(mode="json", by_alias=True)
        return json.dumps({"sha256": _checksum(content), "ledger": content}, ensure_ascii=False, indent=1) + "\n"


def read_ledger(path: Path) -> Ledger:
    """A stored ledger. Raises FileNotFoundError, LedgerError, NewerIndexError."""
    try:
        stored = json.loads(path.read_bytes())
        content = stored["ledger"]
        is_whole = stored["sha256"] == _checksum(content)
        schema = int(content["schema"])
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise LedgerError(f"{path}: can't be read ({error})") from error
    if not is_whole:
        raise LedgerError(f"{path}: is not as it was written")
    if schema > LEDGER_SCHEMA:
        raise NewerIndexError(
            f"{path}: written by a newer presscheck (schema {schema}, this one reads {LEDGER_SCHEMA}). "
            "Update presscheck, or name another folder with --index."
        )
    try:
        return Ledger.model_validate(content)
    except ValidationError as error:
        raise LedgerError(f"{path}: is not a ledger ({error.error_count()} mistakes)") from error


def _checksum(content: Any) -> str:
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
