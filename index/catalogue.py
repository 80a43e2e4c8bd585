"""Folders with `benchmarks.yaml` and `models.yaml` in → the catalogue of known names, out."""

import re
import unicodedata
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from index.documents.front_matter import LOADER
from index.errors import CatalogueError

SEPARATORS = re.compile(r"(?<=\d)\.(?=\d)|[^a-z0-9+]")
SIGNS = str.maketrans({"τ": "tau", "²": "2", "³": "3"})


class Benchmark(BaseModel):
    """A benchmark known by name. `topics` are words that people ask with: "coding", "health", "vision"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    aliases: tuple[str, ...] = ()
    unit: str = "%"
    higher_is_better: bool = True
    developer: str | None = None
    topics: tuple[str, ...] = ()


class Model(BaseModel):
    """A model known by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    aliases: tuple[str, ...] = ()
    developer: str | None = None


class Catalogue(BaseModel):
    """Every known name. No spelling belongs to two benchmarks, nor to two models."""

    model_config = ConfigDict(frozen=True)

    benchmarks: tuple[Benchmark, ...] = ()
    models: tuple[Model, ...] = ()


Named = TypeVar("Named", Benchmark, Model)


def fold(name: str) -> str:
    """One spelling for names that differ in case, blanks, hyphens or Greek only: "τ²-Bench" and "tau2 bench" are one.

    A dot between digits stays: GPT-5.4 is not GPT-54. So does a plus: MBPP+ is not MBPP.
    """
    plain = unicodedata.normalize("NFKD", name.translate(SIGNS)).casefold()
    return SEPARATORS.sub(lambda match: match[0] if match[0] == "." else "", plain)


def load_catalogue(*folders: Path) -> Catalogue:
    """Read both files in each folder, where they exist; an entry of a later folder takes an earlier one's place.

    Raises CatalogueError, naming file and line, for anything that is not as it should be.
    """
    return Catalogue(
        benchmarks=_load(Benchmark, [folder / "benchmarks.yaml" for folder in folders]),
        models=_load(Model, [folder / "models.yaml" for folder in folders]),
    )


def _load(kind: type[Named], files: list[Path]) -> tuple[Named, ...]:
    entries: dict[str, Named] = {}
    for file in dict.fromkeys(path.resolve() for path in files if path.is_file()):
        owners: dict[str, str] = {}
        for line, fields in _read(file):
            entry: Named = _entry(kind, fields, f"{file}: line {line}")
            spellings: set[str] = {fold(each) for each in (entry.name, *entry.aliases)}
            for spelling in spellings:
                if spelling in owners:
                    raise CatalogueError(
                        f"{file}: line {line}: {entry.name!r} and {owners[spelling]!r} share a spelling. Drop one."
                    )
                owners[spelling] = entry.name
            entries[fold(entry.name)] = entry
    return tuple(entries[key] for key in sorted(entries))


def _entry(kind: type[Named], fields: Any, where: str) -> Named:
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "entry"
        raise CatalogueError(f"{where}: {place}: {first['msg']}. Correct it.") from error


def _read(file: Path) -> list[tuple[int, Any]]:
    """The entries of a file, each with its line."""
    try:
        text = file.read_text(encoding="utf-8")
        loader = LOADER(text)
        node = loader.get_single_node()
        entries = None if node is None else loader.construct_document(node)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise CatalogueError(f"{file}: can't be read ({' '.join(str(error).split())}). Correct it.") from error
    if entries is None:
        return []
    if not isinstance(entries, list) or not isinstance(node, yaml.SequenceNode):
        raise CatalogueError(f"{file}: line 1: not a list of names. Begin each with '- name:'.")
    return [(item.start_mark.line + 1, entry) for item, entry in zip(node.value, entries, strict=True)]
