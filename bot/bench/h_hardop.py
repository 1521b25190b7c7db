"""h. Every fixed message of a language as sound: the first time it is spoken, the second time nothing is.

The event loop is watched meanwhile: how long it was held up at most, while notes were made in the child process.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.bench.tabel import MeetFout, Meting
from bot.diensten.computerstem import Computerstem
from bot.diensten.geluid import Noot
from bot.diensten.spraak import STEMMEN, beschikbaar
from bot.stemmen import Stemmen
from bot.stemplan import Wens
from dialogen.basis import Bericht, Tekst
from dialogen.teksten import catalogus, velden
from opslag import geluiden
from opslag.database import Database
from opslag.migreren import migreer

NU = datetime(2026, 12, 1, 9, tzinfo=UTC)
TEGELIJK = 16
STIL = 20.0
"""Milliseconds that the event loop may be held up."""


class _Geteld(Computerstem):
    """Counts what was really spoken."""

    gezegd = 0

    async def zeg(self, tekst: str, taal: str, voorrang: int = 0) -> Noot:
        self.gezegd += 1
        return await super().zeg(tekst, taal, voorrang)


def vaste_teksten(taal: str) -> list[Bericht]:
    """Every text of a catalogue in which nothing is filled in, as a message of its own."""
    return [Bericht((Tekst(sleutel),)) for sleutel in catalogus(taal) if not velden(sleutel)]


def meet(map_: Path, snel: bool) -> Iterator[Meting]:
    """Yields per language seconds for all fixed texts, the second time against the first; then the event loop."""
    if not beschikbaar():
        raise MeetFout("zonder de extra 'stem' is er niets te meten")
    talen = ["nl"] if snel else list(STEMMEN)
    stil: list[float] = []
    for taal in talen:
        teksten = vaste_teksten(taal)[: 5 if snel else None]
        eerst, weer, kilobytes, langst = asyncio.run(_taal(map_ / f"{taal}.db", taal, teksten))
        stil.append(langst)
        wat = f"{taal}: {len(teksten)} vaste teksten, {kilobytes:.0f} kB"
        yield Meting(wat, "s", [weer], [eerst], 0.5, False, "de tweede keer; ijkpunt: de eerste keer")
    uitleg = f"{len(talen)} talen; ijkpunt: {STIL:.0f} ms; gemeten door een taak die telkens 1 ms slaapt"
    yield Meting("langste stilstand van de lus, de slechtste", "ms", [max(stil)], [STIL], 1.0, False, uitleg)


async def _taal(pad: Path, taal: str, teksten: list[Bericht]) -> tuple[float, float, float, float]:
    """Seconds the first and the second time, kilobytes, and milliseconds that the loop was held up at most."""
    db = Database(f"sqlite:///{pad}")
    await asyncio.to_thread(migreer, db.engine)
    stem = _Geteld()
    try:
        await stem.zeg("Dag", taal)  # the child is there
        async with _kijk() as langst:
            eerst = await _hoor(db, stem, taal, teksten)
        gezegd = stem.gezegd
        weer = await _hoor(db, stem, taal, teksten)
        if stem.gezegd != gezegd or gezegd < len(teksten) // 2:
            raise MeetFout(f"{taal}: {gezegd} keer gesproken, daarna nog {stem.gezegd - gezegd}")
        return eerst, weer, await db.lees(geluiden.omvang) / 1000, langst() * 1000
    finally:
        await stem.sluit()
        await asyncio.to_thread(db.sluit)


async def _hoor(db: Database, stem: Computerstem, taal: str, teksten: list[Bericht]) -> float:
    """Seconds to give all of these their sound, ``TEGELIJK`` at a time as the sender does."""
    stemmen, begin = Stemmen(db, lambda: NU, stem), time.perf_counter()
    for plek in range(0, len(teksten), TEGELIJK):
        wensen = [Wens(n, bericht, (taal,)) for n, bericht in enumerate(teksten[plek : plek + TEGELIJK])]
        if any(geluid is None for geluid in await asyncio.gather(*(await stemmen.geef(wensen)).values())):
            raise MeetFout(f"{taal}: er kwam geen geluid")
    return time.perf_counter() - begin


@asynccontextmanager
async def _kijk() -> AsyncIterator[Callable[[], float]]:
    """Looks every millisecond whether the loop goes on; gives the longest it did not, in seconds."""
    langst = 0.0

    async def kijk() -> None:
        nonlocal langst
        while True:
            begin = time.perf_counter()
            await asyncio.sleep(0.001)
            langst = max(langst, time.perf_counter() - begin - 0.001)

    kijker = asyncio.create_task(kijk())
    yield lambda: langst
    kijker.cancel()
