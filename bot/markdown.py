"""An answer in → Markdown with tables and footnotes, out."""

import re

from bot.answer import Answer, Citation
from bot.citation import shown, source_line
from bot.fact_table import DISPUTED, Cell, FactTable, fact_tables
from bot.message import answer_paragraphs, answer_words, is_web_address

SPECIAL = re.compile(r"([\\`*_<>|#~\[\]&])")
OURS = re.compile(r"\\\[(\d+)\\\]")  # [n], its brackets escaped; an article's own stands in round ones


def as_markdown(answer: Answer) -> str:
    """Conclusion, a table for each benchmark, reasons, then each citation with its quote."""
    if answer.kind == "benchmark" and answer.facts:
        first, *others = answer_paragraphs(answer)
        parts = [escaped(first), *map(_table, fact_tables(answer)), *map(escaped, others)]
    else:
        parts = [escaped(answer_words(answer))]
    return "\n\n".join([*parts, *("\n".join(_note(each) for each in answer.citations),) * bool(answer.citations)])


def escaped(words: str) -> str:
    """Each line on a line of its own, what Markdown would take as its own marks escaped; [n] leads to its note."""
    lines = (OURS.sub(r"[^\1]", SPECIAL.sub(r"\\\1", line)) for line in words.splitlines())
    return "  \n".join(lines)


def _table(table: FactTable) -> str:
    rows = [
        ("", *map(escaped, table.sources)),
        ("---", *("--:" for _ in table.sources)),
        *((escaped(row.label), *map(_cell, row.cells)) for row in table.rows),
    ]
    return "\n".join([f"**{escaped(table.heading)}**", "", *(f"| {' | '.join(row)} |" for row in rows)])


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return "–"
    return f"**{escaped(cell.text)} {DISPUTED}**" if cell.disputed else escaped(cell.text)


def _note(citation: Citation) -> str:
    name = escaped(source_line(citation))
    linked = f"[{name}](<{citation.url}>)" if citation.url and is_web_address(citation.url) else name
    quote = SPECIAL.sub(r"\\\1", shown(citation.quote))
    return f"[^{citation.n}]: {linked}: “{quote}”"
