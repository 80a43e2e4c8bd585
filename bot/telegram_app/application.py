"""A desk and options in → a bot that runs until it is told to stop."""

import logging
import os
import signal
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from telegram import (
    Bot,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    LinkPreviewOptions,
    Update,
)
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.errors import BotError
from bot.state import State
from bot.telegram_app.addressed import Addressed, FromPerson
from bot.telegram_app.answering import Answering, Desk
from bot.telegram_app.asking import Asking
from bot.telegram_app.commands import ADMIN_COMMANDS, COMMANDS, GROUP_COMMANDS, Administration, Commands, bot_commands
from bot.telegram_app.delivery import Delivery
from bot.telegram_app.failure import Failure
from bot.telegram_app.following import Following
from bot.telegram_app.gate import Gate
from bot.telegram_app.health import HealthServer
from bot.telegram_app.inbox import Inbox
from bot.telegram_app.inline import Inline
from bot.telegram_app.listing import Listing
from bot.telegram_app.log import start_logging
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.options import TelegramOptions
from bot.telegram_app.order import ChatOrder
from bot.telegram_app.patience import Patience
from bot.telegram_app.pressing import Pressing
from bot.telegram_app.shelving import Shelving
from bot.telegram_app.transport import Transport
from bot.telegram_app.watching import Watching

log = logging.getLogger(__name__)

TelegramBot = Application[Any, Any, Any, Any, Any, Any]

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
UPDATES = ("message", "edited_message", "callback_query", "inline_query")
START_RETRIES = 3  # some five seconds; longer and whoever started the bot should look
CONNECTIONS = 32  # Telegram takes 30 messages a second
READ_TIMEOUT = 20  # seconds; a request given up earlier may have gone through, and its retry would be a second answer


class Workers(NamedTuple):
    """Threads beside the event loop: those that search, and the one that writes the index."""

    searches: Executor
    writer: Executor


def run(desk: Desk, **settings: Any) -> None:
    """Answer until SIGTERM or SIGINT. The settings are TelegramOptions's. Raises BotError if the bot can't start."""
    options = TelegramOptions(**settings)
    options.checked_token()
    start_logging()
    with (
        State(options.own_state_file()) as state,
        ThreadPoolExecutor(options.search_threads, "search") as searches,
        ThreadPoolExecutor(1, "writer") as writer,
    ):
        searches.submit(desk.prepare)  # what goes wrong here is told to whoever asks first
        serve(build(desk, options, state, Workers(searches, writer)), options, STOP_SIGNALS)


def serve(application: TelegramBot, options: TelegramOptions, stop_signals: Sequence[int] | None) -> None:
    """Take updates until a signal comes (None: until the application is told to stop)."""
    common: dict[str, Any] = {
        "bootstrap_retries": START_RETRIES,
        "allowed_updates": UPDATES,
        "stop_signals": stop_signals,
        "close_loop": False,
    }
    try:
        if options.webhook_url:
            path = options.secret("path")
            application.run_webhook(
                listen="0.0.0.0",  # noqa: S104 - Telegram calls from outside; it is known by its secret
                port=options.webhook_port,
                url_path=path,
                webhook_url=f"{options.webhook_url.rstrip('/')}/{path}",
                secret_token=options.secret("header"),
                **common,
            )
        else:
            application.run_polling(**common)
    except InvalidToken as error:
        raise BotError(
            "Telegram refuses the bot token. Copy it again from @BotFather into TELEGRAM_BOT_TOKEN, and check that "
            "TELEGRAM_API_URL, if it is set, is a Bot API server's address."
        ) from error
    except BadRequest as error:
        raise BotError(f"Telegram refuses what the bot starts with: {error.message}. Is a setting wrong?") from error
    except OSError as error:
        raise BotError(
            f"port {options.webhook_port} for Telegram's calls can't be opened ({error.strerror}). Name another one: "
            "PRESSCHECK_WEBHOOK_PORT."
        ) from error
    except TelegramError as error:
        host = urlsplit(str(application.bot.base_url)).hostname
        raise BotError(f"Telegram's Bot API at {host} does not answer. Check the network and try again.") from error


