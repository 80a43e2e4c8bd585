"""A generation in any state, of any version up to this one, in → what was added and removed, as far as it says, out.

Every version wrote a manifest as JSON that its folder is named by, and `texts.sqlite` with each article as a record.
So what can't be opened any more can still be read here: each part stands for itself, by the digests of the others.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from index.documents.article import Article
from index.intact import file_digest
from index.manifest import MANIFEST, TEXTS, Entry, check_not_newer

ENTRY = re.compile(r"\{[^{}]*\}")  # entries stand a line a field, so each can be read where its neighbour can't
REMOVED = re.compile(r'"removed": (\[[^\]]*\])')
DIGEST = re.compile(rf'"{re.escape(TEXTS)}": "([0-9a-f]{{64}})"')
SAID_OF_EACH = {"id", "file", "size", "digest", "added"}  # by every version


class Remains(NamedTuple):
    """What is left. `lost` names what can't be read any more, `doubts` what was read but can't be verified."""

    added: dict[str, Article]
    removed: tuple[str, ...]
    lost: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class _Told(NamedTuple):
    """What a manifest tells; `is_whole` where it is as it was written."""

    is_whole: bool
    entries: dict[str, Entry]
    removed: tuple[str, ...] | None
    texts: str | None


def remains(folder: Path, corpus: Mapping[str, str]) -> Remains:
    """Read what a generation has beyond its corpus; `corpus` has the digest of each article there, by id.

    Raises NewerIndexError.
    """
    told = _manifest(folder)
    texts, is_complete = _texts(folder / TEXTS, told.entries)
    is_sound = told.texts is not None and _digest(folder / TEXTS) == told.texts
    added, lost, doubts = {}, [], []
    for name, entry in told.entries.items():
        article = texts.get(name)
        if not entry.added or (article is None and is_sound and not told.is_whole):
            continue  # the second is a name with a flipped byte
        if article is None or not (is_sound or article.digest == entry.digest):
            lost.append(name)
        else:
            added[name] = article
    if told.is_whole:
        return Remains(added, told.removed or (), tuple(lost))
    for name, article in texts.items():
        if name not in told.entries and corpus.get(name) != article.digest:
            added[name] = article
            doubts.append(name)
    if not (is_complete and texts):
        lost.append("articles whose names can't be read either")
    if told.removed is None or any(name not in corpus for name in told.removed):
        lost.append("the list of what was removed")
    return Remains(added, told.removed or (), tuple(lost), tuple(doubts))


def manifest_text(folder: Path) -> str:
    """A manifest's text, whatever state it is in; empty where there is none."""
    try:
        return (folder / MANIFEST).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _manifest(folder: Path) -> _Told:
    text = manifest_text(folder)
    check_not_newer(folder, text)
    is_whole = hashlib.sha256(text.encode()).hexdigest()[:16] == folder.name
    try:
        content = json.loads(text)
        removed, digest = content["removed"], content["files"][TEXTS]
        entries = [json.dumps(each) for each in content["articles"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        digests, lists = DIGEST.search(text), REMOVED.search(text)
        removed, digest = lists and _list(lists[1]), digests and digests[1]
        entries = ENTRY.findall(text)
    named = isinstance(removed, list) and all(isinstance(name, str) for name in removed)
    return _Told(is_whole, _entries(entries), tuple(removed) if named else None, digest)


def _list(text: str) -> object:
    with suppress(ValueError):
        return json.loads(text)
    return None


def _entries(texts: Iterable[str]) -> dict[str, Entry]:
    found = {}
    for text in texts:
        with suppress(ValidationError, ValueError):
            entry = Entry.model_validate_json(text)
            if entry.model_fields_set >= SAID_OF_EACH:
                found[entry.id] = entry
    return found


def _digest(path: Path) -> str | None:
    try:
        return file_digest(path)
    except OSError:
        return None


def _texts(path: Path, names: Iterable[str]) -> tuple[dict[str, Article], bool]:
    """The articles in the texts' database that can be read, and whether these are all."""
    found: dict[str, Article] = {}
    is_complete = False
    with suppress(sqlite3.Error), closing(_database(path)) as database:
        try:
            rows = database.execute("SELECT record FROM article")
            unread = [row for row in rows if not _read(row[0], found)]
            is_complete = not unread
        except sqlite3.DatabaseError:
            for name in names:  # a damaged page hides those after it from a scan, not from a search by name
                with suppress(sqlite3.Error):
                    for row in database.execute("SELECT record FROM article WHERE id = ?", (name,)):
                        _read(row[0], found)
    return found, is_complete


def _database(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
    database.text_factory = bytes
    return database


def _read(record: bytes, found: dict[str, Article]) -> bool:
    with suppress(ValidationError, ValueError):
        article = Article.model_validate_json(record)
        found[article.id] = article
        return True
    return False
