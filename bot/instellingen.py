"""Settings, from the environment only. Frozen; secrets are never printed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

VERWERKERS = ("libretranslate", "deepl", "microsoft")
"""Services that can process on a school's behalf, under an agreement or on its own machine. The public pages of Google
and MyMemory cannot: words of parents never go there.
"""


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
    listen_model: str = ""
    """Folder of a faster-whisper model on this machine, to write out what is spoken; empty: it is only heard."""
    log: Literal["json", "console"] = "console"
    translate_service: Literal["", "google", "mymemory", "deepl", "microsoft", "libretranslate"] = ""
    """Who translates what staff write; '' is nobody: then parents read the Dutch with an explanation."""
    translate_url: str = ""
    translate_key: SecretStr = SecretStr("")
    translate_region: str = ""
    translate_timeout: float = Field(10.0, gt=0, le=60)
    """Seconds one call may take."""
    translate_parents: bool = False
    """Whether parents' own words are translated for staff; only by one of ``VERWERKERS``."""

    @field_validator("telegram_webhook", "telegram_api", "web_url", "translate_url")
    @classmethod
    def _is_adres(cls, waarde: str) -> str:
        if waarde and not waarde.startswith(("https://", "http://")):
            raise ValueError("moet met https:// beginnen")
        return waarde.rstrip("/")

    @model_validator(mode="after")
    def _vertaalt(self) -> Instellingen:
        dienst, sleutel = self.translate_service, self.translate_key.get_secret_value()
        if dienst == "libretranslate" and not self.translate_url:
            raise ValueError(
                "INLOOP_TRANSLATE_SERVICE=libretranslate vraagt om INLOOP_TRANSLATE_URL, het adres van de server"
            )
        if dienst in {"deepl", "microsoft"} and not sleutel:
            raise ValueError(f"INLOOP_TRANSLATE_SERVICE={dienst} vraagt om INLOOP_TRANSLATE_KEY, de sleutel")
        if self.translate_parents and dienst not in VERWERKERS:
            raise ValueError(
                "INLOOP_TRANSLATE_PARENTS mag alleen met een verwerker: libretranslate (van uzelf), deepl of microsoft"
            )
        return self
