"""Questions that nobody answers: the coordinator hears it, once, in the daytime."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from opslag.database import Database
from opslag.tabellen import medewerker, vraag
from tests.speler import Speler


@pytest.fixture
def s(db: Database) -> Speler:
    """A parent has asked something on Thursday; it is to be answered on Monday."""
    speler = Speler(db, "donderdag 3 december 2026 09:00")
    speler.ouder("Amal", taal="ar")
    return speler


def wachtend(speler: Speler) -> list[str]:
    return [naam for naam, p in speler.mensen.items() if any("wacht al sinds" in b.tekst for b in p.scherm)]


def test_de_coordinator_hoort_het_een_keer(s: Speler) -> None:
    s.collega("Noor")
    s.collega("Cor", "coordinator")
    s.collega("Bea", "coordinator", code="elders")
    s.mensen["Amal"].zegt("Mag mijn zus mee?")
    s.zet_klok("maandag 7 december 2026 16:59")
    s.tik()
    assert wachtend(s) == []
    s.zet_klok("maandag 7 december 2026 17:00")
    s.tik()
    s.tik()
    assert wachtend(s) == ["Cor"]
    cor = s.mensen["Cor"]
    assert "donderdag 3 december" in cor.laatste.tekst
    assert "العربية" in cor.laatste.tekst
    assert len([b for b in cor.scherm if "wacht al sinds" in b.tekst]) == 1
    cor.tikt("Antwoord")
    cor.zegt("Ja hoor")
    assert "Ja hoor" in s.mensen["Amal"].laatste.tekst


def test_zonder_coordinator_het_hele_team(s: Speler) -> None:
    s.collega("Noor")
    s.collega("Jan")
    s.mensen["Amal"].zegt("Mag mijn zus mee?")
    s.zet_klok("dinsdag 8 december 2026 09:00")
    s.tik()
    assert wachtend(s) == ["Noor", "Jan"]


def test_niet_in_de_nacht(s: Speler) -> None:
    s.collega("Cor", "coordinator")
    s.mensen["Amal"].zegt("Mag mijn zus mee?")
    for wanneer in ("20:00", "23:59"):
        s.zet_klok(f"maandag 7 december 2026 {wanneer}")
        s.tik()
        assert wachtend(s) == []
    s.zet_klok("dinsdag 8 december 2026 08:00")
    s.tik()
    assert wachtend(s) == ["Cor"]


def test_beantwoord_is_klaar(s: Speler) -> None:
    noor = s.collega("Noor")
    s.mensen["Amal"].zegt("Mag mijn zus mee?")
    noor.tikt("Antwoord")
    noor.zegt("Ja hoor")
    s.zet_klok("dinsdag 8 december 2026 09:00")
    s.tik()
    assert wachtend(s) == []


def test_niemand_in_de_chat(s: Speler, db: Database) -> None:
    """Nobody to tell: it is kept for who joins later, also when the only colleague has left."""
    s.collega("Weg")
    with db.transactie() as sessie:
        sessie.execute(medewerker.update().values(actief=False))
    s.mensen["Amal"].zegt("Mag mijn zus mee?")
    s.zet_klok("dinsdag 8 december 2026 09:00")
    s.tik()
    assert s.rijen(sa.select(vraag.c.gemeld)) == [(None,)]
    s.collega("Noor")
    s.tik()
    assert wachtend(s) == ["Noor"]
