"""The municipality at the desk: its own page and file, and no other."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

from bot.web.bureau.basis import BUREAU
from opslag import bureau
from opslag.tabellen import bureausessie
from tests.bot.web.bureau.conftest import NU, Kantoor

LATER = datetime(2027, 9, 2, 10, tzinfo=UTC)


def _later(kantoor: Kantoor, medewerker: int) -> None:
    """Let somebody in, in September."""
    app = kantoor.klant.server.app  # type: ignore[attr-defined]  # a TestServer has it, its base does not say so
    app._state[BUREAU] = replace(app[BUREAU], klok=lambda: LATER)
    kantoor.binnen(medewerker)
    with kantoor.db.transactie() as sessie:
        sessie.execute(bureausessie.update().values(geldig_tot=LATER + bureau.ZITTING))


async def test_de_gemeente_begint_op_haar_pagina(kantoor: Kantoor) -> None:
    kantoor.binnen(kantoor.collega("gemeente"))
    antwoord = await kantoor.klant.get("/bureau")
    assert (antwoord.status, antwoord.url.path) == (200, "/bureau/gemeente")
    tekst = await antwoord.text()
    assert "niets te tonen" in tekst
    assert "Redenen" not in tekst
    assert (await kantoor.klant.get("/bureau/gemeente?jaar=2026")).status == 400, "dit jaar is nog niet voorbij"
    assert NU < LATER


async def test_bestand_en_pagina_zeggen_hetzelfde(kantoor: Kantoor) -> None:
    _later(kantoor, kantoor.collega("gemeente", *kantoor.jaar.locaties[:2]))
    antwoord = await kantoor.klant.get("/bureau/gemeente/bestand?vorm=csv&jaar=2026")
    tekst = (await antwoord.read()).decode("utf-8-sig")
    rijen = list(csv.DictReader(io.StringIO(tekst, newline=""), delimiter=";"))
    assert {r["locatie"] for r in rijen} == {"Locatie 1", "Locatie 2", "alle locaties samen"}
    pagina = await (await kantoor.klant.get("/bureau/gemeente?jaar=2026")).text()
    assert "Locatie 3" not in pagina
    for rij in rijen:
        if rij["ingeschreven"] != "verborgen":
            assert f'<td class="getal">{rij["ingeschreven"]}</td>' in pagina
    assert "Ouder " not in tekst + pagina
    assert "export" in kantoor.audit()
