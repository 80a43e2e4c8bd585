"""A pressed button in → what it shows, out."""

from collections.abc import Sequence
from contextlib import suppress

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest

from bot.answer import Answer, CitedPassage
from bot.message import Block, Span, parts, passage_blocks, source_blocks
from bot.state import Asked, Conversation, State
from bot.telegram_app.answering import Answering, digest
from bot.telegram_app.asking import Asking, Context
from bot.telegram_app.delivery import Place, send, typing
from bot.telegram_app.keyboard import Pressed, more_passages, other_passages, read_data
from index import Article

FORGOTTEN = "I don't remember this answer any more. Please ask again."
CHANGED = "The articles have changed since; this is what they say now."
GONE = "The articles have changed since, and no longer lead there. Please ask again."
THANKS = "Thank you."


class Pressing:
    """The handlers of buttons. An answer is found again by asking its question again: there is nothing to go stale."""

    def __init__(self, answering: Answering, asking: Asking, state: State) -> None:
        self._answering, self._asking, self._state = answering, asking, state

    async def press(self, update: Update, context: Context) -> None:
        """Any button under an answer."""
        query = update.callback_query
        if query is None:
            return
        pressed = read_data(query.data or "")
        asked = self._state.asked(pressed.key) if pressed else None
        if pressed is None or asked is None or query.message is None or query.message.chat.id != asked.chat:
            await _tell(query, FORGOTTEN)  # also for a button that was never in this chat
        elif pressed.action in ("good", "bad"):
            self._state.vote(pressed.key, query.from_user.id, 1 if pressed.action == "good" else -1)
            await _tell(query, THANKS)
        else:
            await self._show(query, context, pressed, asked)

    async def _show(self, query: CallbackQuery, context: Context, pressed: Pressed, asked: Asked) -> None:
        place = _place(query)
        if pressed.action == "question":
            await _tell(query)
            await self._asking.again(context.bot, place, _conversation(place, query), asked)
            return
        async with typing(context.bot, place):
            answer = await self._answering.answer(asked.question, asked.history)
        changed = digest(answer) != asked.digest
        if pressed.action == "follow":
            await self._follow(query, context, answer, pressed, asked, changed)
            return
        if pressed.action == "chart":
            await _tell(query, CHANGED if changed else "")
            await self._asking.draw(context.bot, place, asked.question, asked.history)
            return
        blocks = _blocks(answer, pressed, await self._answering.sources())
        await _tell(query, GONE if not blocks else CHANGED if changed else "")
        await send(context.bot, place, parts(blocks))

    async def _follow(
        self, query: CallbackQuery, context: Context, answer: Answer, pressed: Pressed, asked: Asked, changed: bool
    ) -> None:
        if changed or pressed.number >= len(answer.suggestions):
            await _tell(query, GONE)
            return
        await _tell(query)
        place = _place(query)
        question = Asked(asked.chat, answer.suggestions[pressed.number], (*asked.history, asked.question), "")
        await self._asking.again(context.bot, place, _conversation(place, query), question)


def _blocks(answer: Answer, pressed: Pressed, articles: Sequence[Article]) -> list[Block]:
    match pressed.action:
        case "sources":
            cited = {citation.source for citation in answer.citations}
            return source_blocks([article for article in articles if article.id in cited]) if cited else []
        case "more":
            return _passages("More from the same sources", more_passages(answer), articles)
        case _:
            return _passages("What others say", other_passages(answer), articles)


def _passages(heading: str, passages: Sequence[CitedPassage], articles: Sequence[Article]) -> list[Block]:
    blocks = passage_blocks(passages, articles)
    return [(Span(heading, "bold"),), *blocks] if blocks else []


def _conversation(place: Place, query: CallbackQuery) -> Conversation:
    return Conversation(place.chat, place.topic or 0, query.from_user.id)


def _place(query: CallbackQuery) -> Place:
    message = query.message
    if isinstance(message, Message):
        return Place.of(message)
    assert message is not None  # noqa: S101 - buttons without one were turned away
    return Place(message.chat.id, None, None)


async def _tell(query: CallbackQuery, words: str = "") -> None:
    with suppress(BadRequest):  # too old to be answered: then nobody waits for it
        await query.answer(words or None)
