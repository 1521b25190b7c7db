"""*Redenen*: why parents stay away, at a glance and as a table, and what the figures suggest."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.web.bureau import periode
from bot.web.bureau.basis import Verzoek
from dialogen.redenen import GROEPEN, REDENEN
from dialogen.teksten import TALEN, woorden
from opslag import overzicht
from opslag.redenbeeld import OPEN, Zeef, maak, volgorde
from opslag.suggesties import suggesties

ROLLEN = {"vader": "vaders", "moeder": "moeders", "ander": "andere verzorgers"}


def naam_van(code: str) -> str:
    """A reason as parents choose it; own words that wait for staff under their own name."""
    return "✏️ Eigen woorden, nog te lezen" if code == OPEN else woorden("nl").get(f"reden.{code}", code)


def _zeef(query: Mapping[str, str]) -> Zeef:
    """What to look at; what is not there looks at everything."""
    return Zeef(
        query.get("soort", "")[:40],
        query.get("dagdeel", "") if query.get("dagdeel") in overzicht.DAGDELEN else "",
        query.get("rol", "") if query.get("rol") in ROLLEN else "",
        query.get("taal", "")[:8],
    )


async def redenen(v: Verzoek) -> web.StreamResponse:
    """The page."""
    p, zeef = periode.lees(v.request.query, v.locatie, v.nu), _zeef(v.request.query)
    tellingen = await v.lees(overzicht.activiteiten, p.blik)
    beeld = maak(tellingen, zeef)
    return v.toon(
        "redenen.html",
        p=p,
        zeef=zeef,
        beeld=beeld,
        hoogste=max(beeld.som.redenen.values(), default=1),
        naam_van=naam_van,
        groep_van={code: REDENEN[code].groep for code in REDENEN} | {OPEN: "anders"},
        groepen=GROEPEN,
        volgorde=volgorde(),
        rollen=ROLLEN,
        dagdelen=overzicht.DAGDELEN,
        talen={**TALEN},
        suggesties=suggesties([t for t in tellingen if zeef.past(t)]),
    )
