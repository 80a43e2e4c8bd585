"""A desk and options in → a bot that runs until it is told to stop."""

import logging
import os
import signal
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from telegram import (
    Bot,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    LinkPreviewOptions,
    Update,
)
from telegram.error import InvalidToken, TelegramError
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
from bot.telegram_app.failure import apologise
from bot.telegram_app.gate import Gate
from bot.telegram_app.inline import Inline
from bot.telegram_app.log import start_logging
from bot.telegram_app.options import TelegramOptions
from bot.telegram_app.order import ChatOrder
from bot.telegram_app.patience import Patience
from bot.telegram_app.pressing import Pressing

log = logging.getLogger(__name__)

TelegramBot = Application[Any, Any, Any, Any, Any, Any]

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
UPDATES = ("message", "edited_message", "callback_query", "inline_query")
START_RETRIES = 3  # some five seconds; longer and whoever started the bot should look
READ_TIMEOUT = 20  # seconds; a request given up earlier may have gone through, and its retry would be a second answer


def run(desk: Desk, **settings: Any) -> None:
    """Answer until SIGTERM or SIGINT. The settings are TelegramOptions's. Raises BotError if the bot can't start."""
    options = TelegramOptions(**settings)
    options.checked_token()
    start_logging()
    with State(options.own_state_file()) as state, ThreadPoolExecutor(options.search_threads, "search") as searches:
        poll(build(desk, options, state, searches), STOP_SIGNALS)


def poll(application: TelegramBot, stop_signals: Sequence[int] | None) -> None:
    """Ask Telegram for updates until a signal comes (None: until the application is told to stop)."""
    try:
        application.run_polling(
            bootstrap_retries=START_RETRIES, allowed_updates=UPDATES, stop_signals=stop_signals, close_loop=False
        )
    except InvalidToken as error:
        raise BotError(
            "Telegram refuses the bot token. Copy it again from @BotFather into TELEGRAM_BOT_TOKEN, and check that "
            "TELEGRAM_API_URL, if it is set, is a Bot API server's address."
        ) from error
    except TelegramError as error:
        host = urlsplit(str(application.bot.base_url)).hostname
        raise BotError(f"Telegram's Bot API at {host} does not answer. Check the network and try again.") from error


def build(desk: Desk, options: TelegramOptions, state: State, searches: Executor) -> TelegramBot:
    """The bot with all its handlers, not yet started."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # else python-telegram-bot warns at each flood control
    base_url = options.base_url.rstrip("/")
    application: TelegramBot = (
        ApplicationBuilder()
        .token(options.checked_token())
        .base_url(f"{base_url}/bot")
        .base_file_url(f"{base_url}/file/bot")
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .read_timeout(READ_TIMEOUT)
        .rate_limiter(Patience())
        .concurrent_updates(ChatOrder(state))
        .post_init(lambda started: _register(started.bot, options.admins))
        .build()
    )
    application.add_handler(TypeHandler(Update, Gate(options).check), group=-1)
    _add_admin_handlers(application, options.admins, Administration(state))
    _add_handlers(application, Answering(desk, searches), state, Delivery(state, base_url))
    return application


def _add_handlers(application: TelegramBot, answering: Answering, state: State, delivery: Delivery) -> None:
    person, meant = FromPerson(), FromPerson() & Addressed()
    asking = Asking(answering, state, delivery)
    commands = Commands(answering, asking, state)
    for name in ("start", "help", "sources"):
        application.add_handler(CommandHandler(name, getattr(commands, name), filters=person))
    application.add_handler(CommandHandler("ask", asking.ask, filters=person))
    application.add_handler(CallbackQueryHandler(Pressing(answering, asking, state).press))
    application.add_handler(InlineQueryHandler(Inline(answering).offer))
    application.add_handler(MessageHandler(meant & filters.COMMAND, commands.unknown))
    application.add_handler(MessageHandler(meant & (filters.TEXT | filters.CAPTION), asking.question))
    application.add_handler(MessageHandler(meant & ~filters.StatusUpdate.ALL, asking.no_words))
    application.add_error_handler(apologise)


def _add_admin_handlers(application: TelegramBot, admins: frozenset[int], administration: Administration) -> None:
    if admins:  # to anybody else these commands are unknown
        application.add_handler(CommandHandler("stats", administration.stats, filters=filters.User(admins)))


async def _register(bot: Bot, admins: frozenset[int]) -> None:
    """Each kind of chat lists the commands that it has."""
    try:
        await bot.set_my_commands(bot_commands(COMMANDS), BotCommandScopeAllPrivateChats())
        await bot.set_my_commands(bot_commands(GROUP_COMMANDS), BotCommandScopeAllGroupChats())
        for admin in sorted(admins):
            await bot.set_my_commands(bot_commands((*COMMANDS, *ADMIN_COMMANDS)), BotCommandScopeChat(admin))
    except TelegramError as error:
        log.warning("the menu of commands was not set", exc_info=error)
