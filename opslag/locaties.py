"""Organisations, locations, groups, the team, and the codes of start links."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from opslag import audit
from opslag.database import Sessie
from opslag.tabellen import (
    gezin,
    gezin_groep,
    groep,
    locatie,
    medewerker,
    medewerker_locatie,
    organisatie,
    ouder,
    startcode,
)

GELDIG_TEAM = GELDIG_PARTNER = timedelta(days=7)
ROLLEN = ("medewerker", "coordinator", "beheerder")


class Onbekend(LookupError):
    """Something that is named does not exist; the text says what, for the one who typed it."""


class Bestaat(ValueError):
    """Something with this name is there already."""


@dataclass(frozen=True, slots=True)
class Locatie:
    """A location. ``gastheer`` '' means the team as a whole answers."""

    nummer: int
    naam: str
    gastheer: str
    telefoon: str
    tijdzone: str


@dataclass(frozen=True, slots=True)
class Code:
    """What a start code opens; ``bezwaar`` '' when it does, else 'onbekend' | 'gebruikt' | 'verlopen'."""

    doel: str
    locatie_id: int
    locatie: str
    gastheer: str
    groep_id: int | None
    gezin_id: int | None
    rol: str | None
    bezwaar: str
    ouder_id: int | None = None


def maak_locatie(
    sessie: Sessie,
    naam: str,
    groepen: Sequence[str],
    nu: datetime,
    *,
    gastheer: str = "",
    telefoon: str = "",
    voorbeeld: bool = False,
    stil: tuple[str, str] = ("20:00", "08:00"),
    weekmaximum: int = 3,
    regio: str = "midden",
) -> int:
    """A new location with its groups; its organisation bears its name until somebody says otherwise. ``regio`` is that
    of its school holidays (``vakanties.REGIOS``).

    Raises ``Bestaat`` when the name is taken.
    """
    if naam.casefold() in {er.casefold() for er in sessie.scalars(sa.select(locatie.c.naam))}:
        raise Bestaat(f"locatie {naam!r} is er al")
    dubbel = [g for i, g in enumerate(groepen) if g.casefold() in {h.casefold() for h in groepen[:i]}]
    if dubbel:
        raise Bestaat(f"groep {dubbel[0]!r} staat er twee keer")
    org = sessie.scalar(sa.select(organisatie.c.id).where(organisatie.c.naam == naam))
    if org is None:
        org = sessie.scalar(organisatie.insert().values(naam=naam).returning(organisatie.c.id))
    waarden = {"organisatie_id": org, "naam": naam, "gastheer": gastheer, "telefoon": telefoon, "gemaakt": nu}
    waarden |= {"voorbeeld": voorbeeld, "stil_van": stil[0], "stil_tot": stil[1]}
    waarden |= {"weekmaximum": weekmaximum, "regio": regio}
    nummer: int = sessie.execute(locatie.insert().values(waarden).returning(locatie.c.id)).scalar_one()
    for naam_groep in groepen:
        sessie.execute(groep.insert().values(locatie_id=nummer, naam=naam_groep))
    audit.leg_vast(sessie, nu, "opdrachtregel", "locatie nieuw", f"locatie:{nummer}")
    return nummer


def zoek_locatie(sessie: Sessie, naam: str) -> Locatie:
    """A location by its name (capitals do not matter). Raises ``Onbekend``, naming those there are."""
    rijen = sessie.execute(
        sa.select(locatie.c.id, locatie.c.naam, locatie.c.gastheer, locatie.c.telefoon, locatie.c.tijdzone)
    ).all()
    for rij in rijen:
        if rij.naam.casefold() == naam.casefold():
            return Locatie(*rij)
    namen = ", ".join(repr(r.naam) for r in rijen[:10]) or "nog geen; maak er een met: inloop locatie nieuw"
    raise Onbekend(f"locatie {naam!r} is er niet (er is: {namen})")


def zoek_groepen(sessie: Sessie, locatie_id: int, namen: Sequence[str]) -> list[int]:
    """Groups of a location by name; all of them when none is named. Raises ``Onbekend``, naming those there are."""
    rijen = sessie.execute(
        sa.select(groep.c.naam, groep.c.id).where(groep.c.locatie_id == locatie_id).order_by(groep.c.id)
    ).all()
    per_naam = {naam.casefold(): nummer for naam, nummer in rijen}
    for naam in namen:
        if naam.casefold() not in per_naam:
            bestaan = ", ".join(repr(r[0]) for r in rijen) or "geen"
            raise Onbekend(f"groep {naam!r} is er niet (er is: {bestaan})")
    return list(dict.fromkeys(per_naam[n.casefold()] for n in namen)) or list(per_naam.values())


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _code() -> str:
    return secrets.token_urlsafe(18)  # 144 bits, 24 characters of [A-Za-z0-9_-]


def _nieuwe_code(sessie: Sessie, nu: datetime, **waarden: object) -> str:
    code = _code()
    sessie.execute(startcode.insert().values(hash=_hash(code), gemaakt=nu, **waarden))
    return code


def nodig_team_uit(sessie: Sessie, locatie_id: int, rol: str, nu: datetime) -> str:
    """A code that makes one person a colleague; works once, for seven days."""
    audit.leg_vast(sessie, nu, "opdrachtregel", "team uitnodigen", f"locatie:{locatie_id}", rol)
    return _nieuwe_code(
        sessie, nu, doel="team", locatie_id=locatie_id, rol=rol, eenmalig=True, geldig_tot=nu + GELDIG_TEAM
    )


def nodig_ouders_uit(
    sessie: Sessie, locatie_id: int, groep_id: int | None, nu: datetime, *, gezin_id: int | None = None
) -> str:
    """A code for the parents of a group, or for the caregivers of one family; works for all of them."""
    audit.leg_vast(sessie, nu, "opdrachtregel", "ouders uitnodigen", f"groep:{groep_id}")
    return _nieuwe_code(sessie, nu, doel="ouders", locatie_id=locatie_id, groep_id=groep_id, gezin_id=gezin_id)


def nodig_partner_uit(sessie: Sessie, ouder_id: int, nu: datetime) -> str | None:
    """A code by which another caregiver joins this parent's family: once, for seven days. None for no such parent."""
    rij = sessie.execute(
        sa.select(gezin.c.id, gezin.c.locatie_id)
        .join(ouder, ouder.c.gezin_id == gezin.c.id)
        .where(ouder.c.id == ouder_id)
    ).first()
    if rij is None:
        return None
    tot = nu + GELDIG_PARTNER
    return _nieuwe_code(
        sessie, nu, doel="ouders", locatie_id=rij.locatie_id, gezin_id=rij.id, eenmalig=True, geldig_tot=tot
    )


