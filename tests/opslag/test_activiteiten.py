"""Announcing: everybody in person, nobody twice, and who joins later too."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.effecten import uitnodiging_als_bericht
from dialogen.basis import Rol
from opslag import activiteiten, locaties
from opslag.activiteiten import Activiteit, Afgewezen, Verstuurd
from opslag.database import Database
from opslag.locaties import Bestaat, Onbekend
from opslag.tabellen import activiteit, audit, gesprek, gezin, postvak_uit, uitnodiging
from tests.speler import Speler, moment

KOFFIE, DAG = "Koffie", "dinsdag 8 december 2026 09:30"


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db)


def verstuur(s: Speler, nummer: int, voor: str = "iedereen") -> Verstuurd:
    with s.db.transactie() as sessie:
        return activiteiten.verstuur(sessie, nummer, voor, uitnodiging_als_bericht, s.nu, "test")


def aantal(s: Speler, tabel: sa.Table) -> int:
    return int(s.rijen(sa.select(sa.func.count()).select_from(tabel))[0][0])


def test_twee_keer_versturen_nodigt_niemand_twee_keer_uit(s: Speler) -> None:
    s.ouder("Amal")
    s.ouder("Karim", Rol.VADER)
    s.ouder("Ewa", code="oudercode Rupsen")
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    assert verstuur(s, nummer) == Verstuurd(2, 0, 0)
    assert verstuur(s, nummer) == Verstuurd(0, 0, 2)
    s.ouder("Omar", Rol.VADER)
    assert aantal(s, uitnodiging) == 3
    assert verstuur(s, nummer) == Verstuurd(0, 0, 3)
    s.bezorg()
    assert [len(p.scherm) for p in s.mensen.values()] == [1, 1, 0, 1]


def test_alleen_vaders_en_daarna_iedereen(s: Speler) -> None:
    amal, karim = s.ouder("Amal"), s.ouder("Karim", Rol.VADER)
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    assert verstuur(s, nummer, "vaders") == Verstuurd(1, 0, 0)
    s.bezorg()
    assert (len(amal.scherm), len(karim.scherm)) == (0, 1)
    omar, lena = s.ouder("Omar", Rol.VADER), s.ouder("Lena")
    assert (len(omar.scherm), len(lena.scherm)) == (1, 0), "wie later komt, krijgt wat voor hem is"
    assert verstuur(s, nummer) == Verstuurd(2, 0, 2)


def test_wie_later_binnenkomt_wordt_een_keer_uitgenodigd(s: Speler) -> None:
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    assert verstuur(s, nummer) == Verstuurd(0, 0, 0)
    verstuur(s, nummer)
    amal = s.ouder("Amal")
    assert len(amal.scherm) == 1
    with s.db.transactie() as sessie:
        wie = s.ouder_id(amal)
        assert wie is not None
        assert activiteiten.nodig_later_uit(sessie, wie, uitnodiging_als_bericht, s.nu) == 0


def test_wie_gestopt_is_of_geen_chat_heeft(s: Speler) -> None:
    amal, karim = s.ouder("Amal"), s.ouder("Karim", Rol.VADER)
    amal.zegt("stop")
    with s.db.transactie() as sessie:
        sessie.execute(gesprek.delete().where(gesprek.c.adres == karim.sleutel.adres))
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    uit = verstuur(s, nummer)
    assert uit.nieuw == 0
    assert aantal(s, uitnodiging) == 2, "uitgenodigd zijn ze wel: het team kan hen zelf vragen"
    assert s.bezorg() == []


def test_een_gezin_dat_is_uitgeschreven(s: Speler) -> None:
    s.ouder("Amal")
    with s.db.transactie() as sessie:
        sessie.execute(gezin.update().values(uitgeschreven=s.nu.date()))
    assert verstuur(s, s.activiteit(KOFFIE, DAG, stil=True)) == Verstuurd(0, 0, 0)


def test_wat_niet_kan(s: Speler) -> None:
    with pytest.raises(Onbekend, match="activiteit 99 is er niet"):
        verstuur(s, 99)
    with pytest.raises(Afgewezen, match="in het verleden"):
        s.activiteit(KOFFIE, "maandag 30 november 2026 09:30")
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    s.gelast_af(KOFFIE)
    with pytest.raises(Afgewezen, match="afgelast"):
        verstuur(s, nummer)
    ander = s.activiteit("Inloop", DAG, stil=True)
    s.nu = moment(DAG)
    with pytest.raises(Afgewezen, match="begonnen"):
        verstuur(s, ander)


def test_een_uitzending_wacht_niet_langer_dan_het_begin(s: Speler) -> None:
    s.ouder("Amal")
    s.activiteit(KOFFIE, DAG)
    (rij,) = s.rijen(sa.select(postvak_uit.c.niet_na, postvak_uit.c.prioriteit))
    assert tuple(rij) == (moment(DAG), 5)


def test_duizend_ouders_in_partijen(s: Speler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activiteiten, "PARTIJ", 7)
    for i in range(20):
        s.ouder(f"Ouder {i}")
    assert verstuur(s, s.activiteit(KOFFIE, DAG, stil=True)) == Verstuurd(20, 0, 0)
    assert len(s.bezorg()) == 20


def test_alles_staat_in_het_logboek_zonder_namen(s: Speler) -> None:
    s.ouder("Zubaida")
    verstuur(s, s.activiteit(KOFFIE, DAG, stil=True))
    gedaan = [rij.wat for rij in s.rijen(sa.select(audit).order_by(audit.c.id))]
    assert "activiteit nieuw" in gedaan
    assert gedaan[-1] == "activiteit versturen"
    assert s.waar_staat("Zubaida") == ["ouder.naam"]


# Locations and codes


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


def test_een_activiteit_zonder_groep(s: Speler) -> None:
    with s.db.transactie() as sessie:
        leeg = Activiteit(s.locatie, "inloop", "Leeg", "x", moment(DAG), 60, "hal", [])
        nummer = activiteiten.maak(sessie, leeg, s.nu, "test")
        assert activiteiten.groepsnamen(sessie, nummer) == []
    assert verstuur(s, nummer) == Verstuurd(0, 0, 0)
    assert aantal(s, activiteit) == 1
