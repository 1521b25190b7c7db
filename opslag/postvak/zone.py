"""In whose time a message is read: the zone of the location that a chat belongs to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from opslag.tabellen import gesprek, gezin, locatie, medewerker_locatie, ouder

AMSTERDAM = "Europe/Amsterdam"
"""The zone of who belongs to no location yet."""

_plek, _ouder, _gezin = locatie.alias("zone_plek"), ouder.alias("zone_ouder"), gezin.alias("zone_gezin")
_VAN_OUDER = (
    sa.select(_plek.c.tijdzone)
    .join(_gezin, _gezin.c.locatie_id == _plek.c.id)
    .join(_ouder, _ouder.c.gezin_id == _gezin.c.id)
    .where(_ouder.c.id == gesprek.c.ouder_id)
    .correlate(gesprek)
    .scalar_subquery()
)
_VAN_COLLEGA = (
    sa.select(_plek.c.tijdzone)
    .join(medewerker_locatie, medewerker_locatie.c.locatie_id == _plek.c.id)
    .where(medewerker_locatie.c.medewerker_id == gesprek.c.medewerker_id)
    .order_by(_plek.c.id)
    .limit(1)
    .correlate(gesprek)
    .scalar_subquery()
)
ZONE: Any = sa.func.coalesce(_VAN_OUDER, _VAN_COLLEGA, sa.literal_column(f"'{AMSTERDAM}'"))
"""For a select from ``gesprek``: the zone of the parent's location, or of a colleague's first one."""
