"""After the end: to whom which question, and only when we know who was there."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.planning import tik
from dialogen.basis import Staat
from opslag import presentie
from opslag.database import Database
from opslag.tabellen import verzending
from tests.speler import Persoon, Speler

KOFFIE = "Koffie"


class Na:
    """Amal and Karim said yes, Ewa said nothing; the coffee is over at half past ten."""

    def __init__(self, db: Database, wanneer: str = "dinsdag 8 december 2026 09:30", begin: str = "") -> None:
        self.db = db
        self.s = Speler(db, begin) if begin else Speler(db)
        self.noor = self.s.collega("Noor")
        self.amal, self.karim, self.ewa = (self.s.ouder(naam) for naam in ("Amal", "Karim", "Ewa"))
        self.activiteit = self.s.activiteit(KOFFIE, wanneer)
        for wie in (self.amal, self.karim):
            wie.tikt("Ik kom")

    def zet(self, wie: Persoon, staat: Staat, bron: str = "team") -> None:
        over = self.s.uitnodiging(wie, KOFFIE)
        with self.db.transactie() as sessie:
            presentie.zet(sessie, over, staat, bron, self.s.nu)

    def om(self, wanneer: str) -> dict[str, str]:
        """What everybody was asked, once the scheduler has looked at this moment."""
        self.s.zet_klok(wanneer)
        self.s.tik()
        return self.gevraagd()

    def gevraagd(self) -> dict[str, str]:
        vragen = {"Hoe was het?": "hoe", "Kon het niet?": "waarom", "Wie was er?": "wie"}
        return {
            naam: " ".join(wat for b in p.scherm for vraag, wat in vragen.items() if vraag in b.tekst)
            for naam, p in self.s.mensen.items()
            if any(vraag in b.tekst for b in p.scherm for vraag in vragen)
        }


def test_twee_uur_na_het_einde(db: Database) -> None:
    t = Na(db)
    t.s.zet_klok("dinsdag 8 december 2026 10:00")
    t.zet(t.amal, Staat.AANWEZIG)
    assert t.om("dinsdag 8 december 2026 12:29") == {}
    assert t.om("dinsdag 8 december 2026 12:30") == {"Amal": "hoe", "Karim": "waarom"}
    assert t.om("dinsdag 8 december 2026 13:30") == {"Amal": "hoe", "Karim": "waarom"}


def test_zonder_een_vinkje_wordt_het_team_gevraagd(db: Database) -> None:
    t = Na(db)
    assert t.om("dinsdag 8 december 2026 12:30") == {"Noor": "wie"}
    assert t.om("dinsdag 8 december 2026 18:00") == {"Noor": "wie"}
    t.zet(t.amal, Staat.AANWEZIG)
    assert t.om("dinsdag 8 december 2026 18:29") == {"Noor": "wie"}, "het team is misschien nog bezig"
    assert t.om("dinsdag 8 december 2026 18:30") == {"Noor": "wie", "Amal": "hoe", "Karim": "waarom"}


def test_na_twee_dagen_niet_meer(db: Database) -> None:
    t = Na(db)
    t.om("dinsdag 8 december 2026 12:30")
    t.s.zet_klok("donderdag 10 december 2026 12:29")
    t.zet(t.amal, Staat.AANWEZIG)
    assert t.om("donderdag 10 december 2026 12:59") == {"Noor": "wie"}


def test_wie_zelf_zei_er_te_zijn(db: Database) -> None:
    """The parent's own word is enough to ask how it was, not to ask the others why they were not there."""
    t = Na(db)
    t.s.zet_klok("dinsdag 8 december 2026 09:30")
    t.zet(t.amal, Staat.AANWEZIG, "ouder")
    assert t.om("dinsdag 8 december 2026 12:30") == {"Noor": "wie", "Amal": "hoe"}
    t.zet(t.karim, Staat.AANWEZIG)
    assert t.om("dinsdag 8 december 2026 13:30") == {"Noor": "wie", "Amal": "hoe", "Karim": "hoe"}


