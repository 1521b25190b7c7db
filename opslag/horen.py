"""Who may hear a voice note: asked at the moment it is sent or played, whatever was true when it was spoken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from opslag import rechten, woorden
from opslag.database import Sessie
from opslag.spraaknotas import VAN_ONS, bij, bij_vraag
from opslag.tabellen import afmeldreden, gesprek, medewerker, spraaknota, vraag, waardering

_n = spraaknota.c


@dataclass(frozen=True, slots=True)
class Nota:
    """A note for somebody who may hear it. ``hier``: spoken on the account of the chat that asks."""

    nummer: int
    media: str
    hier: bool
    status: str
    fout: str
    inhoud: bytes | None
    tekst: bytes | None
    duur: int
    ontvangen: datetime


def voor(sessie: Sessie, gesprek_id: int, nummer: int) -> Nota | None:
    """The note, when who is in this chat may hear it now: a colleague while it waits to be handled at an own location
    (confidential reasons for who leads), or the parent whom it answers. None for everybody else, and once it is wiped.
    """
    ik = sessie.execute(
        sa.select(gesprek.c.kanaal, gesprek.c.account, medewerker.c.id.label("medewerker_id"))
        .outerjoin(medewerker, (medewerker.c.id == gesprek.c.medewerker_id) & medewerker.c.actief)
        .where(gesprek.c.id == gesprek_id)
    ).first()
    if ik is None:
        return None
    mag: Any = _n.naar_gesprek_id == gesprek_id
    if ik.medewerker_id:
        mag = mag | _mag_collega(ik.medewerker_id)
    r = sessie.execute(
        sa.select(spraaknota, gesprek.c.kanaal, gesprek.c.account)
        .join(gesprek, gesprek.c.id == _n.gesprek_id)
        .where(_n.id == nummer, mag)
    ).first()
    if r is None:
        return None
    hier = (r.kanaal, r.account) == (ik.kanaal, ik.account) and not r.media.startswith(VAN_ONS)
    return Nota(r.id, r.media, hier, r.status, r.fout, r.inhoud, r.tekst, r.duur or 0, r.ontvangen)


def _mag_collega(medewerker_id: int) -> Any:
    """That it waits with a question, a reason or an experience which this colleague may handle."""
    van_vraag = bij_vraag().where(vraag.c.locatie_id.in_(rechten.eigen(medewerker_id)))
    reden = bij(afmeldreden).where(woorden.mag_reden(medewerker_id))
    ervaring = bij(waardering).where(woorden.mag_ervaring(medewerker_id))
    return van_vraag.exists() | reden.exists() | ervaring.exists()


def in_browser(sessie: Sessie, adres: str, nummer: int) -> Nota | None:
    """The note, when who is in the browser chat at this address may hear it now."""
    chat = gesprek.c
    gesprek_id = sessie.scalar(sa.select(chat.id).where(chat.kanaal == "web", chat.adres == adres))
    return voor(sessie, gesprek_id, nummer) if gesprek_id is not None else None
