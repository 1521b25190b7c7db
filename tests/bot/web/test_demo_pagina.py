"""The demo page and the page for a lost link, in a real Chromium."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import BrowserContext, expect

from tests.bot.web.kijken import BREEDTES, ernstig, past

pytestmark = [pytest.mark.pagina, pytest.mark.asyncio(loop_scope="module")]


@pytest.mark.parametrize("schema", ["light", "dark"])
@pytest.mark.parametrize("breedte", BREEDTES)
@pytest.mark.parametrize("pad", ["/", "/chat/onbekend"])
async def test_demo_and_lost_page(venster: BrowserContext, schema: Any, breedte: int, pad: str) -> None:
    pagina = await venster.new_page()
    await pagina.emulate_media(color_scheme=schema, reduced_motion="reduce")
    await pagina.set_viewport_size({"width": breedte, "height": 800})
    await pagina.goto(pad, wait_until="load")
    assert await ernstig(pagina) == []
    assert await past(pagina, "html")


async def test_demo_shows_three_phones_that_talk(venster: BrowserContext) -> None:
    pagina = await venster.new_page()
    await pagina.set_viewport_size({"width": 1280, "height": 900})
    await pagina.goto("/")
    vader = pagina.frame_locator("iframe[title='Telefoon van Marek (vader)']")
    await vader.get_by_role("button", name="Nederlands").click()
    await vader.get_by_role("button", name="❌ Ik kan niet").click()
    await expect(vader.get_by_role("button", name="🕘 Tijd of werk")).to_be_visible()
    for titel in ("Telefoon van Yasmin (moeder)", "Telefoon van Samira (collega)"):
        await expect(pagina.frame_locator(f"iframe[title='{titel}']").locator(".bel")).to_have_count(2)
    async with pagina.expect_download() as ophalen:
        await pagina.get_by_role("link", name="Download de redenen").click()
    assert (await ophalen.value).suggested_filename == "redenen.csv"


async def test_demo_on_a_phone_has_tabs(venster: BrowserContext) -> None:
    pagina = await venster.new_page()
    await pagina.goto("/")
    tab = pagina.get_by_role("tab", name="Moeder")
    await expect(tab).to_have_attribute("aria-selected", "true")
    await tab.focus()
    await pagina.keyboard.press("ArrowRight")
    await expect(pagina.get_by_role("tab", name="Vader")).to_be_focused()
    await expect(pagina.get_by_role("tabpanel")).to_have_count(1)
    await expect(pagina.get_by_title("Telefoon van Marek (vader)")).to_be_visible()
    await pagina.set_viewport_size({"width": 1280, "height": 900})
    await expect(pagina.locator("iframe:visible")).to_have_count(3)
