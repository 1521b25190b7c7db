"""Tips for at home: planned, given once a week to who wants them, asked after, answered, asked for.

``ouder.tip_op`` says when the next one is due; a round takes who is due in batches and moves it a week on in the same
transaction, so that a crash loses nothing, two processes give none twice (the row wins), and what piled up while a
process was down is one tip (docs/besluiten/0011-tips.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen import tips
from dialogen.tips import EigenTip, GegevenTip
from opslag import postvak
from opslag.database import Sessie
from opslag.tabellen import (
    gesprek,
    gezin,
    gezin_groep,
    groep,
    locatie,
    ouder,
    postvak_uit,
    tip,
    tip_gegeven,
    toestemming,
    verzending,
)
from opslag.tipmomenten import EERST, WEEK, volgende
from opslag.werkdagen import over_dagen

JAAR = timedelta(days=365)
"""So long no tip comes twice, unless it is asked for."""
OPEN = timedelta(days=14)
"""So long typed words may be about the last tip."""
VRAAG_NA = 2
"""Days after which "Gelukt?" is asked."""
PARTIJ = 500
"""Parents that are handled in one transaction."""


def kan_krijgen(vandaag: Any) -> Any:
    """The condition on a parent who may get tips today (a date, UTC): wants them, consented, did not stop, is enrolled
    and has a chat.
    """
    ja = sa.exists().where(toestemming.c.ouder_id == ouder.c.id, toestemming.c.ingetrokken.is_(None)).correlate(ouder)
    chat = sa.exists().where(gesprek.c.ouder_id == ouder.c.id, gesprek.c.onbereikbaar.is_(None)).correlate(ouder)
    weg = gezin.c.uitgeschreven
    return sa.and_(
        sa.literal_column("ouder.tips"), ouder.c.gestopt_op.is_(None), weg.is_(None) | (weg > vandaag), ja, chat
    )


def plan(sessie: Sessie, nu: datetime) -> int:
    """Set the first moment of who has none yet: about a day after joining or saying yes, a week after the last tip at
    least. A batch; how many.
    """
    plek = (locatie.c.stil_van, locatie.c.stil_tot, locatie.c.tijdzone)
    laatst = sa.select(sa.func.max(tip_gegeven.c.gegeven)).where(
        tip_gegeven.c.ouder_id == ouder.c.id, tip_gegeven.c.verzending_id.is_not(None)
    )
    rijen = sessie.execute(
        sa.select(ouder.c.id, ouder.c.dagdelen, *plek, laatst.correlate(ouder).scalar_subquery().label("laatst"))
        .join(gezin, gezin.c.id == ouder.c.gezin_id)
        .join(locatie, locatie.c.id == gezin.c.locatie_id)
        .where(ouder.c.tip_op.is_(None), kan_krijgen(nu.date()))
        .order_by(ouder.c.id)
        .limit(PARTIJ)
        .with_for_update(of=ouder, key_share=True, skip_locked=True)
    ).all()
    per: dict[datetime, list[int]] = {}
    for rij in rijen:
        vanaf = max(nu + EERST, over_dagen(rij.laatst, WEEK, rij.tijdzone) if rij.laatst else nu)
        op = volgende(vanaf, rij.dagdelen, rij.stil_van, rij.stil_tot, rij.tijdzone)
        per.setdefault(op, []).append(rij.id)
    for op, nummers in per.items():
        sessie.execute(ouder.update().where(ouder.c.id.in_(nummers)).values(tip_op=op))
    return len(rijen)


# What one parent did


def stel_in(sessie: Sessie, ouder_id: int, *, uit: bool) -> None:
    """The wish for tips or when they suit changed: planned anew; with ``uit`` what waits goes no more."""
    sessie.execute(ouder.update().where(ouder.c.id == ouder_id).values(tip_op=None))
    if uit:
        u = postvak_uit.c
        wacht = sa.select(u.id).join(verzending, verzending.c.id == u.verzending_id)
        wacht = wacht.where(u.ouder_id == ouder_id, verzending.c.soort == "tip", u.status.in_(("wacht", "later")))
        postvak.af(sessie, list(sessie.scalars(wacht)), "vervallen", "tips uit")
        _vraag_niet(sessie, ouder_id)


def _vraag_niet(sessie: Sessie, ouder_id: int) -> None:
    t = tip_gegeven.c
    sessie.execute(tip_gegeven.update().where(t.ouder_id == ouder_id, t.vraag_op.is_not(None)).values(vraag_op=None))


def antwoord(sessie: Sessie, ouder_id: int, nummer: int, uitkomst: str, nu: datetime) -> None:
    """What came of a tip of this parent; the last word stands, but wanting another does not undo what was done."""
    t = tip_gegeven.c
    eigen = tip_gegeven.update().where(t.id == nummer, t.ouder_id == ouder_id)
    if uitkomst == "andere":
        eigen = eigen.where(t.uitkomst.is_(None) | (t.uitkomst == "nog_niet"))
    sessie.execute(eigen.values(uitkomst=uitkomst, beantwoord=nu, vraag_op=None))


def gezicht(sessie: Sessie, ouder_id: int, nummer: int, wat: str) -> GegevenTip | None:
    """What the child did: 'blij', 'gewoon', 'verteld'. The tip, None when it is not this parent's."""
    t = tip_gegeven.c
    sessie.execute(tip_gegeven.update().where(t.id == nummer, t.ouder_id == ouder_id).values(gezicht=wat))
    return haal(sessie, ouder_id, nummer)


