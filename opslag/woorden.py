"""Own words of parents, for staff to read once: coded or read, and wiped at that very moment.

A colleague reads those of the own locations; what came with a confidential reason is for coordinators.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen.kantoor import EigenWoorden
from dialogen.redenen import REDENEN, VERTROUWELIJK
from opslag import audit, cijfers, rechten, spraaknotas, vertalingen
from opslag.database import Sessie
from opslag.tabellen import activiteit, afmeldreden, gesprek, ouder, uitnodiging, waardering

MEEST = 20
TERUG = timedelta(days=60)
"""So long ago an activity began of which somebody may still say how it was (words are wiped after 30 days)."""
ONDERWERPEN = timedelta(days=90)
_r, _w = afmeldreden.c, waardering.c


def mag_reden(medewerker_id: int) -> Any:
    """The condition for reasons of the own locations, with their words still there; confidential ones for who leads."""
    van = (
        sa.select(uitnodiging.c.id)
        .join(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id)
        .where(uitnodiging.c.id == _r.uitnodiging_id, activiteit.c.locatie_id.in_(rechten.eigen(medewerker_id)))
        .correlate(afmeldreden)
        .exists()
    )
    open_ = _r.code.is_(None) | _r.code.not_in(VERTROUWELIJK) | rechten.leidt(medewerker_id)
    return van & open_ & (_r.toelichting.is_not(None) | _r.media.is_not(None))


def mag_ervaring(medewerker_id: int) -> Any:
    """The same for how it was."""
    van = (
        sa.select(uitnodiging.c.id)
        .join(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id)
        .where(uitnodiging.c.id == _w.uitnodiging_id, activiteit.c.locatie_id.in_(rechten.eigen(medewerker_id)))
        .correlate(waardering)
        .exists()
    )
    return van & (_w.tekst.is_not(None) | _w.media.is_not(None))


def te_lezen(sessie: Sessie, medewerker_id: int, kanaal: str, account: str, nu: datetime) -> tuple[EigenWoorden, ...]:
    """What waits to be read, oldest first, ``MEEST`` of both kinds at most. What was spoken is named by its note; where
    none is kept it is played only in a chat of the same account (``kanaal``, ``account``) as the parent's, because a
    platform's recording exists nowhere else.
    """
    redenen = _gelezen(afmeldreden, kanaal, account, _r.toelichting.label("tekst"), _r.code)
    ervaringen = _gelezen(waardering, kanaal, account, _w.tekst, sa.literal("").label("code"))
    rijen = [
        *(("reden", r) for r in sessie.execute(redenen.where(mag_reden(medewerker_id)))),
        *(
            ("ervaring", r)
            for r in sessie.execute(ervaringen.where(mag_ervaring(medewerker_id), activiteit.c.begin > nu - TERUG))
        ),
    ]
    rijen.sort(key=lambda paar: (paar[1].moment, paar[0], paar[1].id))
    return tuple(_als_woorden(soort, rij) for soort, rij in rijen)


def _gelezen(tabel: Any, kanaal: str, account: str, *kolommen: Any) -> Any:
    chat = gesprek.c
    hier = sa.select(chat.id).where(chat.ouder_id == ouder.c.id, chat.kanaal == kanaal, chat.account == account)
    return (
        sa.select(tabel.c.id, tabel.c.media, tabel.c.moment, uitnodiging.c.rol, ouder.c.taal, activiteit.c.titel)
        .add_columns(activiteit.c.begin, hier.correlate(ouder).exists().label("hier"), *kolommen)
        .add_columns(spraaknotas.nummer_van(tabel.c.media, uitnodiging.c.ouder_id).label("nota"))
        .select_from(tabel)
        .join(uitnodiging, uitnodiging.c.id == tabel.c.uitnodiging_id)
        .join(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id)
        .outerjoin(ouder, ouder.c.id == uitnodiging.c.ouder_id)
        .order_by(tabel.c.moment, tabel.c.id)
        .limit(MEEST)
    )


def _als_woorden(soort: str, rij: Any) -> EigenWoorden:
    media = spraaknotas.te_horen(rij.media, rij.nota, hier=rij.hier)
    return EigenWoorden(
        soort, rij.id, rij.rol or "", rij.taal or "", rij.titel, rij.begin, rij.tekst or "", media,
        elders=bool(rij.media) and not media, code=rij.code or "",
    )  # fmt: skip


def codeer(sessie: Sessie, medewerker_id: int, nummer: int, code: str, nu: datetime) -> bool:
    """Give own words the code that fits and wipe them; that there were words stays counted (``verteld``).

    False when they are not there any more, somebody was first, or they are not this colleague's to read. A code that
    the parent chose is never changed.
    """
    if code not in REDENEN:
        return False
    nieuw = {"code": code, "gecodeerd_door": medewerker_id, "toelichting": None, "media": None}
    welke = (_r.id == nummer) & _r.code.is_(None) & mag_reden(medewerker_id)
    over = sessie.scalar(sa.select(_r.uitnodiging_id).where(_r.id == nummer))
    with cijfers.telt(sessie, over or 0):
        return _wis(sessie, medewerker_id, afmeldreden, welke, nieuw, f"afmeldreden:{nummer}", nu)


def gelezen(sessie: Sessie, medewerker_id: int, soort: str, nummer: int, nu: datetime) -> bool:
    """Wipe words that need no code: how it was, and what was told beside a reason the parent chose."""
    if soort == "ervaring":
        leeg = {"tekst": None, "media": None}
        welke = (_w.id == nummer) & mag_ervaring(medewerker_id)
        return _wis(sessie, medewerker_id, waardering, welke, leeg, f"waardering:{nummer}", nu)
    nieuw = {"gecodeerd_door": medewerker_id, "toelichting": None, "media": None}
    welke = (_r.id == nummer) & _r.code.is_not(None) & mag_reden(medewerker_id)
    return _wis(sessie, medewerker_id, afmeldreden, welke, nieuw, f"afmeldreden:{nummer}", nu)


def _wis(
    sessie: Sessie, medewerker_id: int, tabel: Any, welke: Any, nieuw: Mapping[str, Any], op: str, nu: datetime
) -> bool:
    gesproken = sessie.execute(
        sa.select(tabel.c.media, uitnodiging.c.ouder_id)
        .join(uitnodiging, uitnodiging.c.id == tabel.c.uitnodiging_id)
        .where(welke, tabel.c.media.is_not(None))
    ).first()
    gedaan: int = sessie.execute(tabel.update().where(welke).values(nieuw)).rowcount
    if gedaan:
        vertalingen.vergeet_over(sessie, op)
        if gesproken is not None:
            spraaknotas.wis(sessie, gesproken.ouder_id, gesproken.media)
        audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "woorden gelezen", op)
    return gedaan == 1


def onderwerpen(sessie: Sessie, medewerker_id: int, nu: datetime) -> Mapping[str, int]:
    """What parents of the own locations said they would like instead, and how often, of the last ``ONDERWERPEN``."""
    rijen = sessie.execute(
        sa.select(_r.aanbod, sa.func.count())
        .join(uitnodiging, uitnodiging.c.id == _r.uitnodiging_id)
        .join(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id)
        .where(activiteit.c.locatie_id.in_(rechten.eigen(medewerker_id)), activiteit.c.begin > nu - ONDERWERPEN)
        .where(_r.aanbod.startswith("onderwerp_"))
        .group_by(_r.aanbod)
    )
    return {aanbod.removeprefix("onderwerp_"): aantal for aanbod, aantal in rijen}
