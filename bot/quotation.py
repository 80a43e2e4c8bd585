"""A question and its hits in → the stretches of the articles that are shown as its answer, out."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from index import ITEM_MARK, Article, Hit, Sentence

SHOWN = 3  # hits that are quoted at most
FURTHER = 3  # other sentences of the first hit that are quoted at most where several things are asked for; else one
BESIDE = 0.3  # share of the best sentence's merit from which the one beside it is shown with it
CLOSE = 0.6  # share of the first hit's merit from which a further hit's sentence is shown: fewer lose no answer
UNLIKELY = -2.0  # log-odds below which a further hit's sentence is not shown: it is seldom an answer
WIDE = 420  # characters from which a sentence stands alone
LIST = 900  # characters of a list that is shown whole
ITEM = re.compile(rf"[ \t]*{ITEM_MARK}[ \t]+\S")
LABELLED = re.compile(r"[ \t]*[^\s:|][^:\n|]{1,40}:[ \t]+\S")
ROW = re.compile(r"\|[ \t]*(\S[^\n]*?)[ \t]*\|")
SEVERAL = re.compile(
    r"\b(?:what|which)\s+(?:\w+\s+){0,3}?\w+s\b|\blist\b|\bname (?:the|all|some)\b|\bwhat (?:are|were|all)\b"
    r"|\bwho are\b|\ball the\b|\bexamples\b|\bfeatures\b|\bwhat (?:else )?can\b|\bwhat does .* (?:include|offer"
    r"|consist)\b",
    re.IGNORECASE,
)


class Quotation(NamedTuple):
    """article.text[start:end], shown as an answer; `hit` is the passage that it stands in."""

    hit: Hit
    start: int
    end: int


def quotation(hit: Hit, start: int, end: int) -> Quotation:
    """A stretch of a hit's article; a table's row without the bars at its two ends."""
    first = hit.passage.start
    row = ROW.fullmatch(hit.text, start - first, end - first)
    return Quotation(hit, first + row.start(1), first + row.end(1)) if row else Quotation(hit, start, end)


def quotations(question: str, hits: Sequence[Hit], article_of: Callable[[str], Article]) -> list[Quotation]:
    """Each hit's best sentence; the first one's with what answers beside it; a list where one is asked for."""
    found: list[Quotation] = []
    several = SEVERAL.search(question) is not None
    for place, hit in enumerate(hits[:SHOWN]):
        if found and (_merit(hit) < CLOSE * _merit(hits[0]) or hit.best[0].odds < UNLIKELY):
            continue
        text = article_of(hit.passage.source).text
        start, end = hit.sentence
        if hit.best and several:
            start, end = _whole_list(text, start, end)
        if hit.best and place == 0 and (start, end) == hit.sentence:
            start, end = _with_neighbour(text, hit)
        found.append(quotation(hit, start, end))
        if place == 0:
            found += _also_answering(hit, start, end)[: FURTHER if several else 1]
    return found


def _also_answering(hit: Hit, start: int, end: int) -> list[Quotation]:
    """Other sentences of a hit that answer, outside of the stretch that is shown already."""
    return [
        quotation(hit, other.start, other.end)
        for other in hit.best
        if other.answers and other.end - other.start < WIDE
        if other.end <= start or end <= other.start
    ]


def _with_neighbour(text: str, hit: Hit) -> tuple[int, int]:
    """The best sentence, and the one beside it in its paragraph that says most; a table's row stands alone."""
    start, end = hit.sentence
    if end - start >= WIDE or ROW.fullmatch(text, start, end):
        return start, end
    best = hit.best[0]
    beside = [
        other
        for other in hit.best[1:]
        if _adjoins(text, best, other) and other.merit >= BESIDE * best.merit and other.end - other.start < WIDE
    ]
    if not beside:
        return start, end
    chosen = max(beside, key=lambda other: (other.merit, -other.start))
    return min(start, chosen.start), max(end, chosen.end)


def _merit(hit: Hit) -> float:
    return hit.best[0].merit if hit.best else 0.0


def _adjoins(text: str, one: Sentence, other: Sentence) -> bool:
    between = text[min(one.end, other.end) : max(one.start, other.start)]
    return not between.strip() and "\n\n" not in between


def _whole_list(text: str, start: int, end: int) -> tuple[int, int]:
    """The list that a place stands in, where it is one and not too long; else the place."""
    first = text.rfind("\n", 0, start) + 1
    marker = next((pattern for pattern in (ITEM, LABELLED) if pattern.match(text, first)), None)
    if marker is None:
        return start, end
    last = _line_end(text, end)
    top, bottom = first, last
    while top > 0 and marker.match(text, above := text.rfind("\n", 0, top - 1) + 1):
        top = above
    while bottom < len(text) and marker.match(text, bottom + 1):
        bottom = _line_end(text, bottom + 1)
    if (top, bottom) == (first, last) or bottom - top > LIST:
        return start, end
    top += len(text[top:bottom]) - len(text[top:bottom].lstrip())
    return top, bottom


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end
