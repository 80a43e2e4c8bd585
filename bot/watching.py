"""Changes in a corpus' folder in → its index brought up to date, and what that changed, in lines, out."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from bot.building import build
from bot.disagreement import disagreements, is_conflict
from bot.settings import Settings
from index import BusyError, Index, PressCheckError, Store

if TYPE_CHECKING:
    from bot.answer import Disagreement
    from index import BenchmarkResult, Changes, Report

AGAIN = 1.0  # seconds until a writer that found another one at work tries again
TRIES = 120


def follow(settings: Settings, changes: "Iterable[Changes]", tell: Callable[[str], None]) -> None:
    """Bring the index up to date with each batch of changes and tell what it changed; what fails is told, too."""
    before = Index(Store(settings.index_folder()), settings.cache)
    for _ in changes:
        try:
            report = _built(settings)
            after = Index(Store(settings.index_folder()), settings.cache)
        except PressCheckError as error:
            tell(f"The index stays as it was: {error}")
            continue
        if report.changed:
            for line in news(before, after, report):
                tell(line)
        before.close()
        before = after
    before.close()


def _built(settings: Settings) -> "Report":
    for _ in range(TRIES):
        try:
            return build(settings, quiet=True)
        except BusyError:
            time.sleep(AGAIN)
    return build(settings, quiet=True)


def news(before: Index, after: Index, report: "Report") -> Iterator[str]:
    """What one generation of an index holds that the one before didn't, and the other way round."""
    for name in report.new:
        article = after.article(name)
        yield f"+ {name}: “{article.title}”"
    for name in report.gone:
        yield f"- {name}"
    passages = after.manifest.counts.passages - before.manifest.counts.passages
    old, new = _stated(before.results()), _stated(after.results())
    results = f"{(new - old).total()} results came, {(old - new).total()} went"
    yield f"  {passages:+d} passages, {results}; now {report.counts.articles} articles, {new.total()} results"
    known = {name for result in before.results() for name in (result.benchmark, result.model)}
    names = [name for name in report.names if name not in known]
    if names:
        yield f"  new names, not in the catalogue: {', '.join(names)}"
    conflicts = {_said(each) for each in disagreements(before.results()) if is_conflict(each)}
    for each in disagreements(after.results()):
        if is_conflict(each) and _said(each) not in conflicts:
            yield f"  ≠ {_said(each)}"


def _stated(results: "Iterable[BenchmarkResult]") -> "Counter[tuple[object, ...]]":
    return Counter((each.source, each.benchmark, each.model, each.value, each.setting) for each in results)


def _said(each: "Disagreement") -> str:
    values = " · ".join(f"{value.value:g} ({', '.join(value.sources)})" for value in each.values)
    setting = f" ({each.setting})" if each.setting else ""
    return f"{each.benchmark} · {each.model}{setting}: {values} ({each.reason})"
