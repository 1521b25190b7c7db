"""The example location of the demo: invented, and marked so wherever it shows. Nobody in it exists."""

from __future__ import annotations

import random
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.uitzendingen import verstuur
from dialogen.basis import Antwoord, Rol, Staat, Vorm
from dialogen.effecten import Instellen
from dialogen.redenen import REDENEN
from opslag import activiteiten, antwoorden, gesprekken, locaties, ouders, presentie
from opslag.activiteiten import Activiteit
from opslag.database import Sessie
from opslag.gesprekken import Sleutel
from opslag.werkdagen import zone

LOCATIE = "De Regenboog (voorbeeld)"
GROEP = "Vlinders"
GASTHEER = "Juf Noor"
TIJDZONE = "Europe/Amsterdam"


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    """What the demo needs: three start codes and the two activities that lie ahead."""

    moeder: str
    vader: str
    collega: str
    koffie: int
    inloop: int


def moment(dag: date, klok: time) -> datetime:
    """A local time at the example location."""
    return datetime.combine(dag, klok, zone(TIJDZONE))


def vul(sessie: Sessie, nu: datetime) -> Voorbeeld:
    """Fill an empty database: a location, a past coffee morning with answers, one to come, one about to begin."""
    # Without quiet hours: the demo must answer in the evening too.
    plek = locaties.maak_locatie(
        sessie,
        LOCATIE,
        [GROEP, "Rupsen"],
        nu,
        gastheer=GASTHEER,
        telefoon="",
        voorbeeld=True,
        stil=("00:00", "00:00"),
    )
    groep = locaties.zoek_groepen(sessie, plek, [GROEP])
    gezin = locaties.maak_gezin(sessie, plek, groep, nu)
    vandaag = nu.astimezone(zone(TIJDZONE)).date()
    _verleden(sessie, plek, groep, nu)
    straks = nu.replace(second=0, microsecond=0) + timedelta(minutes=20)
    inloop = _activiteit(sessie, plek, groep, "inloop", "Samen spelen in de klas", straks, nu)
    koffie = _activiteit(
        sessie, plek, groep, "koffieochtend", "Koffie en praten over slapen",
        moment(vandaag + timedelta(days=8), time(9, 30)), nu,
    )  # fmt: skip
    return Voorbeeld(
        locaties.nodig_ouders_uit(sessie, plek, groep[0], nu, gezin_id=gezin),
        locaties.nodig_ouders_uit(sessie, plek, groep[0], nu, gezin_id=gezin),
        locaties.nodig_team_uit(sessie, plek, "coordinator", nu),
        koffie,
        inloop,
    )


def _activiteit(
    sessie: Sessie, plek: int, groep: list[int], soort: str, titel: str, begin: datetime, nu: datetime
) -> int:
    nieuw = Activiteit(
        plek, soort, titel, "Ouders leren elkaar en ons kennen", begin, 60, "de ouderkamer", groep, GASTHEER
    )
    nummer = activiteiten.maak(sessie, nieuw, nu, "voorbeeld")
    verstuur(lambda: nullcontext(sessie), nummer, "iedereen", nu, "voorbeeld")
    return nummer


def _verleden(sessie: Sessie, plek: int, groep: list[int], nu: datetime) -> None:
    """Twelve invented caregivers were invited three weeks ago; seeded, so that it is the same every time."""
    toen = nu - timedelta(days=21)
    code = locaties.nodig_ouders_uit(sessie, plek, groep[0], toen)
    toeval = random.Random(7)
    wie = [_ouder(sessie, code, nummer, toen) for nummer in range(1, 13)]
    nieuw = Activiteit(
        plek,
        "koffieochtend",
        "Koffie en kennismaken",
        "Kennismaken",
        toen + timedelta(days=7),
        90,
        "de hal",
        groep,
        GASTHEER,
    )
    nummer = activiteiten.maak(sessie, nieuw, toen, "voorbeeld")
    verstuur(lambda: nullcontext(sessie), nummer, "iedereen", toen, "voorbeeld")
    for ouder_id, sleutel in wie:
        _antwoord(sessie, ouder_id, sleutel, toen + timedelta(days=1), toeval)


def _ouder(sessie: Sessie, code: str, nummer: int, toen: datetime) -> tuple[int, Sleutel]:
    sleutel = Sleutel("web", "web", f"voorbeeld-{nummer}")  # what is sent to them goes nowhere, and counts
    gesprek = gesprekken.neem(sessie, sleutel, toen)
    taal = ("nl", "tr", "ar", "pl")[nummer % 4]
    ouder_id = ouders.maak_ouder(sessie, code, gesprek.nummer, f"Voorbeeldouder {nummer}", taal, Vorm.LEZEN, toen)
    assert ouder_id is not None
    rol = (Rol.MOEDER, Rol.VADER, Rol.MOEDER, Rol.ANDER)[nummer % 4]
    ouders.stel_in(sessie, ouder_id, Instellen(rol=rol, dagdelen=frozenset({"avond" if nummer % 2 else "ochtend"})))
    return ouder_id, sleutel


def _antwoord(sessie: Sessie, ouder_id: int, sleutel: Sleutel, op: datetime, toeval: random.Random) -> None:
    gesprek = gesprekken.neem(sessie, sleutel, op)
    for u in gesprekken.uitnodigingen(sessie, gesprek, op):
        if toeval.random() < 0.4:
            antwoorden.antwoord(sessie, ouder_id, u.nummer, Antwoord.JA, 1, op)
            presentie.zet(sessie, u.nummer, Staat.AANWEZIG, "team", u.begin)
        else:
            antwoorden.antwoord(sessie, ouder_id, u.nummer, Antwoord.NEE, 0, op)
            antwoorden.reden(sessie, ouder_id, u.nummer, toeval.choice(list(REDENEN)), op)
