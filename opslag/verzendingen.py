"""Broadcasts: begun once, filled in batches, stopped and resumed, counted.

A broadcast is a row. Its messages are made by ``vul``, one batch in one transaction, and ``tot_ouder`` says how far it
is: a crash in between loses nothing and doubles nothing (docs/besluiten/0008-vullen-in-partijen.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from dialogen.basis import Antwoord, Bericht, Plaats, Rol, Uitnodiging, Vertaald, Wereld, Wie
from dialogen.opnames import ACTIVITEIT
from opslag import audit, postvak, rechten, uitnodigen, vertalingen
from opslag.activiteiten import Afgewezen
from opslag.berichten import bericht_json
from opslag.database import Sessie
from opslag.gesprekken import Sleutel
from opslag.locaties import Onbekend
from opslag.ontvangers import SOORTEN, VoorFout, kandidaten, lees_voor, ontvangers
from opslag.tabellen import (
    NODIGT_UIT,
    activiteit,
    activiteit_groep,
    gezin_groep,
    locatie,
    medewerker,
    ouder,
    postvak_uit,
    uitnodiging,
    verzending,
    weekbericht,
)
from opslag.werkdagen import na_stilte

MaakBericht = Callable[[Wereld, int], Bericht]
"""(this parent's world, invitation number) → the message: the words are the conversations' business."""
NIETS: Mapping[str, Vertaald] = {}
PARTIJ = 500
"""Parents that are handled in one transaction: memory stays flat, and a reply waits for one batch at most."""


@dataclass(frozen=True, slots=True)
class Voortgang:
    """How far a broadcast is. Sent and dropped together make ``aantal`` when it is over."""

    nummer: int
    activiteit: int
    soort: str
    voor: str
    aantal: int
    verzonden: int
    vervallen: int
    gevuld: bool
    gestopt: bool
    begint: datetime | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """How many caregivers an invitation is meant for, and how many of them are invited already."""

    kandidaten: int
    uitgenodigd: int


@dataclass(frozen=True, slots=True)
class Eerder:
    """The same was sent before: when (UTC), by whom ('' when it was no colleague), to how many."""

    nummer: int
    op: datetime
    door: str
    aantal: int


def begin(
    sessie: Sessie,
    activiteit_id: int,
    soort: str,
    voor: str,
    nu: datetime,
    wie: str,
    *,
    kenmerk: str | None = None,
    begint: datetime | None = None,
    door: int | None = None,
) -> int | None:
    """Begin a broadcast; its number. None when one of this activity, kind and ``kenmerk`` exists already.

    ``wie`` is for the audit log; ``door`` the colleague, whose rights are checked. ``begint``: not before. Calling off
    stops what else is being sent about the activity. Raises ``Onbekend`` or ``Afgewezen``.
    """
    a = _slot(sessie, activiteit_id)
    _mag_beginnen(sessie, a, soort, voor, nu, door)
    maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    waarden = {"locatie_id": a.locatie_id, "activiteit_id": a.id, "soort": soort, "voor": voor, "gemaakt": nu}
    nieuw = maak(verzending).values(**waarden, door=door, kenmerk=kenmerk, begint=begint)
    nummer: int | None = sessie.scalar(
        nieuw.on_conflict_do_nothing(index_elements=["activiteit_id", "soort", "kenmerk"]).returning(verzending.c.id)
    )
    if nummer is None:
        return None
    if SOORTEN[soort].afgelast:
        _stop_ander(sessie, a.id, nummer, nu)
    audit.leg_vast(sessie, nu, wie, "activiteit versturen", f"activiteit:{a.id}", f"{soort} {voor}")
    return nummer


def _slot(sessie: Sessie, nummer: int) -> Any:
    """The activity, locked until the transaction ends: two who send at once come one after the other."""
    sessie.execute(sa.select(activiteit.c.id).where(activiteit.c.id == nummer).with_for_update(key_share=True))
    return haal(sessie, nummer)


def haal(sessie: Sessie, nummer: int) -> Any:
    """An activity with what a message about it says of its location. Raises ``Onbekend``."""
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


def _mag_beginnen(sessie: Sessie, a: Any, soort: str, voor: str, nu: datetime, door: int | None) -> None:
    if soort not in SOORTEN:
        raise Afgewezen(f"{soort!r} is geen soort verzending")
    try:
        lees_voor(voor)
    except VoorFout as fout:
        raise Afgewezen(str(fout)) from None
    if door is not None and not rechten.mag_locatie(sessie, door, a.locatie_id):
        raise Afgewezen("dit mag alleen iemand van het team van deze locatie")
    if (bezwaar := _bezwaar(a, soort, nu)) is not None:
        raise Afgewezen(f"activiteit {a.id} is {bezwaar}")


def _bezwaar(a: Any, soort: str, nu: datetime) -> str | None:
    """Why there is nothing to send about this activity any more, or None."""
    wat = SOORTEN[soort]
    if wat.afgelast:
        return "al voorbij" if a.begin + timedelta(minutes=a.duur) <= nu else None
    if a.afgelast:
        return "afgelast"
    return "al begonnen" if a.begin <= nu and not wat.na_begin else None


def _stop_ander(sessie: Sessie, activiteit_id: int, nummer: int, nu: datetime) -> None:
    z = verzending.c
    sessie.execute(
        verzending.update()
        .where(z.activiteit_id == activiteit_id, z.id != nummer, z.gestopt.is_(None))
        .where(sa.or_(z.gevuld.is_(None), z.aantal > z.verzonden + z.vervallen))
        .values(gestopt=nu)
    )


# Filling


def te_vullen(sessie: Sessie, nu: datetime) -> list[tuple[int, str]]:
    """The broadcasts of which messages are still to be made now, oldest first: (number, kind). A weekly message waits
    for its photo and its voice note.
    """
    z = verzending.c
    haalt = sa.exists().where(weekbericht.c.id == z.weekbericht_id, weekbericht.c.status == "halen")
    rijen = sessie.execute(
        sa.select(z.id, z.soort)
        .where(z.gevuld.is_(None), z.gestopt.is_(None), sa.or_(z.begint.is_(None), z.begint <= nu), ~haalt)
        .order_by(z.id)
    )
    return [(rij.id, rij.soort) for rij in rijen]


def vul(sessie: Sessie, nummer: int, maak_bericht: MaakBericht, nu: datetime) -> bool:
    """Make one batch of the messages of a broadcast; whether there is more to make.

    What is over meanwhile (called off, begun, stopped) makes nothing more.
    """
    z = sessie.execute(sa.select(verzending).where(verzending.c.id == nummer).with_for_update(key_share=True)).first()
    if z is None or z.gevuld or z.gestopt:
        return False
    a = haal(sessie, z.activiteit_id)
    partij = [] if _bezwaar(a, z.soort, nu) else _partij(sessie, z, nu)
    prioriteit = SOORTEN[z.soort].prioriteit
    gemaakt = _maak(sessie, a, z.soort, nummer, partij, maak_bericht, nu, prioriteit)
    klaar = len(partij) < PARTIJ
    waarden: dict[str, Any] = {"aantal": verzending.c.aantal + gemaakt}
    waarden |= {"tot_ouder": partij[-1].id} if partij else {}
    waarden |= {"gevuld": nu} if klaar else {}
    sessie.execute(verzending.update().where(verzending.c.id == nummer).values(waarden))
    return not klaar


def _partij(sessie: Sessie, z: Any, nu: datetime) -> Sequence[Any]:
    dagen = int(z.kenmerk) if SOORTEN[z.soort].vroeg else 0
    vraag = ontvangers(z.soort, z.voor, z.activiteit_id, nu, dagen).where(ouder.c.id > z.tot_ouder)
    # Who erases now waits until the batch is in.
    vraag = vraag.order_by(ouder.c.id).limit(PARTIJ).with_for_update(of=ouder, key_share=True)
    return sessie.execute(vraag).all()


def _maak(
    sessie: Sessie,
    a: Any,
    soort: str,
    nummer: int,
    partij: Sequence[Any],
    maak_bericht: MaakBericht,
    nu: datetime,
    prioriteit: Callable[[str | None], int],
) -> int:
    """The messages of one batch, and invitations where those are new; how many messages."""
    if not partij:
        return 0
    nummers = _nodig_uit(sessie, a, partij, nu) if SOORTEN[soort].nieuw else {p.id: p.uitnodiging for p in partij}
    niet_na = SOORTEN[soort].niet_na(a.begin, a.duur, nu)
    vertaald = vertalingen.in_talen(sessie, vertalingen.teksten_van(a), {p.taal for p in partij})
    stem = f"{ACTIVITEIT}{a.id}" if soort in NODIGT_UIT else ""

    def zegt(p: Any) -> str:
        bericht = maak_bericht(wereld_van(a, p, nummers[p.id], nu, vertaald.get(p.taal, {})), nummers[p.id])
        return bericht_json(replace(bericht, stem=stem) if stem else bericht)

    rijen = [
        postvak.uit_rij(
            p.gesprek_id, Sleutel(p.kanaal, p.account, p.adres), zegt(p), p.taal, nu,
            prioriteit(p.antwoord), niet_na=niet_na, verzending_id=nummer, ouder_id=p.id,
        )
        for p in partij
        if p.id in nummers and p.gesprek_id is not None and p.gestopt_op is None
    ]  # fmt: skip
    if rijen:
        sessie.execute(postvak_uit.insert(), rijen)
    return len(rijen)


def _nodig_uit(sessie: Sessie, a: Any, partij: Sequence[Any], nu: datetime) -> dict[int, int]:
    """Invitations for who has none yet: parent → number."""
    return uitnodigen.nodig_uit(sessie, a.id, [(p.id, p.rol, p.taal) for p in partij], nu)


def wereld_van(a: Any, p: Any, nummer: int, nu: datetime, vertaald: Mapping[str, Vertaald] = NIETS) -> Wereld:
    """What this parent's message may know: their own name and role, and this one invitation."""
    titel = a.titel_vaders if p.rol == "vader" and a.titel_vaders else a.titel
    u = Uitnodiging(
        nummer, titel, a.soort, a.begin, a.begin + timedelta(minutes=a.duur), a.plek, a.gastheer, a.kinderen_welkom,
        a.afgelast is not None, Antwoord(p.antwoord or "geen"), p.aantal or 0, gevraagd=a.gevraagd,
    )  # fmt: skip
    return Wereld(
        nu, p.taal, Wie.OUDER, p.naam, Rol(p.rol) if p.rol else None,
        plaats=Plaats(a.locatie, a.locatie_gastheer, a.telefoon, tijdzone=a.tijdzone), uitnodigingen=(u,),
        vertaald=vertaald,
    )  # fmt: skip


def nodig_later_uit(sessie: Sessie, ouder_id: int, maak_bericht: MaakBericht, nu: datetime) -> int:
    """Who joins after an announcement is invited too, for what still lies ahead of the own groups; how many."""
    z = verzending.c
    rijen = sessie.execute(
        sa.select(z.id, z.activiteit_id, z.voor)
        .distinct()
        .join(activiteit, activiteit.c.id == z.activiteit_id)
        .join(activiteit_groep, activiteit_groep.c.activiteit_id == activiteit.c.id)
        .join(gezin_groep, gezin_groep.c.groep_id == activiteit_groep.c.groep_id)
        .join(ouder, ouder.c.gezin_id == gezin_groep.c.gezin_id)
        .where(ouder.c.id == ouder_id, activiteit.c.begin > nu, activiteit.c.afgelast.is_(None))
        .where(z.soort == "uitnodiging", z.gestopt.is_(None), sa.or_(z.begint.is_(None), z.begint <= nu))
        .order_by(z.id)
    ).all()
    return sum(_nodig_een_uit(sessie, rij, ouder_id, maak_bericht, nu) for rij in rijen)


def _nodig_een_uit(sessie: Sessie, z: Any, ouder_id: int, maak_bericht: MaakBericht, nu: datetime) -> int:
    partij = sessie.execute(ontvangers("uitnodiging", z.voor, z.activiteit_id, nu).where(ouder.c.id == ouder_id)).all()
    if not partij:
        return 0
    a = haal(sessie, z.activiteit_id)
    # The parent is here now and asked for it: this is an answer, not a broadcast that waits for the morning.
    gemaakt = _maak(sessie, a, "uitnodiging", z.id, partij, maak_bericht, nu, lambda _: postvak.ANTWOORD)
    sessie.execute(verzending.update().where(verzending.c.id == z.id).values(aantal=verzending.c.aantal + gemaakt))
    return gemaakt


def schuif_mee(sessie: Sessie, activiteit_id: int, eerst: datetime, begin: datetime, nu: datetime) -> None:
    """What would be sent later than the new beginning keeps its distance to it, and goes at once when that is past."""
    z = verzending.c
    te_laat = (z.activiteit_id == activiteit_id) & z.gevuld.is_(None) & (z.begint >= begin)
    for rij in sessie.execute(sa.select(z.id, z.begint).where(te_laat)).all():
        op = max(nu, rij.begint + (begin - eerst))
        sessie.execute(verzending.update().where(z.id == rij.id).values(begint=op))


# Stopping, resuming, looking


def stop(sessie: Sessie, nummer: int, nu: datetime, wie: str, door: int | None = None) -> bool:
    """Nothing more goes out of this broadcast until it is resumed; whether it went on until now.

    Raises ``Afgewezen`` when the colleague ``door`` may not.
    """
    z = _van(sessie, nummer, door)
    if z is None or z.gestopt:
        return False
    sessie.execute(verzending.update().where(verzending.c.id == nummer).values(gestopt=nu))
    audit.leg_vast(sessie, nu, wie, "verzending gestopt", f"verzending:{nummer}")
    return True


def hervat(sessie: Sessie, nummer: int, nu: datetime, wie: str, door: int | None = None) -> bool:
    """Go on with a broadcast that was stopped; whether there is something to go on with.

    Raises ``Afgewezen`` when the colleague ``door`` may not, or the activity is called off or has begun.
    """
    activiteit_id = sessie.scalar(sa.select(verzending.c.activiteit_id).where(verzending.c.id == nummer))
    if activiteit_id is None:
        return False
    a = _slot(sessie, activiteit_id)  # before the broadcast's own row, as calling off takes them
    z = _van(sessie, nummer, door)
    if z is None or not z.gestopt:
        return False
    if (bezwaar := _bezwaar(a, z.soort, nu)) is not None:
        raise Afgewezen(f"activiteit {a.id} is {bezwaar}")
    sessie.execute(verzending.update().where(verzending.c.id == nummer).values(gestopt=None))
    postvak.hervat(sessie, nummer, nu)
    audit.leg_vast(sessie, nu, wie, "verzending hervat", f"verzending:{nummer}")
    return True


def _van(sessie: Sessie, nummer: int, door: int | None) -> Any:
    z = sessie.execute(sa.select(verzending).where(verzending.c.id == nummer).with_for_update(key_share=True)).first()
    if z is not None and door is not None and not rechten.mag_locatie(sessie, door, z.locatie_id):
        raise Afgewezen("dit mag alleen iemand van het team van deze locatie")
    return z


def voortgang(sessie: Sessie, nummer: int) -> Voortgang | None:
    """How far a broadcast is, from its counters; None when it is not there."""
    z = sessie.execute(sa.select(verzending).where(verzending.c.id == nummer)).first()
    if z is None:
        return None
    return Voortgang(
        z.id, z.activiteit_id, z.soort, z.voor, z.aantal, z.verzonden, z.vervallen,
        z.gevuld is not None, z.gestopt is not None, z.begint,
    )  # fmt: skip


def telling(sessie: Sessie, nummer: int, nu: datetime) -> Telling:
    """For how many a broadcast of invitations is meant, before it is filled."""
    z = sessie.execute(sa.select(verzending).where(verzending.c.id == nummer)).one()
    alle = kandidaten(z.activiteit_id, z.voor, nu).with_only_columns(sa.func.count())
    al = sa.exists().where(uitnodiging.c.activiteit_id == z.activiteit_id, uitnodiging.c.ouder_id == ouder.c.id)
    return Telling(sessie.scalar(alle) or 0, sessie.scalar(alle.where(al)) or 0)


def stil_tot(sessie: Sessie, nummer: int, nu: datetime) -> str:
    """The local time ('08:00') until which quiet hours hold a broadcast's messages now, '' when they may go."""
    vraag = sa.select(locatie.c.stil_van, locatie.c.stil_tot, locatie.c.tijdzone)
    vraag = vraag.join(verzending, verzending.c.locatie_id == locatie.c.id).where(verzending.c.id == nummer)
    stil = sessie.execute(vraag).one()
    return stil.stil_tot if na_stilte(nu, *stil) > nu else ""


def eerder(sessie: Sessie, activiteit_id: int, soort: str, voor: str) -> Eerder | None:
    """The last broadcast of this kind that reaches the same parents, when there is one that was not stopped.

    The activity is locked until the transaction ends, so that who sends next in it is really the first.
    """
    _slot(sessie, activiteit_id)
    z = verzending.c
    rij = sessie.execute(
        sa.select(z.id, z.gemaakt, z.aantal, medewerker.c.naam)
        .outerjoin(medewerker, medewerker.c.id == z.door)
        .where(z.activiteit_id == activiteit_id, z.soort == soort, z.gestopt.is_(None))
        .where(z.voor.in_({voor, "iedereen"}))
        .order_by(z.id.desc())
        .limit(1)
    ).first()
    return Eerder(rij.id, rij.gemaakt, rij.naam or "", rij.aantal) if rij else None
