"""What an answer was made of in → its conclusion in one line, out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.answer import Disagreement, Verdict
from bot.citation import source_name
from bot.disagreement import is_conflict
from bot.question import Question
from bot.standing import Direction, Group
from bot.written import listed, ordinal, plain_number, spelled, written
from index import Article, BenchmarkResult

FEW = 5  # numbers in one line; more are left to the lines below it


class Material(NamedTuple):
    """Everything that the words of an answer are made from."""

    question: Question
    facts: Sequence[BenchmarkResult]
    sides: Sequence[Group]
    verdict: Verdict | None
    disagreements: Sequence[Disagreement]
    articles: Mapping[str, Article]
    higher: Direction

    @property
    def benchmarks(self) -> tuple[str, ...]:
        """The benchmarks of the facts, in the question's order."""
        own = {fact.benchmark: None for fact in self.facts}
        asked = [name for name in self.question.interpreted.benchmarks if name in own]
        return tuple(dict.fromkeys([*asked, *own]))

    @property
    def models(self) -> tuple[str, ...]:
        """The models of the facts."""
        return tuple(dict.fromkeys(fact.model for fact in self.facts))


def conclusion(material: Material) -> str:
    """One sentence that answers."""
    match material.question.interpreted.intent:
        case "compare":
            return _compared(material)
        case "leader":
            return _led(material)
        case "rank":
            return _ranked(material)
        case "gap":
            return _apart(material)
        case "conflict":
            return _agreed(material)
        case "profile":
            return _profiled(material)
    return _looked_up(material)


def _looked_up(material: Material) -> str:
    if len(material.benchmarks) == 1 and len(material.models) == 1:
        return _cell(material.models[0], material.benchmarks[0], material)
    if len(material.benchmarks) == 1:
        return f"{material.benchmarks[0]}: numbers for {listed(list(material.models))}."
    return f"Numbers on {listed(list(material.benchmarks))}."


def _cell(model: str, benchmark: str, material: Material) -> str:
    """One model on one benchmark, over all sources."""
    own = [fact for fact in material.facts if (fact.model, fact.benchmark) == (model, benchmark)]
    sources = len({fact.source for fact in own})
    found = [one for one in material.disagreements if (one.model, one.benchmark) == (model, benchmark)]
    conflict = next((one for one in found if is_conflict(one)), None)
    if conflict is not None:
        return f"Sources disagree on {model} on {benchmark}: {_split(conflict, own)}."
    values = _spelt_values(own)
    if any(one.reason == "setting" for one in found):
        said = [f"{written(fact)}{_under(fact)}" for fact in _one_a_value(own)]
        return f"{model} on {benchmark} depends on the setting: {', '.join(said[:FEW])}."
    agreed = "by one source" if sources == 1 else f"in {'both' if sources == 2 else f'all {spelled(sources)}'} sources"
    if found:
        return f"{model} on {benchmark}: {values}, the same up to rounding, {agreed}."
    setting = _under(own[0]) if len({fact.setting for fact in own}) == 1 else ""
    return f"{model} on {benchmark}: {values}{setting}, {agreed}."


def _split(conflict: Disagreement, facts: Sequence[BenchmarkResult]) -> str:
    parts = []
    for value in conflict.values[:FEW]:
        fact = next(fact for fact in facts if fact.value == value.value and fact.source in value.sources)
        parts.append(f"{written(fact)} in {spelled(len(value.sources))}")
    return ", ".join(parts)


def _compared(material: Material) -> str:
    best = material.verdict.best if material.verdict else ()
    if len(material.benchmarks) > 1:
        return _compared_over(material)
    if not best:
        return _looked_up(material)
    benchmark = material.benchmarks[0]
    if len(material.models) == 1 and len(material.question.interpreted.models) > 1:
        return f"Only {material.models[0]} has a number on {benchmark}: {_values(material.models[0], material)}."
    if len(material.models) == 1:
        return _looked_up(material)
    others = [model for model in material.models if model not in best]
    if not others:
        return _level(best, benchmark, material)
    firsts = {side.best for side in material.sides if len(side.results) > 1}
    if len(best) > 1 and len(firsts) > 1:
        return f"Who is ahead on {benchmark} depends: {_by_side(material)}."
    against = f"{_values(best[0], material)} against {listed([_values(model, material) for model in others])}"
    if len(best) == len(others) == 1:
        against = _pairs(best[0], others[0], material) or against
    return (
        f"{listed(list(best))} {'is' if len(best) == 1 else 'are'} ahead of {listed(others)} on {benchmark}: "
        f"{against}{_in_how_many(best, material)}."
    )


