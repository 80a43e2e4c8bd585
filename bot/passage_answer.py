"""A question and its hits in → the answer in passages, or that it is not found, out."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from bot.agreement import Sides, sides
from bot.answer import Answer, Citation, CitedPassage, Interpreted, Verdict
from bot.citation import cite, shown, source_line
from bot.content_word import Words, content_words
from bot.evidence import ENOUGH, confidence, evidence
from bot.quotation import Quotation, quotation, quotations
from bot.stranger import unheard, unspoken
from bot.written import spelled
from index import Article, Hit

SUGGESTED = 3
# A line that is a question, as an FAQ has them: what follows answers it.
PUT = re.compile(
    r"(?:^|› )\W*(?:\d{1,2}[.)]\s+)?((?:What|Who|Which|When|Where|Why|How|Is|Are|Was|Were|Can|Could|Do|Does|Did|Has"
    r"|Have|Will|Should)\b[^\n?›:]{8,90}\?)\s*$",
    re.MULTILINE,
)
HEADING = re.compile(r"(?!.*\?$)(?!(?:FAQ|Frequently|Conclusion|Introduction|Summary|Overview)\b)[A-Z][^|:]{5,60}")
MANY = 8  # citations from which the sources are listed instead

ArticleOf = Callable[[str], Article]


def answer_from_passages(
    interpreted: Interpreted,
    asked: str,
    hits: Sequence[Hit],
    article_of: ArticleOf,
    words: Words,
    unknown_models: Sequence[str] = (),
    read_as: Mapping[str, str] = MappingProxyType({}),
    on_results: Callable[[], Sequence[str]] = tuple,
) -> Answer:
    """The answer that the passages give to a question, in their own words, or `not_found`.

    `read_as` has the words that were misspelt, with what they are taken for; `on_results` gives questions that the
    results answer, for a refusal that has too few to suggest.
    """
    missing = unspoken(interpreted.question, hits, words, unknown_models)
    sure = confidence(evidence(interpreted.question, hits, words))
    if missing or sure < ENOUGH:
        sure = 0.0 if missing else sure
        missing = missing or unheard(interpreted.question, words)
        put = _suggestions(hits, article_of)
        suggested = put if len(put) == SUGGESTED else list(dict.fromkeys([*put, *on_results()]))[:SUGGESTED]
        return _not_found(interpreted, asked, hits, missing, article_of, sure, read_as, suggested)
    against = sides(interpreted.question, hits, words, asked=interpreted.intent == "conflict")
    chosen = against.quotations if against else quotations(interpreted.question, hits, article_of)
    citations, lines = _cited(chosen, article_of)
    if against:
        lines = [_heading(against), *lines]
    highlights = {(quote.hit.passage.source, quote.hit.passage.start): (quote.start, quote.end) for quote in chosen}
    return Answer(
        question=asked,
        kind="passages",
        text="\n".join([*lines, *_read(read_as), "", *source_lines(citations)]),
        interpreted=interpreted,
        passages=tuple(_passage(hit, highlights) for hit in hits),
        verdict=Verdict(conflict=against.differ) if against else None,
        citations=tuple(citations),
        confidence=sure,
    )


def _read(read_as: Mapping[str, str]) -> list[str]:
    lines = [f"“{typed}” is read as “{word}”." for typed, word in read_as.items()]
    return ["", *lines] if lines else []


def _heading(against: Sides) -> str:
    """What the articles' words establish; nothing is claimed where they establish nothing."""
    many = f"{spelled(len({quote.hit.passage.source for quote in against.quotations})).capitalize()} articles"
    match against.established:
        case "contradict":
            return "The articles contradict each other:"
        case "leave out":
            return "The articles don’t all say the same:"
        case "different":
            return "The articles give different answers:"
        case "yes":
            return f"{many} say so:"
        case "no":
            return f"{many} deny it:"
        case "same":
            return f"{many} say the same:"
        case "one":
            return "Only one article speaks of it:"
    return "What each article says:"


