"""Commands, which work in the middle of anything: STOP, the menu, a person, a language, a tip, and the team's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogen import begrijpen, motor, parkeren, wisselen
from dialogen.basis import Invoer, Soort, Stand, Tekst, Uitkomst, Wereld, Wie
from dialogen.flows import FLOWS
from dialogen.openstaand import zeg

TEAMOPDRACHTEN: Mapping[str, str] = {
    "nieuw": "maken",
    "activiteiten": "activiteiten",
    "presentie": "presentie",
    "deur": "presentie",
    "bureau": "bureau",
    "uitvoer": "uitvoer",
    "weekbericht": "weekbericht",
}
"""What a colleague can type, with a slash, and the conversation that it begins."""


def opgedragen(invoer: Invoer, wereld: Wereld) -> str | None:
    """The command that these words are, also one for the team (``/nieuw``)."""
    if invoer.soort is not Soort.TEKST:
        return None
    taal = "" if wereld.wie is Wie.ONBEKEND else wereld.taal
    return begrijpen.opdracht(invoer.waarde, taal) or begrijpen.met_streep(invoer.waarde, TEAMOPDRACHTEN)


def voer_uit(opdracht: str, stand: Stand | None, wereld: Wereld) -> Uitkomst:
    """What a command begins."""
    if opdracht == "stop":
        return motor.begin(FLOWS, "stoppen", wereld)
    if opdracht == "mens" and wereld.wie is not Wie.MEDEWERKER:
        uit = motor.begin(FLOWS, "mens", wereld)
        return replace(uit, stand=stand) if wereld.wie is Wie.ONBEKEND else uit
    if wereld.wie is Wie.ONBEKEND:
        return _voor_toestemming(opdracht, stand, wereld)
    if opdracht == "taal":
        return wisselen.vraag(stand, wereld)
    if opdracht == "tip":
        if wereld.wie is Wie.MEDEWERKER:
            return motor.begin(FLOWS, "tips", wereld)
        return motor.begin(FLOWS, "tip", wereld, stap="vraag_om")
    if opdracht in TEAMOPDRACHTEN:
        return _teamopdracht(opdracht, stand, wereld)
    erbij = {"help": "1"} if opdracht == "help" else {}
    return motor.begin(FLOWS, "menu", wereld, {**erbij, **parkeren.apart(FLOWS, stand)})


def _teamopdracht(opdracht: str, stand: Stand | None, wereld: Wereld) -> Uitkomst:
    if wereld.wie is Wie.MEDEWERKER:
        return motor.begin(FLOWS, TEAMOPDRACHTEN[opdracht], wereld)
    return zeg(stand, "team.geen_team")


def _voor_toestemming(opdracht: str, stand: Stand | None, wereld: Wereld) -> Uitkomst:
    if stand is None or stand.flow != "kennismaken":
        return zeg(stand, "algemeen.zonder_code")
    if opdracht == "taal":
        return motor.begin(FLOWS, "kennismaken", wereld, {"code": stand.antwoorden.get("code", "")})
    return motor.herhaal(FLOWS, stand, wereld, Tekst("algemeen.help_voor_toestemming"))
