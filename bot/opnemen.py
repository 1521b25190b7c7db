"""Recordings by colleagues after the turn: fetched from the platform, decoded to see that they are one, and given back
to be listened to. What is to be fetched stands in rows; what is no recording is said to who spoke, and is not kept.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.diensten.geluid import LANGST, GeenGeluid, Noot
from bot.diensten.spraak import SpraakStoring
from bot.kanalen.basis import Geweigerd, Kanaal, Ophaalbaar, Tijdelijk
from bot.logboek import log
from dialogen import motor
from dialogen.basis import Bericht, Invoer, Soort, Stand, Tekst
from dialogen.flows import FLOWS
from opslag import aanvullen, gesprekken, opnames, postvak
from opslag.database import Database, DatabaseWeg, Sessie
from opslag.gesprekken import Sleutel
from opslag.opnames import TeHalen

KIJK = 2.0
"""Seconds between two looks when nobody wakes us."""
SAMEN = 4
OPNIEUW = timedelta(seconds=15)
"""How long after a failure it is tried again."""
FOUTEN = {"stil": "stil", "leeg": "kort", "kort": "kort", "lang": "lang", "groot": "lang", "geen_geluid": "geen"}
"""Why it is no recording → the end of the key that says so."""

Keur = Callable[[bytes, float], Noot]
"""(bytes, seconds at most) → a voice note of ours. Blocks. Raises ``GeenGeluid`` or ``SpraakStoring``."""


class Opnemer:
    """Fetches what was recorded. ``wek()`` says there may be something; ``loop()`` runs until cancelled."""

    def __init__(
        self,
        db: Database,
        kanalen: Sequence[Kanaal],
        keur: Keur,
        klok: Callable[[], datetime],
        klaar: Callable[[], None] = lambda: None,
    ) -> None:
        self._db, self._kanalen, self._keur, self._klok, self._klaar = db, kanalen, keur, klok, klaar
        self._wek = asyncio.Event()

    def wek(self) -> None:
        """There may be a recording to fetch."""
        self._wek.set()

    async def loop(self) -> None:
        """Work until cancelled: when woken, and every ``KIJK`` seconds."""
        while True:
            self._wek.clear()
            with contextlib.suppress(DatabaseWeg):
                while await self.ronde():
                    pass
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(KIJK):
                    await self._wek.wait()

    async def ronde(self) -> int:
        """Do what can be done now, ``SAMEN`` at most; how many. Raises ``DatabaseWeg``."""
        van = [(k.naam, k.account) for k in self._kanalen if isinstance(k, Ophaalbaar)]
        if not van:
            return 0
        werk = await self._db.schrijf(opnames.claim, van, self._klok(), SAMEN)
        for uitkomst in await asyncio.gather(*(self._een(een) for een in werk), return_exceptions=True):
            if isinstance(uitkomst, BaseException):
                raise uitkomst
        return len(werk)

    async def _een(self, een: TeHalen) -> None:
        kanaal = next(k for k in self._kanalen if (k.naam, k.account) == (een.kanaal, een.account))
        assert isinstance(kanaal, Ophaalbaar)
        try:
            ruw = await kanaal.haal(een.media)
            if isinstance(ruw, Tijdelijk):
                await self._later(een)
            elif isinstance(ruw, Geweigerd):
                await self._af(een, "lang" if "lang" in ruw.reden else "weg")
            else:
                noot = await asyncio.to_thread(self._keur, ruw, LANGST)
                await self._db.schrijf(_geef_terug, een, noot, self._klok())
        except GeenGeluid as fout:
            await self._af(een, FOUTEN.get(fout.reden, "geen"))
        except SpraakStoring:
            await self._later(een)
        self._klaar()

    async def _later(self, een: TeHalen) -> None:
        if een.poging >= opnames.POGINGEN:
            await self._af(een, "weg")
        else:
            await self._db.schrijf(opnames.later, een.nummer, self._klok() + OPNIEUW)

    async def _af(self, een: TeHalen, waarom: str) -> None:
        log.warning("opname onbruikbaar", opname=een.nummer, fout=waarom)
        await self._db.schrijf(_zeg_waarom, een, waarom, self._klok())


# Within one unit of work: its end is written once, and what the colleague hears of it with it


def _geef_terug(sessie: Sessie, een: TeHalen, noot: Noot, nu: datetime) -> None:
    """The recording to listen to, with what may become of it."""
    if not opnames.binnen(sessie, een.nummer, noot.inhoud, noot.duur, nu):
        return
    sleutel = Sleutel(een.kanaal, een.account, een.adres)
    g = gesprekken.kijk(sessie, sleutel)
    if g is None or g.medewerker_id is None:
        return
    keur = Stand("inspreken", "keur", {"over": str(een.nummer)})
    invoer = Invoer(Soort.KNOP, f"inspreken.keur:luister:{een.nummer}")
    wereld = gesprekken.laad_wereld(sessie, g, invoer, een.nummer, nu, met_kantoor=True)
    wereld = aanvullen.vul_aan(sessie, g, wereld, invoer)
    for bericht in motor.herhaal(FLOWS, keur, wereld).berichten:
        postvak.leg_klaar(sessie, g.nummer, sleutel, bericht, g.taal, nu)


def _zeg_waarom(sessie: Sessie, een: TeHalen, waarom: str, nu: datetime) -> None:
    """It is no recording, and is not kept; the colleague hears why."""
    if opnames.onbruikbaar(sessie, een.nummer):
        sleutel = Sleutel(een.kanaal, een.account, een.adres)
        bericht = Bericht((Tekst(f"inspreken.fout.{waarom}"),))
        postvak.leg_klaar(sessie, een.gesprek_id, sleutel, bericht, een.taal, nu)
