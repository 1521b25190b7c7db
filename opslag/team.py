"""What a colleague may see of the own locations, and the questions of their parents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dialogen.basis import OpenVraag
from dialogen.teksten import TALEN
from opslag import audit, spraaknotas
from opslag.database import Sessie
from opslag.rechten import eigen
from opslag.tabellen import (
    gesprek,
    medewerker,
    medewerker_locatie,
    ouder,
    vraag,
)

_door = medewerker.alias("door")


def open_vragen(
    sessie: Sessie, medewerker_id: int, over: int = 0, kanaal: str = "", account: str = "", *, slot: bool = False
) -> tuple[OpenVraag, ...]:
    """The questions of the own locations that nobody has answered, oldest first, twenty at most. The one it is
    ``over`` is always among them, also once a colleague answered it; with ``slot`` nobody else does meanwhile.

    ``kanaal`` and ``account`` are of the chat that asks: a recording of which we keep no note can be played only where
    it was spoken.
    """
    if slot and sessie.dialect.name == "postgresql":
        sessie.execute(sa.select(vraag.c.id).where(vraag.c.id == over).with_for_update())
    hier = sa.select(gesprek.c.id).where(
        gesprek.c.ouder_id == ouder.c.id, gesprek.c.kanaal == kanaal, gesprek.c.account == account
    )
    rijen = sessie.execute(
        sa.select(vraag, ouder.c.naam, _door.c.naam.label("door"), hier.correlate(ouder).exists().label("hier"))
        .add_columns(spraaknotas.nummer_van(vraag.c.media, vraag.c.ouder_id).label("nota"))
        .join(ouder, ouder.c.id == vraag.c.ouder_id)
        .outerjoin(_door, _door.c.id == vraag.c.beantwoord_door)
        .where(vraag.c.locatie_id.in_(eigen(medewerker_id)), vraag.c.beantwoord.is_(None) | (vraag.c.id == over))
        .order_by(sa.case((vraag.c.id == over, 0), else_=1), vraag.c.gesteld, vraag.c.id)
        .limit(20)
    ).all()
    return tuple(_open_vraag(r) for r in rijen)


def _open_vraag(r: Any) -> OpenVraag:
    media = spraaknotas.te_horen(r.media, r.nota, hier=r.hier)
    return OpenVraag(
        r.id, r.naam or "een ouder", TALEN.get(r.taal, r.taal), r.tekst or "", r.soort, r.gesteld, media,
        elders=bool(r.media) and not media, spreken=bool(r.hier),
        door="" if r.beantwoord is None else r.door or "een collega",
    )  # fmt: skip


def beantwoord(
    sessie: Sessie, medewerker_id: int, vraag_id: int, nu: datetime, *, toch: bool = False
) -> tuple[int, str] | None:
    """Close a question of an own location: (parent, the question's words). None when somebody was first, unless
    ``toch``: what a second colleague had written goes along as well.
    """
    eigen_vraag = (vraag.c.id == vraag_id) & vraag.c.locatie_id.in_(eigen(medewerker_id))
    rij = sessie.execute(sa.select(vraag.c.ouder_id, vraag.c.tekst, vraag.c.media).where(eigen_vraag)).first()
    if rij is None:
        return None
    dicht = vraag.update().where(eigen_vraag, vraag.c.beantwoord.is_(None))
    dicht = dicht.values(beantwoord=nu, beantwoord_door=medewerker_id, tekst=None, media=None)
    if sessie.execute(dicht).rowcount != 1 and not toch:
        return None
    spraaknotas.wis(sessie, rij.ouder_id, rij.media)
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "vraag beantwoord", f"vraag:{vraag_id}")
    return rij.ouder_id, rij.tekst or ""


def gesprekken_van_team(sessie: Sessie, locatie_id: int, *, vertrouwelijk: bool = False) -> list[Any]:
    """The chats of the active colleagues of a location: (id, kanaal, account, adres, taal).

    What is confidential reaches coordinators only.
    """
    g = gesprek.c
    rollen = ("coordinator", "beheerder") if vertrouwelijk else ("medewerker", "coordinator", "beheerder")
    return list(
        sessie.execute(
            sa.select(g.id, g.kanaal, g.account, g.adres, medewerker.c.taal, medewerker.c.rol)
            .join(medewerker, medewerker.c.id == g.medewerker_id)
            .join(medewerker_locatie, medewerker_locatie.c.medewerker_id == medewerker.c.id)
            .where(medewerker_locatie.c.locatie_id == locatie_id, medewerker.c.actief, g.onbereikbaar.is_(None))
            .where(medewerker.c.rol.in_(rollen))
            .order_by(g.id)
        ).all()
    )


def heeft_chat(locatie_id: Any) -> Any:
    """The condition that some active colleague of this location (a column) can be reached in a chat."""
    plek = medewerker_locatie.c
    return (
        sa.exists()
        .where(plek.locatie_id == locatie_id, medewerker.c.id == plek.medewerker_id, medewerker.c.actief)
        .where(gesprek.c.medewerker_id == medewerker.c.id, gesprek.c.onbereikbaar.is_(None))
    )
