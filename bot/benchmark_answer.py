"""A question about benchmark results, and the results, in → its complete answer, out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.answer import Answer, Disagreement, Verdict
from bot.citation import source_name
from bot.citing import Citing
from bot.comparison import Group
from bot.conclusion import conclusion
from bot.disagreement import WEIGHT, Published, dates_of, disagreements, is_conflict, setting_words
from bot.explanation import explanations, fact_lines
from bot.material import Material
from bot.missing import missing_answer, missing_names, suggestions
from bot.passage_answer import source_lines
from bot.question import Question
from bot.standing import Direction, Placement, disputed_places, gaps, groups, leaders, order, placements, profile, tally
from bot.stated_rank import stated_rank
from bot.value_check import answer_check
from bot.vocabulary import key_of
from index import Article, BenchmarkResult, Catalogue


def answer_benchmark(
    question: Question, results: Sequence[BenchmarkResult], catalogue: Catalogue, articles: Mapping[str, Article]
) -> Answer | None:
    """The answer from the results; None for a question that they don't concern."""
    if not question.is_benchmark:
        return None
    pool = _once(result for result in _in_order(results) if result.source in articles)
    higher = direction(catalogue, pool)
    if question.interpreted.intent == "list":
        return _listed(question, pool, articles)
    if question.value is not None:
        wanted = [result for result in pool if _is_wanted(result, question)]
        return answer_check(question, question.value, wanted, articles, higher)
    question = _with_rival(_directed(question, higher), pool, higher)
    facts = _asked(question, pool, dates_of(articles.values()))
    missing = missing_names(question, pool, facts)
    if not facts:
        place = stated_rank(question, pool, catalogue, articles, missing)
        return place or missing_answer(question, pool, missing, articles, higher)
    return _answer(question, pool, facts, missing, articles, higher)


def direction(catalogue: Catalogue, results: Iterable[BenchmarkResult] = ()) -> Direction:
    """Whether a higher number is better: as the articles say it, and the catalogue where they don't agree.

    A result of a known benchmark that says nothing speaks for the catalogue; of an unknown one, for nobody. An
    article has one voice. Without any, higher is better.
    """
    listed = {
        key_of(name): entry.higher_is_better for entry in catalogue.benchmarks for name in (entry.name, *entry.aliases)
    }
    voices: dict[str, set[tuple[str, bool]]] = {}
    for result in results:
        key = key_of(result.benchmark)
        said = listed.get(key) if result.higher_is_better is None else result.higher_is_better
        if said is not None:
            voices.setdefault(key, set()).add((result.source, said))
    return lambda benchmark: _is_higher_better(benchmark, listed, voices.get(key_of(benchmark), set()))


def _is_higher_better(benchmark: str, listed: Mapping[str, bool], voices: set[tuple[str, bool]]) -> bool:
    said = Counter(higher for _, higher in voices)
    known = listed.get(key_of(benchmark))
    if len(said) == 1:
        return next(iter(said))
    if known is not None:
        return known
    if said[True] != said[False]:
        return said[True] > said[False]
    return not benchmark.casefold().endswith(" tokens")


def _directed(question: Question, higher: Direction) -> Question:
    """The lowest number is the last one where higher is better, and the first one where lower is."""
    ways = {higher(benchmark) for benchmark in question.interpreted.benchmarks}
    if question.extreme is None or question.lowest or len(ways) != 1:
        return question
    return question.model_copy(update={"lowest": (question.extreme == "lowest") == ways.pop()})


def _with_rival(question: Question, pool: Sequence[BenchmarkResult], higher: Direction) -> Question:
    """A gap needs two models: "how far behind is X" is to the leader, and a leader's gap to the next."""
    asked = question.interpreted
    if asked.intent != "gap" or len(asked.models) > 1 or question.unknown_models or len(asked.benchmarks) != 1:
        return question
    near = [result for result in pool if result.benchmark in asked.benchmarks and _is_wanted(result, question)]
    sides = groups(_under(near, asked.setting), higher)
    ranked = [model for model, _ in order(sides, higher(asked.benchmarks[0]))] if sides else []
    rivals = [model for model in ranked if model not in asked.models]
    interpreted = asked.model_copy(update={"models": (*asked.models, *rivals)[:2]})
    return question.model_copy(update={"interpreted": interpreted})


