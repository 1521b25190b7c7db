"""A made-up school year: some locations, families and activities, by a seed; what happened is told as plain facts.

``beleef`` writes it with the functions the product itself uses; ``Feit`` is what an independent count goes by.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from dialogen.basis import Antwoord, Staat
from dialogen.redenen import REDENEN
from opslag import activiteiten, antwoorden, locaties, presentie, uitnodigen
from opslag.activiteiten import Activiteit
from opslag.database import Sessie
from opslag.tabellen import gezin, gezin_groep, groep, ouder, tip_gegeven

BEGIN = date(2026, 8, 1)
ROLLEN = ("vader", "moeder", "ander")
TALEN = ("nl", "tr", "ar", "pl")
SOORTEN = ("koffieochtend", "inloop", "voorlezen")


@dataclass(frozen=True, slots=True)
class Feit:
    """One caregiver and one activity: invited, the last answer, the reason that stands, and presence by the team."""

    locatie: int
    activiteit: int
    dag: date
    soort: str
    uur: int
    weekend: bool
    gezin: int
    ouder: int
    rol: str
    taal: str
    antwoord: str
    reden: str
    staat: str

    @property
    def maand(self) -> date:
        """The first day of its month."""
        return self.dag.replace(day=1)


@dataclass(frozen=True, slots=True)
class Lid:
    """One enrolled caregiver, with the family and its days of enrolment."""

    locatie: int
    gezin: int
    ouder: int
    rol: str
    taal: str
    van: date
    tot: date | None


@dataclass(slots=True)
class Jaar:
    """All that happened."""

    locaties: list[int] = field(default_factory=list)
    leden: list[Lid] = field(default_factory=list)
    feiten: list[Feit] = field(default_factory=list)
    thuis: list[tuple[int, int, date, bool]] = field(default_factory=list)  # location, parent, day, done


def beleef(sessie: Sessie, gezinnen: int, activiteiten_: int, plekken: int = 3, zaad: int = 1) -> Jaar:
    """Live through a year: so many families and activities in all, spread over so many locations."""
    toeval, jaar, nu = random.Random(zaad), Jaar(), datetime(2026, 8, 20, 9, tzinfo=UTC)
    for n in range(plekken):
        jaar.locaties.append(locaties.maak_locatie(sessie, f"Locatie {n + 1}", ["Vlinders", "Rupsen"], nu))
    for n in range(gezinnen):
        _gezin(sessie, jaar, jaar.locaties[n % plekken], toeval, nu)
    for n in range(activiteiten_):
        _activiteit(sessie, jaar, jaar.locaties[n % plekken], n, toeval)
    _tips(sessie, jaar, toeval)
    return jaar


def _gezin(sessie: Sessie, jaar: Jaar, waar: int, toeval: random.Random, nu: datetime) -> None:
    van = BEGIN + timedelta(days=toeval.choice((0, 0, 0, 40, 130)))
    tot = van + timedelta(days=120) if toeval.random() < 0.1 else None
    waarden = {"locatie_id": waar, "ingeschreven": van, "uitgeschreven": tot}
    nummer: int = sessie.execute(gezin.insert().values(waarden).returning(gezin.c.id)).scalar_one()
    groepen = sessie.scalars(sa.select(groep.c.id).where(groep.c.locatie_id == waar).order_by(groep.c.id)).all()
    sessie.execute(gezin_groep.insert().values(gezin_id=nummer, groep_id=toeval.choice(list(groepen))))
    taal = toeval.choice(TALEN)
    for rol in toeval.sample(ROLLEN, toeval.choice((1, 2))):
        wie: int = sessie.execute(
            ouder.insert()
            .values(gezin_id=nummer, naam=f"Ouder {nummer}-{rol}", rol=rol, taal=taal, gemaakt=nu)
            .returning(ouder.c.id)
        ).scalar_one()
        jaar.leden.append(Lid(waar, nummer, wie, rol, taal, van, tot))


def _activiteit(sessie: Sessie, jaar: Jaar, waar: int, n: int, toeval: random.Random) -> None:
    dag = BEGIN + timedelta(days=20 + (n * 7) % 320)
    uur = toeval.choice((8, 13, 18))
    begin = datetime(dag.year, dag.month, dag.day, uur, 30, tzinfo=UTC)
    soort = SOORTEN[n % len(SOORTEN)]
    groepen = list(sessie.scalars(sa.select(groep.c.id).where(groep.c.locatie_id == waar)).all())
    nieuw = Activiteit(waar, soort, f"{soort} {n + 1}", "Elkaar leren kennen", begin, 90, "de hal", groepen)
    nummer = activiteiten.maak(sessie, nieuw, begin - timedelta(days=20), "proef")
    op = (begin - timedelta(days=14)).date()
    wie = [m for m in jaar.leden if m.locatie == waar and m.van <= op and (m.tot is None or m.tot > op)]
    moment = begin - timedelta(days=14)
    uitgenodigd = uitnodigen.nodig_uit(sessie, nummer, [(m.ouder, m.rol, m.taal) for m in wie], moment)
    for lid in wie:
        jaar.feiten.append(_antwoordt(sessie, lid, uitgenodigd[lid.ouder], nummer, soort, begin, toeval))


def _antwoordt(
    sessie: Sessie, lid: Lid, over: int, activiteit: int, soort: str, begin: datetime, toeval: random.Random
) -> Feit:
    antwoord, reden, staat = "geen", "", ""
    for _ in range(toeval.choice((0, 1, 1, 2))):
        antwoord = toeval.choice(("ja", "nee", "misschien"))
        reden = ""
        antwoorden.antwoord(sessie, lid.ouder, over, Antwoord(antwoord), int(antwoord == "ja"), begin)
        if antwoord == "nee" and toeval.random() < 0.8:
            reden = toeval.choice([*REDENEN, "WERK", "WERK", "TIJD"])
            antwoorden.reden(sessie, lid.ouder, over, reden, begin)
    if antwoord == "ja" or toeval.random() < 0.05:
        staat = toeval.choice(("aanwezig", "aanwezig", "afwezig"))
        presentie.zet(sessie, over, Staat(staat), "team", begin)
    lokaal = begin.astimezone(zone())
    return Feit(
        lid.locatie, activiteit, lokaal.date(), soort, lokaal.hour, lokaal.weekday() >= 5, lid.gezin,
        lid.ouder, lid.rol, lid.taal, antwoord, reden, staat,
    )  # fmt: skip


def zone() -> ZoneInfo:
    """The zone of every location here."""
    return ZoneInfo("Europe/Amsterdam")


def _tips(sessie: Sessie, jaar: Jaar, toeval: random.Random) -> None:
    rijen = []
    for lid in jaar.leden:
        if toeval.random() < 0.5:
            continue
        for week in range(toeval.choice((1, 3))):
            dag = max(lid.van, date(2026, 9, 1)) + timedelta(days=7 * week + 10)
            gedaan = toeval.random() < 0.4
            jaar.thuis.append((lid.locatie, lid.ouder, dag, gedaan))
            rijen.append({
                "ouder_id": lid.ouder, "locatie_id": lid.locatie, "rol": lid.rol, "tip": "kijk_mee", "stap": 1,
                "gegeven": datetime(dag.year, dag.month, dag.day, 10, tzinfo=UTC),
                "uitkomst": "gedaan" if gedaan else None,
            })  # fmt: skip
    sessie.execute(tip_gegeven.insert(), rijen)
