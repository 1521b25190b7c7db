"""A running server, and bare HTTP to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.botapi import BotApi

if TYPE_CHECKING:
    from tests.botapi.bots import Bot

Roep = Callable[..., Coroutine[Any, Any, tuple[int, dict[str, Any]]]]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as draaiend:
        yield draaiend


@pytest.fixture
async def roep(api: BotApi) -> AsyncIterator[Roep]:
    """Call a method with plain JSON: `await roep("sendMessage", chat_id=1)` gives the HTTP code and the body."""
    async with aiohttp.ClientSession() as sessie:

        async def doe(methode: str, **args: object) -> tuple[int, dict[str, Any]]:
            async with sessie.post(f"{api.url}/bot{api.token}/{methode}", json=args) as antwoord:
                return antwoord.status, await antwoord.json()

        yield doe


@pytest.fixture(autouse=True)
def _ptb_telt_in_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this, python-telegram-bot warns at every RetryAfter, and a warning is an error here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture(params=["aiogram", "ptb"])
async def bot(api: BotApi, request: pytest.FixtureRequest) -> AsyncIterator[Bot]:
    """Either library, for tests that both must pass."""
    from tests.botapi import bots  # here, because importing aiogram takes seconds

    async with (bots.met_aiogram if request.param == "aiogram" else bots.met_ptb)(api) as gekozen:
        yield gekozen
