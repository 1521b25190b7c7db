"""Parents who keep answering through the fake Telegram, a real process that is treated badly, and the sums."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from opslag.database import Database, Sessie
from opslag.migreren import migreer
from opslag.tabellen import postvak_in, postvak_uit, verzender
from tests.botapi import BotApi, Gebruiker
from tests.echt.proces import Inloop
from tests.echt.school import antwoorden, nog_te_doen, open_school

KEUZES = ("ja", "nee", "misschien")
ACHTERSTAND = 2000
"""Updates that may wait at Telegram before the parents hold back a little: a fast machine never gets there."""


@dataclass
class Proef:
    """Parents who keep answering, a process that keeps dying, and the sums."""

    api: BotApi
    inloop: Inloop
    aantal: int
    per_seconde: float
    zaad: int = 20261208
    getikt: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    in_vlucht: Counter[int] = field(default_factory=Counter)
    keren: int = 0

    def __post_init__(self) -> None:
        self.toeval = random.Random(self.zaad)
        self.ouders: list[Gebruiker] = [self.api.gebruiker(f"Ouder{n}", bekend=True) for n in range(self.aantal)]
        self.api.bezorging.per_rij = True  # as Telegram does, so that the order of the answers is known
        self.api.bezorging.eerste = 0.1
        self.db = Database(self.inloop.omgeving["INLOOP_DATABASE_URL"])

    def sluit(self) -> None:
        """Let go of the database."""
        self.db.sluit()

    def begin(self) -> None:
        """Everybody gets an invitation."""
        migreer(self.db.engine)
        open_school(self.db, self.api.token.partition(":")[0], [o.id for o in self.ouders])
        self.inloop.start()
        for ouder in self.ouders:
            ouder.wacht_op_sync(1, 60)

    @contextmanager
    def antwoordende_ouders(self) -> Iterator[None]:
        """Somebody presses a button ``per_seconde`` times a second, for as long as the block runs."""
        klaar = threading.Event()
        draad = threading.Thread(target=self._tik_door, args=(klaar, random.Random(self.zaad + 1)))
        draad.start()
        try:
            yield
        finally:
            klaar.set()
            draad.join()

    def _tik_door(self, klaar: threading.Event, toeval: random.Random) -> None:
        begin, geteld = time.monotonic(), 0
        while not klaar.wait(max(0.0, begin + geteld / self.per_seconde - time.monotonic())):
            geteld += 1
            if self.api.wachtend < ACHTERSTAND:
                self._tik(toeval)

    def _tik(self, toeval: random.Random) -> None:
        ouder = toeval.choice(self.ouders)
        vorige = self.getikt[ouder.id][-1:]
        keuze = toeval.choice([k for k in KEUZES if [k] != vorige])
        uitnodiging = ouder.berichten[0]
        ouder.tik(uitnodiging, next(k.data for k in uitnodiging.knoppen if k.data.split(":")[1] == keuze))
        self.getikt[ouder.id].append(keuze)

    def eerste_bericht(self, seconden: float) -> float:
        """Until this process sends something; how long that took."""
        begin, eerst = time.monotonic(), self.api.tellers["verstuur"]
        assert self.api.tot_sync(lambda api: api.tellers["verstuur"] > eerst, seconden), "it waits for a dead one"
        return time.monotonic() - begin

    # The deaths

    def dood_na(self, seconden: float) -> None:
        """kill -9 so long after the process was started or said that it listens."""
        time.sleep(seconden)
        self.inloop.dood()
        self._tel()

    def sterf_bij(self, label: str, keer: int) -> None:
        """Start a process that dies at this point, and wait until it did."""
        self.inloop.begin(INLOOP_BREEKPUNT=f"{label}:{keer}")
        assert self.inloop.wacht_op_einde(90) == 137, f"never came at {label}"
        self._tel()

    def _tel(self) -> None:
        """Who had something in flight: claimed, and perhaps sent."""
        self.keren += 1
        with self.db.transactie() as sessie:
            self.in_vlucht.update(_adressen(sessie, _BEZIG))

    def onzeker(self) -> list[int]:
        """Of whom something was in the air when its sender ended, and may have arrived."""
        with self.db.transactie() as sessie:
            return _adressen(sessie, _ONZEKER)

    # Afterwards

    def rust(self, seconden: float = 120) -> float:
        """Until everything is handled and sent; how long that took."""
        begin = time.monotonic()
        while self.api.wachtend or self._over():
            assert time.monotonic() < begin + seconden, f"still {self.api.wachtend} at Telegram, {self._over()} here"
            time.sleep(0.1)
        return time.monotonic() - begin

    def _over(self) -> int:
        with self.db.transactie() as sessie:
            return nog_te_doen(sessie)

    def controleer(self) -> str:
        """The whole claim; what was counted, in a line."""
        assert self.inloop.sluit_af() == 0
        with self.db.transactie() as sessie:
            assert antwoorden(sessie) == {wie: lijst for wie, lijst in self.getikt.items() if lijst}
            status: dict[str, int] = dict(sessie.execute(_PER_STATUS).all())
            assert status == {"klaar": sum(map(len, self.getikt.values()))}, "every update once, all handled"
            rijen = sessie.execute(_UIT).all()
            assert sessie.scalar(sa.select(sa.func.count()).select_from(verzender)) == 0
        assert {rij.status for rij in rijen} == {"verzonden"}
        per = Counter(int(rij.adres) for rij in rijen if rij.prioriteit == 0)
        assert per == {wie: len(lijst) for wie, lijst in self.getikt.items() if lijst}, "one reply to every answer"
        dubbel = self._dubbel([(int(rij.adres), int(rij.extern_id)) for rij in rijen])
        for wie, keer in dubbel.items():
            assert keer <= self.in_vlucht[wie], "only what was in flight at a death may arrive twice"
        assert set(dubbel) <= set(self.onzeker()), "and it is marked"
        geteld = sum(map(len, self.getikt.values()))
        return (
            f"{self.inloop.omgeving['INLOOP_DATABASE_URL'].partition(':')[0]}: {self.keren} deaths, {geteld} answers, "
            f"{len(rijen)} messages, {dubbel.total()} arrived twice of {self.in_vlucht.total()} in flight, 0 lost"
        )

    def _dubbel(self, bekend: Sequence[tuple[int, int]]) -> Counter[int]:
        """Per chat the messages that arrived without being the one that was marked."""
        assert len(set(bekend)) == len(bekend)
        nummers = set(bekend)
        dubbel: Counter[int] = Counter()
        for ouder in self.ouders:
            gekregen = {(ouder.id, bericht.id) for bericht in ouder.berichten}
            assert {b for b in nummers if b[0] == ouder.id} <= gekregen, "marked as sent and never arrived"
            if over := len(gekregen - nummers):
                dubbel[ouder.id] = over
        return dubbel


def _adressen(sessie: Sessie, vraag: sa.Select[Any]) -> list[int]:
    return [int(adres) for adres in sessie.scalars(vraag)]


_U = postvak_uit.c
_BEZIG = sa.select(_U.adres).where(_U.status == "bezig")
_ONZEKER = sa.select(_U.adres).where(_U.onzeker)
_UIT = sa.select(_U.adres, _U.status, _U.extern_id, _U.prioriteit)
_PER_STATUS: sa.Select[Any] = sa.select(postvak_in.c.status, sa.func.count()).group_by(postvak_in.c.status)
