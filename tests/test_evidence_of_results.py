"""Whose a number is, what it holds under, which way is better, which edition, and whether it is asserted at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.benchmark_answer import direction
from index import SHIPPED, Article, Benchmark, BenchmarkResult, Catalogue, Names, load_catalogue, read_article
from index.benchmark_name import one_benchmark_each
from index.extraction import read_results
from tests.conftest import SHARED, Command, write_corpus
from tests.stated import Figure, gold_results, reporter_figure, setting_figure

CATALOGUE = load_catalogue(SHIPPED)


def read(text: str, title: str = "Notes of the week") -> list[BenchmarkResult]:
    return list(read_results(Article(id="a", file="a.md", title=title, text=text), CATALOGUE))


def table(*rows: str) -> str:
    """A Markdown table of rows whose cells are parted by semicolons."""
    cells = [row.split(";") for row in rows]
    lines = [f"| {' | '.join(each)} |" for each in cells]
    return "\n".join([lines[0], "|---" * len(cells[0]) + "|", *lines[1:]]) + "\n"


@pytest.mark.parametrize(
    "title", ["Credited to", "Reported by", "Source", "Sources", "Tested by", "According to", "Publisher", "Evaluator"]
)
def test_a_column_says_who_reported_its_rows(title: str) -> None:
    rows = read(table(f"Benchmark;GPT-5;Grok 4;{title}", "MMLU;91.2;88.1;Quill Lab", "GPQA Diamond;85.7;84.0;OpenAI"))
    assert [(each.model, each.value, each.reported_by, each.origin) for each in rows] == [
        ("GPT-5", 91.2, "Quill Lab", "press"),
        ("Grok 4", 88.1, "Quill Lab", "press"),
        ("GPT-5", 85.7, "OpenAI", "vendor"),
        ("Grok 4", 84.0, "OpenAI", "vendor"),
    ]
    down = read(table(f"Model;{title};MMLU", "GPT-5;Quill Lab;91.2", "Grok 4;Epoch AI;88.1"))
    assert [(each.model, each.reported_by, each.origin) for each in down] == [
        ("GPT-5", "Quill Lab", "press"),
        ("Grok 4", "Epoch AI", "independent"),
    ]


def test_a_column_of_licences_links_makers_or_dashes_credits_nobody() -> None:
    for title, cells in (
        ("Open source", ("Yes", "No")),
        ("Source", ("open", "closed")),
        ("Source", ("https://a.example/x", "—")),
        ("Publisher", ("OpenAI", "xAI")),
    ):
        rows = read(table(f"Model;MMLU;{title}", f"GPT-5;91.2;{cells[0]}", f"Grok 4;88.1;{cells[1]}"))
        assert [(each.model, each.reported_by) for each in rows] == [("GPT-5", None), ("Grok 4", None)], title


def test_a_row_that_credits_nobody_does_not_take_the_credit_of_the_caption() -> None:
    text = "Source: Harbour Post\n\n" + table("Benchmark;GPT-5;Credited to", "MMLU;91.2;Quill Lab", "MATH;80.1;—")
    assert [each.reported_by for each in read(text)] == ["Quill Lab", None]


def test_reported_and_reproduced_are_two_settings_of_one_model() -> None:
    rows = read(table("Benchmark;Model;Reported;Reproduced", "MMLU;GPT-5;91.2;90.0", "MMLU;Grok 4;88.1;87.5"))
    assert [(each.model, each.value, each.setting) for each in rows] == [
        ("GPT-5", 91.2, "reported"),
        ("GPT-5", 90.0, "reproduced"),
        ("Grok 4", 88.1, "reported"),
        ("Grok 4", 87.5, "reproduced"),
    ]


def test_what_the_article_measured_itself_is_credited_to_nobody() -> None:
    text = "In its blog OpenAI lists 81.2% for GPT-5 on GPQA Diamond; our own test (5-shot) gave 76.5%."
    text += " According to Fortune, Grok 4 scored 70.1% on MMLU."
    found = {each.value: (each.setting, each.reported_by) for each in read(text)}
    assert found == {81.2: (None, "OpenAI"), 76.5: ("5-shot", None), 70.1: (None, "Fortune")}


SETTINGS = [
    (
        "On MMLU we measured 76.5% with GPT-5 (pass@1, no tools), well below the 81.2% that the maker advertises.",
        {76.5: "pass@1; no tools", 81.2: None},
    ),
    ("On HLE GPT-5 reached 41.0% (with tools), while Grok 4 stood at 38.2%.", {41.0: "with tools", 38.2: None}),
    ("On HLE GPT-5 (no tools) has 30.1% and Grok 4 (with tools) 44.2%.", {30.1: "no tools", 44.2: "with tools"}),
    ("GPT-5 got 84% (pass@1) on AIME 2025 and 91% (maj@64) on MATH-500.", {84.0: "pass@1", 91.0: "maj@64"}),
    ("The maker claims 88.1% for GPT-5 on MMLU, yet we saw 84.0% (5-shot).", {88.1: None, 84.0: "5-shot"}),
    ("On GDPval-AA, GPT-5 scored 1782 for xhigh and 1758 for high.", {1782.0: "xhigh", 1758.0: "high"}),
]


@pytest.mark.parametrize(("text", "expected"), SETTINGS)
def test_a_setting_stays_with_its_own_number(text: str, expected: dict[float, str | None]) -> None:
    assert {each.value: each.setting for each in read(text)} == expected


def test_an_effort_behind_a_version_is_a_setting() -> None:
    rows = read(table("Benchmark;GPT-5.4 xhigh;GPT-5.4 - medium;Qwen3 Max", "MMLU;92.8;88.0;80.1"))
    assert [(each.model, each.setting) for each in rows] == [
        ("GPT-5.4", "xhigh"),
        ("GPT-5.4", "medium"),
        ("Qwen3 Max", None),
    ]


LOWER = [
    table("Model;WER ↓", "GPT-5;4.2", "Grok 4;3.9"),
    table("Model;Fault rate (lower is better)", "GPT-5;4.2", "Grok 4;3.9"),
    table("Benchmark;GPT-5;Grok 4", "Hallucination rate;4.2;3.9"),
    table("Benchmark;Metric;GPT-5;Grok 4", "WikiText;perplexity;4.2;3.9"),
    "Scores on BrineBench (lower is better):\n\n" + table("Model;BrineBench", "GPT-5;4.2", "Grok 4;3.9"),
    "On BrineBench, where lower is better, GPT-5 scores 4.2 and Grok 4 scores 3.9.",
]
HIGHER = [
    table("Model;BrineBench ↑", "GPT-5;4.2", "Grok 4;3.9"),
    table("Model;Errors found (higher is better)", "GPT-5;4.2", "Grok 4;3.9"),
]
SILENT = [
    table("Benchmark;GPT-5;Grok 4", "MMLU;4.2;3.9"),
    table("Benchmark;GPT-5;Grok 4", "Loss avoidance;4.2;3.9"),
    table("Benchmark;GPT-5;Grok 4", "Non-hallucination rate;4.2;3.9"),
    table("Benchmark;GPT-5;Grok 4", "MMLU;4.2 ↓;3.9 ↑"),  # how it changed
]


@pytest.mark.parametrize(("text", "said"), [*((t, False) for t in LOWER), *((t, True) for t in HIGHER),
                                            *((t, None) for t in SILENT)])  # fmt: skip
def test_which_way_is_better_is_read_where_it_is_said(text: str, said: bool | None) -> None:
    found = read(text)
    assert [each.value for each in found] == [4.2, 3.9]
    assert {each.higher_is_better for each in found} == {said}
    assert not any("↓" in each.benchmark or "better" in each.benchmark for each in found)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5), st.booleans() | st.none())
def test_the_catalogue_decides_where_articles_do_not_agree(said: list[bool | None], known: bool | None) -> None:
    results = [
        BenchmarkResult(
            benchmark="Brine", model="M", value=1, unit="%", setting=None, approximate=False, source=str(place),
            reported_by=None, origin="press", start=0, end=1, quote="1", higher_is_better=each,
        )
        for place, each in enumerate(said)
    ]  # fmt: skip
    listed = () if known is None else (Benchmark(name="Brine", higher_is_better=known),)
    higher = direction(Catalogue(benchmarks=listed), results)("Brine")
    voices = [each for each in said if each is not None]
    if known is not None:
        assert higher == (voices[0] if len(voices) == len(said) and len(set(voices)) == 1 else known)
    elif voices.count(True) != voices.count(False):
        assert higher == (voices.count(True) > voices.count(False))
    else:
        assert higher


def test_the_lowest_leads_and_the_answer_says_so(presscheck: Command, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"errors.md": f"# Errors compared\n\n{LOWER[0]}"})
    place = ("--corpus", corpus, "--index", tmp_path / "index")
    answer = json.loads(presscheck("ask", "--json", "who leads on WER?", *place).out)
    assert answer["verdict"]["best"] == ["Grok 4"]
    assert "WER (lower is better)" in answer["text"]
    asked = {
        "which model has the lowest WER?": ["Grok 4"],
        "who has the highest WER?": ["GPT-5"],
        "which model is worst on WER?": ["GPT-5"],
        "which model has the least WER": ["Grok 4"],
    }
    for question, best in asked.items():
        assert json.loads(presscheck("ask", "--json", question, *place).out)["verdict"]["best"] == best, question


def result(benchmark: str, higher_is_better: bool | None) -> BenchmarkResult:
    return read("GPT-5 scored 90% on MMLU.")[0].model_copy(
        update={"benchmark": benchmark, "higher_is_better": higher_is_better}
    )


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ([("LibriSpeech", False), ("LibriSpeech WER", False)], {"LibriSpeech"}),
        ([("LibriSpeech", False), ("LibriSpeech (WER, %)", False)], {"LibriSpeech", "LibriSpeech (WER, %)"}),
        ([("FLEURS", False), ("FLEURS WER", False), ("FLEURS CER", False)], {"FLEURS", "FLEURS WER", "FLEURS CER"}),
        ([("SimpleQA", True), ("SimpleQA ECE", False)], {"SimpleQA", "SimpleQA ECE"}),
        ([("LibriSpeech WER", False)], {"LibriSpeech WER"}),
        ([("Terminal-Bench", None), ("Terminal-Bench WER", False)], {"Terminal-Bench", "Terminal-Bench WER"}),
    ],
)
def test_a_benchmark_with_its_measure_is_the_benchmark(stated: list[tuple[str, bool | None]], names: set[str]) -> None:
    found = one_benchmark_each([result(*each) for each in stated])
    assert {each.benchmark for each in found} == names


def test_an_edition_that_the_catalogue_does_not_have_is_a_benchmark_of_its_own() -> None:
    written = "USAMO 2026, USAMO-2026, USAMO '26, USAMO (2026), AIME 2031, HMMT 2026, Terminal-Bench 7.0"
    meant = "USAMO 2026, USAMO 2026, USAMO 2026, USAMO 2026, AIME 2031, HMMT 2026, Terminal-Bench 7.0"
    assert ", ".join(each.name for each in Names(CATALOGUE).benchmarks(written)) == meant
    written = "USAMO 2025, USAMO, AIME 2025, AIME'25, MMLU in 2026, HMMT Feb 2025"
    meant = "USAMO 2025, USAMO 2025, AIME 2025, AIME 2025, MMLU, HMMT 2025"
    assert ", ".join(each.name for each in Names(CATALOGUE).benchmarks(written)) == meant
    found = [(each.benchmark, each.value) for each in read("GPT-5 scored 61.9% on USAMO 2026 and 70.1% on USAMO 2025.")]
    assert found == [("USAMO 2026", 61.9), ("USAMO 2025", 70.1)]


NOT_ASSERTED = [
    "GPT-5 did not score 90% on MMLU.",
    "GPT-5 has never reached 90% on MMLU.",
    "GPT-5 failed to hit 90% on MMLU.",
    "GPT-5 will score 90% on MMLU, analysts expect.",
    "The lab hopes that GPT-5 reaches 90% on MMLU next year.",
    "Engineers expect GPT-5 to score 90% on MMLU.",
    "OpenAI denied that GPT-5 scored 90% on MMLU.",
    "A leaked slide claims that GPT-5 scored 90% on MMLU.",
    "An earlier version of this article said that GPT-5 scored 90% on MMLU.",
    "GPT-5 gained 9% on MMLU.",
    "GPT-5 achieved a 20% leap on MMLU.",
    "GPT-5 leads on ARC-AGI 1 and 2.",
    "GPT-5 has an averaged score of 8 repetitions on MMLU.",
    "GPT-5 led MMLU at 1/5 the cost.",
]


@pytest.mark.parametrize("text", NOT_ASSERTED)
def test_what_is_denied_hoped_for_or_counted_is_no_result(text: str) -> None:
    assert [(each.benchmark, each.value) for each in read(text)] == []


ASSERTED = [
    ("GPT-5 not only scored 90% on MMLU, it also won on MATH.", {("MMLU", "GPT-5", 90.0)}),
    ("As expected, GPT-5 scored 90% on MMLU.", {("MMLU", "GPT-5", 90.0)}),
    ("OpenAI denied the report; GPT-5 scored 90% on MMLU.", {("MMLU", "GPT-5", 90.0)}),
    ("GPT-5 did not win, but it scored 90% on MMLU.", {("MMLU", "GPT-5", 90.0)}),
    ("GPT-5 scored, as of 12 October, 90% on MMLU.", {("MMLU", "GPT-5", 90.0)}),
    (
        "GPT-5 outperformed Grok 4 on MMLU with 90% against 88.5%.",
        {("MMLU", "GPT-5", 90.0), ("MMLU", "Grok 4", 88.5)},
    ),
    (
        "GPT-5 gets 90 ± 0.5 on MMLU and 70.1 ± 0.2 on MATH.",
        {("MMLU", "GPT-5", 90.0), ("MATH", "GPT-5", 70.1)},
    ),
    ("GPT-5 reaches $90.5\\pm 0.4$% on MMLU.", {("MMLU", "GPT-5", 90.5)}),
    (
        "Kimi K2 scores 87.1 on MMLU. GPT-5 and Grok 4 score higher at 88.7 and 88.3, respectively.",
        {("MMLU", "Kimi K2", 87.1), ("MMLU", "GPT-5", 88.7), ("MMLU", "Grok 4", 88.3)},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ASSERTED)
def test_what_is_measured_is_a_result(text: str, expected: set[tuple[str, str, float]]) -> None:
    assert {(each.benchmark, each.model, each.value) for each in read(text)} == expected


def test_a_range_is_about() -> None:
    assert [(each.value, each.unit, each.approximate) for each in read("GPT-5 scores 60-65% on MMLU.")] == [
        (60.0, "%", True)
    ]


def test_columns_that_are_neither_models_nor_results_take_nothing_away() -> None:
    rows = read(table("Model;Param;Alpha-R;Beta-R", "GPT-9-mini;4B;61.8;71.0", "Gemini-9-4B;2B;59.5;74.1"))
    assert [(each.benchmark, each.value) for each in rows] == [
        ("Alpha-R", 61.8), ("Beta-R", 71.0), ("Alpha-R", 59.5), ("Beta-R", 74.1)
    ]  # fmt: skip
    rows = read(table("Benchmark;GPT-5;Grok 4;Recovery", "MMLU;91.2;88.1;99.6%"))
    assert [(each.model, each.value) for each in rows] == [("GPT-5", 91.2), ("Grok 4", 88.1)]
    rows = read(table("Benchmark;GPT-5;Grok 4", "MMLU;91.2 / 100;88.1/100"))
    assert [(each.model, each.value) for each in rows] == [("GPT-5", 91.2), ("Grok 4", 88.1)]


def test_settings_and_reporters_are_scored_against_gold() -> None:
    rows = read(table("Benchmark;GPT-5 (high);Grok 4;Reported by", "MMLU;91.2;88.1;Quill Lab"))
    line: dict[str, object] = {"source": "a", "benchmark": "MMLU", "setting": None, "reported_by": "Quill Lab"}
    gold: list[dict[str, object]] = [
        line | {"model": "GPT-5", "value": 91.2},
        line | {"model": "Grok 4", "value": 88.1, "reported_by": None},
    ]
    assert setting_figure(gold, rows) == Figure(right=0, read=1, stated=0)
    assert reporter_figure(gold, rows) == Figure(right=1, read=2, stated=1)


def test_settings_and_reporters_are_as_good_as_they_were() -> None:
    gold, articles = SHARED / "eval" / "facts-dev.jsonl", SHARED / "articles"
    if not gold.is_file():
        pytest.skip("the graded results are not beside the project")
    sources = {short: name for name, short in json.loads((articles / "sources.json").read_text()).items()}
    wanted = gold_results(gold, sources)
    names = {each["source"] for each in wanted}
    texts = [read_article(articles / f"{name}.txt") for name in sorted(names)]
    found = [result for text in texts for result in read_results(text, CATALOGUE)]
    held, credited = setting_figure(wanted, found), reporter_figure(wanted, found)
    assert held.precision >= 0.95
    assert held.recall >= 0.7
    assert credited.precision >= 0.9
    assert credited.recall >= 0.9
