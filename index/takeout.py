"""Added articles in → files that give the same articles when they are added again, out."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from index.documents.article import Article
from index.documents.document import Original, parse_article
from index.documents.formats import stem_of
from index.errors import ArticleError, StorageError
from index.library import Added

SAID = ("title", "publisher", "author", "published", "url")


def take_out(added: Iterable[Added], folder: Path) -> list[Path]:
    """Write each article's file into a folder: as it came, else its text with front matter; returns the files.

    A file that is there with the same bytes stays; one with others is never written over. Raises StorageError, before
    anything is written where that can be known.
    """
    files = {folder / name: data for each in added for name, data in _files(each)}
    for path, data in files.items():
        if path.exists() and not (path.is_file() and path.read_bytes() == data):
            raise StorageError(f"{path}: is there already, with other contents. Name an empty folder.")
    try:
        for path, data in files.items():
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb") as file:
                    file.write(data)
    except OSError as error:
        raise StorageError(f"{folder}: can't be written ({error.strerror}). Name another folder.") from error
    return list(files)


def _files(added: Added) -> Iterator[tuple[str, bytes]]:
    original = added.original or as_file(added.article)
    name = original.file.replace("\\", "/").rpartition("/")[2]
    below = added.article.id.rpartition("/")[0]  # two folders may have files of one name
    name = f"{below}/{name}" if below else name
    yield name, original.data
    if original.sidecar is not None:
        yield Path(name).with_name(f"{stem_of(Path(name).name)}.meta.json").as_posix(), original.sidecar


def as_file(article: Article) -> Original:
    """A file that reads as this article: its text with all that is known of it before it."""
    name = article.file if article.file.endswith((".md", ".txt")) else f"{article.id}.md"
    said = {key: value for key in SAID if (value := getattr(article, key)) is not None}
    if article.kind != "article":
        said["kind"] = article.kind
    untitled = {key: value for key, value in said.items() if key != "title"}  # where the first line says it better
    for known in (said, untitled):
        data = _with_front_matter(known, article.text)
        if _reads_as(article, name, data):
            return Original(name, data)
    # Text that no plain file can hold, such as a carriage return out of a PDF: as a record, so that nothing is lost.
    return Original(f"{article.id}.article.json", _record(article))


def _with_front_matter(known: Mapping[str, object], text: str) -> bytes:
    front = yaml.safe_dump(dict(known), allow_unicode=True, sort_keys=False, width=10**6) if known else ""
    return f"---\n{front}---\n{text}".encode("utf-8", "surrogatepass")


def _reads_as(article: Article, name: str, data: bytes) -> bool:
    try:
        read = parse_article(name, data)
    except ArticleError:
        return False
    return read.model_copy(update={"file": article.file, "size": article.size}) == article


def _record(article: Article) -> bytes:
    return json.dumps(article.model_dump(mode="json"), ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
