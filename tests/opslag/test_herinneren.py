"""Reminders by a passed clock: the day before, once, to whom they are of use, whatever the activity or process does."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.planning import tik
from opslag.database import Database
from opslag.tabellen import activiteit, locatie, verzending
from tests.speler import Persoon, Speler, moment

KOFFIE, DAG = "Koffie", "dinsdag 8 december 2026 09:30"


@pytest.fixture
def s(db: Database) -> Speler:
    """Amal said yes, Ewa maybe, Karim no and Bo nothing, a week ahead."""
    speler = Speler(db)
    for naam in ("Amal", "Ewa", "Karim", "Bo"):
        speler.ouder(naam)
    speler.activiteit(KOFFIE, DAG)
    for naam, knop in (("Amal", "Ik kom"), ("Ewa", "Misschien"), ("Karim", "Ik kan niet")):
        speler.mensen[naam].tikt(knop)
    return speler


def gehad(wie: Persoon) -> list[str]:
    """The first words of this person's reminders."""
    return [b.tekst.split(" om ")[0] for b in wie.scherm if b.tekst.startswith("⏰")]


def herinnerd(s: Speler) -> dict[str, int]:
    return {naam: len(gehad(p)) for naam, p in s.mensen.items() if gehad(p)}


def om(s: Speler, wanneer: str) -> dict[str, int]:
    """Who was reminded how often once the scheduler has looked at this moment."""
    s.zet_klok(wanneer)
    s.tik()
    return herinnerd(s)


def test_de_dag_ervoor_een_keer(s: Speler) -> None:
    assert om(s, "zondag 6 december 2026 19:00") == {}
    assert om(s, "maandag 7 december 2026 09:59") == {}
    eens = {"Amal": 1, "Ewa": 1, "Bo": 1}
    assert om(s, "maandag 7 december 2026 10:00") == eens
    for later in ("maandag 7 december 2026 10:01", "maandag 7 december 2026 19:00", "dinsdag 8 december 2026 08:00"):
        assert om(s, later) == eens


@pytest.mark.parametrize(
    ("wanneer", "woorden"),
    [
        ("maandag 7 december 2026 19:59", ["⏰ Morgen"]),
        ("maandag 7 december 2026 20:00", []),  # quiet: in the morning it is today
        ("dinsdag 8 december 2026 07:59", []),
        ("dinsdag 8 december 2026 08:00", ["⏰ Vandaag"]),
        ("dinsdag 8 december 2026 08:29", ["⏰ Vandaag"]),
        ("dinsdag 8 december 2026 08:30", []),  # an hour before it is no use any more
        ("dinsdag 8 december 2026 09:30", []),
        ("dinsdag 8 december 2026 12:00", []),
    ],
)
def test_wie_een_tijd_uit_stond_haalt_in_wat_nog_zin_heeft(s: Speler, wanneer: str, woorden: list[str]) -> None:
    om(s, wanneer)
    assert gehad(s.mensen["Amal"]) == woorden


def test_van_dagen_stilstand_komt_geen_stortvloed(db: Database) -> None:
    """Activities came and went while the process was down: only the one of tomorrow is reminded of."""
    s = Speler(db)
    amal = s.ouder("Amal")
    for dag in ("donderdag 3", "vrijdag 4", "dinsdag 8"):
        s.activiteit(f"Van {dag}", f"{dag} december 2026 09:30")
        amal.tikt("Ik kom")
    om(s, "maandag 7 december 2026 11:00")
    assert ["Van dinsdag 8" in b.tekst for b in amal.scherm if b.tekst.startswith("⏰")] == [True]


def test_verzet_naar_een_andere_dag(s: Speler, db: Database) -> None:
    """Rules follow the activity: reminded for Tuesday, moved to Thursday, reminded for Thursday, once."""
    om(s, "maandag 7 december 2026 10:00")
    with db.transactie() as sessie:
        sessie.execute(activiteit.update().values(begin=moment("donderdag 10 december 2026 09:30")))
    assert om(s, "maandag 7 december 2026 12:00")["Amal"] == 1
    assert om(s, "woensdag 9 december 2026 09:59")["Amal"] == 1
    assert om(s, "woensdag 9 december 2026 10:00")["Amal"] == 2
    assert om(s, "woensdag 9 december 2026 11:00")["Amal"] == 2


def test_een_uur_later_is_geen_nieuwe_dag(s: Speler, db: Database) -> None:
    om(s, "maandag 7 december 2026 10:00")
    with db.transactie() as sessie:
        sessie.execute(activiteit.update().values(begin=moment("dinsdag 8 december 2026 10:30")))
    assert om(s, "maandag 7 december 2026 12:00")["Amal"] == 1


def test_naar_vandaag_gehaald(s: Speler, db: Database) -> None:
    with db.transactie() as sessie:
        sessie.execute(activiteit.update().values(begin=moment("vrijdag 4 december 2026 15:00")))
    om(s, "vrijdag 4 december 2026 11:00")
    assert gehad(s.mensen["Amal"]) == ["⏰ Vandaag"]


