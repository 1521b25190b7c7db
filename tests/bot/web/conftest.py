"""The web server around the scripted engine. For the real application: give ``gegeven`` another ``Web``."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, async_playwright

from bot.web.basis import Web
from bot.web.server import draai, maak_web
from tests.bot.web.nep import CODE, Klant, NepMotor, maak

VLAGGEN = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture
def motor() -> NepMotor:
    """A fresh engine."""
    return NepMotor()


@pytest.fixture
def gegeven(motor: NepMotor) -> Web:
    """What the server is given."""
    return maak(motor)


@pytest_asyncio.fixture
async def klant(gegeven: Web) -> AsyncIterator[Klant]:
    """A client with a cookie jar, like one browser."""
    async with TestClient(TestServer(maak_web(gegeven))) as klant:
        yield klant


@pytest_asyncio.fixture
async def binnen(klant: Klant) -> Klant:
    """A client that has opened the chat page and holds its key."""
    antwoord = await klant.get(f"/chat/{CODE}")
    assert antwoord.status == 200
    return klant


def chromium() -> str:
    """Where the browser is: ``CHROMIUM``, Debian's place, or on the path. Skips when there is none."""
    gevonden = (os.environ.get("CHROMIUM"), "/usr/bin/chromium", shutil.which("chromium"))
    for plek in (*gevonden, shutil.which("google-chrome")):
        if plek and Path(plek).exists():
            return plek
    pytest.skip("no Chromium here")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all tests here."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=VLAGGEN)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def basis(motor: NepMotor) -> AsyncIterator[str]:
    """The address of a running server. For the real application: start that one here."""
    loper = await draai(maak_web(maak(motor)), "127.0.0.1", 0)
    yield f"http://127.0.0.1:{loper.addresses[0][1]}"
    await loper.cleanup()


@pytest_asyncio.fixture(loop_scope="module")
async def venster(browser: Browser, basis: str) -> AsyncIterator[BrowserContext]:
    """A clean browser profile; fails the test on any error in the page's console."""
    fouten: list[str] = []
    venster = await browser.new_context(base_url=basis, viewport={"width": 390, "height": 844})
    venster.on("weberror", lambda fout: fouten.append(str(fout.error)))
    venster.on("console", lambda regel: fouten.append(regel.text) if _klacht(regel) else None)
    yield venster
    await venster.close()
    assert fouten == []


def _klacht(regel: ConsoleMessage) -> bool:
    """Whether the browser complains about our page (a refused style, a script error), not about an answer."""
    return regel.type == "error" and not regel.text.startswith("Failed to load resource")
