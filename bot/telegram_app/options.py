"""What an operator can set → one record, made once and handed on."""

import hmac
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.errors import BotError
from bot.state import KEEP_DAYS


class TelegramOptions(BaseModel):
    """How the bot runs. `state_file` None keeps the bot's memory in the process."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")

    token: str = ""
    base_url: str = "https://api.telegram.org"
    state_file: Path | None = None
    search_threads: int = 4
    admins: frozenset[int] = frozenset()  # people's ids
    allowed: frozenset[int] = frozenset()  # people's and chats' ids; empty: everybody may ask
    questions_per_minute: int = 20  # of one person
    keep_days: int = KEEP_DAYS  # what people asked and were answered
    watched: Path | None = None  # a folder whose changes go into the index while the bot runs
    webhook_url: str = ""  # https://…: Telegram calls it; empty: the bot asks Telegram
    webhook_port: int = 8443
    health_port: int | None = None  # /healthz and /metrics
    health_address: str = "127.0.0.1"  # they are nobody's business outside

    def own_state_file(self) -> Path | None:
        """The state file of this very bot: another one, with another token, counts messages and updates its own way."""
        if self.state_file is None:
            return None
        bot = self.checked_token().partition(":")[0]
        return self.state_file.with_name(f"{self.state_file.stem}-{bot}{self.state_file.suffix}")

    def secret(self, purpose: str) -> str:
        """A word that nobody can guess who does not know the token; the same at every start."""
        return hmac.new(self.checked_token().encode(), purpose.encode(), "sha256").hexdigest()[:40]

    def checked_token(self) -> str:
        """The token, if it can be one. Raises BotError; never shows the token."""
        number, colon, secret = self.token.strip().partition(":")
        if not self.token.strip():
            raise BotError("There is no bot token. Get one from @BotFather and set TELEGRAM_BOT_TOKEN to it.")
        if not (number.isascii() and number.isdigit() and colon and secret.replace("-", "").replace("_", "").isalnum()):
            raise BotError(
                "The bot token is not one: it should look like 123456789:AAF…. "
                "Copy it again from @BotFather into TELEGRAM_BOT_TOKEN."
            )
        return self.token.strip()
