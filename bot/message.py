"""An answer in → messages that Telegram takes, as classic HTML and as plain text, out."""

import html
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from bot.answer import Answer, Citation, CitedPassage
from bot.citation import CitationError, check, shown, shown_whole, source_line
from bot.fact_table import DISPUTED, Cell, FactTable, fact_tables, lists_facts
from bot.written import counted
from index import Article

MAX_UNITS = 4096  # UTF-16 code units of one message, after entities are parsed
PHONE_COLUMNS = 34  # of a monospaced line that a narrow phone shows without wrapping
MAX_CAPTION = 1024  # of a picture
SHORTEST_NAME = 8  # columns; a source whose name would get fewer has a line of its own
MAX_ENTITIES = 100  # of one message; Telegram drops the formatting of the rest
# What Telegram would drop or refuse: control characters but tab and newline, and halves of surrogate pairs.
UNSENDABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
# Where a long text is cut, best place first: between lines, between sentences, between words.
PLACES = (re.compile(r"\n"), re.compile(r"(?<=[.!?…;:]) "), re.compile(r"\s"))

Style = Literal["plain", "bold", "italic", "code", "table", "quote", "link"]
TAGS: dict[Style, tuple[str, str]] = {
    "plain": ("", ""),
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "code": ("<code>", "</code>"),
    "table": ("<pre>", "</pre>"),
    "quote": ("<blockquote expandable>", "</blockquote>"),
    "link": ('<a href="{}">', "</a>"),
}


class Span(NamedTuple):
    """A stretch of text in one style; spans never nest, so a cut can't fall inside a tag."""

    text: str
    style: Style = "plain"
    url: str = ""


Block = tuple[Span, ...]  # what stays together when it fits: a paragraph, a table, a citation


class Part(NamedTuple):
    """One message, in the two forms that every Bot API server takes."""

    html: str
    plain: str


def answer_parts(answer: Answer) -> tuple[Part, ...]:
    """The whole answer, in as few messages as hold it."""
    return parts(answer_blocks(answer))


def answer_blocks(answer: Answer) -> list[Block]:
    """The conclusion, a table for each benchmark, more words, then each citation with its article's words, folded."""
    words = [(Span(paragraph),) for paragraph in answer_paragraphs(answer)]
    tables = [table_block(table) for table in fact_tables(answer)]
    return [*words[:1], *tables, *words[1:], *(citation_block(citation, answer) for citation in answer.citations)]


def answer_words(answer: Answer) -> str:
    """The answer's text without its list of sources, which messages lay out in their own way."""
    return answer.body.rstrip()


def answer_paragraphs(answer: Answer) -> list[str]:
    """The answer's paragraphs, its conclusion first, without the facts that a table shows."""
    first, *others = answer_words(answer).split("\n\n")
    return [first.strip(), *(words.strip() for words in others if words.strip() and not lists_facts(words, answer))]


def caption(answer: Answer) -> str:
    """The conclusion, as far as a picture's caption holds it."""
    words = UNSENDABLE.sub("", answer_paragraphs(answer)[0])
    if utf16_units(words) <= MAX_CAPTION:
        return words
    return f"{words[: _place(words, MAX_CAPTION - 1)].rstrip()}…"


def paragraphs(text: str) -> list[Block]:
    """A text's paragraphs, each a block."""
    return [(Span(paragraph.strip()),) for paragraph in text.split("\n\n") if paragraph.strip()]


def table_block(table: FactTable) -> Block:
    """A table that fits a phone: under each model a line for each source."""
    lines = []
    for row in table.rows:
        lines += _wrapped(row.label, "", "  ")
        for name, cell in zip(table.sources, row.cells, strict=True):
            lines += _lines(name, cell) if cell else ()
    return (Span(table.heading, "bold"), Span("\n"), Span("\n".join(lines), "table"))


def _lines(name: str, cell: Cell) -> list[str]:
    value = f"{cell.text} {DISPUTED}" if cell.disputed else cell.text
    room = PHONE_COLUMNS - len(value) - 2
    if room >= min(SHORTEST_NAME, len(name)):
        return [f" {_short(name, room):<{room}} {value}"]
    return [f" {_short(name, PHONE_COLUMNS - 1)}", *_wrapped(value, "   ", "   ")]


def _wrapped(words: str, first: str, further: str) -> list[str]:
    return textwrap.wrap(words, PHONE_COLUMNS, initial_indent=first, subsequent_indent=further, break_on_hyphens=False)


def _short(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1]}…"


def citation_block(citation: Citation, answer: Answer) -> Block:
    """[n] who, when, and the article's words."""
    words = shown_whole(without_marks(cited_words(citation, answer))).strip()
    return (Span(f"[{citation.n}] "), _source(citation), Span("\n"), Span(words, "quote"))


