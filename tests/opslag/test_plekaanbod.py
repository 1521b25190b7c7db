"""A place that comes free: offered to who waits longest, held, passed on, and never to two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from dialogen.basis import Antwoord, Rol
from opslag import gesprekken
from opslag import plekaanbod as aanbod
from opslag.database import Database
from opslag.tabellen import aanmelding_huidig, activiteit, ouder, plekaanbod
from opslag.werkdagen import zone
from tests.speler import Persoon, Speler

KOFFIE, DAG = "Koffie", "dinsdag 8 december 2026 09:30"
STIL = ("20:00", "08:00", "Europe/Amsterdam")


class Rij:
    """An activity with so many places, all taken by Amal, and people who wait in this order."""

    def __init__(self, db: Database, *wachten: str, plekken: int = 1) -> None:
        self.db, self.s = db, Speler(db)
        self.amal = self.s.ouder("Amal")
        self.mensen = [self.s.ouder(naam, Rol.VADER) for naam in wachten]
        self.activiteit = self.s.activiteit(KOFFIE, DAG, capaciteit=plekken)
        self.amal.tikt("Ik kom")
        if plekken > 1:
            self.amal.tikt("2")
        for wie in self.mensen:
            wie.tikt("Ik kom")
            wie.tikt("✅ Ja")

    def aanbod(self) -> list[tuple[str, str | None]]:
        per_uitnodiging = {self.s.uitnodiging(p, KOFFIE): naam for naam, p in self.s.mensen.items()}
        rijen = self.s.rijen(sa.select(plekaanbod).order_by(plekaanbod.c.id))
        return [(per_uitnodiging[r.uitnodiging_id], r.uitkomst) for r in rijen]

    def antwoord(self, wie: Persoon) -> str:
        vraag = sa.select(aanmelding_huidig.c.antwoord)
        over = self.s.uitnodiging(wie, KOFFIE)
        return str(self.s.rijen(vraag.where(aanmelding_huidig.c.uitnodiging_id == over))[0][0])

    def vrij(self, wie: Persoon) -> int | None:
        with self.db.transactie() as sessie:
            g = gesprekken.kijk(sessie, wie.sleutel)
            assert g is not None
            return gesprekken.uitnodigingen(sessie, g, self.s.nu)[0].vrij


def test_de_plek_is_van_wie_hem_aangeboden_kreeg(db: Database) -> None:
    t = Rij(db, "Karim", "Ewa")
    karim, ewa = t.mensen
    t.amal.tikt("Ik kan niet")
    assert t.aanbod() == [("Karim", None)]
    assert (t.vrij(karim), t.vrij(ewa), t.vrij(t.amal)) == (1, 0, 0)
    karim.tikt("Ik kom", bij="plek vrij")
    assert t.aanbod() == [("Karim", "aangenomen")]
    assert (t.antwoord(karim), t.vrij(ewa)) == ("ja", 0)


def test_ook_met_een_getypt_ja(db: Database) -> None:
    t = Rij(db, "Karim")
    t.s.activiteit("Iets anders", "woensdag 9 december 2026 09:30")  # waits for an answer too
    t.mensen[0].tikt("Ik kan niet", bij="Iets anders")
    t.amal.tikt("Ik kan niet", bij=KOFFIE)
    t.s.zet_klok("woensdag 2 december 2026 08:30")
    t.mensen[0].zegt("ja")
    assert t.aanbod() == [("Karim", "aangenomen")]


def test_wie_weigert_geeft_door(db: Database) -> None:
    t = Rij(db, "Karim", "Ewa")
    t.amal.tikt("Ik kan niet")
    t.mensen[0].tikt("Ik kan niet", bij="plek vrij")
    assert t.aanbod() == [("Karim", "afgewezen"), ("Ewa", None)]


def test_twee_plekken_twee_aanbiedingen(db: Database) -> None:
    t = Rij(db, "Karim", "Ewa", "Bo", plekken=2)
    t.amal.tikt("Ik kan niet")
    assert t.aanbod() == [("Karim", None), ("Ewa", None)]
    t.mensen[0].tikt("Ik kom", bij="plek vrij")
    assert "hoeveel" not in t.mensen[0].laatste.tekst, "voor twee is er geen plek meer: die is van Ewa"


@pytest.mark.parametrize("hoe", ["stop", "wis"])
def test_wie_weggaat_geeft_door(db: Database, hoe: str) -> None:
    t = Rij(db, "Karim", "Ewa")
    t.amal.tikt("Ik kan niet")
    t.mensen[0].zegt("stop")
    if hoe == "wis":
        t.mensen[0].tikt("Wis alles")
        t.mensen[0].tikt("Ja")
    assert t.s.rijen(sa.select(plekaanbod.c.uitkomst).order_by(plekaanbod.c.id)) == [("afgewezen",), (None,)]
    assert "is een plek vrij" in t.mensen[1].laatste.tekst


def test_wie_kwam_en_gewist_wordt_maakt_plek(db: Database) -> None:
    t = Rij(db, "Karim")
    t.amal.zegt("stop")
    t.amal.tikt("Wis alles")
    t.amal.tikt("Ja")
    assert "is een plek vrij" in t.mensen[0].laatste.tekst


def test_verlopen_gaat_naar_de_volgende(db: Database) -> None:
    t = Rij(db, "Karim", "Ewa")
    t.amal.tikt("Ik kan niet")
    (eerst,) = t.s.rijen(sa.select(plekaanbod.c.verloopt))
    t.s.nu = eerst.verloopt - timedelta(seconds=1)
    t.s.tik()
    assert t.aanbod() == [("Karim", None)]
    t.s.nu = eerst.verloopt
    t.s.tik()
    assert t.aanbod() == [("Karim", "verlopen"), ("Ewa", None)]
    assert "achteraan" in t.mensen[0].laatste.tekst
    assert t.antwoord(t.mensen[0]) == "wachtlijst"


def test_zonder_iemand_achter_je_verloopt_niets(db: Database) -> None:
    t = Rij(db, "Karim")
    t.amal.tikt("Ik kan niet")
    t.s.zet_klok("zaterdag 5 december 2026 12:00")
    t.s.tik()
    assert t.aanbod() == [("Karim", None)]
    t.amal.tikt("Ik kom")  # now somebody else would like to
    t.amal.tikt("✅ Ja")
    t.s.tik()
    assert t.aanbod() == [("Karim", "verlopen"), ("Amal", None)]


def test_zwijgen_is_ook_een_antwoord(db: Database) -> None:
    """Two silent people are offered the place twice each, and then it is there for whoever taps first."""
    t = Rij(db, "Karim", "Ewa")
    t.amal.tikt("Ik kan niet")
    for _ in range(12):
        t.s.nu += timedelta(hours=12)
        t.s.tik()
    assert [naam for naam, _ in t.aanbod()] == ["Karim", "Ewa", "Karim", "Ewa"]
    assert sum("is een plek vrij" in b.tekst for b in t.mensen[0].scherm) == 2


def test_na_het_begin_is_het_voorbij(db: Database) -> None:
    t = Rij(db, "Karim", "Ewa")
    t.s.zet_klok("dinsdag 8 december 2026 09:00")
    t.amal.tikt("Ik kan niet")
    (open_,) = t.s.rijen(sa.select(plekaanbod.c.verloopt))
    assert open_.verloopt == t.s.nu.replace(hour=8, minute=30, second=0), "nooit voorbij het begin"
    t.s.zet_klok("dinsdag 8 december 2026 10:00")
    voor = len(t.mensen[0].scherm)
    t.s.tik()
    assert t.aanbod() == [("Karim", "verlopen")]
    assert len(t.mensen[0].scherm) == voor, "daar hoort niemand meer iets van"


def test_meer_plekken_gaan_naar_wie_wacht(db: Database) -> None:
    t = Rij(db, "Karim", "Ewa", "Bo")
    with db.transactie() as sessie:
        sessie.execute(activiteit.update().values(capaciteit=3))
        assert aanbod.bied_aan(sessie, t.activiteit, t.s.nu) == 2
        assert aanbod.bied_aan(sessie, t.activiteit, t.s.nu) == 0
    with db.transactie() as sessie:
        sessie.execute(activiteit.update().values(capaciteit=None))
    t.s.tik()
    assert t.aanbod() == [("Karim", None), ("Ewa", None), ("Bo", None)]


def test_wie_rust_wil_wordt_niets_aangeboden(db: Database) -> None:
    t = Rij(db, "Karim", "Ewa")
    with db.transactie() as sessie:
        sessie.execute(ouder.update().where(ouder.c.naam == "Karim").values(pauze_tot=t.s.nu + timedelta(days=9)))
    t.amal.tikt("Ik kan niet")
    assert t.aanbod() == [("Ewa", None)]


def test_afgelast_of_onbekend(db: Database) -> None:
    t = Rij(db, "Karim")
    t.s.gelast_af(KOFFIE)
    with db.transactie() as sessie:
        sessie.execute(activiteit.update().values(capaciteit=5))
        assert aanbod.bied_aan(sessie, t.activiteit, t.s.nu) == 0
        assert aanbod.bied_aan(sessie, 999, t.s.nu) == 0
        assert aanbod.na_antwoord(sessie, 999, Antwoord.NEE, t.s.nu) == 0


def hier(tekst: str) -> datetime:
    return datetime.fromisoformat(tekst).replace(tzinfo=zone(STIL[2])).astimezone(UTC)


@pytest.mark.parametrize(
    ("nu", "begin", "tot"),
    [
        ("2026-12-01T09:00", "2026-12-08T09:30", "2026-12-02T09:00"),  # a day
        ("2026-12-01T21:00", "2026-12-08T09:30", "2026-12-02T20:00"),  # heard in the morning, a day of being awake
        ("2026-12-07T18:00", "2026-12-08T12:00", "2026-12-08T09:00"),  # six hours awake: half of them
        ("2026-12-08T08:30", "2026-12-08T12:30", "2026-12-08T10:30"),
        ("2026-12-08T11:00", "2026-12-08T12:30", "2026-12-08T12:00"),  # an hour at least
        ("2026-12-08T12:00", "2026-12-08T12:30", "2026-12-08T12:30"),  # never past the beginning
        ("2026-10-24T10:00", "2026-11-08T12:30", "2026-10-25T09:00"),  # a day of 24 hours, when the clock goes back
        ("2027-03-27T10:00", "2027-04-18T12:30", "2027-03-28T11:00"),  # and forward
        ("2026-10-24T19:00", "2026-10-25T13:00", "2026-10-25T10:00"),
        ("2027-03-27T19:00", "2027-03-28T13:00", "2027-03-28T10:00"),
    ],
)  # fmt: skip
def test_hoe_lang_een_plek_wordt_vastgehouden(nu: str, begin: str, tot: str) -> None:
    assert aanbod.verloopt(hier(nu), hier(begin), STIL) == hier(tot)


def test_zonder_stille_uren() -> None:
    stil = ("00:00", "00:00", STIL[2])
    assert aanbod.verloopt(hier("2026-12-01T23:00"), hier("2026-12-08T09:30"), stil) == hier("2026-12-02T23:00")


def test_zoekt_alleen_wie_wacht(db: Database) -> None:
    """Every half minute, in the thread that also takes in replies: by the few who wait, never by all the invited."""
    gevraagd: list[tuple[str, Any]] = []
    Rij(db, "Karim")
    sa.event.listen(db.engine, "before_cursor_execute", lambda *a: gevraagd.append((a[2], a[3])))
    with db.transactie() as sessie:
        aanbod.bied_overal_aan(sessie, datetime(2026, 12, 1, 12, tzinfo=UTC))
    vraag = next(g for g in gevraagd if "wachtlijst" in g[0])
    with db.engine.connect() as c:
        if not db.is_sqlite:
            c.exec_driver_sql("SET enable_seqscan = off")  # a handful of rows is read whole otherwise
        soort = "EXPLAIN QUERY PLAN" if db.is_sqlite else "EXPLAIN"
        plan = "\n".join(str(rij) for rij in c.exec_driver_sql(f"{soort} {vraag[0]}", vraag[1]))
    assert "ix_aanmelding_wachtlijst" in plan
    assert not any(f"SCAN {tabel}" in plan for tabel in ("activiteit", "uitnodiging", "ouder"))
