"""A model has one name, whatever it is written with; no two models share one."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mention import respelled
from index import SHIPPED, Article, Catalogue, Model, identity, load_catalogue
from index.extraction import read_results
from index.model_name import BLANKS, HYPHENS, one_name_each
from tests.benchmark_corpus import LARK, ORCA, QUILL, answer, known
from tests.conftest import Command, write_corpus

CATALOGUED = [entry.name for entry in load_catalogue(SHIPPED).models]
APART = [
    "Opus 9.7", "Opus 9.6", "Opus 97", "Opus 9", "Opus 9.7 mini", "Skua3-Coder", "Skua3", "Skua 3 8B", "Skua 38B",
    "q3-mini", "q3", "Skua 2.5 3B", "Skua 2.53B", "Skua-4-0613", "Skua-4", "Skua-r1-05-28", "Skua-r1",
    "天鹰 4.5", "云雀 4.5",
]  # fmt: skip
SPACES = st.sampled_from(["-", " ", "", *HYPHENS, *BLANKS[:4]])


@st.composite
def spellings(draw: st.DrawFn, names: list[str]) -> tuple[str, str]:
    """A name, and another way to write it: other case, other blanks and hyphens, a hyphen for a version's dot."""
    name = draw(st.sampled_from(names))
    written = name
    for at in reversed([at for at, mark in enumerate(name) if mark in " -"]):
        digits = name[at - 1].isdigit() and name[at + 1].isdigit()
        space = draw(SPACES.filter(lambda mark: mark not in ("", *HYPHENS, "-"))) if digits else draw(SPACES)
        written = f"{written[:at]}{space}{written[at + 1 :]}"
    return name, draw(st.sampled_from([written.upper(), written.lower(), written.title(), written]))


@given(spellings([*CATALOGUED, *APART]))
def test_a_name_is_one_in_every_spelling(pair: tuple[str, str]) -> None:
    name, written = pair
    assert identity(written) == identity(name)


def test_a_version_may_be_written_with_a_hyphen() -> None:
    assert identity("gpt-5-4") == identity("GPT 5.4")
    assert identity("claude-opus-4-6-20260101") == identity("Claude Opus 4.6-20260101")
    assert identity("skua-3-8b") != identity("skua-3.8b")


def test_no_two_models_share_a_name() -> None:
    names = [*CATALOGUED, *APART]
    assert [(one, two) for one, two in combinations(names, 2) if identity(one) == identity(two)] == []


@settings(max_examples=60, deadline=None)
@given(spellings([ORCA, QUILL, LARK]))
def test_a_question_is_answered_alike_in_every_spelling(pair: tuple[str, str]) -> None:
    name, written = pair
    asked, plain = (answer(f"what did {each} get on wardbench?") for each in (written, name))
    assert asked is not None
    assert plain is not None
    assert (asked.kind, asked.text, asked.facts) == (plain.kind, plain.text, plain.facts)
    assert respelled(f"is {written} free", known()) == f"is {name} free"


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("quill-5-1 on wardbench", "quill-5.1 on wardbench"),
        ("Pen's Quill‑5.1 on wardbench", "quill-5.1 on wardbench"),
        ("tide orcanova3 on wardbench", "orca nova 3 on wardbench"),
    ],
)
def test_a_maker_before_a_name_and_a_hyphen_in_a_version_change_nothing(question: str, plain: str) -> None:
    one, two = answer(question), answer(plain)
    assert one is not None
    assert two is not None
    assert one.text == two.text
    assert one.kind == "benchmark"


@pytest.mark.parametrize("written", ["quill-5.1 xhigh", "Quill 5.1 (xhigh)", "quill-5-1 x-high"])
def test_an_effort_in_a_question_is_a_setting(written: str) -> None:
    found = answer(f"{written} on wardbench")
    assert found is not None
    assert (found.interpreted.models, found.interpreted.setting) == ((QUILL,), "xhigh")
    assert found.missing == ("Quill-5.1 on WardBench Hard xhigh",)


