"""What the figures say over a period: per activity, and of unique families. Nothing here counts answers one by one.

What each figure means stands in docs/cijfers.md. Periods are whole months by the location's clock: unique families
are kept per month.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from opslag import thuis
from opslag.cijfers import Maat
from opslag.database import Sessie
from opslag.edities import dagdelen
from opslag.tabellen import (
    activiteit,
    bereik,
    cijfer,
    gast,
    gezin,
    locatie,
    ouder,
    presentie_huidig,
    tip_gegeven,
    uitnodiging,
)
from opslag.werkdagen import zone

DAGDELEN = ("ochtend", "middag", "avond", "weekend")
"""One of these per activity; a Saturday is a weekend, whatever its hour."""


class PeriodeFout(ValueError):
    """The period cannot be; the text says why."""


@dataclass(frozen=True, slots=True)
class Dagen:
    """Which locations, and from which local day up to and not including which."""

    locaties: frozenset[int]
    van: date
    tot: date

    def __post_init__(self) -> None:
        if self.tot <= self.van:
            raise PeriodeFout("de periode eindigt voordat zij begint")


@dataclass(frozen=True, slots=True)
class Blik(Dagen):
    """Whole months: both days are the first of a month."""

    def __post_init__(self) -> None:
        if self.van.day != 1 or self.tot.day != 1:
            raise PeriodeFout("een periode begint en eindigt op de eerste van een maand")
        Dagen.__post_init__(self)


def schooljaar_van(dag: date) -> tuple[date, date]:
    """The school year of a day: from 1 August up to the next."""
    jaar = dag.year if dag.month >= 8 else dag.year - 1
    return date(jaar, 8, 1), date(jaar + 1, 8, 1)


# Per activity


@dataclass(frozen=True, slots=True)
class Telling:
    """One activity with its figures. ``begin`` is UTC; ``maten``: (role, language, what) → how often."""

    nummer: int
    locatie_id: int
    locatie: str
    titel: str
    soort: str
    doel: str
    begin: datetime
    tijdzone: str
    afgelast: bool
    gasten: int
    maten: Mapping[tuple[str, str, str], int]

    @property
    def dagdeel(self) -> str:
        """The part of the day it falls in, by the location's clock."""
        delen = dagdelen(self.begin, self.tijdzone)
        return "weekend" if "weekend" in delen else next(iter(delen))

    def som(self, maat: str, rol: str | None = None) -> int:
        """How often this was counted, of everybody or of one role ('' for an unknown one)."""
        return sum(n for (r, _, m), n in self.maten.items() if m == maat and rol in (None, r))

    @property
    def geteld(self) -> bool:
        """Whether anybody was ticked off at all: if not, we do not know who was there."""
        return any(m in {"aanwezig", "afwezig", "afgemeld"} and n for (_, _, m), n in self.maten.items())

    @property
    def niet_gekomen(self) -> int:
        """Who said yes and was not there, excused ones left out; 0 where nobody was ticked off."""
        return self.som("ja_weg") + self.som("ja_onbekend") if self.geteld else 0


def activiteiten(sessie: Sessie, blik: Blik) -> tuple[Telling, ...]:
    """The activities of these locations that begin in the period, in order, with their figures."""
    a, waar = activiteit.c, _in_blik(blik)
    rijen = sessie.execute(
        sa.select(
            *(a.id, a.locatie_id, locatie.c.naam.label("locatie"), a.titel, a.soort, a.doel, a.begin),
            *(locatie.c.tijdzone, a.afgelast),
        )
        .join(locatie, locatie.c.id == a.locatie_id)
        .where(*waar)
        .order_by(a.begin, a.id)
    ).all()
    maten, gasten = _maten(sessie, waar), _gasten(sessie, waar)
    return tuple(
        Telling(
            r.id, r.locatie_id, r.locatie, r.titel, r.soort, r.doel, r.begin, r.tijdzone, r.afgelast is not None,
            gasten.get(r.id, 0), maten.get(r.id, {}),
        )
        for r in rijen
        if blik.van <= r.begin.astimezone(zone(r.tijdzone)).date() < blik.tot
    )  # fmt: skip


