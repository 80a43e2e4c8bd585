"""Log records in → one JSON object a line on stderr, without message texts, values or the token, out."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

from telegram.error import TelegramError

from index import PressCheckError

OURS = "bot"


class JsonLines(logging.Formatter):
    """Our own events with their fields. Of other libraries' records only the template: their values hold messages."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": str(record.msg),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = describe(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def describe(error: BaseException) -> dict[str, object]:
    """An error's type and the lines it came through. Its words only where they can't hold what a person wrote."""
    described: dict[str, object] = {"type": type(error).__name__, "at": _frames(error.__traceback__)}
    if isinstance(error, TelegramError) and "token" not in str(error).lower():
        described["reason"] = str(error)
    if isinstance(error, PressCheckError):
        described["reason"] = str(error)
    if error.__cause__ is not None:
        described["cause"] = describe(error.__cause__)
    return described


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def start_logging() -> None:
    """Send every record of this process to stderr as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.INFO)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for chatty in ("apscheduler", "tornado.access", "tornado.general"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.WARNING)
    # It calls each flood control an error that Patience deals with.
    logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)
    logging.getLogger(OURS).setLevel(logging.INFO)
