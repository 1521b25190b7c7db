"""Working days and local time: UTC inside, the location's zone (Europe/Amsterdam) at the edge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo


@cache
def zone(naam: str) -> ZoneInfo:
    """A time zone by its IANA name."""
    return ZoneInfo(naam)


def over_werkdagen(nu: datetime, dagen: int, tijdzone: str) -> datetime:
    """The end of the working day, ``dagen`` working days from now: 17:00 local, as UTC. Saturday and Sunday rest."""
    return _einde_van_de_dag(nu.astimezone(zone(tijdzone)).date(), dagen, tijdzone)


@lru_cache(maxsize=64)
def _einde_van_de_dag(dag: date, dagen: int, tijdzone: str) -> datetime:
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


def is_stil(nu: datetime, van: str, tot: str, tijdzone: str) -> bool:
    """Whether ``nu`` lies in the quiet hours."""
    return na_stilte(nu, van, tot, tijdzone) > nu


def _wakker(begin: datetime, van: str, tot: str, tijdzone: str) -> Iterator[tuple[datetime, datetime]]:
    """The stretches (UTC) outside the quiet hours from ``begin`` on, without end."""
    while True:
        begin = na_stilte(begin, van, tot, tijdzone)
        if van == tot:
            yield begin, begin + timedelta(days=3650)
            return
        dag = begin.astimezone(zone(tijdzone)).date()
        klok = time.fromisoformat(van)
        eind = datetime.combine(dag, klok, zone(tijdzone)).astimezone(UTC)
        if eind <= begin:
            eind = datetime.combine(dag + timedelta(days=1), klok, zone(tijdzone)).astimezone(UTC)
        yield begin, eind
        begin = eind


def wakkere_tijd(vanaf: datetime, tot_wanneer: datetime, van: str, tot: str, tijdzone: str) -> timedelta:
    """How much of the time between two moments lies outside the quiet hours; nothing when they are the wrong way."""
    som = timedelta()
    for begin, eind in _wakker(vanaf, van, tot, tijdzone):
        if begin >= tot_wanneer:
            break
        som += min(eind, tot_wanneer) - begin
    return som


def na_wakkere_tijd(vanaf: datetime, duur: timedelta, van: str, tot: str, tijdzone: str) -> datetime:
    """The moment (UTC) at which so much time outside the quiet hours has passed."""
    for begin, eind in _wakker(vanaf, van, tot, tijdzone):
        if eind - begin >= duur:
            return begin + duur
        duur -= eind - begin
    raise AssertionError("onbereikbaar")


def over_dagen(moment: datetime, dagen: int, tijdzone: str) -> datetime:
    """The same time on the clock so many days later (UTC), also across a clock change."""
    lokaal = moment.astimezone(zone(tijdzone))
    dag = lokaal.date() + timedelta(days=dagen)
    return datetime.combine(dag, lokaal.time(), zone(tijdzone)).astimezone(UTC)
