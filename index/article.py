"""A file, or its bytes, in → an article with its text and who published it when, out."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict

from index.errors import ArticleError
from index.page import page_text
from index.pdf import pdf_text
from index.sanitize import label, visible

SUFFIXES = (".md", ".txt", ".html", ".pdf")
MAX_BYTES = 10_000_000  # a long book is 2 MB; more is a log or a dump, and would hold up a build for minutes
# The C parser takes a tenth of the time; PyYAML comes without it where libyaml was missing.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WORD = re.compile(r"\w")
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)

LONGEST_NAME = 200  # characters of a title or a name; longer ones are no titles, and every answer repeats them
LONGEST_URL = 2_000  # characters; browsers and Telegram take no longer ones

Kind = Literal["article", "brief"]
Name = Annotated[str, AfterValidator(lambda name: label(name, LONGEST_NAME))]
Address = Annotated[str | None, AfterValidator(lambda url: visible(url) if url and len(url) <= LONGEST_URL else None)]


class Article(BaseModel):
    """One source text. `text` is what citations count characters in; `id` is the file's stem, `size` its bytes.

    Names are one line of at most LONGEST_NAME characters, without control characters and reference marks.
    `kind` is "brief" for a text that tells what a source says in other words, and must be cited as such.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    file: str
    title: Name
    publisher: Name | None = None
    author: Name | None = None
    published: date | None = None
    url: Address = None
    kind: Kind = "article"
    size: int = 0
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of everything that answers depend on, so a changed title counts as a changed article."""
        return hashlib.sha256(self.model_dump_json(exclude={"size"}).encode()).hexdigest()

    @property
    def name(self) -> str:
        """What readers know the source by: its publisher, else its title."""
        return self.publisher or self.title


class Original(NamedTuple):
    """A file as it came: its name, its bytes and those of its sidecar."""

    file: str
    data: bytes
    sidecar: bytes | None = None


def read_article(path: Path) -> Article:
    """Read one file with its sidecar. Raises ArticleError, naming the file and what to do."""
    return parse_article(*read_original(path), where=str(path))


def read_original(path: Path) -> Original:
    """The bytes of one file and of its sidecar. Raises ArticleError."""
    try:
        size = path.stat().st_size
        _check_size(size, str(path))
        data = path.read_bytes()
        sidecar_path = path.with_name(f"{path.stem}.meta.json")
        sidecar = sidecar_path.read_bytes() if _lies_beside(sidecar_path) else None
    except OSError as error:
        raise ArticleError(f"{path}: can't be read ({error.strerror}). Check the path and its permissions.") from error
    return Original(path.name, data, sidecar)


def _lies_beside(sidecar: Path) -> bool:
    """Whether there is one; a link that leads out of the folder is none, as for articles."""
    return sidecar.is_file() and sidecar.resolve().is_relative_to(sidecar.parent.resolve())


def parse_article(file: str, data: bytes, sidecar: bytes | None = None, where: str | None = None) -> Article:
    """Make an article of a file's name and bytes; `where` is how errors name it (default: the file's name).

    A fact about the article comes from its YAML front matter, else from the sidecar, else it is inferred (the title
    is the first line) or unknown. Raises ArticleError.
    """
    where = where or file
    _check_size(len(data), where)
    stem, dot, suffix = file.rpartition(".")
    kind = f"{dot}{suffix}".lower()
    if not file.isprintable():
        raise ArticleError(f"{visible(where)}: the file's name holds control characters. Rename it.")
    if kind not in SUFFIXES or not stem:
        raise ArticleError(f"{where}: not a kind of file that can be read. Use one of {', '.join(SUFFIXES)}.")
    known = _sidecar(sidecar, where)
    if kind == ".pdf":
        text = pdf_text(data, where)
    else:
        text = _decode(data, where)
        if kind == ".html":
            text, inferred = page_text(text, where)
            known = inferred | known
        else:
            text, front = _split_front_matter(text, where)
            known |= front
    if not text.strip():
        raise ArticleError(f"{where}: holds no text. Add some, or take the file out of the folder.")
    return Article(
        id=stem,
        file=file,
        title=_word(known, "title") or _first_line(text),
        publisher=_word(known, "publisher"),
        author=_word(known, "author"),
        published=_published(known, where),
        url=_word(known, "url"),
        kind=_kind(known),
        size=len(data),
        text=text,
    )


def _check_size(size: int, where: str) -> None:
    if size > MAX_BYTES:
        raise ArticleError(
            f"{where}: the file has {size / 1e6:.1f} MB; an article may have {MAX_BYTES / 1e6:.0f} MB. "
            "Split it, or take it out of the folder."
        )


def _decode(data: bytes, where: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{where}: not UTF-8 text (byte {data[error.start]:#04x} at {error.start}). Save it as UTF-8 and try again."
        ) from error
    if "\0" in text:
        raise ArticleError(f"{where}: not a text file (it holds a zero byte). Save it as UTF-8 text and try again.")
    return text.replace("\r\n", "\n")


def _split_front_matter(text: str, where: str) -> tuple[str, dict[str, Any]]:
    match = FRONT_MATTER.match(text)
    if match is None:
        return text, {}
    try:
        front = yaml.load(match[1], Loader=LOADER)  # noqa: S506 - one of the two safe loaders
    except (yaml.YAMLError, ValueError) as error:  # ValueError: YAML reads 2026-13-45 as a date and fails on it
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 2}:" if mark else ""
        reason = getattr(error, "problem", None) or error
        raise ArticleError(f"{where}:{line} the front matter can't be read ({reason}). Correct it.") from error
    if front is None:
        front = {}
    if not isinstance(front, dict):
        return text, {}  # a text that begins with a ruled-off line, not with front matter
    return text[match.end() :], front


def _sidecar(sidecar: bytes | None, where: str) -> dict[str, Any]:
    if sidecar is None:
        return {}
    try:
        known = json.loads(sidecar.decode("utf-8-sig"))
    except ValueError as error:
        raise ArticleError(f"{where}: its .meta.json is not JSON ({error}). Correct it.") from error
    if not isinstance(known, dict):
        raise ArticleError(f"{where}: its .meta.json is not an object of title, publisher, author, published, url.")
    return known


def _word(known: Mapping[str, Any], key: str) -> str | None:
    value = known.get(key)
    return " ".join(str(value).split()) or None if isinstance(value, str | int | float) else None


def _published(known: Mapping[str, Any], where: str) -> date | None:
    value = known.get("published")
    if value is None:
        # Blog engines write `date`, in many forms; ours to read where it is one, not to complain about.
        return _day(known.get("date"))
    day = _day(value)
    if day is None:
        raise ArticleError(f"{where}: published is {str(value)!r}, not a date. Write it as YYYY-MM-DD.")
    return day


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", value) if isinstance(value, str) else None
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None


def _kind(known: Mapping[str, Any]) -> Kind:
    match known.get("kind"):
        case "brief":
            return "brief"
        case _:
            return "article"  # other people's front matter uses `kind` for things of their own


def _first_line(text: str) -> str:
    """The first line that holds a word; rules, brackets and fences are none."""
    line = next((line for line in text.splitlines() if WORD.search(line)), "Untitled")
    return " ".join(line.strip().lstrip("#").split())
