"""An answer's citations and a width in → footnotes that show each number in its quote, out."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from bot.answer import Answer, Citation
from bot.citation import shown, source_line
from bot.written import number_in_quote

MOST_QUOTED = 12  # citations; of more, each source has one line and /sources cited shows the quotes
INDENT = 4  # of a quote below its source
MOST_LINES = 2  # of a quote
NO_LINKS: Mapping[str, str] = MappingProxyType({})
Links = Mapping[str, str]  # id of a source → where it can be opened


def footnotes(answer: Answer, links: Links, width: int) -> Iterator[RenderableType]:
    """[n] who, when: “what”, on one line where that fits for all; quotes that the answer has said are left out."""
    if len(answer.citations) > MOST_QUOTED:
        for source in dict.fromkeys(citation.source for citation in answer.citations):
            cited = [citation for citation in answer.citations if citation.source == source]
            marks = Text(" ".join(f"[{each.n}]" for each in cited), style="mark")
            yield Text(" ").join([_name(cited[0], links), marks])
        return
    body = " ".join(answer.body.split())
    said = {citation.n for citation in answer.citations if shown(citation.quote) in body}
    room = min(width - _head([one], links).cell_len for one in answer.citations) if answer.citations else 0
    fits = all(one.n in said or cell_len(shown(one.quote)) + len(": “”") <= room for one in answer.citations)
    for _, same in groupby(answer.citations, lambda one: (one.source, one.n in said or one.n)):
        cited = list(same)
        head = _head(cited, links)
        if cited[0].n in said:
            yield head
        elif fits:
            yield head.append(f": “{shown(cited[0].quote)}”", "quiet")
        else:
            yield head
            quote = _shortened(cited[0], answer, MOST_LINES * (width - INDENT) * 9 // 10)
            yield Padding(Text(f"“{quote}”", "quiet"), (0, 0, 0, INDENT), expand=False)


def _head(cited: Sequence[Citation], links: Links) -> Text:
    """[1] [2] The Next Web, 9 Apr 2026."""
    return Text.assemble((" ".join(f"[{one.n}]" for one in cited), "mark"), " ", _name(cited[0], links))


def _name(citation: Citation, links: Links) -> Text:
    """A source's name and date, which lead to where it can be opened."""
    link = links.get(citation.source)
    return Text.assemble((source_line(citation), Style(link=link) if link else ""))


def _shortened(citation: Citation, answer: Answer, room: int) -> str:
    """A quote as far as there is room: its beginning, and the numbers that the answer took from it."""
    quote = shown(citation.quote)
    if len(quote) <= room:
        return quote
    numbers = _numbers(citation, answer, quote)
    if not numbers or numbers[-1] < room:
        return f"{quote[: room - 1].rstrip()}…"
    lead = quote[: room // 3].rsplit(" ", 1)[0]
    rest = room - len(lead) - len(" … …")
    at = max(quote.find(" ", max(numbers[0] - rest // 2, len(lead))) + 1, len(lead) + 1)
    cut = quote[at : at + rest]
    return f"{lead} … {cut}{'…' if at + rest < len(quote) else ''}"


def _numbers(citation: Citation, answer: Answer, quote: str) -> list[int]:
    """Where in the quote the answer's numbers end."""
    found = []
    for fact in answer.facts:
        match = number_in_quote(fact) if fact.citation == citation.n else None
        words = " ".join(match[0].split()) if match else ""
        if words and (at := quote.find(words)) >= 0:
            found.append(at + len(words))
    return sorted(found)