def source_lines(citations: Sequence[Citation]) -> list[str]:
    """One line a citation: [1] The Next Web, 9 Apr 2026; where they are many, one a source: [1][4][5] The Next Web."""
    if len(citations) <= MANY:
        return [f"[{citation.n}] {source_line(citation)}" for citation in citations]
    marks: dict[str, str] = {}
    for citation in citations:
        line = source_line(citation)
        marks[line] = f"{marks.get(line, '')}[{citation.n}]"
    return [f"{mark} {line}" for line, mark in marks.items()]


def _cited(chosen: Sequence[Quotation], article_of: ArticleOf) -> tuple[list[Citation], list[str]]:
    """Each quotation once, with all the places where it stands."""
    places: dict[str, list[Citation]] = {}
    number = 0
    for hit, start, end in chosen:
        article = article_of(hit.passage.source)
        quote = shown(article.text[start:end])
        number += 1
        places.setdefault(quote, []).append(cite(number, article, start, end))
        for copy in hit.copies:
            other = article_of(copy.source)
            there = other.text.find(article.text[start:end], copy.start, copy.end)
            if there >= 0:
                number += 1
                places[quote].append(cite(number, other, there, there + end - start))
    lines = [f"{_quoted(quote)} {''.join(f'[{citation.n}]' for citation in cited)}" for quote, cited in places.items()]
    return [citation for cited in places.values() for citation in cited], lines


def _quoted(sentence: str) -> str:
    return sentence if sentence[:1] in "\"“'‘" and sentence[-1:] in "\"”'’" else f"“{sentence}”"


def _passage(hit: Hit, highlights: Mapping[tuple[str, int], tuple[int, int]]) -> CitedPassage:
    return CitedPassage(
        source=hit.passage.source,
        start=hit.passage.start,
        end=hit.passage.end,
        text=hit.text,
        score=hit.score,
        highlight=highlights.get((hit.passage.source, hit.passage.start), hit.sentence),
        also=tuple(CitedPassage.Place(source=copy.source, start=copy.start, end=copy.end) for copy in hit.copies),
    )


def _not_found(
    interpreted: Interpreted,
    asked: str,
    hits: Sequence[Hit],
    missing: Sequence[str],
    article_of: ArticleOf,
    sure: float,
    read_as: Mapping[str, str],
    suggestions: Sequence[str],
) -> Answer:
    named = ", ".join(f"“{name}”" for name in missing)
    lines = [f"Not in the articles: nothing is said about {named}." if named else "Not in the articles."]
    citations, quotes = _cited([quotation(hit, *hit.sentence) for hit in hits[:1]], article_of)
    lines += [f"Nearest: {quote}" for quote in quotes]
    if suggestions:
        lines.append(f"You could ask: {' · '.join(suggestions)}")
    return Answer(
        question=asked,
        kind="not_found",
        text="\n".join([*lines, *_read(read_as), *([""] if citations else []), *source_lines(citations)]),
        interpreted=interpreted,
        passages=tuple(_passage(hit, {}) for hit in hits),
        citations=tuple(citations),
        missing=tuple(missing) or (interpreted.question,),
        suggestions=tuple(suggestions),
        confidence=sure,
    )


def _suggestions(hits: Sequence[Hit], article_of: ArticleOf) -> list[str]:
    """Questions that the nearest passages answer: those that they put themselves, else their headings."""
    put = [shown(match[1]) for hit in hits for match in PUT.finditer(f"{hit.passage.context}\n{hit.text}")]
    titles = {article_of(hit.passage.source).title for hit in hits}
    headings = [
        f"What is said about “{shown(heading)}”?"
        for hit in hits
        for heading in reversed(hit.passage.context.split(" › "))
        if heading not in titles and HEADING.fullmatch(heading) and len(content_words(heading)) > 1
    ]
    return list(dict.fromkeys([*put, *headings]))[:SUGGESTED]
