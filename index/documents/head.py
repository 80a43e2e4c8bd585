"""The first lines of a text in → the title, author and date that are printed there, out."""

import html
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from index.documents.dates import days_in
from index.documents.metadata import Facts, facts_of, is_key

LINES = 40  # lines, and characters, in which a title, a byline or a list of metadata is looked for
LENGTH = 6_000
PROSE = 140  # characters of a line from which it is a paragraph: the head is over
BYLINE = 120  # characters of the longest byline
WORD = re.compile(r"\w")
HEADING = re.compile(r"#{1,2}[ \t]+(?P<title>.*?\S)(?:[ \t]+#+)?(?:[ \t]*\{#[^{}]*\})?[ \t]*")
UNDERLINE = re.compile(r"[ \t]*(?:={3,}|-{3,})[ \t]*")
FENCE = re.compile(r"[ \t]*(?:```|~~~)")
STOP = re.compile(r"[.!?…。][\"'”’)]*\s*\Z")
# "Kim Rao", "Kim Rao and Bo Dahl", "by the Pier's desk"
NAMES = r"(?P<names>[^\W\d_][\w.'’-]*(?:(?:,? (?:and|und|et|y|e|&) |, | )[^\W\d_][\w.'’-]*){0,7})"
BY = r"(?:written by|posted by|by|von|par|por|di|door|av|af|przez|автор:?|作者[:：]?|文[/／])"
WHEN = (
    r"(?:first published|published|posted|publication date|date|released|issued|veröffentlicht|erschienen|stand|datum"
    r"|publié|publicado|pubblicato|gepubliceerd|publicerad|opublikowano|опубликовано|发布时间|发布日期|公開日)"
)
AUTHORED = re.compile(rf"\W*(?i:{BY})[ \t]+{NAMES}(?=\W*(?:$|[|·•—–,(/]|\d|(?i:{WHEN}|on|am|le|el)\b))")
DATED = re.compile(rf"\W*(?i:{WHEN})\b")
# What stands beside a date in a line that is no more than a byline.
BESIDE = re.compile(
    rf"(?i:\b{WHEN}\b|\b(?:on|am|le|el|at|um|à|the|of|de|d|del|st|nd|rd|th|er|updated|last|min|mins|minutes?|read|reading|time"
    r"|uhr|utc|gmt|e[sd]t|p[sd]t|ce?s?t|am|pm|mon|tue|wed|thu|fri|sat|sun)\b|\b\w*(?:day|tag|woch|dag|di)\b)"
)
YEAR = re.compile(r"(?:19|20)\d\d")
NAMED_MONTH = re.compile(r"[^\W\d_]{3,12}")
# "OAKLAND, October 3, 2026 —", "LISBON – 3 October 2026 –": how agencies begin a report
DATELINE = re.compile(r"\W*[A-Z][A-Z .'’-]{2,30}\b(?P<date>[^\n]{8,70}?)\s*(?:[—–]|--)\s")
STATED = re.compile(r"(?P<key>[A-Za-z][A-Za-z _-]{1,24}?)[ \t]*[:：][ \t]*(?P<value>\S.*)")
MARKER = re.compile(r"[-*+•▪][ \t]+|\|")  # of an item or a row, which is no byline
# Keys that say who or when are enough alone; a single "Source:" may stand under a picture.
TELLING = re.compile(r"(?:author|by|published|date|posted|url)\b.*", re.IGNORECASE)
NO_KEY = frozenset({"name", "data", "site", "by", "link"})  # in a text, these are words
BACK = re.compile(r"\W*(?:[←«‹↩<]|&larr;|(?:back|return|home|zurück|retour|volver)\b)", re.IGNORECASE)
ONLY_LINKS = re.compile(r"(?:\W*!?\[(?:!\[[^\]\n]*\]\([^)\n]*\)|[^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])\W*)+")
MODULE = re.compile(r"(?:import|export)\s.*(?:\bfrom\b|[{}=;]).*")
COMMENT = re.compile(r"<!--.*?-->|%%.*?%%|\{/\*.*?\*/\}", re.DOTALL)
TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
MARKED = re.compile(r"[<&\[*_`=']")
INLINE = re.compile(
    r"!\[[^\[\]\n]{0,200}\]\([^()\n]{0,500}\)"
    r"|\[\[(?:[^\[\]|\n]{1,200}\|)?(?P<wiki>[^\[\]|\n]{1,200})\]\]"
    r"|\[(?P<link>[^\[\]\n]{1,300})\](?:\([^()\n]{0,500}\)|\[[^\[\]\n]{0,80}\])"
    r"|'{2,5}|(?<![\w*])\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?![\w*])|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`|=="
)