def _answer(
    question: Question,
    pool: Sequence[BenchmarkResult],
    facts: Sequence[BenchmarkResult],
    missing: tuple[str, ...],
    articles: Mapping[str, Article],
    higher: Direction,
) -> Answer:
    asked = question.interpreted
    sides = groups(_comparable(question, pool, facts), higher)
    standing = placements(sides, asked.models, higher) if asked.intent == "profile" and asked.models else ()
    shown = _shown(question, facts, standing)
    found = disagreements(shown, dates_of(articles.values()))
    verdict = _verdict(question, sides, standing, found, higher)
    material = Material(
        question=question,
        facts=shown,
        sides=sides,
        verdict=verdict,
        disagreements=found,
        articles=articles,
        higher=higher,
        placements=standing,
    )
    cited = [*shown, *(result for side in sides for result in side.results)]
    citing = Citing(cited, articles)
    first = conclusion(material)
    lines = fact_lines(material, citing)
    why = explanations(material, citing)
    head = "\n".join([first, *([f"Not in the articles: {'; '.join(missing)}."] if missing else [])])
    body = "\n\n".join(part for part in (head, "\n".join(lines), "\n".join(why)) if part)
    citations = citing.citations()
    return Answer(
        question=question.asked,
        kind="benchmark",
        text="\n\n".join([body, "\n".join(source_lines(citations))]),
        interpreted=asked,
        facts=tuple(citing.fact(result) for result in shown),
        verdict=verdict,
        disagreements=found,
        citations=citations,
        missing=missing,
        suggestions=suggestions(question, pool) if missing else (),
        confidence=0.6 if missing else 0.8 if question.read_as or question.named_topic else 0.95,
        higher_is_better={fact.benchmark: higher(fact.benchmark) for fact in shown},
    )


def _asked(question: Question, pool: Sequence[BenchmarkResult], dates: Published) -> list[BenchmarkResult]:
    """Every source's number for what was asked."""
    asked = question.interpreted
    near = [result for result in pool if _is_wanted(result, question)]
    if question.unknown_benchmarks and not asked.benchmarks:
        return []
    if question.unknown_models and not asked.models:
        return []
    focus = asked.intent in ("leader", "rank") and not (question.unknown_models or question.unknown_benchmarks)
    if asked.benchmarks:
        near = [result for result in near if result.benchmark in asked.benchmarks]
    if asked.models and not focus:
        near = [result for result in near if result.model in asked.models]
    if focus and asked.models and not any(result.model in asked.models for result in near):
        return []
    if asked.intent == "compare" and not asked.benchmarks:
        near = _shared(near, asked.models)
    if asked.intent == "conflict":
        near = _compared_by_several(near)
        near = near if asked.benchmarks or asked.models else _differing(near, dates)
    return _under(near, asked.setting)


def _is_wanted(result: BenchmarkResult, question: Question) -> bool:
    return (
        (not question.sources or result.source in question.sources)
        and (question.origin is None or result.origin == question.origin)
        and (question.reporter is None or question.reporter in key_of(result.reported_by or ""))
    )


def _under(results: Sequence[BenchmarkResult], setting: str | None) -> list[BenchmarkResult]:
    """Results under a setting; a benchmark's version is taken to hold where none is stated."""
    if setting is None:
        return list(results)
    wanted = setting_words(setting)
    if not wanted:
        return list(results)
    return [result for result in results if wanted <= setting_words(result.setting)]


def _shared(results: Sequence[BenchmarkResult], models: Sequence[str]) -> list[BenchmarkResult]:
    """Results of the benchmarks for which all models (of several versions: the first and any other) have a number."""
    having = {
        name
        for name in {result.benchmark for result in results}
        if len({result.model for result in results if result.benchmark == name}) > min(1, len(models) - 1)
    }
    return [result for result in results if result.benchmark in having]


def _compared_by_several(results: Sequence[BenchmarkResult]) -> list[BenchmarkResult]:
    """Results that another source states as well: only these can agree or disagree; all, where there are none."""
    several = [
        result
        for result in results
        if any(
            other.source != result.source and (other.benchmark, other.model) == (result.benchmark, result.model)
            for other in results
        )
    ]
    return several or list(results)


def _differing(results: Sequence[BenchmarkResult], dates: Published) -> list[BenchmarkResult]:
    """Where nothing is named, what differs answers; all, where nothing does."""
    cells = {(one.benchmark, one.model) for one in disagreements(results, dates) if is_conflict(one)}
    return [result for result in results if (result.benchmark, result.model) in cells] or list(results)


