"""Which texts are asked for, in which languages, and which names stay at home."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from opslag import te_vertalen
from opslag.activiteiten import Activiteit, maak
from opslag.database import Database
from opslag.locaties import zoek_groepen
from opslag.tabellen import activiteit as tabel
from opslag.tabellen import groep, tip, vertaling
from tests.speler import Speler, moment

DAG = "dinsdag 22 december 2026 09:30"


@pytest.fixture
def s(db: Database) -> Speler:
    speler = Speler(db)
    speler.collega("Sam")
    for naam, taal in (("Amal", "nl"), ("Ewa", "pl"), ("Ayşe", "tr"), ("Marek", "pl")):
        speler.ouder(naam, taal=taal)
    speler.ouder("Ver weg", taal="so", code="elders")
    return speler


def activiteit(s: Speler, titel: str, plek: str = "de hal", vaders: str = "", gevraagd: str = "") -> int:
    with s.db.transactie() as sessie:
        groepen = zoek_groepen(sessie, s.locatie, ["Vlinders"])
        nieuw = Activiteit(
            s.locatie, "inloop", titel, "", moment(DAG), 60, plek, groepen, "Meester Tim",
            titel_vaders=vaders, gevraagd=gevraagd,
        )  # fmt: skip
        return maak(sessie, nieuw, s.nu, "proef")


def rijen(s: Speler) -> list[Any]:
    return s.rijen(sa.select(vertaling).order_by(vertaling.c.id))


def test_de_talen_van_de_ouders_van_deze_plek(s: Speler) -> None:
    nummer = activiteit(s, "Koffie", vaders="Voetbal", gevraagd="Een bal")
    with s.db.transactie() as sessie:
        assert te_vertalen.vraag_activiteit(sessie, nummer, s.nu) == 6
        assert te_vertalen.vraag_activiteit(sessie, nummer, s.nu) == 0
        assert te_vertalen.vraag_activiteit(sessie, 999, s.nu) == 0
    assert {(r.bron, r.naar) for r in rijen(s)} == {
        (bron, taal) for bron in ("Koffie", "Voetbal", "Een bal") for taal in ("pl", "tr")
    }


def test_namen_en_plekken_blijven_thuis_en_een_vakwoord_niet(s: Speler) -> None:
    nummer = activiteit(s, "Sam en Meester Tim lezen in de bieb", plek="de bieb")
    ander = activiteit(s, "Koffie in de ouderkamer", plek="de ouderkamer")
    with s.db.transactie() as sessie:
        te_vertalen.vraag_activiteit(sessie, nummer, s.nu)
        te_vertalen.vraag_activiteit(sessie, ander, s.nu)
    bronnen = {r.bron.replace("\u2068", "<").replace("\u2069", ">") for r in rijen(s)}
    assert bronnen == {"<Sam> en <Meester Tim> lezen in <de bieb>", "Koffie in de ouderkamer"}


def test_wie_binnenkomt_met_een_nieuwe_taal(s: Speler) -> None:
    activiteit(s, "Koffie")
    voorbij = activiteit(s, "Thee")
    s.nu = moment("dinsdag 22 december 2026 08:00")
    with s.db.transactie() as sessie:
        sessie.execute(tabel.update().where(tabel.c.id == voorbij).values(afgelast=s.nu))
    omar, bea = s.ouder("Omar", taal="ar"), s.ouder("Bea")
    with s.db.transactie() as sessie:
        for wie, verwacht in ((omar, 1), (bea, 0)):
            nummer = s.ouder_id(wie)
            assert nummer is not None
            assert te_vertalen.vraag_komende(sessie, nummer, s.nu) == verwacht
    assert [(r.bron, r.naar) for r in rijen(s)] == [("Koffie", "ar")]


def test_wie_alleen_een_gesproken_taal_koos_leest_de_tweede(s: Speler) -> None:
    nummer = activiteit(s, "Koffie")
    wie = s.ouder("Fatna", taal="ary")
    with s.db.transactie() as sessie:
        assert te_vertalen.vraag_activiteit(sessie, nummer, s.nu) == 2
        gevonden = s.ouder_id(wie)
        assert gevonden is not None
        assert te_vertalen.vraag_komende(sessie, gevonden, s.nu) == 0
    assert {r.naar for r in rijen(s)} == {"pl", "tr"}


def test_eigen_tips_en_thema(s: Speler) -> None:
    """Asked for in the languages of the location's parents; who comes in with a new one gets them too."""
    noor = s.collega("Noor")
    noor.zegt("tip")
    for wat in ("Eigen tip", "Zoek de maan.", "1 · Jouw rol", "Bewaren"):
        noor.zegt(wat)
    with s.db.transactie() as sessie:
        (nummer,) = sessie.scalars(sa.select(tip.c.id))
        assert (te_vertalen.vraag_tip(sessie, nummer, s.nu), te_vertalen.vraag_tip(sessie, 99, s.nu)) == (2, 0)
        sessie.execute(groep.update().values(thema="de herfst"))
        vlinders = zoek_groepen(sessie, s.locatie, ["Vlinders"])[0]
        assert (te_vertalen.vraag_thema(sessie, vlinders, s.nu), te_vertalen.vraag_thema(sessie, 99, s.nu)) == (2, 0)
    omar = s.ouder_id(s.ouder("Omar", taal="ar"))
    assert omar is not None
    with s.db.transactie() as sessie:
        assert te_vertalen.vraag_komende(sessie, omar, s.nu) == 2
        sessie.execute(tip.update().values(weg=s.nu))
        sessie.execute(groep.update().values(thema=""))
        assert te_vertalen.vraag_thema(sessie, vlinders, s.nu) == 0
    zuzana = s.ouder_id(s.ouder("Zuzana", taal="uk"))
    assert zuzana is not None
    with s.db.transactie() as sessie:
        assert te_vertalen.vraag_komende(sessie, zuzana, s.nu) == 0
