"""Both Telegram libraries on the strict Bot API server; a test that asks for `bot` runs once per library."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator, Callable

import pytest

from bot.kanalen.telegram_basis import TelegramBasis
from tests.botapi import TOKEN, BotApi

Maak = Callable[..., TelegramBasis]
SOORTEN = {"ptb": "TelegramPtb", "aiogram": "TelegramAiogram"}


@pytest.fixture(params=SOORTEN)
def bibliotheek(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def maak(api: BotApi, bibliotheek: str) -> AsyncIterator[Maak]:
    """Makes channels of this library on the server, and closes them."""
    klasse = getattr(importlib.import_module(f"bot.kanalen.telegram_{bibliotheek}"), SOORTEN[bibliotheek])
    gemaakt: list[TelegramBasis] = []

    def maak(token: str = TOKEN, adres: str = "", webhook: str = "") -> TelegramBasis:
        gemaakt.append(klasse(token, adres or api.url, webhook, "een-geheim"))
        return gemaakt[-1]

    yield maak
    for kanaal in gemaakt:
        await kanaal.sluit()


@pytest.fixture
async def bot(maak: Maak) -> TelegramBasis:
    kanaal = maak()
    await kanaal.begin()
    return kanaal
