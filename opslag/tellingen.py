"""Counted for staff: who would be invited and how they are reached, who was, and how their broadcasts are going."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Antwoord, Lid
from dialogen.kantoor import Kantoor, Telling, Zending
from opslag.database import Sessie
from opslag.ontvangers import bereikt
from opslag.postvak import UITZENDING
from opslag.tabellen import (
    aanmelding_huidig,
    gesprek,
    gezin,
    gezin_groep,
    locatie,
    medewerker,
    ouder,
    postvak_uit,
    uitnodiging,
    verzending,
)
from opslag.talen import SCHRIJFTAAL

NAMEN = 50
"""The most names per answer; the number of all of them is counted."""
ZENDINGEN = 20
"""The most broadcasts of one activity that are looked at, newest first."""


def vul_aan(sessie: Sessie, kantoor: Kantoor | None, nu: datetime) -> Kantoor | None:
    """The office with what must be known to send about its activity; nothing is counted when it is about none."""
    a = kantoor.over if kantoor else None
    if kantoor is None or a is None:
        return kantoor
    return replace(
        kantoor,
        tellingen=tellingen(sessie, a.locatie, nu, a.nummer),
        zendingen=zendingen(sessie, a.nummer),
        leden=leden(sessie, a.nummer),
    )


def tellingen(sessie: Sessie, locatie_id: int, nu: datetime, activiteit_id: int = 0) -> tuple[Telling, ...]:
    """The enrolled caregivers of a location, those who are alike counted together; who was invited for this activity
    already is left out. ``nu`` is UTC.
    """
    geteld: Counter[Telling] = Counter()
    for rij in sessie.execute(_alike(locatie_id, nu, activiteit_id)):
        alike = Telling(
            groepen=frozenset(int(nummer) for nummer in (rij.groepen or "").split(",") if nummer),
            rol=rij.rol or "",
            taal=rij.taal,
            dagdelen=frozenset(filter(None, rij.dagdelen.split(","))),
            stand=rij.stand,
            bereikt=bool(rij.bereikt),
            vol=bool(rij.vol),
            aantal=0,
            aankondiging=rij.aankondiging,
        )
        geteld[alike] += rij.aantal  # the same groups may have come in another order
    return tuple(replace(t, aantal=aantal) for t, aantal in geteld.items())


def _alike(locatie_id: int, nu: datetime, activiteit_id: int) -> Any:
    groepen = (
        sa.select(
            gezin_groep.c.gezin_id,
            sa.func.aggregate_strings(sa.cast(gezin_groep.c.groep_id, sa.String), ",").label("groepen"),
        )
        .join(gezin, gezin.c.id == gezin_groep.c.gezin_id)
        .where(gezin.c.locatie_id == locatie_id)
        .group_by(gezin_groep.c.gezin_id)
        .subquery()
    )
    al = sa.exists().where(uitnodiging.c.ouder_id == ouder.c.id, uitnodiging.c.activiteit_id == activiteit_id)
    een = (
        sa.select(
            groepen.c.groepen,
            ouder.c.rol,
            SCHRIJFTAAL,
            ouder.c.dagdelen,
            ouder.c.aankondiging,
            _stand(nu).label("stand"),
            bereikt(nu).label("bereikt"),
            (_deze_week(nu) >= locatie.c.weekmaximum).label("vol"),
        )
        .select_from(ouder)
        .join(gezin, gezin.c.id == ouder.c.gezin_id)
        .join(locatie, locatie.c.id == gezin.c.locatie_id)
        .outerjoin(groepen, groepen.c.gezin_id == gezin.c.id)
        .where(gezin.c.locatie_id == locatie_id, gezin.c.uitgeschreven.is_(None) | (gezin.c.uitgeschreven > nu.date()))
        .where(~al)
        .subquery()
    )
    return sa.select(*een.c, sa.func.count().label("aantal")).group_by(*een.c)


def _stand(nu: datetime) -> Any:
    """How a caregiver is reached: stop goes before everything, without a chat there is nothing to pause."""
    chat = sa.exists().where(gesprek.c.ouder_id == ouder.c.id, gesprek.c.onbereikbaar.is_(None))
    return sa.case(
        (ouder.c.gestopt_op.is_not(None), "gestopt"), (~chat, "zonder"), (ouder.c.pauze_tot > nu, "pauze"), else_="bot"
    )


def _deze_week(nu: datetime) -> Any:
    """The broadcasts a caregiver had this week, and those that wait: what is sent in the night goes in the morning."""
    rij = postvak_uit.c
    wacht = rij.verzonden.is_(None) & rij.status.in_(("wacht", "later", "bezig"))
    return (
        sa.select(sa.func.count())
        .where(rij.ouder_id == ouder.c.id, rij.prioriteit >= UITZENDING)
        .where((rij.verzonden > nu - timedelta(days=7)) | wacht)
        .correlate(ouder)
        .scalar_subquery()
    )


def leden(sessie: Sessie, activiteit_id: int, meest: int = NAMEN) -> tuple[Lid, ...]:
    """Who was invited, by answer and name: per answer ``meest`` at most."""
    antwoord = sa.func.coalesce(aanmelding_huidig.c.antwoord, "geen")
    volgorde = sa.func.row_number().over(partition_by=antwoord, order_by=(ouder.c.naam, uitnodiging.c.id))
    een = (
        sa.select(uitnodiging.c.id, ouder.c.naam, ouder.c.id.label("ouder"), antwoord.label("antwoord"))
        .add_columns(volgorde.label("plaats"))
        .join(ouder, ouder.c.id == uitnodiging.c.ouder_id)
        .outerjoin(aanmelding_huidig, aanmelding_huidig.c.uitnodiging_id == uitnodiging.c.id)
        .where(uitnodiging.c.activiteit_id == activiteit_id)
        .subquery()
    )
    rijen = sessie.execute(sa.select(een).where(een.c.plaats <= meest).order_by(een.c.antwoord, een.c.plaats))
    return tuple(Lid(r.id, r.naam or f"ouder {r.ouder}", Antwoord(r.antwoord)) for r in rijen)


def nog_onderweg() -> Any:
    """Whether a broadcast is not made whole yet, or messages of it wait for their turn right now.

    The sum keeps the number of the broadcast out of the search, so that the database looks among the few rows that
    wait instead of among the many that were sent.
    """
    rij = postvak_uit.alias("onderweg")

    def met(status: str) -> Any:
        zelfde = rij.c.verzending_id + 0 == verzending.c.id
        vraag = sa.select(rij.c.id).where(rij.c.status == sa.literal_column(f"'{status}'"), zelfde)
        return vraag.correlate(verzending).exists()

    return verzending.c.gestopt.is_(None) & (verzending.c.gevuld.is_(None) | met("wacht") | met("bezig"))


ZENDING = (
    verzending.c.id, verzending.c.soort, verzending.c.voor, verzending.c.gemaakt, verzending.c.begint,
    verzending.c.gestopt, verzending.c.aantal, verzending.c.verzonden, verzending.c.vervallen,
)  # fmt: skip


def als_zending(rij: Any, door: str, wacht: bool) -> Zending:
    """A row with the columns of ``ZENDING``."""
    return Zending(
        rij.id, rij.soort, rij.voor, door, rij.gemaakt, rij.begint, rij.gestopt is not None, wacht,
        rij.aantal, rij.verzonden, rij.vervallen,
    )  # fmt: skip


def zendingen(sessie: Sessie, activiteit_id: int) -> tuple[Zending, ...]:
    """The broadcasts of an activity, newest first."""
    rijen = sessie.execute(
        sa.select(*ZENDING, medewerker.c.naam.label("wie"), nog_onderweg().label("wacht"))
        .outerjoin(medewerker, medewerker.c.id == verzending.c.door)
        .where(verzending.c.activiteit_id == activiteit_id)
        .order_by(verzending.c.id.desc())
        .limit(ZENDINGEN)
    )
    return tuple(als_zending(r, r.wie or "", bool(r.wacht)) for r in rijen)
