"""The list of the administration against what we know: what would change, and changing exactly that.

Nothing is ever erased by a list. A family is known by its number in the administration (``gezin.kenmerk``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from opslag import audit, rechten
from opslag.database import Sessie
from opslag.gezinnen import zet_groepen
from opslag.tabellen import gezin, gezin_groep, groep, ouder

PARTIJ = 500
"""Numbers in one statement: SQLite takes no more than some thousands."""


@dataclass(frozen=True, slots=True)
class Verzorger:
    """A caregiver on the list; '' for what is not there."""

    naam: str
    rol: str = ""
    taal: str = ""


@dataclass(frozen=True, slots=True)
class Inschrijving:
    """One family of the list: on which lines it stands, its days, and its groups by name (None: not on the list)."""

    regels: tuple[int, ...]
    kenmerk: str
    ingeschreven: date
    uitgeschreven: date | None = None
    groepen: tuple[str, ...] | None = None
    verzorgers: tuple[Verzorger, ...] = ()


@dataclass(frozen=True, slots=True)
class Fout:
    """A line that cannot be read in, and why; ``kenmerk`` when it says which family it is about."""

    regel: int
    waarom: str
    kenmerk: str = ""


@dataclass(frozen=True, slots=True)
class Lijst:
    """A list as it was read. ``met_einde``: it says who left, so that an empty cell means somebody is here."""

    gezinnen: tuple[Inschrijving, ...]
    fouten: tuple[Fout, ...] = ()
    meldingen: tuple[str, ...] = ()
    met_einde: bool = False


@dataclass(frozen=True, slots=True)
class Regel:
    """What will happen with one family, in words."""

    kenmerk: str
    regels: tuple[int, ...]
    wat: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voorstel:
    """What will happen. ``weg`` are families that are not on the list any more; ``keur`` stands for the list and for
    all that we knew when this was worked out.
    """

    nieuw: tuple[Regel, ...]
    anders: tuple[Regel, ...]
    weg: tuple[str, ...]
    gelijk: int
    zonder_nummer: int
    fouten: tuple[Fout, ...]
    keur: str


class Achterhaald(Exception):
    """Something changed since the proposal was shown; nothing was written."""


@dataclass(frozen=True, slots=True)
class _Bekend:
    nummer: int
    ingeschreven: date
    uitgeschreven: date | None
    groepen: frozenset[int]
    verzorgers: tuple[tuple[str, str], ...]


def voorstel(sessie: Sessie, locatie_id: int, lijst: Lijst, vandaag: date) -> Voorstel:
    """What reading this list in would do. Writes nothing; four statements, however long the list is."""
    bekend, groepen = _bekend(sessie, locatie_id), _groepen(sessie, locatie_id)
    goed, fouten = _met_groepen(lijst, groepen)
    nieuw = [Regel(g.kenmerk, g.regels, _nieuw(g)) for g in goed if g.kenmerk not in bekend]
    anders = [
        Regel(g.kenmerk, g.regels, wat)
        for g in goed
        if g.kenmerk in bekend and (wat := _verschil(g, bekend[g.kenmerk], groepen, lijst.met_einde))
    ]
    genoemd = {g.kenmerk for g in lijst.gezinnen} | {f.kenmerk for f in lijst.fouten}
    weg = [k for k, b in bekend.items() if k not in genoemd and _is_er(b, vandaag)]
    zonder = sa.select(sa.func.count()).select_from(gezin)
    zonder = zonder.where(gezin.c.locatie_id == locatie_id, gezin.c.kenmerk.is_(None))
    return Voorstel(
        tuple(nieuw),
        tuple(anders),
        tuple(sorted(weg)),
        len(goed) - len(nieuw) - len(anders),
        sessie.scalar(zonder) or 0,
        tuple(sorted([*lijst.fouten, *fouten], key=lambda f: f.regel)),
        _keur(lijst, bekend, groepen, vandaag),
    )


def voer_uit(
    sessie: Sessie,
    medewerker_id: int,
    locatie_id: int,
    lijst: Lijst,
    keur: str,
    schrijf_uit: bool,
    vandaag: date,
    nu: datetime,
) -> Voorstel:
    """Do what was shown; ``schrijf_uit``: who is not on the list is enrolled until today. What was done.

    Raises ``Achterhaald`` when it is not what was shown any more, ``PermissionError`` for who does not lead here.
    """
    mag = sa.select(sa.literal(1)).where(rechten.leidt(medewerker_id))
    if not rechten.mag_locatie(sessie, medewerker_id, locatie_id) or sessie.scalar(mag) is None:
        raise PermissionError
    sessie.execute(sa.select(gezin.c.id).where(gezin.c.locatie_id == locatie_id).with_for_update()).all()
    plan = voorstel(sessie, locatie_id, lijst, vandaag)
    if plan.keur != keur:
        raise Achterhaald
    groepen = _groepen(sessie, locatie_id)
    per = {g.kenmerk: g for g in lijst.gezinnen}
    _maak(sessie, locatie_id, [per[r.kenmerk] for r in plan.nieuw], groepen, nu)
    bekend = _bekend(sessie, locatie_id)
    for regel in plan.anders:
        _pas_aan(sessie, per[regel.kenmerk], bekend[regel.kenmerk], groepen, lijst.met_einde, nu)
    if schrijf_uit:
        _schrijf_uit(sessie, locatie_id, plan.weg, vandaag)
    details = f"{len(plan.nieuw)} nieuw, {len(plan.anders)} anders, {len(plan.weg) if schrijf_uit else 0} weg"
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "lijst ingelezen", f"locatie:{locatie_id}", details)
    return plan


# What we know


def _bekend(sessie: Sessie, locatie_id: int) -> dict[str, _Bekend]:
    hier = (gezin.c.locatie_id == locatie_id, gezin.c.kenmerk.is_not(None))
    groepen: dict[int, set[int]] = {}
    for r in sessie.execute(sa.select(gezin_groep).join(gezin, gezin.c.id == gezin_groep.c.gezin_id).where(*hier)):
        groepen.setdefault(r.gezin_id, set()).add(r.groep_id)
    leden: dict[int, list[tuple[str, str]]] = {}
    namen = sa.select(ouder.c.gezin_id, ouder.c.naam, ouder.c.rol).join(gezin, gezin.c.id == ouder.c.gezin_id)
    for r in sessie.execute(namen.where(*hier).order_by(ouder.c.id)):
        leden.setdefault(r.gezin_id, []).append((r.naam, r.rol or ""))
    return {
        r.kenmerk: _Bekend(
            r.id, r.ingeschreven, r.uitgeschreven, frozenset(groepen.get(r.id, ())), tuple(leden.get(r.id, ()))
        )
        for r in sessie.execute(sa.select(gezin).where(*hier).order_by(gezin.c.id))
    }


def _groepen(sessie: Sessie, locatie_id: int) -> dict[str, int]:
    rijen = sessie.execute(sa.select(groep.c.naam, groep.c.id).where(groep.c.locatie_id == locatie_id))
    return {r.naam.casefold(): r.id for r in rijen}


def _is_er(b: _Bekend, vandaag: date) -> bool:
    return b.uitgeschreven is None or b.uitgeschreven > vandaag


def _keur(lijst: Lijst, bekend: Mapping[str, _Bekend], groepen: Mapping[str, int], vandaag: date) -> str:
    som = hashlib.sha256(repr((replace(lijst, meldingen=()), sorted(groepen.items()), vandaag)).encode())
    for kenmerk, b in sorted(bekend.items()):
        som.update(repr((kenmerk, replace(b, groepen=frozenset()), sorted(b.groepen))).encode())
    return som.hexdigest()


# What differs


def _met_groepen(lijst: Lijst, groepen: Mapping[str, int]) -> tuple[list[Inschrijving], list[Fout]]:
    """The families whose groups are all there, and the lines of those whose are not."""
    goed, fouten = [], []
    for g in lijst.gezinnen:
        if vreemd := [naam for naam in g.groepen or () if naam.casefold() not in groepen]:
            fouten.append(Fout(g.regels[0], f"de groep “{vreemd[0]}” is er niet", g.kenmerk))
        else:
            goed.append(g)
    return goed, fouten


def _nieuw(g: Inschrijving) -> tuple[str, ...]:
    wat = [f"ingeschreven {_dag(g.ingeschreven)}"]
    wat += [f"tot {_dag(g.uitgeschreven)}"] if g.uitgeschreven else []
    wat += list(g.groepen or ())
    return (*wat, *(_noem(o) for o in g.verzorgers))


def _noem(o: Verzorger) -> str:
    return " ".join(filter(None, (o.naam or "verzorger", f"({o.rol})" if o.rol else "")))


def _dag(dag: date | None) -> str:
    return f"{dag:%d-%m-%Y}" if dag else "geen"


def _verschil(g: Inschrijving, b: _Bekend, groepen: Mapping[str, int], met_einde: bool) -> tuple[str, ...]:
    wat = []
    if g.ingeschreven != b.ingeschreven:
        wat.append(f"ingeschreven: {_dag(b.ingeschreven)} → {_dag(g.ingeschreven)}")
    if met_einde and g.uitgeschreven != b.uitgeschreven:
        wat.append(f"uitgeschreven: {_dag(b.uitgeschreven)} → {_dag(g.uitgeschreven)}")
    if g.groepen and {groepen[n.casefold()] for n in g.groepen} != b.groepen:
        wat.append(f"groep wordt {', '.join(g.groepen)}")
    return (*wat, *(f"erbij: {_noem(o)}" for o in _erbij(g, b)))


def _erbij(g: Inschrijving, b: _Bekend) -> list[Verzorger]:
    """Who is not known yet: nobody of that name, and without a name nobody of that role."""
    namen = {naam.casefold() for naam, _ in b.verzorgers}
    rollen = {rol for _, rol in b.verzorgers}
    return [o for o in g.verzorgers if (o.naam.casefold() not in namen if o.naam else o.rol not in rollen)]


# Writing


def _maak(
    sessie: Sessie, locatie_id: int, nieuw: Sequence[Inschrijving], groepen: Mapping[str, int], nu: datetime
) -> None:
    if not nieuw:
        return
    hier_nu = {"locatie_id": locatie_id}
    rijen = [
        {**hier_nu, "kenmerk": g.kenmerk, "ingeschreven": g.ingeschreven, "uitgeschreven": g.uitgeschreven}
        for g in nieuw
    ]
    sessie.execute(gezin.insert(), rijen)
    hier = sa.select(gezin.c.kenmerk, gezin.c.id).where(gezin.c.locatie_id == locatie_id, gezin.c.kenmerk.is_not(None))
    nummers = {r.kenmerk: r.id for r in sessie.execute(hier)}
    bij = [
        {"gezin_id": nummers[g.kenmerk], "groep_id": nr}
        for g in nieuw
        for nr in sorted({groepen[n.casefold()] for n in g.groepen or ()})
    ]
    wie = [_ouder(nummers[g.kenmerk], o, nu) for g in nieuw for o in g.verzorgers]
    for tabel, erbij in ((gezin_groep, bij), (ouder, wie)):
        if erbij:
            sessie.execute(tabel.insert(), erbij)


def _ouder(gezin_id: int, o: Verzorger, nu: datetime) -> dict[str, Any]:
    return {"gezin_id": gezin_id, "naam": o.naam, "rol": o.rol or None, "taal": o.taal or "nl", "gemaakt": nu}


def _pas_aan(
    sessie: Sessie, g: Inschrijving, b: _Bekend, groepen: Mapping[str, int], met_einde: bool, nu: datetime
) -> None:
    waarden: dict[str, Any] = {"ingeschreven": g.ingeschreven}
    waarden |= {"uitgeschreven": g.uitgeschreven} if met_einde else {}
    sessie.execute(gezin.update().where(gezin.c.id == b.nummer).values(waarden))
    if g.groepen:
        zet_groepen(sessie, b.nummer, sorted({groepen[n.casefold()] for n in g.groepen}))
    erbij = [_ouder(b.nummer, o, nu) for o in _erbij(g, b)]
    if erbij:
        sessie.execute(ouder.insert(), erbij)


def _schrijf_uit(sessie: Sessie, locatie_id: int, weg: Sequence[str], vandaag: date) -> None:
    for deel in _partijen(weg):
        hier = gezin.update().where(gezin.c.locatie_id == locatie_id, gezin.c.kenmerk.in_(deel))
        # Who would only come later is not enrolled at all: the end is never before the beginning.
        einde = sa.case((gezin.c.ingeschreven > vandaag, gezin.c.ingeschreven), else_=sa.literal(vandaag))
        sessie.execute(hier.values(uitgeschreven=einde))


def _partijen(rij: Sequence[str]) -> Iterable[Sequence[str]]:
    return (rij[n : n + PARTIJ] for n in range(0, len(rij), PARTIJ))
