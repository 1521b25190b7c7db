"""Own words are read once, by who may, and leave nothing behind but a code and that there were words."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from dialogen.basis import Rol
from opslag import uitvoer, woorden
from opslag.database import Database
from opslag.opruimen import ruim_op
from opslag.tabellen import afmeldreden, audit, gesprek, medewerker, waardering
from opslag.uitvoer import Periode
from tests.speler import Persoon, Speler

DAG = "dinsdag 8 december 2026 09:30"
GEHEIM = "De zuivelboer komt langs"


class Toneel:
    """A team, and a mother who told why she does not come."""

    def __init__(self, db: Database) -> None:
        self.db, self.s = db, Speler(db)
        self.noor, self.lena = self.s.collega("Noor"), self.s.collega("Lena", "coordinator")
        self.bea, self.amal = self.s.collega("Bea", code="elders"), self.s.ouder("Amal")
        self.s.activiteit("Koffie", DAG)

    def vertelt(self, tekst: str = GEHEIM, *eerst: str) -> int:
        self.amal.tikt("Ik kan niet")
        for label in eerst:
            self.amal.tikt(label)
        self.amal.zegt(tekst)
        return int(self.s.rijen(sa.select(sa.func.max(afmeldreden.c.id)))[0][0])

    def id(self, wie: Persoon) -> int:
        rijen = self.s.rijen(sa.select(gesprek.c.medewerker_id).where(gesprek.c.adres == wie.sleutel.adres))
        return int(rijen[0][0])

    def ziet(self, wie: Persoon, kanaal: str = "speler") -> list[tuple[str, str, str, bool]]:
        with self.db.transactie() as sessie:
            rij = woorden.te_lezen(sessie, self.id(wie), kanaal, kanaal, self.s.nu)
        return [(x.soort, x.tekst, x.media, x.elders) for x in rij]

    def codeert(self, wie: Persoon, nummer: int, code: str = "WERK") -> bool:
        with self.db.transactie() as sessie:
            return woorden.codeer(sessie, self.id(wie), nummer, code, self.s.nu)

    def leest(self, wie: Persoon, soort: str, nummer: int) -> bool:
        with self.db.transactie() as sessie:
            return woorden.gelezen(sessie, self.id(wie), soort, nummer, self.s.nu)

    def redenen(self) -> list[tuple[str, str]]:
        with self.db.transactie() as sessie:
            rijen = list(uitvoer.redenen(sessie, Periode()))
        plek = uitvoer.REDENEN.index
        return [(r[plek("reden_code")], r[plek("toelichting_aanwezig")]) for r in rijen]


@pytest.fixture
def t(db: Database) -> Toneel:
    return Toneel(db)


def test_coderen_wist_meteen(t: Toneel) -> None:
    nummer = t.vertelt()
    assert t.redenen() == [("", "ja")]
    assert t.codeert(t.noor, nummer)
    assert t.s.waar_staat("zuivelboer") == []
    (r,) = t.s.rijen(sa.select(afmeldreden))
    assert (r.code, r.verteld, r.gecodeerd_door, r.toelichting) == ("WERK", True, t.id(t.noor), None)
    assert t.redenen() == [("WERK", "ja")], "dat er woorden waren, blijft in de export"
    assert not t.codeert(t.lena, nummer, "TIJD"), "de eerste bepaalt"
    assert [(a.wat, a.op, a.details) for a in t.s.rijen(sa.select(audit)) if a.wat.startswith("woorden")] == [
        ("woorden gelezen", f"afmeldreden:{nummer}", "")
    ]


def test_alleen_een_code_die_er_is(t: Toneel) -> None:
    assert not t.codeert(t.noor, t.vertelt(), "ZIEK")
    assert t.s.waar_staat("zuivelboer") == ["afmeldreden.toelichting"]


def test_alleen_de_eigen_locatie_en_wie_er_werkt(t: Toneel) -> None:
    nummer = t.vertelt()
    gemeente = t.s.collega("Gé", "gemeente")
    for wie in (t.bea, gemeente):
        assert t.ziet(wie) == []
        assert not t.codeert(wie, nummer)
    with t.db.transactie() as sessie:
        sessie.execute(medewerker.update().where(medewerker.c.id == t.id(t.noor)).values(actief=False))
    assert t.ziet(t.noor) == []
    assert not t.codeert(t.noor, nummer), "een minuut geleden weggegaan"
    assert t.s.waar_staat("zuivelboer") == ["afmeldreden.toelichting"]


def test_bij_niet_welkom_leest_de_coordinator(t: Toneel) -> None:
    nummer = t.vertelt(GEHEIM, "Iets anders", "Niet welkom", "Ik vertel het")
    assert t.ziet(t.noor) == []
    assert not t.leest(t.noor, "reden", nummer)
    assert t.ziet(t.lena) == [("reden", GEHEIM, "", False)]
    assert not t.codeert(t.lena, nummer), "wat de ouder koos blijft staan"
    assert t.leest(t.lena, "reden", nummer)
    assert t.redenen() == [("WELKOM", "ja")]


def test_als_niet_welkom_gecodeerd_is_vertrouwelijk(t: Toneel) -> None:
    t.codeert(t.noor, t.vertelt(), "WELKOM")
    assert t.redenen() == [("WELKOM", "ja")], "geteld, zonder naam"
    with t.db.transactie() as sessie:
        (rij,) = uitvoer.presentie(sessie, Periode())
    assert rij[uitvoer.PRESENTIE.index("reden_code")] == ""


def test_gesproken_alleen_waar_het_te_horen_is(t: Toneel) -> None:
    t.amal.tikt("Ik kan niet")
    t.amal.spreekt("opname-7")
    assert t.ziet(t.noor) == [("reden", "", "opname-7", False)]
    assert t.ziet(t.noor, "telegram") == [("reden", "", "", True)]


def test_hoe_het_was(t: Toneel) -> None:
    t.s.stuurt(t.amal, "erbij.na", "Koffie")
    t.amal.tikt("🙁")
    t.amal.zegt(GEHEIM)
    (w,) = t.s.rijen(sa.select(waardering))
    assert t.ziet(t.noor) == [("ervaring", GEHEIM, "", False)]
    assert not t.leest(t.bea, "ervaring", w.id)
    assert t.leest(t.noor, "ervaring", w.id)
    assert not t.leest(t.noor, "ervaring", w.id)
    assert t.s.waar_staat("zuivelboer") == []
    assert [x.score for x in t.s.rijen(sa.select(waardering))] == ["jammer"]


def test_een_reden_van_achteraf_komt_in_de_export(t: Toneel) -> None:
    """Said yes, did not come, told why afterwards, coded later."""
    t.amal.tikt("Ik kom")
    t.s.zet_klok("dinsdag 8 december 2026 13:00")
    t.s.stuurt(t.amal, "erbij.gemist", "Koffie")
    t.amal.tikt("Iets anders")
    t.amal.zegt(GEHEIM)
    assert t.redenen() == [("", "ja")]
    t.s.zet_klok("donderdag 10 december 2026 09:00")
    assert t.codeert(t.noor, t.s.rijen(sa.select(afmeldreden.c.id))[0][0], "NU_NIET")
    assert t.redenen() == [("NU_NIET", "ja")]


def test_na_dertig_dagen_is_het_hoe_dan_ook_weg(t: Toneel) -> None:
    nummer = t.vertelt()
    with t.db.transactie() as sessie:
        ruim_op(sessie, t.s.nu + timedelta(days=31))
    assert t.ziet(t.noor) == []
    assert not t.codeert(t.noor, nummer), "er is niets meer om te lezen"
    assert t.redenen() == [("", "ja")]


@pytest.mark.parametrize("lezen", [["Redenen lezen"], ["Redenen lezen", "Iets anders"]])
def test_ook_de_browserchat_onthoudt_de_woorden_niet(db: Database, lezen: list[str]) -> None:
    s = Speler(db)
    s.persoon("Noor").kanaal = "web"
    noor, karim = s.collega("Noor"), s.ouder("Karim", Rol.VADER)
    s.activiteit("Koffie", DAG)
    karim.tikt("Ik kan niet")
    karim.zegt(GEHEIM)
    noor.zegt("menu")
    for label in lezen:
        noor.tikt(label)
    assert GEHEIM in noor.laatste.tekst
    assert s.waar_staat("zuivelboer") == ["afmeldreden.toelichting"]


def test_niet_meer_dan_een_lijst_oudste_eerst(t: Toneel) -> None:
    for i in range(woorden.MEEST + 2):
        t.vertelt(f"woord {i:02}")
    gezien = [tekst for _, tekst, _, _ in t.ziet(t.noor)]
    assert gezien == [f"woord {i:02}" for i in range(woorden.MEEST)]


def test_wat_ouders_wel_willen(t: Toneel) -> None:
    t.amal.tikt("Ik kan niet")
    for label in ("Iets anders", "Past niet bij mij", "Samen koken"):
        t.amal.tikt(label)
    with t.db.transactie() as sessie:
        assert woorden.onderwerpen(sessie, t.id(t.noor), t.s.nu) == {"koken": 1}
        assert woorden.onderwerpen(sessie, t.id(t.bea), t.s.nu) == {}
    t.noor.zegt("menu")
    t.noor.tikt("Redenen lezen")
    assert "🍳 1" in t.noor.laatste.tekst
