"""The exports at the desk: who gets which, that they say what the pages say, and that each stands in the audit log."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from bot import rekenblad, uitvoeren
from opslag import overzicht
from opslag.overzicht import Blik, schooljaar_van
from tests.bot.web.bureau.conftest import NU, Kantoor

JAAR = "van=2026-08&tot=2027-07"


async def _haal(kantoor: Kantoor, soort: str, vorm: str = "csv", vraag: str = JAAR) -> bytes:
    pad = f"/bureau/{kantoor.jaar.locaties[0]}/uitvoer/{soort}?vorm={vorm}&{vraag}"
    antwoord = await kantoor.klant.get(pad)
    assert antwoord.status == 200, await antwoord.text()
    assert f"inloop-{soort}-" in antwoord.headers["Content-Disposition"]
    assert antwoord.headers["Cache-Control"] == "no-store"
    inhoud = await antwoord.read()
    assert len(inhoud) == int(antwoord.headers["Content-Length"])
    return inhoud


def _rijen(inhoud: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";"))


async def test_bestand_pagina_en_overzicht_zeggen_hetzelfde(kantoor: Kantoor) -> None:
    waar = kantoor.jaar.locaties[0]
    kantoor.binnen(kantoor.collega("coordinator"))
    (rij,) = _rijen(await _haal(kantoor, "deelname"))
    with kantoor.db.lezend() as sessie:
        blik = Blik(frozenset({waar}), *schooljaar_van(NU.date()))
        cijfers, tellingen = overzicht.bereikt(sessie, blik), overzicht.activiteiten(sessie, blik)
    assert (int(rij["gezinnen"]), int(rij["gezinnen_bereikt"])) == (cijfers.op_locatie.geheel, cijfers.op_locatie.deel)
    assert int(rij["vaders_bereikt"]) == cijfers.per_rol["vader"].bereikt
    pagina = await (await kantoor.klant.get(f"/bureau/{waar}/bereik?{JAAR}")).text()
    for zin, deel in (("bij minstens één", cijfers.op_locatie), ("minstens één tip", cijfers.thuis)):
        assert re.search(rf"<strong>{deel.deel}</strong> van de <strong>{deel.geheel}</strong>[^<]*{zin}", pagina)
    redenen = _rijen(await _haal(kantoor, "redenen"))
    assert len(redenen) == sum(n for t in tellingen for (_, _, m), n in t.maten.items() if m.startswith("reden."))
    presentie = _rijen(await _haal(kantoor, "presentie"))
    assert len(presentie) == sum(t.som("uitgenodigd") + t.gasten for t in tellingen)
    assert sum(r["presentie"] == "aanwezig" for r in presentie) == sum(t.som("aanwezig") + t.gasten for t in tellingen)
    assert kantoor.audit().count("export") == 3


async def test_een_rekenblad_heeft_dezelfde_rijen(kantoor: Kantoor, tmp_path: Path) -> None:
    kantoor.binnen(kantoor.collega("coordinator"))
    blad = tmp_path / "blad.xlsx"
    blad.write_bytes(await _haal(kantoor, "presentie", "xlsx"))
    gelezen = [cellen for _, cellen in rekenblad.lees(blad)]
    als_csv = _rijen(await _haal(kantoor, "presentie"))
    assert [rij[0] for rij in gelezen[1:]] == [rij["activiteit"] for rij in als_csv]
    assert gelezen[0] == list(als_csv[0])


async def test_namen_zijn_voor_de_coordinator(kantoor: Kantoor) -> None:
    waar = kantoor.jaar.locaties[0]
    kantoor.binnen(kantoor.collega("medewerker"))
    pagina = await (await kantoor.klant.get(f"/bureau/{waar}/uitvoer")).text()
    assert "uitvoer/presentie" not in pagina
    assert (await kantoor.klant.get(f"/bureau/{waar}/uitvoer/presentie")).status == 403
    assert b"Ouder " not in await _haal(kantoor, "redenen")


@pytest.mark.parametrize("vraag", ["vorm=pdf", "vorm=csv&van=2027-05&tot=2027-01", "vorm=xlsx&van=gisteren"])
async def test_wat_niet_kan_geeft_geen_bestand(kantoor: Kantoor, vraag: str) -> None:
    kantoor.binnen(kantoor.collega("coordinator"))
    antwoord = await kantoor.klant.get(f"/bureau/{kantoor.jaar.locaties[0]}/uitvoer/redenen?{vraag}")
    assert (antwoord.status, antwoord.content_type) == (400, "text/html")
    assert "export" not in kantoor.audit()


async def test_wat_niet_in_excel_past_wordt_gezegd(kantoor: Kantoor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that leaves rows out in silence would be worse than none."""
    kantoor.binnen(kantoor.collega("coordinator"))
    monkeypatch.setattr(uitvoeren, "RIJEN", 4)
    pad = f"/bureau/{kantoor.jaar.locaties[0]}/uitvoer/presentie?vorm=xlsx"
    antwoord = await kantoor.klant.get(pad)
    assert antwoord.status == 400
    assert "kies CSV" in await antwoord.text()
