"""Writing down what became of messages: those that come in at the same moment together, in one unit of work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.besluit import Af, Besluit, Klaar, Later, Terug, Weg
from bot.logboek import log
from opslag import postvak
from opslag.database import Database, DatabaseWeg, Sessie
from opslag.postvak import Uit

SAMEN = 0.005
"""Seconds in which what is done is gathered before it is written: one commit is as dear for twenty as for one."""
VEEL, LANGER = 4, 0.02
"""When so many are done in that time, as many seconds more: what was sent may wait, the commits for it add up."""
OPNIEUW = 0.5
"""Seconds before a database that is away is tried again."""


@dataclass(frozen=True, slots=True)
class Gedaan:
    """What became of one claimed message; ``eigen_fout``: it counts as a try that failed; ``half``: a part of it went,
    so that it may come twice when another process has to begin anew.
    """

    uit: Uit
    keuze: Besluit | Terug
    eigen_fout: bool = False
    half: bool = False


def merk(sessie: Sessie, gedaan: Sequence[Gedaan], nu: datetime) -> None:
    """Write down what became of these messages, all that came to the same end in one statement."""
    af: dict[tuple[str, str], list[int]] = {}
    terug: dict[str, list[int]] = {}
    later, verzonden = [], []
    for een in gedaan:
        uit = een.uit
        match een.keuze:
            case Klaar(extern_id=extern_id):
                verzonden.append((uit.nummer, extern_id, uit.verzending_id))
            case Later(op=op, reden=reden):
                later.append((uit.nummer, op, uit.pogingen + een.eigen_fout, reden))
            case Terug(reden=reden):
                terug.setdefault(reden, []).append(uit.nummer)
            case Af(status=status, reden=reden):
                af.setdefault((status, reden), []).append(uit.nummer)
            case Weg(reden=reden):
                postvak.onbereikbaar(sessie, uit.gesprek_id, uit.nummer, reden, nu)
    postvak.verzonden(sessie, verzonden, nu)
    postvak.later(sessie, later)
    for reden, nummers in terug.items():
        postvak.leg_terug(sessie, nummers, reden)
    for (status, reden), nummers in af.items():
        postvak.af(sessie, nummers, status, reden)
    if half := [een.uit.nummer for een in gedaan if een.half]:
        postvak.in_twijfel(sessie, half)


class Merker:
    """Gathers what became of messages and writes it down as fast as the database takes it.

    A row stays claimed until it is written, for as long as the database is away: it would be sent twice otherwise.
    ``klaar`` hears of every one that is.
    """

    def __init__(self, db: Database, klok: Callable[[], datetime], klaar: Callable[[Uit], None]) -> None:
        self._db, self._klok, self._klaar = db, klok, klaar
        self._rij: list[Gedaan] = []
        self._taak: asyncio.Task[None] | None = None

    def erbij(self, gedaan: Gedaan) -> None:
        """One more to write down."""
        self._rij.append(gedaan)
        if self._taak is None:
            self._taak = asyncio.create_task(self._schrijf_door())

    async def rust(self, seconden: float) -> None:
        """Until all is written, or so many seconds are over; then it gives up."""
        if self._taak is not None:
            _, open_ = await asyncio.wait({self._taak}, timeout=seconden)
            for taak in open_:
                taak.cancel()

    async def _schrijf_door(self) -> None:
        try:
            while self._rij:
                await asyncio.sleep(SAMEN)
                if len(self._rij) >= VEEL:
                    await asyncio.sleep(LANGER)
                stapel, self._rij = self._rij, []
                await self._schrijf(stapel)
        finally:
            self._taak = None

    async def _schrijf(self, stapel: Sequence[Gedaan]) -> None:
        while True:
            try:
                await self._db.schrijf(merk, stapel, self._klok())
                break
            except DatabaseWeg:
                await asyncio.sleep(OPNIEUW)
            except Exception as fout:
                await self._een_voor_een(stapel, fout)
                return
        for een in stapel:
            self._klaar(een.uit)

    async def _een_voor_een(self, stapel: Sequence[Gedaan], fout: Exception) -> None:
        """One of them cannot be written: it may not take the others along, and is given up when it is alone."""
        if len(stapel) > 1:
            for een in stapel:
                await self._schrijf([een])
            return
        uit, soort = stapel[0].uit, type(fout).__name__
        log.error("bericht niet te merken", rij=uit.nummer, fout=soort)
        if not isinstance(stapel[0].keuze, Af):
            await self._schrijf([Gedaan(uit, Af("geweigerd", f"fout: {soort}"))])