def test_de_deur_telt_als_geregistreerd(db: Database) -> None:
    t = Na(db)
    t.s.zet_klok("dinsdag 8 december 2026 09:30")
    t.zet(t.amal, Staat.AANWEZIG, "deur")
    assert t.om("dinsdag 8 december 2026 12:30") == {"Amal": "hoe", "Karim": "waarom"}


def test_afgemeld_is_geen_gemist(db: Database) -> None:
    t = Na(db)
    t.s.zet_klok("dinsdag 8 december 2026 10:00")
    t.zet(t.amal, Staat.AFGEMELD)
    t.zet(t.karim, Staat.AFWEZIG)
    assert t.om("dinsdag 8 december 2026 12:30") == {"Karim": "waarom"}


@pytest.mark.parametrize(
    ("begin", "wanneer", "stil", "ochtend"),
    [
        ("", "dinsdag 8 december 2026 18:30", "dinsdag 8 december 2026 21:30", "woensdag 9 december 2026 08:00"),
        ("maandag 19 oktober 2026 09:00", "zaterdag 24 oktober 2026 18:30",
         "zaterdag 24 oktober 2026 21:30", "zondag 25 oktober 2026 08:00"),
        ("maandag 22 maart 2027 09:00", "zaterdag 27 maart 2027 18:30",
         "zaterdag 27 maart 2027 21:30", "zondag 28 maart 2027 08:00"),
    ],
)  # fmt: skip
def test_niet_in_de_nacht(db: Database, begin: str, wanneer: str, stil: str, ochtend: str) -> None:
    """In the evening it waits for the morning, also when the clock changes in that night."""
    t = Na(db, wanneer, begin)
    t.s.zet_klok(wanneer)
    t.zet(t.amal, Staat.AANWEZIG)
    assert t.om(stil) == {}
    t.s.zet_klok(ochtend)
    t.s.nu -= timedelta(minutes=1)
    t.s.tik()
    assert t.gevraagd() == {}
    assert t.om(ochtend) == {"Amal": "hoe", "Karim": "waarom"}


def test_niemand_verwacht_niemand_gevraagd(db: Database) -> None:
    s = Speler(db)
    s.collega("Noor")
    s.ouder("Amal")
    s.activiteit(KOFFIE, "dinsdag 8 december 2026 09:30")
    s.zet_klok("dinsdag 8 december 2026 13:00")
    s.tik()
    assert "Wie was er?" not in " ".join(b.tekst for b in s.mensen["Noor"].scherm)


def test_afgelast(db: Database) -> None:
    t = Na(db)
    t.s.gelast_af(KOFFIE)
    t.zet(t.amal, Staat.AANWEZIG)
    assert t.om("dinsdag 8 december 2026 13:00") == {}


def test_na_stilstand_geen_oude_vragen(db: Database) -> None:
    """The process was down for a week."""
    t = Na(db)
    t.s.zet_klok("dinsdag 8 december 2026 10:00")
    t.zet(t.amal, Staat.AANWEZIG)
    assert t.om("dinsdag 15 december 2026 10:00") == {}


async def test_twee_processen_vragen_een_keer(database_url: str, db: Database) -> None:
    t = Na(db)
    t.s.zet_klok("dinsdag 8 december 2026 12:30")
    t.zet(t.ewa, Staat.AANWEZIG, "ouder")
    ander = Database(database_url)
    try:
        await asyncio.gather(*(tik(een, lambda: t.s.nu, lambda: None) for een in (db, ander) * 2))
    finally:
        ander.sluit()
    t.s.bezorg()
    assert t.gevraagd() == {"Noor": "wie", "Ewa": "hoe"}
    soorten = t.s.rijen(sa.select(verzending.c.soort).order_by(verzending.c.soort))
    assert [r.soort for r in soorten] == ["hoe_was_het", "uitnodiging", "wie_was_er"]
