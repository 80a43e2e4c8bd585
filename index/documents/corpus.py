"""A folder in → its articles, out."""

from collections.abc import Callable, Iterator
from pathlib import Path

from index.documents.article import Article
from index.documents.document import read_article
from index.documents.formats import SUFFIXES, suffix_of
from index.errors import CorpusError

SHIPPED = Path(__file__).resolve().parents[2] / "corpus"  # beside the packages, in a checkout and in a wheel alike


def article_files(folder: Path) -> list[Path]:
    """The article files in a folder and in its `articles/`, by id; a README is not an article.

    Raises CorpusError where the folder is missing or two files share an id.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder. Name a folder of articles with --corpus.")
    found: dict[str, Path] = {}
    for path in candidates(folder):
        if path.stem in found:
            raise CorpusError(f"{path} and {found[path.stem]} have the same id {path.stem!r}. Rename one of them.")
        found[path.stem] = path
    return [path for _, path in sorted(found.items())]


def candidates(folder: Path) -> Iterator[Path]:
    """Every file that may be an article, in no order that means anything; none where a folder is missing.

    A link that leads out of the folder is none: what lies elsewhere was not given to be quoted to everybody.
    """
    inside = folder.resolve()
    for place in (folder, folder / "articles"):
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            is_named_so = suffix_of(path.name) in SUFFIXES and not path.name.startswith(".") and path.stem != "README"
            if is_named_so and path.is_file() and path.resolve().is_relative_to(inside):
                yield path


def needed_files(folder: Path) -> list[Path]:
    """The article files in a folder, by id. Raises CorpusError where there is none."""
    files = article_files(folder)
    if not files:
        raise CorpusError(f"{folder}: no article here. Add {', '.join(SUFFIXES)} files, or name another folder.")
    return files


def read_corpus(folder: Path, beat: Callable[[], None] = lambda: None) -> list[Article]:
    """Every article of a corpus, by id. Raises CorpusError where there is none, ArticleError for an unreadable one.

    `beat` is called after each of them.
    """
    articles = []
    for path in needed_files(folder):
        articles.append(read_article(path))
        beat()
    return articles
