"""Benchmark results in → their numbers as a sentence has them, out."""

from collections.abc import Iterable, Sequence

from bot.comparison import settled
from bot.disagreement import setting_words
from bot.standing import condition
from bot.written import written
from index import BenchmarkResult

FEW = 5  # numbers in one line; more are left to the lines below it


def figure(result: BenchmarkResult) -> str:
    """A number as its article has it, with the setting of the run, where one is stated beside the condition."""
    parts = [part for part in (result.setting or "").split("; ") if setting_words(part) and not condition(part)]
    return f"{written(result)} ({'; '.join(parts)})" if parts else written(result)


def figures(results: Iterable[BenchmarkResult]) -> str:
    """Different numbers of one model: "36.2 or 14.8"."""
    return " or ".join(each_figure(results))


def each_figure(results: Iterable[BenchmarkResult]) -> list[str]:
    """Each different number of one model; what is only rounded is left out."""
    stated = list(results)
    exact = [result for result in stated if not result.approximate] or stated
    return [figure(result) for result in one_a_value(exact) if settled(result, exact) == result.value]


def spelt_values(facts: Sequence[BenchmarkResult]) -> str:
    """Each number once: "42.8% or 50.4%"."""
    exact = [fact for fact in facts if not fact.approximate] or list(facts)
    return " or ".join([written(fact) for fact in one_a_value(exact)][:FEW])


def one_a_value(facts: Sequence[BenchmarkResult]) -> list[BenchmarkResult]:
    """A fact for each number."""
    return list({fact.value: fact for fact in reversed(facts)}.values())[::-1]


def one_a_setting(facts: Sequence[BenchmarkResult]) -> list[BenchmarkResult]:
    """A fact for each number under each setting."""
    return list({(fact.value, setting_words(fact.setting)): fact for fact in reversed(facts)}.values())[::-1]


def under(fact: BenchmarkResult) -> str:
    """The setting in brackets, where one is stated."""
    return f" ({fact.setting})" if fact.setting else ""
