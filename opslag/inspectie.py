"""What a location shows the inspectorate of a period: what was meant, who came, and what was done with reasons.

Counts only. The rates are those of *Bereik*, the reasons those of *Redenen*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa

from opslag import jaarcijfers, overzicht
from opslag.database import Sessie
from opslag.overzicht import Bereik, Blik, Telling
from opslag.redenbeeld import Som, Zeef, som, volgorde
from opslag.suggesties import Suggestie, suggesties
from opslag.tabellen import activiteit, afmeldreden_huidig, taak, uitnodiging
from opslag.werkdagen import zone


@dataclass(frozen=True, slots=True)
class Doel:
    """The activities with one goal: how many, how often somebody was invited and was there (guests too)."""

    doel: str
    activiteiten: int
    afgelast: int
    uitgenodigd: int
    aanwezig: int


@dataclass(frozen=True, slots=True)
class Reden:
    """A reason: how often it was given, and how often the offer that goes with it was accepted."""

    code: str
    gegeven: int
    aangenomen: int


@dataclass(frozen=True, slots=True)
class Blad:
    """The whole page. ``taken``: kind → (made, done)."""

    bereik: Bereik
    doelen: Sequence[Doel]
    som: Som
    redenen: Sequence[Reden]
    suggesties: Sequence[Suggestie]
    taken: Mapping[str, tuple[int, int]]


def blad(sessie: Sessie, blik: Blik, tijdzone: str) -> Blad:
    """What there is to show of a location. ``tijdzone``: of the days on which tasks were made."""
    tellingen = overzicht.activiteiten(sessie, blik)
    alle, ja = som(tellingen, Zeef()), _aangenomen(sessie, blik, tijdzone)
    redenen = [Reden(code, n, ja.get(code, 0)) for code in volgorde() if (n := alle.redenen.get(code, 0))]
    bereik = jaarcijfers.overzicht(sessie, blik)
    return Blad(bereik, _doelen(tellingen), alle, redenen, suggesties(tellingen), _taken(sessie, blik, tijdzone))


def _doelen(tellingen: Sequence[Telling]) -> list[Doel]:
    per: dict[str, list[Telling]] = {}
    for telling in tellingen:
        per.setdefault(telling.doel, []).append(telling)
    doelen = [
        Doel(
            doel,
            len(samen),
            sum(t.afgelast for t in samen),
            sum(t.som("uitgenodigd") for t in samen),
            sum(t.som("aanwezig") + t.gasten for t in samen),
        )
        for doel, samen in per.items()
    ]
    return sorted(doelen, key=lambda d: (-d.activiteiten, d.doel))


def _in(kolom: Any, blik: Blik, tijdzone: str) -> Any:
    van, tot = (datetime.combine(dag, time(), zone(tijdzone)) for dag in (blik.van, blik.tot))
    return (kolom >= van) & (kolom < tot)


def _aangenomen(sessie: Sessie, blik: Blik, tijdzone: str) -> dict[str, int]:
    r, a = afmeldreden_huidig.c, activiteit.c
    vraag = (
        sa.select(r.code, sa.func.count())
        .join(uitnodiging, uitnodiging.c.id == r.uitnodiging_id)
        .join(activiteit, a.id == uitnodiging.c.activiteit_id)
        .where(r.code.is_not(None), r.aanbod.is_not(None))
        .where(a.locatie_id.in_(blik.locaties), _in(a.begin, blik, tijdzone))
    )
    rijen = sessie.execute(vraag.group_by(r.code)).all()
    return {rij[0]: rij[1] for rij in rijen}


def _taken(sessie: Sessie, blik: Blik, tijdzone: str) -> dict[str, tuple[int, int]]:
    t = taak.c
    vraag = sa.select(t.soort, sa.func.count(), sa.func.count(t.klaar))
    vraag = vraag.where(t.locatie_id.in_(blik.locaties), _in(t.gemaakt, blik, tijdzone))
    return {soort: (alle, klaar) for soort, alle, klaar in sessie.execute(vraag.group_by(t.soort).order_by(t.soort))}
