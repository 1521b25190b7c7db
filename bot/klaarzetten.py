"""Sound for what is claimed, before it may go: many at once, most of it known, some of it still to be made.

A broadcast keeps its pace: who only reads never waits for who listens. Who listens waits a bounded time; then the
text goes alone, with what it shows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any

from bot.horen import NIETS, Gehoord, Horen, Luisteraar, toon
from bot.kanalen.basis import Bijlage, Vermogen, Weergave
from bot.links import Links
from bot.logboek import log
from bot.stemmen import Straks
from dialogen.basis import Bericht
from opslag import postvak
from opslag.berichten import lees_bericht
from opslag.database import DatabaseWeg
from opslag.postvak import Uit

VOORAF = 64
"""Messages whose sound is being made at most; beyond that only replies are let in."""
GEDULD, GEDULD_UITZENDING = 5.0, 30.0
"""Seconds that a reply, and a broadcast, waits for its sound."""


Klaar = Callable[[Uit, float], None]
"""(the message, since when it is claimed) → it may go."""


def luisteraar(uit: Uit) -> Luisteraar:
    """Who gets this message."""
    return Luisteraar(uit.vorm, uit.taal, uit.spreektaal, uit.locatie_id, uit.tijdzone)


class Klaarzetten:
    """What waits for its sound. ``klaar`` is called for each that may go, in the event loop."""

    def __init__(self, horen: Horen, vermogen: Vermogen, links: Links, klaar: Klaar) -> None:
        self._horen, self._vermogen, self._links, self._klaar = horen, vermogen, links, klaar
        self._wacht: dict[int, tuple[Uit, float]] = {}
        self._taken: set[asyncio.Task[None]] = set()
        self._gehoord: dict[int, Gehoord] = {}

    @property
    def vol(self) -> bool:
        """Whether no more broadcasts may come to wait."""
        return len(self._wacht) >= VOORAF

    def neem(self, uit: Uit, sinds: float) -> bool:
        """Whether this one, claimed ``sinds``, has something to look up first; then ``begin`` does it."""
        if not self._horen.kan(self._vermogen) or not self._horen.raakt(
            self._bericht(uit), luisteraar(uit), self._vermogen
        ):
            return False
        self._wacht[uit.nummer] = (uit, sinds)
        return True

    def begin(self, rijen: Sequence[Uit]) -> None:
        """Look up and make the sound of these."""
        if rijen:
            self._start(self._zoek(rijen))

    def laat_los(self, wie: Callable[[Uit], bool]) -> list[Uit]:
        """Those that match wait no longer, and will not be called ready."""
        return [self._wacht.pop(uit.nummer)[0] for uit, _ in list(self._wacht.values()) if wie(uit)]

    def toon(self, weergave: Weergave, bericht: Bericht, uit: Uit) -> Weergave:
        """The message as this person gets it."""
        wie, gehoord = luisteraar(uit), self._gehoord.get(uit.nummer, NIETS)
        if not (wie.vorm or bericht.hardop or gehoord is not NIETS):
            return weergave
        return toon(weergave, bericht, wie, gehoord, self._vermogen)

    def vergeet(self, nummer: int) -> None:
        """This one went."""
        self._gehoord.pop(nummer, None)

    async def stop(self) -> None:
        """Wait for nothing any more."""
        self._wacht.clear()
        for taak in self._taken:
            taak.cancel()
        await asyncio.gather(*self._taken, return_exceptions=True)

    def _bericht(self, uit: Uit) -> Bericht:
        try:
            return self._links.vul(lees_bericht(uit.inhoud))
        except (ValueError, KeyError):  # who sends it finds out, and says so
            return Bericht(())

    def _start(self, werk: Coroutine[Any, Any, None]) -> None:
        taak = asyncio.create_task(werk)
        self._taken.add(taak)
        taak.add_done_callback(self._taken.discard)

    async def _zoek(self, rijen: Sequence[Uit]) -> None:
        vragen = [(u.nummer, self._bericht(u), luisteraar(u), u.vervangt, u.prioriteit) for u in rijen]
        straks: dict[int, Straks] = {}
        try:
            bekend, gevonden = await self._horen.zoek(vragen)
            straks = dict(gevonden)
        except DatabaseWeg:
            bekend = {}
        except Exception as fout:  # without sound it goes too
            log.error("geluid niet gezocht", fout=type(fout).__name__)
            bekend = {}
        for uit in rijen:
            gehoord = Gehoord(kan=True) if uit.nummer in straks else bekend.get(uit.nummer, NIETS)
            if (geluid := straks.get(uit.nummer)) is None or geluid.done():
                self._zet(uit, gehoord, geluid)
            else:
                self._start(self._wacht_op(uit, gehoord, geluid))

    async def _wacht_op(self, uit: Uit, gehoord: Gehoord, geluid: Straks) -> None:
        geduld = GEDULD if uit.prioriteit < postvak.AANBOD else GEDULD_UITZENDING
        klaar, _ = await asyncio.wait({geluid}, timeout=geduld)
        if not klaar:
            log.warning("geluid kwam niet op tijd", rij=uit.nummer)
        self._zet(uit, gehoord, geluid if klaar else None)

    def _zet(self, uit: Uit, gehoord: Gehoord, geluid: Straks | None) -> None:
        wachtte = self._wacht.pop(uit.nummer, None)
        if wachtte is None:
            return  # let go of meanwhile
        klank: Bijlage | None = geluid.result() if geluid is not None else None
        self._gehoord[uit.nummer] = replace(gehoord, geluid=klank)
        self._klaar(*wachtte)
