"""The three exports by name, and who may have one: from the command, the desk and the chat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa

from opslag import deelname, uitvoer
from opslag.database import Sessie
from opslag.overzicht import Dagen, schooljaar_van
from opslag.rechten import LEIDEN, eigen
from opslag.tabellen import gesprek, locatie, medewerker
from opslag.uitvoer import Periode
from opslag.werkdagen import zone

SOORTEN = ("redenen", "presentie", "deelname")
Blad = tuple[Sequence[str], Iterator[Sequence[Any]]]
"""The columns, and the rows one by one."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is asked for, by whom (as the audit log names them). ``tijdzone``: of the days of ``deelname``."""

    soort: str
    periode: Periode
    wie: str
    tijdzone: str = "Europe/Amsterdam"


def blad(sessie: Sessie, export: Export, nu: datetime) -> Blad:
    """The sheet of an export. Raises ``KeyError`` for one that is not there, ``PeriodeFout`` while rows are read."""
    match export.soort:
        case "redenen":
            return uitvoer.REDENEN, uitvoer.redenen(sessie, export.periode)
        case "presentie":
            return uitvoer.PRESENTIE, uitvoer.presentie(sessie, export.periode)
        case "deelname":
            return deelname.DEELNAME, deelname.deelname(sessie, export.periode, nu, export.tijdzone)
    raise KeyError(export.soort)


def neem(sessie: Sessie, export: Export, nu: datetime) -> Export:
    """Every export stands in the audit log before it goes out."""
    uitvoer.leg_vast(sessie, export.soort, export.periode, nu, export.wie)
    return export


def van_dagen(dagen: Dagen, tijdzone: str) -> Periode:
    """The moments of local days."""
    van, tot = (datetime.combine(dag, time(), zone(tijdzone)) for dag in (dagen.van, dagen.tot))
    return Periode(van, tot, locaties=dagen.locaties)


def voor_gesprek(sessie: Sessie, gesprek_id: int, soort: str, nu: datetime) -> Export | None:
    """What the coordinator of this chat may have at this moment: this school year of their own locations. It is
    written down as taken. None for who does not coordinate (any more).
    """
    m = medewerker.c
    wie = sessie.scalar(
        sa.select(m.id)
        .join(gesprek, gesprek.c.medewerker_id == m.id)
        .where(gesprek.c.id == gesprek_id, m.actief, m.rol.in_(LEIDEN))
    )
    plekken = sessie.execute(sa.select(locatie.c.id, locatie.c.tijdzone).where(locatie.c.id.in_(eigen(wie or 0)))).all()
    if not plekken or soort not in SOORTEN:
        return None
    tijdzone = plekken[0].tijdzone
    jaar = schooljaar_van(nu.astimezone(zone(tijdzone)).date())
    periode = van_dagen(Dagen(frozenset(p.id for p in plekken), *jaar), tijdzone)
    return neem(sessie, Export(soort, periode, f"medewerker:{wie}", tijdzone), nu)