def vraag(sessie: Sessie, ouder_id: int, niet: int, nu: datetime) -> int | None:
    """Give a tip that was asked for, other than ``niet``: the next one, and when all were given the one that was given
    longest ago. Its number; None for somebody who is not there. "Gelukt?" is asked of the newest tip only.
    """
    rij = sessie.execute(
        sa.select(ouder, gezin.c.locatie_id, locatie.c.tijdzone)
        .join(gezin, gezin.c.id == ouder.c.gezin_id)
        .join(locatie, locatie.c.id == gezin.c.locatie_id)
        .where(ouder.c.id == ouder_id)
        .with_for_update(of=ouder, key_share=True)
    ).first()
    if rij is None:
        return None
    stap, sinds = _stap(sessie, rij, nu)
    code, van_stap = _kies_gevraagd(sessie, ouder_id, stap, eigen_van(sessie, [rij.locatie_id]), niet, nu)
    _vraag_niet(sessie, ouder_id)
    sessie.execute(ouder.update().where(ouder.c.id == ouder_id).values(tip_stap=stap, tip_stap_sinds=sinds))
    waarden = {"ouder_id": ouder_id, "locatie_id": rij.locatie_id, "rol": rij.rol, "tip": code, "stap": van_stap}
    op = over_dagen(nu, VRAAG_NA, rij.tijdzone)
    nieuw = tip_gegeven.insert().values(**waarden, gegeven=nu, vraag_op=op).returning(tip_gegeven.c.id)
    return int(sessie.execute(nieuw).scalar_one())


def _stap(sessie: Sessie, rij: Any, nu: datetime) -> tuple[int, datetime]:
    """The step this parent is in now, and since when."""
    sinds = rij.tip_stap_sinds or nu
    t = tip_gegeven.c
    gedaan = sessie.scalar(
        sa.select(sa.func.count()).where(t.ouder_id == rij.id, t.uitkomst == "gedaan", t.gegeven >= sinds)
    )
    return stap_en_sinds(rij.tip_stap, sinds, gedaan or 0, nu, rij.tijdzone)


def stap_en_sinds(stap: int, sinds: datetime, gedaan: int, nu: datetime, tijdzone: str) -> tuple[int, datetime]:
    """One step up, from ``nu`` on, when it was done often enough and long enough; else as it was."""
    if gedaan < tips.DUIMEN:
        return stap, sinds
    nieuw = tips.stap_nu(stap, gedaan, nu >= over_dagen(sinds, tips.DAGEN_PER_STAP, tijdzone))
    return (nieuw, nu) if nieuw != stap else (stap, sinds)


