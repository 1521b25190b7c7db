"""Was the invitation clear? What came of asking parents back, and how often we were not understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from opslag import audit
from opslag.database import Sessie
from opslag.rechten import eigen, leidt
from opslag.tabellen import activiteit, begrip, locatie, ouder, uitnodiging

KLEIN = 5
"""A number below this may be recognised as somebody, and is not told."""
EERSTE = begrip.c
"""Of an invitation the first outcome counts: after it, it was explained again."""


def is_eerste() -> Any:
    """To join the first outcome to an invitation."""
    ander = begrip.alias("eerste_begrip")
    eerste = sa.select(sa.func.min(ander.c.id)).where(ander.c.uitnodiging_id == uitnodiging.c.id)
    return begrip.c.id == eerste.correlate(uitnodiging).scalar_subquery()


def leg_vast(sessie: Sessie, ouder_id: int, uitnodiging_id: int, uitkomst: str, nu: datetime) -> None:
    """What came of asking this parent back; of another's invitation nothing is written."""
    u = uitnodiging.c
    wat = sa.literal(uitkomst), sa.literal(nu, begrip.c.moment.type)
    eigen_ = sa.select(u.id, *wat).where(u.id == uitnodiging_id, u.ouder_id == ouder_id)
    sessie.execute(begrip.insert().from_select(["uitnodiging_id", "uitkomst", "moment"], eigen_))


@dataclass(frozen=True, slots=True)
class Onduidelijk:
    """Of one kind of activity and one language: how many were asked back, and for how many it had not been clear.

    None where that is fewer than ``KLEIN`` people (0 is told: it points at nobody).
    """

    soort: str
    taal: str
    gevraagd: int | None
    onduidelijk: int | None


def onduidelijk(
    sessie: Sessie, van: datetime | None = None, tot: datetime | None = None, locatie_id: int | None = None
) -> list[Onduidelijk]:
    """How often the invitation itself was unclear, per kind of activity and spoken language, of activities that begin
    from ``van`` until ``tot`` (UTC, None for no bound). Who was erased is counted without a language ('').
    """
    a = activiteit.c
    hier = [] if locatie_id is None else [a.locatie_id == locatie_id]
    hier += [a.begin >= van] if van else []
    hier += [a.begin < tot] if tot else []
    taal = sa.func.coalesce(ouder.c.taal, "")
    vraag = (
        sa.select(
            a.soort,
            taal.label("taal"),
            sa.func.count().label("gevraagd"),
            sa.func.sum(sa.case((EERSTE.uitkomst != "goed", 1), else_=0)).label("niet"),
        )
        .select_from(uitnodiging)
        .join(begrip, is_eerste())
        .join(activiteit, a.id == uitnodiging.c.activiteit_id)
        .outerjoin(ouder, ouder.c.id == uitnodiging.c.ouder_id)
        .where(*hier)
        .group_by(a.soort, taal)
        .order_by(a.soort, taal)
    )
    return [_zonder_kleine(r) for r in sessie.execute(vraag)]


def _zonder_kleine(rij: Any) -> Onduidelijk:
    if rij.gevraagd < KLEIN:
        return Onduidelijk(rij.soort, rij.taal, None, None)
    klein = 0 < rij.niet < KLEIN or 0 < rij.gevraagd - rij.niet < KLEIN
    return Onduidelijk(rij.soort, rij.taal, rij.gevraagd, None if klein else int(rij.niet))


def zet_begripsvraag(sessie: Sessie, medewerker_id: int, locatie_id: int, aan: bool, nu: datetime) -> bool:
    """Ask parents back from now on, or not; whether it was done: only by who coordinates this location."""
    mag = sa.and_(locatie.c.id == locatie_id, locatie.c.id.in_(eigen(medewerker_id)), leidt(medewerker_id))
    return _zet(sessie, mag, f"medewerker:{medewerker_id}", locatie_id, aan, nu)


def stel_in(sessie: Sessie, locatie_id: int, aan: bool, nu: datetime) -> bool:
    """The same from the command line."""
    return _zet(sessie, locatie.c.id == locatie_id, "opdrachtregel", locatie_id, aan, nu)


def _zet(sessie: Sessie, waar: Any, wie: str, locatie_id: int, aan: bool, nu: datetime) -> bool:
    gedaan: bool = sessie.execute(locatie.update().where(waar).values(begripsvraag=aan)).rowcount == 1
    if gedaan:
        audit.leg_vast(sessie, nu, wie, "begripsvraag", f"locatie:{locatie_id}", "aan" if aan else "uit")
    return gedaan


def vraagt_terug(sessie: Sessie, locatie_id: int) -> bool:
    """Whether this location asks parents back."""
    return bool(sessie.scalar(sa.select(locatie.c.begripsvraag).where(locatie.c.id == locatie_id)))
