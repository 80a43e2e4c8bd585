"""A question about results that no article gives in → what is missing, what is nearest, what can be asked, out."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.answer import Answer
from bot.citing import Citing
from bot.passage_answer import source_lines
from bot.question import Question
from bot.standing import Direction
from bot.written import listed, written
from index import Article, BenchmarkResult

NEAREST = 4


def missing_names(
    question: Question, pool: Sequence[BenchmarkResult], facts: Sequence[BenchmarkResult]
) -> tuple[str, ...]:
    """What was asked and is not there: each name, and each pair of names that have no number together."""
    asked = question.interpreted
    unknown = [one.name for one in (*question.unknown_models, *question.unknown_benchmarks)]
    reported_models = {result.model for result in pool}
    reported_benchmarks = {result.benchmark for result in pool}
    absent = [model for model in asked.models if model not in reported_models]
    absent += [name for name in asked.benchmarks if name not in reported_benchmarks]
    pairs = []
    if not question.named_topic and asked.intent not in ("conflict", "list"):
        pairs = [
            f"{model} on {name}"
            for name in asked.benchmarks
            for model in asked.models
            if not {model, name} & set(absent) and not any((r.model, r.benchmark) == (model, name) for r in facts)
        ]
    if pairs and asked.setting:
        pairs = [f"{pair} {asked.setting}" for pair in pairs]
    found = (*unknown, *absent, *pairs)
    if not found and not facts:
        return (_described(question),)
    return tuple(dict.fromkeys(found))


def missing_answer(
    question: Question,
    pool: Sequence[BenchmarkResult],
    missing: tuple[str, ...],
    articles: Mapping[str, Article],
    higher: Direction,
) -> Answer:
    """`not_found`, with the nearest numbers that are there."""
    near = _nearest(question, pool, higher)
    citing = Citing(near, articles)
    lines = [f"Not in the articles: no source gives a number for {listed(list(missing))}."]
    lines += [f"Nearest: {r.model} on {r.benchmark}: {written(r)} {citing.marks([r])}" for r in near]
    asks = suggestions(question, pool)
    if asks:
        lines += ["", f"You could ask: {' · '.join(asks)}"]
    citations = citing.citations()
    if citations:
        lines += ["", *source_lines(citations)]
    return Answer(
        question=question.asked,
        kind="not_found",
        text="\n".join(lines),
        interpreted=question.interpreted,
        facts=tuple(citing.fact(result) for result in near),
        citations=citations,
        missing=missing,
        suggestions=asks,
        confidence=0.0,
    )


def suggestions(question: Question, pool: Sequence[BenchmarkResult]) -> tuple[str, ...]:
    """Questions near this one that the results do answer."""
    asked = question.interpreted
    counted = Counter(result.benchmark for result in pool)
    models = Counter(result.model for result in pool)
    near = (*asked.benchmarks, *(name for unknown in question.unknown_benchmarks for name in unknown.near))
    benchmarks = [name for name in dict.fromkeys(near) if counted[name]]
    known = [model for model in asked.models if models[model]]
    likely = sorted(counted, key=lambda name: (-counted[name], name))
    found = [f"Who leads on {name}?" for name in benchmarks]
    if known:
        own = {result.benchmark for result in pool if result.model == known[0]}
        found += [f"{known[0]} on {name}?" for name in likely if name in own][:1]
        found.append(f"All scores of {known[0]}")
    found += [f"Who leads on {name}?" for name in likely]
    found.append("Which benchmarks are covered?")
    return tuple(dict.fromkeys(found))[:3] if pool else ()


def _nearest(question: Question, pool: Sequence[BenchmarkResult], higher: Direction) -> list[BenchmarkResult]:
    """The same benchmark's numbers, else the same model's, else those of the name that the unknown one is like."""
    asked = question.interpreted
    benchmarks = {*asked.benchmarks, *(name for unknown in question.unknown_benchmarks for name in unknown.near)}
    models = {*asked.models, *(name for unknown in question.unknown_models for name in unknown.near)}
    tiers = (
        [r for r in pool if r.benchmark in benchmarks and r.model in models],
        [r for r in pool if r.benchmark in benchmarks],
        [r for r in pool if r.model in models],
    )
    tier = next((tier for tier in tiers if tier), [])
    first: dict[tuple[str, str], BenchmarkResult] = {}
    for result in tier:
        if not result.approximate:
            first.setdefault((result.benchmark, result.model), result)
    best = sorted(first.values(), key=lambda r: (r.benchmark, -r.value if higher(r.benchmark) else r.value, r.model))
    return best[:NEAREST]


def _described(question: Question) -> str:
    asked = question.interpreted
    parts = [listed(list(asked.models)) or "any model"]
    parts += [f"on {listed(list(asked.benchmarks))}"] if asked.benchmarks else []
    parts += [asked.setting or "", f"by {question.origin} sources" if question.origin else ""]
    if question.reporter:
        parts.append("by whom you named")
    return " ".join(part for part in parts if part) or "that"
