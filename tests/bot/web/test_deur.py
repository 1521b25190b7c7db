"""The screen at the door: what a tablet gets, what a parent's browser gets, and how it looks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser, expect

from bot.deur import beeld
from bot.kanalen.basis import Ontvangst
from bot.links import Links
from bot.web.basis import DeurBeeld
from bot.web.server import draai, maak_web
from dialogen.basis import Soort
from opslag.deur import Scherm
from tests.bot.web.kijken import ernstig, past
from tests.bot.web.nep import CODE, Klant, NepMotor, maak

ADRES = "12-" + "A" * 24
DEURCODE = "deur-12-" + "B" * 24
SCHERM = Scherm(
    "Koffie voor ouders", datetime(2026, 12, 8, 8, 30, tzinfo=UTC), "de ouderkamer", "De Regenboog", "Europe/Amsterdam",
    "open", DEURCODE, 17,
)  # fmt: skip


@dataclass
class Deur:
    """What the screen shows is set here."""

    toont: DeurBeeld | None = field(default_factory=lambda: beeld(SCHERM, Links("https://inloop.example")))
    stuk: bool = False

    async def haal(self, adres: str) -> DeurBeeld | None:
        if self.stuk:
            raise OSError("away")
        return self.toont if adres == ADRES else None


@pytest.fixture
def deur() -> Deur:
    return Deur()


@pytest_asyncio.fixture
async def tablet(motor: NepMotor, deur: Deur) -> AsyncIterator[Klant]:
    """A browser at the door."""
    async with TestClient(TestServer(maak_web(replace(maak(motor), deur=deur.haal)))) as klant:
        yield klant


async def test_de_code_staat_als_plaatje_op_de_pagina(tablet: Klant) -> None:
    antwoord = await tablet.get(f"/deur/{ADRES}")
    tekst = await antwoord.text()
    assert antwoord.status == 200
    assert '<meta http-equiv="refresh" content="17">' in tekst
    assert "<svg" in tekst
    assert "Koffie voor ouders" in tekst
    assert "dinsdag 8 december" in tekst
    assert "09:30" in tekst
    assert tekst.count("<script") == 1
    assert "style=" not in tekst
    assert "default-src 'none'" in antwoord.headers["Content-Security-Policy"]
    assert antwoord.headers["Cache-Control"] == "no-store"
    assert antwoord.cookies == {}


@pytest.mark.parametrize("staat", ["vroeg", "voorbij", "afgelast"])
async def test_een_dichte_deur_heeft_geen_code(tablet: Klant, deur: Deur, staat: str) -> None:
    deur.toont = beeld(replace(SCHERM, staat=staat, code=""), Links("https://inloop.example"))
    tekst = await (await tablet.get(f"/deur/{ADRES}")).text()
    assert "<svg" not in tekst
    assert ("om 09:00" in tekst) == (staat == "vroeg")
    assert ("gaat niet door" in tekst) == (staat == "afgelast")
    assert 'content="60"' in tekst


@pytest.mark.parametrize("adres", ["12-" + "C" * 24, "12-kort", "x", f"{ADRES}A", "9" * 30 + "-" + "A" * 24])
async def test_een_ander_adres_is_er_niet(tablet: Klant, adres: str) -> None:
    assert (await tablet.get(f"/deur/{adres}")).status == 404


async def test_zonder_database_probeert_het_scherm_het_zo_weer(tablet: Klant, deur: Deur) -> None:
    deur.stuk = True
    antwoord = await tablet.get(f"/deur/{ADRES}")
    assert (antwoord.status, antwoord.headers["Refresh"]) == (503, "5")


async def test_een_ouder_in_de_browser_komt_in_het_eigen_gesprek(tablet: Klant, motor: NepMotor) -> None:
    await tablet.get(f"/chat/{CODE}")
    antwoord = await tablet.get(f"/hier/{DEURCODE}", allow_redirects=False)
    assert (antwoord.status, antwoord.headers["Location"]) == (303, f"/chat/{CODE}")
    (wat,) = motor.binnen.values()
    assert isinstance(wat, Ontvangst)
    assert (wat.invoer.soort, wat.invoer.waarde) == (Soort.START, DEURCODE)


async def test_wie_geen_gesprek_heeft_hoort_wat_te_doen(tablet: Klant, motor: NepMotor) -> None:
    antwoord = await tablet.get(f"/hier/{DEURCODE}")
    assert antwoord.status == 200
    assert "Zeg tegen het team" in await antwoord.text()
    tablet.session.cookie_jar.update_cookies({"inloop_hier": "vals.1"})
    assert (await tablet.get(f"/hier/{DEURCODE}")).status == 200
    assert motor.binnen == {}


async def test_zonder_inbox_hoort_de_browser_straks_weer(tablet: Klant, motor: NepMotor) -> None:
    await tablet.get(f"/chat/{CODE}")
    motor.stuk = True
    assert (await tablet.get(f"/hier/{DEURCODE}", allow_redirects=False)).status == 503


@pytest.mark.pagina
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("maat", [(834, 1112), (1112, 834), (390, 844)], ids=str)
@pytest.mark.parametrize("staat", ["open", "vroeg"])
@pytest.mark.parametrize("kleur", ["light", "dark"])
async def test_het_scherm_is_te_lezen(browser: Browser, maat: tuple[int, int], staat: str, kleur: str) -> None:
    """Nothing is cut off, the code is large, and axe has no complaints."""
    deur = Deur()
    if staat != "open":
        deur.toont = beeld(replace(SCHERM, staat=staat, code=""), Links("https://inloop.example"))
    loper = await draai(maak_web(replace(maak(NepMotor()), deur=deur.haal)), "127.0.0.1", 0)
    venster = await browser.new_context(
        base_url=f"http://127.0.0.1:{loper.addresses[0][1]}",
        viewport={"width": maat[0], "height": maat[1]},
        color_scheme="dark" if kleur == "dark" else "light",
    )
    fouten: list[str] = []
    pagina = await venster.new_page()
    pagina.on("console", lambda regel: fouten.append(regel.text) if regel.type == "error" else None)
    await pagina.goto(f"/deur/{ADRES}")
    assert fouten == []
    assert await past(pagina, "html")
    if staat == "open":
        vak = await pagina.locator(".qr svg").bounding_box()
        assert vak is not None
        assert min(vak["width"], vak["height"]) >= 0.44 * min(maat)
        assert vak["y"] + vak["height"] <= maat[1], "de code staat zonder schuiven in beeld"
    assert await ernstig(pagina) == []
    await venster.close()
    await loper.cleanup()


@pytest.mark.pagina
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("script", [True, False])
async def test_de_code_wisselt_vanzelf(browser: Browser, script: bool) -> None:
    """With a script, and on a tablet that has none. With one an answer that fails leaves the old code standing."""
    deur = Deur(beeld(replace(SCHERM, ververs=1), Links("https://inloop.example")))
    loper = await draai(maak_web(replace(maak(NepMotor()), deur=deur.haal)), "127.0.0.1", 0)
    basis = f"http://127.0.0.1:{loper.addresses[0][1]}"
    venster = await browser.new_context(base_url=basis, java_script_enabled=script)
    pagina = await venster.new_page()
    await pagina.goto(f"/deur/{ADRES}")
    vakjes = pagina.locator(".qr path").last
    eerst = await vakjes.get_attribute("d")
    deur.toont = beeld(replace(SCHERM, ververs=1, code=DEURCODE[:-1] + "C"), Links("https://inloop.example"))
    await expect(vakjes).not_to_have_attribute("d", eerst or "")
    if script:
        deur.stuk = True
        await pagina.wait_for_event("response", lambda antwoord: antwoord.status == 503)
        await expect(vakjes).to_be_visible()
    await venster.close()
    await loper.cleanup()
