"""Which articles a question asks for."""

from datetime import date

import pytest

from bot.narrowing import Filter, narrow
from bot.vocabulary import key_of
from index import Article


def article(name: str, publisher: str, published: date | None = None) -> Article:
    return Article(id=name, file=f"{name}.md", title=name, publisher=publisher, published=published, text="…")


ARTICLES = [
    article("ledger-1", "The Evening Ledger", date(2031, 5, 2)),
    article("ledger-2", "The Evening Ledger", date(2031, 5, 9)),
    article("quay", "Quay", date(2031, 5, 7)),
    article("orrin", "Orrin Labs", date(2031, 5, 1)),
    article("far", "Far", None),
]
SOURCES = {
    key_of(spelling): names
    for spelling, names in {
        "The Evening Ledger": ("ledger-1", "ledger-2"),
        "Evening Ledger": ("ledger-1", "ledger-2"),
        "Quay": ("quay",),
        "Orrin Labs": ("orrin",),
        "Orrin": ("orrin",),
        "Far": ("far",),
    }.items()
}
LEDGER = {"ledger-1", "ledger-2"}
ASKED = [
    ("according to the evening ledger, who leads the lab?", "who leads the lab?", LEDGER),
    ("who leads the lab according to the Evening Ledger?", "who leads the lab?", LEDGER),
    ("what does Quay say about pricing", None, {"quay"}),
    ("what did the Evening Ledger's article mention of it", None, LEDGER),
    ("did quay report the price?", None, {"quay"}),
    ("how high is the quay?", None, set()),
    ("who is by far the best?", None, set()),
    ("what did Orrin say about the weights", None, set()),  # a maker is spoken of more often than cited
    ("what does Orrin's blog say about the weights", None, {"orrin"}),
]
DATED = [
    ("is there an api, before may 5?", "is there an api?", None, date(2031, 5, 4)),
    ("before 5 May 2031: is there an api?", "is there an api?", None, date(2031, 5, 4)),
    ("what is said of prices since 2031-05-07", "what is said of prices", date(2031, 5, 7), None),
    ("what is said of prices after the 7th of May", "what is said of prices", date(2031, 5, 8), None),
    ("what do articles since 7 May say of it?", "what do articles say of it?", date(2031, 5, 7), None),
    ("who leads, between May 2 and May 8?", "who leads?", date(2031, 5, 2), date(2031, 5, 8)),
    ("what is the price in the latest article?", None, date(2031, 5, 9), None),
    ("what happened on 8 May?", None, None, None),
    ("who leads since 31 April", None, None, None),
    ("what did they say before the launch", None, None, None),
]


@pytest.mark.parametrize(("question", "rest", "named"), ASKED)
def test_a_source_is_asked_for_where_it_is_cited_and_not_where_it_is_spoken_of(
    question: str, rest: str | None, named: set[str]
) -> None:
    narrowed = narrow(question, SOURCES, ARTICLES, {"orrin", "orrinlabs"})
    assert narrowed.to == Filter(frozenset(named))
    assert " ".join(narrowed.question.split()) == (rest or question)


@pytest.mark.parametrize(("question", "rest", "since", "until"), DATED)
def test_a_span_of_dates_is_taken_out_of_the_question(
    question: str, rest: str | None, since: date | None, until: date | None
) -> None:
    narrowed = narrow(question, SOURCES, ARTICLES)
    assert narrowed.to == Filter(frozenset(), since, until)
    assert " ".join(narrowed.question.split()) == (rest or question)


def test_an_article_without_a_date_is_in_no_span() -> None:
    assert Filter().admits(ARTICLES[4])
    assert not Filter(since=date(2000, 1, 1)).admits(ARTICLES[4])
    assert [each.id for each in ARTICLES if Filter(until=date(2031, 5, 2)).admits(each)] == ["ledger-1", "orrin"]
