"""A promise has one owner and a date; who may see it or do it is decided where it is written."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from dialogen.basis import Rol
from opslag import taken
from opslag.database import Database
from opslag.tabellen import audit, gesprek, medewerker, taak
from tests.speler import Persoon, Speler, moment

DAG = "dinsdag 8 december 2026 09:30"


class Toneel:
    """A team and a parent who said yes to an offer."""

    def __init__(self, db: Database) -> None:
        self.db, self.s = db, Speler(db)
        self.noor, self.sam = self.s.collega("Noor"), self.s.collega("Sam")
        self.lena, self.bea = self.s.collega("Lena", "coordinator"), self.s.collega("Bea", code="elders")
        self.amal = self.s.ouder("Amal")
        self.s.activiteit("Koffie", DAG)
        self.over = self.s.uitnodiging(self.amal, "Koffie")

    def maak(self, soort: str = "maatje") -> int:
        ouder_id = self.s.ouder_id(self.amal)
        assert ouder_id
        with self.db.transactie() as sessie:
            return taken.maak(sessie, self.s.locatie, ouder_id, self.over, soort, self.s.nu)

    def id(self, wie: Persoon) -> int:
        rijen = self.s.rijen(sa.select(gesprek.c.medewerker_id).where(gesprek.c.adres == wie.sleutel.adres))
        return int(rijen[0][0])

    def ziet(self, wie: Persoon) -> list[tuple[str, str]]:
        with self.db.transactie() as sessie:
            return [(t.soort, t.eigenaar) for t in taken.voor_collega(sessie, self.id(wie))]

    def pakt(self, wie: Persoon, nummer: int) -> bool:
        with self.db.transactie() as sessie:
            return taken.pak_op(sessie, self.id(wie), nummer, self.s.nu) is not None

    def geeft_terug(self, wie: Persoon, nummer: int) -> bool:
        with self.db.transactie() as sessie:
            return taken.geef_terug(sessie, self.id(wie), nummer, self.s.nu) is not None

    def rondt_af(self, wie: Persoon, nummer: int) -> bool:
        with self.db.transactie() as sessie:
            return taken.rond_af(sessie, self.id(wie), nummer, self.s.nu)

    def laat(self, nu: datetime) -> int:
        with self.db.transactie() as sessie:
            return taken.meld_late(sessie, nu)

    def gaat_weg(self, wie: Persoon) -> None:
        with self.db.transactie() as sessie:
            sessie.execute(medewerker.update().where(medewerker.c.id == self.id(wie)).values(actief=False))


@pytest.fixture
def t(db: Database) -> Toneel:
    return Toneel(db)


def test_twee_werkdagen(t: Toneel) -> None:
    """Promised on a Friday, kept on Tuesday at five."""
    t.s.nu = moment("vrijdag 4 december 2026 10:00")
    t.maak()
    assert [x.voor for x in t.s.rijen(sa.select(taak))] == [moment("dinsdag 8 december 2026 17:00")]


def test_de_eerste_is_eigenaar(t: Toneel) -> None:
    nummer = t.maak()
    assert t.pakt(t.noor, nummer)
    assert not t.pakt(t.sam, nummer)
    assert not t.rondt_af(t.sam, nummer), "een ander rondt hem niet af"
    assert not t.geeft_terug(t.sam, nummer)
    assert t.rondt_af(t.noor, nummer)
    assert not t.rondt_af(t.noor, nummer)
    assert not t.pakt(t.sam, nummer), "klaar is klaar"
    assert [x.wat for x in t.s.rijen(sa.select(audit)) if x.op == f"taak:{nummer}"] == ["taak opgepakt", "taak klaar"]


def test_teruggeven(t: Toneel) -> None:
    nummer = t.maak()
    t.pakt(t.noor, nummer)
    assert t.geeft_terug(t.lena, nummer), "de coördinator mag dat ook"
    assert not t.geeft_terug(t.lena, nummer)
    assert t.pakt(t.sam, nummer)
    assert t.geeft_terug(t.sam, nummer)


def test_alleen_de_eigen_locatie(t: Toneel) -> None:
    nummer = t.maak()
    assert t.ziet(t.bea) == []
    assert not (t.pakt(t.bea, nummer))
    assert not (t.rondt_af(t.bea, nummer))
    assert not (t.geeft_terug(t.bea, nummer))
    assert [(x.eigenaar, x.klaar) for x in t.s.rijen(sa.select(taak))] == [(None, None)]


def test_wie_weg_is_doet_niets_en_heeft_niets(t: Toneel) -> None:
    eerste, tweede = t.maak(), t.maak("tolk_of_maatje")
    t.pakt(t.noor, eerste)
    t.gaat_weg(t.noor)
    assert t.ziet(t.noor) == []
    assert not (t.pakt(t.noor, tweede))
    assert not (t.rondt_af(t.noor, eerste))
    assert ("maatje", "") in t.ziet(t.sam), "wat een oud-collega had, is weer vrij"
    assert t.pakt(t.sam, eerste)


def test_vertrouwelijk_is_voor_de_coordinator(t: Toneel) -> None:
    nummer = t.maak("praten")
    assert t.ziet(t.noor) == []
    assert not (t.pakt(t.noor, nummer))
    assert not (t.rondt_af(t.noor, nummer))
    assert t.ziet(t.lena) == [("praten", "")]
    with t.db.transactie() as sessie:
        taken.nieuw(sessie, nummer, t.s.nu)
    assert {g.aan.naam for g in t.s.bezorg()} == {"Lena"}


def test_de_gemeente_ziet_geen_taken(t: Toneel) -> None:
    t.maak()
    assert t.ziet(t.s.collega("Gé", "gemeente")) == []


def test_eigen_taken_eerst_en_niet_meer_dan_een_lijst(t: Toneel) -> None:
    nummers = [t.maak() for _ in range(taken.MEEST + 5)]
    t.pakt(t.noor, nummers[-1])
    t.pakt(t.sam, nummers[0])
    with t.db.transactie() as sessie:
        rij = taken.voor_collega(sessie, t.id(t.noor), nummers[-2])
    assert len(rij) == taken.MEEST
    assert (rij[0].nummer, rij[0].van_mij) == (nummers[-1], True)
    assert nummers[-2] in {x.nummer for x in rij}, "waar het over gaat is er altijd bij"


def test_een_late_taak_een_keer_gemeld(t: Toneel) -> None:
    nummer, gepakt = t.maak(), t.maak("tolk_of_maatje")
    t.pakt(t.noor, gepakt)
    voor = moment("donderdag 3 december 2026 17:00")
    assert t.laat(voor - timedelta(seconds=1)) == 0
    assert [t.laat(voor), t.laat(voor)] == [1, 0]
    t.s.nu = voor
    assert {g.aan.naam for g in t.s.bezorg()} == {"Lena"}
    t.pakt(t.noor, nummer)
    t.geeft_terug(t.noor, nummer)
    assert t.laat(voor) == 1, "wie teruggeeft laat de coördinator het weer horen"


def test_twee_processen_melden_het_een_keer(t: Toneel) -> None:
    for _ in range(5):
        t.maak()
    voor, uit = moment("donderdag 3 december 2026 17:00"), []
    draden = [threading.Thread(target=lambda: uit.append(t.laat(voor))) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sum(uit) == 5


def test_twee_pakken_tegelijk(t: Toneel) -> None:
    nummer = t.maak()
    uit: list[bool] = []
    draden = [threading.Thread(target=lambda wie=wie: uit.append(t.pakt(wie, nummer))) for wie in (t.noor, t.sam)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uit) == [False, True]


def test_een_nummer_wordt_nooit_dat_van_een_ander(t: Toneel) -> None:
    """A colleague still has the button of a parent who erased herself."""
    oud = t.maak()
    t.amal.zegt("stop")
    t.amal.tikt("Wis alles")
    t.amal.tikt("Ja, wis alles")
    assert t.ziet(t.noor) == []
    karim = t.s.ouder("Karim", Rol.VADER)
    for label in ("Ik kan niet", "Iets anders", "Ik ken niemand", "Ja, graag"):
        karim.tikt(label)
    t.noor.drukt(f"taken.taak:pak:{oud}")
    assert "al klaar" in t.noor.laatste.tekst
    assert t.ziet(t.noor) == [("maatje", "")]
