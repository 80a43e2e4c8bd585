"""The environment in → one settings record, made once at the edge and passed on. Home of pydantic-settings."""

import hashlib
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path, user_data_path, user_state_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from index import DEFAULT_ENCODER, SHIPPED


class Settings(BaseSettings):
    """What a user may set; every field but the bot's is also an option of the commands."""

    model_config = SettingsConfigDict(env_prefix="PRESSCHECK_", frozen=True)

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
    token: SecretStr | None = Field(
        default=None, validation_alias="TELEGRAM_BOT_TOKEN", description="the Telegram bot's token"
    )
    admins: frozenset[int] = Field(default=frozenset(), description="ids of the bot's admins, as a JSON list")
    allowed: frozenset[int] = Field(
        default=frozenset(), description="ids of the only people and chats that the bot answers, as a JSON list"
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


def fonts_folder() -> Path:
    """Where matplotlib keeps its list of fonts, once a chart was drawn."""
    return user_cache_path("presscheck") / "matplotlib"
