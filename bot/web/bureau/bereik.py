"""*Bereik*: who is reached, the two rates against the norm, and which activities reach few."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.web.bureau import periode
from bot.web.bureau.basis import BezoekFout, Verzoek
from opslag import jaarcijfers, overzicht
from opslag.database import Sessie
from opslag.overzicht import Bereik, Blik, Deel, Telling

LAAG = 25
"""Percent of the invited that came, below which an activity is named among those that reach few."""
ROLLEN = {"vader": "Vaders", "moeder": "Moeders", "ander": "Andere verzorgers", "": "Rol onbekend"}
WAT = {
    "ingeschreven": "Ingeschreven",
    "uitgenodigd": "Uitgenodigd",
    "bereikt": "Bereikt",
    "niet_bereikt": "Nog niet bereikt",
    "eerste_keer": "Voor het eerst bereikt",
    "thuis_gevraagd": "Thuis gevraagd",
    "thuis_gedaan": "Thuis gedaan",
}


@dataclass(frozen=True, slots=True)
class Laag:
    """An activity that reached few of who was invited."""

    telling: Telling
    deel: Deel


def _lees(sessie: Sessie, blik: Blik) -> tuple[Bereik, tuple[Telling, ...]]:
    return jaarcijfers.overzicht(sessie, blik), overzicht.activiteiten(sessie, blik)


async def bereik(v: Verzoek) -> web.StreamResponse:
    """The page."""
    p = periode.lees(v.request.query, v.locatie, v.nu)
    cijfers, tellingen = await v.lees(_lees, p.blik)
    geweest = [t for t in tellingen if t.geteld and not t.afgelast]
    laag = [Laag(t, d) for t in geweest if (d := Deel(t.som("aanwezig"), t.som("uitgenodigd"))).haalt(LAAG) is False]
    return v.toon(
        "bereik.html",
        p=p,
        cijfers=cijfers,
        rollen=ROLLEN,
        tellingen=tellingen,
        laag=laag[:10],
        wat=WAT,
        geweest=geweest,
    )


async def namen(v: Verzoek) -> web.StreamResponse:
    """Who is behind a number, by name; that it was looked at stands in the audit log."""
    p, query = periode.lees(v.request.query, v.locatie, v.nu), v.request.query
    wat, rol = query.get("wat", "niet_bereikt"), query.get("rol")
    if wat not in WAT or rol not in {None, *ROLLEN}:
        raise BezoekFout("deze lijst bestaat niet")
    lijst = await v.lees(overzicht.namen, p.blik, wat, rol)
    await v.leg_vast("namen gezien", f"{wat} {rol or ''} {p.van} {p.tot_en_met}".strip())
    kop = WAT[wat] + (f", {ROLLEN[rol].lower()}" if rol is not None else "")
    return v.toon("namen.html", p=p, lijst=lijst, kop=kop, rollen=ROLLEN)
