"""An answer in → one of Telegram's rich messages: native tables, footnotes, folded passages, out."""

import html
import re
from collections.abc import Container, Sequence

from bot.answer import Answer, Citation
from bot.citation import shown, shown_whole, source_line
from bot.fact_table import DISPUTED, Cell, FactTable, fact_tables
from bot.message import UNSENDABLE, answer_paragraphs, cited_words, is_web_address, without_marks

MAX_CHARACTERS = 32_768
MAX_BLOCKS = 500
MAX_COLUMNS = 20
TAG = re.compile(r"<[^>]*>")
MARK = re.compile(r" \[\d+\]$")
LONGEST_HEAD = 16  # characters
BLOCK = re.compile(r"<(?:p|tr|li|blockquote|details|footer|table|h3)\b")


def rich_message(answer: Answer) -> str | None:
    """The whole answer as rich HTML; None where it is beyond what one message may hold."""
    conclusion, *further = answer_paragraphs(answer)
    tables = fact_tables(answer)
    marks = {citation.n for citation in answer.citations}
    pieces = [_paragraph(conclusion, marks), *(_table(table, answer) for table in tables)]
    pieces += [_paragraph(words, marks) for words in further]
    pieces += [_footnotes(answer), _folded(answer)]
    message = UNSENDABLE.sub("", "\n".join(piece for piece in pieces if piece))
    too_wide = any(len(table.sources) >= MAX_COLUMNS for table in tables)
    too_long = len(html.unescape(TAG.sub("", message))) > MAX_CHARACTERS or len(BLOCK.findall(message)) > MAX_BLOCKS
    return None if too_wide or too_long else message


def _paragraph(words: str, marks: set[int]) -> str:
    return f"<p>{'<br>'.join(_marked(line, marks) for line in words.strip().splitlines())}</p>"


def _marked(words: str, marks: set[int]) -> str:
    """Escaped, each [n] of a citation a link to its footnote."""

    def link(match: re.Match[str]) -> str:
        return f'<a href="#n{match[1]}">{match[0]}</a>' if int(match[1]) in marks else match[0]

    return re.sub(r"\[(\d{1,4})\]", link, html.escape(words, quote=False))


def _table(table: FactTable, answer: Answer) -> str:
    """A phone shows three columns: a source that differs stands first, and a mark that a column shares in its head."""
    order = sorted(range(len(table.sources)), key=lambda column: not _differs(table, column))
    shared = [_shared_mark(table, column) for column in range(len(table.sources))]
    marks = {citation.n for citation in answer.citations}
    names = _short_names(table.sources, {citation.publisher or citation.title for citation in answer.citations})
    head = "".join(f'<th align="right">{_marked(names[column] + shared[column], marks)}</th>' for column in order)
    rows = [
        f'<tr><th align="left">{html.escape(row.label, quote=False)}</th>'
        f"{''.join(_cell(row.cells[column], shared[column], marks) for column in order)}</tr>"
        for row in table.rows
    ]
    caption = html.escape(table.heading, quote=False)
    return f"<table bordered striped><caption>{caption}</caption><tr><th></th>{head}</tr>{''.join(rows)}</table>"


def _differs(table: FactTable, column: int) -> bool:
    return any(cell.disputed for row in table.rows if (cell := row.cells[column]))


def _shared_mark(table: FactTable, column: int) -> str:
    """The citation mark that all of a column's cells end with."""
    ends = {found[0] if (found := MARK.search(cell.text)) else "" for row in table.rows if (cell := row.cells[column])}
    return ends.pop() if len(ends) == 1 else ""


def _short_names(names: Sequence[str], sources: Container[str]) -> tuple[str, ...]:
    """The sources' names as a narrow column holds them; their footnotes have them whole."""
    short = tuple(_short(name) if name in sources else name for name in names)
    return short if len(set(short)) == len(short) else tuple(names)


def _short(name: str) -> str:
    if len(name) <= LONGEST_HEAD:
        return name
    words = name.removeprefix("The ").split()
    kept = words[0]
    for word in words[1:]:
        if len(kept) + 1 + len(word) > LONGEST_HEAD:
            break
        kept += f" {word}"
    return f"{kept[:LONGEST_HEAD]}…"


def _cell(cell: Cell | None, shared: str, marks: set[int]) -> str:
    if cell is None:
        return '<td align="right">–</td>'
    words = _marked(cell.text.removesuffix(shared), marks)
    return f'<td align="right">{f"<mark>{words} {DISPUTED}</mark>" if cell.disputed else words}</td>'


def _footnotes(answer: Answer) -> str:
    notes = "<br>".join(_footnote(citation, answer) for citation in answer.citations)
    return f"<footer>{notes}</footer>" if notes else ""


def _footnote(citation: Citation, answer: Answer) -> str:
    """Who says it and when, and the exact quote where the answer has not given it already."""
    quote = shown(citation.quote)
    said = "" if quote in answer.text else f": “{html.escape(quote, quote=False)}”"
    return f'<tg-reference name="n{citation.n}">[{citation.n}] {_source(citation)}{said}</tg-reference>'


def _source(citation: Citation) -> str:
    name = html.escape(source_line(citation), quote=False)
    return f'<a href="{html.escape(citation.url or "")}">{name}</a>' if is_web_address(citation.url) else name


def _folded(answer: Answer) -> str:
    """The passages around what is quoted, under one fold."""
    passages = [
        f"<p><b>{html.escape(f'[{citation.n}] {source_line(citation)}', quote=False)}</b></p>"
        f"<blockquote>{'<br>'.join(map(_line, shown_whole(words).strip().splitlines()))}</blockquote>"
        for citation in answer.citations
        if (words := cited_words(citation, answer)) != citation.quote
    ]
    return f"<details><summary>The passages</summary>{''.join(passages)}</details>" if passages else ""


def _line(line: str) -> str:
    words = html.escape(without_marks(line), quote=False)
    return words if words == html.escape(line, quote=False) else f"<b>{words}</b>"
