"""The access table, tested whole: each role, each address, own and foreign location; and the ways in and out."""

from __future__ import annotations

import pytest

from bot.web.bureau.basis import IEDEREEN, KOEKJE, stempel
from bot.web.bureau.routes import PAGINAS
from opslag import bureau
from tests.bot.web.bureau.conftest import NU, Kantoor

ROLLEN = sorted(IEDEREEN)


@pytest.mark.parametrize("rol", ROLLEN)
async def test_wie_mag_waar(kantoor: Kantoor, rol: str) -> None:
    """Own: allowed or 403. Foreign: never anything but 403 or 404, and the same 404 as for a location that is not."""
    eigen, vreemd, niet = kantoor.jaar.locaties[0], kantoor.jaar.locaties[1], 999_999
    sleutel = kantoor.binnen(kantoor.collega(rol, eigen))
    for pagina in PAGINAS:
        mag = rol in pagina.rollen
        for nummer in (eigen, vreemd, niet):
            pad = kantoor.adres(pagina.pad, nummer)
            antwoord = await kantoor.klant.request(
                pagina.methode, pad, data={"stempel": stempel(sleutel)}, allow_redirects=False
            )
            hier = nummer == eigen or "{locatie}" not in pagina.pad
            verwacht = 403 if not mag else 404 if not hier else None
            if verwacht is None:  # an empty form is answered with what is missing
                goed = antwoord.status < 400 or (antwoord.status == 400 and pagina.methode == "POST")
                assert goed, (rol, pad, antwoord.status)
                await antwoord.read()
            else:
                assert antwoord.status == verwacht, (rol, pad, antwoord.status)
            if pagina.pad == "/uit" and mag:
                sleutel = kantoor.binnen(kantoor.collega(rol, eigen))


async def test_zonder_sleutel_is_alles_dicht(kantoor: Kantoor) -> None:
    for pagina in PAGINAS:
        pad = kantoor.adres(pagina.pad, kantoor.jaar.locaties[0])
        antwoord = await kantoor.klant.request(pagina.methode, pad)
        assert antwoord.status == 401, pad
        assert "Locatie 1" not in await antwoord.text()


async def test_de_link_opent_pas_na_een_druk_op_de_knop(kantoor: Kantoor) -> None:
    """Whatever only looks at the link (a preview) does not use it up; used, it opens nothing any more."""
    wie = kantoor.collega("coordinator")
    with kantoor.db.transactie() as sessie:
        code = bureau.maak_link(sessie, wie, NU)
    for _ in range(3):
        antwoord = await kantoor.klant.get(f"/bureau/in/{code}")
        assert antwoord.status == 200
    antwoord = await kantoor.klant.post(f"/bureau/in/{code}", allow_redirects=False)
    assert (antwoord.status, antwoord.headers["Location"]) == (303, "/bureau")
    koekje = antwoord.cookies[KOEKJE]
    assert (koekje["httponly"], koekje["samesite"], koekje["path"]) == (True, "Lax", "/bureau")
    assert (await kantoor.klant.get("/bureau")).url.path.endswith("/vandaag")
    assert (await kantoor.klant.post(f"/bureau/in/{code}", allow_redirects=False)).status == 410


async def test_over_https_gaat_de_sleutel_alleen_daarover(kantoor: Kantoor) -> None:
    wie = kantoor.collega("coordinator")
    with kantoor.db.transactie() as sessie:
        code = bureau.maak_link(sessie, wie, NU)
    kop = {"X-Forwarded-Proto": "https"}
    antwoord = await kantoor.klant.post(f"/bureau/in/{code}", headers=kop, allow_redirects=False)
    assert antwoord.cookies[KOEKJE]["secure"]


@pytest.mark.parametrize("wat", ["", "0" * 64, "van een ander"])
async def test_een_formulier_zonder_goed_stempel_doet_niets(kantoor: Kantoor, wat: str) -> None:
    wie = kantoor.collega("coordinator")
    kantoor.binnen(wie)
    gegeven = stempel("een andere sleutel") if wat == "van een ander" else wat
    antwoord = await kantoor.klant.post("/bureau/uit", data={"stempel": gegeven})
    assert antwoord.status == 403
    assert (await kantoor.klant.get("/bureau/zittingen")).status == 200


async def test_een_formulier_van_een_andere_site_doet_niets(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("coordinator"))
    antwoord = await kantoor.klant.post(
        "/bureau/uit", data={"stempel": stempel(sleutel)}, headers={"Origin": "https://elders.example"}
    )
    assert antwoord.status == 403


async def test_te_vaak_is_even_wachten(kantoor: Kantoor) -> None:
    code = "A" * 43
    statussen = [(await kantoor.klant.post(f"/bureau/in/{code}")).status for _ in range(25)]
    assert statussen == [410] * 20 + [429] * 5


async def test_wie_namen_ziet_staat_in_het_logboek(kantoor: Kantoor) -> None:
    kantoor.binnen(kantoor.collega("coordinator"))
    antwoord = await kantoor.klant.get(f"/bureau/{kantoor.jaar.locaties[0]}/bereik/namen?wat=ingeschreven")
    assert antwoord.status == 200
    assert "namen gezien" in kantoor.audit()


@pytest.mark.parametrize(
    "vraag", ["van=2027-05&tot=2027-01", "van=gisteren", "jaar=26", "van=2026-13", "van=2027-01&tot=2026-12"]
)
async def test_een_periode_die_niet_kan(kantoor: Kantoor, vraag: str) -> None:
    kantoor.binnen(kantoor.collega("coordinator"))
    for pagina in ("redenen", "bereik"):
        antwoord = await kantoor.klant.get(f"/bureau/{kantoor.jaar.locaties[0]}/{pagina}?{vraag}")
        assert antwoord.status == 400, await antwoord.text()


async def test_de_koppen_van_het_bureau(kantoor: Kantoor) -> None:
    kantoor.binnen(kantoor.collega("coordinator"))
    antwoord = await kantoor.klant.get(f"/bureau/{kantoor.jaar.locaties[0]}/redenen")
    assert "script-src 'self'" in antwoord.headers["Content-Security-Policy"]
    assert antwoord.headers["Cache-Control"] == "no-store"
    assert "style=" not in await antwoord.text()
