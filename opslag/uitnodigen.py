"""Invitations come to be here, all of them: each parent once per activity, with role and language as they are then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from opslag import cijfers
from opslag.database import Sessie
from opslag.tabellen import ouder, uitnodiging


def nodig_uit(
    sessie: Sessie, activiteit_id: int, wie: Iterable[tuple[int, str | None, str]], nu: datetime
) -> dict[int, int]:
    """Invite who is not invited yet, of (parent, role, language); parent → number of the invitations that are new."""
    rijen = [
        {"activiteit_id": activiteit_id, "ouder_id": ouder_id, "rol": rol or None, "taal": taal, "gemaakt": nu}
        for ouder_id, rol, taal in wie
    ]
    if not rijen:
        return {}
    maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    nieuw = maak(uitnodiging).on_conflict_do_nothing(index_elements=["activiteit_id", "ouder_id"])
    gemaakt = sessie.execute(nieuw.returning(uitnodiging.c.ouder_id, uitnodiging.c.id), rijen)
    nummers = {rij.ouder_id: rij.id for rij in gemaakt}
    cijfers.tel_nieuwe(sessie, list(nummers.values()))
    return nummers


def van(sessie: Sessie, activiteit_id: int, ouder_id: int, nu: datetime) -> int:
    """The number of this parent's invitation; they are invited now when they were not."""
    u, wie = uitnodiging.c, sa.select(ouder.c.rol, ouder.c.taal).where(ouder.c.id == ouder_id)
    rij = sessie.execute(wie).one()
    nodig_uit(sessie, activiteit_id, [(ouder_id, rij.rol, rij.taal)], nu)
    deze = sa.select(u.id).where(u.activiteit_id == activiteit_id, u.ouder_id == ouder_id)
    nummer: int = sessie.execute(deze).scalar_one()
    return nummer
