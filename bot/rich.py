"""An answer in → one of Telegram's rich messages: native tables, footnotes, folded passages, out."""

import html
import re

from bot.answer import Answer, Citation
from bot.citation import source_line
from bot.fact_table import DISPUTED, Cell, FactTable, fact_tables
from bot.message import UNSENDABLE, answer_paragraphs, cited_words, is_web_address

MAX_CHARACTERS = 32_768
MAX_BLOCKS = 500
MAX_COLUMNS = 20
TAG = re.compile(r"<[^>]*>")
BLOCK = re.compile(r"<(?:p|tr|li|blockquote|details|footer|table|h3)\b")


def rich_message(answer: Answer) -> str | None:
    """The whole answer as rich HTML; None where it is beyond what one message may hold."""
    conclusion, *further = answer_paragraphs(answer)
    tables = fact_tables(answer)
    marks = {citation.n for citation in answer.citations}
    pieces = [_paragraph(conclusion, marks), *(_table(table, marks) for table in tables)]
    pieces += [_paragraph(words, marks) for words in further]
    pieces += [_footnotes(answer), *(_folded(citation, answer) for citation in answer.citations)]
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


def _table(table: FactTable, marks: set[int]) -> str:
    head = "".join(f'<th align="right">{html.escape(name, quote=False)}</th>' for name in table.sources)
    rows = [
        f"<tr><th>{html.escape(row.label, quote=False)}</th>{''.join(_cell(cell, marks) for cell in row.cells)}</tr>"
        for row in table.rows
    ]
    caption = html.escape(table.heading, quote=False)
    return f"<table bordered striped><caption>{caption}</caption><tr><th></th>{head}</tr>{''.join(rows)}</table>"


def _cell(cell: Cell | None, marks: set[int]) -> str:
    if cell is None:
        return '<td align="right">–</td>'
    words = _marked(cell.text, marks)
    return f'<td align="right">{f"<mark>{words} {DISPUTED}</mark>" if cell.disputed else words}</td>'


def _footnotes(answer: Answer) -> str:
    notes = "<br>".join(_footnote(citation) for citation in answer.citations)
    return f"<footer>{notes}</footer>" if notes else ""


def _footnote(citation: Citation) -> str:
    quote = html.escape(" ".join(citation.quote.split()), quote=False)
    return f'<tg-reference name="n{citation.n}">[{citation.n}] {_source(citation)}: “{quote}”</tg-reference>'


def _source(citation: Citation) -> str:
    name = html.escape(source_line(citation), quote=False)
    return f'<a href="{html.escape(citation.url or "")}">{name}</a>' if is_web_address(citation.url) else name


def _folded(citation: Citation, answer: Answer) -> str:
    words = cited_words(citation, answer)
    if words == citation.quote:
        return ""  # its footnote says it all
    summary = html.escape(f"[{citation.n}] {source_line(citation)}", quote=False)
    lines = "<br>".join(html.escape(line, quote=False) for line in words.strip().splitlines())
    return f"<details><summary>{summary}</summary><blockquote>{lines}</blockquote></details>"
