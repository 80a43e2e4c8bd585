"""An answer in → what a terminal shows, out. Home of rich's layout; a pipe gets the plain text alone."""

import re
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.answer import Answer
from bot.citation import day, shown, source_line
from index import Article, Hit

MARK = re.compile(r"(?:\[\d+\])+")


def show_answer(console: Console, answer: Answer) -> None:
    """Print an answer: its text, with the citation marks and source lines quieter than the sentences."""
    if not console.is_terminal:
        console.print(answer.text, markup=False, highlight=False, soft_wrap=True)
        return
    for line in answer.text.splitlines():
        text = Text(line)
        if re.match(r"\[\d+\] ", line):
            text.stylize("dim")
        elif line.startswith("Not in the articles"):
            text.stylize("bold yellow")
        text.highlight_regex(MARK, "cyan")
        console.print(text)


def show_sources(console: Console, articles: Sequence[Article]) -> None:
    """Print the articles: id, publisher, date and title."""
    table = Table(box=None, pad_edge=False, show_header=console.is_terminal)
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


def show_reasons(console: Console, hits: Sequence[Hit]) -> None:
    """Print why the passages stand in their order: their place in each search and the sentence that fits best."""
    table = Table(box=None, pad_edge=False)
    for heading in ("#", "source", "meaning", "words", "sentence", "score", "best sentence"):
        table.add_column(heading, justify="left" if heading in ("source", "best sentence") else "right")
    for place, hit in enumerate(hits, 1):
        start, end = (position - hit.passage.start for position in hit.sentence)
        table.add_row(
            str(place),
            escape(hit.passage.source),
            _ranked(hit.dense_rank, hit.similarity),
            _ranked(hit.word_rank, hit.word_score),
            f"{hit.likeness:.2f}",
            f"{hit.score:.4f}",
            escape(_short(shown(hit.text[start:end]))),
        )
    console.print(table)
    console.print(
        Text(
            "meaning: place by the passage's vector (cosine) · words: place by BM25 · sentence: cosine of the best one",
            style="dim",
        )
    )


def _ranked(rank: int | None, value: float) -> str:
    return "—" if rank is None else f"{rank}. ({value:.2f})"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
