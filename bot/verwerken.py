"""THE use case: a received row → ``Uitkomst`` → rows, in one transaction.

One turn takes the chat's lock, loads ``Wereld``, runs the motor, applies the effects, stores ``Stand``, puts the
replies in the outbox and marks the inbox row done. All of it or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.beurt import ONVERTAALD, Beurt, Vertaalt
from bot.effecten import pas_toe
from bot.spraaknotas import neem_op
from dialogen import kiezen, motor
from dialogen.basis import Bericht, Invoer, Soort, Stand, Tekst, Uitkomst, Vorm, Wereld
from dialogen.effecten import Instellen, Toestemmen
from dialogen.flows import FLOWS
from dialogen.hardop import stem_van
from dialogen.teksten import GESPROKEN, schrijftaal
from dialogen.tik import Tik, met_kantoor, onderwerp
from opslag import aanvullen, gesprekken, locaties, postvak, tellingen
from opslag.berichten import lees_invoer
from opslag.database import DatabaseStoring, Sessie
from opslag.gesprekken import Gesprek, Sleutel


@dataclass(frozen=True, slots=True)
class Kan:
    """What this installation can do with speech: ``bewaart`` keeps it (so that every channel can play it),
    ``verstaat`` writes it out.
    """

    bewaart: bool = False
    verstaat: bool = False


NIETS = Kan()
Punt = Callable[[str], None]
"""A labelled point around a commit or a send, at which the tests let the process die."""


class Gif(Exception):
    """A row that could not be handled; ``rij`` is its number, ``soort`` the kind of error (never its text)."""

    def __init__(self, rij: int, soort: str) -> None:
        super().__init__(f"rij {rij}: {soort}")
        self.rij = rij
        self.soort = soort


@dataclass(frozen=True, slots=True)
class Verwerkt:
    """One turn done: the inbox row, how many replies, and whether others get a message too."""

    rij: int
    antwoorden: int
    voor_anderen: bool


def verwerk(
    sessie: Sessie, sleutel: Sleutel, nu: datetime, vertaalt: Vertaalt = ONVERTAALD, kan: Kan = NIETS
) -> Verwerkt | None:
    """Handle the oldest open row of a chat; None when there is none. ``nu`` is UTC.

    Raises ``Gif`` for a row that cannot be handled, and what the database raises when it is away.
    """
    g = gesprekken.neem(sessie, sleutel, nu)
    rij = postvak.volgende(sessie, sleutel)
    if rij is None:
        return None
    try:
        return _beurt(sessie, g, rij, nu, vertaalt, kan)
    except DatabaseStoring:  # the database, not the row
        raise
    except Exception as fout:
        raise Gif(rij.nummer, type(fout).__name__) from fout


def _beurt(sessie: Sessie, g: Gesprek, rij: postvak.Rij, nu: datetime, vertaalt: Vertaalt, kan: Kan) -> Verwerkt:
    invoer = lees_invoer(rij.inhoud)
    over, kantoor = onderwerp(g.stand, invoer), met_kantoor(g.stand, invoer)
    wereld = _wereld(sessie, g, invoer, over, nu, met_kantoor=kantoor)
    wereld = replace(wereld, luistert=kan.verstaat, overal_te_horen=kan.bewaart)
    uit = kiezen.antwoord(g.stand, invoer, wereld)
    beurt = Beurt(sessie, g, wereld, nu, g.ouder_id, g.medewerker_id, vertaalt=vertaalt)
    if kan.bewaart:
        beurt.nota = neem_op(beurt, invoer, uit, verstaan=kan.verstaat)
    for effect in uit.effecten:
        pas_toe(beurt, effect)
    if beurt.vervolg is not None:
        uit = _ga_verder(beurt, beurt.vervolg, invoer, uit)
    gesprekken.bewaar(sessie, g.nummer, _zonder_code(uit.stand, beurt), _vorige(g, invoer), nu)
    taal, voor_wie = _taal(uit, wereld), _nog_geen_ouder(beurt, g.stand, uit.stand)
    if beurt.vergeten:
        g = gesprekken.begin_opnieuw(sessie, g, nu)
    for bericht in uit.berichten:
        vervangt = invoer.bericht if bericht.vervangt else ""
        postvak.leg_klaar(sessie, g.nummer, g.sleutel, bericht, taal, nu, vervangt=vervangt, **voor_wie)
    for werk in beurt.daarna:
        werk()
    postvak.klaar(sessie, rij.nummer)
    if beurt.vergeten:
        postvak.vergeet_adres(sessie, g.sleutel)
    return Verwerkt(rij.nummer, len(uit.berichten), beurt.voor_anderen)


def _vorige(g: Gesprek, invoer: Invoer) -> str:
    """The button that was pressed last; to listen again does nothing, so that the one before it still counts."""
    if invoer.soort is not Soort.KNOP:
        return ""
    return g.vorige if stem_van(invoer.waarde) is not None else invoer.waarde[:64]


def _wereld(
    sessie: Sessie, g: Gesprek, invoer: Invoer, over: int, nu: datetime, *, met_kantoor: bool, naar: Tik | None = None
) -> Wereld:
    """What this turn may know; for a colleague also who would be invited, and how the sending goes."""
    wereld = gesprekken.laad_wereld(sessie, g, invoer, over, nu, met_kantoor=met_kantoor)
    wereld = aanvullen.vul_aan(sessie, g, wereld, invoer, naar)
    return replace(wereld, kantoor=tellingen.vul_aan(sessie, wereld.kantoor, nu)) if wereld.kantoor else wereld


def _ga_verder(beurt: Beurt, naar: Stand, invoer: Invoer, uit: Uitkomst) -> Uitkomst:
    """On with what the effects made, in the world as it is with it."""
    tik = Tik(naar.flow, naar.stap, "", naar.over)
    wereld = _wereld(beurt.sessie, beurt.gesprek, invoer, naar.over, beurt.nu, met_kantoor=True, naar=tik)
    erna = motor.begin(FLOWS, naar.flow, wereld, naar.antwoorden, naar.stap)
    return Uitkomst(erna.stand, uit.berichten + erna.berichten, uit.effecten)


def _zonder_code(stand: Stand | None, beurt: Beurt) -> Stand | None:
    """A start code opens doors: it is forgotten as soon as we know who speaks."""
    if stand is None or "code" not in stand.antwoorden or (beurt.ouder_id is None and stand.flow == "kennismaken"):
        return stand
    return replace(stand, antwoorden={k: w for k, w in stand.antwoorden.items() if k != "code"})


def _taal(uit: Uitkomst, wereld: Wereld) -> str:
    """The language in which the reply is written: the one just chosen counts at once."""
    for effect in uit.effecten:
        if isinstance(effect, Instellen | Toestemmen) and (effect.taal or effect.tweede_taal):
            return schrijftaal(effect.taal or wereld.spreektaal or wereld.taal, effect.tweede_taal or wereld.taal)
    gekozen = uit.stand.antwoorden if uit.stand and uit.stand.flow == "kennismaken" else {}
    return schrijftaal(gekozen["taal"], gekozen.get("schrijftaal")) if "taal" in gekozen else wereld.taal


def _nog_geen_ouder(beurt: Beurt, was: Stand | None, nu: Stand | None) -> dict[str, Any]:
    """How somebody wants it of whom nothing is kept yet: the form and the spoken language just chosen, the voices of
    who invited them. Whether to read or to listen is asked aloud too: who cannot read must be able to answer.
    """
    stand = nu or was
    if beurt.ouder_id or beurt.medewerker_id or stand is None or stand.flow != "kennismaken":
        return {}
    code = locaties.zoek_code(beurt.sessie, stand.antwoorden.get("code", ""), beurt.nu)
    taal = stand.antwoorden.get("taal")
    return {
        "vorm": stand.antwoorden.get("vorm") or (Vorm.ALLEBEI.value if taal else None),
        "spreektaal": taal if taal in GESPROKEN else None,
        "locatie_id": code.locatie_id if code else None,
    }


def zet_opzij(sessie: Sessie, gif: Gif, sleutel: Sleutel, nu: datetime) -> bool:
    """Count a failed try. At the third the row is set aside and the person hears, kindly, that it went wrong."""
    opzij = postvak.mislukt(sessie, gif.rij, gif.soort)
    if opzij:
        g = gesprekken.neem(sessie, sleutel, nu)
        postvak.leg_klaar(sessie, g.nummer, sleutel, Bericht((Tekst("algemeen.storing"),)), g.taal, nu)
    return opzij