def _pairs(best: str, other: str, material: Material) -> str:
    """ "43.9 against 42.8 without tools, 52.1 against 50.4 with tools": where the settings differ, each pair."""
    pairs = {}
    for side in material.sides:
        one, two = side.of(best), side.of(other)
        if one and two:
            pairs[f"{written(one)} against {written(two)} {side.condition}".strip()] = side.condition
    return ", ".join(pairs) if len(set(pairs.values())) > 1 else ""


def _level(best: Sequence[str], benchmark: str, material: Material) -> str:
    firsts = {side.best for side in material.sides if len(side.results) > 1}
    if len(firsts) > 1:
        return f"Who is ahead on {benchmark} depends: {_by_side(material)}."
    return f"{listed(list(best))} are level on {benchmark}: {_values(best[0], material)}."


def _compared_over(material: Material) -> str:
    wins = _wins(material)
    first = wins.most_common(1)
    if not first:
        return f"No source compares {listed(list(material.models))} directly."
    parts = [f"{model} on {spelled(count)}" for model, count in wins.most_common()]
    shared = sorted({side.benchmark for side in material.sides if len(side.results) > 1})
    if len(shared) == 1:
        ahead = f"{listed(list(wins))} {'is' if len(wins) == 1 else 'are'} ahead"
        return f"{ahead} on {shared[0]}; on nothing else here there are numbers to compare."
    return f"Over {spelled(len(shared))} shared benchmarks, ahead: {', '.join(parts)}."


def _wins(material: Material) -> Counter[str]:
    """On how many benchmarks each model is first, by the most sources that compare."""
    wins = Counter[str]()
    for benchmark in material.benchmarks:
        firsts = Counter(
            model
            for side in material.sides
            if side.benchmark == benchmark and len(side.results) > 1
            for model in side.best
        )
        wins.update(model for model, count in firsts.items() if count == max(firsts.values()))
    return wins


def _led(material: Material) -> str:
    best = list(material.verdict.best or ()) if material.verdict else []
    question = material.question
    if question.ahead_of:
        return _ahead(question.ahead_of, material)
    if len(material.benchmarks) > 1:
        which = "Who is last depends" if question.lowest else "It depends"
        return f"{which} on the benchmark: {_by_benchmark(material)}."
    benchmark = material.benchmarks[0]
    conditions = dict.fromkeys(side.condition for side in material.sides if len(side.results) > 1)
    firsts = {side.best for side in material.sides if len(side.results) > 1}
    if len(best) > 1 and len(conditions) > 1:
        return f"Who leads {benchmark} depends on the setting: {_by_side(material)}."
    word = "is last on" if question.lowest else "leads"
    if len(material.models) == 1:
        return f"Only {best[0]} has a number on {benchmark}: {_values(best[0], material)}."
    if len(best) > 1 and not any(set(best) <= set(first) for first in firsts):
        return f"Sources lead to different conclusions on {benchmark}: {_by_side(material)}."
    many = word if len(best) == 1 else "share the lead on"
    return f"{listed(best)} {many} {benchmark} with {_values(best[0], material)}{_in_how_many(best, material)}."


def _ahead(model: str, material: Material) -> str:
    parts: dict[str, str] = {}
    for side in material.sides:
        own = side.of(model)
        if own is None:
            continue
        better = [r for r in side.results if side.results.index(r) < side.results.index(own) and r.value != own.value]
        for result in better:
            parts.setdefault(result.model, f"{result.model} ({written(result)})")
    where = material.benchmarks[0]
    if not parts:
        return f"Nobody is ahead of {model} on {where}, in any source that gives a number for it."
    return f"Ahead of {model} ({_values(model, material)}) on {where}: {listed(list(parts.values()))}."