def test_niet_boven_op_de_uitnodiging(db: Database) -> None:
    """Announced less than a day before: the silent are left alone, who answered hears it."""
    s = Speler(db, "zondag 6 december 2026 15:00")
    amal, ewa = s.ouder("Amal"), s.ouder("Ewa")
    s.activiteit(KOFFIE, DAG)
    amal.tikt("Misschien")
    assert om(s, "maandag 7 december 2026 10:00") == {"Amal": 1}
    assert len(ewa.scherm) == 1


def test_een_collega_was_eerder(s: Speler, db: Database) -> None:
    """A reminder that was sent by hand on the day before counts; one of last week does not."""
    waarden = {"locatie_id": s.locatie, "activiteit_id": 1, "soort": "herinnering", "gevuld": s.nu}
    with db.transactie() as sessie:
        for wanneer in ("donderdag 3", "maandag 7"):
            gemaakt = moment(f"{wanneer} december 2026 09:00")
            sessie.execute(verzending.insert().values({**waarden, "gemaakt": gemaakt}))
    assert om(s, "maandag 7 december 2026 10:00") == {}
    with db.transactie() as sessie:
        sessie.execute(verzending.delete().where(verzending.c.gemaakt > moment("vrijdag 4 december 2026 09:00")))
    assert herinnerd(s) == {}
    assert om(s, "maandag 7 december 2026 10:05")["Amal"] == 1


def test_afgelast_of_nooit_verstuurd(s: Speler) -> None:
    s.activiteit("Nog een plan", DAG, stil=True)
    s.gelast_af(KOFFIE)
    assert om(s, "maandag 7 december 2026 10:00") == {}
    assert [z.soort for z in s.rijen(sa.select(verzending.c.soort))] == ["uitnodiging"]


@pytest.mark.parametrize(
    ("begin", "activiteit_op", "te_vroeg", "precies"),
    [
        ("maandag 19 oktober 2026 09:00", "zondag 25 oktober 2026 10:00",
         "zaterdag 24 oktober 2026 09:59", "zaterdag 24 oktober 2026 10:00"),
        ("maandag 19 oktober 2026 09:00", "maandag 26 oktober 2026 09:30",
         "zondag 25 oktober 2026 09:59", "zondag 25 oktober 2026 10:00"),
        ("maandag 22 maart 2027 09:00", "zondag 28 maart 2027 10:00",
         "zaterdag 27 maart 2027 09:59", "zaterdag 27 maart 2027 10:00"),
        ("maandag 22 maart 2027 09:00", "maandag 29 maart 2027 09:30",
         "zondag 28 maart 2027 09:59", "zondag 28 maart 2027 10:00"),
    ],
)  # fmt: skip
def test_om_de_klok_heen(db: Database, begin: str, activiteit_op: str, te_vroeg: str, precies: str) -> None:
    """In the weekends in which the clock changes it is ten o'clock on the wall that counts."""
    s = Speler(db, begin)
    s.ouder("Amal")
    s.activiteit(KOFFIE, activiteit_op)
    assert om(s, te_vroeg) == {}
    assert om(s, precies) == {"Amal": 1}
    assert gehad(s.mensen["Amal"]) == ["⏰ Morgen"]


def test_in_een_andere_tijdzone(db: Database) -> None:
    """Ten in the morning on Curaçao is three in the afternoon here; "tomorrow" is theirs too."""
    s = Speler(db)
    with db.transactie() as sessie:
        sessie.execute(locatie.update().values(tijdzone="America/Curacao"))
    s.ouder("Amal")
    s.activiteit(KOFFIE, "woensdag 9 december 2026 03:00")  # ten at night on Tuesday, there
    assert om(s, "maandag 7 december 2026 14:59") == {}
    assert om(s, "maandag 7 december 2026 15:00") == {"Amal": 1}


async def test_twee_processen_een_herinnering(database_url: str, s: Speler, db: Database) -> None:
    s.zet_klok("maandag 7 december 2026 10:00")
    ander = Database(database_url)
    try:
        await asyncio.gather(*(tik(een, lambda: s.nu, lambda: None) for een in (db, ander) * 3))
    finally:
        ander.sluit()
    s.bezorg()
    assert [z.soort for z in s.rijen(sa.select(verzending.c.soort).order_by(verzending.c.id))] == [
        "uitnodiging", "herinnering",
    ]  # fmt: skip
    assert herinnerd(s) == {"Amal": 1, "Ewa": 1, "Bo": 1}


def test_elk_half_uur_een_week_lang(s: Speler) -> None:
    """However often is looked, and at whatever moment: one each."""
    einde = moment("woensdag 9 december 2026 12:00")
    while s.nu < einde:
        s.tik()
        s.nu += timedelta(minutes=90)
    assert herinnerd(s) == {"Amal": 1, "Ewa": 1, "Bo": 1}
