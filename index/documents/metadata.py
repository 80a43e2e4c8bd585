"""Facts under the keys of engines, clippers and pages in → who published an article when, and where, out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from index.documents.dates import day_of

# Keys in lower case with underscores, the most telling first. Whose they are: Hugo (date publishDate), Jekyll (date),
# Astro (pubDate), Ghost (published_at primary_author canonical_url), Eleventy (date), Obsidian's clipper (source
# published created author site), Readwise (Full Title, URL, Published Date), Pocket (given_url resolved_title
# time_added), Notion (Created, Tags, URL), JSON-LD (headline datePublished), OpenGraph (og:… article:…), people (datum
# auteur quelle …).
TITLES = ("title", "full_title", "headline", "resolved_title", "og:title", "titel", "titre", "titulo", "name")
AUTHORS = (
    *("author", "authors", "primary_author", "creator", "creators", "dc.creator", "byline", "by", "written_by"),
    *("writer", "autor", "auteur", "autore", "article:author"),
)
PUBLISHERS = (
    *("publisher", "publication", "site_name", "sitename", "og:site_name", "site", "website", "outlet", "journal"),
    *("newspaper", "feed_title", "source", "quelle"),
)
DATES = (
    *("published", "date_published", "datepublished", "published_at", "published_date", "publish_date", "publishdate"),
    *("pubdate", "pub_date", "published_time", "article:published_time", "publication_date", "published_on"),
    *("first_published_at", "posted", "posted_at", "post_date", "date", "datum", "fecha", "data", "dc.date"),
    *("created", "created_at", "date_created", "datecreated", "created_time", "time_added", "date_saved"),
)
ADDRESSES = (
    *("url", "canonical_url", "canonical", "source_url", "original_url", "resolved_url", "given_url", "external_url"),
    *("article_url", "link", "href", "og:url", "source", "quelle", "web_link", "permalink"),
)
LANGUAGES = ("lang", "language", "locale", "og:locale", "inlanguage", "sprache", "langue")
WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,200})\]\]")
LINK = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)")
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
MOST_AUTHORS = 12  # names; longer lists are of everybody at a lab


class Facts(NamedTuple):
    """What is known of an article; `wrong_date` is what stands under "published" and is no date."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None
    kind: str | None = None
    language: str | None = None
    wrong_date: str | None = None

    def before(self, others: "Facts") -> "Facts":
        """These facts, and the others where these say nothing."""
        merged = others._replace(**{key: value for key, value in self._asdict().items() if value is not None})
        return merged._replace(wrong_date=None) if merged.published else merged


def facts_of(stated: Mapping[Any, Any], language: str | None = None) -> Facts:
    """The facts among whatever keys somebody's program writes; `language` orders days and months if none is stated."""
    if not stated:
        return Facts(language=language)
    known = {_key(key): value for key, value in reversed(list(stated.items()))}
    language = _first(known, LANGUAGES, _word) or language
    published = _first(known, DATES, lambda value: day_of(value, language))
    return Facts(
        title=_first(known, TITLES, _word),
        publisher=_first(known, PUBLISHERS, _publisher),
        author=_first(known, AUTHORS, _authors),
        published=published,
        url=_first(known, ADDRESSES, _address),
        kind=_word(known.get("kind")),
        language=language,
        wrong_date=None if published or isinstance(known.get("published"), bool) else _word(known.get("published")),
    )


def is_key(words: str) -> bool:
    """Is this what a program writes before a title, an author, a date or an address?"""
    return _key(words) in ALL


ALL = frozenset((*TITLES, *AUTHORS, *PUBLISHERS, *DATES, *ADDRESSES, *LANGUAGES))


def _key(key: object) -> str:
    return str(key).strip().casefold().replace(" ", "_").replace("-", "_")


def _first(known: Mapping[str, Any], keys: Iterable[str], read: Any) -> Any:
    return next((value for key in keys if key in known and (value := read(known[key])) is not None), None)


def _word(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        return None
    return " ".join(WIKI_LINK.sub(r"\1", str(value)).split()) or None


def _publisher(value: object) -> str | None:
    """A name; an address under "source" is none."""
    if isinstance(value, Mapping):
        return _word(value.get("name"))
    words = _word(value)
    if words and (link := LINK.fullmatch(words)):
        return link[1]
    return None if words and ADDRESS.match(words) else words


def _authors(value: object) -> str | None:
    names = list(dict.fromkeys(_names(value)))
    more = " et al." if len(names) > MOST_AUTHORS else ""
    return f"{', '.join(names[:MOST_AUTHORS])}{more}" or None


def _names(value: object) -> Iterator[str]:
    """The names among texts, lists, and objects with a name."""
    if isinstance(value, Mapping):
        yield from _names(value.get("name"))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _names(each)
    elif name := _publisher(value):
        yield name


def _address(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("url") or value.get("@id")
    words = _word(value) or ""
    link = LINK.search(words)
    found = link[2] if link else words.strip("<>")
    return found if ADDRESS.fullmatch(found) else None
