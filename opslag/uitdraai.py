"""All that is kept of one parent, as one file: what the law calls a copy of one's own data (GDPR, article 15)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from opslag import rechten
from opslag.database import Sessie
from opslag.tabellen import (
    aanmelding,
    activiteit,
    afmeldreden,
    begrip,
    gesprek,
    gezin,
    gezin_groep,
    groep,
    locatie,
    ouder,
    postvak_uit,
    presentie,
    taak,
    tip_gegeven,
    toestemming,
    uitnodiging,
    vast_antwoord,
    vraag,
    waardering,
)

Rijen = list[dict[str, Any]]
_WAT = ("gezin_id", "locatie_id", "ouder_id")
"""Numbers of ours that say nothing to a parent."""


def van_ouder(sessie: Sessie, medewerker_id: int, locatie_id: int, ouder_id: int) -> Mapping[str, Any] | None:
    """Everything of this caregiver of a location where this colleague leads; None for another.

    What staff or others wrote about somebody else is not in it; moments are ISO 8601, UTC.
    """
    rij = sessie.execute(
        sa.select(ouder, gezin.c.kenmerk, gezin.c.ingeschreven, gezin.c.uitgeschreven, locatie.c.naam.label("locatie"))
        .join(gezin, gezin.c.id == ouder.c.gezin_id)
        .join(locatie, locatie.c.id == gezin.c.locatie_id)
        .where(ouder.c.id == ouder_id, gezin.c.locatie_id == locatie_id)
        .where(gezin.c.locatie_id.in_(rechten.eigen(medewerker_id)), rechten.leidt(medewerker_id))
    ).first()
    if rij is None:
        return None
    ik = {k: w for k, w in rij._mapping.items() if k not in _WAT}
    namen = sa.select(groep.c.naam).join(gezin_groep, gezin_groep.c.groep_id == groep.c.id)
    groepen = sessie.scalars(namen.where(gezin_groep.c.gezin_id == rij.gezin_id).order_by(groep.c.naam)).all()
    return {
        "ouder": ik,
        "groepen": list(groepen),
        **_van_zichzelf(sessie, ouder_id),
        **_per_activiteit(sessie, ouder_id),
    }


def _van_zichzelf(sessie: Sessie, ouder_id: int) -> dict[str, Rijen]:
    t, g, v, p = toestemming.c, gesprek.c, vraag.c, postvak_uit.c
    chats = sa.select(g.kanaal, g.adres, g.antwoorden, g.gewijzigd, g.onbereikbaar).where(g.ouder_id == ouder_id)
    tips = (tip_gegeven.c.tip, tip_gegeven.c.gegeven, tip_gegeven.c.uitkomst, tip_gegeven.c.gezicht)
    vragen = sa.select(v.soort, v.tekst, v.taal, v.gesteld, v.beantwoord).where(v.ouder_id == ouder_id)
    taken = sa.select(taak.c.soort, taak.c.gemaakt, taak.c.voor, taak.c.klaar).where(taak.c.ouder_id == ouder_id)
    berichten = sa.select(p.kanaal, p.status, p.verzonden, p.inhoud).where(p.ouder_id == ouder_id).order_by(p.id)
    return {
        "toestemming": _rijen(
            sessie, sa.select(t.versie, t.taal, t.gegeven, t.ingetrokken).where(t.ouder_id == ouder_id)
        ),
        "chats": _rijen(sessie, chats),
        "vragen": _rijen(sessie, vragen),
        "taken": _rijen(sessie, taken),
        "tips": _rijen(sessie, sa.select(*tips).where(tip_gegeven.c.ouder_id == ouder_id)),
        "vaste_antwoorden": _rijen(
            sessie,
            sa.select(vast_antwoord.c.antwoord, vast_antwoord.c.aantal, vast_antwoord.c.moment).where(
                vast_antwoord.c.ouder_id == ouder_id
            ),
        ),
        "berichten": _rijen(sessie, berichten),
    }


def _per_activiteit(sessie: Sessie, ouder_id: int) -> dict[str, Rijen]:
    """What was asked and answered, each with the activity it is about."""
    w, r, a, p = waardering.c, afmeldreden.c, aanmelding.c, presentie.c
    per: dict[str, tuple[sa.Table, tuple[Any, ...]]] = {
        "antwoorden": (aanmelding, (a.antwoord, a.aantal, a.bron, a.moment)),
        "redenen": (afmeldreden, (r.code, r.toelichting, r.aanbod, r.moment)),
        "presentie": (presentie, (p.staat, p.bron, p.moment)),
        "waarderingen": (waardering, (w.score, w.tekst, w.moment)),
        "begrip": (begrip, (begrip.c.uitkomst, begrip.c.moment)),
    }
    kop = (activiteit.c.titel.label("activiteit"), activiteit.c.begin)
    eigen = sa.select(*kop, uitnodiging.c.gemaakt.label("uitgenodigd")).join_from(uitnodiging, activiteit)
    uit = {"uitnodigingen": _rijen(sessie, eigen.where(uitnodiging.c.ouder_id == ouder_id).order_by(uitnodiging.c.id))}
    for naam, (tabel, velden) in per.items():
        vraag_ = sa.select(*kop, *velden).select_from(tabel)
        vraag_ = vraag_.join(uitnodiging, uitnodiging.c.id == tabel.c.uitnodiging_id)
        vraag_ = vraag_.join(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id)
        uit[naam] = _rijen(sessie, vraag_.where(uitnodiging.c.ouder_id == ouder_id).order_by(tabel.c.id))
    return uit


def _rijen(sessie: Sessie, vraag_: Any) -> Rijen:
    return [dict(r._mapping) for r in sessie.execute(vraag_)]


def als_json(alles: Mapping[str, Any]) -> bytes:
    """The file itself: UTF-8, indented, to be read by people and machines."""
    return json.dumps(alles, ensure_ascii=False, indent=2, default=_waarde).encode()


def _waarde(waarde: object) -> str:
    return waarde.isoformat() if isinstance(waarde, date | datetime) else str(waarde)
