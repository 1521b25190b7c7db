"""Voice notes after the turn: fetched from the platform, checked, locked away, and written out where that is possible.

What is to be done stands in rows, so that nothing is lost with a process; what fails is said to who spoke.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.diensten.geluid import GeenGeluid
from bot.diensten.spraak import SpraakStoring
from bot.kanalen.basis import Geweigerd, Kanaal, Ophaalbaar, Tijdelijk
from bot.logboek import log
from bot.spraak import TE_LANG_ALS, Spraak
from dialogen.basis import TE_LANG, Bericht, Invoer, Soort, Tekst
from opslag import gesprekken, postvak, spraaknotas
from opslag.berichten import invoer_json
from opslag.database import Database, DatabaseWeg, Sessie
from opslag.gesprekken import Sleutel
from opslag.spraaknotas import TeDoen

KIJK = 2.0
"""Seconds between two looks when nobody wakes us: what must be tried again, and leftovers."""
SAMEN = 4
"""Notes that are worked on at once: each is in memory whole, 5 MB at most."""
POGINGEN = 6
"""So often a note is tried before it counts as failed."""
OPNIEUW = (2.0, 5.0, 15.0, 60.0, 180.0)
"""Seconds before the next try."""


class Notahaler:
    """Works on what turns left. ``wek()`` says there may be a note; ``loop()`` runs until cancelled.

    ``klaar(sleutel)`` is called for the chat that has something new in its inbox, and with None when there is
    something to send.
    """

    def __init__(
        self,
        db: Database,
        kanalen: Sequence[Kanaal],
        spraak: Spraak,
        klok: Callable[[], datetime],
        klaar: Callable[[Sleutel | None], None],
    ) -> None:
        self._db, self._kanalen, self._spraak, self._klok, self._klaar = db, kanalen, spraak, klok, klaar
        self._wek = asyncio.Event()

    def wek(self) -> None:
        """There may be a note."""
        self._wek.set()

    async def loop(self) -> None:
        """Work until cancelled: when woken, and every ``KIJK`` seconds. Without a vault there is nothing to do."""
        if self._spraak.kluis is None:
            return
        while True:
            self._wek.clear()
            with contextlib.suppress(DatabaseWeg):
                while await self.ronde():
                    pass
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(KIJK):
                    await self._wek.wait()

    async def ronde(self) -> int:
        """Do what can be done now, ``SAMEN`` at most; how many notes. Raises ``DatabaseWeg``."""
        halen = [(k.naam, k.account) for k in self._kanalen if isinstance(k, Ophaalbaar)]
        werk = await self._db.schrijf(spraaknotas.claim, halen, self._klok(), SAMEN)
        gedaan = await asyncio.gather(*(self._een(nota) for nota in werk), return_exceptions=True)
        for fout in gedaan:
            if isinstance(fout, BaseException):
                raise fout
        return len(werk)

    async def _een(self, nota: TeDoen) -> None:
        """One note as far as it goes; a fault of ours is tried again like one of the platform's."""
        try:
            await self._doe(nota)
        except DatabaseWeg:
            raise
        except Exception as fout:
            log.error("spraaknota mislukt", nota=nota.nummer, fout=type(fout).__name__)
            await self._later(nota)

    async def _doe(self, nota: TeDoen) -> None:
        kluis = self._spraak.kluis
        assert kluis is not None, "without a vault the loop does not run"
        if nota.inhoud is None:
            inhoud = await self._gehaald(nota)
            if inhoud is None:
                return
            dicht = await asyncio.to_thread(kluis.sluit, inhoud[0], nota.media)
            if not await self._db.schrijf(spraaknotas.bewaar, nota.nummer, dicht, inhoud[1]):
                return  # erased meanwhile
            geluid: bytes | None = inhoud[0]
        else:
            geluid = await asyncio.to_thread(kluis.open, nota.inhoud, nota.media)
        if geluid is None:  # locked with another secret
            await self._mislukt(nota, "dicht")
            return
        woorden = await self._versta(nota, geluid)
        tekst = kluis.sluit(woorden.encode(), f"{nota.media} tekst") if woorden else None
        await self._af(nota, self._klaar_ermee, tekst, woorden)

    async def _gehaald(self, nota: TeDoen) -> tuple[bytes, int] | None:
        """The checked recording and its milliseconds; None when there is none (yet), which is then written down."""
        kanaal = next(k for k in self._kanalen if (k.naam, k.account) == (nota.kanaal, nota.account))
        assert isinstance(kanaal, Ophaalbaar)
        ruw = await kanaal.haal(nota.media)
        match ruw:
            case Tijdelijk(wacht=wacht):
                await self._later(nota, wacht)
            case Geweigerd(reden=reden):
                log.warning("spraaknota niet gekregen", nota=nota.nummer)
                await self._mislukt(nota, reden if reden == TE_LANG else "niet_gekregen")
            case _:
                try:
                    noot = await self._spraak.maak_noot(ruw)
                except GeenGeluid as fout:
                    await self._mislukt(nota, fout.reden)
                except SpraakStoring:
                    await self._later(nota)
                else:
                    return noot.inhoud, noot.duur
        return None

    async def _versta(self, nota: TeDoen, geluid: bytes) -> str:
        """The words; '' when there are none to get. A failing ear never holds up the sound."""
        if self._spraak.luistert is None:
            return ""
        try:
            return await self._spraak.luistert.versta(geluid, nota.taal)
        except Exception as fout:
            log.error("uitschrijven mislukt", nota=nota.nummer, fout=type(fout).__name__)
            return ""

    async def _later(self, nota: TeDoen, wacht: float | None = None) -> None:
        if nota.pogingen >= POGINGEN:
            await self._mislukt(nota, "niet_gekregen")
            return
        seconden = wacht or OPNIEUW[min(nota.pogingen, len(OPNIEUW)) - 1]
        await self._db.schrijf(spraaknotas.later, nota.nummer, self._klok() + timedelta(seconds=seconden))

    async def _mislukt(self, nota: TeDoen, fout: str) -> None:
        log.warning("spraaknota onbruikbaar", nota=nota.nummer, fout=fout)
        await self._af(nota, self._onbruikbaar, fout)

    async def _af(self, nota: TeDoen, doe: Callable[..., None], *waarden: object) -> None:
        """Write down the end of a note, and wake who has something to do by it."""
        await self._db.schrijf(doe, nota, *waarden, self._klok())
        self._klaar(Sleutel(nota.kanaal, nota.account, nota.adres) if nota.bij else None)

    # Within one unit of work: the end of a note is written once, and what follows from it with it

    @staticmethod
    def _klaar_ermee(sessie: Sessie, nota: TeDoen, tekst: bytes | None, woorden: str, nu: datetime) -> None:
        if spraaknotas.klaar(sessie, nota.nummer, tekst) and nota.bij:
            _zeg_het_ons(sessie, nota, Invoer(Soort.GEHOORD, nota.media, bericht=nota.bij, gehoord=woorden), nu)

    @staticmethod
    def _onbruikbaar(sessie: Sessie, nota: TeDoen, fout: str, nu: datetime) -> None:
        if not spraaknotas.mislukt(sessie, nota.nummer, fout):
            return
        if nota.bij:
            waarom = TE_LANG if fout in TE_LANG_ALS else fout
            _zeg_het_ons(sessie, nota, Invoer(Soort.ONHOORBAAR, waarom), nu)
            return
        sleutel = Sleutel(nota.kanaal, nota.account, nota.adres)
        g = gesprekken.kijk(sessie, sleutel)
        if g is not None:
            tekst = Tekst("spraak.te_lang" if fout in TE_LANG_ALS else "spraak.onhoorbaar")
            postvak.leg_klaar(sessie, g.nummer, sleutel, Bericht((tekst,)), g.taal, nu)


def _zeg_het_ons(sessie: Sessie, nota: TeDoen, invoer: Invoer, nu: datetime) -> None:
    """What was heard comes in like anything else that somebody does, once."""
    rij = {"kanaal": nota.kanaal, "account": nota.account, "adres": nota.adres, "status": "open"}
    rij |= {"extern_id": f"gehoord:{nota.nummer}", "inhoud": invoer_json(invoer)}
    postvak.neem_aan(sessie, [rij], nu)
