"""Activities: making one, and what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from opslag import audit
from opslag.database import Sessie
from opslag.tabellen import activiteit, activiteit_groep


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
