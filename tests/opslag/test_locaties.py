"""Locations, groups and codes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslag import locaties
from opslag.database import Database
from opslag.locaties import Bestaat, Onbekend
from tests.speler import Speler


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db)


def test_locaties_en_groepen(s: Speler) -> None:
    with s.db.transactie() as sessie:
        assert locaties.zoek_locatie(sessie, "de regenboog").nummer == s.locatie
        with pytest.raises(Onbekend, match=r"'De Maan' is er niet \(er is: 'De Regenboog', 'De Zon'\)"):
            locaties.zoek_locatie(sessie, "De Maan")
        with pytest.raises(Bestaat, match="is er al"):
            locaties.maak_locatie(sessie, "De Regenboog", [], s.nu)
        assert len(locaties.zoek_groepen(sessie, s.locatie, [])) == 2
        assert len(locaties.zoek_groepen(sessie, s.locatie, ["VLINDERS"])) == 1
        with pytest.raises(Onbekend, match=r"groep 'Beren' is er niet \(er is: 'Vlinders', 'Rupsen'\)"):
            locaties.zoek_groepen(sessie, s.locatie, ["Beren"])


def test_codes(s: Speler) -> None:
    """Long enough, safe in a link, and not to be found in the database."""
    codes = {s.code(f"oudercode {g}") for g in ("Vlinders", "Rupsen")} | {s.code(f"teamcode {i}") for i in range(5)}
    assert len(codes) == 7
    for code in codes:
        assert 22 <= len(code) <= 64
        assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
        assert s.waar_staat(code) == []


def test_een_teamcode_werkt_een_keer_en_zeven_dagen(s: Speler) -> None:
    een, twee, van_ouders = s.code("teamcode 1"), s.code("teamcode 2"), s.code("oudercode")
    met = timedelta(microseconds=1)
    with s.db.transactie() as sessie:
        assert locaties.maak_medewerker(sessie, een, "Noor", s.nu) is not None
        assert locaties.maak_medewerker(sessie, een, "Nog iemand", s.nu) is None
        assert locaties.maak_medewerker(sessie, van_ouders, "Ouder", s.nu) is None
        gevonden = locaties.zoek_code(sessie, een, s.nu)
        assert gevonden is not None
        assert gevonden.bezwaar == "gebruikt"
        te_laat = s.nu + locaties.GELDIG_TEAM + met
        oud = locaties.zoek_code(sessie, twee, te_laat)
        assert oud is not None
        assert oud.bezwaar == "verlopen"
        assert locaties.maak_medewerker(sessie, twee, "Te laat", te_laat) is None
        assert locaties.zoek_code(sessie, "onzin", s.nu) is None
