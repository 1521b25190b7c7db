"""The exports: exactly the columns others rely on, and no name where there must be none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

from dialogen.basis import Rol
from dialogen.redenen import REDENEN
from opslag import gesprekken, uitvoer
from opslag.database import Database
from opslag.presentie import gast_eraf, gast_erbij
from opslag.uitvoer import Periode
from tests.speler import Speler, moment

DAG = "dinsdag 8 december 2026 09:30"
ALLES = Periode()


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db)


def redenen(s: Speler, periode: Periode = ALLES) -> list[Sequence[Any]]:
    with s.db.transactie() as sessie:
        return list(uitvoer.redenen(sessie, periode))


def presentie(s: Speler, periode: Periode = ALLES) -> list[Sequence[Any]]:
    with s.db.transactie() as sessie:
        return list(uitvoer.presentie(sessie, periode))


def test_de_kolommen() -> None:
    """As the design promises them: others have built on these."""
    assert ", ".join(uitvoer.REDENEN) == (
        "activiteit, soort, datum, locatie, groep, rol, taal, reden_code, reden, toelichting_aanwezig, moment"
    )
    assert ", ".join(uitvoer.PRESENTIE) == (
        "activiteit, soort, datum, locatie, groep, ouder, rol, antwoord, presentie, bron, reden_code"
    )


def test_een_reden(s: Speler) -> None:
    karim = s.ouder("Karim", Rol.VADER, taal="tr")
    s.activiteit("Koffie", DAG)
    karim.drukt(f"uitnodiging.kom:nee:{s.uitnodiging(karim, 'Koffie')}")
    karim.drukt(f"afmelden.tijd:WERK:{s.uitnodiging(karim, 'Koffie')}")
    assert redenen(s) == [
        (
            "Koffie", "koffieochtend", date(2026, 12, 8), "De Regenboog", "Vlinders", "vader", "tr", "WERK",
            "Ik moet werken", "nee", datetime.fromisoformat("2026-12-01 09:00:10"),
        )
    ]  # fmt: skip
    assert all(len(rij) == len(uitvoer.REDENEN) for rij in redenen(s))


def test_eigen_woorden_en_een_ander_antwoord(s: Speler) -> None:
    """Own words are named, not shown; a reason no longer stands once another answer came."""
    amal, ewa = s.ouder("Amal"), s.ouder("Ewa")
    s.activiteit("Koffie", DAG)
    for wie in (amal, ewa):
        wie.tikt("Ik kan niet")
        wie.zegt("Dat is geheim")
    assert [rij[7:10] for rij in redenen(s)] == [("", "", "ja"), ("", "", "ja")]
    assert "geheim" not in str(redenen(s))
    ewa.tikt("Ik kom", bij="Koffie")
    assert len(redenen(s)) == 1


def test_presentie(s: Speler) -> None:
    noor = s.collega("Noor")
    amal, karim, ewa = s.ouder("Amal"), s.ouder("Karim", Rol.VADER), s.ouder("Ewa")
    s.activiteit("Koffie", DAG)
    amal.tikt("Ik kom")
    karim.tikt("Ik kan niet")
    karim.tikt("Praktisch")
    karim.tikt("Ver of vervoer")
    s.zet_klok(DAG)
    amal.zegt("menu")
    amal.tikt("Ik ben er")
    noor.zegt("menu")
    noor.tikt("Wie is er?")
    noor.tikt("Koffie")
    noor.tikt("Karim")
    assert len(ewa.scherm) == 1
    begin = ("Koffie", "koffieochtend", date(2026, 12, 8), "De Regenboog", "Vlinders")
    assert presentie(s) == [
        (*begin, "Amal", "moeder", "ja", "aanwezig", "ouder", ""),
        (*begin, "Karim", "vader", "nee", "aanwezig", "team", "VERVOER"),
        (*begin, "Ewa", "moeder", "geen", "", "", ""),
    ]


@pytest.mark.parametrize("code", REDENEN)
def test_niet_welkom_nooit_met_een_naam(s: Speler, code: str) -> None:
    omar = s.ouder("Omar", Rol.VADER)
    s.activiteit("Koffie", DAG)
    over = s.uitnodiging(omar, "Koffie")
    omar.tikt("Ik kan niet")
    omar.drukt(f"afmelden.{REDENEN[code].groep}:{code}:{over}")
    (met_naam,) = presentie(s)
    assert met_naam[5] == "Omar"
    assert met_naam[-1] == ("" if code == "WELKOM" else code)
    (zonder_naam,) = redenen(s)
    assert zonder_naam[7] == code
    assert "Omar" not in str(zonder_naam)


def test_gasten_staan_erachter_zonder_naam(s: Speler) -> None:
    """The columns stay; who was taken back is not there, and another period or location leaves them out."""
    s.ouder("Amal")
    koffie = s.activiteit("Koffie", DAG)
    noor = s.collega("Noor")
    with s.db.transactie() as sessie:
        g = gesprekken.kijk(sessie, noor.sleutel)
        assert g is not None
        assert g.medewerker_id is not None
        for rol in (Rol.VADER, None, Rol.MOEDER):
            assert gast_erbij(sessie, g.medewerker_id, koffie, rol, s.nu)
        assert gast_eraf(sessie, g.medewerker_id, koffie, 3, s.nu)
    waar = ("Koffie", "koffieochtend", date(2026, 12, 8), "De Regenboog", "")
    assert presentie(s)[1:] == [
        (*waar, "gast", "vader", "", "aanwezig", "team", ""), (*waar, "gast", "", "", "aanwezig", "team", ""),
    ]  # fmt: skip
    assert all(len(rij) == len(uitvoer.PRESENTIE) for rij in presentie(s))
    assert presentie(s, Periode(van=moment("woensdag 9 december 2026 00:00"))) == []
    assert presentie(s, Periode(locatie_id=999)) == []


def test_wie_gewist_is_telt_zonder_naam(s: Speler) -> None:
    omar = s.ouder("Omar", Rol.VADER)
    s.activiteit("Koffie", DAG)
    omar.tikt("Ik kan niet")
    omar.tikt("Tijd of werk")
    omar.tikt("Ik moet werken")
    omar.zegt("stop")
    omar.tikt("Wis alles")
    omar.tikt("Ja, wis alles")
    (rij,) = redenen(s)
    assert rij[4:8] == ("Vlinders", "vader", "", "WERK"), "de groep is die van de activiteit"
    (met_naam,) = presentie(s)
    assert met_naam[4:8] == ("Vlinders", "", "vader", "nee")


def test_periode_en_locatie(s: Speler) -> None:
    s.ouder("Amal")
    s.activiteit("Eerst", "maandag 7 december 2026 23:30")
    s.activiteit("Dan", "dinsdag 8 december 2026 00:30")

    def titels(**grenzen: Any) -> list[str]:
        return [rij[0] for rij in presentie(s, Periode(**grenzen))]

    middernacht = moment("dinsdag 8 december 2026 00:00")
    assert titels() == ["Eerst", "Dan"]
    assert titels(van=middernacht) == ["Dan"]
    assert titels(tot=middernacht) == ["Eerst"], "tot en met de dag ervoor, zoals de locatie de klok leest"
    assert titels(tot=moment("dinsdag 8 december 2026 00:30")) == ["Eerst"]
    assert titels(van=moment("maandag 7 december 2026 23:30"), tot=middernacht) == ["Eerst"]
    assert titels(locatie_id=s.locatie) == ["Eerst", "Dan"]
    assert titels(locatie_id=s.locatie + 1) == []
    assert [rij[2] for rij in presentie(s)] == [date(2026, 12, 7), date(2026, 12, 8)]


def test_een_stroom_van_veel_rijen(s: Speler) -> None:
    for i in range(30):
        s.ouder(f"Ouder {i}")
    s.activiteit("Koffie", DAG)
    assert len(presentie(s)) == 30
    assert [rij[5] for rij in presentie(s)] == [f"Ouder {i}" for i in range(30)]