class Line(NamedTuple):
    """A line without markup. `is_heading`: it is marked as one; `is_item`: as an item of a list, or a row."""

    text: str
    is_heading: bool = False
    is_item: bool = False


def head_facts(text: str, language: str | None = None) -> Facts:
    """What the first lines state: a list of metadata, a byline; the title is the first line that can be one."""
    lines = list(_lines(text))
    stated, rest = _stated(lines)
    listed = facts_of(stated, language)
    bylines = [line.text for line in rest if not (line.is_heading or line.is_item)]
    author = next((match["names"] for line in bylines if (match := _author(line))), None)
    published = next((day for line in bylines for day in _dated(line, language)), None)
    title = listed.title or _title(rest) or _title(lines)
    return listed._replace(title=title, wrong_date=None).before(Facts(author=author, published=published))


def _lines(text: str) -> Iterator[Line]:
    """The lines of a head, up to the one with which the prose begins."""
    head = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text[:LENGTH])
    lines = [line.strip() for line in head.split("\n")[:LINES]]
    is_code = False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if FENCE.match(line):
            is_code = not is_code
        if is_code or MODULE.fullmatch(line) or ONLY_LINKS.fullmatch(line) or UNDERLINE.fullmatch(line):
            continue
        heading = HEADING.fullmatch(line)
        marker = MARKER.match(line)
        words = plain(heading["title"] if heading else line[marker.end() if marker else 0 :].lstrip("#"))
        if WORD.search(words):
            is_heading = heading is not None or (UNDERLINE.fullmatch(following) is not None and marker is None)
            yield Line(words, is_heading, marker is not None)
            if len(words) > PROSE:
                return


def plain(line: str) -> str:
    """A line as a reader sees it: links by their words, no marks, no tags."""
    if MARKED.search(line):
        line = INLINE.sub(lambda match: match["wiki"] or match["link"] or "", TAG.sub(" ", line))
        line = html.unescape(line)
    return " ".join(line.split())


def _stated(lines: list[Line]) -> tuple[dict[str, str], list[Line]]:
    """Lines of `Author: …` and what they state, as note programs export them; and the other lines."""
    stated: dict[str, str] = {}
    rest: list[Line] = []
    for line in lines:
        match = None if line.is_heading else STATED.fullmatch(line.text)
        if match and is_key(match["key"]) and match["key"].casefold() not in NO_KEY:
            stated.setdefault(match["key"], match["value"])
        else:
            rest.append(line)
    is_list = len(stated) > 1 or any(map(TELLING.fullmatch, stated))
    return (stated, rest) if is_list else ({}, lines)


def _title(lines: list[Line]) -> str | None:
    able = [line for line in lines if not (BACK.match(line.text) or _is_byline(line.text))]
    return next((line.text for line in able if line.is_heading), able[0].text if able else None)


def _author(line: str) -> re.Match[str] | None:
    return AUTHORED.match(line) if len(line) <= BYLINE and not STOP.search(line) else None


def _is_byline(line: str) -> bool:
    return _author(line) is not None or (len(line) <= BYLINE and any(True for _ in _dated(line, None)))


def _dated(line: str, language: str | None) -> Iterator[date]:
    """The day that a byline states: a line that says little else, or the beginning of an agency's report."""
    if not YEAR.search(line):
        return
    if match := DATELINE.match(line[:BYLINE]):
        yield from days_in(match["date"], language)
    if len(line) > BYLINE:
        return
    author = _author(line)
    left = line[author.end() :] if author else line
    words = len(NAMED_MONTH.findall(BESIDE.sub(" ", left)))
    if (DATED.match(left) and not STOP.search(left)) or words <= (3 if author else 1):
        yield from days_in(left, language)
