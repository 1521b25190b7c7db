"""What the browser tests look with."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.bot.web.nep import CODE

BREEDTES = [320, 390, 1280]
"""Widths of a screen in CSS pixels: a very small phone, a phone, a laptop."""


async def open_chat(venster: BrowserContext, code: str = CODE) -> Page:
    """The chat, with its first messages in place."""
    pagina = await venster.new_page()
    await pagina.goto(f"/chat/{code}")
    await expect(pagina.locator(".keuzes button").first).to_be_visible()
    return pagina


def knop(pagina: Page, naam: str) -> Locator:
    return pagina.get_by_role("button", name=naam, exact=True)


async def ernstig(pagina: Page) -> list[str]:
    """What axe calls serious or critical."""
    gevonden: Any = (await Axe().run(pagina)).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in gevonden if v["impact"] in ("serious", "critical")]


async def past(pagina: Page, vak: str) -> bool:
    """Whether nothing in it is wider than it is."""
    maat = "([s]) => { const e = document.querySelector(s); return e.scrollWidth <= e.clientWidth }"
    return bool(await pagina.evaluate(maat, [vak]))
