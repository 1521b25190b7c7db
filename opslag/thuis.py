"""Tips for at home, counted (docs/cijfers.md). A tip that never went out was not asked of anybody.

Of a period counts what was given in it, whenever it was done. Who was erased counts on in tips, not in families: of
which family they were is gone with them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from opslag.database import Sessie
from opslag.tabellen import postvak_uit, tip_gegeven
from opslag.werkdagen import zone


@dataclass(frozen=True, slots=True)
class Tips:
    """How many were ``gevraagd`` and ``gedaan``."""

    gevraagd: int = 0
    gedaan: int = 0


def gegeven(vraag: Any, locaties: Collection[int], van: date, tot: date) -> Any:
    """A query of ``tip_gegeven``, narrowed to what went out at these locations from ``van`` up to ``tot``."""
    t, u = tip_gegeven.c, postvak_uit.c
    begin, eind = (datetime.combine(dag, time(), zone("Europe/Amsterdam")) for dag in (van, tot))
    return (
        vraag.select_from(tip_gegeven)
        .outerjoin(postvak_uit, (u.verzending_id == t.verzending_id) & (u.ouder_id == t.ouder_id))
        .where(u.id.is_(None) | u.verzonden.is_not(None) | t.uitkomst.is_not(None))
        .where(t.locatie_id.in_(locaties), t.gegeven >= begin, t.gegeven < eind)
    )


def tel(doel: str = "gedaan") -> Any:
    """How many of the rows came out so."""
    return sa.func.sum(sa.case((tip_gegeven.c.uitkomst == doel, 1), else_=0))


def tips(sessie: Sessie, locaties: Collection[int], van: date, tot: date) -> Mapping[int, Tips]:
    """Per location (its number) with a tip in the period."""
    t = tip_gegeven.c
    vraag = gegeven(sa.select(t.locatie_id, sa.func.count(sa.distinct(t.id)), tel()), locaties, van, tot)
    return {waar: Tips(alle, gedaan) for waar, alle, gedaan in sessie.execute(vraag.group_by(t.locatie_id))}
