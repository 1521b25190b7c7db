"""Reading in a list at the desk: shown first, and only what was shown is done."""

from __future__ import annotations

import io
import re

import aiohttp
import sqlalchemy as sa

from bot.web.bureau.basis import stempel
from opslag.tabellen import gezin
from tests.bot.web.bureau.conftest import Kantoor

KOP = "kenmerk;ingeschreven;groep;roepnaam;achternaam\n"


async def _bekijk(kantoor: Kantoor, sleutel: str, inhoud: bytes) -> tuple[int, str]:
    f = aiohttp.FormData()
    f.add_field("stempel", stempel(sleutel))
    f.add_field("bestand", io.BytesIO(inhoud), filename="lijst.csv", content_type="text/csv")
    antwoord = await kantoor.klant.post(f"/bureau/{kantoor.jaar.locaties[0]}/import", data=f)
    return antwoord.status, await antwoord.text()


def _velden(tekst: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', tekst))


async def _aantal(kantoor: Kantoor) -> int:
    with kantoor.db.transactie() as sessie:
        return int(sessie.scalar(sa.select(sa.func.count()).select_from(gezin)) or 0)


async def test_eerst_zien_dan_doen(kantoor: Kantoor) -> None:
    sleutel, eerst = kantoor.binnen(kantoor.collega("coordinator")), await _aantal(kantoor)
    lijst = f"{KOP}A1;1-9-2026;Vlinders;<b>Ana</b>;Geheim\nA2;12/31/2026;Vlinders;Bo;Geheim\n"
    status, tekst = await _bekijk(kantoor, sleutel, lijst.encode())
    assert status == 200
    assert await _aantal(kantoor) == eerst
    assert "omgewisseld" in tekst
    assert "&lt;b&gt;Ana" in tekst
    assert "Geheim" not in tekst
    pad = f"/bureau/{kantoor.jaar.locaties[0]}/import/doe"
    klaar = await kantoor.klant.post(pad, data=_velden(tekst))
    assert "1 nieuw, 0 veranderd" in await klaar.text()
    assert await _aantal(kantoor) == eerst + 1
    assert "lijst ingelezen" in kantoor.audit()
    weer = await kantoor.klant.post(pad, data=_velden(tekst))  # the same press twice
    assert "Intussen is er iets veranderd" in await weer.text()
    assert await _aantal(kantoor) == eerst + 1


async def test_een_lijst_die_niet_van_deze_browser_is(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("coordinator"))
    _, tekst = await _bekijk(kantoor, sleutel, f"{KOP}A1;1-9-2026;Vlinders;Ana;\n".encode())
    velden, eerst = _velden(tekst), await _aantal(kantoor)
    pad = f"/bureau/{kantoor.jaar.locaties[0]}/import/doe"
    assert (await kantoor.klant.post(pad, data={**velden, "lijst": "eJwDAAAAAAE="})).status == 400
    ander = kantoor.binnen(kantoor.collega("coordinator"))
    assert (await kantoor.klant.post(pad, data={**velden, "stempel": stempel(ander)})).status == 400
    assert await _aantal(kantoor) == eerst


async def test_een_bestand_dat_niet_kan(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("coordinator"))
    for inhoud, waarom in ((b"", "Er is geen kolom"), (b"PK\x03\x04", "geen XLSX"), (b"a;b\n1;2", "geen kolom")):
        status, tekst = await _bekijk(kantoor, sleutel, inhoud)
        assert (status, waarom in tekst) == (400, True), waarom
    assert (await _bekijk(kantoor, sleutel, b"x" * 1_500_000))[0] == 400, "larger than a message, and read"


async def test_het_nummer_koppelt_een_gezin_dat_er_al_is(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("coordinator"))
    lid = next(m for m in kantoor.jaar.leden if m.locatie == kantoor.jaar.locaties[0] and m.tot is None)
    pad = f"/bureau/{kantoor.jaar.locaties[0]}/ouders/{lid.gezin}"
    f = {"stempel": stempel(sleutel), "van": "2026-09-01", "kenmerk": " A1 "}
    await kantoor.klant.post(pad, data=f)
    _, tekst = await _bekijk(kantoor, sleutel, b"kenmerk;ingeschreven\nA1;1-9-2026\n")
    assert "<strong>1</strong> zoals het was" in tekst
    ander = next(m for m in kantoor.jaar.leden if m.locatie == lid.locatie and m.gezin != lid.gezin)
    antwoord = await kantoor.klant.post(f"/bureau/{lid.locatie}/ouders/{ander.gezin}", data=f)
    assert antwoord.status == 400
