"""Two hours after the end: how was it, to who was there; why not, without blame, to who said yes and was not.

Who was there only the team and the door know for certain. Until one of them has registered anybody we do not know who
was missing: then the team is asked, once, and the question waits for its answer, two days at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from dialogen.basis import Bericht, Knop, Tekst
from opslag import postvak, team, verzendingen
from opslag.database import Sessie
from opslag.gesprekken import Sleutel
from opslag.tabellen import (
    aanmelding_huidig,
    activiteit,
    locatie,
    presentie,
    presentie_huidig,
    uitnodiging,
    verzending,
)
from opslag.werkdagen import is_stil

NA = timedelta(hours=2)
"""So long after the end is asked."""
UITERLIJK = timedelta(days=2)
"""Later than this after that nobody remembers, and nothing is asked any more."""
RUST = timedelta(minutes=30)
"""So long after the last tick on the list it is taken to be whole: nobody is missed who was not ticked off yet."""
LANGST = timedelta(days=1)
"""The longest an activity lasts: how far back is looked."""


def vraag_na(sessie: Sessie, nu: datetime) -> int:
    """Begin the questions that are due at ``nu``; how many, those to the team counted too."""
    return sum(_vraag(sessie, rij, nu) for rij in sessie.execute(_voorbij(nu)).all() if _is_zover(rij, nu))


def _is_zover(rij: Any, nu: datetime) -> bool:
    vanaf = rij.begin + timedelta(minutes=rij.duur) + NA
    return vanaf <= nu <= vanaf + UITERLIJK and not is_stil(nu, rij.stil_van, rij.stil_tot, rij.tijdzone)


def _vraag(sessie: Sessie, rij: Any, nu: datetime) -> int:
    begonnen = 0
    for soort, kenmerk in _te_vragen(rij, nu):
        if soort == "wie_was_er":
            begonnen += _vraag_team(sessie, rij, nu)
        else:
            begin = verzendingen.begin(sessie, rij.id, soort, "iedereen", nu, "planning", kenmerk=kenmerk)
            begonnen += begin is not None
    return begonnen


def _te_vragen(rij: Any, nu: datetime) -> Iterator[tuple[str, str]]:
    """What is to be asked now about an activity, and was not yet: (kind, mark)."""
    if rij.geteld is None:
        if rij.aanwezig and not rij.hoe:  # they said so themselves
            yield "hoe_was_het", "zelf"
        if rij.verwacht and not rij.wie:
            yield "wie_was_er", "team"
    elif rij.geteld <= nu - RUST:
        if rij.aanwezig and not rij.hoe_geteld:
            yield "hoe_was_het", "geteld"
        if not rij.gemist:
            yield "gemist", "geteld"


def _voorbij(nu: datetime) -> Any:
    """The activities that ended lately, with what is known of who was there and what was asked already."""
    a, u = activiteit.c, uitnodiging.c
    van = (u.activiteit_id == a.id) & u.ouder_id.is_not(None)
    geteld = (
        sa.select(sa.func.max(presentie.c.moment))
        .select_from(presentie.join(uitnodiging, u.id == presentie.c.uitnodiging_id))
        .where(u.activiteit_id == a.id, presentie.c.bron.in_(("team", "deur")))
        .correlate(activiteit)
        .scalar_subquery()
    )
    er = (
        sa.exists()
        .where(van, presentie_huidig.c.uitnodiging_id == u.id, presentie_huidig.c.staat == "aanwezig")
        .correlate(activiteit)
    )
    ja = (
        sa.exists()
        .where(van, aanmelding_huidig.c.uitnodiging_id == u.id, aanmelding_huidig.c.antwoord == "ja")
        .correlate(activiteit)
    )
    plek = (locatie.c.tijdzone, locatie.c.stil_van, locatie.c.stil_tot)
    return (
        sa.select(a.id, a.locatie_id, a.titel, a.begin, a.duur, *plek, geteld.label("geteld"))
        .add_columns(er.label("aanwezig"), (ja | er).label("verwacht"))
        .add_columns(_al("hoe_was_het").label("hoe"), _al("hoe_was_het", "geteld").label("hoe_geteld"))
        .add_columns(_al("gemist").label("gemist"), _al("wie_was_er").label("wie"))
        .join(locatie, locatie.c.id == a.locatie_id)
        .where(a.begin > nu - NA - UITERLIJK - LANGST, a.begin < nu - NA, a.afgelast.is_(None))
        .where(~(_al("gemist") & _al("hoe_was_het", "geteld")))  # then there is nothing more to ask
        .order_by(a.begin, a.id)
    )


def _al(soort: str, kenmerk: str = "") -> Any:
    z = verzending.c
    waar = [z.activiteit_id == activiteit.c.id, z.soort == soort, *([z.kenmerk == kenmerk] if kenmerk else [])]
    return sa.exists().where(*waar).correlate(activiteit)


def _vraag_team(sessie: Sessie, rij: Any, nu: datetime) -> bool:
    """Ask the team who was there, once; False without anybody to ask, or when somebody else asks at this moment."""
    collegas = team.gesprekken_van_team(sessie, rij.locatie_id)
    if not collegas or not _merk(sessie, rij, nu):
        return False
    tekst = Tekst("presentie.wie_was_er", {"titel": rij.titel, "begin": rij.begin})
    knop = Knop(f"presentie.wie_was_er:lijst:{rij.id}", Tekst("presentie.wie_was_er.lijst"))
    for c in collegas:
        sleutel = Sleutel(c.kanaal, c.account, c.adres)
        postvak.leg_klaar(sessie, c.id, sleutel, Bericht((tekst,), (knop,)), c.taal, nu, prioriteit=postvak.AAN_TEAM)
    return True


def _merk(sessie: Sessie, rij: Any, nu: datetime) -> bool:
    """A broadcast without parents: its mark says that the team was asked."""
    maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    waarden = {"locatie_id": rij.locatie_id, "activiteit_id": rij.id, "soort": "wie_was_er", "kenmerk": "team"}
    nieuw = maak(verzending).values(**waarden, gemaakt=nu, gevuld=nu)
    return (
        sessie.execute(
            nieuw.on_conflict_do_nothing(index_elements=["activiteit_id", "soort", "kenmerk"]).returning(
                verzending.c.id
            )
        ).first()
        is not None
    )
