"""A desk and options in → a bot that runs until it is told to stop."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, NamedTuple

from telegram import LinkPreviewOptions, Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.state import State
from bot.telegram_app.addressed import Addressed, FromPerson, OwnWords
from bot.telegram_app.admins import Admins, Claiming, IsAdmin
from bot.telegram_app.answering import Answering, Desk
from bot.telegram_app.asking import Asking
from bot.telegram_app.beside import Beside
from bot.telegram_app.command import ADMIN_COMMANDS
from bot.telegram_app.commands import Administration, Commands
from bot.telegram_app.delivery import Delivery
from bot.telegram_app.failure import Failure
from bot.telegram_app.forgetting import Forgetting, Keeping
from bot.telegram_app.gate import Gate
from bot.telegram_app.health import HealthServer
from bot.telegram_app.inbox import Inbox
from bot.telegram_app.inline import Inline
from bot.telegram_app.keyboard import ERRAND
from bot.telegram_app.listing import Listing
from bot.telegram_app.log import start_logging
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.options import TelegramOptions
from bot.telegram_app.order import ChatOrder
from bot.telegram_app.patience import Patience
from bot.telegram_app.polling import Polling
from bot.telegram_app.pressing import Pressing
from bot.telegram_app.pulse import Pulse
from bot.telegram_app.service import LastResort, Service, TelegramBot
from bot.telegram_app.shelving import Shelving
from bot.telegram_app.transport import Transport
from bot.telegram_app.watching import Watching
from bot.telegram_app.webhook import Webhook

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
CONNECTIONS = 32  # Telegram takes 30 messages a second
READ_TIMEOUT = 20  # seconds; a request given up earlier may have gone through, and its retry would be a second answer


class Workers(NamedTuple):
    """Threads beside the event loop: those that search, and the one that writes the index."""

    searches: Executor
    writer: Executor


def run(desk: Desk, tell: Callable[[str], None] = lambda _: None, **settings: Any) -> None:
    """Answer until SIGTERM or SIGINT. The settings are TelegramOptions's. Raises BotError if the bot can't go on.

    `tell` gets what whoever starts the bot should know: it is nothing for a log.
    """
    options = TelegramOptions(**settings)
    options.checked_token()
    start_logging()
    searches, writer = ThreadPoolExecutor(options.search_threads, "search"), ThreadPoolExecutor(1, "writer")
    last_resort = LastResort()
    try:
        with State(options.own_state_file()) as state:
            searches.submit(desk.prepare)  # what goes wrong here is told to whoever asks first
            admins = Admins(options.admins, state)
            if admins.code:
                tell(f"The bot has no admin yet. To become one, write it in a private chat: /admin {admins.code}")
            build(desk, options, state, Workers(searches, writer), admins).run(STOP_SIGNALS, last_resort.begin)
    finally:
        for executor in (searches, writer):
            executor.shutdown(cancel_futures=True)
        last_resort.end()


def build(desk: Desk, options: TelegramOptions, state: State, workers: Workers, admins: Admins) -> Service:
    """The bot with all its handlers, not yet started."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # else python-telegram-bot warns at each flood control
    base_url = options.base_url.rstrip("/")
    metrics, pulse = Metrics(), Pulse()
    answering = Answering(desk, workers.searches, metrics)
    watching = Watching(answering, state)
    inbox = Inbox(state)
    order = ChatOrder(state, metrics, inbox.put_nowait)
    application: TelegramBot = (
        ApplicationBuilder()
        .token(options.checked_token())
        .base_url(f"{base_url}/bot")
        .base_file_url(f"{base_url}/file/bot")
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .request(Transport(base_url, CONNECTIONS, READ_TIMEOUT))
        .get_updates_request(Transport(base_url, 1, READ_TIMEOUT))
        .rate_limiter(Patience(metrics, state.move_chat))
        .update_queue(inbox)
        .concurrent_updates(order)
        .updater(None)
        .build()
    )
    application.add_handler(TypeHandler(Update, Gate(options, admins).check), group=-1)
    _add_admin_handlers(application, admins, state, Shelving(desk, workers.writer, watching, state, admins))
    _add_own_handlers(application, watching, Forgetting(state, answering, options.keep_days))
    _add_handlers(application, answering, state, Delivery(state, base_url), watching, admins)
    application.add_error_handler(Failure(metrics, order.put_off).handle)
    metrics.unsaved.set_function(lambda: state.unsaved)
    receiver = (
        Webhook(application.bot, inbox, pulse, options)
        if options.webhook_url
        else Polling(application.bot, inbox, pulse)
    )
    health, keeping = HealthServer.of(options, metrics, pulse), Keeping(state, options.keep_days)
    beside = Beside(desk, options, watching, health, inbox, admins, keeping)
    return Service(application, receiver, state, beside)


