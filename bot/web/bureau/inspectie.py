"""The page to print for the inspectorate: per location and school year, counts only."""

from __future__ import annotations

from aiohttp import web

from bot.web.bureau import periode
from bot.web.bureau.basis import Verzoek
from bot.web.bureau.redenen import naam_van
from dialogen.begrijpen import zonder_beeld
from dialogen.teksten import woorden
from opslag import inspectie as opslag_inspectie


def taaknaam(soort: str) -> str:
    """What was promised, as the team reads it."""
    return zonder_beeld(woorden("nl").get(f"taak.{soort}", soort))


async def pagina(v: Verzoek) -> web.StreamResponse:
    """The page. That it was taken stands in the audit log."""
    p = periode.lees(v.request.query, v.locatie, v.nu)
    blad = await v.lees(opslag_inspectie.blad, p.blik, v.locatie.tijdzone)
    await v.leg_vast("export", f"inspectie {p.van} {p.tot_en_met}")
    return v.toon("inspectie.html", p=p, b=blad, naam_van=lambda code: zonder_beeld(naam_van(code)), taaknaam=taaknaam)
