"""A question about a place in a ranking that no number backs in → the line that states the place, as an answer, out."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.answer import Answer, CitedPassage
from bot.citation import cite, shown
from bot.passage_answer import source_lines
from bot.question import Question
from index import Article, BenchmarkResult, Catalogue

NEAR = 2_000  # characters between a ranked list's line and a result of its benchmark


def stated_rank(
    question: Question,
    pool: Sequence[BenchmarkResult],
    catalogue: Catalogue,
    articles: Mapping[str, Article],
    missing: tuple[str, ...],
) -> Answer | None:
    """ "#8 Grok": an article's own place for the model near the benchmark's results; None where there is none."""
    asked = question.interpreted
    if asked.intent != "rank" or not asked.models:
        return None
    results = [result for result in pool if result.benchmark in asked.benchmarks]
    names = {asked.models[0], *_spellings(asked.models[0], catalogue)}
    found = [
        (article, start, end)
        for article in sorted(articles.values(), key=lambda article: article.id)
        for start, end in _ranked_lines(article.text, names)
        if any(result.source == article.id and abs(result.start - start) < NEAR for result in results)
    ]
    if not found:
        return None
    citations = tuple(cite(number, article, start, end) for number, (article, start, end) in enumerate(found, 1))
    lines = [f"“{shown(citation.quote)}” [{citation.n}]" for citation in citations]
    text = [*lines, f"Only a place is stated, no number: {'; '.join(missing)}.", "", *source_lines(citations)]
    return Answer(
        question=question.asked,
        kind="benchmark",
        text="\n".join(text),
        interpreted=asked,
        passages=tuple(
            CitedPassage(source=c.source, start=c.start, end=c.end, text=c.quote, score=1.0, highlight=(c.start, c.end))
            for c in citations
        ),
        citations=citations,
        missing=missing,
        confidence=0.7,
    )


def _spellings(model: str, catalogue: Catalogue) -> set[str]:
    return {alias for entry in catalogue.models if entry.name == model for alias in entry.aliases}


def _ranked_lines(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Lines that open with a place and then the name: "#8Grok 4.20", "3. Orca Nova"."""
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    place = r"(?:#\s?\d{1,3}|\d{1,3}[.)])"
    pattern = re.compile(rf"^[ \t|]*{place}[ \t|]*(?:{either})(?![.\d])[^\n]{{0,200}}$", re.MULTILINE)
    return [match.span() for match in pattern.finditer(text)]
