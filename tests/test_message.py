"""The laws of messages: nothing lost, nothing within a tag cut, nothing that Telegram refuses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, Citation, CitedPassage, Interpreted
from bot.citation import CitationError
from bot.fact_table import Cell, FactTable, Row
from bot.message import (
    PHONE_COLUMNS,
    Block,
    Span,
    answer_parts,
    caption,
    check_answer,
    is_web_address,
    parts,
    table_block,
    utf16_units,
)
from index import Article
from tests.bot_api.markup import check_text, parse

STYLES = ("plain", "bold", "italic", "code", "table", "quote")
words = st.text(st.sampled_from("ab <>&\"'\n.…é𝟙👍🏽\x00\x0b"), max_size=80)
spans = st.builds(
    lambda text, style, times: Span(text * times, style),
    words,
    st.sampled_from(STYLES),
    st.sampled_from((1, 1, 1, 60, 200)),
)
blocks = st.lists(st.lists(spans, max_size=4).map(tuple), max_size=6)


def letters(text: str) -> str:
    """What must survive: everything but space and what can't be sent."""
    return "".join(text.replace("\x00", "").replace("\x0b", "").split())


@given(blocks)
def test_every_part_is_taken_and_together_they_say_everything(given_blocks: list[Block]) -> None:
    made = parts(given_blocks)
    for part in made:
        seen = parse(part.html)
        assert check_text(seen.text, entities=len(seen.entities)) == check_text(part.plain)
    said = "".join(span.text for block in given_blocks for span in block)
    assert "".join(letters(part.plain) for part in made) == letters(said)


@given(st.integers(1, 60), st.integers(1, 300))
def test_blocks_that_fit_one_message_stay_in_one(count: int, length: int) -> None:
    given_blocks = [(Span("x" * length),)] * count
    made = parts(given_blocks)
    assert len(made) == 1 or sum(utf16_units(part.plain) for part in made) > 4096 - length
    assert all(set(part.plain.split("\n\n")) == {"x" * length} for part in made)  # whole blocks only


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    sentence = "One model gave a number, and another text gave a different one. "
    first, second = parts([(Span(sentence * 100),)])
    assert first.plain.endswith("different one.")
    assert second.plain.startswith("One model")


def test_a_quote_that_is_cut_is_a_quote_in_both_messages() -> None:
    first, second = parts([(Span("[1] "), Span("A word & another. " * 300, "quote"))])
    assert [tag for tag, _ in parse(first.html).entities] == ["blockquote"]
    assert [tag for tag, _ in parse(second.html).entities] == ["blockquote"]


def test_more_entities_than_a_message_shows_go_into_the_next() -> None:
    made = parts([tuple(Span(f"{number} ", "bold") for number in range(250))])
    assert [len(parse(part.html).entities) for part in made] == [100, 100, 50]


names = st.text(st.sampled_from("abc D-é"), min_size=1, max_size=60)
cells = st.builds(Cell, st.text(st.sampled_from("1234.5%[] /"), max_size=70), st.booleans())


@given(names, st.lists(st.tuples(names, cells), min_size=1, max_size=3))
def test_a_table_fits_a_phone_and_keeps_every_number(label: str, columns: list[tuple[str, Cell]]) -> None:
    row = Row(label, tuple(cell for _, cell in columns))
    table = FactTable("Heading", tuple(name for name, _ in columns), (row,))
    text = table_block(table)[-1].text
    assert all(len(line) <= PHONE_COLUMNS for line in text.splitlines())
    assert "".join(text.split()).endswith("".join((columns[-1][1].text + "≠" * columns[-1][1].disputed).split()))


def test_a_caption_is_the_conclusion_cut_between_sentences() -> None:
    assert caption(answer(text="Zephyr scored 61 [1].\n\nMore.")) == "Zephyr scored 61 [1]."
    long = caption(answer(text="One says this. " * 100))
    assert long.endswith("One says this.…")
    assert utf16_units(long) <= 1024


def citation(**changes: object) -> Citation:
    """A citation of "Zephyr scored 61." """
    values = {
        "n": 1, "source": "zephyr", "title": "Zephyr <2> & more", "publisher": "The Daily Ledger", "author": None,
        "published": date(2025, 3, 4), "url": None, "start": 6, "end": 23, "quote": "Zephyr scored 61.",
    }  # fmt: skip
    return Citation.model_validate(values | changes)


ARTICLE = Article(id="zephyr", file="zephyr.md", title="Zephyr", text="News. Zephyr scored 61. More news.")


def answer(*citations: Citation, text: str = "Zephyr scored 61 [1].\n\nNobody says more.") -> Answer:
    """An answer of two paragraphs."""
    understood = Interpreted(intent="passage", question="what did zephyr score")
    return Answer(
        question=understood.question,
        kind="passages",
        text=text,
        interpreted=understood,
        citations=citations,
        confidence=1,
    )


def test_an_answer_is_its_paragraphs_and_its_folded_citations() -> None:
    (part,) = answer_parts(answer(citation(), text="<b> & 61 [1].\n\nNobody says more."))
    assert part.html == (
        "&lt;b&gt; &amp; 61 [1].\n\nNobody says more.\n\n"
        "[1] <b>The Daily Ledger, 4 Mar 2025</b>\n<blockquote expandable>Zephyr scored 61.</blockquote>"
    )


def test_a_source_with_an_address_is_a_link() -> None:
    (part,) = answer_parts(answer(citation(url='https://ledger.example/a?b=1&c="2"')))
    assert '<a href="https://ledger.example/a?b=1&amp;c=&quot;2&quot;">The Daily Ledger' in part.html


def test_the_list_of_sources_is_laid_out_once_and_a_quote_that_was_said_unfolds_to_its_passage() -> None:
    said = "“Zephyr scored 61.” [1]\n\n[1] The Daily Ledger, 4 Mar 2025"
    passage = CitedPassage(source="zephyr", start=0, end=34, text=ARTICLE.text, score=1, highlight=(6, 23))
    (part,) = answer_parts(answer(citation(), text=said).model_copy(update={"passages": (passage,)}))
    assert part.plain == "“Zephyr scored 61.” [1]\n\n[1] The Daily Ledger, 4 Mar 2025\n" + ARTICLE.text


def test_a_passage_that_is_not_the_article_is_refused() -> None:
    wrong = CitedPassage(source="zephyr", start=0, end=5, text="Views", score=1, highlight=(0, 5))
    with pytest.raises(CitationError, match="zephyr"):
        check_answer(answer().model_copy(update={"passages": (wrong,)}), [ARTICLE])


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "ledger.example", "https://", "https://a b.example/"])
def test_what_is_no_web_address_is_no_link(url: str | None) -> None:
    assert not is_web_address(url)


@pytest.mark.parametrize("wrong", [{"quote": "Zephyr scored 67."}, {"start": 5, "end": 22}, {"source": "other"}])
def test_a_citation_that_is_not_the_article_is_refused(wrong: dict[str, object]) -> None:
    check_answer(answer(citation()), [ARTICLE])
    with pytest.raises(CitationError, match=r"zephyr|other"):
        check_answer(answer(citation(**wrong)), [ARTICLE])
