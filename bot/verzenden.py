"""The outbox loop: claim, render, send on the beat, mark. One per account, and only while it holds the lease."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from bot.afspelen import WACHT as WACHT_OP_SPRAAK
from bot.afspelen import NogNiet, Speler
from bot.besluit import Af, Besluit, Later, Terug, besluit, mag_niet
from bot.bestanden import MaakBestand
from bot.bijlagen import Bijlagen
from bot.horen import Horen
from bot.houder import houdernaam, leeft
from bot.kanalen.basis import Bijlage, Gestopt, Geweigerd, Kanaal, Resultaat, Tijdelijk, Verzonden, Weergave
from bot.klaarzetten import Klaarzetten
from bot.links import NERGENS, Links
from bot.logboek import log
from bot.merken import Gedaan, Merker
from bot.tempo import Beurt, Slag
from bot.verwerken import Punt
from bot.weergeven import delen, weergave
from dialogen.basis import Bericht
from opslag import postvak
from opslag.berichten import lees_bericht
from opslag.database import Database, DatabaseWeg, Sessie
from opslag.postvak import Uit

LEASE = timedelta(seconds=10)
VERNIEUW = 3.0
"""Seconds between two renewals of the lease: three may fail before somebody else takes over."""
SAMEN = 16
"""Messages in flight at once: enough to keep the beat over a slow connection."""
VOORUIT = 0.15
"""Seconds of sending that are claimed ahead. What is claimed can no longer be stopped, so it is little."""
MINST, MEEST = 4, 500
"""The least and the most rows that lie claimed and wait."""
VERS = 1.0
"""Seconds after which a claimed broadcast is looked at anew before it is sent: the person may have said stop."""
KIJK = 1.0
"""Seconds between two looks at the outbox when nobody wakes us."""
HALF = 4096
"""Messages of which a part was sent that are remembered; of one that is forgotten that part may come twice."""
AFMAKEN = 3.5
"""Seconds that messages in the air get to arrive when the process stops."""


class Verzender:
    """Sends for one account. ``wek()`` says there may be something; ``loop()`` runs until cancelled."""

    def __init__(
        self,
        db: Database,
        kanaal: Kanaal,
        klok: Callable[[], datetime],
        toeval: random.Random,
        punt: Punt = lambda _: None,
        links: Links = NERGENS,
        bestanden: MaakBestand | None = None,
        speler: Speler | None = None,
        horen: Horen | None = None,
    ) -> None:
        self._links, self._bestanden, self._speler = links, bestanden, speler
        self._db, self._kanaal, self._klok, self._toeval, self._punt = db, kanaal, klok, toeval, punt
        self._slag = Slag(kanaal.tempo)
        self._merker = Merker(db, klok, self._gemerkt)
        self._bijlagen = Bijlagen(db, kanaal, klok)
        self._klaarzetten = Klaarzetten(horen or Horen(None), kanaal.vermogen, links, self._klaar_om_te_gaan)
        self._wek = asyncio.Event()
        self._nieuws = True  # somebody said there is something, and we have not looked yet
        self._houder = houdernaam()
        self._mijn: dict[int, Uit] = {}  # claimed and not marked yet: of every row the one that counts
        self._nogmaals: dict[int, Uit] = {}  # claimed again while the first was not marked yet
        self._rij: list[tuple[int, int, float, Uit]] = []  # to be sent: priority, number, when claimed, the row; a heap
        self._werkers: set[asyncio.Task[None]] = set()
        self._beurt = asyncio.Lock()
        self._beurten: dict[int, Beurt | None] = {}  # of what is in the air, its place in the pace
        self._gehad: dict[int, int] = {}  # of a message that goes in parts, how many were sent
        self._in_de_lucht: set[int] = set()  # handed to the platform, not marked yet
        self._zendt: set[asyncio.Task[None] | None] = set()  # the workers that wait for the platform
        self._claimt: asyncio.Future[list[Uit]] | None = None
        self._heeft_account = False
        self._zoek = False  # a claim may have been kept of which we never heard
        self._vernieuwd = self._gekeken = -1e9
        self._gepakt, self._per_seconde, self._gemeten = 0, 0.0, time.monotonic()
        self._half = 0  # so few that wait, and we look for more
        self._op = False  # there was no more at the last look, and nothing changed since
        self._geweerd = False  # most of what we claimed last may not go now
        self._dicht = False

    def wek(self) -> None:
        """There may be something to send."""
        self._nieuws = True
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
        try:
            async with asyncio.timeout(min(KIJK, self._slag.open_over(time.monotonic()) or KIJK)):
                await self._wek.wait()
        except TimeoutError:
            self._op = False
        self._wek.clear()

    async def _stop(self) -> None:
        self._dicht = True
        self._rij.clear()
        for werker in self._werkers - self._zendt:
            werker.cancel()  # it only waits for its turn
        await self._klaarzetten.stop()
        bezig: set[asyncio.Future[Any]] = {*self._werkers, *([self._claimt] if self._claimt else [])}
        if bezig:
            klaar, open_ = await asyncio.wait(bezig, timeout=AFMAKEN)
            await asyncio.gather(*klaar, return_exceptions=True)  # heard, so that nobody complains of it later
            for taak in open_:
                taak.cancel()
        await self._merker.rust(AFMAKEN)
        with contextlib.suppress(DatabaseWeg):  # also when we do not know whether the lease is ours: only ours goes
            k = self._kanaal
            await self._db.schrijf(postvak.laat_los, k.naam, k.account, self._houder, list(self._in_de_lucht))

    # Claiming

    async def _ronde(self) -> bool:
        """One look at the outbox; whether there was anything to do."""
        if not await self._houd_account():
            self._laat_varen()
            return False
        if not self._slag.mag(time.monotonic()):
            self._leg_terug(lambda _: True)  # what is not claimed can still be stopped or overtaken
            return False
        ruimte, tot = self._ruimte()
        if not ruimte:
            return False
        self._nieuws = False
        kent = list(self._mijn) if self._zoek else None
        self._zoek = True
        self._claimt = asyncio.ensure_future(self._db.schrijf(self._claim, ruimte, tot, kent))
        rijen = await asyncio.shield(self._claimt)
        self._claimt, self._zoek = None, False
        self._op = len(rijen) < ruimte
        self._nieuws = self._nieuws or (tot < postvak.UITZENDING and not self._op)
        self._erbij(rijen)
        return bool(rijen)

    def _laat_varen(self) -> None:
        """All that was claimed is somebody else's now."""
        self._rij.clear()
        self._klaarzetten.laat_los(lambda _: True)
        self._mijn.clear()
        self._nogmaals.clear()
        self._gehad.clear()
        self._in_de_lucht.clear()

    def _ruimte(self) -> tuple[int, int]:
        """How many rows to claim, and up to which priority: a reply is let in also when enough broadcasts wait."""
        doel = self._doel()
        self._half = doel // 2
        if len(self._rij) > self._half or self._klaarzetten.vol:
            return (SAMEN, postvak.AAN_TEAM) if self._nieuws else (0, 0)
        if self._op and not self._nieuws:
            return 0, 0
        return doel - len(self._rij), postvak.UITZENDING

    def _doel(self) -> int:
        """How many rows may lie claimed: what goes out in ``VOORUIT`` seconds, by the pace or as it went just now."""
        nu = time.monotonic()
        if (duur := nu - self._gemeten) > 0.05:
            self._per_seconde, self._gepakt, self._gemeten = self._gepakt / duur, 0, nu
        snelheid = min(self._slag.per_seconde, max(self._per_seconde, SAMEN / VOORUIT))
        return MEEST if self._geweerd else max(MINST, min(MEEST, int(snelheid * VOORUIT)))

    def _claim(self, sessie: Sessie, ruimte: int, tot: int, kent: Sequence[int] | None) -> list[Uit]:
        nu = self._klok()
        if kent is not None:
            postvak.haal_terug(sessie, self._kanaal.naam, self._kanaal.account, kent)
        if time.monotonic() - self._gekeken > KIJK:
            postvak.maak_wakker(sessie, nu)
            self._gekeken = time.monotonic()
        return postvak.claim(sessie, self._kanaal.naam, self._kanaal.account, ruimte, nu, tot)

    def _erbij(self, rijen: list[Uit]) -> None:
        nu, rijen = time.monotonic(), [uit for uit in rijen if self._is_enige(uit)]
        if antwoorden := {uit.gesprek_id for uit in rijen if uit.prioriteit < postvak.AANBOD}:
            # Who gets an answer just did something, and it may have been "stop": look anew at what else waits for them.
            self._leg_terug(lambda uit: uit.gesprek_id in antwoorden and uit.prioriteit >= postvak.AANBOD)
        klok, goed, nog_niet = self._klok(), 0, []
        for uit in rijen:
            if (verboden := mag_niet(uit, klok)) is not None:
                self._merk(Gedaan(uit, verboden))
                continue
            goed += 1
            if self._klaarzetten.neem(uit, nu):
                nog_niet.append(uit)
            else:
                heapq.heappush(self._rij, (uit.prioriteit, uit.nummer, nu, uit))
        self._geweerd = goed * 2 < len(rijen)
        self._klaarzetten.begin(nog_niet)
        self._aan_het_werk()

    def _is_enige(self, uit: Uit) -> bool:
        """Whether we have no other of this row. A second one goes back when it is known what became of the first."""
        if uit.nummer in self._mijn:
            self._nogmaals[uit.nummer] = uit
            return False
        self._mijn[uit.nummer] = uit
        return True

    def _klaar_om_te_gaan(self, uit: Uit, sinds: float) -> None:
        """Its sound is there, or will not be. It counts as claimed when it was, so that it is looked at anew."""
        self._weer((uit.prioriteit, uit.nummer, sinds, uit))

    def _weer(self, rij: tuple[int, int, float, Uit]) -> None:
        """A message that waited for its chat may go, when it is still ours."""
        if self._mijn.get(rij[1]) is rij[3] and not self._dicht:
            heapq.heappush(self._rij, rij)
            self._aan_het_werk()

    def _aan_het_werk(self) -> None:
        while len(self._werkers) < min(SAMEN, len(self._rij)):
            self._werkers.add(asyncio.create_task(self._werk()))

    def _leg_terug(self, wie: Callable[[Uit], bool]) -> None:
        weg = [rij for rij in self._rij if wie(rij[3])]
        if weg:
            self._rij = [rij for rij in self._rij if not wie(rij[3])]
            heapq.heapify(self._rij)
        for uit in [*(rij[3] for rij in weg), *self._klaarzetten.laat_los(wie)]:
            self._merk(Gedaan(uit, Terug()))

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

    # Sending

    async def _werk(self) -> None:
        """Send what is claimed, the most urgent first, until there is no more. Whatever goes wrong with a message, it
        may not hold up the ones behind it.
        """
        try:
            while (uit := await self._volgende()) is not None:
                if (gedaan := await self._verstuur(uit)) is not None:
                    self._klaarzetten.vergeet(uit.nummer)
                    self._merk(gedaan)
        finally:
            self._werkers.discard(cast("asyncio.Task[None]", asyncio.current_task()))

    async def _verstuur(self, uit: Uit) -> Gedaan | None:
        ik = asyncio.current_task()
        self._zendt.add(ik)
        try:
            return await self._een(uit)
        except Exception as fout:
            log.error("bericht mislukt", rij=uit.nummer, fout=type(fout).__name__)
            return Gedaan(uit, Af("geweigerd", f"fout: {type(fout).__name__}"))
        finally:
            self._beurten.pop(uit.nummer, None)
            self._zendt.discard(ik)

    async def _een(self, uit: Uit) -> Gedaan | None:
        """Render and send one message, or its next part; what became of it, None when there is more of it to send."""
        try:
            bericht, geluid = await self._gesproken(uit, self._links.vul(lees_bericht(uit.inhoud)))
        except NogNiet:
            op = self._klok() + timedelta(seconds=WACHT_OP_SPRAAK)
            return Gedaan(uit, Later(op, 0, "de opname wordt nog opgehaald"))
        except DatabaseWeg:
            return Gedaan(uit, Terug())
        beeld = weergave(bericht, bericht.taal or uit.taal, self._kanaal.vermogen, uit.vervangt, uit.tijdzone)
        beeld = self._klaarzetten.toon(beeld, bericht, uit)
        if geluid is not None:
            beeld = replace(beeld, geluid=geluid)
        if bericht.bestand and self._kanaal.vermogen.bestand:
            beeld = replace(beeld, inhoud=await self._maak(uit.gesprek_id, bericht.bestand))
            if not beeld.inhoud:
                return Gedaan(uit, Af("vervallen", "het bestand is niet meer van deze ontvanger"))
        stukken = delen(beeld, self._kanaal.vermogen.bijschrift)
        plek = min(self._gehad.get(uit.nummer, 0), len(stukken) - 1)
        begin = time.monotonic()
        try:
            resultaat = await self._geef(uit, stukken[plek])
        except DatabaseWeg:
            return Gedaan(uit, Terug())
        if resultaat is None:  # in its old place, at a new beat
            if not plek:
                self._in_de_lucht.discard(uit.nummer)
            self._slag.chat_los(uit.adres)
            self._weer((uit.prioriteit, uit.nummer, begin, uit))
            return None
        if plek + 1 < len(stukken) and isinstance(resultaat, Verzonden | Geweigerd):
            self._nog_meer(uit, plek + 1)
            return None
        return self._gedaan(uit, resultaat)

    async def _gesproken(self, uit: Uit, bericht: Bericht) -> tuple[Bericht, Bijlage | None]:
        """With what was spoken, for who may hear it now. Raises ``NogNiet`` or ``DatabaseWeg``."""
        if self._speler is None:
            return bericht, None
        return await self._speler.vul(uit.gesprek_id, bericht, mee=self._kanaal.vermogen.bestand)

    async def _geef(self, uit: Uit, stuk: Weergave) -> Resultaat | None:
        """Hand one part to the platform; None when it was not: its sound or picture was just being brought there."""
        self._punt("voor_verzenden")
        self._in_de_lucht.add(uit.nummer)
        resultaat = await self._bijlagen.verzend(uit.adres, stuk, uit.nummer)
        if resultaat is not None and (beurt := self._beurten.pop(uit.nummer, None)) is not None:
            self._slag.beantwoord(beurt, time.monotonic())
        self._punt("na_verzenden")
        return resultaat

    def _nog_meer(self, uit: Uit, gehad: int) -> None:
        """The next part goes at its own beat, and when the chat may have it. A part that was refused is left out."""
        if len(self._gehad) >= HALF:
            self._gehad.clear()
        self._gehad[uit.nummer] = gehad
        self._weer((uit.prioriteit, uit.nummer, time.monotonic(), uit))

    def _gedaan(self, uit: Uit, resultaat: Resultaat) -> Gedaan:
        keuze: Besluit | Terug = besluit(resultaat, uit.pogingen, uit.niet_na, self._klok(), self._toeval)
        if isinstance(keuze, Later) and keuze.account:
            self._slag.te_snel(time.monotonic(), keuze.account)
            log.warning("account wacht", kanaal=self._kanaal.naam, account=self._kanaal.account, seconden=keuze.account)
            keuze = Terug(keuze.reden)
        if isinstance(resultaat, Gestopt):
            log.info("gestopt door ontvanger", kanaal=self._kanaal.naam, gesprek=uit.gesprek_id)
        return Gedaan(uit, keuze, isinstance(resultaat, Tijdelijk) and not resultaat.heel_account)

    async def _maak(self, gesprek_id: int, naam: str) -> bytes:
        """The file of a message, made now; empty when this person may not have it any more."""
        bestand = await self._bestanden(gesprek_id, naam) if self._bestanden else None
        return bestand.inhoud if bestand else b""

    def _merk(self, gedaan: Gedaan) -> None:
        """Have written down what became of it. What is not ours any more may not be put back or off."""
        nummer = gedaan.uit.nummer
        if not isinstance(gedaan.keuze, Later | Terug):
            self._gehad.pop(nummer, None)
        elif self._mijn.get(nummer) is not gedaan.uit:
            return
        elif nummer in self._gehad:
            gedaan = replace(gedaan, half=True)
        self._merker.erbij(gedaan)

    def _gemerkt(self, uit: Uit) -> None:
        if self._mijn.get(uit.nummer) is uit:
            del self._mijn[uit.nummer]
            self._in_de_lucht.discard(uit.nummer)
            if (nog := self._nogmaals.pop(uit.nummer, None)) is not None:
                self._merker.erbij(Gedaan(nog, Terug()))
        self._punt("na_merken")
        self._op = False
        self._wek.set()

    async def _volgende(self) -> Uit | None:
        """The most urgent message that may go now, at its beat. None when there is none, or the account must wait."""
        if self._kanaal.tempo is None:
            return self._pak() if self._slag.mag(time.monotonic()) else None
        async with self._beurt:  # one waits for the beat, so that who comes in meanwhile can still go first
            if not self._rij:
                return None
            if (wacht := self._slag.neem(time.monotonic()) - time.monotonic()) > 0:
                await asyncio.sleep(wacht)
            nu = time.monotonic()
            uit = self._pak() if self._slag.mag(nu) else None
            if uit is not None:
                self._beurten[uit.nummer] = self._slag.gestuurd(nu)
                self._slag.chat_bezet(uit.adres, nu)
            return uit

    def _pak(self) -> Uit | None:
        """The first claimed row that may go; what may not is written down on the way."""
        nu = self._klok()
        while self._rij:
            rij = heapq.heappop(self._rij)
            uit, moment = rij[3], time.monotonic()
            self._gepakt += 1
            keuze: Af | Later | Terug | None = mag_niet(uit, nu)
            if keuze is None and uit.prioriteit >= postvak.AANBOD and moment - rij[2] > VERS:
                keuze = Terug()
            if keuze is not None:
                self._merk(Gedaan(uit, keuze))
            elif (wacht := self._slag.chat_vrij(uit.adres) - moment) > 0:
                asyncio.get_running_loop().call_later(wacht, self._weer, rij)
            else:
                if len(self._rij) <= self._half:
                    self._wek.set()
                return uit
        self._wek.set()
        return None
