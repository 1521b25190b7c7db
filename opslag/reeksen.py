"""Series: an activity that comes back every week. The weeks themselves are made by ``opslag/weken.py``."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from opslag import audit, rechten
from opslag.database import Sessie
from opslag.tabellen import activiteit, reeks

LANGST = timedelta(days=366)
"""No series is longer than a school year."""


def maak_reeks(
    sessie: Sessie, medewerker_id: int, activiteit_id: int, tot: date, vakantie_overslaan: bool, nu: datetime
) -> int | None:
    """Make an activity the first of a series, up to and including the local day ``tot``; the number of the series.

    None when it is not theirs, was called off or has begun, is part of a series already, or when ``tot`` does not lie
    between its own day and a year further.
    """
    rij = rechten.neem_activiteit(sessie, medewerker_id, activiteit_id)
    if rij is None or rij.afgelast or rij.begin <= nu or rij.reeks_id is not None:
        return None
    if not rij.begin.date() < tot <= rij.begin.date() + LANGST:
        return None
    waarden = {"locatie_id": rij.locatie_id, "titel": rij.titel, "regel": "wekelijks", "gemaakt": nu, "tot": tot}
    nieuw = reeks.insert().values(**waarden, vakantie_overslaan=vakantie_overslaan).returning(reeks.c.id)
    nummer: int = sessie.execute(nieuw).scalar_one()
    sessie.execute(activiteit.update().where(activiteit.c.id == activiteit_id).values(reeks_id=nummer))
    audit.leg_vast(
        sessie, nu, f"medewerker:{medewerker_id}", "reeks maken", f"activiteit:{activiteit_id}", f"reeks:{nummer}"
    )
    return nummer


def stop_reeks(sessie: Sessie, medewerker_id: int, activiteit_id: int, nu: datetime) -> bool:
    """Make no more weeks of the series of this activity; those that were made stay. False when it is not theirs, or
    there is nothing to stop.
    """
    rij = rechten.neem_activiteit(sessie, medewerker_id, activiteit_id)
    if rij is None or rij.reeks_id is None:
        return False
    loopt = reeks.update().where(reeks.c.id == rij.reeks_id, reeks.c.gestopt.is_(None)).values(gestopt=nu)
    if not sessie.execute(loopt).rowcount:
        return False
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "reeks stoppen", f"reeks:{rij.reeks_id}")
    return True
