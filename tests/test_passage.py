"""Law: passages and sentences are places; joined passages give the article back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article
from index.passage import CONTEXT, TARGET, cut
from index.sentence import sentences

LINES = st.sampled_from(
    [
        "# Title", "## Part", "A short line", "- item one", "1. first", "| a | b |", "|---|---|", "", "   ",
        "One sentence. Another one! A third?", "word " * 150, "x" * 900, "Zwölf Boxkämpfer…",
        "日本語です。", "\u2028odd", "a\x0bb",
    ]
)  # fmt: skip


def count(text: str) -> int:
    """Word pieces, near enough: a piece for every four characters of a word."""
    return sum(-(-len(word) // 4) for word in text.split())


def article(text: str) -> Article:
    return Article(id="a", file="a.md", title="T", text=text)


@given(st.lists(LINES, min_size=1, max_size=40), st.sampled_from(["\n", "\n\n", "\r", " "]))
def test_joined_passages_are_the_article(lines: list[str], joint: str) -> None:
    text = joint.join(lines) or " "
    passages = cut(article(text), count)
    assert "".join(text[each.start : each.end] for each in passages) == text
    assert all(one.end == other.start for one, other in pairwise(passages))
    assert all(count(text[each.start : each.end]) <= TARGET + 100 for each in passages)
    assert all(len(each.context) <= CONTEXT for each in passages)


@given(st.text(max_size=400))
def test_any_text_comes_back(text: str) -> None:
    if text:
        assert "".join(text[each.start : each.end] for each in cut(article(text), count)) == text


@given(st.lists(LINES, min_size=1, max_size=30))
def test_sentences_are_places_in_order_without_blanks_around(lines: list[str]) -> None:
    text = "\n".join(lines)
    places = sentences(text, 0, len(text))
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


def test_sentences_end_where_a_reader_ends_them() -> None:
    text = "It scored 42.5% vs. 76.1 for the U.S. lab. “Why?” asked Dr. Li.\n- First item\n- Second item\n\nA line\nend"
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == [
        "It scored 42.5% vs. 76.1 for the U.S. lab.", "“Why?” asked Dr. Li.",
        "First item", "Second item", "A line", "end",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # at some width: the next word had no room
            "This paragraph was wrapped by an editor at some seventy columns, so that\nIrene's sentence has two lines.",
            1,
        ),
        (
            "The second tool was tried on the\n[Harbour suite](https://example.org)\nthat everyone uses.",
            1,
        ),  # by phrases
        ("Thanks to Ilse Brandt who has\n[rewritten the scripts](https://example.org)\nmaking them faster.", 1),
        ("browser.search: looks for pages on the web\nbrowser.open_page: reads one of the pages it found", 2),
        (
            "Harbour Suite, all 500 tasks, two tries: Orion 12.5\nVela, all tasks, with tools, in two attempts: 14.5",
            2,
        ),
        ("Key facts\nprice per month\n12 euros", 3),  # labels and cells
    ],
)
def test_a_wrapped_sentence_is_one_and_rows_are_several(text: str, expected: int) -> None:
    assert len(sentences(text, 0, len(text))) == expected


def test_a_heading_goes_with_what_follows_and_above_what_is_under_it() -> None:
    long = "Some words that fill a paragraph. " * 12
    text = f"# Title\n\nIntro.\n\n## Part one\n\n{long}\n\n## Part two\n\n{long}\n\n### Deep\n\n{long}\n"
    passages = cut(article(text), count)
    assert [text[each.start : each.end].split("\n")[0] for each in passages][1:] == ["## Part two", "### Deep"]
    assert passages[-1].context == "Title › Part two"


def test_a_long_table_is_cut_between_rows_and_keeps_its_header_in_view() -> None:
    rows = "".join(f"| Model {number} | {number}.5 |\n" for number in range(120))
    text = f"# T\n\n| Model | Score |\n|---|---|\n{rows}"
    passages = cut(article(text), count)
    assert len(passages) > 2
    assert all(text[each.start : each.end].startswith("| Model ") for each in passages[1:])
    assert all("| Model | Score |" in each.context for each in passages[1:])
