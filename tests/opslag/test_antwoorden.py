"""Answers, reasons and presence: history that only grows, and only about one's own invitation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from dialogen.basis import Antwoord, Rol, Staat
from opslag import antwoorden, gesprekken, team
from opslag.database import Database
from opslag.presentie import lijsten, zet_door_team
from opslag.tabellen import (
    aanmelding,
    aanmelding_huidig,
    afmeldreden,
    afmeldreden_huidig,
    presentie,
    taak,
    vraag,
    waardering,
)
from tests.speler import Persoon, Speler

KOFFIE, DAG = "Koffie", "dinsdag 8 december 2026 09:30"


class Toneel:
    """Two parents, one activity; everything by number."""

    def __init__(self, db: Database, **activiteit: Any) -> None:
        self.db, self.s = db, Speler(db)
        self.amal, self.karim = self.s.ouder("Amal"), self.s.ouder("Karim", Rol.VADER)
        self.s.activiteit(KOFFIE, DAG, **activiteit)
        self.van_amal, self.van_karim = (self.s.uitnodiging(p, KOFFIE) for p in (self.amal, self.karim))

    def id(self, wie: Persoon) -> int:
        nummer = self.s.ouder_id(wie)
        assert nummer is not None
        return nummer

    def antwoord(self, wie: Persoon, over: int, nieuw: Antwoord, aantal: int = 0) -> Antwoord | None:
        nummer = self.id(wie)
        with self.db.transactie() as sessie:
            return antwoorden.antwoord(sessie, nummer, over, nieuw, aantal, self.s.nu)

    def rijen(self, tabel: sa.Table) -> Sequence[Any]:
        return self.s.rijen(sa.select(tabel).order_by(tabel.c.id))


@pytest.fixture
def t(db: Database) -> Toneel:
    return Toneel(db)


def test_antwoorden_komen_erbij(t: Toneel) -> None:
    assert t.antwoord(t.amal, t.van_amal, Antwoord.JA, 1) is Antwoord.GEEN
    assert t.antwoord(t.amal, t.van_amal, Antwoord.JA, 2) is Antwoord.JA
    assert t.antwoord(t.amal, t.van_amal, Antwoord.NEE) is Antwoord.JA
    assert t.antwoord(t.amal, t.van_amal, Antwoord.NEE) is Antwoord.NEE, "hetzelfde nog eens komt er niet bij"
    assert [(a.antwoord, a.aantal) for a in t.rijen(aanmelding)] == [("ja", 1), ("ja", 2), ("nee", 0)]
    assert [a.antwoord for a in t.rijen(aanmelding_huidig)] == ["nee"]


def test_alleen_de_eigen_uitnodiging(t: Toneel) -> None:
    """Whatever the conversation believed: another's invitation, or one that is not there, changes nothing."""
    for over in (t.van_karim, 999, 2**63 - 1):
        assert t.antwoord(t.amal, over, Antwoord.JA, 1) is None
        with t.db.transactie() as sessie:
            wie = t.id(t.amal)
            assert not antwoorden.is_eigen(sessie, wie, over)
            antwoorden.reden(sessie, wie, over, "WERK", t.s.nu)
            assert not antwoorden.vertelde_reden(sessie, wie, over, "x", "", t.s.nu)
            assert not antwoorden.neem_aanbod_aan(sessie, wie, t.s.locatie, over, "maatje", t.s.nu)
            antwoorden.waardeer(sessie, wie, over, "blij", "x", "", t.s.nu)
    for tabel in (aanmelding, afmeldreden, taak, waardering):
        assert t.rijen(tabel) == []


def test_een_reden_hoort_bij_het_antwoord(t: Toneel) -> None:
    wie = t.id(t.amal)
    t.antwoord(t.amal, t.van_amal, Antwoord.NEE)
    with t.db.transactie() as sessie:
        antwoorden.reden(sessie, wie, t.van_amal, "WERK", t.s.nu)
        antwoorden.reden(sessie, wie, t.van_amal, "TIJD", t.s.nu)
    (nee,) = t.rijen(aanmelding)
    assert [(r.code, r.aanmelding_id) for r in t.rijen(afmeldreden)] == [("WERK", nee.id), ("TIJD", nee.id)]
    assert [r.code for r in t.rijen(afmeldreden_huidig)] == ["TIJD"]


@pytest.mark.parametrize(
    ("eerst", "daarna", "code"),
    [
        ([], [], None), (["WELKOM"], [], "WELKOM"), (["WERK", "WELKOM"], [], "WELKOM"), (["ZEG_NIET"], [], None),
        (["WELKOM"], [Antwoord.JA, Antwoord.NEE], None),
    ],
)  # fmt: skip
def test_eigen_woorden_houden_de_code(t: Toneel, eerst: list[str], daarna: list[Antwoord], code: str | None) -> None:
    """Not welcome keeps counting when more is told about it; a code of an earlier answer does not come along."""
    wie = t.id(t.amal)
    t.antwoord(t.amal, t.van_amal, Antwoord.NEE)
    with t.db.transactie() as sessie:
        for gekozen in eerst:
            antwoorden.reden(sessie, wie, t.van_amal, gekozen, t.s.nu)
        for nieuw in daarna:
            antwoorden.antwoord(sessie, wie, t.van_amal, nieuw, 0, t.s.nu)
        assert antwoorden.vertelde_reden(sessie, wie, t.van_amal, "Niemand zei hallo", "", t.s.nu)
    (nu,) = t.rijen(afmeldreden_huidig)
    assert (nu.code, nu.toelichting, nu.verteld) == (code, "Niemand zei hallo", True)


