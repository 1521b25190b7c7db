"""What came of tips at home, counted: for the second of the two rates (docs/besluiten/0011-tips.md).

Of a period counts what was given in it, whenever it was done. A tip that never went out was not asked of anybody. Who
was erased counts on in tips, not in families: of which family they were is gone with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from opslag.database import Sessie
from opslag.tabellen import gezin, ouder, postvak_uit, tip_gegeven
from opslag.uitvoer import Periode


@dataclass(frozen=True, slots=True)
class Thuis:
    """Tips ``gevraagd`` and ``gedaan``; of how many the child told in the group; and how many families, enrolled in the
    period, did at least one.
    """

    gevraagd: int = 0
    gedaan: int = 0
    verteld: int = 0
    gezinnen: int = 0


def thuis(sessie: Sessie, periode: Periode, ingeschreven: Any) -> Mapping[int, Thuis]:
    """Per location (its number) with a tip in the period. ``ingeschreven``: the condition on ``gezin`` to count it."""
    t, u = tip_gegeven.c, postvak_uit.c
    gedaan = t.uitkomst == "gedaan"
    vraag = (
        sa.select(
            t.locatie_id,
            sa.func.count(t.id),
            sa.func.sum(sa.case((gedaan, 1), else_=0)),
            sa.func.sum(sa.case((t.verteld.is_not(None), 1), else_=0)),
            sa.func.count(sa.distinct(sa.case((gedaan & ingeschreven, gezin.c.id)))),
        )
        .outerjoin(postvak_uit, (u.verzending_id == t.verzending_id) & (u.ouder_id == t.ouder_id))
        .outerjoin(ouder, ouder.c.id == t.ouder_id)
        .outerjoin(gezin, gezin.c.id == ouder.c.gezin_id)
        .where(u.id.is_(None) | u.verzonden.is_not(None) | t.uitkomst.is_not(None), *_grenzen(periode))
        .group_by(t.locatie_id)
    )
    return {waar: Thuis(*aantallen) for waar, *aantallen in sessie.execute(vraag)}


def _grenzen(periode: Periode) -> list[Any]:
    t = tip_gegeven.c
    grenzen = [
        t.gegeven >= periode.van if periode.van else None,
        t.gegeven < periode.tot if periode.tot else None,
        t.locatie_id == periode.locatie_id if periode.locatie_id else None,
    ]
    return [g for g in grenzen if g is not None]
