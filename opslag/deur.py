"""The door: a code on a screen that says "this parent is here". It follows from the activity's own secret and the
clock, so a photograph of it is worth nothing a minute and a half later, and nothing on another day.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Staat
from opslag import audit, presentie, uitnodigen
from opslag.database import Sessie
from opslag.rechten import neem_activiteit
from opslag.tabellen import activiteit, gezin, locatie, ouder
from opslag.werkdagen import zone

VOORAF = NA_AFLOOP = timedelta(minutes=30)
"""The door opens so long before the begin and closes so long after the end, as "I am here" in the chat does."""
TEL = 30
"""Seconds that one code is shown."""
TELLEN = 3
"""How many codes are good at once, this one and those before it: who scans needs a while to find the app and press
start, and a tablet may show a code a little longer."""
BITS = 144
_CODE = re.compile(r"deur-([0-9]{1,18})-([A-Za-z0-9_-]{24})")
_ADRES = re.compile(r"([0-9]{1,18})-([A-Za-z0-9_-]{24})")


@dataclass(frozen=True, slots=True)
class Scherm:
    """What the screen at the door shows now. ``staat`` is 'open' (with a ``code``), 'vroeg', 'voorbij' or 'afgelast';
    ``ververs`` is in how many seconds there is something new to show, ``begin`` is UTC.
    """

    titel: str
    begin: datetime
    plek: str
    locatie: str
    tijdzone: str
    staat: str
    code: str = ""
    ververs: int = TEL


@dataclass(frozen=True, slots=True)
class Gescand:
    """What a code at the door opens; ``klopt`` False for one of another moment, or one that was made up."""

    activiteit_id: int
    locatie_id: int
    locatie: str
    gastheer: str
    klopt: bool


def open_deur(sessie: Sessie, medewerker_id: int, activiteit_id: int, nu: datetime) -> str | None:
    """The path of the page for the screen at the door; None when it is not theirs. The first time makes its secret."""
    rij = neem_activiteit(sessie, medewerker_id, activiteit_id)
    if rij is None or rij.afgelast is not None:
        return None
    sleutel = rij.deursleutel
    if sleutel is None:
        sleutel = secrets.token_urlsafe(32)
        sessie.execute(activiteit.update().where(activiteit.c.id == activiteit_id).values(deursleutel=sleutel))
        audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "deur", f"activiteit:{activiteit_id}")
    return f"/deur/{activiteit_id}-{_teken(sleutel, f'scherm {activiteit_id}')}"


def scherm(sessie: Sessie, adres: str, nu: datetime) -> Scherm | None:
    """What the page at this address (``12-…``) shows; None for an address that is not ours, or on another day."""
    past = _ADRES.fullmatch(adres)
    rij = _activiteit(sessie, int(past[1])) if past else None
    if past is None or rij is None or not hmac.compare_digest(past[2], _teken(rij.deursleutel, f"scherm {rij.id}")):
        return None
    hier = zone(rij.tijdzone)
    staat = _staat(rij, nu)
    if staat != "open" and nu.astimezone(hier).date() != rij.begin.astimezone(hier).date():
        return None
    waarden = (rij.titel, rij.begin, rij.plek, rij.locatie, rij.tijdzone, staat)
    if staat != "open":
        return Scherm(*waarden)
    return Scherm(*waarden, f"deur-{rij.id}-{_teken(rij.deursleutel, _beurt(rij.id, nu))}", _nog(nu))


def _nog(nu: datetime) -> int:
    """Seconds until the next code."""
    return TEL - int(nu.timestamp()) % TEL


def _activiteit(sessie: Sessie, nummer: int) -> Any:
    a, loc = activiteit.c, locatie.c
    gastheer = sa.func.coalesce(sa.func.nullif(a.gastheer, ""), loc.gastheer).label("gastheer")
    return sessie.execute(
        sa.select(a.id, a.titel, a.begin, a.duur, a.plek, a.afgelast, a.deursleutel, a.locatie_id, gastheer)
        .add_columns(loc.naam.label("locatie"), loc.tijdzone)
        .join(locatie, loc.id == a.locatie_id)
        .where(a.id == nummer, a.deursleutel.is_not(None))
    ).first()


def _staat(rij: Any, nu: datetime) -> str:
    if rij.afgelast is not None:
        return "afgelast"
    if nu < rij.begin - VOORAF:
        return "vroeg"
    return "open" if nu <= rij.begin + timedelta(minutes=rij.duur) + NA_AFLOOP else "voorbij"


def _beurt(nummer: int, nu: datetime, terug: int = 0) -> str:
    return f"code {nummer} {int(nu.timestamp()) // TEL - terug}"


def _teken(sleutel: str, waarover: str) -> str:
    """``BITS`` bits that only who has the activity's secret can make."""
    ruw = hmac.new(sleutel.encode(), waarover.encode(), hashlib.sha256).digest()[: BITS // 8]
    return base64.urlsafe_b64encode(ruw).decode()


def is_deurcode(code: str) -> bool:
    """Whether this has the form of a code at the door."""
    return _CODE.fullmatch(code) is not None


def zoek(sessie: Sessie, code: str, nu: datetime) -> Gescand | None:
    """What this code opens now; None for one that has not the form, or of an activity without a door."""
    past = _CODE.fullmatch(code)
    rij = _activiteit(sessie, int(past[1])) if past else None
    if past is None or rij is None:
        return None
    goede = [_teken(rij.deursleutel, _beurt(rij.id, nu, terug)) for terug in range(TELLEN)]
    klopt = any(hmac.compare_digest(past[2], goed) for goed in goede) and _staat(rij, nu) == "open"
    return Gescand(rij.id, rij.locatie_id, rij.locatie, rij.gastheer, klopt)


def meld(sessie: Sessie, ouder_id: int, code: str, nu: datetime) -> int | None:
    """This parent stands at the door: present by the door's word, invited or not. The code is looked at here again.
    Returns the number of the invitation; None when the code is not good, or of another location than the parent's.
    """
    gescand = zoek(sessie, code, nu)
    rij = sessie.execute(
        sa.select(ouder.c.rol, gezin.c.locatie_id)
        .join(gezin, gezin.c.id == ouder.c.gezin_id)
        .where(ouder.c.id == ouder_id)
    ).first()
    if gescand is None or not gescand.klopt or rij is None or rij.locatie_id != gescand.locatie_id:
        return None
    nummer = uitnodigen.van(sessie, gescand.activiteit_id, ouder_id, nu)
    presentie.zet(sessie, nummer, Staat.AANWEZIG, "deur", nu)
    return nummer
