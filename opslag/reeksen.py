"""Series: an activity that comes back every week. The weeks themselves are made by ``opslag/weken.py``."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from opslag import audit, rechten
from opslag.database import Sessie
from opslag.tabellen import activiteit, reeks, reeksweek, uitnodiging, verzending

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


def stop_reeks(sessie: Sessie, medewerker_id: int, activiteit_id: int, nu: datetime) -> int | None:
    """End the series of this activity: no week is made any more. How many weeks were called off that nobody had
    heard of, and nobody does.

    What was announced stays until it is called off, and so does the activity that the series was begun with: a
    colleague made that one. None when it is not theirs, of no series, or when the series was stopped already.
    """
    rij = rechten.neem_activiteit(sessie, medewerker_id, activiteit_id)
    if rij is None or rij.reeks_id is None:
        return None
    loopt = reeks.update().where(reeks.c.id == rij.reeks_id, reeks.c.gestopt.is_(None)).values(gestopt=nu)
    if not sessie.execute(loopt).rowcount:
        return None
    weg = _gelast_stil_af(sessie, rij.reeks_id, nu)
    wie, wat = f"medewerker:{medewerker_id}", f"{weg} weken weg"
    audit.leg_vast(sessie, nu, wie, "reeks stoppen", f"reeks:{rij.reeks_id}", wat)
    return weg


def _gelast_stil_af(sessie: Sessie, reeks_id: int, nu: datetime) -> int:
    a, w = activiteit.c, reeksweek.c
    eerder = reeksweek.alias("eerder")
    gemaakt = sa.exists().where(w.activiteit_id == a.id, eerder.c.reeks_id == w.reeks_id, eerder.c.dag < w.dag)
    komend = (
        sa.select(a.id)
        .where(a.reeks_id == reeks_id, a.begin > nu, a.afgelast.is_(None), gemaakt)
        .order_by(a.begin, a.id)
    )
    # Held first and looked at after: what is being announced at this moment has been by then.
    nummers = list(sessie.scalars(komend.with_for_update(key_share=True)))
    gehoord = sa.or_(
        sa.exists().where(verzending.c.activiteit_id == a.id), sa.exists().where(uitnodiging.c.activiteit_id == a.id)
    )
    weg = activiteit.update().where(a.id.in_(nummers), ~gehoord).values(afgelast=nu)
    return len(sessie.execute(weg.returning(a.id)).all())
