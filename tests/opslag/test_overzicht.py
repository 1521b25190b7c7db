"""A made-up year whose figures are worked out here by a plain script that knows nothing of ``opslag``."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from opslag import cijfers, overzicht
from opslag.database import Database
from opslag.deelname import DEELNAME, deelname
from opslag.overzicht import Blik, Groep
from opslag.redenbeeld import Zeef, maak
from opslag.uitvoer import Periode
from tests.jaar import Feit, Jaar, Lid, beleef, zone

PERIODES = [(date(2026, 8, 1), date(2027, 8, 1)), (date(2026, 12, 1), date(2027, 3, 1))]


@pytest.fixture
def jaar(db: Database) -> Jaar:
    with db.transactie() as sessie:
        return beleef(sessie, 60, 12)


def _leden(jaar: Jaar, waar: int, van: date, tot: date) -> list[Lid]:
    return [m for m in jaar.leden if m.locatie == waar and m.van < tot and (m.tot is None or m.tot > van)]


def _groep(jaar: Jaar, leden: list[Lid], waar: int, van: date, tot: date, gezinnen: bool) -> Groep:
    """Unique families, or caregivers, counted from the facts."""
    wie = {m.ouder: m.gezin if gezinnen else m.ouder for m in leden}
    gezin_van = {m.ouder: m.gezin for m in jaar.leden}
    binnen = [f for f in jaar.feiten if f.locatie == waar and van <= f.dag < tot]
    eerder = {f.gezin for f in jaar.feiten if f.staat == "aanwezig" and f.dag < van}
    thuis = [t for t in jaar.thuis if t[0] == waar and van <= t[2] < tot]

    def uniek(ouders: set[int]) -> int:
        return len({wie[o] for o in ouders if o in wie})

    er_was = {f.ouder for f in binnen if f.staat == "aanwezig"}
    return Groep(
        len(set(wie.values())),
        uniek({f.ouder for f in binnen}),
        uniek(er_was),
        uniek({o for o in er_was if gezin_van[o] not in eerder}),
        uniek({t[1] for t in thuis}),
        uniek({t[1] for t in thuis if t[3]}),
    )


@pytest.mark.parametrize(("van", "tot"), PERIODES)
def test_bereik(db: Database, jaar: Jaar, van: date, tot: date) -> None:
    for waar in jaar.locaties:
        with db.transactie() as sessie:
            gevonden = overzicht.bereikt(sessie, Blik(frozenset({waar}), van, tot))
            namen = overzicht.namen(sessie, Blik(frozenset({waar}), van, tot), "bereikt")
        leden = _leden(jaar, waar, van, tot)
        assert gevonden.gezinnen == _groep(jaar, leden, waar, van, tot, gezinnen=True)
        for rol in ("vader", "moeder", "ander"):
            van_rol = [m for m in leden if m.rol == rol]
            assert gevonden.per_rol[rol] == _groep(jaar, van_rol, waar, van, tot, gezinnen=False)
        assert len(namen) == sum(groep.bereikt for groep in gevonden.per_rol.values())


def _dagdeel(f: Feit) -> str:
    return "weekend" if f.weekend else "ochtend" if f.uur < 12 else "middag" if f.uur < 17 else "avond"


@pytest.mark.parametrize(
    "zeef", [Zeef(), Zeef(rol="vader"), Zeef(soort="inloop", taal="tr"), Zeef(dagdeel="avond", rol="moeder")]
)
@pytest.mark.parametrize(("van", "tot"), PERIODES)
def test_redenen(db: Database, jaar: Jaar, van: date, tot: date, zeef: Zeef) -> None:
    with db.transactie() as sessie:
        alle = overzicht.activiteiten(sessie, Blik(frozenset(jaar.locaties), van, tot))
        assert list(cijfers.verschillen(sessie)) == []
    beeld = maak(alle, zeef)
    feiten = [
        f
        for f in jaar.feiten
        if van <= f.maand < tot
        and zeef.soort in ("", f.soort)
        and zeef.dagdeel in ("", _dagdeel(f))
        and zeef.rol in ("", f.rol)
        and zeef.taal in ("", f.taal)
    ]
    assert beeld.som.uitgenodigd == len(feiten)
    assert beeld.som.geantwoord == sum(f.antwoord != "geen" for f in feiten)
    assert beeld.som.redenen == Counter(f.reden for f in feiten if f.reden)
    assert beeld.som.aanwezig == sum(f.staat == "aanwezig" for f in feiten)
    per_maand = Counter(f.maand for f in feiten)
    assert {m: s.uitgenodigd for m, s in beeld.per_maand if s.uitgenodigd} == per_maand
    assert sum(r.som.uitgenodigd for r in beeld.regels) == len(feiten)


@pytest.mark.parametrize(
    ("van", "tot"), [*PERIODES, (date(2026, 9, 10), date(2027, 2, 20)), (date(2026, 9, 5), date(2026, 9, 20))]
)
def test_de_export_telt_als_de_pagina(db: Database, jaar: Jaar, van: date, tot: date) -> None:
    """Also of days that are no whole months, against the plain count."""
    for waar in jaar.locaties:
        with db.lezend() as sessie:
            periode = Periode(_moment(van), _moment(tot), waar)
            (rij,) = deelname(sessie, periode, _moment(tot))
        uit = dict(zip(DEELNAME, rij, strict=True))
        leden = _leden(jaar, waar, van, tot)
        alle = _groep(jaar, leden, waar, van, tot, gezinnen=True)
        wie = {"gezinnen": alle}
        for kolom, rol in (("vaders", "vader"), ("moeders", "moeder"), ("anderen", "ander")):
            wie[kolom] = _groep(jaar, [m for m in leden if m.rol == rol], waar, van, tot, gezinnen=False)
        for kolom, groep in wie.items():
            gevonden = [uit[f"{kolom}{wat}"] for wat in ("", "_uitgenodigd", "_bereikt")]
            assert gevonden == [groep.ingeschreven, groep.uitgenodigd, groep.bereikt]
        assert (uit["thuis_gezinnen"], uit["van"], uit["tot"]) == (alle.thuis_gedaan, van, tot - timedelta(days=1))
        tips = [t for t in jaar.thuis if t[0] == waar and van <= t[2] < tot]
        assert (uit["thuis_gevraagd"], uit["thuis_gedaan"]) == (len(tips), sum(t[3] for t in tips))
        assert uit["norm_gehaald"] == ("ja" if alle.bereikt * 2 >= alle.ingeschreven else "nee")


def _moment(dag: date) -> datetime:
    return datetime(dag.year, dag.month, dag.day, tzinfo=zone())
