"""A command that lists something in → the list, with questions that lead on as buttons, out."""

from collections.abc import Sequence
from datetime import date

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.disagreement import disagreements, is_conflict
from bot.fact import tally
from bot.message import Block, Span, paragraphs, parts, source_blocks
from bot.state import Asked, State
from bot.telegram_app.answering import Answering
from bot.telegram_app.asking import Asking, Context
from bot.telegram_app.delivery import Place, send
from bot.telegram_app.keyboard import question_button
from bot.telegram_app.watching import Watching
from index import Article, BenchmarkResult

LISTED = 25  # names in a message; more is no reading for a phone
NEWEST = 5
OFFERED = 3  # questions as buttons
NO_RESULTS = "No article states a benchmark result yet."
COMPARE = "Name what to compare: /compare Opus and GPT on GPQA Diamond"
CHART = "Write what to draw behind the command: /chart GPQA Diamond"


class Listing:
    """The handlers of commands that list."""

    def __init__(self, answering: Answering, asking: Asking, watching: Watching, state: State) -> None:
        self._answering, self._asking, self._watching, self._state = answering, asking, watching, state

    async def benchmarks(self, update: Update, context: Context) -> None:
        """Which benchmarks have results."""
        await self._names(update, context, "benchmark", "Who leads on {}?")

    async def models(self, update: Update, context: Context) -> None:
        """Which models have results."""
        await self._names(update, context, "model", "What are {}'s results?")

    async def conflicts(self, update: Update, context: Context) -> None:
        """Where sources state different numbers; the buttons show the numbers with their quotes."""
        found = [one for one in disagreements(await self._answering.results()) if is_conflict(one)]
        if not found:
            await self._show(update, context, paragraphs("No two sources disagree."), ())
            return
        pairs = list(dict.fromkeys((one.benchmark, one.model) for one in found))
        questions = [f"Do the sources agree on {model} on {benchmark}?" for benchmark, model in pairs]
        lines = [f"{benchmark} · {model}" for benchmark, model in pairs]
        await self._show(update, context, _list("Sources disagree on", lines), questions)

    async def latest(self, update: Update, context: Context) -> None:
        """The newest articles."""
        articles = await self._answering.sources()
        newest = sorted(articles, key=lambda article: (article.published or date.min, article.id), reverse=True)
        await self._show(update, context, [*_headed(newest[:NEWEST], len(articles))], ())

    async def settings(self, update: Update, context: Context) -> None:
        """What holds in this chat."""
        if update.effective_message is not None:
            watched = self._watching.watched(Place.of(update.effective_message))
            words = f"{watched}\n\n/watch NAME adds to it, /unwatch NAME takes away, /unwatch ends it all."
            await self._show(update, context, paragraphs(words), ())

    async def compare(self, update: Update, context: Context) -> None:
        """/compare A and B: the question in short."""
        message, wanted = update.effective_message, " ".join(context.args or ())
        if message is None:
            return
        if wanted:
            await self._asking.answer_message(context.bot, message, f"compare {wanted}")
        else:
            await self._show(update, context, paragraphs(COMPARE), ())

    async def chart(self, update: Update, context: Context) -> None:
        """/chart QUESTION: its numbers as a picture; without a question, those of the last one."""
        message, wanted = update.effective_message, " ".join(context.args or ())
        if message is None:
            return
        history = self._asking.history(message)
        question = wanted or (history[-1] if history else "")
        if question:
            await self._asking.draw(context.bot, Place.of(message), question, history if wanted else history[:-1])
        else:
            await self._show(update, context, paragraphs(CHART), ())

    async def starters(self, chat: int) -> InlineKeyboardMarkup | None:
        """Questions that can be answered, as buttons."""
        return self._buttons(chat, starter_questions(await self._answering.results()))

    async def _names(self, update: Update, context: Context, thing: str, question: str) -> None:
        counted = tally(await self._answering.results(), thing)
        if not counted:
            await self._show(update, context, paragraphs(NO_RESULTS), ())
            return
        lines = [f"{each.name} ({each.results})" for each in counted]
        questions = [question.format(each.name) for each in counted]
        heading = f"{len(counted)} {thing}s with results"
        await self._show(update, context, _list(heading, lines), questions)

    async def _show(self, update: Update, context: Context, blocks: Sequence[Block], questions: Sequence[str]) -> None:
        message = update.effective_message
        if message is not None:
            await send(context.bot, Place.of(message), parts(blocks), self._buttons(message.chat_id, questions))

    def _buttons(self, chat: int, questions: Sequence[str]) -> InlineKeyboardMarkup | None:
        rows: list[list[InlineKeyboardButton]] = []
        for question in questions[:OFFERED]:
            key = self._state.add_asked(Asked(chat, question, (), ""))
            rows.append([question_button(question, key)])
        return InlineKeyboardMarkup(rows) if rows else None


def starter_questions(results: Sequence[BenchmarkResult]) -> list[str]:
    """A question about who leads, one about a model, and one about a disagreement, where there are such."""
    if not results:
        return []
    benchmark = max(tally(results, "benchmark"), key=lambda each: each.others).name
    model = tally(results, "model")[0].name
    disputed = next((one for one in disagreements(results) if is_conflict(one)), None)
    questions = [f"Who leads on {benchmark}?", f"What are {model}'s results?"]
    if disputed is not None:
        questions.append(f"Do the sources agree on {disputed.model} on {disputed.benchmark}?")
    else:
        questions.append(f"What did {model} get on {benchmark}?")
    return questions


def _list(heading: str, lines: Sequence[str]) -> list[Block]:
    more = f"\nand {len(lines) - LISTED} more" if len(lines) > LISTED else ""
    return [(Span(heading, "bold"),), (Span("\n".join(lines[:LISTED]) + more),)]


def _headed(newest: Sequence[Article], count: int) -> list[Block]:
    listed = source_blocks(newest)
    heading = f"The newest {len(newest)} of {count} articles"
    return [(Span(heading, "bold"),), *listed[1:]] if newest else listed
