"""`presscheck chat`: settings in → a conversation at a prompt that is there at once, out."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.terminal.edge import Corpus, IndexFolder, open_desk, settings_of

if TYPE_CHECKING:
    from rich.console import Console

    from bot.desk import Desk
    from bot.settings import Settings
    from bot.terminal.completion import Name
    from bot.terminal.conversation import Conversation

Resume = Annotated[bool, typer.Option("--resume", help="Go on with the last conversation.")]
Saved = Annotated[Path | None, typer.Option("--open", help="Go on with a conversation that /save wrote as .json.")]


def chat(resume: Resume = False, saved: Saved = None, corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Ask one question after another; /help inside shows more."""
    from bot.terminal.conversation import Conversation, load
    from bot.terminal.prompt import is_interactive
    from bot.terminal.theme import make_console

    settings = settings_of(corpus, index)
    kept = settings.conversation_file()
    conversation = load(saved) if saved else load(kept) if resume and kept.exists() else Conversation()
    console = make_console(settings.theme)
    if is_interactive():
        _at_a_prompt(settings, console, conversation)
    else:
        _in_a_pipe(settings, console, conversation)


def _in_a_pipe(settings: "Settings", console: "Console", conversation: "Conversation") -> None:
    from bot.terminal.chat import Chat
    from bot.terminal.prompt import read_line

    with open_desk(settings) as desk:
        Chat(lambda: desk, console, read_line, conversation=conversation).run()


def _at_a_prompt(settings: "Settings", console: "Console", conversation: "Conversation") -> None:
    from bot.terminal.chat import Chat
    from bot.terminal.following import Following
    from bot.terminal.option import Options
    from bot.terminal.prompt import Prompt, unechoed

    _build_first(settings)
    prompt = Prompt(settings.history_file())
    opened: Future[Desk] = Future()
    desk = waited_for(opened, console)
    prompt.when_shown(lambda: threading.Thread(target=_open, args=(settings, opened), name="desk", daemon=True).start())
    talk = Chat(
        desk,
        console,
        prompt.read,
        links=lambda: _links(desk(), settings),
        options=Options(prompt.use_vi, Following(settings, lambda line: console.print(line, markup=False)).turn),
        conversation=conversation,
        autosave=settings.conversation_file(),
    )
    prompt.names = lambda: _names(opened)
    prompt.marks = talk.marks
    prompt.state = lambda: " · ".join(filter(None, (_opened_words(opened), talk.state())))
    with unechoed():
        talk.run()


def _build_first(settings: "Settings") -> None:
    """Where there is no index yet: build it, with its progress on the screen."""
    from bot.building import has_index

    if not has_index(settings.index_folder()):
        with open_desk(settings):
            pass


def _open(settings: "Settings", opened: "Future[Desk]") -> None:
    """Open the desk with all that a question needs; whoever asks for the desk gets what goes wrong."""
    try:
        with open_desk(settings, quiet=True) as desk:
            desk.index().encoder()
            opened.set_result(desk)
    except BaseException as error:
        opened.set_exception(error)


def waited_for(opened: "Future[Desk]", console: "Console") -> "Callable[[], Desk]":
    """The desk, with a word to who waits while it opens."""

    def get() -> "Desk":
        if opened.done():
            return opened.result()
        with console.status("Opening the index …"):
            return opened.result()

    return get


def _links(desk: "Desk", settings: "Settings") -> dict[str, str]:
    from bot.terminal.links import links

    return links(desk, settings.corpus)


def _names(opened: "Future[Desk]") -> "list[Name]":
    """The names that can be completed; none while the desk opens."""
    from bot.terminal.completion import Name

    if not opened.done() or opened.exception() is not None:
        return []
    desk = opened.result()
    results = desk.index().results()
    found = [Name(name, "benchmark") for name in dict.fromkeys(result.benchmark for result in results)]
    found += [Name(name, "model") for name in dict.fromkeys(result.model for result in results)]
    return found + [Name(article.id, "source") for article in desk.sources()]


def _opened_words(opened: "Future[Desk]") -> str:
    if not opened.done():
        return "opening the index …"
    return "no index" if opened.exception() else f"{len(opened.result().sources())} articles"
