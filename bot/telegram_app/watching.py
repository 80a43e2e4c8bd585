"""What people watch, and changes of the articles in → one message to each chat that a change concerns, out."""

import asyncio
import logging

from telegram import Bot, Update
from telegram.error import Forbidden, TelegramError

from bot.change import Change
from bot.message import Part, paragraphs, parts
from bot.news import EVERYTHING, change_blocks, news_blocks
from bot.state import State, Watch
from bot.telegram_app.answering import Answering
from bot.telegram_app.asking import Context
from bot.telegram_app.delivery import Place, send

log = logging.getLogger(__name__)

ALL = frozenset({"everything", "all", "*"})
USAGE = "Name a benchmark, a model or everything: /watch everything"


class Watching:
    """The handlers of /watch and /unwatch, and who tells the news."""

    def __init__(self, answering: Answering, state: State) -> None:
        self._answering, self._state = answering, state

    async def watch(self, update: Update, context: Context) -> None:
        """/watch NAME: news of it come here."""
        message = update.effective_message
        if message is None:
            return
        place, wanted = Place.of(message), " ".join(context.args or ())
        if not wanted:
            await _say(context.bot, place, f"{self.watched(place)}\n\n{USAGE}")
            return
        for name in await self._names(wanted):
            self._state.watch(Watch(place.chat, place.topic or 0, name))
        await _say(context.bot, place, f"{self.watched(place)}\n\nNews come here, at most one message a new article.")

    async def unwatch(self, update: Update, context: Context) -> None:
        """/unwatch NAME, or without a name all of them: no more news of it here."""
        message = update.effective_message
        if message is None:
            return
        place, wanted = Place.of(message), " ".join(context.args or ())
        names = await self._names(wanted) if wanted else self._state.watched(place.chat, place.topic or 0)
        for name in names:
            self._state.unwatch(Watch(place.chat, place.topic or 0, name))
        await _say(context.bot, place, self.watched(place))

    def watched(self, place: Place) -> str:
        """What is watched here, as a sentence."""
        names = self._state.watched(place.chat, place.topic or 0)
        listed = ", ".join(name or "everything" for name in names)
        return f"Watched here: {listed}." if names else "Nothing is watched here."

    async def tell(self, bot: Bot, change: Change) -> None:
        """One message to each place that watches something the change is about."""
        if change.is_nothing:
            return
        articles = {article.id: article for article in await self._answering.sources()}
        news = {place: news_blocks(change, names, articles) for place, names in self._state.watches().items()}
        sending = (
            self._send(bot, Place(chat, topic or None, None), parts(blocks))
            for (chat, topic), blocks in news.items()
            if blocks
        )
        await asyncio.gather(*sending)  # a chat that Telegram makes wait holds up no other

    async def tell_admins(self, bot: Bot, change: Change, admins: frozenset[int]) -> None:
        """What a watched folder brought, to those who look after the articles."""
        for admin in sorted(admins):
            await self._send(bot, Place(admin, None, None), parts(change_blocks(change)))

    async def _send(self, bot: Bot, place: Place, news: tuple[Part, ...]) -> None:
        try:
            await send(bot, place, news)
        except Forbidden:
            self._state.forget_watches(place.chat)  # blocked, or removed from the group
        except TelegramError as error:
            log.warning("news could not be told", exc_info=error)

    async def _names(self, wanted: str) -> tuple[str, ...]:
        """The names as results write them; what no article has yet is watched as it was written."""
        if wanted.casefold() in ALL:
            return (EVERYTHING,)
        return await self._answering.names(wanted) or (wanted[:100],)


async def _say(bot: Bot, place: Place, words: str) -> None:
    await send(bot, place, parts(paragraphs(words)))
