"""What was spoken before: notes by the words they say, and recordings by people, looked up for many at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from opslag import bijlagen
from opslag.database import Sessie
from opslag.tabellen import bijlage, gesproken, opname

GEBRUIKT = timedelta(days=1)
"""So old the mark of the last use may be before it is written again: once a day is enough to know what is in use."""


@dataclass(frozen=True, slots=True)
class Klank:
    """A sound that is kept: the hash of its bytes, its length in milliseconds, and when its words were last used
    (UTC; None for a recording).
    """

    hash: str
    duur: int
    gebruikt: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gesprokene:
    """An approved recording: of a location (None: of all), and the hash of the words as they were then."""

    locatie: int | None
    hash: str
    duur: int
    tekst: str


def zoek(sessie: Sessie, sleutels: Collection[str]) -> dict[str, Klank]:
    """What was rendered before, by key; what was not is not in it."""
    if not sleutels:
        return {}
    rijen = sessie.execute(
        sa.select(gesproken.c.sleutel, gesproken.c.bijlage, bijlage.c.duur, gesproken.c.gebruikt)
        .join(bijlage, bijlage.c.hash == gesproken.c.bijlage)
        .where(gesproken.c.sleutel.in_(set(sleutels)))
    )
    return {rij.sleutel: Klank(rij.bijlage, rij.duur or 0, rij.gebruikt) for rij in rijen}


def opnames(sessie: Sessie, wat: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Gesprokene]]:
    """Approved recordings of these (subject, language), the newest first."""
    if not wat:
        return {}
    o = opname.c
    rijen = sessie.execute(
        sa.select(o.wat, o.taal, o.locatie_id, o.bijlage, o.tekst, bijlage.c.duur)
        .join(bijlage, bijlage.c.hash == o.bijlage)
        .where(o.status == "goed", o.wat.in_({w for w, _ in wat}), o.taal.in_({t for _, t in wat}))
        .order_by(o.id.desc())
    )
    gevonden: dict[tuple[str, str], list[Gesprokene]] = {}
    for rij in rijen:
        een = Gesprokene(rij.locatie_id, rij.bijlage, rij.duur or 0, rij.tekst)
        gevonden.setdefault((rij.wat, rij.taal), []).append(een)
    return gevonden


def bewaar(sessie: Sessie, sleutel: str, inhoud: bytes, duur: int, nu: datetime) -> None:
    """Keep what these words sound like; who was first stays."""
    naam = bijlagen.bewaar(sessie, bijlagen.GELUID, inhoud, nu, duur)
    maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    waarden = {"sleutel": sleutel, "bijlage": naam, "gebruikt": nu}
    sessie.execute(maak(gesproken).values(waarden).on_conflict_do_nothing(index_elements=["sleutel"]))


def gebruikt(sessie: Sessie, hashes: Collection[str], nu: datetime) -> None:
    """The sounds with these hashes were used now."""
    sessie.execute(gesproken.update().where(gesproken.c.bijlage.in_(hashes)).values(gebruikt=nu))


def inhoud(sessie: Sessie, hashes: Collection[str]) -> Mapping[str, bytes]:
    """The bytes of these sounds."""
    if not hashes:
        return {}
    rijen: Any = sessie.execute(sa.select(bijlage.c.hash, bijlage.c.inhoud).where(bijlage.c.hash.in_(set(hashes))))
    return {rij.hash: bytes(rij.inhoud) for rij in rijen}


def klanken(sessie: Sessie, hashes: Collection[str]) -> dict[str, Klank]:
    """Which of these sounds there are, by hash; they are not rendered, so that their use is not counted."""
    if not hashes:
        return {}
    rijen = sessie.execute(sa.select(bijlage.c.hash, bijlage.c.duur).where(bijlage.c.hash.in_(set(hashes))))
    return {rij.hash: Klank(rij.hash, rij.duur or 0) for rij in rijen}


def een(sessie: Sessie, naam: str, sleutel: str) -> tuple[bytes, int] | None:
    """The bytes and the length of the sound with this hash or, without one, of what is kept by this key."""
    b = bijlage.c
    vraag = sa.select(b.inhoud, b.duur)
    if naam:
        vraag = vraag.where(b.hash == naam)
    else:
        vraag = vraag.join(gesproken, gesproken.c.bijlage == b.hash).where(gesproken.c.sleutel == sleutel)
    rij = sessie.execute(vraag).first()
    return (bytes(rij.inhoud), rij.duur or 0) if rij else None


def omvang(sessie: Sessie) -> int:
    """Bytes of all that is kept as sound."""
    maat = sa.func.coalesce(sa.func.sum(sa.func.length(bijlage.c.inhoud)), 0)
    return int(sessie.execute(sa.select(maat).where(bijlage.c.soort == bijlagen.GELUID)).scalar_one())
