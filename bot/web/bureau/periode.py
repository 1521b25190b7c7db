"""The period of a page, from its address: a school year, or months from and to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.web.bureau.basis import BezoekFout
from opslag.bureau import Locatie
from opslag.overzicht import Blik, schooljaar_van
from opslag.werkdagen import zone

_MAAND = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
JAREN = 4
"""School years to choose from, this one and those before it."""


@dataclass(frozen=True, slots=True)
class Periode:
    """What is looked at: months ``van`` up to and with ``tot_en_met`` ('2026-08'), and how it is called."""

    blik: Blik
    van: str
    tot_en_met: str
    naam: str
    jaren: tuple[tuple[str, str], ...]
    jaar: str


def lees(query: Mapping[str, str], waar: Locatie, nu: datetime) -> Periode:
    """The period that is asked for; this school year when none is. Raises ``BezoekFout`` or ``PeriodeFout``."""
    vandaag = nu.astimezone(zone(waar.tijdzone)).date()
    van, tot = schooljaar_van(vandaag)
    if jaar := query.get("jaar", ""):
        if not re.fullmatch(r"20\d\d", jaar):
            raise BezoekFout("dit schooljaar bestaat niet")
        van, tot = date(int(jaar), 8, 1), date(int(jaar) + 1, 8, 1)
    elif query.get("van") or query.get("tot"):
        van = _maand(query.get("van", ""), van)
        tot = _volgende(_maand(query.get("tot", ""), _vorige(tot)))
    blik = Blik(frozenset({waar.nummer}), van, tot)
    heel = schooljaar_van(van) == (van, tot)
    eerste = schooljaar_van(vandaag)[0].year
    jaren = tuple((str(j), f"{j}-{j + 1}") for j in range(eerste, eerste - JAREN, -1))
    naam = f"schooljaar {van.year}-{tot.year}" if heel else f"{van:%Y-%m} tot en met {_vorige(tot):%Y-%m}"
    return Periode(blik, f"{van:%Y-%m}", f"{_vorige(tot):%Y-%m}", naam, jaren, str(van.year) if heel else "")


def _maand(tekst: str, anders: date) -> date:
    if not tekst:
        return anders
    past = _MAAND.fullmatch(tekst)
    if past is None:
        raise BezoekFout("kies een maand, bijvoorbeeld 2026-09")
    return date(int(past[1]), int(past[2]), 1)


def _volgende(maand: date) -> date:
    return date(maand.year + maand.month // 12, maand.month % 12 + 1, 1)


def _vorige(maand: date) -> date:
    return date(maand.year - (maand.month == 1), (maand.month - 2) % 12 + 1, 1)
