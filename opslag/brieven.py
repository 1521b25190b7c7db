"""Who is invited and cannot be reached by the bot: for a printed list, and a letter with a code of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from opslag import audit, locaties, uitnodigen
from opslag.database import Sessie
from opslag.rechten import eigen
from opslag.tabellen import (
    NODIGT_UIT,
    activiteit,
    activiteit_groep,
    gesprek,
    gezin,
    gezin_groep,
    groep,
    locatie,
    ouder,
    uitnodiging,
    verzending,
)

GELDIG = timedelta(days=60)
"""How long after the activity the code in a letter works: a letter may lie in a bag for a while."""


@dataclass(frozen=True, slots=True)
class Geadresseerde:
    """A parent who gets a letter; '' for a name or a role that is not known."""

    ouder_id: int
    gezin_id: int
    naam: str
    rol: str
    taal: str
    groep: str
    tweede_taal: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """An activity of an own location, and who of its parents the bot cannot reach. ``begin`` and ``eind`` are UTC."""

    titel: str
    titel_vaders: str
    begin: datetime
    eind: datetime
    plek: str
    gastheer: str
    kinderen_welkom: bool
    locatie_id: int
    locatie: str
    tijdzone: str
    aan: tuple[Geadresseerde, ...]


def laad(sessie: Sessie, medewerker_id: int, activiteit_id: int) -> Post | None:
    """What is to be printed for an activity; None when it is not theirs, or called off."""
    a, loc = activiteit.c, locatie.c
    gastheer = sa.func.coalesce(sa.func.nullif(a.gastheer, ""), sa.func.nullif(loc.gastheer, ""), loc.naam)
    rij = sessie.execute(
        sa.select(a.titel, a.titel_vaders, a.begin, a.duur, a.plek, gastheer.label("gastheer"), a.kinderen_welkom)
        .add_columns(loc.id.label("locatie_id"), loc.naam.label("locatie"), loc.tijdzone)
        .join(locatie, loc.id == a.locatie_id)
        .where(a.id == activiteit_id, a.locatie_id.in_(eigen(medewerker_id)), a.afgelast.is_(None))
    ).first()
    if rij is None:
        return None
    return Post(
        rij.titel, rij.titel_vaders, rij.begin, rij.begin + timedelta(minutes=rij.duur), rij.plek, rij.gastheer,
        rij.kinderen_welkom, rij.locatie_id, rij.locatie, rij.tijdzone, _zonder_bot(sessie, activiteit_id),
    )  # fmt: skip


def _zonder_bot(sessie: Sessie, activiteit_id: int) -> tuple[Geadresseerde, ...]:
    """The caregivers of the activity's groups, or invited already, with no chat that works; not who said stop."""
    hier = sa.select(gezin_groep.c.gezin_id).join(
        activiteit_groep, activiteit_groep.c.groep_id == gezin_groep.c.groep_id
    )
    uitgenodigd = sa.select(uitnodiging.c.ouder_id).where(uitnodiging.c.activiteit_id == activiteit_id)
    werkt = sa.exists().where(gesprek.c.ouder_id == ouder.c.id, gesprek.c.onbereikbaar.is_(None))
    wie = (
        sa.select(ouder.c.id, ouder.c.gezin_id, ouder.c.naam, ouder.c.rol, ouder.c.taal, ouder.c.tweede_taal)
        .add_columns(_groep(activiteit_id))
        .join(gezin, gezin.c.id == ouder.c.gezin_id)
        .where(gezin.c.uitgeschreven.is_(None), ouder.c.gestopt_op.is_(None), ~werkt)
        .where(
            sa.or_(
                ouder.c.gezin_id.in_(hier.where(activiteit_groep.c.activiteit_id == activiteit_id)),
                ouder.c.id.in_(uitgenodigd),
            )
        )
        .order_by(sa.text("groep"), ouder.c.naam, ouder.c.id)
    )
    if _alleen_vaders(sessie, activiteit_id):
        wie = wie.where(ouder.c.rol == "vader")
    return tuple(
        Geadresseerde(r.id, r.gezin_id, r.naam, r.rol or "", r.taal, r.groep or "", r.tweede_taal)
        for r in sessie.execute(wie)
    )


def _groep(activiteit_id: int) -> Any:
    """The group by which this family is invited; the first by name when there are several."""
    return (
        sa.select(sa.func.min(groep.c.naam))
        .join(gezin_groep, gezin_groep.c.groep_id == groep.c.id)
        .join(activiteit_groep, activiteit_groep.c.groep_id == groep.c.id)
        .where(gezin_groep.c.gezin_id == ouder.c.gezin_id, activiteit_groep.c.activiteit_id == activiteit_id)
        .correlate(ouder)
        .scalar_subquery()
        .label("groep")
    )


def _alleen_vaders(sessie: Sessie, activiteit_id: int) -> bool:
    """Whether it was announced to fathers only."""
    v = verzending.c
    voor = sessie.scalars(sa.select(v.voor).where(v.activiteit_id == activiteit_id, v.soort.in_(NODIGT_UIT))).all()
    return bool(voor) and all("vaders" in een.split(",") for een in voor)


def nodig_uit(sessie: Sessie, medewerker_id: int, activiteit_id: int, nu: datetime) -> int | None:
    """Invite by letter: an invitation for everybody who gets one, so that they stand on the list at the door. How
    many letters there are; None when it is not theirs to invite for.
    """
    post = laad(sessie, medewerker_id, activiteit_id)
    if post is None:
        return None
    uitnodigen.nodig_uit(sessie, activiteit_id, [(wie.ouder_id, wie.rol, wie.taal) for wie in post.aan], nu)
    wat = f"activiteit:{activiteit_id}"
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "brieven", wat, str(len(post.aan)))
    return len(post.aan)


def neem(sessie: Sessie, gesprek_id: int, activiteit_id: int, nu: datetime) -> tuple[Post, Mapping[int, str]] | None:
    """What is printed for the colleague of this chat at this moment, with a new code per parent: (post, parent →
    code). Of a code only a hash stays. None when there is no such colleague any more, or it is not theirs.
    """
    medewerker_id = sessie.scalar(sa.select(gesprek.c.medewerker_id).where(gesprek.c.id == gesprek_id))
    post = laad(sessie, medewerker_id, activiteit_id) if medewerker_id else None
    if post is None:
        return None
    tot = max(post.begin, nu) + GELDIG
    codes = locaties.maak_gezinscodes(sessie, post.locatie_id, [(w.gezin_id, w.ouder_id) for w in post.aan], tot, nu)
    return post, {wie.ouder_id: code for wie, code in zip(post.aan, codes, strict=True)}