def _comparable(
    question: Question, pool: Sequence[BenchmarkResult], facts: Sequence[BenchmarkResult]
) -> list[BenchmarkResult]:
    """What the asked results are held against: for a profile, every other model's number on the same benchmarks."""
    if question.interpreted.intent != "profile":
        return list(facts)
    benchmarks = {result.benchmark for result in facts}
    return [result for result in pool if result.benchmark in benchmarks and _is_wanted(result, question)]


def _shown(
    question: Question, facts: Sequence[BenchmarkResult], standing: Sequence[Placement]
) -> list[BenchmarkResult]:
    """A question for one side of a profile shows that side."""
    if question.interpreted.intent != "profile" or question.aspect == "all":
        return list(facts)
    found = profile(standing)
    side = found.leads if question.aspect == "leads" else found.lags
    shown = [result for result in facts if result.benchmark in (*side, *found.disputed)]
    return shown or list(facts)


def _verdict(
    question: Question,
    sides: Sequence[Group],
    standing: Sequence[Placement],
    found: Sequence[Disagreement],
    higher: Direction,
) -> Verdict | None:
    asked = question.interpreted
    match asked.intent:
        case "leader" | "compare":
            if question.ahead_of:
                return Verdict(best=leaders(sides, higher))
            if asked.intent == "compare":
                counted = tally(sides, higher)
                return Verdict(best=leaders(sides, higher), tied=counted.tied, disputed=counted.disputed)
            return Verdict(best=leaders(sides, higher, lowest=question.lowest))
        case "rank":
            first = [side for side in sides if side.benchmark == sides[0].benchmark]
            up = higher(sides[0].benchmark)
            return Verdict(order=order(first, up), disputed=disputed_places(first, up))
        case "gap" if len(asked.models) > 1:
            first_model, *others = asked.models
            return Verdict(gaps=tuple(gap for other in others for gap in gaps(sides, first_model, other)))
        case "conflict":
            reasons = [one.reason for one in found]
            return Verdict(
                conflict=any(map(is_conflict, found)), reason=max(reasons, key=WEIGHT.index) if reasons else None
            )
        case "profile" if asked.models:
            places = profile(standing)
            return Verdict(leads=places.leads, lags=places.lags, disputed=places.disputed)
    return None


def _listed(question: Question, pool: Sequence[BenchmarkResult], articles: Mapping[str, Article]) -> Answer:
    """Names only: which benchmarks, models or sources there are, for what the question names."""
    asked = question.interpreted
    near = [
        result
        for result in pool
        if (not asked.benchmarks or result.benchmark in asked.benchmarks)
        and (not question.sources or result.source in question.sources)
    ]
    own = [result for result in near if result.model in asked.models]
    if question.listing == "models":
        benchmarks = {result.benchmark for result in own} if asked.models else {result.benchmark for result in near}
        items = [r.model for r in near if r.benchmark in benchmarks and r.model not in asked.models]
    else:
        chosen = own if asked.models else near
        items = [r.benchmark if question.listing == "benchmarks" else source_name(articles[r.source]) for r in chosen]
    names = tuple(dict.fromkeys(items))
    if not names:
        return missing_answer(question, pool, missing_names(question, pool, []), articles, lambda _: True)
    thing = {"models": "Models", "sources": "Sources", "benchmarks": "Benchmarks", None: "Names"}[question.listing]
    return Answer(
        question=question.asked,
        kind="benchmark",
        text=f"{thing} with a result in the articles:\n" + "\n".join(f"• {name}" for name in names),
        interpreted=asked,
        verdict=Verdict(items=names),
        confidence=0.9,
    )


def _in_order(results: Sequence[BenchmarkResult]) -> list[BenchmarkResult]:
    return sorted(results, key=lambda r: (r.source, r.start, r.end, r.benchmark, r.model, r.value, r.setting or ""))


def _once(results: Iterable[BenchmarkResult]) -> list[BenchmarkResult]:
    """A number that an article repeats counts once: the first place, or the first that names whom it credits."""
    found: dict[tuple[str, str, str, float, frozenset[str], bool], BenchmarkResult] = {}
    for result in results:
        key = (
            result.source,
            result.benchmark,
            result.model,
            result.value,
            setting_words(result.setting),
            result.approximate,
        )
        if key not in found or (result.reported_by and not found[key].reported_by):
            found[key] = result
    return list(found.values())