def _by_benchmark(material: Material) -> str:
    parts = []
    for benchmark in material.benchmarks:
        sides = [side for side in material.sides if side.benchmark == benchmark]
        side = max(sides, key=lambda side: len(side.results))
        end = side.results[-1 if material.question.lowest else 0]
        names = [result.model for result in side.results if result.value == end.value]
        parts.append(f"{benchmark} {listed(names)} ({written(end)})")
    return ", ".join(parts)


def _by_side(material: Material) -> str:
    parts: dict[str, None] = {}
    for side in material.sides:
        if len(side.results) > 1:
            where = side.condition or f"in {source_name(material.articles[side.source])}"
            parts[f"{listed(list(side.best))} {where} ({written(side.results[0])})"] = None
    return "; ".join(parts)


def _ranked(material: Material) -> str:
    order = list(material.verdict.order or ()) if material.verdict else []
    benchmark = material.benchmarks[0]
    asked = [model for model, _ in order if model in material.question.interpreted.models]
    if asked:
        model = asked[0]
        values = [value for _, value in order]
        place = 1 + values.index(dict(order)[model])
        shared = ", shared" if values.count(dict(order)[model]) > 1 else ""
        return (
            f"{model} is {ordinal(place)}{shared} of {spelled(len(order))} models with a number on {benchmark}: "
            f"{_values(model, material)}."
        )
    wanted = material.question.place or 0
    value = order[wanted - 1][1] if 0 < wanted <= len(order) else None
    there = [model for model, stated in order if stated == value]
    if there and order[wanted - 1][0] == there[0]:
        are = f"{'is' if len(there) == 1 else 'are'} {ordinal(wanted)} of {spelled(len(order))}"
        return f"{listed(there)} {are} on {benchmark}: {_values(there[0], material)}."
    if len(material.benchmarks) > 1:
        return f"Best first, by benchmark: {_orders(material)}."
    names = [f"{model} {_values(model, material)}" for model, _ in order]
    return f"{benchmark}, best first: {', '.join(names)}."


def _orders(material: Material) -> str:
    """The first of each benchmark, in the source that compares most."""
    parts = []
    for benchmark in material.benchmarks:
        side = max((side for side in material.sides if side.benchmark == benchmark), key=lambda side: len(side.results))
        first = [f"{result.model} {written(result)}" for result in side.results[:3]]
        parts.append(f"{benchmark}: {', '.join(first)}")
    return "; ".join(parts)


def _apart(material: Material) -> str:
    asked = material.question.interpreted
    gaps = list(material.verdict.gaps or ()) if material.verdict else []
    if not gaps:
        return f"No source gives both numbers on {listed(list(material.benchmarks))}, so there is no gap to state."
    parts: dict[str, list[str]] = {}
    said: dict[tuple[str, float, float], str] = {}
    for gap in gaps:
        side = next(
            side
            for side in material.sides
            if side.source == gap.source and _difference(side, gap.from_model, gap.to_model) == gap.value
        )
        one, other = side.of(gap.from_model), side.of(gap.to_model)
        if one is None or other is None:
            continue
        behind = (gap.value > 0) == material.higher(side.benchmark)
        word = "behind" if behind else "ahead of"
        amount = f"{plain_number(abs(gap.value))} {word}" if gap.value else "level with"
        under = f" {side.condition}" if side.condition else ""
        words = f"{gap.from_model} is {amount} {gap.to_model} on {side.benchmark}{under}"
        key = (words, one.value, other.value)
        said.setdefault(key, f"{words} ({written(one)} to {written(other)})")
        parts.setdefault(said[key], []).append(source_name(material.articles[gap.source]))
    if len(parts) == 1:
        return f"{next(iter(parts))}."
    return f"{'Sources differ: ' if len(asked.models) == 2 and _unequal(gaps) else ''}" + (
        "; ".join(f"{words}, by {listed(names)}" for words, names in parts.items()) + "."
    )


