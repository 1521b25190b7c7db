"""Messages to a colleague that change themselves: how far the sending is, then who comes.

A row of ``levend`` is one such message in one chat. What it says was put in the outbox; a change is a new row of the
outbox that replaces the message of the last one, by the platform's own id of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Bericht
from dialogen.kantoor import Activiteit, Zending
from opslag import kantoor, postvak
from opslag.berichten import bericht_json
from opslag.database import Sessie
from opslag.gesprekken import Sleutel
from opslag.rechten import WERKEN
from opslag.tabellen import (
    aanmelding,
    activiteit,
    gesprek,
    levend,
    medewerker,
    medewerker_locatie,
    postvak_uit,
    verzending,
)
from opslag.tellingen import ZENDING, als_zending, nog_onderweg


@dataclass(frozen=True, slots=True)
class Levend:
    """A living message. ``extern`` is the platform's id of it, '' while it is on its way; ``weg``: it never arrived, or
    its reader may not see it any more. ``activiteit`` and ``zending`` are what it tells of, ``eind`` when that is over.
    """

    nummer: int
    gesprek_id: int
    sleutel: Sleutel
    taal: str
    toont: str
    gewijzigd: datetime
    extern: str
    weg: bool
    activiteit: int
    eind: datetime
    afgelast: bool
    zending: Zending


def volg(sessie: Sessie, gesprek_id: int, verzending_id: int, toont: str, nu: datetime) -> None:
    """From now on the newest message in this chat, which shows this, lives along with this broadcast; an earlier one
    about the same activity changes no more.
    """
    v = levend.c
    activiteit_id = sessie.scalar(sa.select(verzending.c.activiteit_id).where(verzending.c.id == verzending_id))
    hier = (v.gesprek_id == gesprek_id) & (v.activiteit_id == activiteit_id) & v.klaar.is_(None)
    sessie.execute(levend.update().where(hier).values(klaar=nu))
    uit = sa.select(sa.func.max(postvak_uit.c.id)).where(postvak_uit.c.gesprek_id == gesprek_id).scalar_subquery()
    waarden = {"gesprek_id": gesprek_id, "activiteit_id": activiteit_id, "verzending_id": verzending_id}
    sessie.execute(levend.insert().values(**waarden, uit_id=uit, toont=toont, gewijzigd=nu))


def open_(sessie: Sessie) -> list[Levend]:
    """The messages that still change, in one statement."""
    g, a, m = gesprek.c, activiteit.c, medewerker.c
    eigen = sa.exists().where(
        medewerker_locatie.c.medewerker_id == m.id, medewerker_locatie.c.locatie_id == a.locatie_id
    )
    mag = m.actief & m.rol.in_(WERKEN) & eigen & g.onbereikbaar.is_(None)
    vraag = (
        sa.select(
            levend.c.id.label("levend_id"), levend.c.toont, levend.c.gewijzigd, levend.c.activiteit_id,
            g.id.label("gesprek_id"), g.kanaal, g.account, g.adres, m.taal, a.begin, a.duur, a.afgelast,
            postvak_uit.c.status, postvak_uit.c.extern_id, sa.case((mag, 1), else_=0).label("mag"),
            *ZENDING, nog_onderweg().label("wacht"),
        )
        .join(gesprek, g.id == levend.c.gesprek_id)
        .join(activiteit, a.id == levend.c.activiteit_id)
        .join(verzending, verzending.c.id == levend.c.verzending_id)
        .outerjoin(medewerker, m.id == g.medewerker_id)
        .outerjoin(postvak_uit, postvak_uit.c.id == levend.c.uit_id)
        .where(levend.c.klaar.is_(None))
    )  # fmt: skip
    return [_levend(rij) for rij in sessie.execute(vraag)]


def _levend(rij: Any) -> Levend:
    return Levend(
        rij.levend_id, rij.gesprek_id, Sleutel(rij.kanaal, rij.account, rij.adres), rij.taal or "nl",
        rij.toont, rij.gewijzigd,
        extern=(rij.extern_id or "") if rij.status == "verzonden" else "",
        weg=not rij.mag or rij.status in {None, "geweigerd", "vervallen"},
        activiteit=rij.activiteit_id,
        eind=rij.begin + timedelta(minutes=rij.duur),
        afgelast=rij.afgelast is not None,
        zending=als_zending(rij, "", bool(rij.wacht)),
    )  # fmt: skip


def laatste_antwoord(sessie: Sessie) -> int:
    """The number of the last answer of anybody: when it is the same, no count has changed."""
    return sessie.scalar(sa.select(sa.func.max(aanmelding.c.id))) or 0


def activiteiten(sessie: Sessie, nummers: Sequence[int]) -> dict[int, Activiteit]:
    """These activities with their counts, in a few statements for all."""
    return kantoor.met_nummers(sessie, sorted(set(nummers)))


def verander(
    sessie: Sessie, wat: Levend, toont: str, bericht: Bericht | None, nu: datetime, *, klaar: bool = False
) -> bool:
    """The message says this from now on (None: it stays as it is); ``klaar`` when it changes no more.

    Whether it was done: not when somebody else (another process) changed it first.
    """
    v = levend.c
    waarden: dict[str, Any] = {"toont": toont[:200], "gewijzigd": nu, "klaar": nu if klaar else None}
    zelfde = (v.id == wat.nummer) & (v.toont == wat.toont) & (v.gewijzigd == wat.gewijzigd) & v.klaar.is_(None)
    if sessie.execute(levend.update().where(zelfde).values(waarden)).rowcount != 1:
        return False
    if bericht is not None:
        rij = postvak.uit_rij(
            wat.gesprek_id, wat.sleutel, bericht_json(bericht), wat.taal, nu, postvak.AAN_TEAM, vervangt=wat.extern
        )
        uit = sessie.scalar(postvak_uit.insert().values(rij).returning(postvak_uit.c.id))
        sessie.execute(levend.update().where(v.id == wat.nummer).values(uit_id=uit))
    return True
