"""What a colleague should see first: what is coming, and what needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from opslag import overzicht
from opslag.database import Sessie
from opslag.overzicht import Blik, Telling
from opslag.tabellen import (
    activiteit,
    afmeldreden,
    opname,
    postvak_uit,
    taak,
    uitnodiging,
    verzending,
    vraag,
    waardering,
)

KOMEND = timedelta(days=14)
TERUG = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Wacht:
    """How much of each waits for somebody of this location."""

    vragen: int
    taken: int
    woorden: int
    opnames: int
    mislukt: int

    @property
    def iets(self) -> bool:
        """Whether anything waits."""
        return bool(self.vragen or self.taken or self.woorden or self.opnames or self.mislukt)


def wacht(sessie: Sessie, locatie_id: int, nu: datetime) -> Wacht:
    """What waits: open questions and tasks, own words to read, recordings to approve, invitations that failed in the
    last ``TERUG``.
    """
    hier = activiteit.c.locatie_id == locatie_id

    def tel(vraag_: sa.Select[int]) -> int:
        return sessie.scalar(vraag_) or 0

    aantal = sa.select(sa.func.count())
    r, w = afmeldreden.c, waardering.c
    van_ons = sa.select(uitnodiging.c.id).join(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id).where(hier)
    woorden = aantal.where(r.toelichting.is_not(None) | r.media.is_not(None), r.uitnodiging_id.in_(van_ons))
    ervaringen = aantal.where(w.tekst.is_not(None) | w.media.is_not(None), w.uitnodiging_id.in_(van_ons))
    u = postvak_uit.c
    mislukt = (
        aantal.select_from(postvak_uit)
        .join(verzending, verzending.c.id == u.verzending_id)
        .where(verzending.c.locatie_id == locatie_id, verzending.c.gemaakt > nu - TERUG, u.status == "geweigerd")
    )
    return Wacht(
        tel(aantal.where(vraag.c.locatie_id == locatie_id, vraag.c.beantwoord.is_(None))),
        tel(aantal.where(taak.c.locatie_id == locatie_id, taak.c.klaar.is_(None))),
        tel(woorden) + tel(ervaringen),
        tel(aantal.where(opname.c.locatie_id == locatie_id, opname.c.status == "nieuw")),
        tel(mislukt),
    )


def komend(sessie: Sessie, locatie_id: int, nu: datetime) -> tuple[Telling, ...]:
    """The activities of the coming ``KOMEND``, and of today, with their counts."""
    dag = nu.date()
    van = dag.replace(day=1)
    tot = (dag + KOMEND + timedelta(days=32)).replace(day=1)
    alle = overzicht.activiteiten(sessie, Blik(frozenset({locatie_id}), van, tot))
    return tuple(t for t in alle if nu - timedelta(hours=12) < t.begin < nu + KOMEND and not t.afgelast)
