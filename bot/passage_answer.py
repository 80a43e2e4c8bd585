"""A question and its hits in → the answer in passages, or that it is not found, out."""

from collections.abc import Callable, Sequence

from bot.answer import Answer, Citation, CitedPassage, Interpreted
from bot.citation import cite, shown, source_line
from bot.evidence import unspoken
from index import Article, Hit

SENTENCES = 3  # how many answering sentences are shown; the rest of the five passages is a key away
CLOSE = 0.75  # a further sentence is shown when its likeness to the question is at least this share of the best one's

ArticleOf = Callable[[str], Article]


def answer_from_passages(
    interpreted: Interpreted, asked: str, hits: Sequence[Hit], article_of: ArticleOf, knows: Callable[[str], bool]
) -> Answer:
    """The answer that the passages give to a question, in their own words, or `not_found`."""
    missing = unspoken(interpreted.question, hits, knows)
    if missing or not hits:
        return _not_found(interpreted, asked, hits[:1], missing, article_of)
    shown_hits = _shown(hits)
    citations, lines = _cited(shown_hits, article_of)
    return Answer(
        question=asked,
        kind="passages",
        text="\n".join([*lines, "", *source_lines(citations)]),
        interpreted=interpreted,
        passages=tuple(_passage(hit) for hit in hits),
        citations=tuple(citations),
        confidence=confidence(hits[0]),
    )


def confidence(hit: Hit) -> float:
    """How surely a hit answers, 0 to 1: the likeness of its best sentence."""
    return round(min(max(hit.likeness, 0.0), 1.0), 4)


def source_lines(citations: Sequence[Citation]) -> list[str]:
    """One line a citation: [1] The Next Web, 9 Apr 2026."""
    return [f"[{citation.n}] {source_line(citation)}" for citation in citations]


def _shown(hits: Sequence[Hit]) -> list[Hit]:
    return [hit for place, hit in enumerate(hits) if place == 0 or hit.likeness >= CLOSE * hits[0].likeness][:SENTENCES]


def _cited(hits: Sequence[Hit], article_of: ArticleOf) -> tuple[list[Citation], list[str]]:
    """Each sentence once, with all the places where it stands."""
    places: dict[str, list[Citation]] = {}
    number = 0
    for hit in hits:
        article = article_of(hit.passage.source)
        sentence = shown(article.text[slice(*hit.sentence)])
        number += 1
        places.setdefault(sentence, []).append(cite(number, article, *hit.sentence))
        for copy in hit.copies:
            other = article_of(copy.source)
            start = other.text.find(article.text[slice(*hit.sentence)], copy.start, copy.end)
            if start >= 0:
                number += 1
                places[sentence].append(cite(number, other, start, start + hit.sentence[1] - hit.sentence[0]))
    lines = [
        f"{_quoted(sentence)} {''.join(f'[{citation.n}]' for citation in cited)}" for sentence, cited in places.items()
    ]
    return [citation for cited in places.values() for citation in cited], lines


def _quoted(sentence: str) -> str:
    return sentence if sentence[0] in "\"“'‘" and sentence[-1] in "\"”'’" else f"“{sentence}”"


def _passage(hit: Hit) -> CitedPassage:
    return CitedPassage(
        source=hit.passage.source,
        start=hit.passage.start,
        end=hit.passage.end,
        text=hit.text,
        score=round(hit.score, 6),
        highlight=hit.sentence,
        also=tuple(CitedPassage.Place(source=copy.source, start=copy.start, end=copy.end) for copy in hit.copies),
    )


def _not_found(
    interpreted: Interpreted, asked: str, nearest: Sequence[Hit], missing: Sequence[str], article_of: ArticleOf
) -> Answer:
    about = ", ".join(f"“{name}”" for name in missing)
    lines = [f"Not in the articles: nothing is said about {about}." if about else "Not in the articles."]
    citations, quotes = _cited(nearest, article_of)
    lines += [f"Nearest: {quote}" for quote in quotes]
    suggestions = _suggestions(nearest, article_of)
    if suggestions:
        lines.append(f"You could ask: {' · '.join(suggestions)}")
    return Answer(
        question=asked,
        kind="not_found",
        text="\n".join([*lines, *([""] if citations else []), *source_lines(citations)]),
        interpreted=interpreted,
        passages=tuple(_passage(hit) for hit in nearest),
        citations=tuple(citations),
        missing=tuple(missing),
        suggestions=tuple(suggestions),
        confidence=0.0,
    )


def _suggestions(nearest: Sequence[Hit], article_of: ArticleOf) -> list[str]:
    """Questions that the nearest passages answer: their headings, which an article's own text stands under."""
    titles = {"", *(article_of(hit.passage.source).title for hit in nearest)}
    headings = [
        heading for hit in nearest for heading in reversed(hit.passage.context.split(" › ")) if heading not in titles
    ]
    found = [heading if heading.endswith("?") else f"What is said about {heading}?" for heading in headings]
    return list(dict.fromkeys(found))[:3]
