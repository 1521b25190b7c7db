"""Activities: making one, announcing it to every caregiver of its groups, inviting who joins later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from dialogen.basis import Bericht, Plaats, Rol, Uitnodiging, Wereld, Wie
from opslag import audit, postvak
from opslag.berichten import bericht_json
from opslag.database import Sessie
from opslag.gesprekken import Sleutel
from opslag.locaties import Onbekend
from opslag.tabellen import (
    activiteit,
    activiteit_groep,
    gesprek,
    gezin,
    gezin_groep,
    groep,
    locatie,
    ouder,
    postvak_uit,
    uitnodiging,
    verzending,
)
from opslag.werkdagen import na_stilte

MaakBericht = Callable[[Wereld, int], Bericht]
"""(this parent's world, invitation number) → the message: the words are the conversations' business."""
PARTIJ = 500
"""Rows that are made and inserted together, so that memory stays flat."""


@dataclass(frozen=True, slots=True)
class Activiteit:
    """An activity as staff make it. ``begin`` is UTC, ``duur`` in minutes, ``capaciteit`` adults or None."""

    locatie_id: int
    soort: str
    titel: str
    doel: str
    begin: datetime
    duur: int
    plek: str
    groepen: Sequence[int]
    gastheer: str = ""
    capaciteit: int | None = None
    kinderen_welkom: bool = True
    titel_vaders: str = ""
    gevraagd: str = ""


@dataclass(frozen=True, slots=True)
class Verstuurd:
    """What came of announcing: newly invited caregivers, those who have no chat, and those invited already.

    ``stil_tot`` is the local time ('08:00') until which quiet hours hold the messages now, '' when they may go.
    """

    nieuw: int
    zonder_chat: int
    al_uitgenodigd: int
    stil_tot: str = ""


class Afgewezen(ValueError):
    """What was asked cannot be done; the text says why and what to do."""


def maak(sessie: Sessie, nieuw: Activiteit, nu: datetime, wie: str, gemaakt_door: int | None = None) -> int:
    """A new activity, not announced yet; its number. Raises ``Afgewezen`` for one that cannot be."""
    if nieuw.begin <= nu:
        raise Afgewezen("het begin ligt in het verleden; kies een later moment")
    velden = (
        "locatie_id",
        "soort",
        "titel",
        "doel",
        "begin",
        "duur",
        "plek",
        "gastheer",
        "capaciteit",
        "kinderen_welkom",
        "titel_vaders",
        "gevraagd",
    )
    waarden = {veld: getattr(nieuw, veld) for veld in velden} | {"gemaakt": nu, "gemaakt_door": gemaakt_door}
    nummer: int = sessie.execute(activiteit.insert().values(waarden).returning(activiteit.c.id)).scalar_one()
    for groep_id in nieuw.groepen:
        sessie.execute(activiteit_groep.insert().values(activiteit_id=nummer, groep_id=groep_id))
    audit.leg_vast(sessie, nu, wie, "activiteit nieuw", f"activiteit:{nummer}")
    return nummer


def verstuur(sessie: Sessie, nummer: int, voor: str, maak_bericht: MaakBericht, nu: datetime, wie: str) -> Verstuurd:
    """Invite every caregiver of the activity's groups who is not invited yet, each in person.

    ``voor``: 'iedereen' or 'vaders'. Doing it twice invites nobody twice. Raises ``Onbekend`` or ``Afgewezen``.
    """
    a = _haal(sessie, nummer)
    if a.afgelast:
        raise Afgewezen(f"activiteit {nummer} is afgelast")
    if a.begin <= nu:
        raise Afgewezen(f"activiteit {nummer} is al begonnen")
    kandidaten = sessie.execute(_kandidaten(nummer, voor, nu).with_only_columns(sa.func.count())).scalar_one()
    waarden = {"locatie_id": a.locatie_id, "activiteit_id": nummer, "soort": "uitnodiging", "voor": voor, "gemaakt": nu}
    zending: int = sessie.execute(verzending.insert().values(waarden).returning(verzending.c.id)).scalar_one()
    nieuw = zonder = 0
    for partij in _in_partijen(sessie, nummer, voor, nu):
        gemaakt, geen = _nodig_uit(sessie, a, zending, partij, maak_bericht, nu)
        nieuw, zonder = nieuw + gemaakt, zonder + geen
    audit.leg_vast(sessie, nu, wie, "activiteit versturen", f"activiteit:{nummer}", f"{voor}: {nieuw}")
    stil = na_stilte(nu, a.stil_van, a.stil_tot, a.tijdzone) > nu
    return Verstuurd(nieuw, zonder, kandidaten - nieuw - zonder, a.stil_tot if stil else "")


def nodig_later_uit(sessie: Sessie, ouder_id: int, maak_bericht: MaakBericht, nu: datetime) -> int:
    """Who joins after an announcement is invited too, for what still lies ahead of the own groups; how many."""
    rijen = sessie.execute(
        sa.select(verzending.c.activiteit_id, sa.func.max(verzending.c.id), sa.func.min(verzending.c.voor))
        .join(activiteit, activiteit.c.id == verzending.c.activiteit_id)
        .join(activiteit_groep, activiteit_groep.c.activiteit_id == activiteit.c.id)
        .join(gezin_groep, gezin_groep.c.groep_id == activiteit_groep.c.groep_id)
        .join(ouder, ouder.c.gezin_id == gezin_groep.c.gezin_id)
        .where(ouder.c.id == ouder_id, activiteit.c.begin > nu, activiteit.c.afgelast.is_(None))
        .where(verzending.c.soort == "uitnodiging")
        .group_by(verzending.c.activiteit_id)
    ).all()
    gemaakt = 0
    for nummer, zending, voor in rijen:
        partij = sessie.execute(_kandidaten(nummer, voor, nu).where(ouder.c.id == ouder_id)).all()
        # The parent is here now and asked for it: this is an answer, not a broadcast that waits for the morning.
        gemaakt += _nodig_uit(sessie, _haal(sessie, nummer), zending, partij, maak_bericht, nu, postvak.ANTWOORD)[0]
    return gemaakt


def _haal(sessie: Sessie, nummer: int) -> Any:
    plek = (
        *(locatie.c.naam.label("locatie"), locatie.c.gastheer.label("locatie_gastheer"), locatie.c.telefoon),
        *(locatie.c.stil_van, locatie.c.stil_tot, locatie.c.tijdzone),
    )
    vraag = sa.select(activiteit, *plek).join(locatie, locatie.c.id == activiteit.c.locatie_id)
    rij = sessie.execute(vraag.where(activiteit.c.id == nummer)).first()
    if rij is None:
        raise Onbekend(
            f"activiteit {nummer} is er niet; het nummer staat op de laatste regel van: inloop activiteit nieuw"
        )
    return rij


def _kandidaten(nummer: int, voor: str, nu: datetime) -> Any:
    """The caregivers of the activity's groups, with their chat when there is one, in the order of their number."""
    in_groep = (
        sa.select(gezin_groep.c.gezin_id)
        .join(activiteit_groep, activiteit_groep.c.groep_id == gezin_groep.c.groep_id)
        .where(activiteit_groep.c.activiteit_id == nummer)
    )
    chat = (
        sa.select(sa.func.max(gesprek.c.id))
        .where(gesprek.c.ouder_id == ouder.c.id, gesprek.c.onbereikbaar.is_(None))
        .correlate(ouder)
        .scalar_subquery()
    )
    vraag = (
        sa.select(
            ouder.c.id, ouder.c.naam, ouder.c.rol, ouder.c.taal, ouder.c.gestopt_op,
            gesprek.c.id.label("gesprek_id"), gesprek.c.kanaal, gesprek.c.account, gesprek.c.adres,
        )
        .join(gezin, gezin.c.id == ouder.c.gezin_id)
        .outerjoin(gesprek, gesprek.c.id == chat)
        .where(gezin.c.id.in_(in_groep), gezin.c.uitgeschreven.is_(None) | (gezin.c.uitgeschreven > nu.date()))
    )  # fmt: skip
    return vraag.where(ouder.c.rol == "vader") if voor == "vaders" else vraag


def _in_partijen(sessie: Sessie, nummer: int, voor: str, nu: datetime) -> Iterator[list[Any]]:
    na = 0
    while True:
        vraag = _kandidaten(nummer, voor, nu).where(ouder.c.id > na).order_by(ouder.c.id).limit(PARTIJ)
        vraag = vraag.with_for_update(of=ouder, key_share=True)  # who erases now waits until the batch is in
        partij = list(sessie.execute(vraag).all())
        if not partij:
            return
        yield partij
        na = partij[-1].id


def _nodig_uit(
    sessie: Sessie,
    a: Any,
    zending: int,
    partij: Sequence[Any],
    maak_bericht: MaakBericht,
    nu: datetime,
    prioriteit: int = postvak.UITZENDING,
) -> tuple[int, int]:
    """Invitations and messages for one batch: (new ones with a message, new ones without a chat)."""
    if not partij:
        return 0, 0
    maak_ = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    zonder_dubbel = maak_(uitnodiging).on_conflict_do_nothing(index_elements=["activiteit_id", "ouder_id"])
    erbij = zonder_dubbel.returning(uitnodiging.c.ouder_id, uitnodiging.c.id)
    rijen = [{"activiteit_id": a.id, "ouder_id": p.id, "rol": p.rol, "gemaakt": nu} for p in partij]
    nummers: dict[int, int] = {rij.ouder_id: rij.id for rij in sessie.execute(erbij, rijen)}
    berichten = [
        _uit_rij(a, zending, p, nummers[p.id], maak_bericht, nu, prioriteit)
        for p in partij
        if p.id in nummers and p.gesprek_id is not None and p.gestopt_op is None
    ]
    if berichten:
        sessie.execute(postvak_uit.insert(), berichten)
    return len(berichten), len(nummers) - len(berichten)


def _uit_rij(
    a: Any, zending: int, p: Any, nummer: int, maak_bericht: MaakBericht, nu: datetime, prioriteit: int
) -> dict[str, Any]:
    u = Uitnodiging(
        nummer, a.titel, a.soort, a.begin, a.begin + timedelta(minutes=a.duur), a.plek, a.gastheer, a.kinderen_welkom
    )
    wereld = Wereld(
        nu, p.taal, Wie.OUDER, p.naam, Rol(p.rol) if p.rol else None,
        plaats=Plaats(a.locatie, a.locatie_gastheer, a.telefoon), uitnodigingen=(u,),
    )  # fmt: skip
    bericht = bericht_json(maak_bericht(wereld, nummer))
    sleutel = Sleutel(p.kanaal, p.account, p.adres)
    return postvak.uit_rij(
        p.gesprek_id, sleutel, bericht, p.taal, nu, prioriteit,
        niet_na=a.begin, verzending_id=zending, ouder_id=p.id,
    )  # fmt: skip


def groepsnamen(sessie: Sessie, nummer: int) -> list[str]:
    """The names of an activity's groups."""
    vraag = sa.select(groep.c.naam).join(activiteit_groep, activiteit_groep.c.groep_id == groep.c.id)
    return list(sessie.scalars(vraag.where(activiteit_groep.c.activiteit_id == nummer).order_by(groep.c.naam)))
