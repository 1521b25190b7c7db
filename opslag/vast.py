"""Standing answers to a series: "every week, until I say otherwise". Asked once. A no to one week is about that week;
what ends it is saying so.

``vast_antwoord`` 'ja' comes every week; 'nee' was asked and wants to be asked each time; no row was not asked yet.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from dialogen.basis import Antwoord
from opslag import cijfers, uitnodigen
from opslag.database import Sessie
from opslag.ontvangers import lees_voor
from opslag.plekken import bezet
from opslag.tabellen import (
    aanmelding,
    aanmelding_huidig,
    activiteit,
    activiteit_groep,
    gezin,
    gezin_groep,
    ouder,
    uitnodiging,
    vast_antwoord,
)

_V = vast_antwoord.c


def _reeks_van(sessie: Sessie, ouder_id: int, uitnodiging_id: int) -> Any:
    """The series of this parent's own invitation, with the adults of the answer that stands; None for none."""
    return sessie.execute(
        sa.select(activiteit.c.reeks_id, aanmelding_huidig.c.aantal)
        .select_from(uitnodiging)
        .join(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id)
        .outerjoin(aanmelding_huidig, aanmelding_huidig.c.uitnodiging_id == uitnodiging.c.id)
        .where(uitnodiging.c.id == uitnodiging_id, uitnodiging.c.ouder_id == ouder_id)
        .where(activiteit.c.reeks_id.is_not(None))
    ).first()


def zet(sessie: Sessie, ouder_id: int, uitnodiging_id: int, nieuw: Antwoord, nu: datetime) -> None:
    """The answer to "every week?": ``JA`` or ``NEE``. Nothing when the invitation is another's or of no series."""
    van = _reeks_van(sessie, ouder_id, uitnodiging_id)
    if van is None:
        return
    maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    rij = {"antwoord": nieuw.value, "aantal": van.aantal or 1, "moment": nu}
    nieuw_of_anders = maak(vast_antwoord).values(reeks_id=van.reeks_id, ouder_id=ouder_id, **rij)
    sessie.execute(nieuw_of_anders.on_conflict_do_update(index_elements=["reeks_id", "ouder_id"], set_=rij))


def zet_aantal(sessie: Sessie, ouder_id: int, uitnodiging_id: int) -> None:
    """Who comes every week said with how many they come: so it is from now on."""
    van = _reeks_van(sessie, ouder_id, uitnodiging_id)
    if van is not None:
        eigen = (_V.reeks_id == van.reeks_id) & (_V.ouder_id == ouder_id) & (_V.antwoord == "ja")
        sessie.execute(vast_antwoord.update().where(eigen).values(aantal=van.aantal))


def meld_aan(sessie: Sessie, activiteit_id: int, voor: str, nu: datetime, dagen: int = 0) -> int:
    """Register who comes every week to this week of their series, as far as there is room; how many parents.

    A week that is for fathers registers fathers. What else narrows ``voor`` is about whom we ask, and these said so
    themselves. Who waits longest goes first. Nobody is registered who was invited already, left, stopped or rests.
    ``dagen``: only who asked for at least so many days of notice. The caller holds the activity until the transaction
    ends.
    """
    vraag = sa.select(activiteit.c.capaciteit, bezet(alles=True).label("bezet"))
    a = sessie.execute(vraag.where(activiteit.c.id == activiteit_id)).one()
    ruimte = None if a.capaciteit is None else a.capaciteit - a.bezet
    erbij = []
    for wie in sessie.execute(_vaste(activiteit_id, voor, nu).where(ouder.c.aankondiging >= dagen)).all():
        if ruimte is None or wie.aantal <= ruimte:
            ruimte = None if ruimte is None else ruimte - wie.aantal
            erbij.append(wie)
    return _schrijf(sessie, activiteit_id, erbij, nu)


def _vaste(activiteit_id: int, voor: str, nu: datetime) -> Any:
    in_groep = (
        sa.select(gezin_groep.c.gezin_id)
        .join(activiteit_groep, activiteit_groep.c.groep_id == gezin_groep.c.groep_id)
        .where(activiteit_groep.c.activiteit_id == activiteit_id)
    )
    al = sa.exists().where(uitnodiging.c.activiteit_id == activiteit_id, uitnodiging.c.ouder_id == ouder.c.id)
    vraag = (
        sa.select(ouder.c.id, ouder.c.rol, ouder.c.taal, _V.aantal)
        .join(vast_antwoord, _V.ouder_id == ouder.c.id)
        .join(activiteit, activiteit.c.reeks_id == _V.reeks_id)
        .join(gezin, gezin.c.id == ouder.c.gezin_id)
        .where(activiteit.c.id == activiteit_id, _V.antwoord == "ja", ~al, gezin.c.id.in_(in_groep))
        .where(gezin.c.uitgeschreven.is_(None) | (gezin.c.uitgeschreven > nu.date()))
        .where(ouder.c.gestopt_op.is_(None), ouder.c.pauze_tot.is_(None) | (ouder.c.pauze_tot <= nu))
        .order_by(_V.moment, ouder.c.id)
        .with_for_update(of=ouder, key_share=True)  # who erases now waits until it is written
    )
    return vraag.where(ouder.c.rol == "vader") if "vaders" in lees_voor(voor) else vraag


def _schrijf(sessie: Sessie, activiteit_id: int, erbij: list[Any], nu: datetime) -> int:
    if not erbij:
        return 0
    per_ouder = uitnodigen.nodig_uit(sessie, activiteit_id, [(wie.id, wie.rol, wie.taal) for wie in erbij], nu)
    ja = {"antwoord": "ja", "bron": "vast", "moment": nu}
    antwoorden = [{**ja, "uitnodiging_id": per_ouder[w.id], "aantal": w.aantal} for w in erbij if w.id in per_ouder]
    if antwoorden:
        with cijfers.telt(sessie, *per_ouder.values()):
            sessie.execute(aanmelding.insert(), antwoorden)
    return len(antwoorden)
