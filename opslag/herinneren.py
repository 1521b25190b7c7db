"""Reminders: the day before, once, from a decent hour on. Relative to the activity, so they follow it when it moves.

Every look computes anew from the activity as it stands what is due now. A process that was down therefore sends what
is still of use and nothing of what is past; which reminder was begun stands in the broadcast's unique mark, the local
day it is for.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from opslag import verzendingen
from opslag.database import Sessie
from opslag.tabellen import activiteit, locatie, uitnodiging, verzending
from opslag.werkdagen import is_stil, zone

VANAF = time(10)
"""The local time of the day before from which is reminded."""
TE_LAAT = timedelta(hours=1)
"""So shortly before the beginning a reminder is of no use any more."""
VENSTER = timedelta(hours=48)
"""Further ahead nothing can be due: the whole day before, on the longest day there is."""


def herinner(sessie: Sessie, nu: datetime) -> int:
    """Begin the reminders that are due at ``nu``; how many."""
    begonnen = 0
    for rij in sessie.execute(_komend(nu)).all():
        if _is_zover(rij, nu):
            dag = rij.begin.astimezone(zone(rij.tijdzone)).date().isoformat()
            nummer = verzendingen.begin(sessie, rij.id, "herinnering", "iedereen", nu, "planning", kenmerk=dag)
            begonnen += nummer is not None
    return begonnen


def _komend(nu: datetime) -> Any:
    a, z = activiteit.c, verzending.c
    laatst = (
        sa.select(sa.func.max(z.gemaakt))
        .where(z.activiteit_id == a.id, z.soort == "herinnering", z.gestopt.is_(None))
        .correlate(activiteit)
        .scalar_subquery()
    )
    return (
        sa.select(a.id, a.begin, locatie.c.tijdzone, locatie.c.stil_van, locatie.c.stil_tot, laatst.label("laatst"))
        .join(locatie, locatie.c.id == a.locatie_id)
        .where(a.begin > nu + TE_LAAT, a.begin < nu + VENSTER, a.afgelast.is_(None))
        .where(sa.exists().where(uitnodiging.c.activiteit_id == a.id))
        .order_by(a.begin, a.id)
    )


def _is_zover(rij: Any, nu: datetime) -> bool:
    """From ten in the morning of the day before, awake, and not when a colleague reminded on that day already."""
    hier = zone(rij.tijdzone)
    gisteren = rij.begin.astimezone(hier).date() - timedelta(days=1)
    if nu < datetime.combine(gisteren, VANAF, hier) or is_stil(nu, rij.stil_van, rij.stil_tot, rij.tijdzone):
        return False
    return rij.laatst is None or rij.laatst < datetime.combine(gisteren, time(), hier)
