"""`presscheck doctor`: this machine in → what is installed, and whether it works, out."""

import platform
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import typer

from bot.terminal.edge import Corpus, IndexFolder, Outcome, settings_of

if TYPE_CHECKING:
    from bot.settings import Settings

PACKAGES = (
    "faiss-cpu",
    "onnxruntime",
    "tokenizers",
    "sentence-transformers",
    "torch",
    "python-telegram-bot",
)


class Finding(NamedTuple):
    """One thing that was looked at; `is_well` None is neither good nor bad."""

    name: str
    words: str
    is_well: bool | None


def doctor(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Show what is installed and if it works. Corpus, index, encoder, Telegram token (without showing it)."""
    from rich.table import Table
    from rich.text import Text

    from bot.terminal.theme import make_console

    settings = settings_of(corpus, index)
    console = make_console(settings.theme)
    ill = False
    for finding in _findings(settings):
        sign, style = {True: ("✓", "heading"), False: ("✗", "error"), None: ("·", "quiet")}[finding.is_well]
        ill = ill or finding.is_well is False
        if console.is_terminal:
            row = Table.grid(padding=(0, 2, 0, 0))
            row.add_row(Text(sign, style), f"{finding.name:<10}", Text(finding.words, overflow="fold"))
            console.print(row)
        else:
            console.print(f"{sign} {finding.name:<10}  {finding.words}", markup=False, soft_wrap=True)
    raise typer.Exit(Outcome.FAILED if ill else Outcome.ANSWERED)


def _findings(settings: "Settings") -> Iterator[Finding]:
    from importlib.metadata import version

    yield Finding("presscheck", f"{version('presscheck')} on Python {platform.python_version()}", None)
    yield Finding("libraries", ", ".join(map(_installed, PACKAGES)), not any(map(_is_absent, PACKAGES)))
    yield from (_tried("corpus", _corpus, settings), _tried("index", _index, settings))
    yield from (_tried("encoder", _encoder, settings), _telegram())


def _is_absent(package: str) -> bool:
    from importlib.metadata import PackageNotFoundError, version

    try:
        version(package)
    except PackageNotFoundError:
        return True
    return False


def _installed(package: str) -> str:
    from importlib.metadata import version

    return f"{package} is missing" if _is_absent(package) else f"{package} {version(package)}"


def _tried(name: str, look: Callable[["Settings"], str], settings: "Settings") -> Finding:
    from index import PressCheckError

    try:
        return Finding(name, look(settings), True)
    except PressCheckError as error:
        return Finding(name, str(error), False)


def _corpus(settings: "Settings") -> str:
    from index import article_files

    return f"{settings.corpus}: {len(list(article_files(settings.corpus)))} articles"


def _index(settings: "Settings") -> str:
    from bot.building import has_index
    from bot.shelf import behind
    from index import Index, Store

    folder = settings.index_folder()
    if not has_index(folder):
        return f"{folder}: not built yet; the first question builds it"
    opened = Index(Store(folder), settings.cache)
    counts, changed = opened.manifest.counts, behind(opened, settings.corpus)
    opened.close()
    since = f"; the corpus has changed since ({', '.join(changed[:5])}): presscheck index build" if changed else ""
    return f"{folder}: {counts.articles} articles, {counts.passages} passages, {counts.results} results{since}"


def _encoder(settings: "Settings") -> str:
    from bot.building import has_index
    from index import Index, Store

    if not has_index(settings.index_folder()):
        return f"{settings.encoder}: exported at the first question"
    opened = Index(Store(settings.index_folder()), settings.cache)
    card = opened.encoder().card
    opened.close()
    return f"{opened.manifest.encoder_name}: opens, digest {card.digest[:12]}…"


def _telegram() -> Finding:
    from bot.settings import BotSettings, SettingsError

    try:
        settings = BotSettings.read()
    except SettingsError as error:
        return Finding("telegram", str(error), False)
    if settings.token is None:
        return Finding("telegram", "no token; set TELEGRAM_BOT_TOKEN to run the bot", None)
    from bot.telegram_app.probe import token_state

    words = token_state(settings.token.get_secret_value(), settings.api_url)
    is_well = None if "not checked" in words else words.startswith("valid")
    return Finding("telegram", f"token {words}", is_well)
