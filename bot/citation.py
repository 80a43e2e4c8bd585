"""A place in an article in → a citation that is the article at that place, out."""

import re
from collections.abc import Mapping
from datetime import date

from bot.answer import Citation
from index import Article, PressCheckError, foreign, said_text

# What a quoted line, a list's item or a heading begins with.
MARKER = re.compile(r"[ \t]*(?:>[ \t]*)*(?:(?P<item>[-*+•][ \t]+)|#{1,6}[ \t]+)?")
MARKS = (  # of Markdown, and what is left of each
    (re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"), r"\1"),
    (re.compile(r"\*\*(?!\*)|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)"), ""),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]+)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!~>|&$-])"), r"\1"),
)


class CitationError(PressCheckError):
    """A quote is not what its article says at that place: it must not be shown."""


def cite(number: int, article: Article, start: int, end: int) -> Citation:
    """Citation [number] of article.text[start:end]. Raises CitationError for a place outside of the article."""
    if not 0 <= start < end <= len(article.text):
        raise CitationError(f"{article.id}: there is no text at {start}–{end}. Run: presscheck index check")
    return Citation(
        n=number,
        source=article.id,
        title=article.title,
        publisher=article.publisher,
        author=article.author,
        published=article.published,
        url=article.url,
        kind=article.kind,
        start=start,
        end=end,
        quote=article.text[start:end],
    )


def check(citation: Citation, articles: Mapping[str, Article]) -> None:
    """Compare a citation with its article once more. Raises CitationError where they differ."""
    article = articles.get(citation.source)
    if article is None or article.text[citation.start : citation.end] != citation.quote:
        raise CitationError(f"{citation.source}: the quote at {citation.start} is not in the article any more.")


def source_name(source: Article | Citation) -> str:
    """What a reader knows a source by: "The Next Web", or "brief of The Next Web" where others' words are retold."""
    name = source.publisher or source.title
    return f"brief of {name}" if source.kind == "brief" else name


def in_a_sentence(source: Article | Citation) -> str:
    """A source's name as a sentence goes on with it: "The Next Web", "the brief of The Next Web"."""
    return f"the {source_name(source)}" if source.kind == "brief" else source_name(source)


def source_line(source: Article | Citation) -> str:
    """A source with its date: "brief of The Next Web, 9 Apr 2026"."""
    return ", ".join(part for part in (source_name(source), day(source.published)) if part)


def day(published: date | None) -> str:
    """A date as people write it: 9 Apr 2026; empty where it is unknown."""
    return f"{published.day} {published:%b %Y}" if published else ""


def shown(quote: str) -> str:
    """A quote on one line, as a reader of the page sees it: no struck words, of a link its words, no marks of lists."""
    plain = ""
    for line in said_text(quote).strip().split("\n"):
        marker = MARKER.match(line)
        assert marker, line  # noqa: S101 - it may be empty
        plain += f"{' · ' if plain and marker['item'] else ' '}{line[marker.end() :]}"
    for mark, kept in MARKS:
        plain = mark.sub(kept, plain)
    return " ".join(foreign(plain).split())


def shown_whole(text: str) -> str:
    """A stretch of an article with its lines kept, as it may stand in an answer."""
    return foreign(text)
