"""The worker: turns of one chat in order, of different chats side by side; a sweep for what a crash left behind."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime

from bot.beurt import ONVERTAALD, Vertaalt
from bot.logboek import log
from bot.verwerken import NIETS, Gif, Kan, Punt, verwerk, zet_opzij
from opslag import postvak
from opslag.database import Database, DatabaseWeg
from opslag.gesprekken import Sleutel

VEEG = 2.0
"""Seconds between two sweeps. Leftovers come only from a crash or a database that was away."""
AFMAKEN = 3.5
"""Seconds that turns which run get when the process stops."""


class Werker:
    """Handles open inbox rows. ``wek(sleutel)`` says a chat has one more; ``loop()`` sweeps until cancelled."""

    def __init__(
        self,
        db: Database,
        klok: Callable[[], datetime],
        wek_verzender: Callable[[str | None], None],
        punt: Punt = lambda _: None,
        vertaalt: Vertaalt = ONVERTAALD,
        kan: Kan = NIETS,
    ) -> None:
        self._db, self._klok, self._wek_verzender, self._punt = db, klok, wek_verzender, punt
        self._vertaalt, self._kan = vertaalt, kan
        self._chats: dict[Sleutel, int] = {}
        self._taken: set[asyncio.Task[None]] = set()
        self.leeft = False

    def wek(self, sleutel: Sleutel) -> None:
        """There is one more row for this chat."""
        if sleutel in self._chats:
            self._chats[sleutel] += 1
            return
        self._chats[sleutel] = 1
        taak = asyncio.create_task(self._chat(sleutel))
        self._taken.add(taak)
        taak.add_done_callback(self._taken.discard)

    async def loop(self) -> None:
        """Sweep until cancelled, then let the turns that run come to their end."""
        try:
            while True:
                await self._veeg()
                await asyncio.sleep(VEEG if self.leeft else 0.5)
        finally:
            self.leeft = False
            if self._taken:
                await asyncio.wait(self._taken, timeout=AFMAKEN)

    async def rust(self) -> None:
        """Wait until no chat is being handled (for the demo and tests)."""
        while self._taken:
            await asyncio.wait(self._taken)

    async def _veeg(self) -> None:
        try:
            wachtend = await self._db.lees(postvak.wachtenden)
            self.leeft = True
        except DatabaseWeg:
            self.leeft = False
            return
        for sleutel in wachtend:
            if sleutel not in self._chats:
                self.wek(sleutel)

    async def _chat(self, sleutel: Sleutel) -> None:
        """Handle one chat's rows, oldest first, until those we know of are done."""
        try:
            while (over := self._chats[sleutel] - 1) >= 0:
                self._chats[sleutel] = over
                if not await self._een(sleutel):
                    self._chats[sleutel] -= over  # there was nothing more then; who was woken since is still to come
        except DatabaseWeg:
            self.leeft = False  # the sweep comes back to it
        except Exception as fout:  # before there was a row to blame; the sweep comes back to it too
            log.error("gesprek mislukt", kanaal=sleutel.kanaal, fout=type(fout).__name__)
        finally:
            del self._chats[sleutel]

    async def _een(self, sleutel: Sleutel) -> bool:
        """One turn; whether there may be another row."""
        self._punt("voor_beurt")
        try:
            gedaan = await self._db.schrijf(verwerk, sleutel, self._klok(), self._vertaalt, self._kan)
        except Gif as gif:
            log.error("beurt mislukt", rij=gif.rij, fout=gif.soort)
            opzij = await self._db.schrijf(zet_opzij, gif, sleutel, self._klok())
            self._chats[sleutel] += 1  # again, or the one behind it
            if opzij:
                self._wek_verzender(sleutel.kanaal)
            return True
        self._punt("na_beurt")
        if gedaan is None:
            return False
        if gedaan.antwoorden or gedaan.voor_anderen:
            self._wek_verzender(None if gedaan.voor_anderen else sleutel.kanaal)
        return True


async def stop(taak: asyncio.Task[None]) -> None:
    """Cancel a loop and wait until it has cleaned up after itself."""
    taak.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await taak
