"""What colleagues do with the activities of their own locations: make, change, call off.

Every function asks first whether this colleague may, and tells the audit log what was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dialogen.effecten_team import Plan
from dialogen.plan import GEHOORD
from opslag import activiteiten, audit, cijfers, opnames, rechten, verzendingen
from opslag.activiteiten import Activiteit
from opslag.database import Sessie
from opslag.herschrijven import herschrijf, vervang_herinneringen, vervang_wijzigingen
from opslag.tabellen import aanmelding_huidig, activiteit, activiteit_groep, uitnodiging, verzending
from opslag.verzendingen import MaakBericht
from opslag.werkdagen import zone


def maak(sessie: Sessie, medewerker_id: int, locatie_id: int, plan: Plan, nu: datetime) -> int | None:
    """A new activity, announced to nobody yet; its number. None when it cannot be: not this colleague's location, no
    group of it, or a beginning that is past.
    """
    if not rechten.mag_locatie(sessie, medewerker_id, locatie_id) or plan.begin <= nu:
        return None
    groepen = rechten.eigen_groepen(sessie, locatie_id, plan.groepen)
    if not groepen:
        return None
    nieuw = Activiteit(locatie_id=locatie_id, **(_waarden(plan) | {"groepen": groepen}))
    return activiteiten.maak(sessie, nieuw, nu, f"medewerker:{medewerker_id}", medewerker_id)


def wijzig(sessie: Sessie, medewerker_id: int, nummer: int, plan: Plan, nu: datetime) -> frozenset[str]:
    """Give an activity another plan; the names of what changed, none when nothing did.

    Nothing is written when it is not theirs, was called off or has begun, when the new beginning is past, or when
    fewer would fit than those who said they come.
    """
    rij = rechten.neem_activiteit(sessie, medewerker_id, nummer)
    if rij is None or rij.afgelast or min(rij.begin, plan.begin) <= nu:
        return frozenset()
    if plan.capaciteit is not None and plan.capaciteit < mensen(sessie, nummer):
        return frozenset()
    groepen = rechten.eigen_groepen(sessie, rij.locatie_id, plan.groepen)
    anders = {k: w for k, w in _waarden(plan).items() if k != "groepen" and getattr(rij, k) != w}
    if GEHOORD & set(anders):
        anders["gewijzigd"] = nu
    if anders:
        with cijfers.telt_activiteit(sessie, nummer):
            sessie.execute(activiteit.update().where(activiteit.c.id == nummer).values(anders))
        _schuif_mee(sessie, nummer, rij.begin, plan.begin, nu)
        opnames.vergeet_van(sessie, nummer)
    veranderd = frozenset(anders) | ({"groepen"} if groepen and _zet_groepen(sessie, nummer, groepen) else set())
    if veranderd:
        namen = ", ".join(sorted(veranderd - {"gewijzigd"}))
        audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "activiteit wijzigen", f"activiteit:{nummer}", namen)
    return veranderd


def _schuif_mee(sessie: Sessie, nummer: int, eerst: datetime, begin: datetime, nu: datetime) -> None:
    """What is still to be sent follows the beginning."""
    verzendingen.schuif_mee(sessie, nummer, eerst, begin, nu)
    hier = zone(verzendingen.haal(sessie, nummer).tijdzone)
    if eerst.astimezone(hier).date() != begin.astimezone(hier).date():
        vervang_herinneringen(sessie, nummer, nu)


def vertel_wijziging(
    sessie: Sessie, medewerker_id: int, nummer: int, maak: Mapping[str, MaakBericht], nu: datetime
) -> None:
    """What was not sent yet says the new plan, and who said yes, maybe or waits hears it, once per change."""
    vervang_wijzigingen(sessie, nummer, nu)
    herschrijf(sessie, nummer, maak, nu)
    if _is_uitgenodigd(sessie, nummer):
        wie, kenmerk = f"medewerker:{medewerker_id}", f"{nu:%Y-%m-%dT%H:%M:%S.%f}"
        verzendingen.begin(sessie, nummer, "wijziging", "iedereen", nu, wie, kenmerk=kenmerk, door=medewerker_id)


def _is_uitgenodigd(sessie: Sessie, nummer: int) -> bool:
    """Whether anything was announced, or is going to be."""
    return sessie.scalar(sa.select(sa.exists().where(verzending.c.activiteit_id == nummer))) is True


def gelast_af(sessie: Sessie, medewerker_id: int, nummer: int, nu: datetime) -> bool:
    """It does not take place: what is being sent about it stops, and who was invited hears it.

    False when it is not theirs, was called off already or has begun.
    """
    rij = rechten.neem_activiteit(sessie, medewerker_id, nummer)
    if rij is None or rij.afgelast or rij.begin <= nu:
        return False
    sessie.execute(activiteit.update().where(activiteit.c.id == nummer).values(afgelast=nu))
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "activiteit afgelasten", f"activiteit:{nummer}")
    if _is_uitgenodigd(sessie, nummer):
        wie = f"medewerker:{medewerker_id}"
        verzendingen.begin(sessie, nummer, "afgelast", "iedereen", nu, wie, kenmerk="afgelast", door=medewerker_id)
    return True


def mensen(sessie: Sessie, nummer: int) -> int:
    """How many adults said that they come."""
    komt = (
        sa.select(sa.func.coalesce(sa.func.sum(aanmelding_huidig.c.aantal), 0))
        .join(uitnodiging, uitnodiging.c.id == aanmelding_huidig.c.uitnodiging_id)
        .where(uitnodiging.c.activiteit_id == nummer, uitnodiging.c.ouder_id.is_not(None))
        .where(aanmelding_huidig.c.antwoord == "ja")
    )
    return int(sessie.execute(komt).scalar_one())


def _waarden(plan: Plan) -> dict[str, Any]:
    return {veld.name: getattr(plan, veld.name) for veld in fields(plan)}


def _zet_groepen(sessie: Sessie, nummer: int, groepen: list[int]) -> bool:
    """The activity is of these groups from now on; whether that is a change."""
    van = activiteit_groep.c
    nu = set(sessie.scalars(sa.select(van.groep_id).where(van.activiteit_id == nummer)))
    if nu == set(groepen):
        return False
    sessie.execute(activiteit_groep.delete().where(van.activiteit_id == nummer, van.groep_id.not_in(groepen)))
    erbij = [{"activiteit_id": nummer, "groep_id": g} for g in groepen if g not in nu]
    if erbij:
        sessie.execute(activiteit_groep.insert(), erbij)
    return True
