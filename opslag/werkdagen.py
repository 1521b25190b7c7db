"""Working days and local time: UTC inside, the location's zone (Europe/Amsterdam) at the edge."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo


@cache
def zone(naam: str) -> ZoneInfo:
    """A time zone by its IANA name."""
    return ZoneInfo(naam)


def over_werkdagen(nu: datetime, dagen: int, tijdzone: str) -> datetime:
    """The end of the working day, ``dagen`` working days from now: 17:00 local, as UTC. Saturday and Sunday rest."""
    dag = nu.astimezone(zone(tijdzone)).date()
    while dagen:
        dag += timedelta(days=1)
        dagen -= dag.weekday() < 5
    return datetime.combine(dag, time(17), zone(tijdzone)).astimezone(UTC)


def na_stilte(nu: datetime, van: str, tot: str, tijdzone: str) -> datetime:
    """The first moment from ``nu`` on that is not quiet (UTC). Quiet from ``van`` to ``tot`` local ('20:00', '08:00');
    equal means never. Right across both clock changes: local times are taken as people read the clock.
    """
    lokaal = nu.astimezone(zone(tijdzone))
    begin, eind, klok = time.fromisoformat(van), time.fromisoformat(tot), lokaal.time().replace(tzinfo=None)
    stil = begin <= klok < eind if begin < eind else (klok >= begin or klok < eind) and begin != eind
    if not stil:
        return nu
    dag = lokaal.date() + timedelta(days=1 if klok >= eind else 0)
    return datetime.combine(dag, eind, zone(tijdzone)).replace(fold=lokaal.fold).astimezone(UTC)
