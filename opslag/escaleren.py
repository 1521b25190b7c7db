"""Nobody's question stays open unseen: what the team did not answer in time, the coordinator hears, once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Bericht, Knop, Tekst
from dialogen.teksten import TALEN
from opslag import postvak, team
from opslag.database import Sessie
from opslag.gesprekken import Sleutel
from opslag.tabellen import locatie, ouder, vraag
from opslag.werkdagen import is_stil

SAMEN = 50
"""Questions that one unit of work handles."""


def meld_open_vragen(sessie: Sessie, nu: datetime) -> int:
    """Tell of questions that are open past their day; how many were told now. Nobody is told in quiet hours.

    A location without a coordinator in the chat tells its whole team; without anybody the question waits for the
    first who joins.
    """
    gemeld = 0
    for rij in sessie.execute(_te_laat(nu)).all():
        if is_stil(nu, rij.stil_van, rij.stil_tot, rij.tijdzone):
            continue
        wie = team.gesprekken_van_team(sessie, rij.locatie_id, vertrouwelijk=True)
        wie = wie or team.gesprekken_van_team(sessie, rij.locatie_id)
        if wie and _eerste(sessie, rij.id, nu):
            _meld(sessie, rij, wie, nu)
            gemeld += 1
    return gemeld


def _te_laat(nu: datetime) -> Any:
    return (
        sa.select(vraag.c.id, vraag.c.locatie_id, vraag.c.ouder_id, vraag.c.tekst, vraag.c.media, vraag.c.taal)
        .add_columns(vraag.c.gesteld, ouder.c.naam, locatie.c.stil_van, locatie.c.stil_tot, locatie.c.tijdzone)
        .join(ouder, ouder.c.id == vraag.c.ouder_id)
        .join(locatie, locatie.c.id == vraag.c.locatie_id)
        .where(vraag.c.beantwoord.is_(None), vraag.c.gemeld.is_(None), vraag.c.voor <= nu)
        .where(team.heeft_chat(vraag.c.locatie_id))
        .order_by(vraag.c.id)
        .limit(SAMEN)
    )


def _eerste(sessie: Sessie, nummer: int, nu: datetime) -> bool:
    """Whether it is told now and by us: of two processes one wins."""
    open_ = vraag.update().where(vraag.c.id == nummer, vraag.c.gemeld.is_(None), vraag.c.beantwoord.is_(None))
    return sessie.execute(open_.values(gemeld=nu)).rowcount == 1


def _meld(sessie: Sessie, rij: Any, wie: list[Any], nu: datetime) -> None:
    gegevens = {"van": rij.naam or "een ouder", "taalnaam": TALEN.get(rij.taal, rij.taal), "begin": rij.gesteld}
    tekst = Tekst("team.vraag_wacht", {**gegevens, "tekst": rij.tekst or "🎤 / 🧑"})
    bericht = Bericht((tekst,), (Knop(f"team.vraag:antwoord:{rij.id}", Tekst("team.vraag.antwoord")),))
    for chat in wie:
        sleutel = Sleutel(chat.kanaal, chat.account, chat.adres)
        postvak.leg_klaar(
            sessie, chat.id, sleutel, bericht, chat.taal, nu, prioriteit=postvak.AAN_TEAM, ouder_id=rij.ouder_id
        )
