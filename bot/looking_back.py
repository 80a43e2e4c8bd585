"""The last answer, and which part of it is asked for, in → that part as an answer of its own, out."""

from collections.abc import Callable

from bot.answer import Answer, CitedPassage, Interpreted
from bot.citation import cite, shown, shown_whole, source_line
from bot.written import spelled
from index import Article

AROUND = 300  # characters before and after a quote, as far as its paragraphs go


def the_sources(asked: str, last: Answer) -> Answer:
    """Who says what the last answer said, each with the quote."""
    if not last.citations:
        return last.model_copy(update={"question": asked})
    count = len({citation.source for citation in last.citations})
    lines = [
        f"Said in {spelled(count)} article{'s' if count > 1 else ''}:",
        *(f"[{citation.n}] {source_line(citation)}: “{shown(citation.quote)}”" for citation in last.citations),
    ]
    return last.model_copy(update={"question": asked, "text": "\n".join(lines)})


def the_source(asked: str, last: Answer, number: int, article_of: Callable[[str], Article]) -> Answer:
    """The place that citation [number] of the last answer quotes, with what stands around it."""
    cited = next((citation for citation in last.citations if citation.n == number), None)
    if cited is None:
        count = len(last.citations)
        there = f"has sources [1] to [{count}]" if count > 1 else "has one source" if count else "cites no source"
        return _plain(asked, last, f"There is no [{number}]: the last answer {there}.", f"source [{number}]")
    article = article_of(cited.source)
    start, end = _around(article.text, cited.start, cited.end)
    citation = cite(1, article, start, end)
    passage = CitedPassage(
        source=article.id, start=start, end=end, text=citation.quote, score=1.0, highlight=(cited.start, cited.end)
    )
    return Answer(
        question=asked,
        kind="passages",
        text=f"{shown_whole(citation.quote).strip()} [1]\n\n[1] {source_line(citation)}",
        interpreted=Interpreted(intent="passage", question=f"{last.interpreted.question} [{number}]"),
        passages=(passage,),
        citations=(citation,),
        confidence=1.0,
    )


def nothing_else(asked: str, last: Answer) -> Answer:
    """What is said where the articles hold no more on it."""
    return _plain(asked, last, "Not in the articles: nothing further is said on that.", "anything further")


def _plain(asked: str, last: Answer, text: str, missing: str) -> Answer:
    return Answer(
        question=asked,
        kind="not_found",
        text=text,
        interpreted=last.interpreted,
        missing=(missing,),
        suggestions=last.suggestions,
        confidence=0.0,
    )


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraphs that a place stands in, cut where they run on for too long."""
    first = max(text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0, start - AROUND)
    last = text.find("\n\n", end)
    last = min(len(text) if last < 0 else last, end + AROUND)
    while start > first > 0 and not text[first - 1].isspace():
        first += 1
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    return first, last
