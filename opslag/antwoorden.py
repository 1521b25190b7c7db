"""Answers to invitations, reasons and how it was: append-only. Every function checks that the invitation is this
parent's own, whatever the conversation believed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Antwoord
from dialogen.redenen import TAKEN
from opslag import cijfers, taken
from opslag.database import Sessie
from opslag.snel import Snel
from opslag.tabellen import (
    aanmelding,
    aanmelding_huidig,
    afmeldreden,
    afmeldreden_huidig,
    gesprek,
    ouder,
    taak,
    uitnodiging,
    vraag,
    waardering,
)
from opslag.talen import SCHRIJFTAAL

_EIGEN = Snel(
    sa.select(
        uitnodiging.c.id,
        sa.select(aanmelding.c.antwoord)
        .where(aanmelding.c.uitnodiging_id == uitnodiging.c.id)
        .order_by(aanmelding.c.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("antwoord"),
        sa.select(aanmelding.c.aantal)
        .where(aanmelding.c.uitnodiging_id == uitnodiging.c.id)
        .order_by(aanmelding.c.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("aantal"),
    ).where(uitnodiging.c.id == sa.bindparam("over"), uitnodiging.c.ouder_id == sa.bindparam("wie"))
)
_ERBIJ = Snel(aanmelding.insert(), "uitnodiging_id", "antwoord", "aantal", "bron", "moment")
_REDEN = Snel(
    afmeldreden.insert().values(
        aanmelding_id=sa.select(sa.func.max(aanmelding.c.id))
        .where(aanmelding.c.uitnodiging_id == sa.bindparam("over"))
        .scalar_subquery()
    ),
    *("uitnodiging_id", "code", "toelichting", "media", "verteld", "moment"),
)

_GEKOZEN = (
    sa.select(afmeldreden_huidig.c.code)
    .outerjoin(aanmelding_huidig, aanmelding_huidig.c.uitnodiging_id == afmeldreden_huidig.c.uitnodiging_id)
    .where(afmeldreden_huidig.c.uitnodiging_id == sa.bindparam("over"), afmeldreden_huidig.c.code != "ZEG_NIET")
    .where(sa.func.coalesce(afmeldreden_huidig.c.aanmelding_id, 0) == sa.func.coalesce(aanmelding_huidig.c.id, 0))
)


def antwoord(
    sessie: Sessie, ouder_id: int, uitnodiging_id: int, nieuw: Antwoord, aantal: int, nu: datetime
) -> Antwoord | None:
    """Add an answer to the history, unless it is what stands already. Returns what stood before.

    None when the invitation is not this parent's: nothing is written then.
    """
    rij = _EIGEN.rij(sessie, over=uitnodiging_id, wie=ouder_id)
    if rij is None:
        return None
    if (rij.antwoord, rij.aantal) != (nieuw.value, aantal):
        waarden = {"uitnodiging_id": uitnodiging_id, "antwoord": nieuw.value, "aantal": aantal, "bron": "ouder"}
        with cijfers.telt(sessie, uitnodiging_id):
            _ERBIJ.doe(sessie, **waarden, moment=nu)
    return Antwoord(rij.antwoord) if rij.antwoord else Antwoord.GEEN


def is_eigen(sessie: Sessie, ouder_id: int, uitnodiging_id: int) -> bool:
    """Whether this invitation is this parent's."""
    return _EIGEN.rij(sessie, over=uitnodiging_id, wie=ouder_id) is not None


def reden(sessie: Sessie, ouder_id: int, uitnodiging_id: int, code: str, nu: datetime) -> None:
    """Why not, as a code. A reason after a reason is history; the last one stands."""
    if is_eigen(sessie, ouder_id, uitnodiging_id):
        with cijfers.telt(sessie, uitnodiging_id):
            _REDEN.doe(sessie, uitnodiging_id=uitnodiging_id, over=uitnodiging_id, code=code, verteld=False, moment=nu)


