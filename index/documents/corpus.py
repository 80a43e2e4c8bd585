"""A folder in → its articles, and the files that can't be read with the reason, out."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from index.documents.article import Article
from index.documents.document import read_article
from index.documents.formats import SUFFIXES, stem_of, suffix_of
from index.documents.left_out import LeftOut
from index.errors import ArticleError, CorpusError

SHIPPED = Path(__file__).resolve().parents[2] / "corpus"  # beside the packages, in a checkout and in a wheel alike
ABOUT = SHIPPED / "README.md"  # tells of the corpus that ships, and is none of its articles
ARTICLES = "articles"  # the sub-folder whose name is no part of an id
SKIPPED = frozenset({"node_modules", "__MACOSX"})  # folders of what programs keep for themselves, beside hidden ones
# Documents that people would expect to be read; a picture or a style sheet is not missed.
UNREAD = frozenset(
    {
        *(".doc", ".docm", ".rtf", ".odt", ".pages", ".tex", ".rst", ".org", ".adoc", ".eml", ".webarchive", ".mobi"),
        *(".azw3", ".fb2", ".djvu", ".ps", ".pptx", ".xlsx", ".ods", ".csv", ".tsv", ".zip"),
    }
)


class Corpus(NamedTuple):
    """The articles of a folder, by id, and what of it was left out."""

    articles: tuple[Article, ...]
    left_out: tuple[LeftOut, ...] = ()


def article_files(folder: Path) -> list[Path]:
    """The article files in a folder and its sub-folders, by id. Raises CorpusError where the folder is missing."""
    return list(corpus_files(folder).values())


def corpus_files(folder: Path) -> dict[str, Path]:
    """The article files in a folder and its sub-folders by their ids, in the order of these.

    An id is the path below the folder, or below its `articles/`, without suffix; files that share it keep their suffix.
    Raises CorpusError where the folder is missing.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder. Name a folder of articles with --corpus.")
    forms = {path: _forms(path.relative_to(folder).as_posix()) for path in candidates(folder)}
    shared = Counter(form for each in forms.values() for form in set(each))
    ids = {next((form for form in each if shared[form] == 1), each[-1]): path for path, each in forms.items()}
    return dict(sorted(ids.items()))


def candidates(folder: Path) -> Iterator[Path]:
    """Every file that may be an article, in no order that means anything; none where a folder is missing."""
    return (path for path in _files(folder) if suffix_of(path.name) in SUFFIXES)


def needed_files(folder: Path) -> dict[str, Path]:
    """The article files of a folder by their ids. Raises CorpusError where there is none."""
    files = corpus_files(folder)
    if not files:
        raise CorpusError(f"{folder}: no article here. Add {', '.join(SUFFIXES)} files, or name another folder.")
    return files


def read_corpus(folder: Path, beat: Callable[[], None] = lambda: None) -> Corpus:
    """Every article of a corpus, and what of it can't be read. `beat` is called after each file.

    Raises CorpusError where the folder holds no file that may be an article.
    """
    articles, out = [], list(unread(folder))
    for name, path in needed_files(folder).items():
        try:
            articles.append(read_article(path, name, where=path.relative_to(folder).as_posix()))
        except ArticleError as error:
            out.append(left_out(folder, path, str(error)))
        beat()
    return Corpus(tuple(articles), tuple(sorted(out, key=lambda each: each.file)))


def unread(folder: Path) -> Iterator[LeftOut]:
    """Documents of kinds that are not read."""
    for path in _files(folder):
        if path.suffix.lower() in UNREAD:
            reason = f"{path.relative_to(folder).as_posix()}: {path.suffix} files are not read. Save it as .md or .pdf."
            yield left_out(folder, path, reason)


def left_out(folder: Path, path: Path, reason: str) -> LeftOut:
    """A file of a folder that is no article, and why."""
    return LeftOut(file=path.relative_to(folder).as_posix(), size=path.stat().st_size, reason=reason)


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder and its sub-folders, but hidden ones.

    A link that leads out of the folder is none: what lies elsewhere was not given to be quoted to everybody.
    """
    inside = folder.resolve()
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not (name.startswith(".") or name in SKIPPED))
        for name in sorted(files):
            path = Path(place, name)
            if name.startswith(".") or (path.is_symlink() and not path.resolve().is_relative_to(inside)):
                continue
            if path.is_file() and not (name == ABOUT.name and path.resolve() == ABOUT):
                yield path


def _forms(name: str) -> tuple[str, str, str]:
    """What may be a file's id, the shortest first: without suffix, with it, and with `articles/`."""
    inner = name.removeprefix(f"{ARTICLES}/")
    folder, slash, file = inner.rpartition("/")
    return f"{folder}{slash}{stem_of(file)}", inner, name
