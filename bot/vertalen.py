"""The loop that makes translations: what turns asked for, outside them, a few at a time, until it is there or given up.

What comes back is looked at before anybody sees it (``bot/diensten/keuren.py``); names and numbers never left. A
message that waits for it goes at once, and by itself when it takes too long: never nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.beurt import WACHT
from bot.diensten.basis import Vertaaldienst, Vertaalfout
from bot.diensten.keuren import keur
from bot.logboek import log
from dialogen.afdekken import TekenKwijt, dek_af, zet_terug
from dialogen.basis import Bericht, Tekst
from dialogen.vertaald import met_vertaling
from opslag import postvak, vertalingen
from opslag.database import Database, DatabaseWeg, Sessie
from opslag.gesprekken import Sleutel
from opslag.vertalingen import TeVertalen

KIJK = 1.0
"""Seconds between two looks when nobody wakes us."""
SAMEN = 4
"""Texts that are with the service at the same time."""
POGINGEN, AFGEKEURD = 6, 2
"""Tries in all; and when what came back could not be used."""
BRON_MEEST = 4000
"""Characters of a text that are worth translating."""


@dataclass(frozen=True, slots=True)
class Gelukt:
    """It is there."""

    tekst: str


@dataclass(frozen=True, slots=True)
class Straks:
    """Again from ``op`` on. ``rust``: the service wants to be left alone until then, for everything."""

    op: datetime
    soort: str
    rust: bool = False


@dataclass(frozen=True, slots=True)
class Mislukt:
    """It is not going to be. ``soort`` is the kind of error, and no more."""

    soort: str


Uitkomst = Gelukt | Straks | Mislukt


async def vertaal(dienst: Vertaaldienst, rij: TeVertalen) -> str:
    """One text: covered, sent, looked at, uncovered. Raises ``Vertaalfout``."""
    if len(rij.bron) > BRON_MEEST:
        raise Vertaalfout("te_lang", blijvend=True)
    try:
        afgedekt = dek_af(rij.bron, rij.naar)
        if afgedekt.leeg:
            return zet_terug(afgedekt.tekst, afgedekt)
        terug = keur(afgedekt.tekst, await dienst.vertaal(afgedekt.tekst, rij.van, rij.naar), rij.naar)
        return zet_terug(terug, afgedekt)
    except TekenKwijt:
        raise Vertaalfout("teken_kwijt", afgekeurd=True) from None


def besluit(fout: Vertaalfout, rij: TeVertalen, nu: datetime, toeval: random.Random) -> Straks | Mislukt:
    """Again, later and later and never all at once; or not, when it is no use or nobody waits for it any more."""
    if fout.blijvend or rij.pogingen >= (AFGEKEURD if fout.afgekeurd else POGINGEN):
        return Mislukt(fout.soort)
    seconden = max(fout.wacht, min(600.0, 2.0**rij.pogingen) * toeval.uniform(0.5, 1.0))
    op = nu + timedelta(seconds=seconden)
    if rij.tot is not None and op >= rij.tot:
        return Mislukt(fout.soort)
    return Straks(op, fout.soort, fout.wacht > 0)


def verwerk(sessie: Sessie, rij: TeVertalen, uitkomst: Uitkomst, dienst: str, nu: datetime) -> bool:
    """Write down what became of a text; whether messages go because of it."""
    match uitkomst:
        case Straks(op=op, soort=soort):
            vertalingen.later(sessie, rij.nummer, op, soort)
            return False
        case Gelukt(tekst=tekst):
            gewild = vertalingen.lukte(sessie, rij.nummer, tekst, dienst)
            return gewild and _laat_gaan(sessie, rij, lambda bericht: met_vertaling(bericht, tekst), nu, gelukt=True)
        case Mislukt(soort=soort):
            gewild = vertalingen.mislukte(sessie, rij.nummer, soort, nu)
            return gewild and _laat_gaan(sessie, rij, lambda bericht: bericht, nu, gelukt=False)


def _laat_gaan(
    sessie: Sessie, rij: TeVertalen, verander: Callable[[Bericht], Bericht], nu: datetime, *, gelukt: bool
) -> bool:
    """What waited goes. When an answer reaches its parent untranslated, who wrote it hears that."""
    gegaan = postvak.maak_af(sessie, vertalingen.wachtenden(sessie, rij.nummer), verander, nu)
    if rij.tot is None:
        return gegaan > 0
    chat = vertalingen.melden_aan(sessie, rij.nummer)
    if chat is not None and not (gelukt and gegaan):
        sleutel = Sleutel(chat.kanaal, chat.account, chat.adres)
        postvak.leg_klaar(
            sessie, chat.id, sleutel, Bericht((Tekst("vertaald.mislukt"),)), chat.taal, nu, prioriteit=postvak.AAN_TEAM
        )
    vertalingen.vergeet(sessie, rij.nummer)
    return True


class Vertaler:
    """Makes translations in the background. ``wek()`` says one was asked for; ``loop()`` runs until cancelled."""

    def __init__(
        self,
        db: Database,
        dienst: Vertaaldienst,
        klok: Callable[[], datetime],
        klaar: Callable[[], None] = lambda: None,
        toeval: random.Random | None = None,
    ) -> None:
        self._db, self._dienst, self._klok, self._klaar = db, dienst, klok, klaar
        self._toeval = toeval or random.Random()
        self._wek = asyncio.Event()
        self._rust_tot: datetime | None = None

    def wek(self) -> None:
        """There may be something to translate."""
        self._wek.set()

    async def loop(self) -> None:
        """Translate until cancelled: when woken, and every ``KIJK`` seconds."""
        try:
            while True:
                self._wek.clear()
                with contextlib.suppress(DatabaseWeg):
                    while await self.ronde():
                        pass
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(KIJK):
                        await self._wek.wait()
        finally:
            await self._dienst.sluit()

    async def ronde(self) -> int:
        """Take what may be tried now, ``SAMEN`` at most, and try it; how many. Raises ``DatabaseWeg``."""
        nu = self._klok()
        if self._rust_tot is not None and nu < self._rust_tot:
            return 0
        rijen = await self._db.schrijf(vertalingen.claim, nu, SAMEN, WACHT)
        await asyncio.gather(*(self._een(rij) for rij in rijen))
        return len(rijen)

    async def _een(self, rij: TeVertalen) -> None:
        uitkomst = await self._maak(rij)
        if isinstance(uitkomst, Straks) and uitkomst.rust:
            self._rust_tot = max(uitkomst.op, self._rust_tot or uitkomst.op)
        if await self._db.schrijf(verwerk, rij, uitkomst, self._dienst.naam, self._klok()):
            self._klaar()

    async def _maak(self, rij: TeVertalen) -> Uitkomst:
        try:
            return Gelukt(await vertaal(self._dienst, rij))
        except Vertaalfout as fout:
            keuze = besluit(fout, rij, self._klok(), self._toeval)
        except Exception as fout:  # a service that breaks its word may not stop the loop
            log.error("vertalen kapot", rij=rij.nummer, fout=type(fout).__name__)
            keuze = Mislukt("kapot")
        log.warning("niet vertaald", rij=rij.nummer, naar=rij.naar, fout=keuze.soort, later=isinstance(keuze, Straks))
        return keuze
