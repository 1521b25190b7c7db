"""Another edition is offered only when this parent can really come to it, and the last place has one taker."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from dialogen.basis import Antwoord, Invoer, Rol, Soort
from opslag import antwoorden, edities
from opslag.database import Database
from opslag.tabellen import aanmelding, activiteit, afmeldreden, reeks, uitnodiging
from tests.gesprekken.test_overal import samen
from tests.speler import Persoon, Speler

DAG, AVOND = "dinsdag 8 december 2026 09:30", "donderdag 10 december 2026 19:30"
ZONE = "Europe/Amsterdam"


@pytest.fixture
def s(db: Database) -> Speler:
    speler = Speler(db)
    speler.ouder("Amal")
    speler.ouder("Karim", Rol.VADER)
    speler.activiteit("Koffie", DAG)
    return speler


def wie(s: Speler, naam: str) -> int:
    nummer = s.ouder_id(s.persoon(naam))
    assert nummer
    return nummer


def voor(s: Speler, naam: str, van: str = "") -> list[str]:
    over = s.uitnodiging(s.persoon(van or naam), "Koffie")
    with s.db.transactie() as sessie:
        return [e.titel for e in edities.voor_ouder(sessie, wie(s, naam), over, s.nu, ZONE)]


def over_naar(s: Speler, naam: str, nummer: int, van: str = "") -> int | None:
    over = s.uitnodiging(s.persoon(van or naam), "Koffie")
    with s.db.transactie() as sessie:
        return edities.stap_over(sessie, wie(s, naam), over, nummer, s.nu)


def zet(s: Speler, nummer: int, **waarden: object) -> None:
    with s.db.transactie() as sessie:
        sessie.execute(activiteit.update().where(activiteit.c.id == nummer).values(waarden))


def test_een_avond_die_er_is(s: Speler) -> None:
    avond = s.activiteit("Avondkoffie", AVOND, stil=True)
    assert voor(s, "Amal") == ["Avondkoffie"]
    nummer = over_naar(s, "Amal", avond)
    assert [(u.id, u.rol) for u in s.rijen(sa.select(uitnodiging).where(uitnodiging.c.activiteit_id == avond))] == [
        (nummer, "moeder")
    ]
    assert [(a.antwoord, a.aantal) for a in s.rijen(sa.select(aanmelding))] == [("ja", 1)]
    assert voor(s, "Amal") == [], "wie al komt, hoeft het niet te horen"
    assert over_naar(s, "Amal", avond) is None
    assert len(s.rijen(sa.select(aanmelding))) == 1


def test_het_staat_bij_de_reden(s: Speler) -> None:
    avond = s.activiteit("Avondkoffie", AVOND)
    nummer, over = wie(s, "Amal"), s.uitnodiging(s.persoon("Amal"), "Koffie")
    with s.db.transactie() as sessie:
        antwoorden.reden(sessie, nummer, over, "WERK", s.nu)
    over_naar(s, "Amal", avond)
    assert [(r.code, r.aanbod) for r in s.rijen(sa.select(afmeldreden))] == [("WERK", "editie")]


@pytest.mark.parametrize(
    "anders",
    [
        {"soort": "knutselen"}, {"begin": datetime(2026, 12, 1, 7, tzinfo=UTC)},
        {"afgelast": datetime(2026, 12, 1, 7, tzinfo=UTC)},
    ],
)  # fmt: skip
def test_wat_geen_editie_is(s: Speler, anders: dict[str, object]) -> None:
    avond = s.activiteit("Avondkoffie", AVOND)
    zet(s, avond, **anders)
    assert voor(s, "Amal") == []
    assert over_naar(s, "Amal", avond) is None
    assert s.rijen(sa.select(aanmelding)) == []


def test_van_dezelfde_reeks_mag_het_anders_heten(s: Speler) -> None:
    avond = s.activiteit("Avondkoffie", AVOND)
    with s.db.transactie() as sessie:
        waarden = {"locatie_id": s.locatie, "titel": "x", "regel": "wekelijks", "gemaakt": s.nu}
        nummer = sessie.execute(reeks.insert().values(waarden).returning(reeks.c.id)).scalar_one()
        sessie.execute(activiteit.update().values(reeks_id=nummer))
    zet(s, avond, soort="inloop")
    assert voor(s, "Amal") == ["Avondkoffie"]


def test_niet_voor_een_andere_groep_of_een_ander(s: Speler) -> None:
    rupsen = s.activiteit("Avond van de Rupsen", AVOND, groep="Rupsen")
    assert voor(s, "Amal") == []
    assert over_naar(s, "Amal", rupsen) is None
    avond = s.activiteit("Avondkoffie", AVOND)
    assert voor(s, "Amal", van="Karim") == [], "over de uitnodiging van een ander"
    assert over_naar(s, "Amal", avond, van="Karim") is None
    assert s.rijen(sa.select(aanmelding)) == []


def test_een_vaderavond_is_voor_vaders(s: Speler) -> None:
    s.activiteit("Vaderavond", AVOND, voor="vaders")
    assert (voor(s, "Amal"), voor(s, "Karim")) == ([], ["Vaderavond"])


def test_vol_is_vol(s: Speler) -> None:
    avond = s.activiteit("Avondkoffie", AVOND, capaciteit=1)
    assert over_naar(s, "Karim", avond)
    assert voor(s, "Amal") == []
    assert over_naar(s, "Amal", avond) is None


def test_een_vrije_plek_is_voor_wie_wacht(s: Speler) -> None:
    avond = s.activiteit("Avondkoffie", AVOND, capaciteit=1)
    nummer, over = wie(s, "Karim"), s.uitnodiging(s.persoon("Karim"), "Avondkoffie")
    with s.db.transactie() as sessie:
        antwoorden.antwoord(sessie, nummer, over, Antwoord.WACHTLIJST, 0, s.nu)
    assert voor(s, "Amal") == []
    assert over_naar(s, "Amal", avond) is None


def _kiest(s: Speler, persoon: Persoon, avond: int) -> str:
    return f"afmelden.editie:{avond}:{s.uitnodiging(persoon, 'Koffie')}"


def test_de_laatste_plek_heeft_een_nemer(s: Speler) -> None:
    avond = s.activiteit("Avondkoffie", AVOND, capaciteit=1, stil=True)
    mensen = [s.persoon("Amal"), s.persoon("Karim")]
    for persoon in mensen:
        persoon.tikt("Ik kan niet")
    samen(s, *((p, Invoer(Soort.KNOP, _kiest(s, p, avond))) for p in mensen))
    ja = [a for a in s.rijen(sa.select(aanmelding)) if a.antwoord == "ja"]
    assert len(ja) == 1
    assert sum("Fijn! Tot dan!" in b.tekst for p in mensen for b in p.scherm) == 1


@pytest.mark.parametrize(
    ("begin", "delen"),
    [
        ("2026-12-08T08:30Z", {"ochtend"}), ("2026-12-08T11:00Z", {"middag"}), ("2026-12-08T15:59Z", {"middag"}),
        ("2026-12-08T16:00Z", {"avond"}), ("2026-12-12T09:00Z", {"ochtend", "weekend"}),
        ("2026-07-04T15:00Z", {"avond", "weekend"}), ("2026-12-11T23:30Z", {"ochtend", "weekend"}),
    ],
)  # fmt: skip
def test_dagdelen_naar_de_klok_van_de_locatie(begin: str, delen: set[str]) -> None:
    assert edities.dagdelen(datetime.fromisoformat(begin), ZONE) == delen


def test_veel_edities_tegelijk_lezen_blijft_klein(s: Speler) -> None:
    for i in range(edities.MEEST + 3):
        s.activiteit(f"Avond {i}", AVOND, stil=True)
    assert len(voor(s, "Amal")) == edities.MEEST


def test_tegelijk_overstappen_maakt_een_uitnodiging(s: Speler) -> None:
    """A doubled press, handled by two processes."""
    avond = s.activiteit("Avondkoffie", AVOND, stil=True)
    draden = [threading.Thread(target=over_naar, args=(s, "Amal", avond)) for _ in range(3)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(s.rijen(sa.select(uitnodiging).where(uitnodiging.c.activiteit_id == avond))) == 1
