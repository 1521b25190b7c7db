"""Settings, from the environment only. Frozen; secrets are never printed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Instellingen(BaseSettings):
    """``INLOOP_…``. Raises ``pydantic.ValidationError`` for a value that cannot be."""

    model_config = SettingsConfigDict(env_prefix="INLOOP_", frozen=True, extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite:///inloop.db"
    telegram_token: SecretStr = SecretStr("")
    telegram_api: str = "https://api.telegram.org"
    telegram_library: Literal["ptb", "aiogram"] = "ptb"
    telegram_webhook: str = ""
    telegram_tempo: float = Field(29.7, gt=0, le=1000)
    """Messages a second in all. Telegram allows a bot 30; a Bot API server of one's own may allow more."""
    web_host: str = "127.0.0.1"
    web_port: int = Field(8080, ge=0, le=65535)
    web_url: str = ""
    """The public address of our own pages, for links to them; empty: the webhook's, else host and port."""
    secret: SecretStr = SecretStr("")
    log: Literal["json", "console"] = "console"

    @field_validator("telegram_webhook", "telegram_api", "web_url")
    @classmethod
    def _is_adres(cls, waarde: str) -> str:
        if waarde and not waarde.startswith(("https://", "http://")):
            raise ValueError("moet met https:// beginnen")
        return waarde.rstrip("/")
