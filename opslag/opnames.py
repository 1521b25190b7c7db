"""Recordings by people: asked for in a turn, fetched after it, approved by a colleague. They go before the computer.

A recording is of the own location. What a beheerder records without the location's name in it is for all.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen.kantoor import Opname
from dialogen.opnames import ACTIVITEIT, EIGEN_TIP, in_te_spreken, van_plaats, woordhash
from dialogen.teksten import TALEN
from opslag import audit, bijlagen, rechten
from opslag.database import Sessie
from opslag.tabellen import activiteit, bijlage, gesprek, medewerker, opname, tip

MEEST = 40
"""Recordings in the list of a colleague."""
BEZIG = timedelta(minutes=2)
"""So long one that is being fetched is left to who does it."""
POGINGEN = 5
_o = opname.c


@dataclass(frozen=True, slots=True)
class TeHalen:
    """A recording to fetch: the platform's file id, the chat it came from, and how often it was tried."""

    nummer: int
    kanaal: str
    account: str
    adres: str
    gesprek_id: int
    taal: str
    media: str
    poging: int


def _locatie(sessie: Sessie, medewerker_id: int, wat: str) -> tuple[bool, int | None]:
    """(may, location or None for all): the location of an activity or of an own tip, else the colleague's first."""
    eigen = list(sessie.scalars(rechten.eigen(medewerker_id)))
    for begin, tabel in ((ACTIVITEIT, activiteit), (EIGEN_TIP, tip)):
        if wat.startswith(begin):
            nummer = wat.removeprefix(begin)
            van = sa.select(tabel.c.locatie_id).where(tabel.c.id == int(nummer)) if nummer.isdecimal() else None
            hier = sessie.scalar(van) if van is not None else None
            return hier in eigen, hier
    rol = sessie.scalar(sa.select(medewerker.c.rol).where(medewerker.c.id == medewerker_id))
    if rol == "beheerder" and not van_plaats(wat):
        return bool(eigen), None
    return bool(eigen), min(eigen, default=None)


def vraag_aan(
    sessie: Sessie, medewerker_id: int, gesprek_id: int, wat: str, taal: str, spreker: str, media: str, nu: datetime
) -> int | None:
    """Something was spoken and is to be fetched; its number, None when this is not this colleague's to record."""
    mag, locatie_id = _locatie(sessie, medewerker_id, wat)
    if not (mag and media and in_te_spreken(wat) and taal in TALEN):
        return None
    naam = sessie.scalar(sa.select(medewerker.c.naam).where(medewerker.c.id == medewerker_id))
    waarden: dict[str, Any] = {
        "locatie_id": locatie_id, "wat": wat, "taal": taal, "tekst": woordhash(wat, taal), "gemaakt": nu,
        "spreker": (spreker or naam or "")[:100], "medewerker_id": medewerker_id, "media": media,
        "gesprek_id": gesprek_id, "niet_voor": nu,
    }  # fmt: skip
    nummer: int = sessie.execute(opname.insert().values(waarden).returning(_o.id)).scalar_one()
    return nummer


# Fetching


def claim(sessie: Sessie, kanalen: Collection[tuple[str, str]], nu: datetime, meest: int) -> list[TeHalen]:
    """Take what is to be fetched now from these (channel, account); who dies with it leaves it to others."""
    van = [sa.and_(gesprek.c.kanaal == kanaal, gesprek.c.account == account) for kanaal, account in kanalen]
    wacht = (
        sa.select(_o.id, gesprek.c.kanaal, gesprek.c.account, gesprek.c.adres, _o.gesprek_id, _o.media, _o.pogingen,
                  medewerker.c.taal)
        .join(gesprek, gesprek.c.id == _o.gesprek_id)
        .join(medewerker, medewerker.c.id == _o.medewerker_id)
        .where(_o.status == sa.literal_column("'gevraagd'"), _o.niet_voor <= nu, sa.or_(sa.false(), *van))
        .order_by(_o.id)
        .limit(meest)
        .with_for_update(of=opname, skip_locked=True)
    )  # fmt: skip
    rijen = sessie.execute(wacht).all()
    if rijen:
        sessie.execute(
            opname.update()
            .where(_o.id.in_([r.id for r in rijen]))
            .values(niet_voor=nu + BEZIG, pogingen=_o.pogingen + 1)
        )
    return [TeHalen(r.id, r.kanaal, r.account, r.adres, r.gesprek_id, r.taal, r.media, r.pogingen + 1) for r in rijen]


