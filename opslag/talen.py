"""In which language we write to a parent, in SQL."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from dialogen.teksten import BRON, GESPROKEN
from opslag.tabellen import ouder


def _schrijftaal() -> Any:
    # Written out, not bound: some of these statements are compiled once (``opslag.snel``).
    gesproken = sa.or_(*(ouder.c.taal == sa.literal_column(f"'{code}'") for code in sorted(GESPROKEN)))
    tweede = sa.func.coalesce(ouder.c.tweede_taal, sa.literal_column(f"'{BRON}'"))
    return sa.case((gesproken, tweede), else_=ouder.c.taal).label("taal")


SCHRIJFTAAL = _schrijftaal()
"""A column ``taal``: what ``dialogen.teksten.schrijftaal`` says of this parent. The language they speak is
``ouder.taal`` itself: that of recordings, of lists for staff and of exports.
"""
