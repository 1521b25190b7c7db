"""What a colleague may: asked where an effect happens, whatever the conversation believed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from opslag.database import Sessie
from opslag.tabellen import activiteit, groep, medewerker, medewerker_locatie

WERKEN = ("medewerker", "coordinator", "beheerder")
"""The roles that work with parents; 'gemeente' sees counts and no more."""
LEIDEN = ("coordinator", "beheerder")
"""The roles that see what is confidential."""


def eigen(medewerker_id: int) -> Any:
    """The numbers of the locations where this colleague works now, to use in a statement: none for who left."""
    return (
        sa.select(medewerker_locatie.c.locatie_id)
        .join(medewerker, medewerker.c.id == medewerker_locatie.c.medewerker_id)
        .where(medewerker.c.id == medewerker_id, medewerker.c.actief, medewerker.c.rol.in_(WERKEN))
    )


def leidt(medewerker_id: int) -> Any:
    """Whether this colleague coordinates, to use in a statement: then what is confidential may be seen."""
    m = medewerker.alias("leiding").c
    wie = sa.select(m.id).where(m.id == medewerker_id, m.actief, m.rol.in_(LEIDEN))
    return wie.exists()


def mag_locatie(sessie: Sessie, medewerker_id: int, locatie_id: int) -> bool:
    """Whether this is an own location of a colleague who works here now."""
    return sessie.scalar(sa.select(sa.literal(1)).where(sa.literal(locatie_id).in_(eigen(medewerker_id)))) is not None


def neem_activiteit(sessie: Sessie, medewerker_id: int, nummer: int) -> Any | None:
    """The row of an activity of an own location, locked until the transaction ends; None when it is not theirs."""
    a = activiteit.c
    mag = sa.select(activiteit).where(a.id == nummer, a.locatie_id.in_(eigen(medewerker_id)))
    return sessie.execute(mag.with_for_update(key_share=True)).first()


def eigen_groepen(sessie: Sessie, locatie_id: int, nummers: tuple[int, ...]) -> list[int]:
    """Those of these groups that belong to the location."""
    g = groep.c
    return list(sessie.scalars(sa.select(g.id).where(g.locatie_id == locatie_id, g.id.in_(nummers)).order_by(g.id)))
