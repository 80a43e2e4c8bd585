"""An admin's file or command in → the articles changed while reading goes on, and what that brought, out."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import Executor

from telegram import Bot, CallbackQuery, Document, Message, Update
from telegram.error import TelegramError

from bot.change import Change
from bot.message import paragraphs, parts
from bot.news import change_blocks
from bot.shelf import Progress, Upload
from bot.state import Errand, State
from bot.telegram_app.addressed import speaker
from bot.telegram_app.admins import Admins
from bot.telegram_app.answering import Desk
from bot.telegram_app.asking import Context, as_sentence
from bot.telegram_app.delivery import Buttons, Place, edit, send
from bot.telegram_app.keyboard import ERRAND, KEEP, UNDO, confirmation, undo_button
from bot.telegram_app.notice import Notice, WorkStoppedError
from bot.telegram_app.pressing import FORGOTTEN
from bot.telegram_app.watching import Watching
from index import MAX_BYTES, PressCheckError, visible

LONGEST_NAME = 100  # characters of a file's name, which becomes the article's id
MOST = min(MAX_BYTES, 20_000_000)  # bytes; Telegram hands a bot no larger file
NO_FILE = "Send me a file (text, Markdown, HTML, PDF, Word or EPUB), or reply to one with /add."
PASSED_ON = "You forwarded this file, so I left it alone. To add it as an article, reply to it with /add."
NOTHING_TO_UNDO = (
    "Nothing to undo. I can take back an article that you added or removed in the last hour, not a new version of one."
)
OVER = "This button no longer works. Send the command again."
NOT_YOURS = "Only the admin who sent the command can do this."
NO_ID = "Which article? Write /remove ID, with one of these ids:"
UNREACHABLE = "I couldn't get the file from Telegram. Please send it again."


class Shelving:
    """The handlers by which admins change what is known. One change at a time; the next ones wait for their turn."""

    def __init__(self, desk: Desk, writer: Executor, watching: Watching, state: State, admins: Admins) -> None:
        self._desk, self._writer, self._watching, self._state = desk, writer, watching, state
        self._admins = admins

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

    async def passed_on(self, update: Update, context: Context) -> None:
        """A file that an admin forwarded: perhaps to look at it, perhaps to have it put in."""
        if update.effective_message is not None:
            await _say(update.effective_message, context, PASSED_ON)

    async def remove(self, update: Update, context: Context) -> None:
        """/remove ID: asked first whether it is meant."""
        message, name = update.effective_message, " ".join(context.args or ())
        if message is None:
            return
        titles = {article.id: article.title for article in await asyncio.to_thread(self._desk.sources)}
        if name in titles:
            errand = self._state.add_errand(_sender(message), "remove", json.dumps([name]))
            words = f"Remove “{titles[name]}” ({name})? Answers will no longer use it. You can /undo this for an hour."
            await _say(message, context, words, confirmation(errand.key))
        else:
            wrong = f"There is no article “{visible(name)}”. These are the ids:" if name else NO_ID
            await _say(message, context, "\n\n".join([wrong, "\n".join(titles)]))

    async def undo(self, update: Update, context: Context) -> None:
        """/undo: what the sender changed last."""
        message = update.effective_message
        if message is None:
            return
        errand = self._state.last_errand(_sender(message), "undo")
        if errand is None:
            await _say(message, context, NOTHING_TO_UNDO)
        else:
            await self._undo(Place.of(message), context, errand)

    async def press(self, update: Update, context: Context) -> None:
        """A button below a question to an admin, or below what an admin changed."""
        query = update.callback_query
        if query is None or not isinstance(query.message, Message):
            return
        if not ERRAND.fullmatch(query.data or ""):  # python-telegram-bot hands a button without data to any handler
            await query.answer(FORGOTTEN)
            return
        letter, _, key = (query.data or "").partition(":")
        errand = self._state.errand(key)
        if errand is None:
            await query.answer(OVER)
        elif query.from_user.id not in self._admins.ids() or errand.person not in (query.from_user.id, _chat(query)):
            await query.answer(NOT_YOURS)  # also where the admin's own power ended meanwhile
        else:
            await query.answer()
            await self._do(letter, Place.of(query.message), query.message, context, errand)

    async def _do(self, letter: str, place: Place, asked: Message, context: Context, errand: Errand) -> None:
        if letter == UNDO:
            await self._undo(place, context, errand)
            return
        self._state.end_errand(errand.key)
        names = json.loads(errand.content)
        if letter == KEEP:
            await edit(context.bot, place, asked.message_id, parts(paragraphs(f"Kept: {', '.join(names)}."))[0], None)
            return
        notice = await Notice.of(context.bot, place, asked.message_id, f"Removing {', '.join(names)} …")
        self._begin(context, notice, lambda step: self._desk.remove(names, step), errand.person)

    async def _undo(self, place: Place, context: Context, errand: Errand) -> None:
        content = json.loads(errand.content)
        notice = await Notice.begin(context.bot, place, "Undoing …")

        def write(step: Progress) -> Change:
            if content["back"]:
                return self._desk.restore(content["back"], step)
            return self._desk.remove(content["out"], step)

        self._begin(context, notice, write, None, errand)

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
        await self._change(
            message, context, f"Reading {name} …", lambda step: self._desk.add([upload], step), _sender(message)
        )

    async def _change(
        self,
        message: Message,
        context: Context,
        words: str,
        write: Callable[[Progress], Change],
        person: int | None = None,
    ) -> None:
        notice = await Notice.begin(context.bot, Place.of(message), words)
        self._begin(context, notice, write, person)

    def _begin(
        self,
        context: Context,
        notice: Notice,
        write: Callable[[Progress], Change],
        person: int | None,
        undone: Errand | None = None,
    ) -> None:
        """Begin a change; its chat goes on meanwhile. `person` may undo it; `undone` is what it undoes."""
        work = self._finish(notice, context.bot, write, person, undone)
        context.application.create_task(work, name="change")

    async def _finish(
        self,
        notice: Notice,
        bot: Bot,
        write: Callable[[Progress], Change],
        person: int | None,
        undone: Errand | None,
    ) -> None:
        try:
            change = await asyncio.get_running_loop().run_in_executor(self._writer, write, notice.step)
        except PressCheckError as error:
            await notice.end(parts(paragraphs(as_sentence(error))))
            return
        except WorkStoppedError:
            return
        except Exception:
            await notice.end(parts(paragraphs("That failed; the articles are unchanged.")))
            raise
        if undone is not None:
            self._state.end_errand(undone.key)
        errand = self._undoable(change, person)
        await notice.end(parts(change_blocks(change)), undo_button(errand.key) if errand else None)
        await self._watching.tell(bot, change)

    def _undoable(self, change: Change, person: int | None) -> Errand | None:
        """How to take a change back: articles that are new go, those that went come back. A new version stays."""
        if person is None or change.changed or bool(change.added) == bool(change.removed):
            return None
        return self._state.add_errand(
            person, "undo", json.dumps({"back": list(change.removed), "out": list(change.added)})
        )


def _name(document: Document) -> str:
    """The file's name as it may be shown and kept."""
    plain = "".join(mark for mark in document.file_name or "file" if mark.isprintable()).strip()
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{suffix[:LONGEST_NAME]}"


def _sender(message: Message) -> int:
    sender = speaker(message)
    return sender.id if sender is not None else 0


def _chat(query: CallbackQuery) -> int:
    """The chat that the button is in: its hidden administrators are known by it only."""
    return query.message.chat.id if query.message is not None else 0


async def _say(message: Message, context: Context, words: str, buttons: Buttons = None) -> None:
    await send(context.bot, Place.of(message), parts(paragraphs(words)), buttons)
