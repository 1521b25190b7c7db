"""What may not stay: run every hour. Each rule says how long and why (docs/besluiten/0004-bewaren.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from opslag import bureau, spraaknotas
from opslag.database import Sessie
from opslag.jaarcijfers import sluit_jaren
from opslag.tabellen import (
    activiteit,
    afmeldreden,
    bijlage,
    gesprek,
    gesproken,
    opname,
    postvak_in,
    postvak_uit,
    tip_gegeven,
    uitnodiging,
    vertaling,
    vraag,
    waardering,
    weekbericht,
)
from opslag.tips import JAAR

ZONDER_TOESTEMMING = timedelta(hours=24)
MISLUKT = timedelta(days=7)
ONTDUBBELEN = timedelta(days=3)  # platforms repeat an update for a day at most
WOORDEN = timedelta(days=30)
BROWSERCHAT = timedelta(days=30)
GESPROKEN = timedelta(days=90)
NERGENS_BIJ = timedelta(days=1)  # what is being made now has bytes before it has a row that names them
WEEKBERICHT = BROWSERCHAT + timedelta(days=7)  # planned a week ahead at most, and then as long as the browser shows it


def _van_weken(welke: Any) -> Any:
    """The hashes of the photos and voice notes of these weekly messages."""
    w = weekbericht.c
    een = (sa.select(veld).where(welke, veld.is_not(None)) for veld in (w.foto, w.spraak))
    return sa.union(*een)


def grens_schooljaar(vandaag: date) -> date:
    """Answers to activities before this day lose their name: a school year (from 1 August) plus three months."""
    jaar = vandaag.year if vandaag >= date(vandaag.year, 11, 1) else vandaag.year - 1
    return date(jaar, 8, 1)


def ruim_op(sessie: Sessie, nu: datetime) -> Mapping[str, int]:
    """Remove what is over its time; how many rows per rule."""
    i, u, g = postvak_in.c, postvak_uit.c, gesprek.c
    schooljaar = datetime.combine(grens_schooljaar(nu.date()), time(), UTC)
    een_jaar = min(schooljaar, nu - JAAR)  # a tip does not come twice within a year: so long it is known who had it
    genoemd = sa.union_all(
        sa.select(gesproken.c.bijlage),
        sa.select(opname.c.bijlage),
        sa.select(weekbericht.c.spraak).where(weekbericht.c.spraak.is_not(None)),
    )
    oud = sa.select(activiteit.c.id).where(activiteit.c.begin < schooljaar)
    leeg = {"tekst": None, "media": None}
    regels = {
        "gesprekken zonder toestemming": gesprek.delete().where(
            g.ouder_id.is_(None), g.medewerker_id.is_(None), g.gewijzigd < nu - ZONDER_TOESTEMMING
        ),
        "mislukte updates": postvak_in.delete().where(i.status == "opzij", i.ontvangen < nu - MISLUKT),
        "adressen bij afgehandelde updates": postvak_in.update()
        .where(i.status == "klaar", i.ontvangen < nu - ZONDER_TOESTEMMING, i.adres != "")
        .values(adres=""),
        "afgehandelde updates": postvak_in.delete().where(i.status == "klaar", i.ontvangen < nu - ONTDUBBELEN),
        "eigen woorden bij redenen": afmeldreden.update()
        .where(
            sa.or_(afmeldreden.c.toelichting.is_not(None), afmeldreden.c.media.is_not(None)),
            afmeldreden.c.moment < nu - WOORDEN,
        )
        .values(toelichting=None, media=None),
        "eigen woorden bij waarderingen": waardering.update()
        .where(waardering.c.moment < nu - WOORDEN, waardering.c.tekst.is_not(None) | waardering.c.media.is_not(None))
        .values(leeg),
        "eigen woorden in vragen": vraag.update()
        .where(vraag.c.gesteld < nu - WOORDEN, vraag.c.tekst.is_not(None) | vraag.c.media.is_not(None))
        .values(leeg),
        "vertalingen die over een ouder gaan": vertaling.delete().where(
            vertaling.c.ouder_id.is_not(None), vertaling.c.gemaakt < nu - WOORDEN
        ),
        "ingesproken berichten": spraaknotas.oud(nu - WOORDEN),
        "ingesproken berichten die nergens bij horen": spraaknotas.losse(nu),
        "namen bij antwoorden van een vorig schooljaar": uitnodiging.update()
        .where(uitnodiging.c.ouder_id.is_not(None), uitnodiging.c.activiteit_id.in_(oud))
        .values(ouder_id=None),
        "namen bij tips van een vorig schooljaar": tip_gegeven.update()
        .where(tip_gegeven.c.ouder_id.is_not(None), tip_gegeven.c.gegeven < een_jaar)
        .values(ouder_id=None, vraag_op=None),
        "berichten in de browserchat": postvak_uit.update()
        .where(u.status == "verzonden", u.verzonden < nu - BROWSERCHAT, u.inhoud.is_not(None))
        .values(inhoud=None),
        # Nobody hears them any more; their sound goes with the next round.
        "opnamen die vervangen of weg zijn": opname.delete().where(
            opname.c.status.in_(("vervangen", "afgekeurd")), opname.c.gemaakt < nu - NERGENS_BIJ
        ),
        "gesproken tekst": gesproken.delete().where(gesproken.c.gebruikt < nu - GESPROKEN),
        "geluid dat nergens bij hoort": bijlage.delete().where(
            bijlage.c.soort == "geluid", bijlage.c.gemaakt < nu - NERGENS_BIJ, bijlage.c.hash.not_in(genoemd)
        ),
        "foto en spraak van weekberichten": bijlage.delete().where(
            bijlage.c.hash.in_(_van_weken(weekbericht.c.gemaakt < nu - WEEKBERICHT)),
            bijlage.c.hash.not_in(_van_weken(weekbericht.c.gemaakt >= nu - WEEKBERICHT)),
        ),
    }
    gesloten = sluit_jaren(sessie, grens_schooljaar(nu.date()))  # before its names go
    weg = {naam: sessie.execute(regel).rowcount for naam, regel in regels.items()}
    return weg | {"wie er kwam in een vorig schooljaar": gesloten, "bureau": bureau.ruim_op(sessie, nu)}
