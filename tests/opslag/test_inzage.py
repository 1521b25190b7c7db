"""What came last to a parent, and all that is kept: only this parent's own, and only as long as it is fresh."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from dialogen.basis import Bewaard, Gevraagd, Rol
from opslag import inzage, team
from opslag.database import Database
from opslag.tabellen import gesprek, vraag
from tests.speler import Persoon, Speler

DAG = "dinsdag 8 december 2026 09:30"
UUR = timedelta(hours=1)


@pytest.fixture
def s(db: Database) -> Speler:
    speler = Speler(db)
    speler.ouder("Amal")
    speler.ouder("Karim", Rol.VADER)
    speler.activiteit("Koffie", DAG)
    speler.zet_klok("dinsdag 8 december 2026 12:00")
    return speler


def laatste(s: Speler, naam: str, sinds: timedelta = UUR) -> Gevraagd | None:
    nummer = s.ouder_id(s.persoon(naam))
    assert nummer
    with s.db.transactie() as sessie:
        return inzage.gevraagd(sessie, nummer, s.nu - sinds, s.nu)


@pytest.mark.parametrize("stap", ["erbij.na", "erbij.gemist", "uitnodiging.herinnering"])
def test_wat_er_gevraagd_is(s: Speler, stap: str) -> None:
    amal = s.persoon("Amal")
    s.stuurt(amal, stap, "Koffie")
    assert laatste(s, "Amal") == Gevraagd(s.nu, stap, s.uitnodiging(amal, "Koffie"))
    assert laatste(s, "Karim") is None
    s.nu += inzage.VERS
    assert laatste(s, "Amal") is None, "na een dag is het gewoon een vraag"


@pytest.mark.parametrize(
    ("stap", "doet"), [("erbij.na", "😀"), ("erbij.gemist", "Tijd of werk"), ("uitnodiging.herinnering", "Ik kan niet")]
)
def test_wat_beantwoord_is_wordt_niet_nog_eens_gevraagd(s: Speler, stap: str, doet: str) -> None:
    if stap == "uitnodiging.herinnering":
        s.activiteit("Avond", "donderdag 10 december 2026 19:30")
    amal = s.persoon("Amal")
    s.stuurt(amal, stap, "Avond" if stap == "uitnodiging.herinnering" else "Koffie")
    s.nu += timedelta(seconds=10)
    amal.tikt(doet)
    if stap == "erbij.gemist":
        assert laatste(s, "Amal") is not None, "nog geen reden"
        amal.tikt("Zeg ik niet")
    assert laatste(s, "Amal") is None


def test_het_laatste_telt(s: Speler) -> None:
    amal, noor = s.persoon("Amal"), s.collega("Noor")
    amal.zegt("Mag mijn zus mee?")
    s.stuurt(amal, "erbij.na", "Koffie")
    noor.tikt("Antwoord")
    noor.zegt("Ja")
    assert laatste(s, "Amal") == Gevraagd(s.nu - timedelta(seconds=10), door="Noor")
    amal.zegt("fijn")
    gevraagd = laatste(s, "Amal", timedelta())
    assert gevraagd is not None
    assert gevraagd.stap == "erbij.na", "op het antwoord is al gereageerd"


def test_alles_wat_bewaard_wordt(s: Speler) -> None:
    amal = s.persoon("Amal")
    nummer = s.ouder_id(amal)
    assert nummer
    s.stuurt(amal, "erbij.gemist", "Koffie")
    amal.zegt("Mijn auto is stuk")
    s.stuurt(amal, "erbij.na", "Koffie")
    amal.tikt("🙁")
    amal.spreekt()
    amal.zegt("Mag mijn zus mee?")
    amal.zegt("En mijn broer?")
    with s.db.transactie() as sessie:
        eigen = inzage.bewaard(sessie, nummer)
        assert inzage.bewaard(sessie, nummer + 1) == Bewaard()
    assert eigen == Bewaard(1, "", "Mijn auto is stuk", 2, "En mijn broer?", 1, "jammer", "🎤")
    amal.zegt("menu")
    amal.tikt("Mijn gegevens")
    for deel in ("Mijn auto is stuk", "En mijn broer?", "🙁 🎤", "14 dagen"):
        assert deel in amal.laatste.tekst


# Answers of two colleagues


def _vraag(s: Speler) -> tuple[Persoon, Persoon, Persoon, int]:
    noor, sam, amal = s.collega("Noor"), s.collega("Sam"), s.persoon("Amal")
    amal.zegt("Mag mijn zus mee?")
    for collega in (noor, sam):
        collega.tikt("Antwoord")
    return noor, sam, amal, int(s.rijen(sa.select(vraag.c.id))[0][0])


def test_wat_een_tweede_collega_schreef_gaat_niet_verloren(s: Speler) -> None:
    noor, sam, amal, _ = _vraag(s)
    noor.zegt("Ja")
    sam.zegt("Dat mag van mij ook")
    assert "Noor antwoordde al" in sam.laatste.tekst
    assert not any("van mij ook" in b.tekst for b in amal.scherm)
    sam.tikt("stuur ook")
    assert "Dat mag van mij ook" in amal.laatste.tekst


def test_toch_antwoorden_alleen_op_de_eigen_locatie(s: Speler) -> None:
    noor, _, _, nummer = _vraag(s)
    bea = s.collega("Bea", code="elders")
    noor.zegt("Ja")
    wie = int(s.rijen(sa.select(gesprek.c.medewerker_id).where(gesprek.c.adres == bea.sleutel.adres))[0][0])
    with s.db.transactie() as sessie:
        assert team.beantwoord(sessie, wie, nummer, s.nu, toch=True) is None
        assert team.open_vragen(sessie, wie, nummer) == ()


def test_gesproken_antwoord_in_een_andere_app(s: Speler) -> None:
    """What the parent could never hear is refused kindly; typed it arrives."""
    s.persoon("Noor").kanaal = "web"
    noor, amal = s.collega("Noor"), s.persoon("Amal")
    amal.spreekt("vraag-1")
    noor.tikt("Antwoord")
    noor.spreekt("antwoord-1")
    assert "andere app" in noor.laatste.tekst
    assert not any(b.media for b in amal.scherm)
    noor.zegt("Ja hoor")
    assert "Ja hoor" in amal.laatste.tekst