def cited_words(citation: Citation, answer: Answer) -> str:
    """The exact quote; where the answer has said it already, the passage that it stands in."""
    if shown(citation.quote) in answer.text:
        for passage in answer.passages:
            if passage.source == citation.source and passage.start <= citation.start and citation.end <= passage.end:
                return passage.text
    return citation.quote


def without_marks(text: str) -> str:
    """A passage's text without Markdown's marks of headings, which are no words of the article."""
    return HEADING.sub("", text)


def source_blocks(articles: Sequence[Article]) -> list[Block]:
    """How many articles there are, then each: title, publisher, day."""
    if not articles:
        return paragraphs("There are no articles yet.")
    heading = (Span(counted(len(articles), "article"), "bold"),)
    return [heading, *((Span(article.title), Span("\n"), _source(article)) for article in articles)]


def passage_blocks(passages: Sequence[CitedPassage], articles: Iterable[Article]) -> list[Block]:
    """Each passage under its source's name, folded."""
    known = {article.id: article for article in articles}
    return [
        (_source(known[passage.source]), Span("\n"), Span(shown_whole(without_marks(passage.text)).strip(), "quote"))
        for passage in passages
        if passage.source in known
    ]


def _source(source: Article | Citation) -> Span:
    return Span(source_line(source), "link" if is_web_address(source.url) else "bold", source.url or "")


def is_web_address(url: str | None) -> bool:
    """Whether Telegram makes a link of it; it refuses a message that links to anything else."""
    return url is not None and re.fullmatch(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?", url) is not None


def check_answer(answer: Answer, articles: Iterable[Article]) -> None:
    """Raise CitationError if a citation or a passage is not its article at that place."""
    known = {article.id: article for article in articles}
    for citation in answer.citations:
        check(citation, known)
    for passage in answer.passages:
        article = known.get(passage.source)
        if article is None or article.text[passage.start : passage.end] != passage.text:
            raise CitationError(f"{passage.source}: the passage at {passage.start} is not in the article any more.")


def parts(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Pack blocks into messages within Telegram's limits; a block that fits no message is cut where a reader would."""
    packed: list[list[Block]] = []
    units = entities = MAX_UNITS  # no message is open yet
    for block in _fitting(blocks):
        units += 2 + _units(block)
        entities += _entities(block)
        if units > MAX_UNITS or entities > MAX_ENTITIES:
            packed.append([])
            units, entities = _units(block), _entities(block)
        packed[-1].append(block)
    return tuple(
        Part(
            html="\n\n".join("".join(map(_html, block)) for block in group),
            plain="\n\n".join("".join(span.text for span in block) for block in group),
        )
        for group in packed
    )


def utf16_units(text: str) -> int:
    """How Telegram counts a text's length."""
    return len(text.encode("utf-16-le")) // 2


def _fitting(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        rest = _clean(block)
        while _units(rest) > MAX_UNITS or _entities(rest) > MAX_ENTITIES:
            head, rest = _cut(rest)
            if head := _clean(head):
                yield head
            rest = _clean(rest)
        if rest:
            yield rest


def _clean(block: Block) -> Block:
    """Without what Telegram refuses or trims: control characters, empty spans, space at both ends."""
    spans = [span._replace(text=UNSENDABLE.sub("", span.text)) for span in block]
    while spans and not spans[0].text.strip():
        spans.pop(0)
    while spans and not spans[-1].text.strip():
        spans.pop()
    if not spans:
        return ()
    spans[0] = spans[0]._replace(text=spans[0].text.lstrip())
    spans[-1] = spans[-1]._replace(text=spans[-1].text.rstrip())
    return tuple(span for span in spans if span.text)


def _cut(block: Block) -> tuple[Block, Block]:
    """A block that is too long → a head that fits and is not empty, and the rest."""
    units = entities = 0
    for position, span in enumerate(block):
        entities += span.style != "plain"
        room = MAX_UNITS - units
        units += utf16_units(span.text)
        if entities > MAX_ENTITIES:
            return block[:position], block[position:]
        if units > MAX_UNITS:
            at = _place(span.text, room)
            head, tail = span._replace(text=span.text[:at]), span._replace(text=span.text[at:])
            return (*block[:position], head), (tail, *block[position + 1 :])
    return block, ()


def _place(text: str, room: int) -> int:
    """Where to cut so that at most `room` units stand before: the last good place in the room's second half."""
    most = len(text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore"))
    for place in PLACES:
        ends = [match.end() for match in place.finditer(text, most // 2, most)]
        if ends:
            return ends[-1]
    return most


def _units(block: Block) -> int:
    return sum(utf16_units(span.text) for span in block)


def _entities(block: Block) -> int:
    return sum(span.style != "plain" for span in block)


def _html(span: Span) -> str:
    opening, closing = TAGS[span.style]
    return opening.format(html.escape(span.url)) + html.escape(span.text, quote=False) + closing
