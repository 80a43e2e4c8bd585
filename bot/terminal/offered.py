"""What a shell has typed of an option's value, in → the index's names that begin so, out."""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from index import Index


def source_ids(context: typer.Context, incomplete: str) -> list[str]:
    """Ids of articles."""
    return _beginning(context, incomplete, lambda index: (article.id for article in index.articles()))


def benchmark_names(context: typer.Context, incomplete: str) -> list[str]:
    """Benchmarks with results."""
    return _beginning(context, incomplete, lambda index: (result.benchmark for result in index.results()))


def model_names(context: typer.Context, incomplete: str) -> list[str]:
    """Models with results."""
    return _beginning(context, incomplete, lambda index: (result.model for result in index.results()))


def _beginning(context: typer.Context, typed: str, names: Callable[["Index"], Iterable[str]]) -> list[str]:
    """Nothing where there is no index yet, or it can't be read: a shell has no room for errors."""
    from bot.terminal.edge import settings_of
    from index import Index, PressCheckError, Store

    try:
        settings = settings_of(context.params.get("corpus"), context.params.get("index"))
        index = Index(Store(settings.index_folder()), settings.cache)
    except (PressCheckError, typer.BadParameter):
        return []
    return [name for name in dict.fromkeys(map(_one_word, names(index))) if name.startswith(typed)]


def _one_word(name: str) -> str:
    """A name in a spelling that needs no quotes: Humanitys-Last-Exam."""
    return "-".join(re.findall(r"[^\s'’\"`$&|;<>()*?!\\]+", re.sub(r"['’]", "", name)))
