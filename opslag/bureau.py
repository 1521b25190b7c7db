"""Who may be at the desk: one-time links from the chat, browsers that are in, and what their colleague may see.

There are no passwords. A link and a key in a cookie are 256 random bits; of both only a hash is kept.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from opslag import audit
from opslag.database import Sessie
from opslag.tabellen import bureaulink, bureausessie, locatie, medewerker, medewerker_locatie

LINK = timedelta(minutes=5)
"""How long a link opens the desk, once."""
ZITTING = timedelta(hours=12)
"""How long a browser stays in."""


@dataclass(frozen=True, slots=True)
class Locatie:
    """A location that this colleague may look at."""

    nummer: int
    naam: str
    tijdzone: str


@dataclass(frozen=True, slots=True)
class Bezoeker:
    """A colleague at the desk, as they are at this moment: role and own locations are looked up at every request."""

    sessie: int
    medewerker: int
    naam: str
    rol: str
    locaties: tuple[Locatie, ...]
    geldig_tot: datetime

    def locatie(self, nummer: int) -> Locatie | None:
        """An own location by its number; None for another's."""
        return next((waar for waar in self.locaties if waar.nummer == nummer), None)


@dataclass(frozen=True, slots=True)
class Zitting:
    """One browser of a colleague that is in. Moments are UTC."""

    nummer: int
    apparaat: str
    gemaakt: datetime
    geldig_tot: datetime


def _hash(geheim: str) -> str:
    return hashlib.sha256(geheim.encode()).hexdigest()


def maak_link(sessie: Sessie, medewerker_id: int, nu: datetime) -> str | None:
    """A code that opens the desk once, within ``LINK``; None for a colleague who left. A new one ends the last."""
    actief = sa.select(medewerker.c.id).where(medewerker.c.id == medewerker_id, medewerker.c.actief)
    if sessie.scalar(actief) is None:
        return None
    sessie.execute(bureaulink.delete().where(bureaulink.c.medewerker_id == medewerker_id))
    code = secrets.token_urlsafe(32)
    waarden = {"hash": _hash(code), "medewerker_id": medewerker_id, "geldig_tot": nu + LINK}
    sessie.execute(bureaulink.insert().values(waarden))
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "bureaulink", f"medewerker:{medewerker_id}")
    return code


def open_bureau(sessie: Sessie, code: str, apparaat: str, nu: datetime) -> str | None:
    """Let a browser in: the key for its cookie. None for a link that is unknown, used or too old."""
    link = bureaulink.c
    goed = bureaulink.update().where(link.hash == _hash(code), link.gebruikt.is_(None), link.geldig_tot > nu)
    wie = sessie.scalar(goed.values(gebruikt=nu).returning(link.medewerker_id))
    rol = sessie.scalar(sa.select(medewerker.c.rol).where(medewerker.c.id == wie, medewerker.c.actief))
    if wie is None or rol is None:
        return None
    sleutel = secrets.token_urlsafe(32)
    waarden = {"hash": _hash(sleutel), "medewerker_id": wie, "rol": rol, "apparaat": apparaat[:80], "gemaakt": nu}
    sessie.execute(bureausessie.insert().values(**waarden, geldig_tot=nu + ZITTING))
    audit.leg_vast(sessie, nu, f"medewerker:{wie}", "bureau binnen", f"medewerker:{wie}")
    return sleutel


def bezoeker(sessie: Sessie, sleutel: str, nu: datetime) -> Bezoeker | None:
    """Who the browser with this key is of; None when it is out, its colleague left, or has another role now."""
    s, m = bureausessie.c, medewerker.c
    rij = sessie.execute(
        sa.select(s.id, s.medewerker_id, s.geldig_tot, m.naam, m.rol)
        .join(medewerker, m.id == s.medewerker_id)
        .where(s.hash == _hash(sleutel), s.geldig_tot > nu, s.ingetrokken.is_(None), m.actief, m.rol == s.rol)
    ).first()
    if rij is None:
        return None
    return Bezoeker(rij.id, rij.medewerker_id, rij.naam, rij.rol, _locaties(sessie, rij.medewerker_id), rij.geldig_tot)


def _locaties(sessie: Sessie, medewerker_id: int) -> tuple[Locatie, ...]:
    rijen = sessie.execute(
        sa.select(locatie.c.id, locatie.c.naam, locatie.c.tijdzone)
        .join(medewerker_locatie, medewerker_locatie.c.locatie_id == locatie.c.id)
        .where(medewerker_locatie.c.medewerker_id == medewerker_id)
        .order_by(locatie.c.naam, locatie.c.id)
    )
    return tuple(Locatie(r.id, r.naam, r.tijdzone) for r in rijen)


def zittingen(sessie: Sessie, medewerker_id: int, nu: datetime) -> Sequence[Zitting]:
    """The browsers of this colleague that are in, the newest first."""
    s = bureausessie.c
    rijen = sessie.execute(
        sa.select(s.id, s.apparaat, s.gemaakt, s.geldig_tot)
        .where(s.medewerker_id == medewerker_id, s.geldig_tot > nu, s.ingetrokken.is_(None))
        .order_by(s.id.desc())
    )
    return [Zitting(r.id, r.apparaat, r.gemaakt, r.geldig_tot) for r in rijen]


def trek_in(sessie: Sessie, medewerker_id: int, nummer: int | None, nu: datetime) -> int:
    """Put one browser of this colleague out, or all of them (None); how many."""
    s = bureausessie.c
    welke: list[Any] = [s.medewerker_id == medewerker_id, s.ingetrokken.is_(None), s.geldig_tot > nu]
    if nummer is not None:
        welke.append(s.id == nummer)
    weg: int = sessie.execute(bureausessie.update().where(*welke).values(ingetrokken=nu)).rowcount
    if weg:
        audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "bureau uit", f"medewerker:{medewerker_id}", str(weg))
    return weg


def ruim_op(sessie: Sessie, nu: datetime) -> int:
    """Forget links and browsers that are over for a day; how many."""
    toen = nu - timedelta(days=1)
    weg: int = sessie.execute(bureaulink.delete().where(bureaulink.c.geldig_tot < toen)).rowcount
    weg += sessie.execute(bureausessie.delete().where(bureausessie.c.geldig_tot < toen)).rowcount
    return weg


def zag(sessie: Sessie, wie: Bezoeker, wat: str, op: str, nu: datetime, details: str = "") -> None:
    """A colleague saw names or took an export: it stands in the audit log."""
    audit.leg_vast(sessie, nu, f"medewerker:{wie.medewerker}", wat, op, details)
