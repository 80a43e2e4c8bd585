"""Results as they are written, and what is none."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import SHIPPED, Article, CatalogueError, Names, article_files, load_catalogue, read_article
from index.extraction import read_results

CATALOGUE = load_catalogue(SHIPPED)
ABOUT = "Gemini 3 Pro is out. Gemini 3 Pro is what this article is about.\n\n"


def read(text: str) -> list[tuple[str, str, float]]:
    article = Article(id="a", file="a.md", title="T", text=text)
    results = read_results(article, CATALOGUE)
    for result in results:
        assert text[result.start : result.end] == result.quote
    return [(result.benchmark, result.model, result.value) for result in results]


SYSTEMS = "SWE-bench Verified: Codehound 44.1, Devin 41.0"  # agents are contestants too
WRITTEN = [
    (
        "On MMLU, GPT-5 scored 91.2%, ahead of Claude Sonnet 4.5 at 89.9% and Grok 4 at 88.1%.",
        "MMLU: GPT-5 91.2, Claude Sonnet 4.5 89.9, Grok 4 88.1",
    ),
    ("The model reaches 71.5% on SWE-bench Verified.", "SWE-bench Verified: Gemini 3 Pro 71.5"),
    ("Kimi K2 leads with 44.9% on HLE.", "Humanity's Last Exam: Kimi K2 44.9"),
    ("On AIME 2025 it was 88.0% for GPT-5 and 87.5% for Grok 4.", "AIME 2025: GPT-5 88.0, Grok 4 87.5"),
    ("**GPQA Diamond** (hard science)\n- GPT-5: **85.7%**\n- o3: 83.3%\n", "GPQA Diamond: GPT-5 85.7, o3 83.3"),
    (
        "MMMU Pro (images) 🏆 81.0\n\nGPT-5: 78.4 / Grok 4: 70.1\n",
        "MMMU Pro: Gemini 3 Pro 81.0, GPT-5 78.4, Grok 4 70.1",
    ),
    (
        "GPT-5 beats o3 and Grok 4 on BrowseComp (57.9 vs 46.2 and 45.3).",
        "BrowseComp: GPT-5 57.9, o3 46.2, Grok 4 45.3",
    ),
    ("GPT-5 and Grok 4 reach roughly 76% on ARC-AGI-2.", "ARC-AGI-2: GPT-5 76.0, Grok 4 76.0"),
    (
        "GPT-5 achieves 55.5, 75.1 and 88.2 on LiveCodeBench, MultiPL-E and MBPP, respectively.",
        "LiveCodeBench: GPT-5 55.5; MultiPL-E: GPT-5 75.1; MBPP: GPT-5 88.2",
    ),
    (
        "OSWorld Rankings\n\nRankModelScoreDeveloper\n#1GPT-5.457OpenAI\n#2Grok 441xAI\n",
        "OSWorld: GPT-5.4 57.0, Grok 4 41.0",
    ),
    ("GPT-5 erreicht 94,3 % auf GPQA Diamond.", "GPQA Diamond: GPT-5 94.3"),
    ("GPT-5 scores ９４.３% and Grok 4 scores ８８．５％ on GPQA Diamond.", "GPQA Diamond: GPT-5 94.3, Grok 4 88.5"),
    ("The MMLU score of GPT-5 rose from 70.3 to 84.2 compared to GPT-4.", "MMLU: GPT-5 84.2, GPT-4 70.3"),
    (
        "On MATH, Orlo2-7B/72B improve from 41.2/58.0 to 52.5/66.1 over Orlo1-7B/72B.",
        "MATH: Orlo1-7B 41.2, Orlo1-72B 58.0, Orlo2-7B 52.5, Orlo2-72B 66.1",
    ),
    ("GPT-5 scores 30.1% on ARC-AGI-2, roughly half of the leaders (about 62%).", "ARC-AGI-2: GPT-5 30.1"),
    ("On SWE-bench Verified, Codehound scored 44.1%, ahead of 41.0% from Devin.", SYSTEMS),
    (
        "\\begin{tabular}{lcc}\n\\toprule\nModel & MMLU & MATH \\\\\n\\midrule\nGPT-5 & \\textbf{91.2} & 88.1 \\\\\n"
        "o3 & 87.0 & -- \\\\\n\\end{tabular}\n",
        "MMLU: GPT-5 91.2, o3 87.0; MATH: GPT-5 88.1",
    ),
    (
        "Benchmark\n\nGPT-5\n\no3\n\nMMLU\n\n91.2\n\n87.0\n\nMATH\n\n88.1\n\n—\n",
        "MMLU: GPT-5 91.2, o3 87.0; MATH: GPT-5 88.1",
    ),
    ("Benchmark GPT-5 o3\nMMLU 91.2 87.0\nMATH 88.1 80.4\n", "MMLU: GPT-5 91.2, o3 87.0; MATH: GPT-5 88.1, o3 80.4"),
    # Names that no catalogue has, by how the text introduces them.
    (
        "Today we launch Inkwell 3. Inkwell 3 is a reasoning model. It resolves 80.9% of the problems on SWE-bench "
        "Verified¹ in a single attempt, and 84.3% with high compute; Inkwell 2.5 reached 51.3% on MMLU².",
        "SWE-bench Verified: Inkwell 3 80.9, Inkwell 3 84.3; MMLU: Inkwell 2.5 51.3",
    ),
    (
        "A lab published *Long Mile*, 900 questions by experts. Early scores:\n\n1. GPT-5 — 14.2%\n2. Grok 4 — 6.1%\n",
        "Long Mile: GPT-5 14.2, Grok 4 6.1",
    ),
    (
        "GPT-5 gets 70.0 on MATH, Grok 4 66.0. MMLU was closer, 91.2 vs 90.4.",
        "MATH: GPT-5 70, Grok 4 66; MMLU: GPT-5 91.2, Grok 4 90.4",
    ),
    (
        "- **MMLU:** 91.0 (GPT-5: 90.1)\n- **MATH:** 88.0, vs. 80.1 for o3\n\nGrok 4 got 5.5% more users.",
        "MMLU: Gemini 3 Pro 91, GPT-5 90.1; MATH: Gemini 3 Pro 88, o3 80.1",
    ),
    (
        "<table><tr><th rowspan=2>Benchmark</th><th colspan=2>Granite 5</th></tr><tr><th>8B</th><th>32B</th></tr>"
        "<tr><td>MMLU</td><td>71.2<sup>a</sup></td><td><b>81.9</b>&nbsp;<i>(±0.6)</i></td></tr><tr><td>Hours</td><td>3.5</td>"
        "<td>9.1</td></tr></table>",
        "MMLU: Granite 5 8B 71.2, Granite 5 32B 81.9",
    ),
    (
        "| Task (metric) | GPT-5 | o3 |\n|---|---|---|\n| HumanEval / MBPP (pass@1) | 90.2 / 84.0 | 82.3 / — |\n",
        "HumanEval: GPT-5 90.2, o3 82.3; MBPP: GPT-5 84.0",
    ),
    (
        "### Long context (RULER)\n\n| Length | 4K | 128K |\n|---|---|---|\n| GPT-5 | 96.1 | 84.2 |\n",
        "RULER: GPT-5 96.1, GPT-5 84.2",
    ),
    ("GPT-5 answered 71.9 percent of GPQA Diamond questions.", "GPQA Diamond: GPT-5 71.9"),
    (
        "HealthBench gave GPT-5 60 points. Grok 4 scored 38 points on MMLU, 9 points behind o3.",
        "HealthBench: GPT-5 60; MMLU: Grok 4 38",
    ),
    (
        "GPQA Diamond\n84.6%\n#7 of 61\nMMLU\n90.1%\n#2 of 58\n",
        "GPQA Diamond: Gemini 3 Pro 84.6; MMLU: Gemini 3 Pro 90.1",
    ),
    (
        "GPT-5 attains 43.8% on BrowseComp and 61.2% on GAIA, close to Deep Research (51.5% and 67.4%).",
        "BrowseComp: GPT-5 43.8, Deep Research 51.5; GAIA: GPT-5 61.2, Deep Research 67.4",
    ),
    (
        "On MMLU, MATH and GAIA GPT-5 has scores of 91.2, 88.0 and 61.5.",
        "MMLU: GPT-5 91.2; MATH: GPT-5 88; GAIA: GPT-5 61.5",
    ),
    ("GPT-5 has 78.0 on MMLU. I ran it myself and saw 74.5.", "MMLU: GPT-5 78, GPT-5 74.5"),
    (
        "| Model | Size | MMLU (5) | GSM8K |\n|---|---|---|---|\n| Falcon-Edge | 1B | 41.2 | 28.5* |\n"
        "| | 7B | **66.4** | — |\n",
        "MMLU: Falcon-Edge 1B 41.2, Falcon-Edge 7B 66.4; GSM8K: Falcon-Edge 1B 28.5",
    ),
    (
        "Nova 2 Lite (GA)\n* Scores: MMLU 80.9 | MATH 79.6\n\nNova Act (GA)\n* IFBench 69.2\n",
        "MMLU: Nova 2 Lite 80.9; MATH: Nova 2 Lite 79.6; IFBench: Nova Act 69.2",
    ),
    ("ARC-AGI-2 went from 15.9 for Grok 4 to 41.3 with GPT-5.", "ARC-AGI-2: Grok 4 15.9, GPT-5 41.3"),
    (
        "GPT-5 found 94 needles, o3 97, and Grok 4 61. RULER tells the same: 95.1, 96.3 and 88.7, respectively.",
        "RULER: GPT-5 95.1, o3 96.3, Grok 4 88.7",
    ),
    ("On MMLU, GPT-5 with 16, 8 and 4 bits has 91.2% ± 0.4%, ahead of Swan-X (67.2).", "MMLU: GPT-5 91.2"),
    (
        "GPT-5 gets 79.4% on GPQA Diamond and 88.9% on AIME 2025, up from 61.0% and 43.3% for our last model, Gull.",
        "GPQA Diamond: GPT-5 79.4; AIME 2025: GPT-5 88.9",  # nobody knows Gull
    ),
    ("On MMLU, GPT-5 is wrong 21% of the time.\n\n2/ MATH: 48.9%", "MATH: Gemini 3 Pro 48.9"),
    ("**MiniCPM-V 5** is small. MMMU 66.7, OCRBench 905.", "MMMU: MiniCPM-V 5 66.7; OCRBench: MiniCPM-V 5 905"),
    (
        "GPT-5 erreicht im Coding-Benchmark SWE-bench Verified 75,9 Prozent. Das ist mehr als o3 mit 70,1 Prozent.",
        "SWE-bench Verified: GPT-5 75.9, o3 70.1",
    ),
    # What is left of an HTML table where its spans are lost.
    (
        "| Benchmark | Granite 5 | | Gemma 4 27B |\n|---|---|---|---|\n| | 8B | 32B | |\n"
        "| MMLU <sup>1</sup> | 71.2 | **81.9** | 80.4 <sup>\\[3\\]</sup> |\n",
        "MMLU: Granite 5 8B 71.2, Granite 5 32B 81.9, Gemma 4 27B 80.4",
    ),
    (
        "| Benchmark | Setting | GPT-5 | o3 |\n|---|---|---|---|\n| MATH | 0-shot | 80.1 | 70.2 |\n"
        "| | 4-shot | 85.5 | 77.0 |\n",
        "MATH: GPT-5 80.1, o3 70.2, GPT-5 85.5, o3 77",
    ),
    ("| # | Model | MMLU |\n|---|---|---|\n| 1 | GPT-5 | 91 |\n| 2 | o3 | 88 |\n", "MMLU: GPT-5 91.0, o3 88.0"),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN)
def test_results_in_the_ways_that_people_write_them(text: str, expected: str) -> None:
    results = []
    for part in expected.split("; "):
        benchmark, _, scores = part.partition(": ")
        results += [(benchmark, *score.rsplit(" ", 1)) for score in scores.split(", ")]
    assert sorted(read(ABOUT + text)) == sorted((name, model, float(value)) for name, model, value in results)


@pytest.mark.parametrize(
    "text",
    [
        "GPT-5 costs $1.25 per million tokens and $10 for output.",
        "Llama 3 has 70 billion parameters and a context window of 128,000 tokens.",
        "GPT-5 came out on August 7, 2025.",
        "Shares of the company rose by 9% on Wednesday.",
        "GPT-5 is 16 points behind Grok 4 on Terminal-Bench 2.0.",
        "GPT-5 takes second place on MMLU, 3x better than Grok 2.",
        "The lab owns 49% of the start-up and employs 1,200 people.",
        "GPT-5 is the first to pass 80% on SWE-bench Verified.",
        "| Agent on SWE-bench Verified | < 15 min | > 1 h |\n|---|---|---|\n| Devin | 91.0 | 42.2 |\n",
        "It ran 8 runs with 300 steps on SWE-bench Verified.",
        "| Model | Params | Context |\n|---|---|---|\n| Qwen2.5-7B | 7.61B | 128K |\n| Qwen2.5-72B | 72.7B | 128K |\n",
        "| Model | Price |\n|---|---|\n| GPT-5 | 10 |\n",
        "| City | People |\n|---|---|\n| Oslo | 700 |\n",
        "",
    ],
)
def test_what_is_no_result_gives_nothing(text: str) -> None:
    assert read(ABOUT + text) == []


def test_a_setting_belongs_to_the_number_that_it_is_said_of() -> None:
    text = (
        "| Benchmark | GPT-5 | Kimi K2 |\n|---|---|---|\n"
        "| HLE (with tools; Kimi K2 in Thinking mode) | 41.0 | 44.9 |\n\n"
        "GPT-5 leads on MMLU (MMLU: 91.2 vs Grok 4's 88.1) and o3 scores 70.1 in high mode on GPQA Diamond.\n"
    )
    article = Article(id="a", file="a.md", title="T", text=text)
    assert {(result.model, result.value, result.setting) for result in read_results(article, CATALOGUE)} == {
        ("GPT-5", 41.0, "with tools"),
        ("Kimi K2", 44.9, "with tools; Thinking mode"),
        ("GPT-5", 91.2, None),
        ("Grok 4", 88.1, None),
        ("o3", 70.1, "high mode"),
    }


MODELS = ["GPT-5", "Claude Opus 4.6", "Gemini 2.5 Pro", "Grok 4", "DeepSeek-V3.2", "Kimi K2"]
BENCHMARKS = ["MMLU", "GPQA Diamond", "AIME 2025", "Quuxbench", "Frobnication Suite", "SWE-bench Pro"]
VALUES = st.integers(1, 999).map(lambda tenths: tenths / 10)
DRESS = st.sampled_from(["{}", "**{}**", "{}%", "{} *", " {}† ", "~{}"])


@settings(max_examples=40)
@given(st.data(), st.booleans())
def test_a_table_gives_back_what_was_put_in(data: st.DataObject, models_down: bool) -> None:
    models = data.draw(st.lists(st.sampled_from(MODELS), min_size=1, max_size=4, unique=True))
    benchmarks = data.draw(st.lists(st.sampled_from(BENCHMARKS), min_size=1, max_size=4, unique=True))
    expected = set()
    down, across = (models, benchmarks) if models_down else (benchmarks, models)
    lines = [f"| Name | {' | '.join(across)} |", "|---" * (len(across) + 1) + "|"]
    for name in down:
        cells = []
        for other in across:
            value = data.draw(st.none() | VALUES)
            cells.append("—" if value is None else data.draw(DRESS).format(value))
            if value is not None:
                expected.add((other, name, value) if models_down else (name, other, value))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    assert set(read("\n".join(lines) + "\n")) == expected


SCRAPS = ["MMLU", "GPT-5", "91.2%", "(", ")", "[", "|", "\n", "#1", "at", "vs", "94,3 %", "８７", "שלום", "Score:", "—"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SCRAPS), max_size=30).map(" ".join) | st.text(max_size=200))
def test_a_value_is_always_inside_its_quote(text: str) -> None:
    for result in read_results(Article(id="a", file="a.md", title="T", text=text), CATALOGUE):
        assert text[result.start : result.end] == result.quote
        quote = unicodedata.normalize("NFKC", result.quote)  # full-width digits are digits
        assert f"{result.value:g}" in quote.replace(",", "") or f"{result.value}" in quote.replace(",", ".")


HTML = """<table>
<thead><tr><th rowspan="2">Benchmark</th><th colspan="2">GPT-5</th><th>Grok 4</th></tr>
<tr><th>no tools</th><th>with tools</th><th>with tools</th></tr></thead>
<tr><td>HLE</td><td>41.2</td><td><b>52.1</b></td><td>44.9<sup>2</sup></td></tr>
<tr><td rowspan=2>MMLU</td><td>—</td><td>88,9&nbsp;%</td><td style="width:97px">90.0*</td></tr>
<tr><td>71.5</td><td>n/a</td><td>83.1[1]</td></tr>
</table>"""
UNDER = [  # a table, and what it says: benchmark, model, value, setting
    (
        HTML,
        "HLE GPT-5 41.2 no tools; HLE GPT-5 52.1 with tools; HLE Grok 4 44.9 with tools; MMLU GPT-5 71.5 no tools; "
        "MMLU GPT-5 88.9 with tools; MMLU Grok 4 83.1 with tools; MMLU Grok 4 90.0 with tools",
    ),
    (
        "<table><tr><td><table><tr><th>Model<th>MMLU<tr><td>GPT-5<td>91.2</table></td><td>77.7</td></tr></table>",
        "MMLU GPT-5 91.2 -",
    ),
    (
        "| | GPT-5 | Grok 4 |\n|---|---|---|\n| HLE (no tools / with tools) | 41.2/52.1 | 39.9 / — |\n"
        "| MMLU | 1/2 | 90.0[^1] |",
        "HLE GPT-5 41.2 no tools; HLE GPT-5 52.1 with tools; HLE Grok 4 39.9 no tools; MMLU Grok 4 90.0 -",
    ),
    (
        "| Benchmark | Setting | GPT-5 |\n|---|---|---|\n| HLE | no tools | 41.2 |\n| HLE | with tools | 52.1 |",
        "HLE GPT-5 41.2 no tools; HLE GPT-5 52.1 with tools",
    ),
]


@pytest.mark.parametrize(("text", "expected"), UNDER)
def test_a_table_says_under_what_each_number_holds(text: str, expected: str) -> None:
    article = Article(id="a", file="a.md", title="T", text=f"Some words.\n\n{text}\n\nSome more.")
    found = [
        f"{result.benchmark} {result.model} {result.value} {result.setting or '-'}"
        for result in read_results(article, CATALOGUE)
    ]
    assert sorted(found) == sorted(expected.replace("HLE", "Humanity's Last Exam").split("; "))


def test_a_ranked_list_belongs_to_the_benchmark_of_the_title() -> None:
    text = "As of last night:\n\n1. **Droid + GPT-5.4** — 77.3% ± 2.2\n2. **Devin + Grok 4** — 62.9% ± 2.7\n"
    article = Article(id="a", file="a.md", title="The Terminal-Bench 2.0 board", text=text)
    found = {(result.benchmark, result.model, result.value) for result in read_results(article, CATALOGUE)}
    assert {(name, value) for name, _, value in found} == {("Terminal-Bench 2.0", 77.3), ("Terminal-Bench 2.0", 62.9)}
    assert {("Terminal-Bench 2.0", "Devin + Grok 4", 62.9)} <= found


def test_a_version_alone_is_of_the_family_in_the_title() -> None:
    article = Article(id="a", file="a.md", title="Gemini 3.2 Pro is here", text="HLE: 48.9% vs 45.4% for 3.1 Pro")
    found = [(result.model, result.value) for result in read_results(article, CATALOGUE)]
    assert found == [("Gemini 3.2 Pro", 48.9), ("Gemini 3.1 Pro", 45.4)]


def test_what_follows_a_list_of_other_articles_is_read_again() -> None:
    teaser = "Related articles\n\nGPT-5 scores 80.1% on MMLU\n\n"
    long = "The board met twice this week, and nothing was decided about the road to the north of the town. " * 4
    assert read(f"{teaser}{long}") == []
    assert read(f"{teaser}{long}In the end, GPT-5 scored 91.2% on MMLU.") == [("MMLU", "GPT-5", 91.2)]


def test_a_table_that_never_ends_or_spans_the_world_is_read_and_nothing_invented() -> None:
    wide = "<table><tr><th colspan=999>Model</th></tr><tr><td rowspan=999>GPT-5</td></tr></table>" * 50
    assert read(wide) == []
    assert read("<table><tr><td>" * 200 + "GPT-5 91.2 MMLU" + "</table>" * 200) == []


def test_near_names_stay_apart() -> None:
    names = Names(CATALOGUE)
    written = "GPT-5.4, GPT-5.4 Pro, Opus 4.5, Claude Opus 4.6, Gemini 3.1 Pro Preview, Qwen9-7B, Grok 4.20"
    meant = "GPT-5.4, GPT-5.4 Pro, Claude Opus 4.5, Claude Opus 4.6, Gemini 3.1 Pro, Qwen9-7B, Grok 4.2"
    assert ", ".join(mention.name for mention in names.models(written)) == meant
    written = "ARC AGI 2, ARC-AGI-3, SWE-bench, SWE Bench Verified, SWE-bench Pro, MMLU-Pro, MMMU-Pro, tau2"
    meant = "ARC-AGI-2, ARC-AGI-3, SWE-bench, SWE-bench Verified, SWE-bench Pro, MMLU-Pro, MMMU Pro, τ²-Bench"
    assert ", ".join(mention.name for mention in names.benchmarks(written)) == meant


def test_a_wrong_catalogue_is_named_with_its_line(tmp_path: Path) -> None:
    for text, said in (
        ("- name: A\n- nme: B\n", "line 2: name: Field required"),
        ("- name: A\n\n- name: B\n  aliases: [a]\n", "line 3: 'B' and 'A' share a spelling"),
        ("name: A\n", "not a list"),
        ("- name: [", "can't be read"),
    ):
        (tmp_path / "models.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(CatalogueError, match=said):
            load_catalogue(tmp_path)


def test_a_corpus_of_its_own_adds_to_the_catalogue(tmp_path: Path) -> None:
    (tmp_path / "benchmarks.yaml").write_text("- name: Zorblatt Test\n  aliases: [ZT]\n", encoding="utf-8")
    catalogue = load_catalogue(SHIPPED, tmp_path)
    assert Names(catalogue).benchmark("zt") == "Zorblatt Test"
    assert len(catalogue.benchmarks) == len(CATALOGUE.benchmarks) + 1


@pytest.mark.parametrize("path", article_files(SHIPPED), ids=lambda path: path.stem)
def test_every_score_in_a_briefs_table_is_a_result(path: Path) -> None:
    article = read_article(path)
    rows = [line.split("|")[1:-1] for line in article.text.splitlines() if line.startswith("|")]
    scores = {cell.strip(" %").replace(",", "") for row in rows for cell in row[1:]}
    found = {f"{result.value:g}" for result in read_results(article, CATALOGUE)}
    numeric = {f"{float(score):g}" for score in scores if score.replace(".", "", 1).isdigit()}
    assert numeric
    assert numeric <= found