def maak_gezinscodes(
    sessie: Sessie, locatie_id: int, wie: Sequence[tuple[int, int]], tot: datetime, nu: datetime
) -> list[str]:
    """A code per (family, parent) of a letter, in their order: for that parent, and who else cares for the child."""
    codes = [_code() for _ in wie]
    samen = {"doel": "ouders", "locatie_id": locatie_id, "geldig_tot": tot, "gemaakt": nu}
    rijen = [
        {**samen, "hash": _hash(code), "gezin_id": gezin_id, "ouder_id": ouder_id}
        for code, (gezin_id, ouder_id) in zip(codes, wie, strict=True)
    ]
    if rijen:
        sessie.execute(startcode.insert(), rijen)
    return codes


def gebruik(sessie: Sessie, code: str, nu: datetime) -> bool:
    """Use a code up, when it works once; False when somebody else was first."""
    c = startcode.c
    op = startcode.update().where(c.hash == _hash(code), c.eenmalig, c.gebruikt.is_(None)).values(gebruikt=nu)
    if sessie.execute(op).rowcount == 1:
        return True
    return not sessie.scalar(sa.select(c.eenmalig).where(c.hash == _hash(code)))


def zoek_code(sessie: Sessie, code: str, nu: datetime) -> Code | None:
    """What a code opens, with the objection there may be; None for a code that does not exist."""
    c, loc = startcode.c, locatie.c
    rij = sessie.execute(
        sa.select(c.doel, c.locatie_id, loc.naam, loc.gastheer, c.groep_id, c.gezin_id, c.rol, c.gebruikt, c.geldig_tot)
        .add_columns(c.ouder_id)
        .join(locatie, loc.id == c.locatie_id)
        .where(c.hash == _hash(code))
    ).first()
    if rij is None:
        return None
    bezwaar = "gebruikt" if rij.gebruikt else "verlopen" if rij.geldig_tot and rij.geldig_tot <= nu else ""
    return Code(
        rij.doel, rij.locatie_id, rij.naam, rij.gastheer, rij.groep_id, rij.gezin_id, rij.rol, bezwaar, rij.ouder_id
    )


def code_bestaat(sessie: Sessie, code: str) -> bool:
    """Whether there is such a code, used or not."""
    return sessie.scalar(sa.select(sa.literal(1)).where(startcode.c.hash == _hash(code))) is not None


def maak_medewerker(sessie: Sessie, code: str, naam: str, nu: datetime, bestaand: int | None = None) -> int | None:
    """Use up a staff code: a new colleague of its location, or one more location for a colleague that is there.

    None when somebody else was first, or it is too old.
    """
    tabel = startcode.c
    gebruikt = sessie.execute(
        startcode.update()
        .where(tabel.hash == _hash(code), tabel.doel == "team", tabel.gebruikt.is_(None), tabel.geldig_tot > nu)
        .values(gebruikt=nu)
        .returning(tabel.locatie_id, tabel.rol)
    ).first()
    if gebruikt is None:
        return None
    waarden = {"naam": naam, "rol": gebruikt.rol, "gemaakt": nu}
    maak = medewerker.insert().values(waarden).returning(medewerker.c.id)
    nummer: int = bestaand or sessie.execute(maak).scalar_one()
    plek = medewerker_locatie.c
    er_al = sa.select(plek.locatie_id).where(plek.medewerker_id == nummer, plek.locatie_id == gebruikt.locatie_id)
    if sessie.scalar(er_al) is None:
        sessie.execute(medewerker_locatie.insert().values(medewerker_id=nummer, locatie_id=gebruikt.locatie_id))
    audit.leg_vast(sessie, nu, f"medewerker:{nummer}", "binnen", f"locatie:{gebruikt.locatie_id}", gebruikt.rol)
    return nummer


def maak_gezin(sessie: Sessie, locatie_id: int, groepen: Sequence[int], nu: datetime) -> int:
    """A family, enrolled today, in these groups."""
    nummer: int = sessie.execute(
        gezin.insert().values(locatie_id=locatie_id, ingeschreven=nu.date()).returning(gezin.c.id)
    ).scalar_one()
    for groep_id in groepen:
        sessie.execute(gezin_groep.insert().values(gezin_id=nummer, groep_id=groep_id))
    return nummer