def _in_blik(blik: Blik) -> list[Any]:
    """Widened by a day at both ends: the local day is looked at where the location's zone is known."""
    a, dag = activiteit.c, sa.literal
    van = datetime.combine(blik.van, time(), UTC)
    tot = datetime.combine(blik.tot, time(23, 59), UTC)
    return [a.locatie_id.in_(blik.locaties), a.begin >= dag(_eerder(van), a.begin.type), a.begin < tot]


def _eerder(moment: datetime) -> datetime:
    return datetime.fromtimestamp(moment.timestamp() - 86_400, UTC)


def _maten(sessie: Sessie, waar: Sequence[Any]) -> dict[int, dict[tuple[str, str, str], int]]:
    c = cijfer.c
    velden = (c.activiteit_id, c.rol, c.taal, c.maat)
    vraag = sa.select(*velden, sa.func.sum(c.aantal)).join(activiteit, activiteit.c.id == c.activiteit_id)
    per: dict[int, dict[tuple[str, str, str], int]] = {}
    for nummer, rol, taal, maat, keer in sessie.execute(vraag.where(*waar).group_by(*velden)):
        if keer:
            per.setdefault(nummer, {})[rol, taal, maat] = int(keer)
    return per


def _gasten(sessie: Sessie, waar: Sequence[Any]) -> dict[int, int]:
    g = gast.c
    vraag = sa.select(g.activiteit_id, sa.func.count()).join(activiteit, activiteit.c.id == g.activiteit_id)
    rijen = sessie.execute(vraag.where(g.weg.is_(None), *waar).group_by(g.activiteit_id))
    return {rij[0]: rij[1] for rij in rijen}


# Unique families


@dataclass(frozen=True, slots=True)
class Deel:
    """So many of so many."""

    deel: int
    geheel: int

    @property
    def procent(self) -> int | None:
        """Rounded down, so that 49.9% never reads as half; None of nobody."""
        return self.deel * 100 // self.geheel if self.geheel else None

    def haalt(self, norm: int) -> bool | None:
        """Whether it is at least ``norm`` percent; None of nobody."""
        return self.deel * 100 >= norm * self.geheel if self.geheel else None


@dataclass(frozen=True, slots=True)
class Groep:
    """Families, or caregivers of one role: how many there are, were invited, came, and did something at home."""

    ingeschreven: int = 0
    uitgenodigd: int = 0
    bereikt: int = 0
    eerste_keer: int = 0
    thuis_gevraagd: int = 0
    thuis_gedaan: int = 0

    def plus(self, ander: Groep) -> Groep:
        """Both together; of caregivers with different roles, for nobody has two."""
        return Groep(*(getattr(self, naam) + getattr(ander, naam) for naam in self.__slots__))


@dataclass(frozen=True, slots=True)
class Bereik:
    """Who is reached. ``gezinnen`` are unique families, ``per_rol`` unique caregivers ('' for an unknown role)."""

    gezinnen: Groep
    per_rol: Mapping[str, Groep]
    norm: int

    @property
    def op_locatie(self) -> Deel:
        """The first rate: enrolled families of which somebody was at an activity."""
        return Deel(self.gezinnen.bereikt, self.gezinnen.ingeschreven)

    @property
    def thuis(self) -> Deel:
        """The second: enrolled families that did something at home."""
        return Deel(self.gezinnen.thuis_gedaan, self.gezinnen.ingeschreven)


def bereikt(sessie: Sessie, blik: Dagen) -> Bereik:
    """Unique families and caregivers of these locations over the period, enrolled at any time in it.

    Whole months are kept; of days at an edge that make no month, the history itself is counted.
    """
    norm = sessie.scalar(sa.select(sa.func.max(locatie.c.norm)).where(locatie.c.id.in_(blik.locaties)))
    feiten = _per_ouder(sessie, blik).subquery()
    per_rol = {
        rij.rol or "": _groep(rij)
        for rij in sessie.execute(sa.select(feiten.c.rol, *_tellers(feiten, feiten.c.ouder)).group_by(feiten.c.rol))
        if rij.rol is not None or rij.ingeschreven
    }
    gezinnen = sessie.execute(sa.select(*_tellers(feiten, feiten.c.gezin))).one()
    return Bereik(_groep(gezinnen), per_rol, norm or 50)


