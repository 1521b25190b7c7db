"""The database: one engine, and every unit of work in one hop.

``await db.schrijf(functie, …)`` runs ``functie(sessie, …)`` in a thread and commits; ``await db.lees(functie, …)``
reads. Functions take a ``Sessie`` and never commit.

On SQLite one writer thread takes what is waiting, gives every unit its own savepoint (one that fails rolls back
alone), commits the group once with ``synchronous=FULL`` and then wakes the waiters: more durable and faster than a
commit each. On PostgreSQL a small pool of threads does a transaction each (docs/besluiten/0001-een-schrijver.md).
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

P = ParamSpec("P")
T = TypeVar("T")

Sessie = sa.Connection
"""A connection within a unit of work. ``bot`` passes it on as a value and asks nothing of it."""

GROEP = 256
"""Units that one commit takes at most, so that nobody waits long."""
DRADEN = 8
"""Connections to PostgreSQL, and the threads that use them."""
_HERHAALBAAR = frozenset({"40001", "40P01"})  # serialization failure, deadlock


DatabaseStoring = (OperationalError, sqlite3.OperationalError, psycopg.OperationalError)
"""What a driver raises within a unit when it is the database that fails, not the unit."""


DatabaseFout = (DBAPIError, sqlite3.Error, psycopg.Error)
"""Everything that a database or its driver can raise: for one line on the command line."""


class DatabaseWeg(ConnectionError):
    """The database cannot be reached or cannot write (away, disk full). Nothing of the unit was kept; try again."""


@dataclass(frozen=True, slots=True)
class _Eenheid:
    functie: Callable[[Sessie], Any]
    klaar: asyncio.Future[Any]
    lus: asyncio.AbstractEventLoop


def maak_engine(url: str) -> sa.Engine:
    """An engine for SQLite or PostgreSQL (``postgresql+psycopg://``). Raises ``ValueError`` for another."""
    try:
        adres = sa.make_url(url)
    except (ValueError, ArgumentError):  # its words may hold a password
        raise ValueError("INLOOP_DATABASE_URL is geen adres van een database") from None
    if adres.get_backend_name() == "sqlite":
        if adres.database in {None, "", ":memory:"}:  # every connection would have a database of its own
            raise ValueError("INLOOP_DATABASE_URL: een database in het geheugen kan niet; geef een bestand")
        # hide_parameters: an error's text must never hold what a parent wrote
        engine = sa.create_engine(adres, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": 10})
        sa.event.listen(engine, "connect", _stel_sqlite_in)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    if adres.get_backend_name() == "postgresql":
        adres = adres.set(drivername="postgresql+psycopg")
        return sa.create_engine(
            adres,
            hide_parameters=True,
            pool_size=DRADEN + 2,
            max_overflow=4,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 5, "options": "-c timezone=UTC -c lock_timeout=10000"},
        )
    raise ValueError(
        f"INLOOP_DATABASE_URL: {adres.get_backend_name()!r} wordt niet ondersteund; kies sqlite of postgresql"
    )


def _begin_sqlite(sessie: Sessie) -> None:
    # A unit that will write takes the lock at once: a read that becomes a write would fail instead of wait.
    if not _dbapi(sessie).in_transaction:  # the writer has begun already
        _dbapi(sessie).execute("BEGIN" if sessie.get_execution_options().get("lezen") else "BEGIN IMMEDIATE")


def _stel_sqlite_in(verbinding: sqlite3.Connection, _record: object) -> None:
    # WAL lets readers go on beside the writer; FULL keeps what was acknowledged through a power cut; without
    # foreign_keys SQLite checks none; the default transaction mode silently loses updates, hence IMMEDIATE above.
    verbinding.isolation_level = None
    for regel in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "cache_size=-16000"):
        verbinding.execute(f"PRAGMA {regel}")


