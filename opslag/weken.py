"""The coming weeks of a series: made ahead on the same weekday and local time, each once, school holidays left out.

A series is "every week from its first day on". Which days were made stands in ``reeksweek``, so that a week that was
moved, called off or left out is not made anew, and of two processes one makes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from opslag import vast, verzendingen
from opslag.database import Sessie
from opslag.ontvangers import ontvangers
from opslag.tabellen import activiteit, activiteit_groep, gezin_groep, locatie, ouder, reeks, reeksweek, verzending
from opslag.vakanties import vrij
from opslag.werkdagen import zone

UITNODIGEN = timedelta(days=7)
"""So long before it a week is announced, from ten in the morning on."""
VROEG = (28, 21)
"""The days of notice that a parent can have asked for ("eerder uitnodigen"): who did hears of a week so far ahead."""
VANAF = time(10)
VOORUIT = timedelta(weeks=4)
"""How far ahead the weeks of a series are made."""
_OVER = ("locatie_id", "reeks_id", "soort", "titel", "doel", "duur", "plek", "gastheer", "capaciteit",
         "kinderen_welkom", "gemaakt_door", "titel_vaders", "gevraagd")  # fmt: skip
"""What a week takes over from the one before it."""


def maak_weken(sessie: Sessie, nu: datetime) -> int:
    """Make what is missing of the coming ``VOORUIT`` of every series; how many activities were made."""
    _schrijf_bij(sessie)
    reeksen = sessie.execute(_lopend(nu)).all()
    gemaakt = _gemaakt(sessie, nu)
    return sum(_maak(sessie, rij, gemaakt.get(rij.id, set()), nu) for rij in reeksen)


def _lopend(nu: datetime) -> Any:
    """The series that go on and have begun, with their first day."""
    r, w = reeks.c, reeksweek.c
    eerste = sa.select(sa.func.min(w.dag)).where(w.reeks_id == r.id).correlate(reeks).scalar_subquery()
    return (
        sa.select(r.id, r.tot, r.vakantie_overslaan, locatie.c.tijdzone, locatie.c.regio, eerste.label("eerste"))
        .join(locatie, locatie.c.id == r.locatie_id)
        .where(r.gestopt.is_(None), sa.or_(r.tot.is_(None), r.tot >= nu.date()))
        .where(sa.exists().where(w.reeks_id == r.id))
        .order_by(r.id)
        .with_for_update(of=reeks, key_share=True)  # who stops a series waits, so that no week is made after it
    )


def _gemaakt(sessie: Sessie, nu: datetime) -> dict[int, set[date]]:
    """Per series the days to come that were made."""
    w = reeksweek.c
    per: dict[int, set[date]] = {}
    for reeks_id, dag in sessie.execute(sa.select(w.reeks_id, w.dag).where(w.dag >= nu.date())):
        per.setdefault(reeks_id, set()).add(dag)
    return per


def _maak(sessie: Sessie, rij: Any, gemaakt: set[date], nu: datetime) -> int:
    dagen = [dag for dag in _dagen(rij, nu) if dag not in gemaakt]
    mal = _mal(sessie, rij.id) if dagen else None
    return sum(_week(sessie, rij, mal, dag, nu) for dag in dagen) if mal else 0


def _schrijf_bij(sessie: Sessie) -> None:
    """The activity that a series was begun with is its first week: its own local day is the day of the series."""
    a, w = activiteit.c, reeksweek.c
    nieuw = (
        sa.select(a.id, a.begin, a.reeks_id, locatie.c.tijdzone)
        .join(reeks, reeks.c.id == a.reeks_id)
        .join(locatie, locatie.c.id == reeks.c.locatie_id)
        .where(reeks.c.gestopt.is_(None), ~sa.exists().where(w.reeks_id == reeks.c.id))
    )
    for rij in sessie.execute(nieuw).all():
        _eis_op(sessie, rij.reeks_id, rij.begin.astimezone(zone(rij.tijdzone)).date(), rij.id)


def _eis_op(sessie: Sessie, reeks_id: int, dag: date, activiteit_id: int | None) -> bool:
    """Whether this day of the series is ours to make: of several who try one gets it."""
    maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    nieuw = maak(reeksweek).values(reeks_id=reeks_id, dag=dag, activiteit_id=activiteit_id)
    return (
        sessie.execute(
            nieuw.on_conflict_do_nothing(index_elements=["reeks_id", "dag"]).returning(reeksweek.c.dag)
        ).first()
        is not None
    )


def _dagen(rij: Any, nu: datetime) -> Iterator[date]:
    """The days to come on which the series goes on: past ones are not made up for."""
    vandaag = nu.astimezone(zone(rij.tijdzone)).date()
    laatste = min(rij.tot or date.max, vandaag + VOORUIT)
    dag = rij.eerste
    while (dag := dag + timedelta(weeks=1)) <= laatste:
        if dag > vandaag and not (rij.vakantie_overslaan and vrij(dag, rij.regio)):
            yield dag


def _mal(sessie: Sessie, reeks_id: int) -> Any:
    """The newest week as it was meant: one that was changed or called off is an exception, when there is another."""
    a = activiteit.c
    afwijkend = sa.case((sa.or_(a.gewijzigd.is_not(None), a.afgelast.is_not(None)), 1), else_=0)
    return sessie.execute(
        sa.select(activiteit).where(a.reeks_id == reeks_id).order_by(afwijkend, a.begin.desc()).limit(1)
    ).first()


def _week(sessie: Sessie, rij: Any, mal: Any, dag: date, nu: datetime) -> int:
    if not _eis_op(sessie, rij.id, dag, None):
        return 0
    hier = zone(rij.tijdzone)
    klok = mal.begin.astimezone(hier).time()  # what people read on the clock, also after the clock has changed
    begin = datetime.combine(dag, klok, hier).astimezone(UTC)
    waarden = {veld: getattr(mal, veld) for veld in _OVER} | {"begin": begin, "gemaakt": nu}
    nummer: int = sessie.execute(activiteit.insert().values(waarden).returning(activiteit.c.id)).scalar_one()
    week = (reeksweek.c.reeks_id == rij.id) & (reeksweek.c.dag == dag)
    sessie.execute(reeksweek.update().where(week).values(activiteit_id=nummer))
    groepen = sa.select(sa.literal(nummer), activiteit_groep.c.groep_id).where(
        activiteit_groep.c.activiteit_id == mal.id
    )
    sessie.execute(activiteit_groep.insert().from_select(["activiteit_id", "groep_id"], groepen))
    return 1


# Announcing them


def nodig_uit(sessie: Sessie, nu: datetime) -> int:
    """Announce the weeks whose day has come, each once; how many.

    Who comes every week is registered and hears only that. The others are asked, in the way of the last announcement
    of the series ('iedereen' or 'vaders'). Who asked to be told earlier is. The first week of a series is the
    colleague's own to send.
    """
    rijen = sessie.execute(_aan_te_kondigen(nu, UITNODIGEN)).all()
    gedaan = sum(_kondig_aan(sessie, rij, nu) for rij in rijen if _is_zover(rij, nu, UITNODIGEN))
    return gedaan + sum(_nodig_vroeg_uit(sessie, dagen, nu) for dagen in VROEG)


def _nodig_vroeg_uit(sessie: Sessie, dagen: int, nu: datetime) -> int:
    """Announce weeks so many days ahead, to who asked for that or for more."""
    a, z, vooruit = activiteit.c, verzending.c, timedelta(days=dagen)
    al = sa.exists().where(z.activiteit_id == a.id, z.soort == "vroeg", z.kenmerk == str(dagen))
    wil = (
        sa.exists()
        .where(activiteit_groep.c.activiteit_id == a.id, gezin_groep.c.groep_id == activiteit_groep.c.groep_id)
        .where(ouder.c.gezin_id == gezin_groep.c.gezin_id, ouder.c.aankondiging >= dagen, ouder.c.gestopt_op.is_(None))
    )
    rijen = sessie.execute(_aan_te_kondigen(nu, vooruit).where(~al, wil)).all()
    return sum(_kondig_aan(sessie, rij, nu, dagen) for rij in rijen if _is_zover(rij, nu, vooruit))


def _aan_te_kondigen(nu: datetime, vooruit: timedelta) -> Any:
    a, w, z = activiteit.c, reeksweek.c, verzending.c
    eerder = reeksweek.alias("eerder")
    al = sa.exists().where(z.activiteit_id == a.id, z.soort == "uitnodiging")
    return (
        sa.select(a.id, a.begin, a.reeks_id, locatie.c.tijdzone)
        .join(reeksweek, w.activiteit_id == a.id)
        .join(reeks, reeks.c.id == w.reeks_id)
        .join(locatie, locatie.c.id == a.locatie_id)
        .where(a.begin > nu, a.begin < nu + vooruit + timedelta(days=1), a.afgelast.is_(None), ~al)
        .where(reeks.c.gestopt.is_(None), sa.exists().where(eerder.c.reeks_id == w.reeks_id, eerder.c.dag < w.dag))
        .order_by(a.begin, a.id)
    )


def _is_zover(rij: Any, nu: datetime, vooruit: timedelta) -> bool:
    hier = zone(rij.tijdzone)
    return nu >= datetime.combine(rij.begin.astimezone(hier).date() - vooruit, VANAF, hier)


def _kondig_aan(sessie: Sessie, rij: Any, nu: datetime, dagen: int = 0) -> int:
    """Announce one week, to everybody or to who asked for ``dagen`` of notice; not when there is nobody of those."""
    soort, kenmerk = ("vroeg", str(dagen)) if dagen else ("uitnodiging", "reeks")
    voor = _zoals_eerder(sessie, rij.reeks_id)
    if dagen and sessie.execute(ontvangers(soort, voor, rij.id, nu, dagen).limit(1)).first() is None:
        return 0
    if not _neem(sessie, rij.id):
        return 0
    vast.meld_aan(sessie, rij.id, voor, nu, dagen)
    begin = verzendingen.begin(sessie, rij.id, soort, voor, nu, "planning", kenmerk=kenmerk)
    if begin is not None:
        verzendingen.begin(sessie, rij.id, "vast", "iedereen", nu, "planning", kenmerk=kenmerk)
    return begin is not None


def _neem(sessie: Sessie, nummer: int) -> bool:
    """Hold the activity until the transaction ends; False when it was called off, as by who just stopped the series."""
    a = activiteit.c
    rij = sessie.execute(sa.select(a.id).where(a.id == nummer, a.afgelast.is_(None)).with_for_update(key_share=True))
    return rij.first() is not None


def _zoals_eerder(sessie: Sessie, reeks_id: int) -> str:
    z = verzending.c
    vorige = (
        sa.select(z.voor)
        .join(activiteit, activiteit.c.id == z.activiteit_id)
        .where(activiteit.c.reeks_id == reeks_id, z.soort == "uitnodiging")
    )
    return sessie.scalar(vorige.order_by(z.id.desc()).limit(1)) or "iedereen"
