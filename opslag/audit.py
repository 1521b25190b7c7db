"""The audit log: who did what to what, without names or texts."""

from __future__ import annotations

from datetime import datetime

from opslag.database import Sessie
from opslag.tabellen import audit

_ERBIJ = audit.insert()


def leg_vast(sessie: Sessie, nu: datetime, wie: str, wat: str, op: str, details: str = "") -> None:
    """One act, e.g. ``('medewerker:3', 'presentie', 'uitnodiging:12', 'aanwezig')``."""
    sessie.execute(_ERBIJ, {"moment": nu, "wie": wie, "wat": wat, "op": op, "details": details[:300]})