def test_eigen_woorden_zonder_antwoord(t: Toneel) -> None:
    """Somebody who never answered and did not come tells why."""
    with t.db.transactie() as sessie:
        antwoorden.reden(sessie, t.id(t.amal), t.van_amal, "WELKOM", t.s.nu)
        assert antwoorden.vertelde_reden(sessie, t.id(t.amal), t.van_amal, "", "id-1", t.s.nu)
    (nu,) = t.rijen(afmeldreden_huidig)
    assert (nu.code, nu.media, nu.aanmelding_id) == ("WELKOM", "id-1", None)


def test_een_aanbod_wordt_een_keer_een_taak(t: Toneel) -> None:
    wie = t.id(t.amal)
    with t.db.transactie() as sessie:
        antwoorden.reden(sessie, wie, t.van_amal, "ALLEEN", t.s.nu)
        assert antwoorden.neem_aanbod_aan(sessie, wie, t.s.locatie, t.van_amal, "maatje", t.s.nu)
        assert not antwoorden.neem_aanbod_aan(sessie, wie, t.s.locatie, t.van_amal, "maatje", t.s.nu)
        assert antwoorden.neem_aanbod_aan(sessie, wie, t.s.locatie, t.van_amal, "tolk_of_maatje", t.s.nu)
    assert [x.soort for x in t.rijen(taak)] == ["maatje", "tolk_of_maatje"]
    assert [r.aanbod for r in t.rijen(afmeldreden)] == ["tolk_of_maatje"]


def test_waarderen(t: Toneel) -> None:
    wie = t.id(t.amal)
    with t.db.transactie() as sessie:
        antwoorden.waardeer(sessie, wie, t.van_amal, "blij", "", "", t.s.nu)
        antwoorden.waardeer(sessie, wie, t.van_amal, "", "Gezellig", "", t.s.nu)
        antwoorden.waardeer(sessie, wie, t.van_amal, "jammer", "", "", t.s.nu)
    assert [(w.score, w.tekst) for w in t.rijen(waardering)] == [("blij", "Gezellig"), ("jammer", None)]


def test_plekken_die_vrij_zijn(db: Database) -> None:
    t = Toneel(db, capaciteit=3)

    def vrij(wie: Persoon) -> int | None:
        with db.transactie() as sessie:
            g = gesprekken.kijk(sessie, wie.sleutel)
            assert g is not None
            return gesprekken.uitnodigingen(sessie, g, t.s.nu)[0].vrij

    assert (vrij(t.amal), vrij(t.karim)) == (3, 3)
    t.antwoord(t.amal, t.van_amal, Antwoord.JA, 2)
    assert (vrij(t.amal), vrij(t.karim)) == (3, 1), "de eigen plekken tellen niet mee"
    t.antwoord(t.karim, t.van_karim, Antwoord.WACHTLIJST)
    assert vrij(t.amal) == 3
    t.antwoord(t.amal, t.van_amal, Antwoord.MISSCHIEN)
    assert vrij(t.karim) == 3


# Others


def test_een_collega_van_elders_ziet_en_zet_niets(t: Toneel) -> None:
    bea = t.s.collega("Bea", code="elders")
    t.amal.zegt("Mag mijn zus mee?")
    with t.db.transactie() as sessie:
        g = gesprekken.kijk(sessie, bea.sleutel)
        assert g is not None
        assert g.medewerker_id is not None
        (gesteld,) = sessie.execute(sa.select(vraag)).all()
        assert lijsten(sessie, g.medewerker_id, t.s.nu) == ()
        assert team.open_vragen(sessie, g.medewerker_id, gesteld.id) == ()
        assert not zet_door_team(sessie, g.medewerker_id, t.van_amal, Staat.AANWEZIG, t.s.nu)
        assert team.beantwoord(sessie, g.medewerker_id, gesteld.id, t.s.nu) is None
    assert t.rijen(presentie) == []
    assert [v.beantwoord for v in t.rijen(vraag)] == [None]


def test_een_vraag_wordt_een_keer_beantwoord(t: Toneel) -> None:
    noor = t.s.collega("Noor")
    t.amal.zegt("Mag mijn zus mee?")
    with t.db.transactie() as sessie:
        g = gesprekken.kijk(sessie, noor.sleutel)
        assert g is not None
        assert g.medewerker_id is not None
        (gesteld,) = sessie.execute(sa.select(vraag)).all()
        assert team.beantwoord(sessie, g.medewerker_id, gesteld.id, t.s.nu) == (t.id(t.amal), "Mag mijn zus mee?")
        assert team.beantwoord(sessie, g.medewerker_id, gesteld.id, t.s.nu) is None
    (klaar,) = t.rijen(vraag)
    assert (klaar.tekst, klaar.media) == (None, None), "de woorden gaan weg met het antwoord"


def test_ook_de_eenentwintigste_vraag_kan_beantwoord_worden(t: Toneel) -> None:
    noor = t.s.collega("Noor")
    for i in range(21):
        t.amal.zegt(f"Vraag nummer {i}: hoe zit dat?")
    assert "Vraag nummer 20" in noor.laatste.tekst
    noor.tikt("Antwoord")
    assert "Typ je antwoord" in noor.laatste.tekst
    noor.zegt("Zo zit dat.")
    assert "Verstuurd" in noor.laatste.tekst
    assert "Zo zit dat." in t.amal.laatste.tekst
