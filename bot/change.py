"""Two generations of an index in → what the newer one says that the older did not, as data and in words, out."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from bot.answer import Disagreement, Record
from bot.disagreement import UNDATED, Published, dates_of, disagreements, is_conflict
from bot.written import plain_number
from index import BenchmarkResult, Catalogue, Index, fold

LISTED = 12  # names or disagreements; a whole corpus that is new would fill pages


class Holding(NamedTuple):
    """What one generation holds, as far as changes are told."""

    articles: dict[str, str]  # title by id
    digests: dict[str, str]
    results: tuple[BenchmarkResult, ...]
    passages: int
    published: Published = UNDATED

    @classmethod
    def of(cls, index: Index) -> "Holding":
        """What an open index holds."""
        manifest = index.manifest
        return cls(
            {article.id: article.title for article in index.articles()},
            {entry.id: entry.digest for entry in manifest.articles},
            index.results(),
            manifest.counts.passages,
            dates_of(index.articles()),
        )


NOTHING = Holding({}, {}, (), 0)


class Change(Record):
    """What is new. `more_*` may be negative; `names` and `disagreements` were not there before."""

    added: tuple[str, ...] = ()  # ids of articles
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()  # of the added and changed articles, by id
    articles: int
    passages: int
    results: int
    more_passages: int = 0
    new_results: tuple[BenchmarkResult, ...] = ()
    gone_results: tuple[BenchmarkResult, ...] = ()
    names: tuple[str, ...] = ()  # benchmarks and models that the catalogue does not have
    disagreements: tuple[Disagreement, ...] = ()
    left_out: tuple[str, ...] = ()  # files that can't be read, each with its reason
    notes: tuple[str, ...] = ()  # what was mended or forgotten on the way

    @property
    def is_nothing(self) -> bool:
        """Whether everything is as it was."""
        return not (self.added or self.changed or self.removed or self.new_results or self.gone_results)

    @property
    def conflicts(self) -> tuple[Disagreement, ...]:
        """The new disagreements that can't be explained by rounding or another setting."""
        return tuple(one for one in self.disagreements if is_conflict(one))

    @property
    def text(self) -> str:
        """The whole change in lines, for a person."""
        return "\n".join(_lines(self))


def change_between(before: Holding, after: Holding, catalogue: Catalogue) -> Change:
    """What the newer generation says that the older did not."""
    kept = before.digests.keys() & after.digests.keys()
    added = tuple(name for name in after.digests if name not in kept)
    changed = tuple(name for name in after.digests if name in kept and before.digests[name] != after.digests[name])
    return Change(
        added=added,
        changed=changed,
        removed=tuple(name for name in before.digests if name not in kept),
        titles=tuple((name, after.articles[name]) for name in (*added, *changed)),
        articles=len(after.digests),
        passages=after.passages,
        results=len(after.results),
        more_passages=after.passages - before.passages,
        new_results=_only_in(after.results, before.results),
        gone_results=_only_in(before.results, after.results),
        names=_new_names(before.results, after.results, catalogue),
        disagreements=_new_disagreements(before, after),
    )


def values_of(disagreement: Disagreement) -> str:
    """The values, each with its setting where it has one of its own, and the sources that state it."""
    return " · ".join(
        f"{plain_number(value.value)}{_setting(value, disagreement)} ({', '.join(value.sources)})"
        for value in disagreement.values
    )


def _setting(value: Disagreement.Value, disagreement: Disagreement) -> str:
    return f" {value.setting}" if value.setting and value.setting != disagreement.setting else ""


def subject_of(disagreement: Disagreement) -> str:
    """What is disagreed about."""
    setting = f" ({disagreement.setting})" if disagreement.setting else ""
    return f"{disagreement.benchmark} · {disagreement.model}{setting}"


def _only_in(ones: Iterable[BenchmarkResult], others: Iterable[BenchmarkResult]) -> tuple[BenchmarkResult, ...]:
    """An article states a number as often as it likes, and an edit moves it: neither is news."""
    known = Counter(map(_said, others))
    found = []
    for result in ones:
        if known[_said(result)]:
            known[_said(result)] -= 1
        else:
            found.append(result)
    return tuple(found)


def _said(result: BenchmarkResult) -> tuple[object, ...]:
    return (result.source, result.benchmark, result.model, result.value, result.setting, result.reported_by)


def _new_names(
    before: Iterable[BenchmarkResult], after: Iterable[BenchmarkResult], catalogue: Catalogue
) -> tuple[str, ...]:
    known = {fold(benchmark.name) for benchmark in catalogue.benchmarks}
    known |= {fold(model.name) for model in catalogue.models}
    known |= {fold(name) for result in before for name in (result.benchmark, result.model)}
    stated = {name for result in after for name in (result.benchmark, result.model)}
    return tuple(sorted(name for name in stated if fold(name) not in known))


def _new_disagreements(before: Holding, after: Holding) -> tuple[Disagreement, ...]:
    """Those with a value that was not in dispute before; one more source for a known value is none."""
    known = disagreements(before.results, before.published)
    disputed = {(*_place(one), value.value) for one in known for value in one.values}
    return tuple(
        one
        for one in disagreements(after.results, after.published)
        if any((*_place(one), value.value) not in disputed for value in one.values)
    )


def _place(one: Disagreement) -> tuple[str, str, bool]:
    return one.benchmark, one.model, is_conflict(one)


def _lines(change: Change) -> Iterable[str]:
    held = f"{change.passages} passages, {change.results} results"
    if change.is_nothing:
        yield f"Nothing has changed: {change.articles} articles, {held}."
        yield from change.notes
        return
    new = len(change.added) + len(change.changed)
    counts = f"{new} new or changed, {change.articles - new} carried over, {len(change.removed)} gone"
    yield f"Indexed {change.articles} articles ({counts}), {held}."
    yield from change.notes
    if change.names:
        yield f"Not in the catalogue yet: {_some(change.names)}."
    for one in change.conflicts[:LISTED]:
        yield f"≠ {subject_of(one)}: {values_of(one)}, {one.reason}"
    if len(change.conflicts) > LISTED:
        yield f"… and {len(change.conflicts) - LISTED} more disagreements"


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"{', '.join(names[:LISTED])}{more}"
