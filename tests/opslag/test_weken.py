"""The weeks of a series: same weekday and local time across both clock changes, holidays left out, each made once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from opslag.database import Database
from opslag.tabellen import activiteit, activiteit_groep, locatie, reeks, reeksweek
from opslag.weken import maak_weken
from opslag.werkdagen import zone
from tests.speler import Speler, moment

AMS = zone("Europe/Amsterdam")


class Serie:
    """A series begun with one activity."""

    def __init__(self, db: Database, begin: str, eerste: str, regio: str = "midden", **van_reeks: Any) -> None:
        self.db, self.s = db, Speler(db, begin)
        self.eerste = self.s.activiteit("Inloop", eerste, stil=True)
        with db.transactie() as sessie:
            waarden = {"locatie_id": self.s.locatie, "titel": "Inloop", "regel": "wekelijks", "gemaakt": self.s.nu}
            nieuw = reeks.insert().values(waarden | van_reeks).returning(reeks.c.id)
            self.reeks: int = sessie.execute(nieuw).scalar_one()
            sessie.execute(activiteit.update().values(reeks_id=self.reeks))
            sessie.execute(locatie.update().values(regio=regio))

    def maak(self) -> int:
        with self.db.transactie() as sessie:
            return maak_weken(sessie, self.s.nu)

    def loop(self, tot: str) -> None:
        """A day at a time, as the scheduler would."""
        while self.s.nu < moment(tot):
            self.maak()
            self.s.nu += timedelta(days=1)

    def rijen(self) -> list[Any]:
        return self.s.rijen(sa.select(activiteit).order_by(activiteit.c.begin))

    def dagen(self) -> list[str]:
        return [f"{r.begin.astimezone(AMS):%d-%m %H:%M}" for r in self.rijen()]


def test_vier_weken_vooruit(db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    assert t.maak() == 3
    assert t.maak() == 0
    assert t.dagen() == ["10-11 09:30", "17-11 09:30", "24-11 09:30", "01-12 09:30"]
    t.s.nu += timedelta(days=7)
    assert t.maak() == 1
    assert t.dagen()[-1] == "08-12 09:30"


def test_een_week_is_als_de_vorige(db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    with db.transactie() as sessie:
        sessie.execute(
            activiteit.update().values(titel_vaders="Vaders", gevraagd="Niets", capaciteit=8, deursleutel="x")
        )
    t.maak()
    eerste, tweede, *_ = t.rijen()
    anders = {k for k, w in eerste._mapping.items() if w != tweede._mapping[k]}
    assert anders == {"id", "begin", "deursleutel"}
    assert tweede.deursleutel is None, "een code bij de deur werkt maar een dag"
    groepen = t.s.rijen(sa.select(activiteit_groep.c.groep_id).where(activiteit_groep.c.activiteit_id == tweede.id))
    assert len(groepen) == 1


@pytest.mark.parametrize(
    ("begin", "eerste", "tot", "dagen", "uren"),
    [
        (  # the clock goes back on 25 October; autumn holiday 17 to 25 October
            "dinsdag 6 oktober 2026 09:00", "dinsdag 6 oktober 2026 09:30", "dinsdag 20 oktober 2026 09:00",
            ["06-10", "13-10", "27-10", "03-11", "10-11"], [7, 7, 8, 8, 8],
        ),
        (  # forward on 28 March
            "dinsdag 9 maart 2027 09:00", "dinsdag 16 maart 2027 09:30", "zondag 14 maart 2027 09:00",
            ["16-03", "23-03", "30-03", "06-04"], [8, 8, 7, 7],
        ),
    ],
)  # fmt: skip
def test_over_de_klok_heen(db: Database, begin: str, eerste: str, tot: str, dagen: list[str], uren: list[int]) -> None:
    t = Serie(db, begin, eerste)
    t.loop(tot)
    gemaakt = [r.begin for r in t.rijen()]
    assert [f"{m.astimezone(AMS):%d-%m}" for m in gemaakt] == dagen
    assert {f"{m.astimezone(AMS):%H:%M}" for m in gemaakt} == {"09:30"}, "de klok van de mensen"
    assert [m.astimezone(UTC).hour for m in gemaakt] == uren, "een uur anders na de wissel"


@pytest.mark.parametrize(("regio", "vrij"), [("noord", "13-10"), ("midden", "20-10"), ("zuid", "20-10")])
def test_de_vakantie_van_de_regio(db: Database, regio: str, vrij: str) -> None:
    t = Serie(db, "dinsdag 29 september 2026 09:00", "dinsdag 6 oktober 2026 09:30", regio)
    t.maak()
    over = {"06-10", "13-10", "20-10", "27-10"} - {vrij}
    assert {d[:5] for d in t.dagen()} == over


def test_ook_in_de_vakantie(db: Database) -> None:
    t = Serie(db, "dinsdag 29 september 2026 09:00", "dinsdag 6 oktober 2026 09:30", vakantie_overslaan=False)
    t.maak()
    assert [d[:5] for d in t.dagen()] == ["06-10", "13-10", "20-10", "27-10"]


def test_feestdagen(db: Database) -> None:
    t = Serie(db, "maandag 10 mei 2027 09:00", "maandag 10 mei 2027 09:30")
    t.maak()
    assert [d[:5] for d in t.dagen()] == ["10-05", "24-05", "31-05", "07-06"], "17 mei is tweede pinksterdag"


def test_tot_en_met(db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30", tot=date(2026, 11, 24))
    t.loop("dinsdag 15 december 2026 09:00")
    assert [d[:5] for d in t.dagen()] == ["10-11", "17-11", "24-11"]


def test_gestopt(db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30", gestopt=datetime.now(UTC))
    assert t.maak() == 0


def test_een_week_die_anders_was_blijft_een_uitzondering(db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    t.maak()
    laatste = t.rijen()[-1]
    elders = activiteit.update().where(activiteit.c.id == laatste.id)
    with db.transactie() as sessie:
        sessie.execute(elders.values(begin=laatste.begin + timedelta(days=2, hours=3), gewijzigd=t.s.nu, plek="buiten"))
    t.s.nu += timedelta(days=7)
    assert t.maak() == 1
    assert t.dagen()[-2:] == ["03-12 12:30", "08-12 09:30"]
    assert t.rijen()[-1].plek == "de ouderkamer"


def test_een_week_die_weg_is_komt_niet_terug(db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    t.maak()
    with db.transactie() as sessie:
        sessie.execute(activiteit.delete().where(activiteit.c.id == t.rijen()[1].id))
    assert t.maak() == 0
    assert len(t.s.rijen(sa.select(reeksweek))) == 4


def test_wat_voorbij_is_wordt_niet_ingehaald(db: Database) -> None:
    """The process was down for three weeks: what lies ahead is made, no flood of what is past."""
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 3 november 2026 09:30")
    t.maak()
    t.s.nu += timedelta(days=60)
    t.maak()
    assert [d[:5] for d in t.dagen()] == [
        "03-11",
        "10-11",
        "17-11",
        "24-11",
        "01-12",
        "05-01",
        "12-01",
        "19-01",
        "26-01",
    ]


async def test_twee_processen_maken_elke_week_een_keer(database_url: str, db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    ander = Database(database_url)
    try:
        gemaakt = await asyncio.gather(*(een.schrijf(maak_weken, t.s.nu) for een in (db, ander, db, ander)))
    finally:
        ander.sluit()
    assert sum(gemaakt) == 3
    assert len(t.dagen()) == len(set(t.dagen())) == 4
