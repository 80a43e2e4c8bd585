"""Words behind @bot in any chat in → the answer as a message to send there, out."""

import html

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.answer import Answer
from bot.desk import QuestionError
from bot.message import MAX_UNITS, answer_parts, answer_words, utf16_units
from bot.telegram_app.answering import Answering
from bot.telegram_app.asking import Context
from bot.telegram_app.delivery import Delivery

CACHE_SECONDS = 60  # Telegram answers the same words from its own memory so long; a new article shows soon after
FEWEST_LETTERS = 3  # people are still typing
TITLE, DESCRIPTION = 80, 200


class Inline:
    """The handler of inline queries."""

    def __init__(self, answering: Answering, delivery: Delivery) -> None:
        self._answering, self._delivery = answering, delivery

    async def offer(self, update: Update, context: Context) -> None:
        """Offer the answer; nothing while there is no question or no answer."""
        query = update.inline_query
        if query is None:
            return
        question = query.query.strip()
        answer = await self._answer(question)
        results = [_result(question, answer)] if answer else []
        rich = self._answering.laid_out(answer, question).rich if answer else None
        try:
            if rich is None or not await self._delivery.offer(context.bot, query.id, results[0], rich, CACHE_SECONDS):
                await query.answer(results, cache_time=CACHE_SECONDS)
        except BadRequest as error:
            if "too old" not in error.message.lower():
                raise

    async def _answer(self, question: str) -> Answer | None:
        if len(question) < FEWEST_LETTERS:
            return None
        try:
            answer = await self._answering.answer(question)
        except QuestionError:
            return None
        return answer if answer.kind != "about" else None


def _result(question: str, answer: Answer) -> InlineQueryResultArticle:
    asked = f"<b>{html.escape(question, quote=False)}</b>\n\n"
    first = answer_parts(answer)[0]
    content = InputTextMessageContent(
        asked + first.html if utf16_units(first.plain + question) < MAX_UNITS - 2 else first.html,
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    conclusion = " ".join(answer_words(answer).split("\n\n")[0].split())
    return InlineQueryResultArticle(
        "answer", _short(question, TITLE), content, description=_short(conclusion, DESCRIPTION)
    )


def _short(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"