def _groep(rij: Any) -> Groep:
    return Groep(*(getattr(rij, naam) or 0 for naam in Groep.__slots__))


def _tellers(feiten: Any, wie: Any) -> list[Any]:
    def uniek(naam: str, waar: Any) -> Any:
        return sa.func.count(sa.distinct(sa.case((waar, wie)))).label(naam)

    f = feiten.c
    return [
        sa.func.count(sa.distinct(wie)).label("ingeschreven"),
        uniek("uitgenodigd", f.uitgenodigd > 0),
        uniek("bereikt", f.aanwezig > 0),
        uniek("eerste_keer", (f.aanwezig > 0) & sa.not_(f.eerder)),
        uniek("thuis_gevraagd", f.gevraagd > 0),
        uniek("thuis_gedaan", f.gedaan > 0),
    ]


def _per_ouder(sessie: Sessie, blik: Dagen) -> Any:
    """Every enrolled family with its caregivers (NULL where it has none yet), and what each did in the period."""
    zones = sessie.scalars(sa.select(locatie.c.tijdzone).where(locatie.c.id.in_(blik.locaties)).distinct()).all()
    b, t = _bereik_per_ouder(blik, zones), _thuis_per_ouder(blik)
    lid, toen = ouder.alias("lid"), _eerder_er(blik.van, zones)
    eerder = (
        sa.select(toen.c.ouder_id)
        .join(lid, lid.c.id == toen.c.ouder_id)
        .where(lid.c.gezin_id == gezin.c.id)
        .correlate(gezin)
        .exists()
    )
    nul = sa.literal(0)
    return (
        sa.select(
            gezin.c.id.label("gezin"),
            ouder.c.id.label("ouder"),
            ouder.c.naam,
            ouder.c.rol,
            ouder.c.taal,
            sa.func.coalesce(b.c.uitgenodigd, nul).label("uitgenodigd"),
            sa.func.coalesce(b.c.aanwezig, nul).label("aanwezig"),
            sa.func.coalesce(t.c.gevraagd, nul).label("gevraagd"),
            sa.func.coalesce(t.c.gedaan, nul).label("gedaan"),
            eerder.label("eerder"),
        )
        .select_from(gezin)
        .outerjoin(ouder, ouder.c.gezin_id == gezin.c.id)
        .outerjoin(b, b.c.ouder_id == ouder.c.id)
        .outerjoin(t, t.c.ouder_id == ouder.c.id)
        .where(gezin.c.locatie_id.in_(blik.locaties), *ingeschreven_in(blik.van, blik.tot))
    )


def ingeschreven_in(van: date, tot: date) -> list[Any]:
    """Of ``gezin``: enrolled on at least one day from ``van`` up to ``tot``."""
    return [gezin.c.ingeschreven < tot, gezin.c.uitgeschreven.is_(None) | (gezin.c.uitgeschreven > van)]


def _bereik_per_ouder(blik: Dagen, zones: Sequence[str]) -> Any:
    eerste, laatste = _volgende_maand(blik.van), blik.tot.replace(day=1)
    b, delen = bereik.c, []
    if eerste < laatste:
        hele = (b.locatie_id.in_(blik.locaties), b.maand >= eerste, b.maand < laatste)
        delen.append(sa.select(b.ouder_id, b.uitgenodigd, b.aanwezig).where(*hele))
    for van, tot in ((blik.van, min(eerste, blik.tot)), (max(laatste, eerste), blik.tot)):
        if van < tot:
            delen.append(_uit_historie(van, tot, zones).where(activiteit.c.locatie_id.in_(blik.locaties)))
    u = (delen[0] if len(delen) == 1 else sa.union_all(*delen)).subquery("u").c
    vraag = sa.select(
        u.ouder_id, sa.func.sum(u.uitgenodigd).label("uitgenodigd"), sa.func.sum(u.aanwezig).label("aanwezig")
    )
    return vraag.group_by(u.ouder_id).subquery("b")


