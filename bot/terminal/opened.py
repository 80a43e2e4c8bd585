"""A place in an article in → the article around it with the place highlighted, out."""

from rich.console import Console
from rich.text import Text

from bot.answer import Citation
from bot.citation import shown_whole, source_line
from index import Article

AROUND = 700  # characters before and after the place, to the end of a paragraph


def show_place(console: Console, article: Article, citation: Citation, link: str | None) -> None:
    """The cited place with what stands around it; in a pipe the place is set off by »«."""
    text = article.text
    start = _paragraph_start(text, max(citation.start - AROUND, 0))
    end = _paragraph_end(text, min(citation.end + AROUND, len(text)))
    _show_head(console, article, link)
    before, after = text[start : citation.start].lstrip("\n"), text[citation.end : end].rstrip()
    before, after = shown_whole(before), shown_whole(after)
    cited = shown_whole(citation.quote)
    quote = cited if console.is_terminal else f"»{cited}«"
    lead = "…\n" if start else ""
    console.print(Text.assemble(lead, before, (quote, "found"), after, "\n…" if end < len(text) else ""))


def show_article(console: Console, article: Article, link: str | None) -> None:
    """The whole article."""
    _show_head(console, article, link)
    console.print(Text(shown_whole(article.text.strip())))


def _show_head(console: Console, article: Article, link: str | None) -> None:
    console.print(Text(article.title, style="heading"))
    console.print(Text(" · ".join(filter(None, (source_line(article), article.author, link))), style="quiet"))
    console.print()


def _paragraph_start(text: str, at: int) -> int:
    return text.rfind("\n\n", 0, at) + 2 if "\n\n" in text[:at] else 0


def _paragraph_end(text: str, at: int) -> int:
    found = text.find("\n\n", at)
    return len(text) if found < 0 else found
