"""Keys that let a program read the counts of one location. Of a key only a hash is kept; it is shown once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from opslag import audit
from opslag.bureau import Locatie
from opslag.database import Sessie
from opslag.rechten import leidt, mag_locatie
from opslag.tabellen import apisleutel, locatie

KENMERK = "inloop_"
"""What every key begins with, so that it is recognised where it should not be."""
UUR = timedelta(hours=1)
"""How often at most it is written that a key is used."""


@dataclass(frozen=True, slots=True)
class Sleutel:
    """A key as the page shows it. Moments are UTC."""

    nummer: int
    naam: str
    gemaakt: datetime
    gebruikt: datetime | None


@dataclass(frozen=True, slots=True)
class Houder:
    """Who reads: the number of the key and its location. ``ververs``: that it is used should be written again."""

    sleutel: int
    waar: Locatie
    ververs: bool


def _hash(sleutel: str) -> str:
    return hashlib.sha256(sleutel.encode()).hexdigest()


def _mag(sessie: Sessie, medewerker_id: int, locatie_id: int) -> bool:
    return mag_locatie(sessie, medewerker_id, locatie_id) and bool(sessie.scalar(sa.select(leidt(medewerker_id))))


def maak(sessie: Sessie, medewerker_id: int, locatie_id: int, naam: str, nu: datetime) -> str | None:
    """A new key for a location; None for who does not coordinate it."""
    if not _mag(sessie, medewerker_id, locatie_id):
        return None
    sleutel = KENMERK + secrets.token_urlsafe(32)
    waarden = {"hash": _hash(sleutel), "locatie_id": locatie_id, "naam": naam[:80], "medewerker_id": medewerker_id}
    nummer = sessie.scalar(apisleutel.insert().values(**waarden, gemaakt=nu).returning(apisleutel.c.id))
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "apisleutel", f"locatie:{locatie_id}", str(nummer))
    return sleutel


def trek_in(sessie: Sessie, medewerker_id: int, locatie_id: int, nummer: int, nu: datetime) -> bool:
    """End a key of this location; whether there was one to end, by somebody who may."""
    if not _mag(sessie, medewerker_id, locatie_id):
        return False
    a = apisleutel.c
    welke = apisleutel.update().where(a.id == nummer, a.locatie_id == locatie_id, a.ingetrokken.is_(None))
    if not sessie.execute(welke.values(ingetrokken=nu)).rowcount:
        return False
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "apisleutel weg", f"locatie:{locatie_id}", str(nummer))
    return True


def sleutels(sessie: Sessie, locatie_id: int) -> Sequence[Sleutel]:
    """The keys of a location that work, the newest first."""
    a = apisleutel.c
    vraag = sa.select(a.id, a.naam, a.gemaakt, a.gebruikt).where(a.locatie_id == locatie_id, a.ingetrokken.is_(None))
    return [Sleutel(*rij) for rij in sessie.execute(vraag.order_by(a.id.desc()))]


def zoek(sessie: Sessie, sleutel: str, nu: datetime) -> Houder | None:
    """What this key opens; None for one that is unknown or ended."""
    a = apisleutel.c
    rij = sessie.execute(
        sa.select(a.id, a.gebruikt, locatie.c.id.label("waar"), locatie.c.naam, locatie.c.tijdzone)
        .join(locatie, locatie.c.id == a.locatie_id)
        .where(a.hash == _hash(sleutel), a.ingetrokken.is_(None))
    ).first()
    if rij is None:
        return None
    return Houder(rij.id, Locatie(rij.waar, rij.naam, rij.tijdzone), rij.gebruikt is None or nu - rij.gebruikt > UUR)


def gebruikt(sessie: Sessie, nummer: int, nu: datetime) -> None:
    """This key was used."""
    sessie.execute(apisleutel.update().where(apisleutel.c.id == nummer).values(gebruikt=nu))
