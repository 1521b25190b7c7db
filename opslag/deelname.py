"""``export deelname``: per location and period who is enrolled, invited and reached, and what was done at home.

Enrolled counts who was enrolled on some day of the period; of an activity counts only who was enrolled at that moment,
so that nobody is absent before they came. Who was erased is in no family any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from opslag.database import Sessie
from opslag.ontvangers import schooljaar
from opslag.tabellen import activiteit, gezin, locatie, ouder, presentie_huidig, uitnodiging
from opslag.thuis import Thuis, thuis
from opslag.uitvoer import Periode
from opslag.werkdagen import zone

ROLLEN = {"vaders": "vader", "moeders": "moeder", "anderen": "ander"}
_PER = ("", "_uitgenodigd", "_bereikt", "_aandeel")
DEELNAME = (
    *("locatie", "van", "tot"),
    *(f"{wie}{wat}" for wie in ("gezinnen", *ROLLEN) for wat in _PER),
    *("thuis_gevraagd", "thuis_gedaan", "thuis_aandeel", "thuis_gezinnen", "thuis_gezinnen_aandeel"),
    *("norm", "norm_gehaald", "norm_thuis_gehaald"),
)
"""Shares are whole percents, rounded down: 49.9 is not 50. The norm is of families, for both rates."""
_Telling = tuple[int, int, int]
"""Enrolled, invited, reached."""


def deelname(
    sessie: Sessie, periode: Periode, nu: datetime, tijdzone: str = "Europe/Amsterdam"
) -> Iterator[Sequence[Any]]:
    """A row per location by name (``DEELNAME``); '' where there is nothing to divide by. Without bounds: this school
    year until now. Days are local; ``tot`` is the last day that counts.
    """
    periode = Periode(periode.van or schooljaar(nu, tijdzone), periode.tot or nu, periode.locatie_id)
    hier = zone(tijdzone)
    van = (periode.van or nu).astimezone(hier).date()
    tot = ((periode.tot or nu).astimezone(hier) - timedelta(microseconds=1)).date()
    toen = (gezin.c.ingeschreven <= tot) & (gezin.c.uitgeschreven.is_(None) | (gezin.c.uitgeschreven > van))
    per_ouder = _per_ouder(periode, toen)
    gezinnen, rollen = _gezinnen(sessie, per_ouder), _rollen(sessie, per_ouder)
    gedaan = thuis(sessie, periode, toen)
    waar = sa.select(locatie.c.id, locatie.c.naam, locatie.c.norm).order_by(locatie.c.naam)
    if periode.locatie_id:
        waar = waar.where(locatie.c.id == periode.locatie_id)
    for nummer, naam, norm in sessie.execute(waar):
        per_rol = {wie: rollen.get((nummer, rol), (0, 0, 0)) for wie, rol in ROLLEN.items()}
        yield _rij(naam, van, tot, gezinnen.get(nummer, (0, 0, 0)), per_rol, gedaan.get(nummer, Thuis()), norm)


def _rij(
    naam: str, van: date, tot: date, gezinnen: _Telling, rollen: Mapping[str, _Telling], t: Thuis, norm: int
) -> Sequence[Any]:
    per = (cel for telling in (gezinnen, *rollen.values()) for cel in (*telling, _aandeel(telling[2], telling[0])))
    alle = gezinnen[0]
    bij_huis = (t.gevraagd, t.gedaan, _aandeel(t.gedaan, t.gevraagd), t.gezinnen, _aandeel(t.gezinnen, alle))
    return (naam, van, tot, *per, *bij_huis, norm, _gehaald(gezinnen[2], alle, norm), _gehaald(t.gezinnen, alle, norm))


def _aandeel(deel: int, geheel: int) -> int | str:
    return deel * 100 // geheel if geheel else ""


def _gehaald(deel: int, geheel: int, norm: int) -> str:
    return ("ja" if deel * 100 >= norm * geheel else "nee") if geheel else ""


def _per_ouder(periode: Periode, toen: Any) -> Any:
    """Every caregiver of an enrolled family (a family without one has a row too), with whether they were invited for,
    and were at, an activity of the period while enrolled.
    """
    a, g = activiteit.c, gezin.c
    telt = sa.and_(
        a.id == uitnodiging.c.activiteit_id,
        *(a.begin >= periode.van, a.begin < periode.tot, a.afgelast.is_(None)),
        *(a.begin >= g.ingeschreven, g.uitgeschreven.is_(None) | (a.begin < g.uitgeschreven)),
    )
    er = (presentie_huidig.c.staat == "aanwezig") & a.id.is_not(None)
    vraag = (
        sa.select(
            g.locatie_id,
            g.id.label("gezin_id"),
            ouder.c.id.label("ouder_id"),
            sa.func.coalesce(ouder.c.rol, "ander").label("rol"),
            sa.func.max(sa.case((a.id.is_not(None), 1), else_=0)).label("uitgenodigd"),
            sa.func.max(sa.case((er, 1), else_=0)).label("bereikt"),
        )
        .outerjoin(ouder, ouder.c.gezin_id == g.id)
        .outerjoin(uitnodiging, uitnodiging.c.ouder_id == ouder.c.id)
        .outerjoin(activiteit, telt)
        .outerjoin(presentie_huidig, presentie_huidig.c.uitnodiging_id == uitnodiging.c.id)
        .where(toen)
        .group_by(g.locatie_id, g.id, ouder.c.id, ouder.c.rol)
    )
    if periode.locatie_id:
        vraag = vraag.where(g.locatie_id == periode.locatie_id)
    return vraag.subquery()


def _gezinnen(sessie: Sessie, per_ouder: Any) -> Mapping[int, _Telling]:
    o = per_ouder.c
    per_gezin = (
        sa.select(
            o.locatie_id, sa.func.max(o.uitgenodigd).label("uitgenodigd"), sa.func.max(o.bereikt).label("bereikt")
        )
        .group_by(o.locatie_id, o.gezin_id)
        .subquery()
        .c
    )
    som = (sa.func.count(), sa.func.sum(per_gezin.uitgenodigd), sa.func.sum(per_gezin.bereikt))
    rijen = sessie.execute(sa.select(per_gezin.locatie_id, *som).group_by(per_gezin.locatie_id))
    return {waar: (alle, genodigd, bereikt) for waar, alle, genodigd, bereikt in rijen}


def _rollen(sessie: Sessie, per_ouder: Any) -> Mapping[tuple[int, str], _Telling]:
    o = per_ouder.c
    som = (sa.func.count(), sa.func.sum(o.uitgenodigd), sa.func.sum(o.bereikt))
    vraag = sa.select(o.locatie_id, o.rol, *som).where(o.ouder_id.is_not(None)).group_by(o.locatie_id, o.rol)
    return {(waar, rol): (alle, genodigd, er) for waar, rol, alle, genodigd, er in sessie.execute(vraag)}