def read(text: str, *models: str) -> list[tuple[str, float, str | None]]:
    """Every result of a text: model, value, setting."""
    catalogue = load_catalogue(SHIPPED)
    whole = Catalogue(benchmarks=catalogue.benchmarks, models=tuple(Model(name=name) for name in models))
    article = Article(id="a", file="a.md", title="Test day", text=text)
    return [(each.model, each.value, each.setting) for each in read_results(article, whole)]


def test_an_effort_in_an_article_is_a_setting() -> None:
    table = (
        "| Benchmark | Skua-5.4 xhigh | Skua-5.4 medium | Skua 5.4 (high) |\n|---|---|---|---|\n"
        "| GPQA Diamond | 71 | 62 | 69 |\n"
    )
    assert read(table, "Skua-5.4") == [
        ("Skua-5.4", 71.0, "xhigh"), ("Skua-5.4", 62.0, "medium"), ("Skua-5.4", 69.0, "high"),
    ]  # fmt: skip
    assert read("Skua-5.4 xhigh scored 71.5% on GPQA Diamond.", "Skua-5.4") == [("Skua-5.4", 71.5, "xhigh")]


def test_a_size_is_no_effort_and_high_scores_are_none() -> None:
    table = "| Benchmark | Phi-3-medium | Skua Medium 3 |\n|---|---|---|\n| GPQA Diamond | 41 | 52 |\n"
    assert [model for model, *_ in read(table, "Skua Medium 3")] == ["Phi-3-medium", "Skua Medium 3"]
    assert read("With Skua-5.4 high scores are usual: 71.5% on GPQA Diamond.", "Skua-5.4")[:1] != [
        ("Skua-5.4", 71.5, "high")
    ]


def test_the_spelling_that_most_results_have_is_kept() -> None:
    from tests.benchmark_corpus import RESULTS

    first = RESULTS[0]
    spelt = [first.model_copy(update={"model": name}) for name in ("Skua-9", "Skua 9", "SKUA 9", "Skua 9", "Skua 8")]
    assert [each.model for each in one_name_each(spelt)] == ["Skua 9"] * 4 + ["Skua 8"]
    assert [each.model for each in one_name_each(spelt[:2])] == ["Skua-9"] * 2


ARTICLES = {
    "lantern.md": "---\npublisher: The Lantern\n---\n# A close race\n\nOpus-9.7 scored 91.2% on GPQA Diamond.\n",
    "courier.md": "---\npublisher: The Courier\n---\n# Tests\n\nOpus\u00a09.7 scores 64.3% on SWE-bench Pro. "
    "Opus 9.6 scores 60.1% on SWE-bench Pro.\n",
    "ledger.md": "---\npublisher: The Ledger\n---\n# Notes\n\n"
    "Anthropic's Opus\u20119.7 scored 91.2% on GPQA Diamond.\n",
}


def test_articles_that_spell_a_model_in_several_ways_meet(presscheck: Command, tmp_path: Path) -> None:
    where = ("--corpus", write_corpus(tmp_path / "corpus", ARTICLES), "--index", tmp_path / "index")
    done = presscheck("facts", "--jsonl", *where)
    names = {(fact["value"], fact["model"]) for fact in map(json.loads, done.out.splitlines())}
    assert names == {(91.2, "Claude Opus-9.7"), (64.3, "Claude Opus-9.7"), (60.1, "Claude Opus 9.6")}
    for spelling in ("opus 9.7", "Opus‑9.7", "OPUS-9-7", "Claude Opus9.7", "Anthropic Opus 9.7"):
        assert len(presscheck("facts", "--jsonl", "--model", spelling, *where).out.splitlines()) == 3, spelling
    asked = presscheck("ask", "How does Opus 9.7 score on SWE-bench Pro?", *where)
    assert (asked.status, "64.3%" in asked.out) == (0, True)
