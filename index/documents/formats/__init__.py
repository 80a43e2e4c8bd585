"""A file's name and bytes in → its text and what it says about itself, out: one reader a kind of file."""

import zlib
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from index.errors import ArticleError

MAX_BYTES = 50_000_000  # of a file, packed or not
PACKED = ".gz"
GZIP = b"\x1f\x8b"


class Document(NamedTuple):
    """A file's text, the facts in front of it, and those that its program or page keeps about it."""

    text: str
    front: Mapping[Any, Any] = {}
    own: Mapping[Any, Any] = {}


class Format(NamedTuple):
    """A kind of file. `home`: the module whose function `read` reads it, so that its libraries are imported only then.

    `has_head`: its text begins with what is printed at the top, so that a byline there can be read.
    """

    suffixes: tuple[str, ...]
    home: str
    has_head: bool = True

    @property
    def read(self) -> Callable[[bytes, str], Document]:
        """The reader: bytes, and how errors name the file, in → a Document, out. It raises ArticleError."""
        reader: Callable[[bytes, str], Document] = import_module(f"index.documents.formats.{self.home}").read
        return reader


FORMATS = (
    Format((".md", ".markdown", ".mdx", ".txt"), "text"),
    Format((".html", ".htm", ".xhtml"), "page"),
    Format((".mhtml", ".mht"), "archive"),
    Format((".pdf",), "pdf"),
    Format((".docx",), "word"),
    Format((".epub",), "book", has_head=False),
)
SUFFIXES = tuple(suffix for each in FORMATS for suffix in each.suffixes)


def stem_of(file: str) -> str:
    """A file's name without its suffix, and without that of a packed one: "a" of "a.md.gz"."""
    return _parted(file)[0]


def suffix_of(file: str) -> str:
    """A file's suffix in small letters, before `.gz`; "" where it has none."""
    return _parted(file)[1]


def format_of(file: str, where: str) -> Format:
    """The kind of a file by its name. Raises ArticleError where it is none that can be read."""
    stem, suffix = _parted(file)
    found = next((each for each in FORMATS if suffix in each.suffixes), None)
    if found is None or not stem:
        raise ArticleError(f"{where}: not a kind of file that can be read. Use one of {', '.join(SUFFIXES)}.")
    return found


def unpacked(data: bytes, where: str) -> bytes:
    """The bytes, unpacked where they are gzip, whatever their name says. Raises ArticleError for broken, huge ones."""
    if not data.startswith(GZIP):
        return data
    try:
        reader = zlib.decompressobj(wbits=31)
        content = reader.decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise ArticleError(f"{where}: the gzip file is broken ({error}). Pack it again.") from error
    if len(content) > MAX_BYTES:
        raise ArticleError(f"{where}: unpacks to more than {MAX_BYTES / 1e6:.0f} MB. Split it.")
    if not reader.eof:
        raise ArticleError(f"{where}: the gzip file is cut short. Pack it again.")
    return content


def _parted(file: str) -> tuple[str, str]:
    name = file[: -len(PACKED)] if file.lower().endswith(PACKED) else file
    stem, dot, suffix = name.rpartition(".")
    return (stem, f"{dot}{suffix}".lower()) if stem.rpartition("/")[2] else (name, "")