def _kies_gevraagd(
    sessie: Sessie, ouder_id: int, stap: int, eigen: Mapping[int, tuple[EigenTip, ...]], niet: int, nu: datetime
) -> tuple[str, int]:
    """(code, step). ``niet`` is the given tip that another one is wanted for."""
    t = tip_gegeven.c
    rijen = sessie.execute(
        sa.select(t.tip, sa.func.max(t.gegeven).label("op"), sa.func.max(sa.case((t.id == niet, 1), else_=0)))
        .where(t.ouder_id == ouder_id)
        .group_by(t.tip)
    ).all()
    (van_hier,) = eigen.values()
    gekozen = tips.kies(stap, {code for code, op, _ in rijen if op > nu - JAAR}, van_hier)
    if gekozen is not None:
        return gekozen
    oudst = {code: op for code, op, nu_niet in rijen if not nu_niet}
    return min((tip for tip in tips.volgorde(stap, van_hier) if tip[0] in oudst), key=lambda tip: oudst[tip[0]])


# Looking


def thema() -> Any:
    """What a group of this parent's family is about now, as a column; NULL without one."""
    return (
        sa.select(groep.c.thema)
        .join(gezin_groep, gezin_groep.c.groep_id == groep.c.id)
        .where(gezin_groep.c.gezin_id == ouder.c.gezin_id, groep.c.thema != "")
        .order_by(groep.c.id)
        .limit(1)
        .correlate(ouder)
        .scalar_subquery()
    )


EIGEN_TEKST = (
    sa.select(tip.c.tekst)
    .where(tip_gegeven.c.tip == sa.literal(tips.EIGEN) + sa.cast(tip.c.id, sa.String))
    .correlate(tip_gegeven)
    .scalar_subquery()
)


def haal(sessie: Sessie, ouder_id: int, nummer: int) -> GegevenTip | None:
    """A tip that this parent got, None for another's."""
    return _een(sessie, tip_gegeven.c.id == nummer, tip_gegeven.c.ouder_id == ouder_id)


def laatste(sessie: Sessie, ouder_id: int, nu: datetime) -> GegevenTip | None:
    """The last tip that typed words may be about: given lately, and not done yet."""
    t = tip_gegeven.c
    open_ = t.uitkomst.is_(None) | (t.uitkomst == "nog_niet")
    return _een(sessie, t.ouder_id == ouder_id, t.gegeven > nu - OPEN, open_)


def _een(sessie: Sessie, *waar: Any) -> GegevenTip | None:
    t = tip_gegeven.c
    vraag_ = (
        sa.select(t.id, t.tip, EIGEN_TEKST.label("tekst"), thema().label("thema"), t.uitkomst, t.gegeven)
        .join(ouder, ouder.c.id == t.ouder_id)
        .where(*waar)
        .order_by(t.gegeven.desc(), t.id.desc())
        .limit(1)
    )
    rij = sessie.execute(vraag_).first()
    if rij is None:
        return None
    return GegevenTip(rij.id, rij.tip, rij.tekst or "", rij.thema or "", rij.uitkomst or "", rij.gegeven)


def eigen_van(sessie: Sessie, locaties: Sequence[int]) -> dict[int, tuple[EigenTip, ...]]:
    """The own tips of each of these locations, oldest first; () for one that has none."""
    per: dict[int, tuple[EigenTip, ...]] = dict.fromkeys(locaties, ())
    t = tip.c
    vraag_ = sa.select(t.id, t.stap, t.tekst, t.locatie_id).where(t.weg.is_(None), t.locatie_id.in_(locaties))
    for nummer, stap, tekst, waar in sessie.execute(vraag_.order_by(t.id)):
        per[waar] = (*per[waar], EigenTip(nummer, stap, tekst, waar))
    return per