def _unequal(gaps: Sequence[Verdict.Gap]) -> bool:
    return len({gap.value for gap in gaps}) > 1


def _difference(side: Group, first: str, second: str) -> float | None:
    one, other = side.of(first), side.of(second)
    return round(other.value - one.value, 6) if one and other else None


def _agreed(material: Material) -> str:
    several = {
        (fact.benchmark, fact.model)
        for fact in material.facts
        if len({o.source for o in material.facts if (o.benchmark, o.model) == (fact.benchmark, fact.model)}) > 1
    }
    real = [one for one in material.disagreements if is_conflict(one)]
    where = listed(list(material.benchmarks)) if len(material.benchmarks) <= 2 else "what they share"
    if real:
        if len({(one.benchmark, one.model) for one in real}) == 1:
            own = [f for f in material.facts if (f.benchmark, f.model) == (real[0].benchmark, real[0].model)]
            return f"Sources disagree on {real[0].model} on {real[0].benchmark}: {_split(real[0], own)}."
        cells = listed(list(dict.fromkeys(f"{one.model} on {one.benchmark}" for one in real)))
        return f"Sources disagree on {cells}."
    if not several:
        return f"Only one source gives each number on {where}, so there is nothing to compare."
    if material.disagreements:
        reasons = {
            "setting": "different settings",
            "rounding": "rounding",
            "wording": "other words for the same number",
        }
        why = listed(sorted({reasons.get(one.reason, one.reason) for one in material.disagreements}))
        return f"No conflict on {where}: where numbers differ, the reason is {why}."
    return f"The sources agree on {where}: wherever several give a number, it is the same."


def _profiled(material: Material) -> str:
    question, verdict = material.question, material.verdict
    names = listed(list(question.interpreted.models)) or "The source"
    count = f"{spelled(len(material.benchmarks))} benchmark{'s' if len(material.benchmarks) > 1 else ''}"
    if verdict is None or (question.aspect == "all" and not (verdict.leads or verdict.lags or verdict.disputed)):
        return f"{names}: numbers on {count}."
    leads, lags = list(verdict.leads or ()), list(verdict.lags or ())
    first = f"leads on {listed(leads)}" if leads else "leads on nothing that is compared"
    second = f"is behind on {listed(lags)}" if lags else "is behind on nothing that is compared"
    disputed = f"; sources differ on {listed(list(verdict.disputed))}" if verdict.disputed else ""
    match question.aspect:
        case "leads":
            return f"{names} {first}{disputed}."
        case "lags":
            return f"{names} {second}{disputed}."
    return f"{names}: numbers on {count}; {first}, {second}{disputed}."


def _values(model: str, material: Material) -> str:
    """A model's numbers on what is asked, each once."""
    return _spelt_values([fact for fact in material.facts if fact.model == model])


def _spelt_values(facts: Sequence[BenchmarkResult]) -> str:
    exact = [fact for fact in facts if not fact.approximate] or list(facts)
    return " or ".join(written(fact) for fact in _one_a_value(exact)[:FEW])


def _one_a_value(facts: Sequence[BenchmarkResult]) -> list[BenchmarkResult]:
    return list({fact.value: fact for fact in reversed(facts)}.values())[::-1]


def _under(fact: BenchmarkResult) -> str:
    return f" ({fact.setting})" if fact.setting else ""


def _in_how_many(best: Sequence[str], material: Material) -> str:
    """In how many of the sources that compare the conclusion holds."""
    compared = [side for side in material.sides if len(side.results) > 1]
    sources = {side.source for side in compared}
    agreeing = {side.source for side in compared if set(side.best) & set(best)}
    if len(sources) < 2 or not agreeing:
        return ""
    if agreeing == sources:
        return f", in {'both' if len(sources) == 2 else f'all {spelled(len(sources))}'} sources that compare"
    return f", in {spelled(len(agreeing))} of {spelled(len(sources))} sources that compare"