def vertelde_reden(sessie: Sessie, ouder_id: int, uitnodiging_id: int, tekst: str, media: str, nu: datetime) -> bool:
    """Why not, in own words, for staff to read. Without a code they wait for one; told after a code was chosen for
    the same answer, that code keeps standing. False when the invitation is not this parent's.
    """
    if not is_eigen(sessie, ouder_id, uitnodiging_id):
        return False
    code = sessie.scalar(_GEKOZEN, {"over": uitnodiging_id})
    woorden = {"toelichting": tekst or None, "media": media or None, "verteld": True}
    with cijfers.telt(sessie, uitnodiging_id):
        _REDEN.doe(sessie, uitnodiging_id=uitnodiging_id, over=uitnodiging_id, code=code, moment=nu, **woorden)
    return True


def neem_aanbod_aan(
    sessie: Sessie, ouder_id: int, locatie_id: int, uitnodiging_id: int, aanbod: str, nu: datetime
) -> int | None:
    """The parent said yes to an offer. It stands with the reason; what needs a person becomes a task, once per
    invitation and offer: the number of that task when it was made now.
    """
    if not is_eigen(sessie, ouder_id, uitnodiging_id):
        return None
    zet_aanbod(sessie, uitnodiging_id, aanbod)
    if aanbod not in TAKEN:
        return None
    er_al = sa.select(taak.c.id).where(
        taak.c.ouder_id == ouder_id, taak.c.uitnodiging_id == uitnodiging_id, taak.c.soort == aanbod
    )
    if sessie.scalar(er_al):
        return None
    return taken.maak(sessie, locatie_id, ouder_id, uitnodiging_id, aanbod, nu)


def zet_aanbod(sessie: Sessie, uitnodiging_id: int, aanbod: str) -> None:
    """With the last reason of an invitation stands which offer was accepted."""
    laatste = sa.select(sa.func.max(afmeldreden.c.id)).where(afmeldreden.c.uitnodiging_id == uitnodiging_id)
    sessie.execute(afmeldreden.update().where(afmeldreden.c.id == laatste.scalar_subquery()).values(aanbod=aanbod))


def waardeer(
    sessie: Sessie, ouder_id: int, uitnodiging_id: int, score: str, tekst: str, media: str, nu: datetime
) -> None:
    """How it was; words join the score that was just given."""
    if not is_eigen(sessie, ouder_id, uitnodiging_id):
        return
    vorige = sessie.execute(
        sa.select(waardering.c.id).where(waardering.c.uitnodiging_id == uitnodiging_id).order_by(waardering.c.id.desc())
    ).first()
    if vorige and not score:
        sessie.execute(
            waardering.update().where(waardering.c.id == vorige.id).values(tekst=tekst or None, media=media or None)
        )
        return
    waarden = {"uitnodiging_id": uitnodiging_id, "score": score, "tekst": tekst or None, "media": media or None}
    sessie.execute(waardering.insert().values(**waarden, moment=nu))


def laatste(sessie: Sessie, soort: str, uitnodiging_id: int) -> int:
    """The number of the last 'afmeldreden' or 'waardering' of an invitation, 0 for none."""
    tabel = afmeldreden if soort == "afmeldreden" else waardering
    return sessie.scalar(sa.select(sa.func.max(tabel.c.id)).where(tabel.c.uitnodiging_id == uitnodiging_id)) or 0


def stel_vraag(
    sessie: Sessie,
    ouder_id: int,
    locatie_id: int,
    soort: str,
    tekst: str,
    media: str,
    taal: str,
    nu: datetime,
    voor: datetime,
) -> int:
    """A question for the team; its number."""
    waarden = {"ouder_id": ouder_id, "locatie_id": locatie_id, "soort": soort, "tekst": tekst or None}
    waarden |= {"media": media or None, "taal": taal, "gesteld": nu, "voor": voor}
    nummer: int = sessie.execute(vraag.insert().values(waarden).returning(vraag.c.id)).scalar_one()
    return nummer


def chat_van_ouder(sessie: Sessie, ouder_id: int, kanaal: str = "", account: str = "") -> Any | None:
    """The chat of a parent: (gesprek_id, kanaal, account, adres, taal), or None. One of this account goes first."""
    g = gesprek.c
    return sessie.execute(
        sa.select(g.id, g.kanaal, g.account, g.adres, SCHRIJFTAAL)
        .join(ouder, ouder.c.id == g.ouder_id)
        .where(ouder.c.id == ouder_id, g.onbereikbaar.is_(None))
        .order_by(sa.case(((g.kanaal == kanaal) & (g.account == account), 0), else_=1), g.gewijzigd.desc())
    ).first()
