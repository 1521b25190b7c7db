"""The tick: every job in its own unit of work, none holds up another, two processes at once do it once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.planning import RONDES, TIK, WERK, Werk, maak_planning, tik
from opslag.database import Database, DatabaseWeg, Sessie
from opslag.tabellen import audit, plekaanbod, vraag
from tests.speler import Speler

NU = datetime(2026, 12, 1, 9, tzinfo=UTC)


def klok() -> datetime:
    return NU


async def test_een_job_die_faalt_houdt_niets_op(db: Database) -> None:
    gedaan: list[str] = []

    def schrijf(sessie: Sessie, nu: datetime) -> int:
        sessie.execute(audit.insert().values(moment=nu, wie="x", wat="half", op="x"))
        return 1

    def kapot(sessie: Sessie, nu: datetime) -> int:
        schrijf(sessie, nu)
        raise RuntimeError

    def goed(sessie: Sessie, nu: datetime) -> int:
        assert nu == NU
        gedaan.append("goed")
        return schrijf(sessie, nu) if len(gedaan) < 3 else 0

    gewekt: list[int] = []
    await tik(db, klok, lambda: gewekt.append(1), (Werk("kapot", kapot), Werk("goed", goed)))
    with db.lezend() as sessie:
        rijen = sessie.execute(sa.select(audit.c.wat)).all()
    assert len(rijen) == 2, "van wat misging bleef niets over"
    assert (len(gedaan), len(gewekt)) == (3, 1), "door tot er niets meer is, en dan een keer de verzender"


async def test_zonder_werk_wordt_niemand_gewekt(db: Database) -> None:
    await tik(db, klok, lambda: pytest.fail("gewekt"))


async def test_een_job_zonder_einde_houdt_op(db: Database) -> None:
    keer: list[int] = []

    def door(_sessie: Sessie, _nu: datetime) -> int:
        keer.append(1)
        return 1

    await tik(db, klok, lambda: None, (Werk("door", door),))
    assert len(keer) == RONDES


async def test_een_database_die_weg_is(db: Database) -> None:
    def weg(_sessie: Sessie, _nu: datetime) -> int:
        raise DatabaseWeg("weg")

    def niet(_sessie: Sessie, _nu: datetime) -> int:
        raise AssertionError("de rest heeft nu geen zin")

    await tik(db, klok, lambda: pytest.fail("gewekt"), (Werk("weg", weg), Werk("niet", niet)))


def test_de_jobs(db: Database) -> None:
    """One job a pace; late is once, never beside itself, and all of it in memory."""
    planning = maak_planning(db, klok, lambda: None, (*WERK, Werk("vaak", lambda _s, _n: 0, elke=2)))
    per_id = {job.id: job for job in planning.get_jobs()}
    assert set(per_id) == {"tik 2", f"tik {TIK:g}", "levend", "opruimen"}


async def test_twee_processen_tegelijk(database_url: str, db: Database) -> None:
    """Both see the same due rows; each happens once."""
    s = Speler(db)
    s.collega("Cor", "coordinator")
    amal, karim, ewa = (s.ouder(naam) for naam in ("Amal", "Karim", "Ewa"))
    s.activiteit("Koffie", "dinsdag 8 december 2026 09:30", capaciteit=1)
    amal.tikt("Ik kom")
    for wie in (karim, ewa):
        wie.tikt("Ik kom")
        wie.tikt("✅ Ja")
        wie.zegt("Mag mijn zus mee?")
    amal.tikt("Ik kan niet")
    s.zet_klok("vrijdag 4 december 2026 10:00")
    ander = Database(database_url)
    try:
        await asyncio.gather(*(tik(een, lambda: s.nu, lambda: None) for een in (db, ander, db, ander)))
    finally:
        ander.sluit()
    s.bezorg()
    assert s.rijen(sa.select(plekaanbod.c.uitkomst).order_by(plekaanbod.c.id)) == [("verlopen",), (None,)]
    assert sum("is een plek vrij" in b.tekst for b in ewa.scherm) == 1
    assert sum("achteraan" in b.tekst for b in karim.scherm) == 1
    assert sum("wacht al sinds" in b.tekst for b in s.mensen["Cor"].scherm) == 2
    assert len(s.rijen(sa.select(vraag.c.id).where(vraag.c.gemeld.is_not(None)))) == 2
