"""The figures of a school year, written down when its names go: unique people cannot be counted afterwards."""

from __future__ import annotations

from collections import Counter
from datetime import date

import sqlalchemy as sa

from opslag.database import Sessie
from opslag.overzicht import Bereik, Blik, Dagen, Groep, bereikt, schooljaar_van
from opslag.tabellen import bereik, jaarcijfer

GEZINNEN = "gezinnen"
ONBEKEND = "onbekend"


def sluit_jaren(sessie: Sessie, grens: date) -> int:
    """Write down every school year before ``grens`` (1 August) that is not yet, and let go of who it was about.

    How many rows about people went. Run within the transaction that takes the names away.
    """
    oud = sa.select(bereik.c.locatie_id, bereik.c.maand).where(bereik.c.maand < grens).distinct()
    jaren = {(r.locatie_id, schooljaar_van(r.maand)) for r in sessie.execute(oud)}
    for locatie_id, (van, tot) in sorted(jaren):
        _schrijf(sessie, locatie_id, van, bereikt(sessie, Blik(frozenset({locatie_id}), van, tot)))
    weg: int = sessie.execute(bereik.delete().where(bereik.c.maand < grens)).rowcount
    return weg


def _schrijf(sessie: Sessie, locatie_id: int, schooljaar: date, cijfers: Bereik) -> None:
    hier = (jaarcijfer.c.locatie_id == locatie_id) & (jaarcijfer.c.schooljaar == schooljaar)
    if sessie.scalar(sa.select(sa.func.count()).where(hier)):
        return  # what was written down first had all names
    groepen = {GEZINNEN: cijfers.gezinnen} | {rol or ONBEKEND: groep for rol, groep in cijfers.per_rol.items()}
    vast = {"locatie_id": locatie_id, "schooljaar": schooljaar}
    rijen = [
        {**vast, "maat": f"{wie}.{naam}", "aantal": getattr(groep, naam)}
        for wie, groep in groepen.items()
        for naam in Groep.__slots__
    ]
    sessie.execute(jaarcijfer.insert(), rijen)


def van_schooljaar(sessie: Sessie, blik: Dagen, norm: int) -> Bereik | None:
    """What was written down of exactly this school year; None for another period, or a year that still has names.

    Of several locations the numbers are added up: who was at two of them counts twice.
    """
    if (blik.van, blik.tot) != schooljaar_van(blik.van):
        return None
    j = jaarcijfer.c
    rijen = sessie.execute(sa.select(j.maat, j.aantal).where(j.locatie_id.in_(blik.locaties), j.schooljaar == blik.van))
    som: dict[str, Counter[str]] = {}
    for maat, aantal in rijen:
        wie, _, naam = maat.partition(".")
        som.setdefault(wie, Counter())[naam] += aantal
    if GEZINNEN not in som:
        return None
    groepen = {wie: Groep(*(per[naam] for naam in Groep.__slots__)) for wie, per in som.items()}
    per_rol = {"" if wie == ONBEKEND else wie: groep for wie, groep in groepen.items() if wie != GEZINNEN}
    return Bereik(groepen[GEZINNEN], per_rol, norm)


def overzicht(sessie: Sessie, blik: Dagen) -> Bereik:
    """Who is reached: of a closed school year as it was written down, else counted now."""
    nu = bereikt(sessie, blik)
    return van_schooljaar(sessie, blik, nu.norm) or nu
