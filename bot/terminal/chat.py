"""Lines typed in → answers on the terminal, out: the conversation and its commands."""

import base64
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from bot.answer import Answer
from bot.errors import BotError
from bot.terminal.command import Call, help_text, meant, parsed
from bot.terminal.conversation import Conversation, save, write
from bot.terminal.option import Options
from bot.terminal.paging import Show, page
from bot.terminal.screen import show_answer, show_cited, show_reading, show_reasons, show_sources, show_tables

if TYPE_CHECKING:  # the desk opens behind the prompt, and importing it is half of that
    from bot.desk import Desk
    from bot.narrowing import Filter
    from index import Article

HISTORY = 6  # earlier questions that a follow-up may lean on
PROMPT = "> "
GREETING = "Press Check. Ask about the articles; /help tells what else, /quit leaves."
MOST_COPIED = 74_000  # characters of base64; terminals drop longer ones (xterm's limit)


class Chat:
    """One conversation. `read` gives the next line, raising EOFError at the end; `desk` waits until it is open."""

    def __init__(
        self,
        desk: Callable[[], "Desk"],
        console: Console,
        read: Callable[[str], str],
        *,
        links: Callable[[], Mapping[str, str]] = dict,
        options: Options | None = None,
        conversation: Conversation | None = None,
        autosave: Path | None = None,
    ) -> None:
        self._desk = desk
        self._console = console
        self._read = read
        self._links = links
        self._options = options or Options()
        self._conversation = conversation or Conversation()
        self._autosave = autosave
        self._filter: Filter | None = None
        self._commands: dict[str, Callable[[str], None]] = {
            "/sources": self._sources, "/source": self._source, "/table": self._table, "/chart": self._chart,
            "/why": self._why, "/conflicts": self._conflicts, "/filter": self._narrow, "/watch": self._watch,
            "/save": self._save, "/copy": self._copy, "/set": self._set, "/help": self._help,
        }  # fmt: skip

    def run(self) -> None:
        """Talk until /quit or the end of input. Ctrl-C drops the line or the answer, not the conversation."""
        from index import PressCheckError

        self._say(GREETING)
        for turn in self._conversation.turns[-1:]:
            self._say(f"{PROMPT}{turn.question}")
            show_answer(self._console, turn.answer)
        while True:
            try:
                line = self._read(PROMPT).strip()
                call = parsed(line)
                if call and call.name == "/quit":
                    return
                if call:
                    self._do(call)
                elif line:
                    self._ask(line)
            except EOFError:
                self._console.print()
                return
            except KeyboardInterrupt:
                self._console.print("\n(/quit leaves)")
            except PressCheckError as error:
                self._console.print(str(error), markup=False, style="error")
            if self._console.is_terminal:
                self._console.print()

    def marks(self) -> list[int]:
        """The numbers of the last answer's citations."""
        turns = self._conversation.turns
        return [citation.n for citation in turns[-1].answer.citations] if turns else []

    def state(self) -> str:
        """What a line below the prompt says: the filter that is set, and who watches."""
        return " · ".join(filter(None, (_filter_words(self._filter), self._options.watching())))

    def _say(self, words: str) -> None:
        self._console.print(words, markup=False, highlight=False, soft_wrap=not self._console.is_terminal)

    def _show(self, show: Show) -> None:
        page(self._console, show, self._options.pager)

    def _do(self, call: Call) -> None:
        command = self._commands.get(call.name)
        if command is None:
            near = meant(call.name)
            hint = f"Did you mean {near}?" if near else "/help shows which there are."
            raise BotError(f"there is no command {call.name}. {hint}")
        command(call.argument)

    def _ask(self, question: str) -> None:
        history = self._conversation.questions()[-HISTORY:]
        answer = self._desk().answer(question, history, self._narrowed())
        links = self._links()
        self._show(lambda console: show_answer(console, answer, links))
        self._conversation = self._conversation.followed_by(question, answer)
        self._keep()

    def _keep(self) -> None:
        """Save the conversation for `--resume`; a home that can't be written to is told of once."""
        if self._autosave is None:
            return
        try:
            save(self._conversation, self._autosave)
        except BotError as error:
            self._autosave = None
            self._say(f"This conversation can't be resumed: {error}")

    def _last(self) -> Answer:
        if not self._conversation.turns:
            raise BotError("nothing was asked yet. Ask something first.")
        return self._conversation.turns[-1].answer

    def _narrowed(self) -> "Filter":
        from bot.narrowing import EVERYTHING

        return self._filter or EVERYTHING

    def _articles(self) -> "dict[str, Article]":
        return {article.id: article for article in self._desk().sources()}

    def _help(self, name: str) -> None:
        self._say(help_text(name, self._console.width if self._console.is_terminal else None))

    def _sources(self, which: str) -> None:
        if which == "cited":
            answer = self._last()
            self._show(lambda console: show_cited(console, answer))
        else:
            articles = self._desk().sources()
            self._show(lambda console: show_sources(console, articles))

    def _source(self, which: str) -> None:
        from bot.terminal.opened import show_article, show_place

        articles, links = self._articles(), self._links()
        if which in articles:
            self._show(lambda console: show_article(console, articles[which], links.get(which)))
            return
        cited = {str(citation.n): citation for citation in self._last().citations}
        citation = cited.get(which.strip("[]"))
        if citation is None:
            there = f"The last answer has {', '.join(f'[{n}]' for n in cited)}" if cited else "The last answer has none"
            raise BotError(f"there is no source {which or 'without a number'}. {there}; /sources lists the articles.")
        article = articles[citation.source]
        if article.text[citation.start : citation.end] != citation.quote:
            raise BotError(f"{citation.source} has changed since. Ask again to see what it says now.")
        self._show(lambda console: show_place(console, article, citation, links.get(article.id)))

    def _table(self, _: str) -> None:
        answer = self._last()
        if not answer.facts:
            raise BotError("there are no benchmark results in the last answer. Ask for a comparison of models.")
        self._show(lambda console: show_tables(console, answer))

    def _chart(self, _: str) -> None:
        from bot.terminal.bars import show_bars

        answer, articles = self._last(), self._articles()
        self._show(lambda console: show_bars(console, answer, articles))

    def _why(self, _: str) -> None:
        answer = self._last()
        show_reading(self._console, answer)
        if answer.kind in ("passages", "not_found"):
            *before, asked = self._conversation.questions()
            hits = self._desk().hits(asked, before[-HISTORY:], self._narrowed())
            self._show(lambda console: show_reasons(console, hits))

    def _conflicts(self, benchmark: str) -> None:
        from bot.disagreement import dates_of, disagreements, is_conflict
        from bot.terminal.table import show_conflicts

        articles = self._articles()
        found = [
            each
            for each in disagreements(self._desk().index().results(), dates_of(articles.values()))
            if is_conflict(each) and benchmark.casefold() in each.benchmark.casefold()
        ]
        self._show(lambda console: show_conflicts(console, found, articles))

    def _narrow(self, words: str) -> None:
        kind, _, value = words.partition(" ")
        current = self._narrowed()
        if kind == "off":
            self._filter = None
        elif kind == "source" and value:
            from bot.narrowing import is_meant

            if not any(is_meant(value, article) for article in self._articles()):
                raise BotError(f"there is no source {value!r}. /sources lists them by their id.")
            self._filter = current._replace(sources=frozenset([value]))
        elif kind in ("since", "until") and value:
            when = _date(value)
            self._filter = current._replace(since=when) if kind == "since" else current._replace(until=when)
        elif words:
            raise BotError(f"{words!r} is no filter. /help filter shows what can be set.")
        self._say(_filter_words(self._filter) or "No filter: every article may answer.")

    def _watch(self, wanted: str) -> None:
        self._options.watch(wanted or "on")
        self._say(self._options.watching() or "The corpus is not watched.")

    def _save(self, name: str) -> None:
        if not name:
            raise BotError("this needs a file's name, such as: /save talk.md (also .json .csv .png .svg)")
        path = Path(name).expanduser()
        if path.suffix not in (".md", ".json", ".csv", ".png", ".svg"):
            raise BotError(f"{name} names no .md, .json, .csv, .png or .svg file. Try: /save talk.md")
        answer = self._last()
        write(path, self._content(path.suffix, answer))
        self._say(f"Saved: {path}")

    def _content(self, suffix: str, answer: Answer) -> bytes:
        if suffix == ".json":
            return self._conversation.model_dump_json().encode()
        if suffix == ".md":
            return self._conversation.as_markdown().encode()
        if suffix == ".csv":
            from bot.fact import csv_table

            if not answer.facts:
                raise BotError("there are no benchmark results in the last answer. Ask for a comparison of models.")
            return csv_table(answer.facts).encode()
        from bot.chart import draw_chart

        return draw_chart(answer, self._articles(), "svg" if suffix == ".svg" else "png")

    def _copy(self, _: str) -> None:
        text = self._last().text
        encoded = base64.b64encode(text.encode()).decode()
        if not self._console.is_terminal or len(encoded) > MOST_COPIED:
            raise BotError("this can't go to the clipboard from here. /save FILE.md keeps it.")
        self._console.file.write(f"\x1b]52;c;{encoded}\x07")
        self._console.file.flush()
        self._say("Copied, if the terminal lets programs write its clipboard.")

    def _set(self, words: str) -> None:
        name, _, value = words.partition(" ")
        self._options.set(name, value, self._console)
        self._say(self._options.words())


def _filter_words(narrowed: "Filter | None") -> str:
    if narrowed is None:
        return ""
    parts = [f"source {name}" for name in sorted(narrowed.sources)]
    parts += [f"since {narrowed.since}" if narrowed.since else "", f"until {narrowed.until}" if narrowed.until else ""]
    return f"Only {', '.join(filter(None, parts))} (/filter off ends it)"


def _date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BotError(f"{value!r} is no date. Write it like 2026-04-09.") from error
