"""Voice notes: asked for in a turn, fetched and written out by a loop, heard by who may, wiped when handled.

What is kept here is encrypted by ``bot`` (docs/besluiten/0012-spraak.md); this module never sees sound or words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen.basis import SPRAAKNOTA
from opslag.database import Sessie
from opslag.tabellen import (
    afmeldreden,
    gesprek,
    medewerker,
    ouder,
    spraaknota,
    uitnodiging,
    vraag,
    waardering,
)

VAN_ONS = "web."
"""How the name of a recording begins that was made in our own page: no platform has it."""
LEASE = timedelta(minutes=6)
"""How long one process may work on a note before another may: fetching and writing out three minutes of speech."""
LOS = timedelta(days=1)
"""After this a note that belongs to nothing goes."""
_n = spraaknota.c


@dataclass(frozen=True, slots=True)
class TeDoen:
    """A note to fetch (``inhoud`` None), to write out, or both. ``bij`` is the step whose choice was spoken."""

    nummer: int
    kanaal: str
    account: str
    adres: str
    media: str
    inhoud: bytes | None
    taal: str
    bij: str
    pogingen: int


def verwijzing(nummer: int) -> str:
    """How the outbox names this note."""
    return f"{SPRAAKNOTA}{nummer}"


def neem(sessie: Sessie, gesprek_id: int, media: str, nu: datetime, bij: str = "", *, verstaan: bool = False) -> int:
    """This recording is wanted; its number. One that was uploaded here waits only to be written out (``verstaan``)."""
    er_al = sessie.execute(
        sa.select(_n.id, _n.tekst).where(_n.gesprek_id == gesprek_id, _n.media == media)
    ).first()  # fmt: skip
    if er_al is None:
        nieuw = {"gesprek_id": gesprek_id, "media": media, "bij": bij, "ontvangen": nu, "niet_voor": nu}
        maak = spraaknota.insert().values(nieuw).returning(_n.id)
        return int(sessie.execute(maak).scalar_one())
    if verstaan and er_al.tekst is None:
        weer = {"status": "gevraagd", "niet_voor": nu, "bij": bij, "pogingen": 0}
        sessie.execute(spraaknota.update().where(_n.id == er_al.id, _n.status != "mislukt").values(weer))
    return int(er_al.id)


def leg_neer(
    sessie: Sessie, kanaal: str, account: str, adres: str, media: str, inhoud: bytes, duur: int, nu: datetime
) -> bool:
    """Keep what was recorded in our own page. False when nobody is known in that chat: then nothing is kept."""
    g = gesprek.c
    wie = sa.select(g.id).where(g.kanaal == kanaal, g.account == account, g.adres == adres)
    gesprek_id = sessie.scalar(wie.where(g.ouder_id.is_not(None) | g.medewerker_id.is_not(None)))
    if gesprek_id is None:
        return False
    if sessie.scalar(sa.select(_n.id).where(_n.gesprek_id == gesprek_id, _n.media == media)) is None:
        waarden = {"gesprek_id": gesprek_id, "media": media, "inhoud": inhoud, "duur": duur}
        sessie.execute(spraaknota.insert().values(**waarden, status="binnen", ontvangen=nu))
    return True


def stuur_naar(sessie: Sessie, nummer: int, gesprek_id: int) -> None:
    """This note of a colleague goes to that chat: who is there may hear it."""
    sessie.execute(spraaknota.update().where(_n.id == nummer).values(naar_gesprek_id=gesprek_id))


# The loop that fetches


def claim(sessie: Sessie, accounts: Sequence[tuple[str, str]], nu: datetime, meest: int) -> list[TeDoen]:
    """Notes to work on now, oldest first: to fetch from these (kanaal, account), or only to write out. Nobody else
    gets them before ``LEASE`` is over; each claim counts as a try.
    """
    van = [sa.and_(gesprek.c.kanaal == kanaal, gesprek.c.account == account) for kanaal, account in accounts]
    kandidaat = spraaknota.alias("kandidaat")
    welke = (
        sa.select(kandidaat.c.id)
        .join(gesprek, gesprek.c.id == kandidaat.c.gesprek_id)
        .where(kandidaat.c.status == sa.literal_column("'gevraagd'"), kandidaat.c.niet_voor <= nu)
        .where(sa.or_(kandidaat.c.inhoud.is_not(None), *van))
        .order_by(kandidaat.c.niet_voor, kandidaat.c.id)
        .limit(meest)
        .with_for_update(of=kandidaat, skip_locked=True)
    )
    neem_ = spraaknota.update().where(_n.id.in_(welke)).values(niet_voor=nu + LEASE, pogingen=_n.pogingen + 1)
    nummers = list(sessie.scalars(neem_.returning(_n.id)))
    if not nummers:
        return []
    g = gesprek.c
    rijen = sessie.execute(
        sa.select(_n.id, g.kanaal, g.account, g.adres, _n.media, _n.inhoud, _n.bij, _n.pogingen)
        .add_columns(sa.func.coalesce(ouder.c.taal, medewerker.c.taal, "nl").label("taal"))
        .join(gesprek, g.id == _n.gesprek_id)
        .outerjoin(ouder, ouder.c.id == g.ouder_id)
        .outerjoin(medewerker, medewerker.c.id == g.medewerker_id)
        .where(_n.id.in_(nummers))
        .order_by(_n.id)
    )
    return [TeDoen(r.id, r.kanaal, r.account, r.adres, r.media, r.inhoud, r.taal, r.bij, r.pogingen) for r in rijen]


def bewaar(sessie: Sessie, nummer: int, inhoud: bytes, duur: int) -> bool:
    """Fetched: it can be heard, and is still to be written out. False when it is not wanted any more."""
    return _zet(sessie, nummer, inhoud=inhoud, duur=duur)


def later(sessie: Sessie, nummer: int, op: datetime) -> None:
    """Not now: again from this moment (UTC)."""
    _zet(sessie, nummer, niet_voor=op)


def klaar(sessie: Sessie, nummer: int, tekst: bytes | None) -> bool:
    """All that can be done is done, with the words if there are any. True for one caller only."""
    return _zet(sessie, nummer, status="binnen", tekst=tekst, niet_voor=None)


def mislukt(sessie: Sessie, nummer: int, fout: str) -> bool:
    """It cannot be heard: nothing of it is kept but why. True for one caller only."""
    return _zet(sessie, nummer, status="mislukt", fout=fout[:20], inhoud=None, tekst=None, niet_voor=None)


def _zet(sessie: Sessie, nummer: int, **waarden: Any) -> bool:
    open_ = spraaknota.update().where(_n.id == nummer, _n.status == "gevraagd")
    return sessie.execute(open_.values(waarden)).rowcount == 1


# What it belongs to


def bij_vraag() -> Any:
    """The questions of the speaker of a note (of a statement with ``gesprek``) that were asked with it."""
    bij = sa.select(vraag.c.id).where(vraag.c.ouder_id == gesprek.c.ouder_id, vraag.c.media == _n.media)
    return bij.correlate(spraaknota, gesprek)


def bij(tabel: Any) -> Any:
    """The same for reasons or experiences."""
    bij = sa.select(tabel.c.id).join(uitnodiging, uitnodiging.c.id == tabel.c.uitnodiging_id)
    bij = bij.where(uitnodiging.c.ouder_id == gesprek.c.ouder_id, tabel.c.media == _n.media)
    return bij.correlate(spraaknota, gesprek)


def nummer_van(media: Any, ouder_id: Any) -> Any:
    """The number of the note of this parent (columns of another statement), to use as a column; NULL for none."""
    nota, chat = spraaknota.alias("nota"), gesprek.alias("nota_chat")
    return (
        sa.select(sa.func.max(nota.c.id))
        .join(chat, chat.c.id == nota.c.gesprek_id)
        .where(nota.c.media == media, chat.c.ouder_id == ouder_id)
        .scalar_subquery()
    )


def te_horen(media: str | None, nummer: int | None, *, hier: bool) -> str:
    """How a recording is named for the chat that asks: by its note when we keep one, else as the platform calls it
    when that can be played there (``hier``), else ''.
    """
    if not media:
        return ""
    return verwijzing(nummer) if nummer else media if hier and not media.startswith(VAN_ONS) else ""


# Wiping


def wis(sessie: Sessie, ouder_id: int | None, media: str | None) -> None:
    """Handled: the note of this parent goes."""
    if ouder_id is not None and media:
        van = sa.select(gesprek.c.id).where(gesprek.c.ouder_id == ouder_id)
        sessie.execute(spraaknota.delete().where(_n.media == media, _n.gesprek_id.in_(van)))


def wis_ongebruikt(sessie: Sessie, gesprek_id: int, media: str) -> None:
    """What was recorded in our own page and nothing was done with."""
    sessie.execute(spraaknota.delete().where(_n.gesprek_id == gesprek_id, _n.media == media))


def wis_van(sessie: Sessie, ouder_id: int) -> None:
    """Every note that this parent spoke, also in a chat that stays because a colleague has it too."""
    van = sa.select(gesprek.c.id).where(gesprek.c.ouder_id == ouder_id)
    sessie.execute(spraaknota.delete().where(_n.gesprek_id.in_(van)))


def oud(grens: datetime) -> Any:
    """The statement that wipes what was received before this moment."""
    return spraaknota.delete().where(_n.ontvangen < grens)


def losse(nu: datetime) -> Any:
    """The statement that wipes what belongs to nothing: not to a question, a reason, an experience or an answer."""
    oud_ = sa.select(_n.id).join(gesprek, gesprek.c.id == _n.gesprek_id)
    oud_ = oud_.where(_n.ontvangen < nu - LOS, _n.naar_gesprek_id.is_(None))
    for houdt in (bij_vraag(), bij(afmeldreden), bij(waardering)):
        oud_ = oud_.where(~houdt.exists())
    return spraaknota.delete().where(_n.id.in_(oud_))
