"""``Kantoor``: what a colleague works with in the chat, of the own locations only, in a handful of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen.kantoor import Activiteit, Eerder, Groep, Kantoor, Werkplek
from opslag.begrip import EERSTE, is_eerste
from opslag.database import Sessie
from opslag.rechten import eigen
from opslag.tabellen import (
    NODIGT_UIT,
    aanmelding,
    activiteit,
    activiteit_groep,
    begrip,
    groep,
    locatie,
    medewerker,
    reeks,
    uitnodiging,
    verzending,
)

KOMEND = 30
"""The most activities to come that a turn loads, soonest first."""
EERDER = 30
"""So many of the latest activities are looked through for places and hosts."""
LOOPT = timedelta(hours=2)
"""How long after its beginning an activity still stands among those to come."""


_VERSTUURD = (
    sa.exists().where(verzending.c.activiteit_id == activiteit.c.id, verzending.c.soort.in_(NODIGT_UIT))
).label("verstuurd")
_ACTIVITEIT = sa.select(activiteit, _VERSTUURD, reeks.c.gestopt).outerjoin(reeks, reeks.c.id == activiteit.c.reeks_id)
"""A row that ``_activiteit`` reads."""


def laad(sessie: Sessie, medewerker_id: int, over: int, nu: datetime) -> Kantoor | None:
    """The office of this colleague; None for one who left, or who does not work with parents.

    ``over`` is the number of the activity this turn is about (0 for none); it is locked until the transaction ends,
    so that what the conversation checks still holds when it is written.
    """
    rol = sessie.scalar(sa.select(medewerker.c.rol).where(medewerker.c.id == medewerker_id, medewerker.c.actief))
    werkplekken = _werkplekken(sessie, medewerker_id) if rol else ()
    if not rol or not werkplekken:
        return None
    rijen = _activiteiten(sessie, [w.nummer for w in werkplekken], over, nu)
    alle = {a.nummer: a for a in rijen}
    komend = tuple(a for a in rijen if a.begin > nu - LOOPT and not a.afgelast)
    return Kantoor(
        rol,
        medewerker_id,
        werkplekken,
        komend,
        alle.get(over),
        _eerder(sessie, [w.nummer for w in werkplekken]),
        tellingen=(),  # the caregivers of a location are counted only in the conversation that sends
    )


def _werkplekken(sessie: Sessie, medewerker_id: int) -> tuple[Werkplek, ...]:
    vraag = (
        sa.select(locatie.c.id, locatie.c.naam, locatie.c.gastheer, locatie.c.tijdzone)
        .add_columns(locatie.c.begripsvraag, groep.c.id, groep.c.naam, groep.c.thema)
        .select_from(locatie)
        .outerjoin(groep, groep.c.locatie_id == locatie.c.id)
        .where(locatie.c.id.in_(eigen(medewerker_id)))
        .order_by(locatie.c.id, groep.c.id)
    )
    kop: dict[int, tuple[str, str, str]] = {}
    vraagt: dict[int, bool] = {}
    groepen: dict[int, list[Groep]] = {}
    for nummer, naam, gastheer, tijdzone, begripsvraag, groep_id, groepsnaam, thema in sessie.execute(vraag):
        kop[nummer], vraagt[nummer] = (naam, gastheer, tijdzone), begripsvraag
        groepen.setdefault(nummer, []).extend([Groep(groep_id, groepsnaam, thema)] if groep_id else [])
    return tuple(Werkplek(nummer, *kop[nummer], tuple(groepen[nummer]), vraagt[nummer]) for nummer in kop)


def _activiteiten(sessie: Sessie, locaties: Sequence[int], over: int, nu: datetime) -> list[Activiteit]:
    """Those to come, soonest first, and the one it is about, whatever became of it."""
    a = activiteit.c
    hier = _ACTIVITEIT.where(a.locatie_id.in_(locaties))
    rijen = list(
        sessie.execute(
            hier.where(a.begin > nu - LOOPT, a.afgelast.is_(None)).order_by(a.begin, a.id).limit(KOMEND)
        ).all()
    )
    if over:
        rijen = [r for r in rijen if r.id != over] + list(
            sessie.execute(hier.where(a.id == over).with_for_update(of=activiteit, key_share=True)).all()
        )
    rijen.sort(key=lambda r: (r.begin, r.id))
    nummers = [r.id for r in rijen]
    groepen, tellen = (_groepen(sessie, nummers), _tellen(sessie, nummers)) if nummers else ({}, {})
    return [_activiteit(r, groepen.get(r.id, ()), tellen.get(r.id)) for r in rijen]


def met_nummers(sessie: Sessie, nummers: Sequence[int]) -> dict[int, Activiteit]:
    """These activities with their counts, whoever asks: for messages whose reader is checked elsewhere."""
    rijen = sessie.execute(_ACTIVITEIT.where(activiteit.c.id.in_(nummers))).all()
    groepen, tellen = (_groepen(sessie, nummers), _tellen(sessie, nummers)) if rijen else ({}, {})
    return {r.id: _activiteit(r, groepen.get(r.id, ()), tellen.get(r.id)) for r in rijen}


def _activiteit(r: Any, groepen: Sequence[int], t: Any | None) -> Activiteit:
    a = Activiteit(
        r.id, r.locatie_id, r.titel, r.soort, r.doel, r.begin, r.duur, r.plek, r.gastheer, r.capaciteit,
        r.kinderen_welkom, r.titel_vaders, r.gevraagd, tuple(groepen), r.reeks_id or 0, r.afgelast is not None,
        reeks_loopt=r.reeks_id is not None and r.gestopt is None, verstuurd=bool(r.verstuurd),
    )  # fmt: skip
    if t is None:
        return a
    antwoorden = {"ja": t.ja, "misschien": t.misschien, "nee": t.nee, "stil": t.stil}
    antwoorden |= {"teruggevraagd": t.teruggevraagd, "onduidelijk": t.onduidelijk}
    return replace(a, uitgenodigd=t.uitgenodigd, vaders_ja=t.vaders_ja, mensen=t.mensen, **antwoorden)


def _groepen(sessie: Sessie, nummers: Sequence[int]) -> Mapping[int, list[int]]:
    g = activiteit_groep.c
    per: dict[int, list[int]] = {}
    for rij in sessie.execute(
        sa.select(g.activiteit_id, g.groep_id).where(g.activiteit_id.in_(nummers)).order_by(g.groep_id)
    ):
        per.setdefault(rij.activiteit_id, []).append(rij.groep_id)
    return per


def _tellen(sessie: Sessie, nummers: Sequence[int]) -> Mapping[int, Any]:
    """Per activity who stands where, counted by the database. Who was erased is not counted."""
    laatste = aanmelding.alias("laatste")
    hoogste = sa.select(sa.func.max(laatste.c.id)).where(laatste.c.uitnodiging_id == uitnodiging.c.id)
    antwoord = aanmelding.c.antwoord

    def aantal(*waar: Any) -> Any:
        return sa.func.sum(sa.case((sa.and_(*waar), 1), else_=0))

    ja = antwoord == "ja"
    rijen = sessie.execute(
        sa.select(
            uitnodiging.c.activiteit_id,
            sa.func.count().label("uitgenodigd"),
            aantal(ja).label("ja"),
            aantal(antwoord == "misschien").label("misschien"),
            aantal(antwoord == "nee").label("nee"),
            aantal(antwoord.is_(None) | (antwoord == "wachtlijst")).label("stil"),
            aantal(ja, uitnodiging.c.rol == "vader").label("vaders_ja"),
            sa.func.sum(sa.case((ja, aanmelding.c.aantal), else_=0)).label("mensen"),
            aantal(EERSTE.uitkomst.is_not(None)).label("teruggevraagd"),
            aantal(EERSTE.uitkomst != "goed").label("onduidelijk"),
        )
        .select_from(uitnodiging)
        .outerjoin(aanmelding, aanmelding.c.id == hoogste.scalar_subquery())
        .outerjoin(begrip, is_eerste())
        .where(uitnodiging.c.activiteit_id.in_(nummers), uitnodiging.c.ouder_id.is_not(None))
        .group_by(uitnodiging.c.activiteit_id)
    )
    return {rij.activiteit_id: rij for rij in rijen}


def _eerder(sessie: Sessie, locaties: Sequence[int]) -> tuple[Eerder, ...]:
    """The latest activities, each place and host of a location once, latest first."""
    a = activiteit.c
    vraag = sa.select(a.id, a.locatie_id, a.plek, a.gastheer).where(a.locatie_id.in_(locaties))
    per: dict[tuple[int, str, str], Eerder] = {}
    for rij in sessie.execute(vraag.order_by(a.id.desc()).limit(EERDER)):
        per.setdefault((rij.locatie_id, rij.plek, rij.gastheer), Eerder(*rij))
    return tuple(per.values())