def _add_own_handlers(application: TelegramBot, watching: Watching, forgetting: Forgetting) -> None:
    """Commands that change something: for whoever wrote them."""
    own = OwnWords()
    for name, handler in (
        ("watch", watching.watch),
        ("unwatch", watching.unwatch),
        ("privacy", forgetting.privacy),
        ("forget", forgetting.forget),
    ):
        application.add_handler(CommandHandler(name, handler, filters=own))


def _add_handlers(
    application: TelegramBot,
    answering: Answering,
    state: State,
    delivery: Delivery,
    watching: Watching,
    admins: Admins,
) -> None:
    person, meant = FromPerson(), FromPerson() & Addressed()
    asking = Asking(answering, state, delivery)
    listing = Listing(answering, asking, watching, state)
    commands = Commands(answering, asking, listing, state, admins)
    for owner, names in (
        (commands, ("start", "help", "sources")),
        (listing, ("compare", "chart", "benchmarks", "models", "conflicts", "latest", "settings")),
        (asking, ("ask",)),
    ):
        for name in names:
            application.add_handler(CommandHandler(name, getattr(owner, name), filters=person))
    changing = ["watch", "unwatch", "forget"]
    application.add_handler(CommandHandler(changing, commands.passed_on, filters=person))
    forwarded = person & IsAdmin(admins) & filters.FORWARDED  # to anybody else these commands are unknown
    application.add_handler(
        CommandHandler([each.name for each in ADMIN_COMMANDS], commands.passed_on, filters=forwarded)
    )
    application.add_handler(CallbackQueryHandler(Pressing(answering, asking, state).press))
    application.add_handler(InlineQueryHandler(Inline(answering, delivery).offer))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, commands.moved))
    application.add_handler(MessageHandler(meant & filters.COMMAND, commands.unknown))
    application.add_handler(MessageHandler(meant & (filters.TEXT | filters.CAPTION), asking.question))
    application.add_handler(MessageHandler(meant & ~filters.StatusUpdate.ALL, asking.no_words))


def _add_admin_handlers(application: TelegramBot, admins: Admins, state: State, shelving: Shelving) -> None:
    """To anybody else these commands are unknown."""
    is_admin, own, new = IsAdmin(admins), OwnWords(), filters.UpdateType.MESSAGE
    file, private = filters.Document.ALL & new, filters.ChatType.PRIVATE
    sent = private | filters.CaptionRegex(r"^/add\b")
    application.add_handler(MessageHandler(is_admin & own & file & sent, shelving.upload))
    application.add_handler(MessageHandler(is_admin & FromPerson() & file & private, shelving.passed_on))
    administration = Administration(state)
    for name, handler in (
        ("add", shelving.add),
        ("remove", shelving.remove),
        ("undo", shelving.undo),
        ("rebuild", shelving.rebuild),
        ("status", shelving.status),
        ("stats", administration.stats),
    ):
        application.add_handler(CommandHandler(name, handler, filters=is_admin & own & new))
    application.add_handler(CommandHandler("admin", Claiming(admins).admin, filters=own & new & private))
    application.add_handler(CallbackQueryHandler(shelving.press, ERRAND))
