"""The code at the door: good for a minute and a half, on the day, at this door, for parents of this location."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from dialogen.basis import Rol
from opslag import deur, gesprekken
from opslag.database import Database
from opslag.tabellen import activiteit, medewerker, presentie, uitnodiging
from tests.speler import Persoon, Speler, moment

DAG = "dinsdag 8 december 2026"


class Toneel:
    """An activity of an hour at 09:30 with its door open at 09:20, a parent, a colleague."""

    def __init__(self, db: Database) -> None:
        self.db, self.s = db, Speler(db)
        self.amal = self.s.ouder("Amal")
        self.koffie = self.s.activiteit("Koffie", f"{DAG} 09:30")
        self.noor = self.s.collega("Noor")
        self.s.zet_klok(f"{DAG} 09:20")
        pad = self.open(self.noor)
        assert pad is not None
        self.adres = pad.removeprefix("/deur/")

    def open(self, wie: Persoon) -> str | None:
        with self.db.transactie() as sessie:
            g = gesprekken.kijk(sessie, wie.sleutel)
            assert g is not None
            assert g.medewerker_id is not None
            return deur.open_deur(sessie, g.medewerker_id, self.koffie, self.s.nu)

    def scherm(self, adres: str = "", later: timedelta = timedelta()) -> deur.Scherm | None:
        with self.db.transactie() as sessie:
            return deur.scherm(sessie, adres or self.adres, self.s.nu + later)

    def code(self) -> str:
        scherm = self.scherm()
        assert scherm is not None
        return scherm.code

    def meld(self, wie: Persoon, code: str, later: timedelta = timedelta()) -> int | None:
        nummer = self.s.ouder_id(wie)
        assert nummer is not None
        with self.db.transactie() as sessie:
            return deur.meld(sessie, nummer, code, self.s.nu + later)

    def aanwezig(self) -> list[Any]:
        return [(p.uitnodiging_id, p.staat, p.bron) for p in self.s.rijen(sa.select(presentie))]


@pytest.fixture
def t(db: Database) -> Toneel:
    return Toneel(db)


def test_wie_scant_is_er(t: Toneel) -> None:
    over = t.s.uitnodiging(t.amal, "Koffie")
    assert t.meld(t.amal, t.code()) == over
    assert t.meld(t.amal, t.code()) == over
    assert t.aanwezig() == [(over, "aanwezig", "deur")]


def test_wie_niet_was_uitgenodigd_ook(t: Toneel) -> None:
    """Of the location, of another group: an invitation is made, and the role goes along."""
    karim = t.s.ouder("Karim", Rol.VADER, "oudercode Rupsen")
    over = t.meld(karim, t.code())
    assert over is not None
    assert [(u.activiteit_id, u.rol) for u in t.s.rijen(sa.select(uitnodiging).where(uitnodiging.c.id == over))] == [
        (t.koffie, "vader")
    ]
    assert t.aanwezig() == [(over, "aanwezig", "deur")]


def test_een_ouder_van_elders_niet(t: Toneel) -> None:
    assert t.meld(t.s.ouder("Bo", code="elders"), t.code()) is None
    assert t.aanwezig() == []


def test_de_code_wisselt_en_is_anderhalve_minuut_goed(t: Toneel) -> None:
    code = t.code()
    assert deur.is_deurcode(code)
    assert len(code) <= 64
    volgende = t.scherm(later=timedelta(seconds=deur.TEL))
    assert volgende is not None
    assert volgende.code != code
    assert t.meld(t.amal, code, timedelta(seconds=2 * deur.TEL)) is not None
    assert t.meld(t.amal, code, timedelta(seconds=3 * deur.TEL)) is None


@pytest.mark.parametrize("later", [timedelta(minutes=5), timedelta(hours=3), timedelta(days=1), timedelta(days=7)])
def test_een_foto_van_de_code_is_later_niets_waard(t: Toneel, later: timedelta) -> None:
    assert t.meld(t.amal, t.code(), later) is None
    assert t.aanwezig() == []


def test_een_verzonnen_code_is_niets_waard(t: Toneel) -> None:
    code = t.code()
    anders = t.s.activiteit("Inloop", f"{DAG} 09:30", "de klas")
    for fout in (
        code[:-1] + ("A" if code[-1] != "A" else "B"), code[:-1], code + "A",
        code.replace(f"-{t.koffie}-", f"-{anders}-"),
        code.replace(f"-{t.koffie}-", "-999999999999999999-"), "deur-1-", "deur-x-" + "A" * 24, f"deur-{t.adres}", "",
    ):  # fmt: skip
        assert t.meld(t.amal, fout) is None, fout
    assert t.aanwezig() == []


@pytest.mark.parametrize(
    ("klok", "staat"),
    [
        ("00:10", "vroeg"),
        ("08:59", "vroeg"),
        ("09:00", "open"),
        ("11:00", "open"),
        ("11:01", "voorbij"),
        ("23:50", "voorbij"),
    ],
)
def test_open_van_een_half_uur_voor_tot_een_half_uur_na(t: Toneel, klok: str, staat: str) -> None:
    scherm = t.scherm(later=moment(f"{DAG} {klok}") - t.s.nu)
    assert scherm is not None
    assert (scherm.staat, bool(scherm.code)) == (staat, staat == "open")


@pytest.mark.parametrize("dag", [-7, -1, 1, 7])
def test_op_een_andere_dag_is_er_geen_scherm(t: Toneel, dag: int) -> None:
    assert t.scherm(later=timedelta(days=dag)) is None


def test_het_adres_is_niet_te_raden(t: Toneel) -> None:
    for fout in (t.adres[:-1] + ("A" if t.adres[-1] != "A" else "B"), f"{t.koffie}-{'A' * 24}", "1-", "x", t.code()):
        assert t.scherm(fout) is None, fout


def test_afgelast_laat_niemand_meer_binnen(t: Toneel) -> None:
    code = t.code()
    t.s.gelast_af("Koffie")
    scherm = t.scherm()
    assert scherm is not None
    assert (scherm.staat, scherm.code) == ("afgelast", "")
    assert t.meld(t.amal, code) is None
    assert t.open(t.noor) is None


def test_alleen_een_collega_van_hier_opent_de_deur(t: Toneel) -> None:
    assert t.open(t.s.collega("Bea", code="elders")) is None
    assert t.open(t.noor) == f"/deur/{t.adres}", "de sleutel blijft, dus het scherm ook"
    with t.db.transactie() as sessie:
        g = gesprekken.kijk(sessie, t.noor.sleutel)
        assert g is not None
        assert g.medewerker_id is not None
        sessie.execute(medewerker.update().values(actief=False))
        assert deur.open_deur(sessie, g.medewerker_id, t.koffie, t.s.nu) is None


def test_een_activiteit_zonder_deur_heeft_geen_code(t: Toneel) -> None:
    with t.db.transactie() as sessie:
        sessie.execute(activiteit.update().values(deursleutel=None))
    assert t.scherm() is None
