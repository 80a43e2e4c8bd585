"""A chart shows every number that was answered, with its sources."""

import pytest

from bot.chart import chart_bars, draw_chart
from bot.errors import BotError
from tests.benchmark_corpus import ARTICLES, answer


def test_each_different_number_is_a_bar_with_its_sources() -> None:
    found = answer("rank wardbench hard")
    assert found is not None
    heading, bars = chart_bars(found, ARTICLES)
    assert heading == "WardBench Hard (higher is better)"
    assert [(bar.model, bar.label, bar.sources, bar.is_usual) for bar in bars] == [
        ("Quill-5.1", "44.0", "Alpha Post and Beta Review", True),
        ("Orca Nova 3", "41.5", "Alpha Post and Beta Review", True),
        ("Sir Lark 2.4", "35.9", "Beta Review", False),
        ("Sir Lark 2.4", "12.3", "Alpha Post and Gamma Daily", True),
    ]


def test_sources_are_cut_only_where_there_is_no_room_for_them() -> None:
    found = answer("rank wardbench hard")
    assert found is not None
    named = {
        name: each.model_copy(update={"publisher": f"{name} of Harbours and Canals"}) for name, each in ARTICLES.items()
    }
    assert chart_bars(found, named)[1][0].sources == "alpha of Harbours and Canals and beta of Harbours and Canals"
    assert chart_bars(found, named, room=50)[1][0].sources == "alpha of Harbours an… and beta of Harbours and…"


def test_where_less_is_better_the_least_is_on_top() -> None:
    found = answer("who used fewer tokens, orca or quill")
    assert found is not None
    heading, bars = chart_bars(found, ARTICLES)
    assert heading == "Sum Index output tokens (lower is better)"
    assert [bar.label for bar in bars] == ["58 million", "120 million"]


def test_an_svg_holds_the_words_and_is_the_same_each_time() -> None:
    found = answer("rank wardbench hard")
    assert found is not None
    drawn = draw_chart(found, ARTICLES, "svg")
    for words in ("WardBench Hard", "Quill-5.1", "44.0", "Alpha Post and Beta Review"):
        assert words in drawn.decode()
    assert draw_chart(found, ARTICLES, "svg") == drawn


def test_a_png_is_as_wide_as_a_phone() -> None:
    found = answer("rank wardbench hard")
    assert found is not None
    drawn = draw_chart(found, ARTICLES, "png")
    assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(drawn[16:20]) == 1080


def test_nothing_to_draw_is_said() -> None:
    found = answer("which benchmarks are covered")
    assert found is not None
    with pytest.raises(BotError, match="no benchmark results"):
        draw_chart(found, ARTICLES, "png")
