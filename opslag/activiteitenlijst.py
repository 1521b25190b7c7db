"""The activities of a location as the desk lists them, and one of them with what is needed to send it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from dialogen.kantoor import Activiteit, Kantoor
from opslag import kantoor as kantoren
from opslag import tellingen
from opslag.database import Sessie
from opslag.kantoor import LOOPT
from opslag.tabellen import activiteit

MEEST = 60
"""Activities on the page, the nearest to now first."""


def lijst(sessie: Sessie, locatie_id: int, nu: datetime, voorbij: bool) -> tuple[Activiteit, ...]:
    """What is coming, soonest first, or what was, last first; with their counts, in a handful of statements."""
    a = activiteit.c
    wanneer = (a.begin <= nu - LOOPT, a.begin.desc()) if voorbij else (a.begin > nu - LOOPT, a.begin)
    vraag = sa.select(a.id).where(a.locatie_id == locatie_id, wanneer[0]).order_by(wanneer[1], a.id)
    nummers = list(sessie.scalars(vraag.limit(MEEST)))
    gevonden = kantoren.met_nummers(sessie, nummers) if nummers else {}
    return tuple(gevonden[n] for n in nummers)


def kantoor(sessie: Sessie, medewerker_id: int, nu: datetime) -> Kantoor | None:
    """The office of this colleague, about no activity; nothing is locked."""
    return kantoren.laad(sessie, medewerker_id, 0, nu)


def over(sessie: Sessie, medewerker_id: int, locatie_id: int, nummer: int, nu: datetime) -> Kantoor | None:
    """The office about one activity of this own location, with who would be invited and how it is being sent; None for
    another location's. Nothing is locked.
    """
    hier = kantoor(sessie, medewerker_id, nu)
    a = kantoren.met_nummers(sessie, [nummer]).get(nummer)
    if hier is None or a is None or a.locatie != locatie_id or hier.werkplek(locatie_id) is None:
        return None
    return tellingen.vul_aan(sessie, replace(hier, over=a), nu)