def _volgende_maand(dag: date) -> date:
    """The first day of a month that is not before this day."""
    return dag if dag.day == 1 else date(dag.year + dag.month // 12, dag.month % 12 + 1, 1)


def _eerder_er(van: date, zones: Sequence[str]) -> Any:
    """Caregivers who were present at anything before this day."""
    b, begin = bereik.c, van.replace(day=1)
    maanden = sa.select(b.ouder_id).where(b.aanwezig > 0, b.maand < begin)
    if van == begin:
        return maanden.subquery("toen")
    u = _uit_historie(begin, van, zones).subquery("rand").c
    return sa.union_all(maanden, sa.select(u.ouder_id).where(u.aanwezig > 0)).subquery("toen")


def _uit_historie(van: date, tot: date, zones: Sequence[str]) -> Any:
    """Invitations and presence of some days, as ``bereik`` keeps them of a month: a row per invitation."""
    a = activiteit.c
    toen = sa.or_(
        *(
            (locatie.c.tijdzone == naam)
            & (a.begin >= datetime.combine(van, time(), zone(naam)))
            & (a.begin < datetime.combine(tot, time(), zone(naam)))
            for naam in zones
        )
    )
    er = sa.case((presentie_huidig.c.staat == "aanwezig", 1), else_=0)
    return (
        sa.select(uitnodiging.c.ouder_id, sa.literal(1).label("uitgenodigd"), er.label("aanwezig"))
        .join(activiteit, a.id == uitnodiging.c.activiteit_id)
        .join(locatie, locatie.c.id == a.locatie_id)
        .outerjoin(presentie_huidig, presentie_huidig.c.uitnodiging_id == uitnodiging.c.id)
        .where(uitnodiging.c.ouder_id.is_not(None), toen)
    )


def _thuis_per_ouder(blik: Dagen) -> Any:
    t = tip_gegeven.c
    velden = (t.ouder_id, sa.func.count().label("gevraagd"), thuis.tel().label("gedaan"))
    return thuis.gegeven(sa.select(*velden), blik.locaties, blik.van, blik.tot).group_by(t.ouder_id).subquery("t")


WAT = ("ingeschreven", "uitgenodigd", "bereikt", "eerste_keer", "thuis_gevraagd", "thuis_gedaan", "niet_bereikt")


@dataclass(frozen=True, slots=True)
class Naam:
    """A caregiver behind a number."""

    ouder: int
    gezin: int
    naam: str
    rol: str
    taal: str


def namen(sessie: Sessie, blik: Blik, wat: str, rol: str | None = None, meest: int = 500) -> tuple[Naam, ...]:
    """Who is behind a number (one of ``WAT``), by name; only for who may see names. Raises ``KeyError`` for another."""
    f = _per_ouder(sessie, blik).subquery()
    waar = {
        "ingeschreven": sa.true(),
        "uitgenodigd": f.c.uitgenodigd > 0,
        "bereikt": f.c.aanwezig > 0,
        "niet_bereikt": f.c.aanwezig == 0,
        "eerste_keer": (f.c.aanwezig > 0) & sa.not_(f.c.eerder),
        "thuis_gevraagd": f.c.gevraagd > 0,
        "thuis_gedaan": f.c.gedaan > 0,
    }[wat]
    vraag = sa.select(f.c.ouder, f.c.gezin, f.c.naam, f.c.rol, f.c.taal).where(waar, f.c.ouder.is_not(None))
    if rol is not None:
        vraag = vraag.where(sa.func.coalesce(f.c.rol, "") == rol)
    rijen = sessie.execute(vraag.order_by(f.c.naam, f.c.ouder).limit(meest))
    return tuple(Naam(r.ouder, r.gezin, r.naam or f"ouder {r.ouder}", r.rol or "", r.taal or "") for r in rijen)


def tel_samen(tellingen: Collection[Telling]) -> dict[Maat, int]:
    """All figures of some activities, by (0, role, language, what)."""
    som: dict[Maat, int] = {}
    for telling in tellingen:
        for (rol, taal, maat), keer in telling.maten.items():
            som[0, rol, taal, maat] = som.get((0, rol, taal, maat), 0) + keer
    return som
