"""Moments to send at: those that are offered, and those that staff type. Pure; local times in, UTC out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dialogen.wanneer import Moment, lees_datum, lees_tijd, op_moment

UREN = (time(8), time(12), time(17))
"""The local times at which sending later is offered: none of them disturbs anybody."""
LANG = 60
"""Characters that no moment needs: of more words every way to part them would be tried."""


def momenten(nu: datetime, tot: datetime, tijdzone: ZoneInfo) -> list[datetime]:
    """At most five moments (UTC) to send at, from an hour ahead on and before ``tot``: the first four, and Monday."""
    dag = nu.astimezone(tijdzone).date()
    rij = [datetime.combine(dag + timedelta(days=d), uur, tijdzone) for d in range(8) for uur in UREN]
    goed = [m for m in rij if nu + timedelta(hours=1) <= m < tot]
    maandag = [m for m in goed if m.weekday() == 0 and m.time() == UREN[0]]
    return [m.astimezone(UTC) for m in dict.fromkeys([*goed[:4], *maandag[:1]])]


def lees_moment(tekst: str, nu: datetime, tijdzone: ZoneInfo) -> datetime | None:
    """A day and a time in one line ("maandag 08:30"), or a time alone: the first one after ``nu``. UTC; None when it is
    no moment.
    """
    if len(tekst) > LANG:
        return None
    woorden, vandaag = tekst.replace(" om ", " ").split(), nu.astimezone(tijdzone).date()
    for plek in range(len(woorden)):
        klok = lees_tijd(" ".join(woorden[plek:]))
        dag = lees_datum(" ".join(woorden[:plek]), vandaag) if plek else vandaag
        if isinstance(klok, time) and isinstance(dag, date):
            return _eerste(dag, klok, tijdzone, nu if not plek else None)
    return None


def _eerste(dag: date, klok: time, tijdzone: ZoneInfo, na: datetime | None) -> datetime | None:
    moment = op_moment(dag, klok, tijdzone)
    if na is not None and isinstance(moment, Moment) and moment.begin <= na:
        moment = op_moment(dag + timedelta(days=1), klok, tijdzone)
    return moment.begin if isinstance(moment, Moment) else None


def als_minuut(moment: datetime) -> str:
    """A moment as the id of a choice: minutes since 1970."""
    return str(int(moment.timestamp()) // 60)


def lees_minuut(keuze: str) -> datetime | None:
    """The moment (UTC) of such an id; None for anything else."""
    if not (keuze.isascii() and keuze.isdigit() and len(keuze) < 10):
        return None
    return datetime.fromtimestamp(int(keuze) * 60, UTC)
