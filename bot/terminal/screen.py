"""An answer in → what a terminal shows, out; a pipe gets the plain text alone."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.answer import Answer, Citation
from bot.citation import day, shown, source_line
from bot.fact_table import fact_tables
from bot.message import answer_paragraphs, answer_words
from bot.terminal.grid import grid
from index import Article

if TYPE_CHECKING:
    from index import Hit  # brings numpy along

MARK = r"(?:\[\d+\])+"
MOST_QUOTED = 12  # citations; of more, each source has one line and /sources cited shows the quotes
WIDE = 100  # columns from which on sources are a table
SHORTEST_QUOTE = 16  # columns; less of a quote says nothing
Links = Mapping[str, str]  # id of a source → where it can be opened


def show_answer(console: Console, answer: Answer, links: Links = MappingProxyType({})) -> None:
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
        first, _, rest = answer_words(answer).partition("\n")
        console.print(_worded(first, style))
        if rest:
            console.print(_worded(rest))
    if answer.citations:
        console.print()
    for note in _footnotes(answer, links, console.width):
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


def _worded(words: str, style: str = "") -> Text:
    """Words with marks and quotes set off."""
    text = Text(words, style=style)
    text.highlight_regex(r"“[^”]*”", "quote")
    text.highlight_regex(MARK, "mark")
    return text


def _footnotes(answer: Answer, links: Links, width: int) -> Iterator[Text]:
    if len(answer.citations) <= MOST_QUOTED:
        for citation in answer.citations:
            head = Text(f"[{citation.n}] ", style="mark").append_text(_linked(citation, links))
            room = width - head.cell_len - 4
            said = shown(citation.quote) in shown(answer.body)
            yield head if said or room < SHORTEST_QUOTE else head.append(f": “{_start(citation, room)}”", "quiet")
        return
    for source in dict.fromkeys(citation.source for citation in answer.citations):
        own = [citation for citation in answer.citations if citation.source == source]
        yield _linked(own[0], links).append(f" {' '.join(f'[{citation.n}]' for citation in own)}", style="mark")


def _linked(citation: Citation, links: Links) -> Text:
    link = links.get(citation.source)
    return Text.assemble((source_line(citation), Style(link=link) if link else ""))


def _start(citation: Citation, room: int) -> str:
    """As much of the quote as a line has room for."""
    quote = shown(citation.quote)
    return quote if cell_len(quote) <= room else f"{set_cell_size(quote, room - 1).rstrip()}…"


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
        console.print(Padding(Text(f"“{shown(citation.quote)}”"), (0, 0, 0, 4)))


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
            f"{hit.score:.4f}",
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
