"""The page for the inspectorate: the figures of the other pages, what was done, and no name."""

from __future__ import annotations

import re

import sqlalchemy as sa

from opslag import inspectie, overzicht
from opslag.overzicht import Blik, schooljaar_van
from opslag.tabellen import afmeldreden, taak
from tests.bot.web.bureau.conftest import NU, Kantoor


async def test_wat_er_gedaan_is(kantoor: Kantoor) -> None:
    """Offers and tasks are counted by hand; rates, goals and reasons agree with the facts of the year."""
    waar = kantoor.jaar.locaties[0]
    hier = [f for f in kantoor.jaar.feiten if f.locatie == waar]
    with kantoor.db.transactie() as sessie:
        werk = sa.select(sa.func.max(afmeldreden.c.id)).where(afmeldreden.c.code == "WERK")
        sessie.execute(
            afmeldreden.update().where(afmeldreden.c.id == werk.scalar_subquery()).values(aanbod="avond_of_zaterdag")
        )
        for locatie, klaar in ((waar, None), (waar, NU), (waar, NU), (kantoor.jaar.locaties[1], NU)):
            sessie.execute(taak.insert().values(locatie_id=locatie, soort="maatje", gemaakt=NU, klaar=klaar))
    blik = Blik(frozenset(kantoor.jaar.locaties), *schooljaar_van(NU.date()))
    with kantoor.db.lezend() as sessie:
        alle = inspectie.blad(sessie, blik, "Europe/Amsterdam")
        een = inspectie.blad(sessie, Blik(frozenset({waar}), blik.van, blik.tot), "Europe/Amsterdam")
        cijfers = overzicht.bereikt(sessie, Blik(frozenset({waar}), blik.van, blik.tot))
    assert sum(r.aangenomen for r in alle.redenen) == 1
    assert (alle.taken, een.taken) == ({"maatje": (4, 3)}, {"maatje": (3, 2)})
    assert een.bereik == cijfers
    (doel,) = een.doelen
    assert (doel.doel, doel.uitgenodigd) == ("Elkaar leren kennen", len(hier))
    assert doel.aanwezig == sum(f.staat == "aanwezig" for f in hier)
    assert sum(r.gegeven for r in een.redenen) == sum(bool(f.reden) for f in hier)


async def test_het_blad(kantoor: Kantoor) -> None:
    waar = kantoor.jaar.locaties[0]
    kantoor.binnen(kantoor.collega("coordinator"))
    antwoord = await kantoor.klant.get(f"/bureau/{waar}/inspectie?jaar=2026")
    tekst = await antwoord.text()
    assert antwoord.status == 200
    assert "Elkaar leren kennen" in tekst
    assert re.search(r"\d+ van de \d+ ingeschreven gezinnen waren", tekst)
    assert "Ouder " not in tekst
    assert "export" in kantoor.audit()
    assert (await kantoor.klant.get(f"/bureau/{waar}/inspectie?jaar=2020")).status == 200
