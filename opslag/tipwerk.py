"""Tips as staff work on them: own ones, the theme of a group, who told of one, and what can be recorded.

Whether a colleague may is asked here, where it takes effect.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from dialogen import begrijpen
from dialogen.basis import Tekst
from dialogen.tips import LENGTE, STAPPEN, TIPS, EigenTip, Tipwerk, Verteller
from opslag import audit
from opslag.database import Sessie
from opslag.rechten import eigen, mag_locatie
from opslag.tabellen import gezin, groep, ouder, tip, tip_gegeven
from opslag.tips import EIGEN_TEKST

WEEK = timedelta(days=8)
"""So far back a tip is on the list of who told of it: last week's, also for who looks a day later."""
LIJST = 40
"""The newest own tips that are shown."""
THEMA_TEKENS = 100


def voor_collega(sessie: Sessie, medewerker_id: int, nu: datetime) -> Tipwerk:
    """What this colleague sees: the own tips of the own locations (newest first), and last week's given tips."""
    return Tipwerk(_eigen(sessie, medewerker_id), _vertellers(sessie, medewerker_id, nu))


def _eigen(sessie: Sessie, medewerker_id: int) -> tuple[EigenTip, ...]:
    t = tip.c
    vraag = sa.select(t.id, t.stap, t.tekst, t.locatie_id).where(
        t.weg.is_(None), t.locatie_id.in_(eigen(medewerker_id))
    )
    return tuple(EigenTip(*rij) for rij in sessie.execute(vraag.order_by(t.id.desc()).limit(LIJST)))


def _vertellers(sessie: Sessie, medewerker_id: int, nu: datetime) -> tuple[Verteller, ...]:
    """By name. A tip that was put aside for another is not asked after."""
    t = tip_gegeven.c
    vraag = (
        sa.select(t.id, ouder.c.naam, ouder.c.id.label("ouder_id"), t.tip, EIGEN_TEKST.label("tekst"), t.gegeven)
        .add_columns(t.verteld)
        .join(ouder, ouder.c.id == t.ouder_id)
        .where(t.locatie_id.in_(eigen(medewerker_id)), t.gegeven > nu - WEEK, t.gegeven <= nu)
        .where(t.uitkomst.is_(None) | (t.uitkomst != "andere"))
        .order_by(sa.func.lower(ouder.c.naam), t.gegeven, t.id)
    )
    return tuple(
        Verteller(r.id, r.naam or f"ouder {r.ouder_id}", r.tip, r.tekst or "", r.gegeven, r.verteld is not None)
        for r in sessie.execute(vraag)
    )


def voeg_toe(sessie: Sessie, medewerker_id: int, locatie_id: int, stap: int, tekst: str, nu: datetime) -> int | None:
    """An own tip of an own location; its number, None when it is not theirs to add or there is nothing to read. Who
    had all the tips there were is planned anew.
    """
    woorden = begrijpen.schoon(tekst)[:LENGTE]
    if stap not in STAPPEN or begrijpen.alleen_beeld(woorden) or not mag_locatie(sessie, medewerker_id, locatie_id):
        return None
    waarden = {"locatie_id": locatie_id, "stap": stap, "tekst": woorden, "medewerker_id": medewerker_id, "gemaakt": nu}
    nummer: int = sessie.execute(tip.insert().values(waarden).returning(tip.c.id)).scalar_one()
    hier = sa.select(gezin.c.id).where(gezin.c.locatie_id == locatie_id)
    wacht = ouder.update().where(ouder.c.gezin_id.in_(hier), ouder.c.tip_op > nu + WEEK)
    sessie.execute(wacht.values(tip_op=None))
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "tip erbij", f"tip:{nummer}")
    return nummer


def haal_weg(sessie: Sessie, medewerker_id: int, nummer: int, nu: datetime) -> bool:
    """An own tip is given no more; whether it was until now."""
    mijn = (tip.c.id == nummer) & tip.c.locatie_id.in_(eigen(medewerker_id)) & tip.c.weg.is_(None)
    if not sessie.execute(tip.update().where(mijn).values(weg=nu)).rowcount:
        return False
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "tip weg", f"tip:{nummer}")
    return True


def zet_verteld(sessie: Sessie, medewerker_id: int, nummer: int, verteld: bool, nu: datetime) -> bool:
    """A child of an own location told of this given tip, or that is taken back; False when it is not theirs."""
    t = tip_gegeven.c
    mijn = (t.id == nummer) & t.locatie_id.in_(eigen(medewerker_id)) & t.ouder_id.is_not(None)
    anders = t.verteld.is_(None) if verteld else t.verteld.is_not(None)
    gezet = sessie.execute(tip_gegeven.update().where(mijn, anders).values(verteld=nu if verteld else None)).rowcount
    if gezet:
        wat = "ja" if verteld else "nee"
        audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "tip verteld", f"tip_gegeven:{nummer}", wat)
    return bool(gezet)


def zet_thema(sessie: Sessie, medewerker_id: int, groep_id: int, thema: str, nu: datetime) -> bool:
    """What a group of an own location is about now; False when it is not theirs."""
    mijn = (groep.c.id == groep_id) & groep.c.locatie_id.in_(eigen(medewerker_id))
    woorden = " ".join(begrijpen.schoon(thema).split())[:THEMA_TEKENS]
    if not sessie.execute(groep.update().where(mijn).values(thema=woorden)).rowcount:
        return False
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "thema", f"groep:{groep_id}")
    return True


def alle(sessie: Sessie, medewerker_id: int) -> tuple[tuple[str, Tekst], ...]:
    """Every tip that this colleague may record, in order: (the recording's subject, as in ``Bericht.stem``; its words).
    Those of the bot first, then the own ones of the own locations. The one about the theme names no theme.
    """
    vast = [(f"tip.{code}.zonder" if code == "thema" else f"tip.{code}") for code in TIPS]
    eigen_ = [(f"tip.{t.code}", Tekst("tip.eigen", {"tip": t.tekst})) for t in _eigen(sessie, medewerker_id)]
    return (*((sleutel, Tekst(sleutel)) for sleutel in vast), *eigen_)
