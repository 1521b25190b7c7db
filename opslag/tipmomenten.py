"""When a weekly tip comes: on a part of the day that suits this parent, awake, by the location's clock. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from opslag.werkdagen import is_stil, over_dagen, zone

KLOK = {"ochtend": time(9), "middag": time(15), "avond": time(18, 30)}
"""On a weekday: after bringing the child, around fetching it, after dinner."""
WEEKEND = time(10)
GEWOON = "middag"
"""For who said nothing about when."""
VENSTER = timedelta(hours=2, minutes=30)
"""So long after its moment a tip still suits: later it waits for the next."""
EERST = timedelta(hours=18)
"""The first tip comes about a day after joining: at the first moment that suits after this."""
WEEK = 7


def volgende(vanaf: datetime, dagdelen: str, van: str, tot: str, tijdzone: str) -> datetime:
    """The first moment from ``vanaf`` on that suits (UTC). ``dagdelen`` as kept ('ochtend,weekend'); quiet from
    ``van`` to ``tot``, local. Somebody who is only free when it is quiet gets it when the quiet hours end.
    """
    lokaal = vanaf.astimezone(zone(tijdzone))
    return _volgende(lokaal.date().toordinal(), lokaal, _klokken(dagdelen, van, tot), tijdzone)


def past(nu: datetime, dagdelen: str, van: str, tot: str, tijdzone: str) -> bool:
    """Whether ``nu`` is such a moment, or so shortly after one that it still suits."""
    return volgende(nu - VENSTER, dagdelen, van, tot, tijdzone) <= nu and not is_stil(nu, van, tot, tijdzone)


def volgende_week(op: datetime, nu: datetime, dagdelen: str, van: str, tot: str, tijdzone: str) -> datetime:
    """When the next one comes after the one that was due at ``op`` and is given now: the same moment of the week, but a
    week from now when it is late (a process that was down).
    """
    basis = op if nu - op <= VENSTER else nu
    return volgende(over_dagen(basis, WEEK, tijdzone), dagdelen, van, tot, tijdzone)


@lru_cache(maxsize=256)
def _klokken(dagdelen: str, van: str, tot: str) -> tuple[tuple[time, ...], tuple[time, ...]]:
    """The local times on a day from Monday to Friday, and on one of the weekend."""
    delen = set(filter(None, dagdelen.split(","))) or {GEWOON}
    week = tuple(klok for deel, klok in KLOK.items() if deel in delen and not _stil(klok, van, tot))
    weekend = (WEEKEND,) if "weekend" in delen and not _stil(WEEKEND, van, tot) else ()
    if week or weekend:
        return week, weekend
    return (time.fromisoformat(tot),), ()


def _stil(klok: time, van: str, tot: str) -> bool:
    return is_stil(datetime.combine(date(2026, 1, 5), klok, UTC), van, tot, "UTC")


@lru_cache(maxsize=4096)
def _volgende(
    dag: int, lokaal: datetime, klokken: tuple[tuple[time, ...], tuple[time, ...]], tijdzone: str
) -> datetime:
    week, weekend = klokken
    while True:
        datum = datetime.fromordinal(dag).date()
        for klok in weekend if datum.weekday() >= 5 else week:
            moment = datetime.combine(datum, klok, zone(tijdzone)).astimezone(UTC)
            if moment >= lokaal:
                return moment
        dag += 1