def build(desk: Desk, options: TelegramOptions, state: State, workers: Workers) -> TelegramBot:
    """The bot with all its handlers, not yet started."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # else python-telegram-bot warns at each flood control
    base_url = options.base_url.rstrip("/")
    metrics = Metrics()
    answering = Answering(desk, workers.searches, metrics)
    watching = Watching(answering, state)
    inbox = Inbox(state)
    beside = Beside(desk, options, watching, metrics, inbox)
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
        .concurrent_updates(ChatOrder(state, metrics))
        .post_init(beside.start)
        .post_stop(beside.stop)
        .post_shutdown(_hang_up)
        .build()
    )
    application.add_handler(TypeHandler(Update, Gate(options).check), group=-1)
    if options.admins:  # to anybody else these commands are unknown
        _add_admin_handlers(application, options.admins, state, Shelving(desk, workers.writer, watching))
    _add_handlers(application, answering, state, Delivery(state, base_url), watching)
    application.add_error_handler(Failure(metrics).apologise)
    return application


def _add_handlers(
    application: TelegramBot, answering: Answering, state: State, delivery: Delivery, watching: Watching
) -> None:
    person, meant = FromPerson(), FromPerson() & Addressed()
    asking = Asking(answering, state, delivery)
    listing = Listing(answering, asking, watching, state)
    commands = Commands(answering, asking, listing, state)
    for owner, names in (
        (commands, ("start", "help", "sources")),
        (listing, ("compare", "chart", "benchmarks", "models", "conflicts", "latest", "settings")),
        (watching, ("watch", "unwatch")),
        (asking, ("ask",)),
    ):
        for name in names:
            application.add_handler(CommandHandler(name, getattr(owner, name), filters=person))
    application.add_handler(CallbackQueryHandler(Pressing(answering, asking, state).press))
    application.add_handler(InlineQueryHandler(Inline(answering, delivery).offer))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, commands.moved))
    application.add_handler(MessageHandler(meant & filters.COMMAND, commands.unknown))
    application.add_handler(MessageHandler(meant & (filters.TEXT | filters.CAPTION), asking.question))
    application.add_handler(MessageHandler(meant & ~filters.StatusUpdate.ALL, asking.no_words))


def _add_admin_handlers(application: TelegramBot, admins: frozenset[int], state: State, shelving: Shelving) -> None:
    admin = filters.User(admins)
    sent = filters.ChatType.PRIVATE | filters.CaptionRegex(r"^/add\b")
    upload = admin & filters.Document.ALL & filters.UpdateType.MESSAGE & sent
    application.add_handler(MessageHandler(upload, shelving.upload))
    for name in ("add", "remove", "rebuild"):
        handler = getattr(shelving, name)
        application.add_handler(CommandHandler(name, handler, filters=admin & filters.UpdateType.MESSAGE))
    application.add_handler(CommandHandler("status", shelving.status, filters=admin))
    application.add_handler(CommandHandler("stats", Administration(state).stats, filters=admin))


class Beside:
    """What runs beside the answering: the menus at the start, a folder that is followed, a port for probes."""

    def __init__(
        self, desk: Desk, options: TelegramOptions, watching: Watching, metrics: Metrics, inbox: Inbox
    ) -> None:
        self._admins, self._inbox = options.admins, inbox
        folder = options.watched
        self._following = Following(desk, folder, watching, options.admins) if folder else None
        self._health = HealthServer(options.health_port, metrics) if options.health_port is not None else None

    async def start(self, application: TelegramBot) -> None:
        """Once the bot knows Telegram."""
        if self._health:
            self._health.start()
        if self._following:
            await self._following.start(application.bot)
        await self._inbox.resume(application.bot)
        await _register(application.bot, self._admins)

    async def stop(self, _application: TelegramBot) -> None:
        """When the bot has stopped."""
        if self._following:
            await self._following.stop()
        if self._health:
            self._health.stop()


async def _hang_up(application: TelegramBot) -> None:
    """Close the connections of a bot that could not start, too."""
    await application.bot.shutdown()


async def _register(bot: Bot, admins: frozenset[int]) -> None:
    """Each kind of chat lists the commands that it has."""
    try:
        await bot.set_my_commands(bot_commands(COMMANDS), BotCommandScopeAllPrivateChats())
        await bot.set_my_commands(bot_commands(GROUP_COMMANDS), BotCommandScopeAllGroupChats())
        for admin in sorted(admins):
            await bot.set_my_commands(bot_commands((*COMMANDS, *ADMIN_COMMANDS)), BotCommandScopeChat(admin))
    except TelegramError as error:
        log.warning("the menu of commands was not set", exc_info=error)
