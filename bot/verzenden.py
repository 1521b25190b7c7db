"""The outbox loop: claim, render, send on the beat, mark. One per account, and only while it holds the lease."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.kanalen.basis import Gestopt, Kanaal, Tijdelijk
from bot.logboek import log
from bot.tempo import Af, Besluit, Klaar, Later, Slag, Weg, besluit
from bot.verwerken import Punt
from bot.weergeven import weergave
from opslag import postvak
from opslag.berichten import lees_bericht
from opslag.database import Database, DatabaseWeg, Sessie
from opslag.postvak import Uit
from opslag.werkdagen import na_stilte

LEASE = timedelta(seconds=10)
VERNIEUW = 3.0
"""Seconds between two renewals of the lease: three may fail before somebody else takes over."""
SAMEN = 16
"""Messages in flight at once: enough to keep the beat over a slow connection."""
KIJK = 1.0
"""Seconds between two looks at the outbox when nobody wakes us."""
AFMAKEN = 3.5
"""Seconds that messages in the air get to arrive when the process stops."""


@dataclass(frozen=True, slots=True)
class Terug:
    """Not sent, through nothing of its own: it waits again, in its old place."""

    reden: str = ""


def mag_niet(uit: Uit, nu: datetime) -> Af | Later | None:
    """What forbids sending this at this very moment: checked again here, because the world moved on since."""
    if uit.niet_na <= nu:
        return Af("vervallen", "te laat")
    if uit.onbereikbaar and uit.prioriteit >= postvak.AANBOD:
        return Af("vervallen", "onbereikbaar")
    if uit.prioriteit < postvak.AANBOD or uit.ouder_id is None:
        return None
    if uit.gestopt:
        return Af("vervallen", "gestopt")
    if uit.stilgelegd:  # it lies aside until somebody resumes, or until it is too late
        return Later(uit.niet_na, 0, postvak.GESTOPT)
    if uit.pauze_tot and uit.pauze_tot > nu:
        return Later(uit.pauze_tot, 0, "pauze") if uit.pauze_tot < uit.niet_na else Af("vervallen", "pauze")
    stil_tot = na_stilte(nu, *uit.stil) if uit.stil else nu
    if stil_tot > nu:
        return Later(stil_tot, 0, "stille uren") if stil_tot < uit.niet_na else Af("vervallen", "stille uren")
    if uit.prioriteit >= postvak.UITZENDING and uit.deze_week >= uit.weekmaximum:
        morgen = nu + timedelta(days=1)
        return Later(morgen, 0, "weekmaximum") if morgen < uit.niet_na else Af("vervallen", "weekmaximum")
    return None


def houdernaam() -> str:
    """Who we are to others: machine:process, and a mark because a process number comes back (in a container always)."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def leeft(houder: str) -> bool:
    """Whether the process that holds a lease may still be alive: only one of this machine can be known to be gone.

    Not for a lease of one's own: with our process number it is an earlier process's.
    """
    machine, _, rest = houder.partition(":")
    proces = rest.partition(":")[0]
    if machine != socket.gethostname() or not proces.isdigit():
        return True
    if int(proces) == os.getpid():
        return False
    try:
        os.kill(int(proces), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Verzender:
    """Sends for one account. ``wek()`` says there may be something; ``loop()`` runs until cancelled."""

    def __init__(
        self,
        db: Database,
        kanaal: Kanaal,
        klok: Callable[[], datetime],
        toeval: random.Random,
        punt: Punt = lambda _: None,
    ) -> None:
        self._db, self._kanaal, self._klok, self._toeval, self._punt = db, kanaal, klok, toeval, punt
        self._slag = Slag(kanaal.tempo)
        self._wek = asyncio.Event()
        self._houder = houdernaam()
        self._onderweg: dict[asyncio.Task[None], int] = {}  # claimed rows, by the task that handles them
        self._in_de_lucht: set[int] = set()  # of those: handed to the platform, not marked yet
        self._claimt: asyncio.Future[list[Uit]] | None = None
        self._heeft_account = False
        self._vernieuwd = -1e9
        self._gekeken = -1e9

    def wek(self) -> None:
        """There may be something to send."""
        self._wek.set()

    async def loop(self) -> None:
        """Send until cancelled; then let what is in the air arrive, and give the lease back."""
        try:
            while True:
                try:
                    bezig = await self._ronde()
                except DatabaseWeg:
                    self._heeft_account = False
                    bezig = False
                    await asyncio.sleep(0.5)
                if not bezig:
                    await self._rust()
        finally:
            await self._stop()

    async def _rust(self) -> None:
        # Not wait_for: before Python 3.12 that loses a cancellation when the event is set at the same moment.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(KIJK):
                await self._wek.wait()
        self._wek.clear()

    async def _stop(self) -> None:
        for taak, nummer in self._onderweg.items():
            if nummer not in self._in_de_lucht:
                taak.cancel()  # it only waits for its turn
        bezig: set[asyncio.Future[Any]] = {*self._onderweg, *([self._claimt] if self._claimt else [])}
        if bezig:
            klaar, _ = await asyncio.wait(bezig, timeout=AFMAKEN)
            await asyncio.gather(*klaar, return_exceptions=True)  # heard, so that nobody complains of it later
        with contextlib.suppress(DatabaseWeg):
            if self._heeft_account:
                k = self._kanaal
                await self._db.schrijf(postvak.laat_los, k.naam, k.account, self._houder, list(self._in_de_lucht))
        for taak in self._onderweg:
            taak.cancel()

    async def _ronde(self) -> bool:
        """One look at the outbox; whether there was anything to do."""
        if not await self._houd_account():
            return False
        if not self._slag.mag(time.monotonic()):
            return False  # the platform asked for a pause: what is not claimed can still be stopped or overtaken
        ruimte = SAMEN - len(self._onderweg)
        if ruimte <= 0:
            await asyncio.wait(self._onderweg, timeout=KIJK, return_when=asyncio.FIRST_COMPLETED)
            return True
        self._claimt = asyncio.ensure_future(self._db.schrijf(self._claim, ruimte))
        rijen = await asyncio.shield(self._claimt)
        for uit in rijen:
            taak = asyncio.create_task(self._een(uit))
            self._onderweg[taak] = uit.nummer
            taak.add_done_callback(self._onderweg.pop)
        return bool(rijen)

    def _claim(self, sessie: Sessie, ruimte: int) -> list[Uit]:
        nu = self._klok()
        if time.monotonic() - self._gekeken > KIJK:
            postvak.maak_wakker(sessie, nu)
            self._gekeken = time.monotonic()
        return postvak.claim(sessie, self._kanaal.naam, self._kanaal.account, ruimte, nu)

    async def _houd_account(self) -> bool:
        if self._heeft_account and time.monotonic() - self._vernieuwd < VERNIEUW:
            return True
        kanaal, nu = self._kanaal, self._klok()
        gekregen = await self._db.schrijf(self._neem_account, kanaal.naam, kanaal.account, nu)
        if gekregen:
            log.info("verzender begint", kanaal=kanaal.naam, account=kanaal.account)
        self._heeft_account = gekregen is not False
        self._vernieuwd = time.monotonic()
        return self._heeft_account

    def _neem_account(self, sessie: Sessie, kanaal: str, account: str, nu: datetime) -> bool | None:
        houder = postvak.houder(sessie, kanaal, account)
        if houder not in (None, self._houder) and not leeft(houder):
            postvak.onteigen(sessie, kanaal, account, houder)
        return postvak.neem_account(sessie, kanaal, account, self._houder, nu, nu + LEASE)

    async def _een(self, uit: Uit) -> None:
        """Handle one claimed row. Whatever goes wrong with it, it may not hold up the ones behind it."""
        try:
            verboden = mag_niet(uit, self._klok())
            if verboden is not None:
                await self._merk(uit, verboden)
            elif await self._wacht_op_beurt(uit.adres):
                await self._verstuur(uit)
            else:
                await self._merk(uit, Terug())
        except Exception as fout:
            log.error("bericht mislukt", verzending=uit.nummer, fout=type(fout).__name__)
            await self._merk(uit, Af("geweigerd", f"fout: {type(fout).__name__}"))
        finally:
            self._in_de_lucht.discard(uit.nummer)
            self._wek.set()

    async def _verstuur(self, uit: Uit) -> None:
        """Send, and mark what came of it. The row stays claimed for as long as the database is away."""
        beeld = weergave(lees_bericht(uit.inhoud), uit.taal, self._kanaal.vermogen, uit.vervangt)
        self._punt("voor_verzenden")
        self._in_de_lucht.add(uit.nummer)
        resultaat = await self._kanaal.verzend(uit.adres, beeld, uit.nummer)
        self._punt("na_verzenden")
        keuze: Besluit | Terug = besluit(resultaat, uit.pogingen, uit.niet_na, self._klok(), self._toeval)
        if isinstance(keuze, Later) and keuze.account:
            self._slag.wacht(time.monotonic() + keuze.account)
            log.warning("account wacht", kanaal=self._kanaal.naam, account=self._kanaal.account, seconden=keuze.account)
            keuze = Terug(keuze.reden)
        await self._merk(uit, keuze, eigen_fout=isinstance(resultaat, Tijdelijk) and not resultaat.heel_account)
        if isinstance(resultaat, Gestopt):
            log.info("gestopt door ontvanger", kanaal=self._kanaal.naam, gesprek=uit.gesprek_id)

    async def _wacht_op_beurt(self, adres: str) -> bool:
        """Wait for this chat and for the beat. False when the whole account has to wait meanwhile: a row may not lie
        claimed that long, for the person may say stop and a reply may come that goes before it.
        """
        if (wacht := self._slag.chat_vrij(adres) - time.monotonic()) > 0:
            await asyncio.sleep(wacht)
        if not self._slag.mag(time.monotonic()):
            return False
        if (wacht := self._slag.neem(time.monotonic()) - time.monotonic()) > 0:
            await asyncio.sleep(wacht)
        if not self._slag.mag(time.monotonic()):
            return False
        self._slag.chat_bezet(adres, time.monotonic())
        return True

    async def _merk(self, uit: Uit, keuze: Besluit | Terug, *, eigen_fout: bool = False) -> None:
        while True:
            try:
                await self._db.schrijf(merk, uit, keuze, self._klok(), eigen_fout)
                self._punt("na_merken")
                return
            except DatabaseWeg:  # sent but not marked: keep trying, it would arrive twice otherwise
                await asyncio.sleep(0.5)


def merk(sessie: Sessie, uit: Uit, keuze: Besluit | Terug, nu: datetime, eigen_fout: bool) -> None:
    """Write down what became of one message."""
    match keuze:
        case Terug(reden=reden):
            postvak.leg_terug(sessie, uit.nummer, reden)
        case Klaar(extern_id=extern_id):
            postvak.verzonden(sessie, [(uit.nummer, extern_id, uit.verzending_id)], nu)
        case Later(op=op, reden=reden):
            postvak.later(sessie, uit.nummer, op, uit.pogingen + eigen_fout, reden)
        case Af(status=status, reden=reden):
            postvak.af(sessie, uit.nummer, status, reden)
        case Weg(reden=reden):
            postvak.onbereikbaar(sessie, uit.gesprek_id, uit.nummer, reden, nu)
