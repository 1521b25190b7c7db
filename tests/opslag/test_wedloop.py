"""Two at once: the last place, a double tap, a place that comes free, two colleagues who send.

Each race is first shown to happen with the lock off and a pause after the check, so that we know the test can see it;
then it never does with the lock on. "Two at once" are two databases opened on the same address, as two processes
have them. On SQLite the lock is the transaction itself (``BEGIN IMMEDIATE``): off means that every statement stands
alone. The wide run of a thousand is in ``make soak``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa

from bot.verwerken import verwerk
from dialogen import kiezen
from dialogen.basis import Invoer, Soort
from opslag import gesprekken, plekaanbod, verzendingen
from opslag.database import Database, Sessie, _begin_sqlite
from opslag.snel import Snel
from opslag.tabellen import aanmelding, aanmelding_huidig, postvak_uit, uitnodiging, verzending
from opslag.tabellen import plekaanbod as aanbod
from tests.speler import Persoon, Speler

KEREN = [pytest.param(10, id="10"), pytest.param(1000, id="1000", marks=pytest.mark.soak)]
PAUZE = 0.02
"""Seconds between check and write when the race is to be seen."""


class Baan:
    """Two processes on one database, and invitations by the dozen for the same two parents."""

    pauze = 0.0
    met_kenmerk = True  # the unique mark of a broadcast, the second lock of sending

    def __init__(self, url: str, db: Database) -> None:
        self.s = Speler(db)
        self.wie = [self.s.ouder("Amal"), self.s.ouder("Ewa")]
        self.processen = (db, Database(url))
        self.geteld = count(1)

    def activiteit(self) -> tuple[int, list[int]]:
        """An activity with one place; its number, and that of each parent's invitation."""
        titel = f"Koffie {next(self.geteld)}"
        nummer = self.s.activiteit(titel, "dinsdag 8 december 2026 09:30", capaciteit=1, stil=True)
        rijen = [{"activiteit_id": nummer, "ouder_id": self.s.ouder_id(w), "gemaakt": self.s.nu} for w in self.wie]
        with self.s.db.transactie() as sessie:
            erbij = uitnodiging.insert().returning(uitnodiging.c.id, sort_by_parameter_order=True)
            return nummer, list(sessie.scalars(erbij, rijen))

    def tikt(self, wie: Persoon, over: int) -> None:
        self.s.neem_aan(wie, Invoer(Soort.KNOP, f"uitnodiging.kom:ja:{over}"))

    def tegelijk(self, *werk: Callable[[Sessie], Any]) -> None:
        """Do these at the same time, each in a process of its own."""

        def doe(db: Database, wat: Callable[[Sessie], Any]) -> None:
            with db.transactie() as sessie:
                wat(sessie)

        with ThreadPoolExecutor(2) as draden:
            for klaar in [draden.submit(doe, db, w) for db, w in zip(self.processen, werk, strict=True)]:
                klaar.result(30)

    def beurt(self, wie: Persoon) -> Callable[[Sessie], Any]:
        return lambda sessie: verwerk(sessie, wie.sleutel, self.s.nu)

    def zonder_slot(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take every lock away, and pause between check and write."""
        for db in self.processen:
            if db.is_sqlite:
                sa.event.remove(db.engine, "begin", _begin_sqlite)
        over = sa.select(sa.bindparam("over", type_=sa.Integer))
        monkeypatch.setattr(gesprekken, "_SLOT", over)
        monkeypatch.setattr(gesprekken, "_WIE", Snel(gesprekken._KIJK))
        monkeypatch.setattr(plekaanbod, "_SLOT", sa.select(sa.bindparam("nummer", type_=sa.Integer)))
        monkeypatch.setattr(verzendingen, "_slot", verzendingen.haal)
        self.met_kenmerk = False
        self.pauzeer(monkeypatch, PAUZE)

    def pauzeer(self, monkeypatch: pytest.MonkeyPatch, seconden: float) -> None:
        """A pause after what a turn, an offer or a colleague was based on was read."""
        self.pauze = seconden

        def na(functie: Callable[..., Any]) -> Callable[..., Any]:
            def met_pauze(*wat: Any) -> Any:
                time.sleep(seconden)
                return functie(*wat)

            return met_pauze

        monkeypatch.setattr(kiezen, "antwoord", na(kiezen.antwoord))
        monkeypatch.setattr(plekaanbod, "verloopt", na(plekaanbod.verloopt))


@pytest.fixture
def baan(database_url: str, db: Database) -> Iterator[Baan]:
    """The track, with the second process closed afterwards."""
    gemaakt = Baan(database_url, db)
    yield gemaakt
    gemaakt.processen[1].sluit()


# The last place


def laatste_plek(baan: Baan) -> bool:
    """Two parents tap for one place at once; whether both got it."""
    _, over = baan.activiteit()
    for wie, hun in zip(baan.wie, over, strict=True):
        baan.tikt(wie, hun)
    baan.tegelijk(*map(baan.beurt, baan.wie))
    komt = sa.select(sa.func.sum(aanmelding_huidig.c.aantal)).where(aanmelding_huidig.c.uitnodiging_id.in_(over))
    return bool(baan.s.rijen(komt)[0][0] != 1)


# A double tap


def dubbele_tik(baan: Baan) -> bool:
    """One parent taps twice, and two processes each take one; whether it was answered twice."""
    _, (over, _) = baan.activiteit()
    amal = baan.wie[0]
    voor = len(baan.s.rijen(sa.select(postvak_uit.c.id)))
    baan.tikt(amal, over)
    baan.tikt(amal, over)
    baan.tegelijk(baan.beurt(amal), baan.beurt(amal))
    antwoorden = len(baan.s.rijen(sa.select(postvak_uit.c.id))) - voor
    return antwoorden != 1 or len(baan.s.rijen(sa.select(aanmelding).where(aanmelding.c.uitnodiging_id == over))) != 1


# A place that comes free


def vrije_plek(baan: Baan) -> bool:
    """Two processes see a free place while two wait; whether it was offered twice."""
    nummer, over = baan.activiteit()
    wacht = {"antwoord": "wachtlijst", "bron": "ouder", "moment": baan.s.nu}
    with baan.s.db.transactie() as sessie:
        sessie.execute(aanmelding.insert(), [{"uitnodiging_id": u, **wacht} for u in over])
    biedt = [lambda sessie: plekaanbod.bied_aan(sessie, nummer, baan.s.nu)] * 2
    baan.tegelijk(*biedt)
    return len(baan.s.rijen(sa.select(aanbod).where(aanbod.c.uitnodiging_id.in_(over)))) != 1


# Two colleagues who send


def twee_collegas(baan: Baan) -> bool:
    """Two colleagues who saw the same send at once; whether it became two broadcasts."""
    nummer, _ = baan.activiteit()

    def stuurt(sessie: Sessie) -> None:
        gezien = verzendingen.eerder(sessie, nummer, "uitnodiging", "iedereen")
        time.sleep(baan.pauze)
        if gezien is None:
            kenmerk = "na 0" if baan.met_kenmerk else None
            verzendingen.begin(sessie, nummer, "uitnodiging", "iedereen", baan.s.nu, "proef", kenmerk=kenmerk)

    baan.tegelijk(stuurt, stuurt)
    return len(baan.s.rijen(sa.select(verzending).where(verzending.c.activiteit_id == nummer))) != 1


RACES = [laatste_plek, dubbele_tik, vrije_plek, twee_collegas]


@pytest.mark.parametrize("race", RACES)
def test_zonder_slot_gaat_het_mis(baan: Baan, race: Callable[[Baan], bool], monkeypatch: pytest.MonkeyPatch) -> None:
    baan.zonder_slot(monkeypatch)
    assert any(race(baan) for _ in range(20)), "the race must be seen to happen, else the next test shows nothing"


@pytest.mark.parametrize("race", RACES)
@pytest.mark.parametrize("keren", KEREN)
def test_met_slot_nooit(baan: Baan, race: Callable[[Baan], bool], keren: int, monkeypatch: pytest.MonkeyPatch) -> None:
    baan.pauzeer(monkeypatch, 0.002)
    mis = 0
    for _ in range(keren):
        baan.s.nu += timedelta(minutes=2)  # within a minute the same tap is a double one
        mis += race(baan)
    assert mis == 0


def test_wie_een_plek_krijgt_is_zelf_net_bezig(baan: Baan, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place is offered to somebody whose own turn waits for the same activity: both come to their end."""
    amal, ewa = baan.wie
    baan.pauzeer(monkeypatch, PAUZE)
    for _ in range(3):
        nummer, (van_amal, van_ewa) = baan.activiteit()
        zegt = [(van_amal, "ja", 1), (van_ewa, "wachtlijst", 0)]
        with baan.s.db.transactie() as sessie:
            for over, antwoord, aantal in zegt:
                rij = {"uitnodiging_id": over, "antwoord": antwoord, "aantal": aantal, "bron": "ouder"}
                sessie.execute(aanmelding.insert().values(**rij, moment=baan.s.nu))
        baan.s.neem_aan(amal, Invoer(Soort.KNOP, f"uitnodiging.kom:nee:{van_amal}"))
        baan.s.neem_aan(ewa, Invoer(Soort.KNOP, f"uitnodiging.kom:misschien:{van_ewa}"))
        baan.tegelijk(baan.beurt(amal), baan.beurt(ewa))
        baan.s.nu += timedelta(minutes=2)
        assert {a.antwoord for a in baan.s.rijen(_antwoorden(nummer))} == {"nee", "misschien"}


def _antwoorden(nummer: int) -> sa.Select[Any]:
    """What stands now, of everybody who was invited to this one."""
    hier = uitnodiging.c.activiteit_id == nummer
    return (
        sa.select(aanmelding_huidig.c.antwoord)
        .join(uitnodiging, aanmelding_huidig.c.uitnodiging_id == uitnodiging.c.id)
        .where(hier)
    )
