"""The database: what is acknowledged is kept, what fails is not, and nobody waits for ever."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from opslag import database
from opslag.database import Database, DatabaseWeg, Sessie
from opslag.tabellen import locatie, organisatie, postvak_in


def zet(sessie: Sessie, naam: str) -> str:
    """One row; its name is unique."""
    sessie.execute(organisatie.insert().values(naam=naam))
    return naam


def namen(sessie: Sessie) -> list[str]:
    """The rows in the order in which they came."""
    return list(sessie.scalars(sa.select(organisatie.c.naam).order_by(organisatie.c.id)))


class Stuk(Exception):
    """What a unit raises of its own."""


def zet_en_faal(sessie: Sessie, naam: str) -> None:
    zet(sessie, naam)
    raise Stuk(naam)


@pytest.fixture
def sqlite(tmp_path: Any) -> Iterator[Database]:
    """SQLite alone, for what only its writer does; with an empty table to write in."""
    db = Database(f"sqlite:///{tmp_path / 'a.db'}")
    organisatie.create(db.engine)
    yield db
    db.sluit()


async def samen(db: Database, *eenheden: Callable[[Sessie], Any]) -> list[Any]:
    """These units in one group: the writer is held up until all have been handed in. Results or errors."""
    mag = threading.Event()
    dicht = asyncio.ensure_future(db.schrijf(lambda _s: mag.wait(10)))
    await asyncio.sleep(0.05)
    taken = [asyncio.ensure_future(db.schrijf(eenheid)) for eenheid in eenheden]
    await asyncio.sleep(0.05)
    mag.set()
    await dicht
    return list(await asyncio.gather(*taken, return_exceptions=True))


async def test_schrijven_en_lezen(db: Database) -> None:
    assert await db.schrijf(zet, "een") == "een"
    assert await db.schrijf(zet, naam="twee") == "twee"
    assert await db.lees(namen) == ["een", "twee"]
    assert await db.lees(db.bereikbaar)


async def test_een_eenheid_die_faalt_rolt_alleen_terug(db: Database) -> None:
    eenheden = [db.schrijf(zet_en_faal if i % 3 == 0 else zet, f"{i:02}") for i in range(60)]
    uit = await asyncio.gather(*eenheden, return_exceptions=True)
    assert [isinstance(u, Stuk) for u in uit] == [i % 3 == 0 for i in range(60)]
    assert sorted(await db.lees(namen)) == [f"{i:02}" for i in range(60) if i % 3]


async def test_wat_botst_faalt_alleen(db: Database) -> None:
    uit = await asyncio.gather(*(db.schrijf(zet, f"{i % 20}") for i in range(60)), return_exceptions=True)
    assert sum(isinstance(u, sa.exc.IntegrityError) for u in uit) == 40
    assert sum(isinstance(u, str) for u in uit) == 20
    assert len(await db.lees(namen)) == 20


async def test_stopiteration_blijft_niet_hangen(db: Database) -> None:
    """An exception that asyncio cannot pass on must not leave the waiter, or the others, waiting."""

    def leeg(_sessie: Sessie) -> Any:
        return next(iter(()))

    async with asyncio.timeout(5):
        uit = await asyncio.gather(db.schrijf(leeg), db.schrijf(zet, "na"), return_exceptions=True)
    assert isinstance(uit[0], RuntimeError)
    assert uit[1] == "na"


async def test_lezen_schrijft_niets(db: Database) -> None:
    await db.lees(zet, "weg")
    assert await db.lees(namen) == []


async def test_een_wachtende_die_afhaakt_houdt_niets_tegen(db: Database) -> None:
    begonnen, mag = threading.Event(), threading.Event()

    def traag(sessie: Sessie) -> None:
        begonnen.set()
        mag.wait(10)
        zet(sessie, "traag")

    taak = asyncio.ensure_future(db.schrijf(traag))
    await asyncio.to_thread(begonnen.wait, 10)
    ander = asyncio.ensure_future(db.schrijf(zet, "ander"))
    taak.cancel()
    mag.set()
    with pytest.raises(asyncio.CancelledError):
        await taak
    await ander
    for _ in range(100):
        if len(await db.lees(namen)) == 2:
            break
        await asyncio.sleep(0.02)
    assert sorted(await db.lees(namen)) == ["ander", "traag"]


async def test_op_volgorde(sqlite: Database) -> None:
    await asyncio.gather(*(sqlite.schrijf(zet, f"{i:03}") for i in range(300)))
    assert await sqlite.lees(namen) == [f"{i:03}" for i in range(300)]


async def test_een_groep_heeft_een_commit(sqlite: Database) -> None:
    gezien: list[str] = []
    sqlite.engine.dispose()
    sa.event.listen(sqlite.engine, "connect", lambda verbinding, _: verbinding.set_trace_callback(gezien.append))
    uit = await samen(sqlite, *(lambda s, i=i: zet(s, f"{i}") for i in range(database.GROEP - 1)))
    assert len(uit) == database.GROEP - 1
    assert not any(isinstance(u, Exception) for u in uit)
    schrijfsels = [regel for regel in gezien if regel in {"BEGIN IMMEDIATE", "COMMIT"}]
    assert schrijfsels == ["BEGIN IMMEDIATE", "COMMIT"] * 2, "de eerste alleen, de rest samen"


async def test_een_mislukte_commit_bereikt_iedereen(sqlite: Database) -> None:
    def belofte(sessie: Sessie) -> None:
        sessie.exec_driver_sql("CREATE TABLE moet (id INTEGER PRIMARY KEY)")
        sessie.exec_driver_sql("CREATE TABLE kind (moet_id REFERENCES moet (id) DEFERRABLE INITIALLY DEFERRED)")

    await sqlite.schrijf(belofte)
    uit = await samen(
        sqlite,
        lambda s: zet(s, "ervoor"),
        lambda s: s.exec_driver_sql("INSERT INTO kind VALUES (7)"),
        lambda s: zet(s, "erna"),
    )
    assert all(isinstance(u, sqlite3.IntegrityError | sa.exc.IntegrityError) for u in uit)
    assert await sqlite.lees(namen) == []
    assert await sqlite.schrijf(zet, "weer goed") == "weer goed"


async def test_een_volle_schijf(sqlite: Database) -> None:
    """What is acknowledged is there, what is not is not, nothing is corrupt, and with room again it goes on."""

    def grens(sessie: Sessie, bladzijden: int) -> None:
        sessie.exec_driver_sql(f"PRAGMA max_page_count = {bladzijden}")

    def bladzijden(sessie: Sessie) -> int:
        return int(sessie.exec_driver_sql("PRAGMA page_count").scalar_one())

    await sqlite.schrijf(grens, await sqlite.schrijf(bladzijden) + 30)
    beloofd: list[str] = []
    geweigerd = 0
    for ronde in range(40):
        eenheden = [sqlite.schrijf(zet, f"{ronde:02}-{i}" + "x" * 3000) for i in range(8)]
        for uit in await asyncio.gather(*eenheden, return_exceptions=True):
            geweigerd += isinstance(uit, DatabaseWeg)
            beloofd += [uit] if isinstance(uit, str) else []
            assert isinstance(uit, str | DatabaseWeg), uit
    assert geweigerd
    assert beloofd
    assert sorted(await sqlite.lees(namen)) == sorted(beloofd)
    assert await sqlite.lees(lambda s: s.exec_driver_sql("PRAGMA integrity_check").scalar()) == "ok"
    await sqlite.schrijf(grens, 1_000_000)
    assert await sqlite.schrijf(zet, "weer ruimte") == "weer ruimte"


async def test_een_database_die_weg_is() -> None:
    weg = Database("postgresql://niemand@127.0.0.1:1/niets")
    with pytest.raises(DatabaseWeg):
        await weg.schrijf(zet, "x")
    with pytest.raises(DatabaseWeg):
        await weg.lees(namen)
    weg.sluit()
    kapot = Database("sqlite:////dit/pad/is/er/niet/a.db")
    with pytest.raises(DatabaseWeg):
        await kapot.schrijf(zet, "x")
    with pytest.raises(DatabaseWeg):
        await kapot.lees(namen)
    kapot.sluit()


async def test_nog_een_keer_als_postgres_dat_vraagt(db: Database) -> None:
    keren = 0

    def botst(sessie: Sessie, vaak: int) -> str:
        nonlocal keren
        keren += 1
        zet(sessie, f"geduld {vaak}")
        if keren <= vaak:
            raise psycopg.errors.SerializationFailure("twee tegelijk")
        return "gelukt"

    if db.is_sqlite:
        with pytest.raises(DatabaseWeg):
            await db.schrijf(botst, 1)
        return
    assert await db.schrijf(botst, 3) == "gelukt"
    assert keren == 4
    keren = 0
    with pytest.raises(DatabaseWeg):
        await db.schrijf(botst, 9)
    assert await db.lees(namen) == ["geduld 3"]


def test_veel_lussen_in_veel_draden(db: Database) -> None:
    """Increments are never lost, whoever writes at the same time."""
    with db.transactie() as sessie:
        zet(sessie, "0")
    teller = organisatie.c.naam

    def erbij(sessie: Sessie) -> None:
        nu = sessie.execute(sa.select(teller).with_for_update()).scalar_one()
        sessie.execute(organisatie.update().values(naam=str(int(nu) + 1)))

    async def vaak() -> None:
        await asyncio.gather(*(db.schrijf(erbij) for _ in range(25)))

    draden = [threading.Thread(target=lambda: asyncio.run(vaak())) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    with db.transactie() as sessie:
        assert namen(sessie) == ["100"]


async def test_sluiten_maakt_af_wat_er_lag(database_url: str) -> None:
    db = Database(database_url)
    taken = [asyncio.ensure_future(db.schrijf(zet, f"{i}")) for i in range(20)]
    await asyncio.sleep(0)
    await asyncio.to_thread(db.sluit)
    assert await asyncio.gather(*taken) == [f"{i}" for i in range(20)]
    db.sluit()
    with pytest.raises(DatabaseWeg):
        await db.schrijf(zet, "te laat")
    with pytest.raises(DatabaseWeg):
        await db.lees(namen)
    opnieuw = Database(database_url)
    assert len(await opnieuw.lees(namen)) == 20
    opnieuw.sluit()


def test_een_lus_die_voorbij_is_houdt_niemand_op(sqlite: Database) -> None:
    async def weg() -> None:
        asyncio.get_running_loop().create_task(sqlite.schrijf(zet, "wees"))
        await asyncio.sleep(0)

    asyncio.run(weg())
    assert asyncio.run(sqlite.schrijf(zet, "daarna")) == "daarna"
    assert asyncio.run(sqlite.lees(namen)) == ["wees", "daarna"]


def test_andere_databases() -> None:
    with pytest.raises(ValueError, match="mysql"):
        Database("mysql://root@localhost/x")


def test_de_naam_verraadt_geen_wachtwoord() -> None:
    db = Database("postgresql://piet:geheim@db.example/inloop")
    assert db.naam == "postgresql inloop"
    assert not db.is_sqlite


def test_sqlite_staat_goed(sqlite: Database) -> None:
    with sqlite.transactie() as sessie:
        stand = {naam: sessie.exec_driver_sql(f"PRAGMA {naam}").scalar() for naam in ("journal_mode", "synchronous")}
        assert stand == {"journal_mode": "wal", "synchronous": 2}
        assert sessie.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_momenten(db: Database) -> None:
    """Aware and UTC, in and out; a moment without a zone is refused."""
    amsterdam = timezone(timedelta(hours=2))
    waarden = {"kanaal": "k", "account": "a", "extern_id": "1", "adres": "x"}
    with db.transactie() as sessie:
        sessie.execute(postvak_in.insert().values(**waarden, ontvangen=datetime(2026, 7, 1, 10, 0, tzinfo=amsterdam)))
        terug = sessie.execute(sa.select(postvak_in.c.ontvangen)).scalar_one()
        assert terug == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
        assert terug.tzinfo is UTC
        assert sessie.scalar(sa.select(locatie.c.gemaakt)) is None
    with pytest.raises(sa.exc.StatementError, match="zonder tijdzone"), db.transactie() as sessie:
        sessie.execute(postvak_in.insert().values(**waarden, ontvangen=datetime(2026, 7, 1)))  # noqa: DTZ001
