"""Figures, kept in the transaction of what they count (docs/cijfers.md says what each means).

What an invitation counts for follows from its history alone: its answer, the reason that stands, its presence. Who
changes that history does it within ``telt``, which writes down the difference. So the figures are never behind, and
``herreken`` finds the same in the history.

Differences are added as rows and summed up every now and then: nobody who answers waits for somebody else's answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from opslag.database import Sessie
from opslag.snel import Snel
from opslag.tabellen import (
    aanmelding,
    activiteit,
    afmeldreden,
    bereik,
    cijfer,
    locatie,
    presentie,
    uitnodiging,
)
from opslag.werkdagen import zone

PARTIJ = 500
"""Invitations looked at together, and activities summed up together."""

Maat = tuple[int, str, str, str]
"""Activity, role, language ('' where unknown), and what is counted."""
Maand = tuple[int, date, int]
"""Location, first day of the month (local), parent."""


@dataclass(frozen=True, slots=True)
class Geteld:
    """What some invitations count for."""

    maten: Counter[Maat]
    uitgenodigd: Counter[Maand]
    aanwezig: Counter[Maand]

    def min(self, ander: Geteld) -> Geteld:
        """The difference with what was before, without what stayed the same."""
        return Geteld(*(_verschil(getattr(self, n), getattr(ander, n)) for n in self.__slots__))


def _verschil(nu: Counter[Any], eerst: Counter[Any]) -> Counter[Any]:
    samen = Counter(nu)
    samen.subtract(eerst)
    return Counter({sleutel: keer for sleutel, keer in samen.items() if keer})


# What an invitation counts for


def maten(antwoord: str | None, reden: str | None, verteld: bool, staat: str | None) -> tuple[str, ...]:
    """What is counted of one invitation. ``reden`` is the code that stands, ``verteld``: told, and not coded yet."""
    geteld = ["uitgenodigd", antwoord or "geen"]
    if reden or verteld:
        geteld.append(f"reden.{reden or 'OPEN'}")
    if staat:
        geteld.append(staat)
    if antwoord == "ja" and staat != "aanwezig":
        geteld.append("ja_weg" if staat else "ja_onbekend")
    return tuple(geteld)


def _laatste(tabel: Any, kolom: Any, *waar: Any) -> Any:
    over = tabel.c.uitnodiging_id == uitnodiging.c.id
    vraag = sa.select(kolom).where(over, *waar).order_by(tabel.c.id.desc()).limit(1)
    return vraag.correlate(uitnodiging).scalar_subquery()


def _feiten() -> Any:
    """Per invitation the facts that count: the last answer, the last reason and the answer it explains, presence."""
    team = _laatste(presentie, presentie.c.staat, presentie.c.bron == "team")
    return (
        sa.select(
            uitnodiging.c.id,
            uitnodiging.c.activiteit_id,
            uitnodiging.c.ouder_id,
            uitnodiging.c.rol,
            uitnodiging.c.taal,
            activiteit.c.locatie_id,
            activiteit.c.begin,
            locatie.c.tijdzone,
            _laatste(aanmelding, aanmelding.c.antwoord).label("antwoord"),
            _laatste(aanmelding, aanmelding.c.id).label("antwoord_id"),
            _laatste(afmeldreden, afmeldreden.c.code).label("code"),
            _laatste(afmeldreden, afmeldreden.c.verteld).label("verteld"),
            _laatste(afmeldreden, sa.func.coalesce(afmeldreden.c.aanmelding_id, 0)).label("bij"),
            sa.func.coalesce(team, _laatste(presentie, presentie.c.staat)).label("staat"),
        )
        .join(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id)
        .join(locatie, locatie.c.id == activiteit.c.locatie_id)
    )


_SLOT = {"of": uitnodiging, "key_share": True}
"""Two who change the same invitation at once would both see what was before the other."""
_EEN = Snel(_feiten().where(uitnodiging.c.id == sa.bindparam("nummer")).with_for_update(**_SLOT))


def _geteld(rijen: Sequence[Any]) -> Geteld:
    uit = Geteld(Counter(), Counter(), Counter())
    for r in rijen:
        staat_nog = r.bij is not None and r.bij == (r.antwoord_id or r.bij)
        code, verteld = (r.code, bool(r.verteld)) if staat_nog else (None, False)
        for maat in maten(r.antwoord, code, verteld, r.staat):
            uit.maten[r.activiteit_id, r.rol or "", r.taal or "", maat] += 1
        if r.ouder_id is not None:
            wie = (r.locatie_id, maand(r.begin, r.tijdzone), r.ouder_id)
            uit.uitgenodigd[wie] += 1
            uit.aanwezig[wie] += r.staat == "aanwezig"
    return uit


def maand(begin: datetime, tijdzone: str) -> date:
    """The first day of the local month of a moment."""
    return begin.astimezone(zone(tijdzone)).date().replace(day=1)


def _kijk(sessie: Sessie, nummers: Sequence[int]) -> Geteld:
    if len(nummers) == 1:
        rij = _EEN.rij(sessie, nummer=nummers[0])
        return _geteld([rij] if rij else [])
    rijen: list[Any] = []
    for vanaf in range(0, len(nummers), PARTIJ):
        partij = sorted(nummers)[vanaf : vanaf + PARTIJ]
        vraag = _feiten().where(uitnodiging.c.id.in_(partij)).order_by(uitnodiging.c.id).with_for_update(**_SLOT)
        rijen += sessie.execute(vraag).all()
    return _geteld(rijen)


# Keeping them


@contextmanager
def telt(sessie: Sessie, *nummers: int) -> Iterator[None]:
    """Whatever is changed in here of these invitations is counted, in the same transaction."""
    eerst = _kijk(sessie, nummers)
    yield
    _leg_bij(sessie, _kijk(sessie, nummers).min(eerst))


def tel_nieuwe(sessie: Sessie, nummers: Sequence[int]) -> None:
    """Count invitations that were made in this transaction, with all that was written about them in it."""
    if nummers:
        _leg_bij(sessie, _kijk(sessie, nummers))


@contextmanager
def telt_activiteit(sessie: Sessie, activiteit_id: int) -> Iterator[None]:
    """An activity is changed in here: it may move to another month."""
    nummers = sessie.scalars(sa.select(uitnodiging.c.id).where(uitnodiging.c.activiteit_id == activiteit_id)).all()
    with telt(sessie, *nummers):
        yield


_BIJ = Snel(cijfer.insert(), "activiteit_id", "rol", "taal", "maat", "aantal")


def _leg_bij(sessie: Sessie, verschil: Geteld) -> None:
    if verschil.maten:
        velden = ("activiteit_id", "rol", "taal", "maat", "aantal")
        rijen = [dict(zip(velden, (*maat, keer), strict=True)) for maat, keer in verschil.maten.items()]
        _BIJ.doe_veel(sessie, rijen)
    _leg_bereik_bij(sessie, verschil.uitgenodigd, verschil.aanwezig)


def _leg_bereik_bij(sessie: Sessie, uitgenodigd: Mapping[Maand, int], aanwezig: Mapping[Maand, int]) -> None:
    rijen = [
        {"locatie_id": wie[0], "maand": wie[1], "ouder_id": wie[2], "uitgenodigd": u, "aanwezig": a}
        for wie in sorted({*uitgenodigd, *aanwezig})
        if (u := uitgenodigd.get(wie, 0)) | (a := aanwezig.get(wie, 0))
    ]
    if not rijen:
        return
    maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    erbij: Any = maak(bereik)
    telt_op = {naam: bereik.c[naam] + erbij.excluded[naam] for naam in ("uitgenodigd", "aanwezig")}
    sessie.execute(erbij.on_conflict_do_update(index_elements=["locatie_id", "maand", "ouder_id"], set_=telt_op), rijen)


def tel_op(sessie: Sessie, _nu: datetime) -> int:
    """Sum up the loose rows of some activities; how many activities. Run it until it finds none.

    Nothing gets lost with two at once: a row is taken away by one of them, in the transaction that writes the sum.
    """
    los = sa.select(cijfer.c.activiteit_id).where(cijfer.c.los).distinct().limit(50)
    nummers = sessie.scalars(los).all()
    if not nummers:
        return 0
    velden = (cijfer.c.activiteit_id, cijfer.c.rol, cijfer.c.taal, cijfer.c.maat, cijfer.c.aantal)
    weg = sessie.execute(cijfer.delete().where(cijfer.c.activiteit_id.in_(nummers)).returning(*velden))
    som: Counter[Maat] = Counter()
    for *maat, aantal in weg:
        som[tuple(maat)] += aantal
    _schrijf(sessie, som)
    return len(nummers)


def _schrijf(sessie: Sessie, som: Mapping[Maat, int]) -> None:
    velden = ("activiteit_id", "rol", "taal", "maat", "aantal")
    rijen = [{**dict(zip(velden, (*m, keer), strict=True)), "los": False} for m, keer in som.items() if keer]
    if rijen:
        sessie.execute(cijfer.insert(), rijen)


# Once more, from history


def herreken(sessie: Sessie) -> int:
    """Make all figures anew from the history; of how many activities. Memory does not grow with the history."""
    sessie.execute(cijfer.delete())
    sessie.execute(bereik.delete())
    aantal = 0
    for geteld in _per_activiteit(sessie):
        _schrijf(sessie, geteld.maten)
        _leg_bereik_bij(sessie, geteld.uitgenodigd, geteld.aanwezig)
        aantal += 1
    return aantal


def verschillen(sessie: Sessie) -> Iterator[str]:
    """Where the figures differ from the history, a line each; none when all is well."""
    for geteld in _per_activiteit(sessie, ook_leeg=True):
        for (activiteit_id, rol, taal, maat), keer in _verschil(_bewaard(sessie, geteld.nummer), geteld.maten).items():
            yield f"activiteit {activiteit_id}, {rol or 'onbekend'}, {taal or 'onbekend'}: {maat} {keer:+d}"
    yield from _bereik_verschillen(sessie)


@dataclass(frozen=True, slots=True)
class _PerActiviteit(Geteld):
    nummer: int = 0


def _per_activiteit(sessie: Sessie, *, ook_leeg: bool = False) -> Iterator[_PerActiviteit]:
    for nummer in sessie.scalars(sa.select(activiteit.c.id).order_by(activiteit.c.id)).all():
        rijen = sessie.execute(_feiten().where(uitnodiging.c.activiteit_id == nummer)).all()
        if rijen or ook_leeg:
            geteld = _geteld(rijen)
            yield _PerActiviteit(geteld.maten, geteld.uitgenodigd, geteld.aanwezig, nummer)


def _bewaard(sessie: Sessie, activiteit_id: int) -> Counter[Maat]:
    c = cijfer.c
    velden = (c.activiteit_id, c.rol, c.taal, c.maat)
    rijen = sessie.execute(
        sa.select(*velden, sa.func.sum(c.aantal)).where(c.activiteit_id == activiteit_id).group_by(*velden)
    )
    return Counter({tuple(maat): int(keer) for *maat, keer in rijen})


def _bereik_verschillen(sessie: Sessie) -> Iterator[str]:
    """Who counts as invited or reached in another month or place than the history says."""
    b = bereik.c
    bewaard = {
        (r.locatie_id, r.maand, r.ouder_id): (r.uitgenodigd, r.aanwezig)
        for r in sessie.execute(sa.select(b.locatie_id, b.maand, b.ouder_id, b.uitgenodigd, b.aanwezig))
        if r.uitgenodigd or r.aanwezig
    }
    waar: dict[Maand, tuple[int, int]] = {}
    for geteld in _per_activiteit(sessie):
        for wie, keer in geteld.uitgenodigd.items():
            eerst = waar.get(wie, (0, 0))
            waar[wie] = (eerst[0] + keer, eerst[1] + geteld.aanwezig[wie])
    for wie in sorted({*bewaard, *waar}):
        if bewaard.get(wie) != waar.get(wie):
            yield f"locatie {wie[0]}, {wie[1]:%Y-%m}, ouder {wie[2]}: {bewaard.get(wie)} in plaats van {waar.get(wie)}"
