"""What a colleague works with: the own locations and no other's, in a handful of statements."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from dialogen.basis import Rol
from dialogen.kantoor import Kantoor
from opslag import kantoor, locaties
from opslag.activiteiten import Activiteit, maak
from opslag.database import Database
from opslag.tabellen import activiteit, gesprek, medewerker
from tests.speler import ANDERE_LOCATIE, Persoon, Speler

DAG = "dinsdag 8 december 2026 09:30"


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db)


def nummer(s: Speler, wie: Persoon) -> int:
    return int(s.rijen(sa.select(gesprek.c.medewerker_id).where(gesprek.c.adres == wie.sleutel.adres))[0][0])


def laad(s: Speler, wie: Persoon, over: int = 0) -> Kantoor | None:
    with s.db.transactie() as sessie:
        return kantoor.laad(sessie, nummer(s, wie), over, s.nu)


def elders(s: Speler, titel: str) -> int:
    """An activity of the other location."""
    with s.db.transactie() as sessie:
        waar = locaties.zoek_locatie(sessie, ANDERE_LOCATIE).nummer
        groepen = locaties.zoek_groepen(sessie, waar, [])
        nieuw = Activiteit(waar, "inloop", titel, "doel", s.nu + timedelta(days=3), 60, "de zaal", groepen)
        return maak(sessie, nieuw, s.nu, "test")


def test_de_eigen_locatie_met_groepen_en_wat_er_komt(s: Speler) -> None:
    noor, amal, karim = s.collega("Noor"), s.ouder("Amal"), s.ouder("Karim", Rol.VADER)
    later = s.activiteit("Later", "woensdag 9 december 2026 09:30", "de hal", capaciteit=8)
    eerst = s.activiteit("Eerst", DAG)
    elders(s, "Niet van ons")
    for wie, label, bij in ((amal, "Ik kan niet", "Eerst"), (karim, "Ik kom", "Eerst"), (karim, "2", "")):
        wie.tikt(label, bij)
    k = laad(s, noor)
    assert k is not None
    assert [(w.naam, [g.naam for g in w.groepen]) for w in k.werkplekken] == [("De Regenboog", ["Vlinders", "Rupsen"])]
    assert [a.nummer for a in k.komend] == [eerst, later]
    a, b = k.komend
    assert (a.uitgenodigd, a.ja, a.misschien, a.nee, a.stil, a.vaders_ja, a.mensen) == (2, 1, 0, 1, 0, 1, 2)
    assert (b.uitgenodigd, b.stil, b.mensen, b.capaciteit) == (2, 2, 0, 8)
    assert (len(a.groepen), a.reeks, a.afgelast, k.over) == (1, 0, False, None)
    assert {(e.plek, e.gastheer) for e in k.eerder} == {("de ouderkamer", "Juf Noor"), ("de hal", "Juf Noor")}


def test_waar_het_over_gaat_ook_als_het_voorbij_of_afgelast_is(s: Speler) -> None:
    noor = s.collega("Noor")
    oud = s.activiteit("Oud", "woensdag 2 december 2026 09:30")
    s.nu += timedelta(days=20)
    weg = s.activiteit("Weg", "maandag 4 januari 2027 09:30")
    s.gelast_af("Weg")
    for over in (oud, weg):
        k = laad(s, noor, over)
        assert k is not None
        assert k.over is not None
        assert (k.over.nummer, k.komend) == (over, ())
        assert k.activiteit(over) is k.over
        assert k.over.afgelast == (over == weg)


def test_nooit_die_van_een_andere_locatie(s: Speler) -> None:
    noor, bea = s.collega("Noor"), s.collega("Bea", code="elders")
    eigen, vreemd = s.activiteit("Koffie", DAG), elders(s, "Thee")
    for wie, wel, niet in ((noor, eigen, vreemd), (bea, vreemd, eigen)):
        k = laad(s, wie, niet)
        assert k is not None
        assert (k.over, [a.nummer for a in k.komend]) == (None, [wel])
        assert k.activiteit(niet) is None


def test_wie_weg_is_of_alleen_telt_heeft_geen_kantoor(s: Speler) -> None:
    noor = s.collega("Noor")
    s.activiteit("Koffie", DAG)
    for anders in ({"rol": "gemeente"}, {"rol": "medewerker", "actief": False}):
        with s.db.transactie() as sessie:
            sessie.execute(medewerker.update().values(anders))
        assert laad(s, noor) is None


def test_hooguit_dertig_de_eerste_het_eerst(s: Speler) -> None:
    noor = s.collega("Noor")
    for dag in range(33):
        s.activiteit(f"Dag {dag}", DAG, stil=True)
        with s.db.transactie() as sessie:
            later = activiteit.c.titel == f"Dag {dag}"
            sessie.execute(activiteit.update().where(later).values(begin=s.nu + timedelta(days=40 - dag)))
    k = laad(s, noor)
    assert k is not None
    assert [a.titel for a in k.komend] == [f"Dag {dag}" for dag in range(32, 2, -1)]


def test_een_handvol_vragen_aan_de_database(s: Speler) -> None:
    """However many activities there are."""
    noor = s.collega("Noor")
    wie = nummer(s, noor)
    for dag in range(5):
        s.activiteit(f"Dag {dag}", DAG)
    gevraagd: list[str] = []
    sa.event.listen(s.db.engine, "before_cursor_execute", lambda *a: gevraagd.append(a[2]))
    with s.db.transactie() as sessie:
        kantoor.laad(sessie, wie, 1, s.nu)
    assert len([g for g in gevraagd if g.lstrip().upper().startswith("SELECT")]) <= 7
