"""Sound and pictures, kept once by what they are, and what the platforms call them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from opslag.database import Sessie
from opslag.tabellen import bijlage, platformbestand

GELUID, BEELD = "geluid", "beeld"
MEEST = 5 * 1024 * 1024
"""Bytes of one attachment at most; the platforms take more of sound, and of pictures 5 MB (WhatsApp's limit)."""
BESTAND = 256
"""Characters of a platform's file id at most; a longer one is not remembered."""


@dataclass(frozen=True, slots=True)
class Bewaard:
    """An attachment as it is kept. ``duur`` in milliseconds, 0 for a picture."""

    hash: str
    soort: str
    inhoud: bytes
    duur: int = 0


def hash_van(inhoud: bytes) -> str:
    """The name of these bytes: their SHA-256 in hex."""
    return hashlib.sha256(inhoud).hexdigest()


def bewaar(sessie: Sessie, soort: str, inhoud: bytes, nu: datetime, duur: int = 0) -> str:
    """Keep bytes ('geluid' or 'beeld'), once however often they come; their hash. ``duur`` in milliseconds.

    Raises ``ValueError`` for nothing, and for more than ``MEEST`` bytes.
    """
    if not 0 < len(inhoud) <= MEEST:
        raise ValueError(f"een bijlage is 1 tot {MEEST} bytes, niet {len(inhoud)}")
    naam = hash_van(inhoud)
    maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    waarden = {"hash": naam, "soort": soort, "inhoud": inhoud, "duur": duur or None, "gemaakt": nu}
    sessie.execute(maak(bijlage).values(waarden).on_conflict_do_nothing(index_elements=["hash"]))
    return naam


def haal(sessie: Sessie, naam: str) -> Bewaard | None:
    """The attachment with this hash, or None."""
    rij = sessie.execute(sa.select(bijlage).where(bijlage.c.hash == naam)).first()
    return Bewaard(rij.hash, rij.soort, bytes(rij.inhoud), rij.duur or 0) if rij else None


def platform(sessie: Sessie, kanaal: str, account: str, namen: Iterable[str]) -> dict[str, str]:
    """The platform's own file ids of these bytes (by hash), in one statement; what it has not is not in it."""
    p = platformbestand.c
    waar = (p.kanaal == kanaal, p.account == account, p.hash.in_(set(namen)))
    return {rij.hash: rij.bestand for rij in sessie.execute(sa.select(p.hash, p.bestand).where(*waar))}


def onthoud(sessie: Sessie, kanaal: str, account: str, bestanden: Mapping[str, str], nu: datetime) -> None:
    """These bytes (hash → file id) were uploaded; a newer file id takes the place of an older one."""
    rijen = [
        {"kanaal": kanaal, "account": account, "hash": naam, "bestand": bestand, "gemaakt": nu}
        for naam, bestand in bestanden.items()
        if 0 < len(bestand) <= BESTAND
    ]
    if not rijen:
        return
    maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    nieuw = maak(platformbestand)
    anders = {"bestand": nieuw.excluded.bestand, "gemaakt": nieuw.excluded.gemaakt}
    sessie.execute(nieuw.on_conflict_do_update(index_elements=["kanaal", "account", "hash"], set_=anders), rijen)


def vergeet(sessie: Sessie, kanaal: str, account: str, naam: str, bestand: str) -> None:
    """The platform no longer knows this file id; a newer one stays."""
    p = platformbestand.c
    waar = (p.kanaal == kanaal, p.account == account, p.hash == naam, p.bestand == bestand)
    sessie.execute(platformbestand.delete().where(*waar))
