"""Who listens to a message: added to a statement, so that it costs no question of its own."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from opslag.tabellen import gesprek, gezin, ouder, postvak_uit

_hoort = ouder.alias("hoort")  # the parent of the chat, for replies too
_thuis = gezin.alias("thuis")
_VAN_WIE = (
    sa.case((gesprek.c.medewerker_id.is_(None), sa.func.coalesce(postvak_uit.c.vorm, _hoort.c.vorm))).label("vorm"),
    sa.func.coalesce(postvak_uit.c.spreektaal, _hoort.c.taal).label("spreektaal"),
    sa.func.coalesce(postvak_uit.c.locatie_id, _thuis.c.locatie_id).label("luistert_bij"),
)


def van_wie(vraag: Any) -> Any:
    """The same statement, of ``postvak_uit`` with ``gesprek``, with what decides how a message is heard: ``vorm`` (NULL
    for colleagues, who read), ``spreektaal`` and ``luistert_bij``, the location whose recordings are heard.
    """
    met = vraag.add_columns(*_VAN_WIE).outerjoin(_hoort, _hoort.c.id == gesprek.c.ouder_id)
    return met.outerjoin(_thuis, _thuis.c.id == _hoort.c.gezin_id)
