"""Which articles a question asks for."""

from datetime import date

import pytest

from bot.narrowing import Filter, narrow
from bot.vocabulary import key_of, vocabulary
from index import Article
from tests.benchmark_corpus import ARTICLES as ARTICLES_OF_RESULTS
from tests.benchmark_corpus import CATALOGUE, RESULTS


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
    ("who leads the lab, as reported by the Ledger's article?", None, set()),
    ("what does Quay say about pricing", "what is said about pricing", {"quay"}),
    ("what do Quay and the Evening Ledger say about pricing", "what is said about pricing", {"quay", *LEDGER}),
    ("what did the Evening Ledger's article mention of it", "what is said of it", LEDGER),
    ("which inputs does the Evening Ledger list?", "which inputs are given?", LEDGER),
    ("who does Quay say runs the lab", "who runs the lab", {"quay"}),
    ("how does Quay describe the licence?", "how do they describe the licence?", {"quay"}),
    ("did quay report the price?", "do articles report the price?", {"quay"}),
    ("does Quay claim that the model is free", "do articles say that the model is free", {"quay"}),
    ("what is Quay's view on prices", "what is said about prices", {"quay"}),
    ("what is the Evening Ledger's maths score for it", "what is the maths score for it", LEDGER),
    ("who leads the lab, Quay says", "who leads the lab", {"quay"}),
    ("Quay says it costs how much?", "it costs how much?", {"quay"}),
    ("who leads the lab in the Evening Ledger's article?", "who leads the lab?", LEDGER),
    ("all numbers from the Evening Ledger", "all numbers", LEDGER),
    ("the Evening Ledger: who leads the lab?", "who leads the lab?", LEDGER),
    ("do Quay and the Evening Ledger agree on the price?", "do the sources agree on the price?", {"quay", *LEDGER}),
    ("how high is the quay?", None, set()),
    ("who sold the Evening Ledger", None, set()),
    ("is the Evening Ledger right about the price", None, set()),
    ("who is by far the best?", None, set()),
    ("what is known from quay to quay", None, set()),
    ("what did Orrin say about the weights", None, set()),  # a maker is spoken of more often than cited
    ("according to Orrin, who leads?", None, set()),
    ("what does Orrin's blog say about the weights", "what is said about the weights", {"orrin"}),
]
MENTIONS = [
    ("does Quay mention Tidepool?", "Tidepool", {"quay"}),
    ("has the Evening Ledger ever written about the kite factory", "the kite factory", LEDGER),
    ("is Tidepool mentioned in the Evening Ledger", "Tidepool", LEDGER),
    ("is there anything about kites in Quay?", "kites", {"quay"}),
    ("does Quay say anything about kites", "kites", {"quay"}),
    ("does Quay mention that kites are free", None, {"quay"}),
    ("does Orrin mention kites", None, set()),
    ("does anyone mention Tidepool", None, set()),
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


@pytest.mark.parametrize(("question", "what", "named"), MENTIONS)
def test_a_source_is_asked_whether_it_mentions_something(question: str, what: str | None, named: set[str]) -> None:
    narrowed = narrow(question, SOURCES, ARTICLES, {"orrin", "orrinlabs"})
    assert (narrowed.mentioned, set(narrowed.to.sources)) == (what, named)


@pytest.mark.parametrize("name", ["Orca Nova 3", "orca-nova-3", "Quill-5.1", "WardBench Hard", "Orca", "wardbench"])
@pytest.mark.parametrize("question", ["what did {} score", "according to {}, who leads?", "what does {} report for it"])
def test_an_article_named_like_a_model_or_benchmark_is_asked_for_by_no_word(name: str, question: str) -> None:
    articles = {"odd": Article(id="odd", file="odd.md", title=name, publisher=name, text="…")}
    sources = vocabulary(RESULTS, CATALOGUE, {**ARTICLES_OF_RESULTS, **articles}).sources
    asked = question.format(name)
    assert narrow(asked, sources, list(articles.values())) == (asked, Filter(), None)


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
