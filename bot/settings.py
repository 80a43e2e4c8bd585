"""The environment in → settings records, made once at the edge and passed on. Home of pydantic-settings."""

import hashlib
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from platformdirs import user_cache_path, user_data_path, user_state_path
from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import BotError
from index import DEFAULT_ENCODER, SHIPPED

SOURCE = SettingsConfigDict(env_prefix="PRESSCHECK_", env_ignore_empty=True, frozen=True, hide_input_in_errors=True)


class SettingsError(BotError):
    """A setting that can't be used; says which, its value and what would do."""


def _ids(value: object) -> object:
    """42, "42", "42, 43" and "[42, 43]" as a list of numbers. Raises ValueError."""
    if not isinstance(value, str):
        return [value] if isinstance(value, int) else value
    listed = re.sub(r"^\s*\[(.*)\]\s*$", r"\1", value, flags=re.DOTALL)
    words = [word.strip("\"'") for word in re.split(r"[\s,;]+", listed) if word]
    if not all(re.fullmatch(r"-?[0-9]{1,18}", word) for word in words):
        raise ValueError("ids are numbers, as in 42 or 42,43, not names")
    return [int(word) for word in words]


Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)]


class _Checked(BaseSettings):
    """Settings whose mistakes are told in a sentence."""

    model_config = SOURCE

    @classmethod
    def read(cls, **named: Any) -> Self:
        """The environment's settings, and over them those that are named. Raises SettingsError."""
        try:
            return cls(**named)
        except ValidationError as error:
            raise SettingsError(_sentence(cls, error.errors(include_url=False)[0])) from None


class Settings(_Checked):
    """What a user of any command may set; some of it is also an option of the commands."""

    corpus: Path = Field(default=SHIPPED, description="folder of articles")
    index: Path | None = Field(default=None, description="folder of the index (default: in the user's data folder)")
    encoder: str = Field(default=DEFAULT_ENCODER, description="sentence-transformers model, by name or folder")
    reranker: str | None = Field(
        default=None, description="sentence-transformers cross-encoder that ranks in place of the judge that ships"
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("presscheck") / "encoders",
        description="folder of exported encoders, which indexes link to",
    )
    theme: Literal["auto", "dark", "light"] = Field(
        default="auto", description="colours of the terminal: auto, dark or light; NO_COLOR turns them off"
    )

    def index_folder(self) -> Path:
        """Where the index is: each corpus has a folder of its own unless one is named."""
        if self.index is not None:
            return self.index
        place = self.corpus.resolve()
        mark = hashlib.sha256(str(place).encode()).hexdigest()[:8]
        return user_data_path("presscheck") / "indexes" / f"{place.name}-{mark}"

    def history_file(self) -> Path:
        """What was typed in chats, for the arrow keys and Ctrl-R."""
        return user_state_path("presscheck") / "history"

    def conversation_file(self) -> Path:
        """The last chat's conversation, for `chat --resume`."""
        return user_state_path("presscheck") / "conversation.json"


class BotSettings(_Checked):
    """What the owner of a Telegram bot may set. Only the bot reads it: no other command fails for it."""

    token: SecretStr | None = Field(
        default=None, validation_alias="TELEGRAM_BOT_TOKEN", description="the Telegram bot's token"
    )
    admins: Ids = Field(
        default=frozenset(),
        description="ids of the bot's admins: `42`, or `42,43` (default: who knows the start's code)",
    )
    allowed: Ids = Field(
        default=frozenset(), description="ids of the only people and chats that the bot answers: `42,-1001234`"
    )
    keep_days: int = Field(
        default=30, ge=1, le=3650, description="days after which the bot forgets what people asked and were answered"
    )
    questions_per_minute: int = Field(default=20, ge=1, description="how many questions the bot takes of one person")
    api_url: str = Field(
        default="https://api.telegram.org",
        validation_alias="TELEGRAM_API_URL",
        description="the Bot API server, where you run your own",
    )
    state: Path | None = Field(
        default=None, description="file that the bot keeps its memory in (default: beside the index)"
    )
    watch: bool = Field(default=False, description="whether the bot follows its corpus' folder and tells what came")
    webhook_url: str = Field(
        default="",
        validation_alias="TELEGRAM_WEBHOOK_URL",
        description="https address at which Telegram reaches the bot; without it the bot asks Telegram",
    )
    webhook_port: int = Field(default=8443, ge=1, le=65535, description="port that the bot listens on for Telegram")
    health_port: int | None = Field(
        default=None, ge=1, le=65535, description="port for /healthz and /metrics (default: none)"
    )
    health_address: str = Field(
        default="127.0.0.1", description="address that this port listens on; 0.0.0.0 is every address of the machine"
    )


def _sentence(settings: type[BaseSettings], error: ErrorDetails) -> str:
    """What is wrong with a setting. A secret is not shown."""
    name = str(error["loc"][0])
    field = settings.model_fields.get(name)
    variable = name if field is None else str(field.validation_alias or f"PRESSCHECK_{name.upper()}")
    given = error["input"]
    shown = "" if field is None or field.annotation == SecretStr | None else f" is {str(given)[:60]!r}, which"
    return f"{variable}{shown} can't be used: {_wanted(error)}."


def _wanted(error: ErrorDetails) -> str:
    limits = error.get("ctx", {})
    match error["type"]:
        case "value_error":
            return str(limits["error"])
        case "int_parsing" | "int_type" | "int_from_float":
            return "write a whole number"
        case "greater_than_equal":
            return f"write a number from {limits['ge']} on"
        case "less_than_equal":
            return f"write a number up to {limits['le']}"
        case "bool_parsing" | "bool_type":
            return "write true or false"
        case "literal_error":
            return f"write {limits['expected']}"
        case _:
            return error["msg"]


def fonts_folder() -> Path:
    """Where matplotlib keeps its list of fonts, once a chart was drawn."""
    return user_cache_path("presscheck") / "matplotlib"
