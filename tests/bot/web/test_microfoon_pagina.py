"""Speaking in the browser chat, in a real Chromium with its own fake microphone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

from bot.diensten import geluid
from bot.web.server import draai, maak_web
from dialogen.basis import Invoer, Soort
from tests.bot.web.conftest import VLAGGEN, chromium
from tests.bot.web.kijken import BREEDTES, ernstig, knop, open_chat, past
from tests.bot.web.nep import NepMotor, maak

pytestmark = [pytest.mark.pagina, pytest.mark.asyncio(loop_scope="module")]
NEP = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@dataclass
class Band:
    """What arrived; ``weigert`` makes it fail so many times first."""

    opnamen: list[bytes] = field(default_factory=list)
    weigert: int = 0

    async def neem(self, adres: str, kenmerk: str, ruw: bytes) -> Invoer:
        """Keep it."""
        if self.weigert:
            self.weigert -= 1
            raise OSError("disk full")
        self.opnamen.append(ruw)
        return Invoer(Soort.SPRAAK, f"web.{kenmerk}")


@pytest.fixture
def band() -> Band:
    return Band()


@pytest_asyncio.fixture(loop_scope="module", params=[NEP])
async def pagina(request: pytest.FixtureRequest, motor: NepMotor, band: Band) -> AsyncIterator[Page]:
    """The chat in a browser with these flags; fails on any error of the page."""
    loper = await draai(maak_web(replace(maak(motor), spraak=band.neem)), "127.0.0.1", 0)
    fouten: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=[*VLAGGEN, *request.param])
        basis = f"http://127.0.0.1:{loper.addresses[0][1]}"
        venster = await browser.new_context(base_url=basis, viewport={"width": 390, "height": 844})
        venster.on("weberror", lambda fout: fouten.append(str(fout.error)))
        yield await open_chat(venster)
        await browser.close()
    await loper.cleanup()
    assert fouten == []


async def spreek(pagina: Page, seconden: float = 1.5) -> None:
    await knop(pagina, "Inspreken").click()
    await expect(knop(pagina, "Stop")).to_be_focused()
    await asyncio.sleep(seconden)  # the fake microphone beeps in real time
    await pagina.keyboard.press("Enter")
    await expect(knop(pagina, "Versturen")).to_be_focused()


async def test_recorded_with_the_keyboard_and_sent(pagina: Page, motor: NepMotor, band: Band) -> None:
    await spreek(pagina)
    assert await pagina.locator("#opnameterug").is_visible()
    await pagina.keyboard.press("Enter")
    await expect(pagina.locator(".zelf").last).to_contain_text("🎤 0:0")
    await expect(knop(pagina, "Inspreken")).to_be_focused()
    (opname,) = band.opnamen
    noot = await asyncio.to_thread(geluid.maak_noot, opname)
    feiten = await asyncio.to_thread(geluid.feiten, noot.inhoud)
    assert (feiten.codec, feiten.hertz, feiten.kanalen) == ("opus", 48_000, 1)
    assert 700 < feiten.duur < 6000
    gezegd = list(motor.binnen.values())[-1]
    assert getattr(gezegd, "invoer", None) is not None
    await pagina.reload()
    await expect(pagina.locator(".zelf").last).to_contain_text("🎤 0:0")  # that it was said stays in the tab
    assert len(band.opnamen) == 1


async def test_thrown_away(pagina: Page, band: Band) -> None:
    await knop(pagina, "Inspreken").click()
    await knop(pagina, "Weg").click()
    await expect(knop(pagina, "Inspreken")).to_be_focused()
    await spreek(pagina, 0.6)
    await knop(pagina, "Weg").click()
    await expect(pagina.get_by_label("Schrijf een bericht")).to_be_visible()
    assert band.opnamen == []


async def test_a_server_that_fails_is_asked_again(pagina: Page, band: Band) -> None:
    band.weigert = 1
    await spreek(pagina, 0.6)
    await knop(pagina, "Versturen").click()
    await expect(pagina.locator(".zelf").last).to_contain_text("🎤", timeout=8000)
    assert len(band.opnamen) == 1


async def test_it_is_accessible_and_fits(pagina: Page) -> None:
    assert await ernstig(pagina) == []
    await spreek(pagina, 0.6)
    assert await ernstig(pagina) == []
    for breedte in BREEDTES:
        await pagina.set_viewport_size({"width": breedte, "height": 700})
        assert await past(pagina, ".onder")


@pytest.mark.parametrize("pagina", [()], indirect=True)
async def test_without_a_microphone_there_is_a_kind_word(pagina: Page, band: Band) -> None:
    await knop(pagina, "Inspreken").click()
    await expect(pagina.get_by_role("status")).to_contain_text("microfoon")
    await expect(pagina.get_by_label("Schrijf een bericht")).to_be_visible()
    assert band.opnamen == []
