"""What a turn of one parent may need to know beside the invitations: what came last, and all that is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Bewaard, Gevraagd
from opslag.database import Sessie
from opslag.snel import Snel
from opslag.tabellen import (
    Moment,
    aanmelding,
    afmeldreden,
    medewerker,
    ouder,
    postvak_uit,
    tip_gegeven,
    uitnodiging,
    verzending,
    vraag,
    waardering,
)

VERS = timedelta(hours=24)
"""So long words may still be the answer to what was sent."""
STAP = {"hoe_was_het": "erbij.na", "gemist": "erbij.gemist", "herinnering": "uitnodiging.herinnering"}
"""The kinds of broadcasts that ask something, and the step that asks it."""
_sinds: Any = sa.bindparam("sinds", type_=Moment)


def _sindsdien(tabel: sa.Table) -> Any:
    """Something of this invitation that is newer than the broadcast: it was answered."""
    later = sa.select(tabel.c.id).where(
        tabel.c.uitnodiging_id == uitnodiging.c.id, tabel.c.moment >= postvak_uit.c.verzonden
    )
    return later.correlate(uitnodiging, postvak_uit).exists()


_LAATST = Snel(
    sa.select(verzending.c.soort, uitnodiging.c.id, postvak_uit.c.verzonden)
    .select_from(postvak_uit)
    .join(verzending, verzending.c.id == postvak_uit.c.verzending_id)
    .join(
        uitnodiging,
        (uitnodiging.c.activiteit_id == verzending.c.activiteit_id)
        & (uitnodiging.c.ouder_id == postvak_uit.c.ouder_id),
    )
    .where(postvak_uit.c.ouder_id == sa.bindparam("ouder_id"), postvak_uit.c.verzonden > _sinds)
    .where(verzending.c.soort.in_([sa.literal_column(f"'{soort}'") for soort in STAP]))
    .where(~_sindsdien(waardering), ~_sindsdien(afmeldreden), ~_sindsdien(aanmelding))
    .order_by(postvak_uit.c.verzonden.desc(), postvak_uit.c.id.desc())
    .limit(1)
)
_BEANTWOORD = Snel(
    sa.select(vraag.c.beantwoord, medewerker.c.naam)
    .select_from(vraag)
    .outerjoin(medewerker, medewerker.c.id == vraag.c.beantwoord_door)
    .where(vraag.c.ouder_id == sa.bindparam("ouder_id"), vraag.c.beantwoord > _sinds)
    .order_by(vraag.c.beantwoord.desc())
    .limit(1)
)


_TIP_GEVRAAGD = Snel(
    sa.select(tip_gegeven.c.gevraagd, tip_gegeven.c.id)
    .where(tip_gegeven.c.ouder_id == sa.bindparam("ouder_id"), tip_gegeven.c.gevraagd > _sinds)
    .where(tip_gegeven.c.uitkomst.is_(None))
    .order_by(tip_gegeven.c.gevraagd.desc())
    .limit(1)
)


def gevraagd(sessie: Sessie, ouder_id: int, vorige_op: datetime, nu: datetime) -> Gevraagd | None:
    """What came to this parent last and may be what words answer: a broadcast's question that is still open, or the
    team's answer when nothing was said since (``vorige_op``). None when neither came within ``VERS``.
    """
    vers = nu - VERS
    vraag_ = _LAATST.rij(sessie, ouder_id=ouder_id, sinds=vers)
    antwoord = _BEANTWOORD.rij(sessie, ouder_id=ouder_id, sinds=max(vers, vorige_op))
    tip = _TIP_GEVRAAGD.rij(sessie, ouder_id=ouder_id, sinds=vers)
    later = max((rij[plek] for rij, plek in ((vraag_, 2), (tip, 0)) if rij is not None), default=vers)
    if antwoord is not None and antwoord[0] >= later:
        return Gevraagd(antwoord[0], door=antwoord[1] or "het team")
    if vraag_ is None or (tip is not None and tip[0] >= vraag_[2]):
        return Gevraagd(tip[0], "tip.gelukt", tip[1]) if tip is not None else None
    return Gevraagd(vraag_[2], STAP[vraag_[0]], vraag_[1])


def bewaard(sessie: Sessie, ouder_id: int) -> Bewaard:
    """How many reasons, questions and ratings of this parent there are, and the last of each as far as it is kept."""
    eigen = sa.select(uitnodiging.c.id).where(uitnodiging.c.ouder_id == ouder_id)
    r = _laatste(sessie, afmeldreden, afmeldreden.c.uitnodiging_id.in_(eigen))
    v = _laatste(sessie, vraag, vraag.c.ouder_id == ouder_id)
    w = _laatste(sessie, waardering, waardering.c.uitnodiging_id.in_(eigen))
    return Bewaard(
        redenen=r.aantal if r else 0,
        reden=(r.code or "") if r else "",
        toelichting=(r.toelichting or _spraak(r)) if r else "",
        vragen=v.aantal if v else 0,
        vraag=(v.tekst or _spraak(v)) if v else "",
        waarderingen=w.aantal if w else 0,
        score=w.score if w else "",
        woorden=(w.tekst or _spraak(w)) if w else "",
        **_tips(sessie, ouder_id),
    )


def _tips(sessie: Sessie, ouder_id: int) -> dict[str, int]:
    t = tip_gegeven.c
    gedaan = sa.func.sum(sa.case((t.uitkomst == "gedaan", 1), else_=0))
    gekregen, gelukt = sessie.execute(sa.select(sa.func.count(), gedaan).where(t.ouder_id == ouder_id)).one()
    stap = sessie.scalar(sa.select(ouder.c.tip_stap).where(ouder.c.id == ouder_id))
    return {"tips": gekregen, "gedaan": gelukt or 0, "tip_stap": stap or 1}


def _laatste(sessie: Sessie, tabel: sa.Table, waar: Any) -> Any | None:
    aantal = sa.func.count().over().label("aantal")
    return sessie.execute(sa.select(tabel, aantal).where(waar).order_by(tabel.c.id.desc()).limit(1)).first()


def _spraak(rij: Any) -> str:
    return "🎤" if rij.media else ""
