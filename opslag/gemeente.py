"""What the municipality is given: counts of a whole school year, once and for ever (docs/besluiten/0013-gemeente.md).

Of all locations here one table is made, when a school year is a month over. What may be shown of it is decided on the
whole table; what a visitor sees is always a part of that table, so all they have together tells no more than it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from opslag import jaarcijfers
from opslag.database import Sessie
from opslag.onderdrukken import Cel, Som, verborgen
from opslag.overzicht import Blik, Deel, Groep, schooljaar_van
from opslag.tabellen import gemeentecijfer, locatie
from opslag.werkdagen import zone

SAMEN = 0
"""Stands for all locations together."""
GROEPEN = ("gezinnen", "vaders")
"""No other caregivers: with them a family count would bound the fathers' (a reached family has a reached caregiver)."""
MATEN = ("ingeschreven", "bereikt", "niet_bereikt", "thuis_gedaan", "thuis_niet")
JAREN = 5
"""School years back that are looked at."""
KOLOMMEN = ("schooljaar", "locatie", "groep", *MATEN[:3], "bereikt_aandeel", *MATEN[3:], "thuis_aandeel")
VERBORGEN = "verborgen"


@dataclass(frozen=True, slots=True)
class Regel:
    """One line: a location (or all together) and a group. A count that is None may not be shown."""

    locatie: str
    groep: str
    samen: bool
    aantallen: Mapping[str, int | None]

    def aandeel(self, maat: str) -> int | None:
        """Whole percents of who is enrolled; None where a count it is made of is hidden."""
        deel, geheel = self.aantallen[maat], self.aantallen["ingeschreven"]
        return None if deel is None or geheel is None else Deel(deel, geheel).procent


def verschenen(nu: datetime) -> list[date]:
    """The school years that the municipality may see, the latest first: from 1 September, a month after the end."""
    dag = nu.astimezone(zone("Europe/Amsterdam")).date()
    laatste = schooljaar_van(dag)[0].year - (1 if dag >= date(dag.year, 9, 1) or dag.month < 8 else 2)
    return [date(jaar, 8, 1) for jaar in range(laatste, laatste - JAREN, -1)]


def neem(sessie: Sessie, plekken: Collection[int], jaar: date, nu: datetime) -> tuple[Regel, ...]:
    """The lines of these locations over a school year, and of all together; none before it is published, or when
    nobody was enrolled. The first who asks fixes the table.
    """
    if jaar not in verschenen(nu):
        return ()
    if not _vastgesteld(sessie, jaar):
        _stel_vast(sessie, jaar)
    return tuple(_regels(sessie, plekken, jaar))


def rijen(regels: Sequence[Regel], jaar: date) -> Iterator[Sequence[Any]]:
    """The lines as an export (``KOLOMMEN``)."""
    for r in regels:
        cellen = [*(r.aantallen[m] for m in MATEN[:3]), r.aandeel("bereikt")]
        cellen += [*(r.aantallen[m] for m in MATEN[3:]), r.aandeel("thuis_gedaan")]
        naam = f"{jaar.year}-{jaar.year + 1}"
        yield naam, r.locatie, r.groep, *(VERBORGEN if cel is None else cel for cel in cellen)


# The table


def _vastgesteld(sessie: Sessie, jaar: date) -> bool:
    g = gemeentecijfer.c
    return sessie.scalar(sa.select(g.id).where(g.schooljaar == jaar).limit(1)) is not None


def _stel_vast(sessie: Sessie, jaar: date) -> None:
    # locked: of two who ask first, the second finds what the first wrote
    slot = sa.select(locatie.c.id).order_by(locatie.c.id).with_for_update(key_share=True)
    plekken = sessie.scalars(slot).all()
    if _vastgesteld(sessie, jaar):
        return
    waarden = tabel({nummer: _cijfers(sessie, nummer, jaar) for nummer in plekken})
    if not any(waarden.values()):
        return
    weg = verborgen(waarden, sommen(plekken), _liever)
    rijen_ = [
        {
            "schooljaar": jaar,
            "locatie_id": cel[0] or None,
            "groep": cel[1],
            "maat": cel[2],
            "aantal": None if cel in weg else n,
        }
        for cel, n in sorted(waarden.items())
    ]
    sessie.execute(gemeentecijfer.insert(), rijen_)


def _cijfers(sessie: Sessie, locatie_id: int, jaar: date) -> dict[str, Groep]:
    bereik = jaarcijfers.overzicht(sessie, Blik(frozenset({locatie_id}), *schooljaar_van(jaar)))
    return {"gezinnen": bereik.gezinnen, "vaders": bereik.per_rol.get("vader", Groep())}


def tabel(cijfers: Mapping[int, Mapping[str, Groep]]) -> dict[Cel, int]:
    """All counts by (location, group, what), and of all locations together (``SAMEN``)."""
    waarden: dict[Cel, int] = {(SAMEN, groep, maat): 0 for groep in GROEPEN for maat in MATEN}
    for plek, per_groep in cijfers.items():
        for groep, g in per_groep.items():
            er, thuis = g.bereikt, g.thuis_gedaan
            tel = (g.ingeschreven, er, g.ingeschreven - er, thuis, g.ingeschreven - thuis)
            for maat, n in zip(MATEN, tel, strict=True):
                waarden[plek, groep, maat] = n
                waarden[SAMEN, groep, maat] += n
    return waarden


def sommen(plekken: Sequence[int]) -> list[Som]:
    """All that anybody knows of such a table."""
    uit = []
    for plek in (SAMEN, *plekken):
        for groep in GROEPEN:
            for deel, rest in (MATEN[1:3], MATEN[3:5]):
                uit.append(Som((plek, groep, MATEN[0]), ((plek, groep, deel), (plek, groep, rest))))
    uit += [Som((SAMEN, g, m), tuple((p, g, m) for p in plekken)) for g in GROEPEN for m in MATEN if plekken]
    return uit


def _liever(cel: Cel) -> tuple[bool, bool, bool]:
    """What is missed least goes first: who was not reached, then the counts of all locations together."""
    plek, _, maat = cel
    return maat == "ingeschreven", maat in ("bereikt", "thuis_gedaan"), plek != SAMEN


def _regels(sessie: Sessie, plekken: Collection[int], jaar: date) -> Iterator[Regel]:
    g = gemeentecijfer.c
    vraag = (
        sa.select(g.locatie_id, locatie.c.naam, g.groep, g.maat, g.aantal)
        .outerjoin(locatie, locatie.c.id == g.locatie_id)
        .where(g.schooljaar == jaar)
        .where(g.locatie_id.is_(None) | g.locatie_id.in_(plekken))
        .order_by(g.locatie_id.is_(None), locatie.c.naam, g.groep, g.id)
    )
    per: dict[tuple[int | None, str], tuple[str, dict[str, int | None]]] = {}
    for nummer, naam, groep, maat, aantal in sessie.execute(vraag):
        per.setdefault((nummer, groep), (naam or "alle locaties samen", {}))[1][maat] = aantal
    for (nummer, groep), (naam, aantallen) in per.items():
        yield Regel(naam, groep, nummer is None, aantallen)
