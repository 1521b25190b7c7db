"""What becomes of a message: whether it may go at this very moment, and what follows from a platform's answer. Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.kanalen.basis import Gestopt, Geweigerd, Kwijt, Resultaat, Tijdelijk, Verzonden
from opslag import postvak
from opslag.postvak import Uit
from opslag.werkdagen import na_stilte


@dataclass(frozen=True, slots=True)
class Klaar:
    """Sent."""

    extern_id: str


@dataclass(frozen=True, slots=True)
class Later:
    """Again from ``op`` (UTC); ``account`` seconds that the whole account must wait."""

    op: datetime
    account: float
    reden: str


@dataclass(frozen=True, slots=True)
class Af:
    """Never: 'geweigerd' or 'vervallen', with the reason."""

    status: str
    reden: str


@dataclass(frozen=True, slots=True)
class Weg:
    """This person does not want us any more."""

    reden: str


@dataclass(frozen=True, slots=True)
class Terug:
    """Not sent, through nothing of its own: it waits again, in its old place."""

    reden: str = ""


Besluit = Klaar | Later | Af | Weg
BASIS, MEEST = 1.0, 300.0
"""Seconds of the first wait and of the longest one."""


def besluit(resultaat: Resultaat, pogingen: int, niet_na: datetime, nu: datetime, toeval: random.Random) -> Besluit:
    """What follows from an answer of the platform. ``pogingen`` counts earlier failures of our own kind.

    A wait that the platform asks for is kept to and is no failure; for the rest the wait doubles, with jitter so that
    many do not come back at once, until ``niet_na``.
    """
    match resultaat:
        case Verzonden(extern_id=extern_id):
            return Klaar(extern_id)
        case Geweigerd(reden=reden):
            return Af("geweigerd", reden)
        case Gestopt(reden=reden):
            return Weg(reden)
        case Kwijt():  # the bytes went along, and still it asks for them
            return Af("geweigerd", "het platform kent de bijlage niet")
        case Tijdelijk(wacht=wacht, heel_account=heel, reden=reden):
            seconden = wacht if wacht is not None else min(MEEST, BASIS * 2**pogingen) * toeval.uniform(0.5, 1.0)
            op = nu + timedelta(seconds=0 if heel else seconden)
            if nu + timedelta(seconds=seconden) >= niet_na:
                return Af("vervallen", reden or "te laat")
            return Later(op, seconden if heel else 0.0, reden)


def mag_niet(uit: Uit, nu: datetime) -> Af | Later | None:
    """What forbids sending this at this very moment: checked again here, because the world moved on since."""
    if uit.niet_na <= nu:
        return Af("vervallen", "te laat")
    if uit.onbereikbaar and uit.prioriteit >= postvak.AANBOD:
        return Af("vervallen", "onbereikbaar")
    if uit.prioriteit < postvak.AANBOD or uit.ouder_id is None:
        return None
    if uit.gestopt:
        return Af("vervallen", "gestopt")
    if uit.stilgelegd:  # it lies aside until somebody resumes, or until it is too late
        return Later(uit.niet_na, 0, postvak.GESTOPT)
    if uit.pauze_tot and uit.pauze_tot > nu:
        return Later(uit.pauze_tot, 0, "pauze") if uit.pauze_tot < uit.niet_na else Af("vervallen", "pauze")
    stil_tot = na_stilte(nu, *uit.stil) if uit.stil else nu
    if stil_tot > nu:
        return Later(stil_tot, 0, "stille uren") if stil_tot < uit.niet_na else Af("vervallen", "stille uren")
    if uit.prioriteit >= postvak.UITZENDING and uit.deze_week >= uit.weekmaximum:
        morgen = nu + timedelta(days=1)
        return Later(morgen, 0, "weekmaximum") if morgen < uit.niet_na else Af("vervallen", "weekmaximum")
    return None
