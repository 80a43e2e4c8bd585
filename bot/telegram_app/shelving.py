"""An admin's file or command in → the articles changed while reading goes on, and what that brought, out."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor

from telegram import Bot, Document, Message, Update
from telegram.error import TelegramError

from bot.change import Change
from bot.message import paragraphs, parts
from bot.news import change_blocks
from bot.shelf import Progress, Upload
from bot.telegram_app.answering import Desk
from bot.telegram_app.asking import Context, as_sentence
from bot.telegram_app.delivery import Place, send
from bot.telegram_app.notice import Notice
from bot.telegram_app.watching import Watching
from index import MAX_BYTES, PressCheckError

LONGEST_NAME = 100  # characters of a file's name, which becomes the article's id
MOST = min(MAX_BYTES, 20_000_000)  # bytes; Telegram hands a bot no larger file
NO_FILE = "Send me a file (text, Markdown, HTML, PDF, Word or EPUB), or reply to one with /add."
NO_ID = "Name the article's id: /remove ID. There are:"
UNREACHABLE = "Telegram did not hand me the file. Please send it again."


class Shelving:
    """The handlers by which admins change what is known. One change at a time; the next ones wait for their turn."""

    def __init__(self, desk: Desk, writer: Executor, watching: Watching) -> None:
        self._desk, self._writer, self._watching = desk, writer, watching

    async def upload(self, update: Update, context: Context) -> None:
        """A file is put in."""
        message = update.effective_message
        if message is not None and message.document is not None:
            await self._add(message, message.document, context)

    async def add(self, update: Update, context: Context) -> None:
        """/add in reply to a file."""
        message = update.effective_message
        if message is None:
            return
        answered = message.reply_to_message
        if answered is not None and answered.document is not None:
            await self._add(message, answered.document, context)
        else:
            await _say(message, context, NO_FILE)

    async def remove(self, update: Update, context: Context) -> None:
        """/remove ID."""
        message, name = update.effective_message, " ".join(context.args or ())
        if message is None:
            return
        if name:
            await self._change(message, context, f"Removing {name} …", lambda step: self._desk.remove([name], step))
        else:
            ids = "\n".join(article.id for article in await asyncio.to_thread(self._desk.sources))
            await _say(message, context, f"{NO_ID}\n\n{ids}")

    async def rebuild(self, update: Update, context: Context) -> None:
        """/rebuild: the corpus' folder is read again."""
        if update.effective_message is not None:
            await self._change(update.effective_message, context, "Reading the corpus …", self._desk.rebuild)

    async def status(self, update: Update, context: Context) -> None:
        """/status: what the index holds."""
        if update.effective_message is None:
            return
        held = await asyncio.to_thread(self._desk.status)
        lines = [f"{each.id}{' (added)' if each.added else ''}" for each in held.articles]
        words = f"{len(held.articles)} articles, {held.passages} passages, {held.results} results"
        words += f"\n\n{chr(10).join(lines)}\n\nGeneration {held.generation}, encoder {held.encoder}"
        words += f"\nRemoved: {', '.join(held.removed)}" if held.removed else ""
        if held.behind:
            words += f"\n\nThe folder differs from the index ({', '.join(held.behind)}). /rebuild brings it up to date."
        await _say(update.effective_message, context, words)

    async def _add(self, message: Message, document: Document, context: Context) -> None:
        name = _name(document)
        if document.file_size is not None and document.file_size > MOST:
            size, most = document.file_size / 1e6, MOST / 1e6
            await _say(message, context, f"{name} has {size:.1f} MB; an article may have {most:.0f} MB. Split it.")
            return
        try:
            data = bytes(await (await document.get_file()).download_as_bytearray())
        except TelegramError:
            await _say(message, context, UNREACHABLE)
            return
        upload = Upload(name, data)
        await self._change(message, context, f"Reading {name} …", lambda step: self._desk.add([upload], step))

    async def _change(
        self, message: Message, context: Context, words: str, write: Callable[[Progress], Change]
    ) -> None:
        """Begin a change; its chat goes on meanwhile, and the bot doesn't stop before it is complete."""
        notice = await Notice.begin(context.bot, Place.of(message), words)
        context.application.create_task(self._finish(notice, context.bot, write), name="change")

    async def _finish(self, notice: Notice, bot: Bot, write: Callable[[Progress], Change]) -> None:
        try:
            change = await asyncio.get_running_loop().run_in_executor(self._writer, write, notice.step)
        except PressCheckError as error:
            await notice.end(parts(paragraphs(as_sentence(error))))
            return
        except Exception:
            await notice.end(parts(paragraphs("That failed; the articles are as they were.")))
            raise
        await notice.end(parts(change_blocks(change)))
        await self._watching.tell(bot, change)


def _name(document: Document) -> str:
    """The file's name as it may be shown and kept."""
    plain = "".join(mark for mark in document.file_name or "file" if mark.isprintable()).strip()
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{suffix[:LONGEST_NAME]}"


async def _say(message: Message, context: Context, words: str) -> None:
    await send(context.bot, Place.of(message), parts(paragraphs(words)))
