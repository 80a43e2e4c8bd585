"""An article in → its passages, out: places that joined give the article's text back exactly."""

import itertools
from collections.abc import Callable, Iterator
from typing import NamedTuple

from index.block import Block, blocks
from index.documents.article import Article
from index.sentence import sentences

TARGET = 200  # word pieces: the encoder reads 256, and a passage's context takes some of them
ENOUGH = 64  # word pieces after which a heading opens a passage of its own
CONTEXT = 300  # characters of headings and table header that go along with a passage


class Passage(NamedTuple):
    """article.text[start:end]. `context` is what a reader would see above it: headings, and a cut table's header."""

    source: str
    start: int
    end: int
    context: str


class _Piece(NamedTuple):
    start: int
    end: int
    size: int
    opens: bool
    context: str


def cut(article: Article, count: Callable[[str], int]) -> list[Passage]:
    """Cut an article into passages of about TARGET word pieces; `count` tells the word pieces of a text.

    Paragraphs, lists and tables stay whole where they fit; else they are cut between sentences, items or rows.
    """
    passages: list[Passage] = []
    group: list[_Piece] = []
    size = 0
    for piece in _pieces(article.text, count):
        full = size + piece.size > TARGET
        # Headings at a group's end belong to what follows them.
        if group and (full or (piece.opens and size >= ENOUGH)):
            tail = _headings_at_end(group)
            body = group[: len(group) - tail]
            if body:
                passages.append(_passage(article, body))
                group = group[len(group) - tail :]
                size = sum(each.size for each in group)
        group.append(piece)
        size += piece.size
    if group:
        passages.append(_passage(article, group))
    return passages


def _headings_at_end(group: list[_Piece]) -> int:
    count = 0
    while count < len(group) and group[len(group) - 1 - count].opens:
        count += 1
    return count


def _passage(article: Article, group: list[_Piece]) -> Passage:
    return Passage(article.id, group[0].start, group[-1].end, group[0].context)


def _pieces(text: str, count: Callable[[str], int]) -> Iterator[_Piece]:
    path: dict[int, str] = {}
    for block in blocks(text):
        if block.kind == "heading":
            above = _context(path)
            path = {level: title for level, title in path.items() if level < block.level}
            path[block.level] = block.title
            yield _Piece(
                block.start, block.end, count(text[block.start : block.end]), True, above if block.level > 1 else ""
            )
            continue
        context = _context(path)
        size = count(text[block.start : block.end])
        if size <= TARGET:
            yield _Piece(block.start, block.end, size, False, context)
            continue
        header = _table_header(text, block) if block.kind == "table" else ""
        first = True
        for start, end in _parts(text, block, count):
            above = context if first or not header else f"{context}\n{header}".strip()[:CONTEXT]
            yield _Piece(start, end, count(text[start:end]), False, above)
            first = False


def _context(path: dict[int, str]) -> str:
    return " › ".join(path[level] for level in sorted(path))[:CONTEXT]


def _table_header(text: str, block: Block) -> str:
    return text[block.start : block.end].lstrip().partition("\n")[0]


def _parts(text: str, block: Block, count: Callable[[str], int]) -> Iterator[tuple[int, int]]:
    """Consecutive parts of a block that is too long, cut at lines for tables and lists, at sentences elsewhere."""
    cuts = [block.start]
    if block.kind in ("table", "list"):
        position = block.start
        while (position := text.find("\n", position, block.end)) >= 0:
            position += 1
            cuts.append(position)
    else:
        cuts.extend(start for start, _ in sentences(text, block.start, block.end) if start > block.start)
    if cuts[-1] != block.end:
        cuts.append(block.end)
    for start, end in itertools.pairwise(cuts):
        if count(text[start:end]) <= TARGET:
            yield start, end
        else:
            yield from _words(text, start, end, count)


def _words(text: str, start: int, end: int, count: Callable[[str], int]) -> Iterator[tuple[int, int]]:
    """A sentence too long to keep, cut at blanks; a part that is still dense in word pieces is halved again."""
    length = TARGET * 3  # characters: English has some four a word piece
    while end - start > length:
        blank = text.rfind(" ", start + length // 2, start + length)
        middle = start + length if blank < 0 else blank + 1
        yield from _halves(text, start, middle, count)
        start = middle
    yield from _halves(text, start, end, count)


def _halves(text: str, start: int, end: int, count: Callable[[str], int]) -> Iterator[tuple[int, int]]:
    if count(text[start:end]) <= TARGET or end - start < 2:
        yield start, end
        return
    middle = (start + end) // 2
    yield from _halves(text, start, middle, count)
    yield from _halves(text, middle, end, count)
