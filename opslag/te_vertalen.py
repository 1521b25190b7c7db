"""What is to be translated of an activity, and for a parent who comes in: which texts, which languages, which names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dialogen.teksten import BRON
from dialogen.woordenlijst import zoeker
from opslag.database import Sessie
from opslag.tabellen import activiteit, gezin, groep, locatie, medewerker, medewerker_locatie, ouder, tip
from opslag.talen import SCHRIJFTAAL
from opslag.vertalingen import teksten_van, vraag_aan

KOMEND = 30
"""So many activities to come are translated at once for a language that is new at a location."""


def vraag_activiteit(sessie: Sessie, activiteit_id: int, nu: datetime) -> int:
    """Ask for the words of an activity in the languages of its location's parents; how many are new."""
    a = sessie.execute(sa.select(activiteit).where(activiteit.c.id == activiteit_id)).first()
    return vraag_bij(sessie, a.locatie_id, teksten_van(a), nu, _eigen(a)) if a is not None else 0


def vraag_bij(sessie: Sessie, locatie_id: int, teksten: Iterable[str], nu: datetime, namen: Iterable[str] = ()) -> int:
    """Ask for Dutch texts of staff in the languages of a location's parents; how many are new. The names that belong to
    the location do not travel, nor do ``namen``.
    """
    talen = _talen_bij(sessie, locatie_id)
    return vraag_aan(sessie, teksten, talen, nu, [*namen_bij(sessie, locatie_id), *namen]) if talen else 0


def vraag_tekst(sessie: Sessie, locatie_id: int, tekst: str, nu: datetime) -> int:
    """Ask for other words of staff in the languages of a location's parents; how many are new."""
    return vraag_aan(sessie, [tekst], _talen_bij(sessie, locatie_id), nu, namen_bij(sessie, locatie_id))


def vraag_komende(sessie: Sessie, ouder_id: int, nu: datetime) -> int:
    """Ask for the words of what is coming at a parent's location, and of its own tips and themes, in that parent's
    language; how many are new.
    """
    wie = sessie.execute(
        sa.select(gezin.c.locatie_id, SCHRIJFTAAL)
        .join(ouder, ouder.c.gezin_id == gezin.c.id)
        .where(ouder.c.id == ouder_id)
    ).first()
    if wie is None or wie.taal == BRON:
        return 0
    a = activiteit.c
    komend = sa.select(activiteit).where(a.locatie_id == wie.locatie_id, a.begin > nu, a.afgelast.is_(None))
    rijen = sessie.execute(komend.order_by(a.begin).limit(KOMEND)).all()
    teksten = dict.fromkeys(t for rij in rijen for t in teksten_van(rij))
    teksten |= dict.fromkeys(sessie.scalars(_voor_thuis(wie.locatie_id)))
    namen = [*namen_bij(sessie, wie.locatie_id), *(n for rij in rijen for n in _eigen(rij))] if teksten else []
    return vraag_aan(sessie, teksten, [wie.taal], nu, namen)


def _voor_thuis(locatie_id: int) -> Any:
    """The own tips of a location, and what its groups are about now."""
    tips = sa.select(tip.c.tekst).where(tip.c.locatie_id == locatie_id, tip.c.weg.is_(None))
    return sa.union_all(
        tips, sa.select(groep.c.thema).where(groep.c.locatie_id == locatie_id, groep.c.thema != "").distinct()
    )


def vraag_thema(sessie: Sessie, groep_id: int, nu: datetime) -> int:
    """Ask for what a group is about now in the languages of its location's parents; how many are new."""
    rij = sessie.execute(sa.select(groep.c.locatie_id, groep.c.thema).where(groep.c.id == groep_id)).first()
    return vraag_tekst(sessie, rij.locatie_id, rij.thema, nu) if rij is not None and rij.thema else 0


def vraag_tip(sessie: Sessie, nummer: int, nu: datetime) -> int:
    """Ask for an own tip in the languages of its location's parents; how many are new."""
    rij = sessie.execute(sa.select(tip.c.locatie_id, tip.c.tekst).where(tip.c.id == nummer)).first()
    return vraag_tekst(sessie, rij.locatie_id, rij.tekst, nu) if rij is not None else 0


def _eigen(a: Any) -> list[str]:
    """The host and the place of an activity; a place that the list of words knows is translated by that."""
    return [a.gastheer, *([] if zoeker().search(a.plek) else [a.plek])]


def _talen_bij(sessie: Sessie, locatie_id: int) -> list[str]:
    """The languages that parents of a location read, but for Dutch."""
    vraag = sa.select(SCHRIJFTAAL).distinct().join(gezin, gezin.c.id == ouder.c.gezin_id)
    return [taal for taal in sessie.scalars(vraag.where(gezin.c.locatie_id == locatie_id)) if taal != BRON]


def namen_bij(sessie: Sessie, locatie_id: int) -> list[str]:
    """The names that may stand in what is written at a location: its own, its groups', its colleagues'."""
    hier = medewerker_locatie.c
    alle = sa.union_all(
        sa.select(locatie.c.naam).where(locatie.c.id == locatie_id),
        sa.select(locatie.c.gastheer).where(locatie.c.id == locatie_id),
        sa.select(groep.c.naam).where(groep.c.locatie_id == locatie_id),
        sa.select(medewerker.c.naam)
        .join(medewerker_locatie, hier.medewerker_id == medewerker.c.id)
        .where(hier.locatie_id == locatie_id),
    )
    return [naam for naam in sessie.scalars(alle) if naam]
