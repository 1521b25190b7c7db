"""Broadcasts in words, and who fills them: one batch per unit of work, so that replies slip in between."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from bot.logboek import log
from bot.weekberichten import week_als_bericht
from dialogen import motor
from dialogen.basis import Bericht, Stand, Wereld
from dialogen.flows import FLOWS
from opslag import verzendingen, weekberichten
from opslag.database import Database, DatabaseWeg, Sessie
from opslag.verzendingen import MaakBericht

KIJK = 2.0
"""Seconds between two looks for broadcasts to fill when nobody wakes us: those to be sent later, and leftovers."""


def stap_als_bericht(wereld: Wereld, stap: str, nummer: int) -> Bericht:
    """What a step (``erbij.na``) says about this invitation, as the bot says it by itself."""
    flow, _, naam = stap.partition(".")
    return motor.herhaal(FLOWS, Stand(flow, naam, {"over": str(nummer)}), wereld).berichten[0]


def uitnodiging_als_bericht(wereld: Wereld, nummer: int) -> Bericht:
    """The invitation as this parent gets it: their role's own words, buttons that carry its number."""
    return stap_als_bericht(wereld, "uitnodiging.kom", nummer)


def _zegt(stap: str) -> MaakBericht:
    return lambda wereld, nummer: stap_als_bericht(wereld, stap, nummer)


MAAK: Mapping[str, MaakBericht] = {
    "uitnodiging": uitnodiging_als_bericht,
    "vroeg": uitnodiging_als_bericht,
    "vast": _zegt("uitnodiging.vast"),
    "herinnering": _zegt("uitnodiging.herinnering"),
    "wijziging": _zegt("uitnodiging.wijziging"),
    "afgelast": _zegt("uitnodiging.afgelast"),
    "hoe_was_het": _zegt("erbij.na"),
    "gemist": _zegt("erbij.gemist"),
}
"""Per kind of broadcast (``opslag.ontvangers.SOORTEN``) its words."""


def vul(sessie: Sessie, nummer: int, soort: str, nu: datetime) -> bool:
    """Make one batch of a broadcast; whether there is more to make."""
    if soort == weekberichten.SOORT:
        return weekberichten.vul(sessie, nummer, week_als_bericht, nu)
    return verzendingen.vul(sessie, nummer, MAAK[soort], nu)


def vul_nu(sessie: Sessie, nu: datetime) -> None:
    """Make everything that is to be made by now, in one transaction: where nothing else has to go on meanwhile."""
    for nummer, soort in verzendingen.te_vullen(sessie, nu):
        while vul(sessie, nummer, soort, nu):
            pass


async def vul_wat_moet(db: Database, klok: Callable[[], datetime], klaar: Callable[[], None] = lambda: None) -> int:
    """Fill every broadcast whose time has come, a batch of each by turns; how many batches. ``klaar`` after each.

    Safe to run at any time and in any number of processes. Raises ``DatabaseWeg`` when the database is away.
    """
    partijen = 0
    kapot: set[int] = set()
    while te_doen := [t for t in await db.lees(verzendingen.te_vullen, klok()) if t[0] not in kapot]:
        for nummer, soort in te_doen:
            try:
                await db.schrijf(vul, nummer, soort, klok())
            except DatabaseWeg:
                raise
            except Exception as fout:  # one that cannot be made may not hold up the others
                log.error("verzending niet te vullen", verzending=nummer, fout=type(fout).__name__)
                kapot.add(nummer)
            partijen += 1
            klaar()
    return partijen


class Vuller:
    """Fills broadcasts in the background. ``wek()`` says there may be one; ``loop()`` runs until cancelled."""

    def __init__(self, db: Database, klok: Callable[[], datetime], klaar: Callable[[], None]) -> None:
        self._db, self._klok, self._klaar = db, klok, klaar
        self._wek = asyncio.Event()

    def wek(self) -> None:
        """There may be a broadcast to fill."""
        self._wek.set()

    async def loop(self) -> None:
        """Fill until cancelled: when woken, and every ``KIJK`` seconds."""
        while True:
            self._wek.clear()
            with contextlib.suppress(DatabaseWeg):
                await vul_wat_moet(self._db, self._klok, self._klaar)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(KIJK):
                    await self._wek.wait()


# The command line, the demo and tests


@dataclass(frozen=True, slots=True)
class Verstuurd:
    """What came of announcing: newly invited caregivers, those who have no chat, and those invited already.

    ``stil_tot`` is the local time ('08:00') until which quiet hours hold the messages now, '' when they may go.
    """

    nieuw: int
    zonder_chat: int
    al_uitgenodigd: int
    stil_tot: str = ""


def verstuur(
    transactie: Callable[[], AbstractContextManager[Sessie]], activiteit: int, voor: str, nu: datetime, wie: str
) -> Verstuurd:
    """Invite every caregiver of the activity's groups who is not invited yet, and make all of it at once.

    ``transactie`` gives a transaction for every batch. Raises ``Onbekend`` or ``Afgewezen``.
    """
    with transactie() as sessie:
        nummer = verzendingen.begin(sessie, activiteit, "uitnodiging", voor, nu, wie)
        assert nummer is not None, "without a mark it may happen again"
        vooraf = verzendingen.telling(sessie, nummer, nu)
    meer = True
    while meer:
        with transactie() as sessie:
            meer = vul(sessie, nummer, "uitnodiging", nu)
    with transactie() as sessie:
        gedaan = verzendingen.voortgang(sessie, nummer)
        stil_tot = verzendingen.stil_tot(sessie, nummer, nu)
    nieuw = gedaan.aantal if gedaan else 0
    return Verstuurd(nieuw, vooraf.kandidaten - vooraf.uitgenodigd - nieuw, vooraf.uitgenodigd, stil_tot)
