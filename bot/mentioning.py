"""What some articles are asked to mention, in → where they do, or that they don't and who else does, out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.answer import Answer, Citation, CitedPassage, Interpreted
from bot.citation import cite, in_a_sentence, shown, source_line
from bot.written import listed
from index import Article, terms

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
ARTICLE = re.compile(r"^(?:the|an?|any|some|its|their)\s+", re.IGNORECASE)
SENTENCE = 5  # words; shorter stretches are headings and labels, quoted where nothing else says it
ELSEWHERE = 3  # other sources that are named where the asked one is silent
LONGEST = 6  # words of a thing that is mentioned; what is longer is told


class Place(NamedTuple):
    """article.text[start:end] is the sentence that mentions it."""

    article: Article
    start: int
    end: int


def is_thing(what: str) -> bool:
    """Is it something to be mentioned by its name, rather than told in any words?"""
    return 0 < len(WORD.findall(what)) <= LONGEST


def places_of(what: str, articles: Iterable[Article]) -> list[Place]:
    """Where each of the articles first mentions something in a sentence, whatever form its words have."""
    wanted = _terms(ARTICLE.sub("", what.strip(" \"'“”?.")))
    found = (_place(wanted, article) for article in articles) if wanted else ()
    return [place for place in found if place]


def mention_answer(
    question: str, interpreted: Interpreted, what: str, asked: Sequence[Article], others: Sequence[Article]
) -> Answer:
    """Where the asked articles mention it; `not_found`, with the others that do, where none of them does."""
    name = what.strip(" \"'“”?.")
    places = places_of(what, asked)
    silent = [article for article in asked if article.id not in {place.article.id for place in places}]
    names = listed(list(dict.fromkeys(map(in_a_sentence, silent))))
    denial = f"{names} {'doesn’t' if len(silent) == 1 else 'don’t'} mention “{name}”."
    denial = denial[:1].upper() + denial[1:]
    if places:
        lines = list(_quoted(places, "Yes. ", []))
        return _answer(question, interpreted, [*lines, *([denial] if silent else [])], places)
    elsewhere = places_of(what, others)[:ELSEWHERE]
    lines = [denial, *_quoted(elsewhere, "", elsewhere)]
    lines += [] if elsewhere else ["No other source does."] if others else []
    return _answer(question, interpreted, lines, elsewhere).model_copy(
        update={"kind": "not_found", "missing": (name,), "confidence": 0.0}
    )


def _quoted(places: Sequence[Place], before: str, named: Sequence[Place]) -> Iterator[str]:
    for number, place in enumerate(places, 1):
        who = f"{in_a_sentence(place.article)} does: " if place in named else before if number == 1 else ""
        yield f"{who[:1].upper()}{who[1:]}“{shown(place.article.text[place.start : place.end])}” [{number}]"


def _answer(question: str, interpreted: Interpreted, lines: Sequence[str], places: Sequence[Place]) -> Answer:
    citations: list[Citation] = [
        cite(number, place.article, place.start, place.end) for number, place in enumerate(places, 1)
    ]
    closing = ["", *(f"[{citation.n}] {source_line(citation)}" for citation in citations)] if citations else []
    return Answer(
        question=question,
        kind="passages",
        text="\n".join([*lines, *closing]),
        interpreted=interpreted,
        passages=tuple(
            CitedPassage(
                source=place.article.id,
                start=place.start,
                end=place.end,
                text=place.article.text[place.start : place.end],
                score=1.0,
                highlight=(place.start, place.end),
            )
            for place in places
        ),
        citations=tuple(citations),
        confidence=0.9,
    )


def _place(wanted: Sequence[str], article: Article) -> Place | None:
    """The first whole sentence that holds the terms in their order; else the first stretch that does."""
    if not all(term[:4] in article.text.casefold() for term in wanted if term.isascii()):
        return None  # most articles of a large corpus, without a look at each word
    found = [_sentence(article.text, *at) for at in _runs(wanted, article.text)]
    whole = (each for each in found if len(WORD.findall(article.text[slice(*each)])) >= SENTENCE)
    best = next(whole, found[0] if found else None)
    return Place(article, *best) if best else None


def _runs(wanted: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    words = [(_term(match[0]), *match.span()) for match in WORD.finditer(text)]
    size = len(wanted)
    for place in range(len(words) - size + 1):
        if words[place][0] == wanted[0] and [word for word, *_ in words[place : place + size]] == list(wanted):
            yield words[place][1], words[place + size - 1][2]


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    from index import sentences  # with sentencex, which other answers can do without

    first = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    last = text.find("\n\n", end)
    around = sentences(text, first, len(text) if last < 0 else last)
    return next(((one, two) for one, two in around if one <= start and end <= two), (start, end))


def _terms(text: str) -> list[str]:
    return [_term(match[0]) for match in WORD.finditer(text)]


def _term(word: str) -> str:
    return next(iter(terms(word)), word.casefold())