class Database:
    """Opens ``url`` at once; the threads start with the first unit. Close it with ``sluit``."""

    def __init__(self, url: str) -> None:
        self.engine = maak_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._rij: queue.SimpleQueue[_Eenheid | None] = queue.SimpleQueue()
        self._schrijver: threading.Thread | None = None
        self._draden: ThreadPoolExecutor | None = None
        self._slot = threading.Lock()
        self._gesloten = False

    @property
    def naam(self) -> str:
        """What this is, without a password: for people and logs."""
        return f"{self.engine.dialect.name} {self.engine.url.database or '(geheugen)'}"

    def schrijfbaar(self, sessie: Sessie) -> bool:
        """Whether a unit of work could be written now; as ``schrijf`` it raises ``DatabaseWeg`` when it could not."""
        sessie.execute(sa.text("UPDATE locatie SET norm = norm WHERE id = 0"))
        return True

    def bereikbaar(self, sessie: Sessie) -> bool:
        """Whether the database answers (for ``/ready``)."""
        return sessie.execute(sa.text("SELECT 1")).scalar() == 1

    # Synchronous: the command line, migrations and tests

    @contextlib.contextmanager
    def transactie(self) -> Iterator[Sessie]:
        """One unit of work from ordinary code: commits on leaving, rolls back on an error."""
        with self.engine.begin() as sessie:
            yield sessie

    @contextlib.contextmanager
    def lezend(self) -> Iterator[Sessie]:
        """Reading from ordinary code, for as long as it takes: nobody who writes has to wait for it."""
        with self.engine.connect().execution_options(lezen=True) as sessie:
            yield sessie

    # Asynchronous: one hop for a whole unit

    async def schrijf(self, functie: Callable[Concatenate[Sessie, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``functie(sessie, …)`` in a transaction of its own and return when it is durable.

        Raises ``DatabaseWeg`` when the database is away or full, and what ``functie`` raises (then nothing of it
        was kept). A cancelled wait does not cancel the unit.
        """
        if self.is_sqlite:
            return await self._via_schrijver(lambda sessie: functie(sessie, *args, **kwargs))
        return await self._in_draad(lambda: self._eigen_transactie(lambda s: functie(s, *args, **kwargs)))

    async def lees(self, functie: Callable[Concatenate[Sessie, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``functie(sessie, …)`` on a read connection. Raises ``DatabaseWeg`` when the database is away."""
        return await self._in_draad(lambda: self._lezen(lambda s: functie(s, *args, **kwargs)))

    async def _via_schrijver(self, functie: Callable[[Sessie], T]) -> T:
        if self._schrijver is None or self._gesloten:
            self._start_schrijver()
        lus = asyncio.get_running_loop()
        klaar: asyncio.Future[T] = lus.create_future()
        self._rij.put(_Eenheid(functie, klaar, lus))
        return await klaar

    def _start_schrijver(self) -> None:
        with self._slot:
            if self._gesloten:
                raise DatabaseWeg("de database is gesloten")
            if self._schrijver is None:
                self._schrijver = threading.Thread(target=self._schrijf_door, name="schrijver", daemon=True)
                self._schrijver.start()

    async def _in_draad(self, functie: Callable[[], T]) -> T:
        with self._slot:
            if self._gesloten:
                raise DatabaseWeg("de database is gesloten")
            if self._draden is None:
                self._draden = ThreadPoolExecutor(DRADEN, "opslag")
        return await asyncio.get_running_loop().run_in_executor(self._draden, functie)

    # PostgreSQL, and reading

    def _eigen_transactie(self, functie: Callable[[Sessie], T]) -> T:
        for poging in range(4):
            try:
                with self.engine.begin() as sessie:
                    return functie(sessie)
            except (DBAPIError, psycopg.Error, StopIteration) as fout:
                if poging < 3 and getattr(getattr(fout, "orig", fout), "sqlstate", None) in _HERHAALBAAR:
                    continue
                raise vertaal(fout) from fout
        raise AssertionError("onbereikbaar")

    def _lezen(self, functie: Callable[[Sessie], T]) -> T:
        try:
            with self.engine.connect().execution_options(lezen=True) as sessie:
                return functie(sessie)
        except (DBAPIError, psycopg.Error, sqlite3.Error, StopIteration) as fout:
            raise vertaal(fout) from fout

    # SQLite's writer

    def _schrijf_door(self) -> None:
        sessie: Sessie | None = None
        while (eerste := self._rij.get()) is not None:
            groep = [eerste]
            while len(groep) < GROEP and not self._rij.empty():
                volgende = self._rij.get()
                if volgende is None:
                    self._rij.put(None)  # the end, after this group
                    break
                groep.append(volgende)
            sessie = self._schrijf_groep(sessie, groep)
        if sessie is not None:
            sessie.close()

    def _schrijf_groep(self, sessie: Sessie | None, groep: Sequence[_Eenheid]) -> Sessie | None:
        """Run a group in one transaction. Returns the connection to go on with (None: open a new one)."""
        uitkomsten: list[_Uitkomst] = []
        try:
            sessie = sessie or self.engine.connect()
            verbinding = _dbapi(sessie)
            verbinding.execute("BEGIN IMMEDIATE")
            if len(groep) == 1:  # alone it is the transaction itself
                uitkomsten.append(_alleen(sessie, groep[0]))
            else:
                uitkomsten.extend(_met_savepoint(sessie, eenheid) for eenheid in groep)
            if verbinding.in_transaction:
                verbinding.execute("COMMIT")
            if sessie.in_transaction():  # SQLAlchemy joined in; it learns that it is over
                sessie.commit()
        except BaseException as fout:  # the commit itself failed: nobody of the group may believe it was kept
            reden = vertaal(fout) if isinstance(fout, Exception) else fout
            uitkomsten = [(eenheid, None, reden) for eenheid in groep]
            with contextlib.suppress(Exception):
                if sessie is not None:
                    sessie.close()
            sessie = None
        for lus in {uitkomst[0].lus for uitkomst in uitkomsten}:  # one wake-up for the whole group
            with contextlib.suppress(RuntimeError):  # that loop has ended; its waiters went with it
                lus.call_soon_threadsafe(_maak_bekend, [u for u in uitkomsten if u[0].lus is lus])
        return sessie

    def sluit(self) -> None:
        """Finish what was handed in, then close. Safe to call twice."""
        with self._slot:
            if self._gesloten:
                return
            self._gesloten = True
        if self._schrijver is not None:
            self._rij.put(None)
            self._schrijver.join()
        if self._draden is not None:
            self._draden.shutdown()
        self.engine.dispose()


_Uitkomst = tuple[_Eenheid, Any, BaseException | None]


def _maak_bekend(uitkomsten: Sequence[_Uitkomst]) -> None:
    for eenheid, waarde, fout in uitkomsten:
        if eenheid.klaar.done():
            continue
        if fout is None:
            eenheid.klaar.set_result(waarde)
        else:
            eenheid.klaar.set_exception(fout)


def _alleen(sessie: Sessie, eenheid: _Eenheid) -> _Uitkomst:
    try:
        return eenheid, eenheid.functie(sessie), None
    except Exception as fout:
        _dbapi(sessie).rollback()
        return eenheid, None, vertaal(fout)


def _met_savepoint(sessie: Sessie, eenheid: _Eenheid) -> _Uitkomst:
    verbinding = _dbapi(sessie)
    verbinding.execute("SAVEPOINT eenheid")
    try:
        waarde = eenheid.functie(sessie)
    except Exception as fout:
        if not verbinding.in_transaction:
            raise  # SQLite has rolled the whole group back already (disk full, I/O error)
        verbinding.execute("ROLLBACK TO eenheid")
        verbinding.execute("RELEASE eenheid")
        return eenheid, None, vertaal(fout)
    verbinding.execute("RELEASE eenheid")
    return eenheid, waarde, None


def _dbapi(sessie: Sessie) -> sqlite3.Connection:
    verbinding = sessie.connection.driver_connection
    assert isinstance(verbinding, sqlite3.Connection)
    return verbinding


def vertaal(fout: Exception) -> Exception:
    """An error of SQLAlchemy or a driver as ``DatabaseWeg`` when trying again later makes sense, else as it is."""
    if isinstance(fout, DatabaseStoring) or (isinstance(fout, DBAPIError) and fout.connection_invalidated):
        return DatabaseWeg(type(getattr(fout, "orig", fout)).__name__)
    if isinstance(fout, StopIteration):  # asyncio cannot pass it on, and its waiter would wait for ever
        return RuntimeError("StopIteration")
    return fout
