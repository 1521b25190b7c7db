"""``export deelname``: per location and period who is enrolled, invited and reached, and what was done at home.

The figures are those of the page *Bereik*: ``overzicht`` counts them, also of days that are no whole months.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from opslag import jaarcijfers
from opslag.database import Sessie
from opslag.overzicht import Bereik, Dagen, Deel, Groep, schooljaar_van
from opslag.tabellen import locatie
from opslag.thuis import Tips, tips
from opslag.uitvoer import Periode
from opslag.werkdagen import zone

_PER = ("", "_uitgenodigd", "_bereikt", "_aandeel")
DEELNAME = (
    *("locatie", "van", "tot"),
    *(f"{wie}{wat}" for wie in ("gezinnen", "vaders", "moeders", "anderen") for wat in _PER),
    *("thuis_gevraagd", "thuis_gedaan", "thuis_aandeel", "thuis_gezinnen", "thuis_gezinnen_aandeel"),
    *("norm", "norm_gehaald", "norm_thuis_gehaald"),
)
"""Shares are whole percents, rounded down: 49.9 is not 50. The norm is of families, for both rates."""


def deelname(
    sessie: Sessie, periode: Periode, nu: datetime, tijdzone: str = "Europe/Amsterdam"
) -> Iterator[Sequence[Any]]:
    """A row per location by name (``DEELNAME``); '' where there is nothing to divide by. Without bounds: this school
    year up to and with today. Days are local; ``tot`` is the last day that counts. Raises ``PeriodeFout``.
    """
    van, tot = _dagen(periode, nu, tijdzone)
    waar = sa.select(locatie.c.id, locatie.c.naam).order_by(locatie.c.naam, locatie.c.id)
    if periode.plekken:
        waar = waar.where(locatie.c.id.in_(periode.plekken))
    plekken = sessie.execute(waar).all()
    thuis = tips(sessie, [nummer for nummer, _ in plekken], van, tot)
    for nummer, naam in plekken:  # of locations there are few; each has its own families
        bereik = jaarcijfers.overzicht(sessie, Dagen(frozenset({nummer}), van, tot))
        yield naam, van, tot - timedelta(days=1), *_cellen(bereik, thuis.get(nummer, Tips()))


def _dagen(periode: Periode, nu: datetime, tijdzone: str) -> tuple[date, date]:
    hier = zone(tijdzone)
    einde = periode.tot - timedelta(microseconds=1) if periode.tot else nu
    tot = einde.astimezone(hier).date() + timedelta(days=1)
    van = periode.van.astimezone(hier).date() if periode.van else schooljaar_van(nu.astimezone(hier).date())[0]
    return van, tot


def _cellen(b: Bereik, t: Tips) -> Iterator[Any]:
    """Who has no role counts among the others: there is no column of their own."""
    leeg = Groep()
    anderen = b.per_rol.get("ander", leeg).plus(b.per_rol.get("", leeg))
    for groep in (b.gezinnen, b.per_rol.get("vader", leeg), b.per_rol.get("moeder", leeg), anderen):
        yield from (groep.ingeschreven, groep.uitgenodigd, groep.bereikt)
        yield _procent(Deel(groep.bereikt, groep.ingeschreven))
    yield from (t.gevraagd, t.gedaan, _procent(Deel(t.gedaan, t.gevraagd)), b.gezinnen.thuis_gedaan, _procent(b.thuis))
    yield from (b.norm, _gehaald(b.op_locatie, b.norm), _gehaald(b.thuis, b.norm))


def _procent(deel: Deel) -> int | str:
    return "" if deel.procent is None else deel.procent


def _gehaald(deel: Deel, norm: int) -> str:
    return {True: "ja", False: "nee", None: ""}[deel.haalt(norm)]
