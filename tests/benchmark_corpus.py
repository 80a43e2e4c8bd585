"""A made-up corpus of benchmark results: three invented articles with every number's place."""

from collections.abc import Mapping, Sequence

from bot.answer import Answer
from bot.benchmark_answer import answer_benchmark
from bot.question import Question, understand
from bot.vocabulary import Vocabulary, vocabulary
from index import Article, Benchmark, BenchmarkResult, Catalogue, Model, Origin

CATALOGUE = Catalogue(
    benchmarks=(
        Benchmark(name="WardBench Hard", topics=("health",)),
        Benchmark(name="CureQA", topics=("health",)),
        Benchmark(name="Proof-Bench 2.0", topics=("math",)),
        Benchmark(name="Last Riddle Exam", aliases=("LRE",)),
        Benchmark(name="ZXQA"),
        Benchmark(name="ZXVQA"),
        Benchmark(name="Sum Index output tokens", unit="tokens", higher_is_better=False),
        Benchmark(name="DROP"),
    ),
    models=(
        Model(name="Orca Nova 3", developer="Tide"),
        Model(name="Quill-5.1", developer="Pen"),
        Model(name="Quill-5.1 Pro", developer="Pen"),
        Model(name="Sir Lark 2.4", aliases=("Lark 2.4",), developer="Bird"),
    ),
)
TEXTS = {
    "alpha": (
        "Results of the maker\n"
        "WardBench Hard 🏆 41.5\nQuill-5.1: 44.0 / Lark 2.4: 12.3\n"
        "Proof-Bench 2.0 59.0%\nQuill-5.1: 75.2 / Lark 2.4: 65.0\n"
        "Last Riddle Exam, without tools 40.1\nQuill-5.1: 43.0\n"
        "Last Riddle Exam, with tools 50.4\nQuill-5.1: 52.0\n"
        "ZXVQA 71.0\n"
    ),
    "beta": (
        "In its test of WardBench Hard the Orca scored 41.5, Quill-5.1 44.0 and Lark 35.9.\n"
        "On Proof-Bench 2.0 the Orca has 59.0 against roughly 75 for Quill-5.1.\n"
        "It spent 58 million tokens on the Sum Index; Quill-5.1 spent 120 million.\n"
        "#3 Lark 2.4 (Bird)\n"
    ),
    "gamma": "Tide says that Lark 2.4 reaches 12.3 on WardBench Hard. CureQA: Orca 80.2, Quill-5.1 79.9.\n",
}
TITLES = {"alpha": "Alpha Post", "beta": "Beta Review", "gamma": "Gamma Daily"}
ARTICLES: Mapping[str, Article] = {
    name: Article(id=name, file=f"{name}.md", title=TITLES[name], publisher=TITLES[name], text=text)
    for name, text in TEXTS.items()
}
ORCA, QUILL, LARK = "Orca Nova 3", "Quill-5.1", "Sir Lark 2.4"
WARD, PROOF, RIDDLE = "WardBench Hard", "Proof-Bench 2.0", "Last Riddle Exam"


def result(
    source: str,
    quote: str,
    benchmark: str,
    model: str,
    value: float,
    *,
    setting: str | None = None,
    reported_by: str | None = None,
    origin: Origin = "press",
    approximate: bool = False,
    unit: str = "%",
) -> BenchmarkResult:
    """A result at the place where its quote stands."""
    start = TEXTS[source].index(quote)
    return BenchmarkResult(
        benchmark=benchmark,
        model=model,
        value=value,
        unit=unit,
        setting=setting,
        approximate=approximate,
        source=source,
        reported_by=reported_by,
        origin=origin,
        start=start,
        end=start + len(quote),
        quote=quote,
    )


def _alpha() -> list[BenchmarkResult]:
    found = []
    blocks: list[tuple[str, str, str | None, list[tuple[str, float]]]] = [
        (
            "WardBench Hard 🏆 41.5\nQuill-5.1: 44.0 / Lark 2.4: 12.3",
            WARD,
            None,
            [(ORCA, 41.5), (QUILL, 44.0), (LARK, 12.3)],
        ),
        (
            "Proof-Bench 2.0 59.0%\nQuill-5.1: 75.2 / Lark 2.4: 65.0",
            PROOF,
            None,
            [(ORCA, 59), (QUILL, 75.2), (LARK, 65)],
        ),
        (
            "Last Riddle Exam, without tools 40.1\nQuill-5.1: 43.0",
            RIDDLE,
            "without tools",
            [(ORCA, 40.1), (QUILL, 43.0)],
        ),
        ("Last Riddle Exam, with tools 50.4\nQuill-5.1: 52.0", RIDDLE, "with tools", [(ORCA, 50.4), (QUILL, 52.0)]),
        ("ZXVQA 71.0", "ZXVQA", None, [(ORCA, 71.0)]),
    ]
    for quote, benchmark, setting, numbers in blocks:
        for model, value in numbers:
            made = result("alpha", quote, benchmark, model, value, setting=setting, reported_by="Tide", origin="vendor")
            found.append(made)
    return found


RESULTS: Sequence[BenchmarkResult] = (
    *_alpha(),
    *(
        result("beta", TEXTS["beta"].split("\n")[0], WARD, model, value, reported_by="Beta Lab", origin="press")
        for model, value in ((ORCA, 41.5), (QUILL, 44.0), (LARK, 35.9))
    ),
    result("beta", TEXTS["beta"].split("\n")[1], PROOF, ORCA, 59.0),
    result("beta", TEXTS["beta"].split("\n")[1], PROOF, QUILL, 75.0, approximate=True),
    result("beta", TEXTS["beta"].split("\n")[2], "Sum Index output tokens", ORCA, 58e6, unit="tokens"),
    result("beta", TEXTS["beta"].split("\n")[2], "Sum Index output tokens", QUILL, 120e6, unit="tokens"),
    result("gamma", "Tide says that Lark 2.4 reaches 12.3 on WardBench Hard.", WARD, LARK, 12.3, reported_by="Tide"),
    result("gamma", "CureQA: Orca 80.2, Quill-5.1 79.9.", "CureQA", ORCA, 80.2),
    result("gamma", "CureQA: Orca 80.2, Quill-5.1 79.9.", "CureQA", QUILL, 79.9),
)


def known() -> Vocabulary:
    """What can be named."""
    return vocabulary(RESULTS, CATALOGUE, ARTICLES)


def read(question: str, *history: str) -> Question:
    """A question as it is understood."""
    return understand(question, history, known())


def answer(question: str, *history: str, results: Sequence[BenchmarkResult] = RESULTS) -> Answer | None:
    """Its answer."""
    return answer_benchmark(read(question, *history), results, CATALOGUE, ARTICLES)