def binnen(sessie: Sessie, nummer: int, inhoud: bytes, duur: int, nu: datetime) -> bool:
    """It was fetched and can be listened to; False when somebody had it already."""
    if sessie.scalar(sa.select(_o.id).where(_o.id == nummer, _o.status == "gevraagd").with_for_update()) is None:
        return False
    naam = bijlagen.bewaar(sessie, bijlagen.GELUID, inhoud, nu, duur)
    sessie.execute(opname.update().where(_o.id == nummer).values(status="nieuw", bijlage=naam, media=""))
    return True


def later(sessie: Sessie, nummer: int, op: datetime) -> None:
    """Not now: again from ``op``."""
    sessie.execute(opname.update().where(_o.id == nummer, _o.status == "gevraagd").values(niet_voor=op))


def onbruikbaar(sessie: Sessie, nummer: int) -> bool:
    """It is no recording; nothing of it is kept. False when somebody had it already."""
    return sessie.execute(opname.delete().where(_o.id == nummer, _o.status == "gevraagd")).rowcount > 0


# Approving


def _eigen(medewerker_id: int) -> Any:
    """The recordings that this colleague may judge: of the own locations; those for all only a beheerder."""
    m = medewerker.c
    beheert = sa.select(m.id).where(m.id == medewerker_id, m.actief, m.rol == "beheerder").exists()
    return _o.locatie_id.in_(rechten.eigen(medewerker_id)) | (_o.locatie_id.is_(None) & beheert)


def keur(sessie: Sessie, medewerker_id: int, nummer: int, goed: bool, nu: datetime) -> bool:
    """From now on it is heard (an older one of the same speaker no more), or it goes. False when it is not theirs."""
    rij = sessie.execute(
        sa.select(opname)
        .where(_o.id == nummer, _eigen(medewerker_id), _o.status.in_(("nieuw", "goed")))
        .with_for_update()
    ).first()
    if rij is None:
        return False
    if goed:
        zelfde = (
            _o.wat == rij.wat,
            _o.taal == rij.taal,
            _o.spreker == rij.spreker,
            _o.status == "goed",
            _o.id != nummer,
        )
        waar = _o.locatie_id.is_(None) if rij.locatie_id is None else _o.locatie_id == rij.locatie_id
        sessie.execute(opname.update().where(*zelfde, waar).values(status="vervangen"))
    status = "goed" if goed else "afgekeurd"
    sessie.execute(opname.update().where(_o.id == nummer).values(status=status, gekeurd_door=medewerker_id))
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "opname", f"opname:{nummer}", status)
    return True


def vergeet_van(sessie: Sessie, activiteit_id: int) -> None:
    """The plan of an activity changed: what was said of it is no longer so."""
    van = (_o.wat == f"{ACTIVITEIT}{activiteit_id}", _o.status.in_(("nieuw", "goed")))
    sessie.execute(opname.update().where(*van).values(status="vervangen"))


def voor_collega(sessie: Sessie, medewerker_id: int) -> tuple[Opname, ...]:
    """What there is to hear for the own locations, newest first, ``MEEST`` at most."""
    eigen = _o.locatie_id.in_(rechten.eigen(medewerker_id)) | _o.locatie_id.is_(None)
    rijen = sessie.execute(
        sa.select(_o.id, _o.wat, _o.taal, _o.spreker, _o.status, _o.bijlage, _o.tekst, _o.locatie_id, bijlage.c.duur)
        .add_columns(sa.case((_eigen(medewerker_id), 1), else_=0).label("mag"))
        .join(bijlage, bijlage.c.hash == _o.bijlage)
        .where(eigen, _o.status.in_(("nieuw", "goed")))
        .where(sa.exists(rechten.eigen(medewerker_id)))
        .order_by(_o.id.desc())
        .limit(MEEST)
    )
    return tuple(
        Opname(
            r.id, r.wat, r.taal, r.spreker, r.status == "goed", r.bijlage, round((r.duur or 0) / 1000),
            r.tekst != woordhash(r.wat, r.taal), r.locatie_id is None, bool(r.mag),
        )
        for r in rijen
    )  # fmt: skip
