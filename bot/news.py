"""A change of the articles in → what an admin and what a watcher is told of it, out."""

from collections.abc import Iterable, Mapping, Sequence

from bot.change import LISTED, Change, subject_of, values_of
from bot.citation import shown_whole, source_line
from bot.message import Block, Span, is_web_address, paragraphs
from bot.written import written
from index import Article, BenchmarkResult, fold

EVERYTHING = ""  # the name under which all that changes is watched
SHOWN = 8  # results with their quotes; further ones are counted


def change_blocks(change: Change) -> list[Block]:
    """The whole change, for whoever made it."""
    reasons = Span("\n" + "\n".join(change.left_out[:LISTED]))
    left_out: list[Block] = [(Span("Left out", "bold"), reasons)] if change.left_out else []
    if change.is_nothing:
        return [*paragraphs(f"Nothing has changed: there are {_held(change)}."), *left_out]
    blocks: list[Block] = [_articles(change)]
    blocks += paragraphs(f"{_moved(change)}. Now there are {_held(change)}.")
    if change.names:
        blocks.append((Span("Names that the catalogue lacks: ", "bold"), Span(_some(change.names))))
    if change.conflicts:
        lines = [f"{subject_of(one)}: {values_of(one)} ({one.reason})" for one in change.conflicts[:LISTED]]
        more = len(change.conflicts) - LISTED
        lines += [f"and {more} more"] if more > 0 else []
        blocks.append((Span("Sources disagree now", "bold"), Span("\n" + "\n".join(lines))))
    return [*blocks, *left_out]


def news_blocks(change: Change, names: Iterable[str], articles: Mapping[str, Article]) -> list[Block]:
    """What the change says of the watched names; nothing where it says nothing of them."""
    wanted = {fold(name) for name in names}
    everything = EVERYTHING in wanted
    came = [one for one in change.new_results if everything or _is_about(one, wanted)]
    went = [one for one in change.gone_results if everything or _is_about(one, wanted)]
    told = everything and bool(change.added or change.changed or change.removed)
    if not (came or went or told):
        return []
    blocks: list[Block] = [_articles(change)] if told else [(Span("News of what you watch", "bold"),)]
    blocks += [_result(one, articles[one.source]) for one in came[:SHOWN] if one.source in articles]
    if len(came) > SHOWN:
        blocks += paragraphs(f"and {len(came) - SHOWN} more results")
    if went:
        lost = dict.fromkeys(f"{one.benchmark} · {one.model}" for one in went)
        blocks.append((Span("No longer stated: ", "bold"), Span(_some(tuple(lost)))))
    disputed = [one for one in change.conflicts if everything or {fold(one.benchmark), fold(one.model)} & wanted]
    if disputed:
        subjects = _some(tuple(dict.fromkeys(map(subject_of, disputed))))
        blocks.append((Span("Sources disagree now: ", "bold"), Span(subjects)))
    return blocks


def _is_about(result: BenchmarkResult, wanted: set[str]) -> bool:
    return bool({fold(result.benchmark), fold(result.model)} & wanted)


def _articles(change: Change) -> Block:
    titles = dict(change.titles)
    lines = [f"New: {titles[name]}" for name in change.added]
    lines += [f"Changed: {titles[name]}" for name in change.changed]
    lines += [f"Removed: {name}" for name in change.removed]
    return (Span("\n".join(lines[:LISTED]) or "The results were read anew", "bold"),)


def _result(result: BenchmarkResult, article: Article) -> Block:
    setting = f" ({result.setting})" if result.setting else ""
    named = Span(f"{result.benchmark} · {result.model}{setting}: {written(result)}\n")
    style = "link" if is_web_address(article.url) else "bold"
    source = Span(source_line(article), "link" if style == "link" else "bold", article.url or "")
    return (named, source, Span("\n"), Span(shown_whole(article.text[result.start : result.end]), "quote"))


def _moved(change: Change) -> str:
    """ "4 more passages, 2 new results": nothing that is none."""
    passages, came, went = change.more_passages, len(change.new_results), len(change.gone_results)
    told = [f"{_counted(abs(passages), 'more passage' if passages > 0 else 'fewer passage')}"] if passages else []
    told += [_counted(came, "new result")] if came else []
    told += [f"{_counted(went, 'result')} gone"] if went else []
    return ", ".join(told) or "No passages or results changed in number"


def _held(change: Change) -> str:
    return ", ".join(
        (_counted(change.articles, "article"), _counted(change.passages, "passage"), _counted(change.results, "result"))
    )


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"{', '.join(names[:LISTED])}{more}"
