"""An answer in → what a terminal shows, out; a pipe gets the plain text alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.answer import Answer
from bot.citation import day, shown, source_line
from bot.fact_table import fact_tables
from bot.message import answer_paragraphs, answer_words
from bot.terminal.footnote import NO_LINKS, Links, footnotes
from bot.terminal.grid import grid
from index import Article

if TYPE_CHECKING:
    from index import Hit  # brings numpy along

MARK = r"(?:\[\d+\])+"
WIDE = 100  # columns from which on sources are a table
HANGING = 2  # columns by which the further lines of a quoted sentence stand in


def show_answer(console: Console, answer: Answer, links: Links = NO_LINKS) -> None:
    """Print an answer: conclusion, tables, reasons, footnotes. A pipe gets the answer's text as it is."""
    if not console.is_terminal:
        console.print(answer.text, markup=False, highlight=False, soft_wrap=True)
        return
    if answer.kind == "benchmark" and answer.facts:
        first, *others = answer_paragraphs(answer)
        console.print(_worded(first, "conclusion"))
        console.print()
        show_tables(console, answer)
        for paragraph in others:
            console.print()
            console.print(_worded(paragraph))
    else:
        style = "refusal" if answer.kind == "not_found" else ""
        for place, line in enumerate(answer_words(answer).splitlines()):
            _show_line(console, _worded(line, style if place == 0 else "", place == 0))
    if answer.citations:
        console.print()
    for note in footnotes(answer, links, console.width):
        console.print(note)


def show_tables(console: Console, answer: Answer) -> None:
    """Print the answer's facts, a table for each benchmark."""
    for place, table in enumerate(fact_tables(answer)):
        if place:
            console.print()
        console.print(grid(table, console.width))


def show_reading(console: Console, answer: Answer) -> None:
    """Print how the question was read."""
    read = answer.interpreted
    parts = [f"Read as: {read.question}", f"kind: {read.intent}"]
    parts += [f"benchmarks: {', '.join(read.benchmarks)}"] if read.benchmarks else []
    parts += [f"models: {', '.join(read.models)}"] if read.models else []
    parts += [f"setting: {read.setting}"] if read.setting else []
    parts += [f"missing: {', '.join(answer.missing)}"] if answer.missing else []
    parts.append(f"confidence: {answer.confidence:.2f}")
    console.print("\n".join(parts), markup=False)


def _worded(words: str, style: str = "", is_first: bool = False) -> Text:
    """Words with their marks set off; of quotes the first, which answers best."""
    text = Text(words, style=style)
    if is_first:
        text.highlight_regex(r"“[^”]*”", "quote")
    text.highlight_regex(MARK, "mark")
    return text


def _show_line(console: Console, line: Text) -> None:
    """A line; what doesn't fit stands in below a quote's beginning, so that each quote is seen as one."""
    if not line.plain.startswith("“"):
        console.print(line)
        return
    lines = line.wrap(console, console.width - HANGING)
    for each in lines:
        each.rstrip()
    console.print(lines[0])
    for other in lines[1:]:
        console.print(Padding(other, (0, 0, 0, HANGING), expand=False))


def show_sources(console: Console, articles: Sequence[Article]) -> None:
    """Print the articles: id, publisher, date and title."""
    if console.is_terminal and console.width < WIDE:
        for article in articles:
            console.print(Text.assemble((article.id, "heading"), f"  {source_line(article)}"))
            console.print(Padding(Text(article.title, style="quiet"), (0, 0, 0, 2)))
        return
    table = Table(box=None, pad_edge=False, show_header=console.is_terminal, header_style="column")
    for heading in ("id", "source", "date", "title"):
        table.add_column(heading, overflow="fold")
    for article in articles:
        name = f"brief of {article.name}" if article.kind == "brief" else article.name
        table.add_row(*map(escape, (article.id, name, day(article.published) or "—", article.title)))
    console.print(table)


def show_cited(console: Console, answer: Answer) -> None:
    """Print what the last answer cites, each quote in full."""
    if not answer.citations:
        console.print("The last answer cites nothing.")
    for citation in answer.citations:
        console.print(Text(f"[{citation.n}] {source_line(citation)} — {citation.title}", style="bold"))
        console.print(Padding(Text(f"“{shown(citation.quote)}”"), (0, 0, 0, 4), expand=False))


def show_reasons(console: Console, hits: "Sequence[Hit]") -> None:
    """Print why the passages stand in their order: their place in each search and the sentence that fits best."""
    table = Table(box=None, pad_edge=False)
    for heading in ("#", "source", "meaning", "words", "sentence", "judge", "score", "best sentence"):
        table.add_column(heading, justify="left" if heading in ("source", "best sentence") else "right")
    for place, hit in enumerate(hits, 1):
        start, end = (position - hit.passage.start for position in hit.sentence)
        table.add_row(
            str(place),
            escape(hit.passage.source),
            _ranked(hit.dense_rank, hit.similarity),
            _ranked(hit.word_rank, hit.word_score),
            f"{hit.best[0].likeness:.2f}" if hit.best else "—",
            f"{hit.best[0].probability:.2f}" if hit.best else "—",
            f"{hit.score:.2f}",
            escape(_short(shown(hit.text[start:end]))),
        )
    console.print(table)
    console.print(
        Text(
            "meaning: place by the passage's vector (cosine) · words: place by BM25 · "
            "sentence: cosine of the best one · judge: its probability to answer",
            style="dim",
        )
    )


def _ranked(rank: int | None, value: float) -> str:
    return "—" if rank is None else f"{rank}. ({value:.2f})"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
