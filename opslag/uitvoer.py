"""Exports as streams of rows: the columns others rely on. Nothing is held in memory; a row at a time goes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from dialogen.begrijpen import zonder_beeld
from dialogen.redenen import VERTROUWELIJK
from dialogen.teksten import woorden, zin
from opslag import audit
from opslag.database import Sessie
from opslag.tabellen import (
    aanmelding_huidig,
    activiteit,
    activiteit_groep,
    afmeldreden_huidig,
    gast,
    gezin_groep,
    groep,
    locatie,
    ouder,
    postvak_uit,
    presentie_huidig,
    uitnodiging,
)
from opslag.werkdagen import zone

REDENEN = (
    "activiteit", "soort", "datum", "locatie", "groep", "rol", "taal", "reden_code", "reden", "toelichting_aanwezig",
    "moment",
)  # fmt: skip
PRESENTIE = (
    "activiteit", "soort", "datum", "locatie", "groep", "ouder", "rol", "antwoord", "presentie", "bron", "reden_code",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Periode:
    """From and to (UTC, ``tot`` not included) and locations; None and none leave it open."""

    van: datetime | None = None
    tot: datetime | None = None
    locatie_id: int | None = None
    locaties: frozenset[int] = frozenset()

    @property
    def plekken(self) -> frozenset[int]:
        """The numbers of the locations; empty for all."""
        return frozenset({self.locatie_id}) if self.locatie_id else self.locaties


def _groepen() -> Any:
    """The groups through which this family was invited; of one that is erased, those of the activity."""
    samen = sa.func.aggregate_strings
    eigen = (
        sa.select(samen(groep.c.naam, ", "))
        .join(activiteit_groep, activiteit_groep.c.groep_id == groep.c.id)
        .join(gezin_groep, gezin_groep.c.groep_id == groep.c.id)
        .where(activiteit_groep.c.activiteit_id == activiteit.c.id, gezin_groep.c.gezin_id == ouder.c.gezin_id)
        .correlate(activiteit, ouder)
        .scalar_subquery()
    )
    alle = (
        sa.select(samen(groep.c.naam, ", "))
        .join(activiteit_groep, activiteit_groep.c.groep_id == groep.c.id)
        .where(activiteit_groep.c.activiteit_id == activiteit.c.id, uitnodiging.c.ouder_id.is_(None))
        .correlate(activiteit, uitnodiging)
        .scalar_subquery()
    )
    return sa.func.coalesce(eigen, alle, "")


def _basis(*kolommen: Any) -> Any:
    return (
        sa.select(
            activiteit.c.titel,
            activiteit.c.soort,
            activiteit.c.begin,
            locatie.c.naam.label("locatie"),
            locatie.c.tijdzone,
            _groepen().label("groep"),
            *kolommen,
        )
        .select_from(activiteit)
        .join(locatie, locatie.c.id == activiteit.c.locatie_id)
        .join(uitnodiging, uitnodiging.c.activiteit_id == activiteit.c.id)
        .outerjoin(ouder, ouder.c.id == uitnodiging.c.ouder_id)
    )


def _binnen(vraag: Any, periode: Periode) -> Any:
    a = activiteit.c
    return vraag.where(*_grenzen(periode)).order_by(a.begin, a.id, uitnodiging.c.id)


def _grenzen(periode: Periode) -> list[Any]:
    a = activiteit.c
    grenzen = [
        a.begin >= periode.van if periode.van else None,
        a.begin < periode.tot if periode.tot else None,
        a.locatie_id.in_(periode.plekken) if periode.plekken else None,
    ]
    return [g for g in grenzen if g is not None]


def _staat_nog() -> Any:
    """A reason stands as long as no other answer came after it."""
    antwoord = aanmelding_huidig.c.id
    return sa.or_(antwoord.is_(None), afmeldreden_huidig.c.aanmelding_id == antwoord)


def redenen(sessie: Sessie, periode: Periode) -> Iterator[Sequence[Any]]:
    """Why parents stay away, by the reason that stands per invitation. No names.

    A row: (activiteit, soort, datum, locatie, groep, rol, taal, reden_code, reden, 'ja'|'nee', moment); ``datum`` is
    a date and ``moment`` a naive local time, both of the location's zone.
    """
    r = afmeldreden_huidig.c
    kolommen = (uitnodiging.c.rol, uitnodiging.c.taal, r.code, r.verteld, r.moment, r.aanbod)
    vraag = _basis(*kolommen).join(afmeldreden_huidig, r.uitnodiging_id == uitnodiging.c.id)
    vraag = vraag.outerjoin(aanmelding_huidig, aanmelding_huidig.c.uitnodiging_id == uitnodiging.c.id)
    vraag = vraag.where(_staat_nog())
    for rij in _stroom(sessie, _binnen(vraag, periode)):
        hier = zone(rij.tijdzone)
        yield (
            *_waar(rij), rij.rol or "", rij.taal or "", rij.code or "", _in_woorden(rij.code, rij.aanbod),
            "ja" if rij.verteld else "nee", rij.moment.astimezone(hier).replace(tzinfo=None, microsecond=0),
        )  # fmt: skip


def presentie(sessie: Sessie, periode: Periode) -> Iterator[Sequence[Any]]:
    """Who was invited, what they answered and whether they were there; then the guests. Confidential reasons are left
    out.

    A row: (activiteit, soort, datum, locatie, groep, ouder, rol, antwoord, presentie, bron, reden_code); '' where
    nothing is known.
    """
    kolommen = (
        ouder.c.naam,
        uitnodiging.c.rol,
        aanmelding_huidig.c.antwoord,
        presentie_huidig.c.staat,
        presentie_huidig.c.bron,
        sa.case((_staat_nog(), afmeldreden_huidig.c.code)).label("code"),
    )
    vraag = _basis(*kolommen)
    for huidig in (aanmelding_huidig, presentie_huidig, afmeldreden_huidig):
        vraag = vraag.outerjoin(huidig, huidig.c.uitnodiging_id == uitnodiging.c.id)
    for rij in _stroom(sessie, _binnen(vraag, periode)):
        reden = "" if rij.code in VERTROUWELIJK else rij.code or ""
        yield (
            *_waar(rij), rij.naam or "", rij.rol or "", rij.antwoord or "geen", rij.staat or "", rij.bron or "", reden,
        )  # fmt: skip
    yield from _gasten(sessie, periode)


def _gasten(sessie: Sessie, periode: Periode) -> Iterator[Sequence[Any]]:
    """Who was there and is not in the bot: a row each, called 'gast', after all who were invited."""
    a = activiteit.c
    vraag = (
        sa.select(
            a.titel,
            a.soort,
            a.begin,
            locatie.c.naam.label("locatie"),
            locatie.c.tijdzone,
            sa.literal("").label("groep"),
            gast.c.rol,
        )
        .join(activiteit, a.id == gast.c.activiteit_id)
        .join(locatie, locatie.c.id == a.locatie_id)
        .where(gast.c.weg.is_(None), *_grenzen(periode))
        .order_by(a.begin, a.id, gast.c.id)
    )
    for rij in _stroom(sessie, vraag):
        yield (*_waar(rij), "gast", rij.rol or "", "", "aanwezig", "team", "")


def _waar(rij: Any) -> tuple[Any, ...]:
    """What both exports begin with: activiteit, soort, datum, locatie, groep."""
    return rij.titel, rij.soort, _dag(rij.begin, rij.tijdzone), rij.locatie, rij.groep


@lru_cache(maxsize=256)
def _dag(begin: datetime, tijdzone: str) -> date:
    """The local day; rows of one activity follow each other."""
    return begin.astimezone(zone(tijdzone)).date()


def _stroom(sessie: Sessie, vraag: Any) -> Iterator[Any]:
    # On the statement only: set on the connection, PostgreSQL would take every later one for a cursor too.
    with sessie.execute(vraag, execution_options={"yield_per": 1000}) as rijen:
        yield from rijen


def _in_woorden(code: str | None, aanbod: str | None = None) -> str:
    """The reason as its button says it, and what the parent would like instead."""
    if not code:
        return ""
    liever = zin("nl", (aanbod or "").replace("_", ".")) if code == "ONDERWERP" and _is_onderwerp(aanbod) else ""
    return zonder_beeld(f"{zin('nl', f'reden.{code}')}{': ' if liever else ''}{liever}")


def _is_onderwerp(aanbod: str | None) -> bool:
    return bool(aanbod) and f"{aanbod}".replace("_", ".") in woorden("nl")


def leg_vast(sessie: Sessie, soort: str, periode: Periode, nu: datetime, wie: str) -> None:
    """Every export stands in the audit log."""
    plekken = ",".join(map(str, sorted(periode.plekken)))
    audit.leg_vast(sessie, nu, wie, "export", soort, f"{periode.van} {periode.tot} {plekken}".rstrip())


def wacht_er_iets(sessie: Sessie, kanaal: str) -> bool:
    """Whether a message of this channel is still to be sent (for the demo and tests)."""
    rij = postvak_uit.c
    vraag = sa.select(sa.literal(1)).where(rij.kanaal == kanaal, rij.status.in_(("wacht", "bezig"))).limit(1)
    return sessie.scalar(vraag) is not None
