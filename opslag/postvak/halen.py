"""The outbox, taken to be sent: replies first, of one chat one at a time, with what decides whether it may go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from opslag.database import Sessie
from opslag.postvak.luisteraar import van_wie
from opslag.postvak.uit import UITZENDING
from opslag.postvak.zone import AMSTERDAM, ZONE
from opslag.snel import eenmaal
from opslag.tabellen import gesprek, gezin, locatie, ouder, postvak_uit, verzending

WAKKER = 5000
"""Rows that may become due in one look: in the morning all that the night held back is due at once."""


@dataclass(frozen=True, slots=True)
class Uit:
    """A claimed row of the outbox, with what decides at the moment of sending whether it still may go."""

    nummer: int
    gesprek_id: int
    adres: str
    prioriteit: int
    inhoud: str
    taal: str
    vervangt: str
    niet_na: datetime
    pogingen: int
    ouder_id: int | None
    gestopt: bool
    pauze_tot: datetime | None
    onbereikbaar: bool
    stil: tuple[str, str, str] | None
    deze_week: int
    weekmaximum: int
    verzending_id: int | None = None
    stilgelegd: bool = False  # its broadcast was stopped
    tijdzone: str = AMSTERDAM  # of the location of who reads it
    vorm: str = ""  # how the parent wants it, also before there is one; '' for staff
    spreektaal: str = ""  # the language that the parent chose
    locatie_id: int | None = None  # whose recordings are heard


_eerder = postvak_uit.alias("eerder")
_kandidaat = postvak_uit.alias("kandidaat")
_VRIJ = (
    sa.select(_kandidaat.c.id)
    .where(
        _kandidaat.c.kanaal == sa.bindparam("b_kanaal"),
        _kandidaat.c.account == sa.bindparam("b_account"),
        _kandidaat.c.status == sa.literal_column("'wacht'"),
        _kandidaat.c.prioriteit <= sa.bindparam("b_tot"),
        # In one chat messages of one priority go in order, one at a time.
        ~sa.exists().where(
            _eerder.c.gesprek_id == _kandidaat.c.gesprek_id,
            _eerder.c.id < _kandidaat.c.id,
            _eerder.c.prioriteit <= _kandidaat.c.prioriteit,
            _eerder.c.status.in_([sa.literal_column("'wacht'"), sa.literal_column("'bezig'")]),
        ),
    )
    .order_by(_kandidaat.c.prioriteit, _kandidaat.c.id)
    .limit(sa.bindparam("b_meest"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    postvak_uit.update().where(postvak_uit.c.id.in_(eenmaal(_VRIJ))).values(status="bezig").returning(postvak_uit.c.id)
)
_vanaf: Any = sa.bindparam("sinds")
_week = postvak_uit.alias("week")


def _in_de_week(*waar: Any) -> Any:
    eigen = (_week.c.ouder_id == postvak_uit.c.ouder_id, _week.c.prioriteit >= UITZENDING)
    return sa.select(sa.func.count()).where(*eigen, *waar).correlate(postvak_uit).scalar_subquery()


_GECLAIMD = van_wie(
    sa.select(
        postvak_uit.c.id,
        postvak_uit.c.gesprek_id,
        postvak_uit.c.adres,
        postvak_uit.c.prioriteit,
        postvak_uit.c.inhoud,
        postvak_uit.c.taal,
        postvak_uit.c.vervangt,
        postvak_uit.c.niet_na,
        postvak_uit.c.pogingen,
        postvak_uit.c.ouder_id,
        ouder.c.gestopt_op,
        ouder.c.pauze_tot,
        gesprek.c.onbereikbaar,
        locatie.c.stil_van,
        locatie.c.stil_tot,
        locatie.c.tijdzone,
        locatie.c.weekmaximum,
        postvak_uit.c.verzending_id,
        verzending.c.gestopt,
        sa.case(
            (
                postvak_uit.c.prioriteit >= UITZENDING,
                _in_de_week(_week.c.verzonden > _vanaf)
                # Those on their way now, by whatever chat: they count as soon as they are claimed.
                + _in_de_week(
                    _week.c.verzonden.is_(None),
                    _week.c.status == sa.literal_column("'bezig'"),
                    _week.c.id < postvak_uit.c.id,
                ),
            ),
            else_=0,
        ).label("deze_week"),
        # What is about a parent is about that parent's location, also when a colleague reads it.
        sa.func.coalesce(locatie.c.tijdzone, ZONE).label("zone"),
    )
    .join(gesprek, gesprek.c.id == postvak_uit.c.gesprek_id)
    .outerjoin(ouder, ouder.c.id == postvak_uit.c.ouder_id)
    .outerjoin(gezin, gezin.c.id == ouder.c.gezin_id)
    .outerjoin(locatie, locatie.c.id == gezin.c.locatie_id)
    .outerjoin(verzending, verzending.c.id == postvak_uit.c.verzending_id)
    .where(postvak_uit.c.id.in_(sa.bindparam("nummers", expanding=True)))
    .order_by(postvak_uit.c.prioriteit, postvak_uit.c.id)
)


def claim(sessie: Sessie, kanaal: str, account: str, meest: int, nu: datetime, tot: int = UITZENDING) -> list[Uit]:
    """Take up to ``meest`` rows that may go now: replies first, and of one chat one at a time; none that is less
    urgent than priority ``tot``.

    Only the holder of the account's sending lease calls this.
    """
    nummers = list(sessie.scalars(_CLAIM, {"b_kanaal": kanaal, "b_account": account, "b_meest": meest, "b_tot": tot}))
    if not nummers:
        return []
    rijen = sessie.execute(_GECLAIMD, {"nummers": nummers, "sinds": nu - timedelta(days=7)}).all()
    return [_uit(rij) for rij in rijen]


def _uit(rij: Any) -> Uit:
    stil = (rij.stil_van, rij.stil_tot, rij.tijdzone) if rij.stil_van else None
    return Uit(
        rij.id, rij.gesprek_id, rij.adres, rij.prioriteit, rij.inhoud or "{}", rij.taal, rij.vervangt, rij.niet_na,
        rij.pogingen, rij.ouder_id, rij.gestopt_op is not None, rij.pauze_tot, rij.onbereikbaar is not None, stil,
        rij.deze_week, rij.weekmaximum or 0, rij.verzending_id, rij.gestopt is not None, rij.zone,
        rij.vorm or "", rij.spreektaal or "", rij.luistert_bij,
    )  # fmt: skip


def maak_wakker(sessie: Sessie, nu: datetime) -> int:
    """Rows whose time has come wait from now on, at most ``WAKKER`` at a time; how many.

    Every account does this for all, so a row may be on its way already when another comes to wake it: it is looked at
    anew under its lock, and what somebody has in hand is left alone.
    """
    slaapt = postvak_uit.alias("slaapt")
    tijd = (
        sa.select(slaapt.c.id)
        .where(slaapt.c.status == sa.literal_column("'later'"), slaapt.c.niet_voor <= nu)
        .order_by(slaapt.c.niet_voor)
        .limit(WAKKER)
        .with_for_update(skip_locked=True)
    )
    rij = postvak_uit.c
    # Counted by what comes back: of an update that begins with WITH sqlite3 knows no number of rows.
    wakker = postvak_uit.update().where(rij.id.in_(eenmaal(tijd))).values(status="wacht").returning(rij.id)
    return len(sessie.execute(wakker).all())
