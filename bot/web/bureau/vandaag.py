"""*Vandaag*: what is coming and what needs a person; and the way from ``/bureau`` to it."""

from __future__ import annotations

from aiohttp import web

from bot.web.bureau.basis import KOEKJE, Verzoek, naar
from opslag import bureau, vandaag


async def begin(v: Verzoek) -> web.StreamResponse:
    """``/bureau``: on to the first own location."""
    if not v.wie.locaties:
        return v.toon("melding.html", 403, kop="Je hoort bij geen locatie", tekst="Vraag het je coördinator.")
    return naar("/bureau/gemeente" if v.wie.rol == "gemeente" else f"/bureau/{v.wie.locaties[0].nummer}/vandaag")


async def toon(v: Verzoek) -> web.StreamResponse:
    """The page."""
    komend = await v.lees(vandaag.komend, v.locatie.nummer, v.nu)
    wacht = await v.lees(vandaag.wacht, v.locatie.nummer, v.nu)
    return v.toon("vandaag.html", komend=komend, wacht=wacht)


async def zittingen(v: Verzoek) -> web.StreamResponse:
    """The browsers of this colleague that are in."""
    lijst = await v.lees(bureau.zittingen, v.wie.medewerker, v.nu)
    return v.toon("zittingen.html", lijst=lijst)


async def uit(v: Verzoek) -> web.StreamResponse:
    """Put one browser out (``nummer``), or all of them; this one forgets its key when it is among them."""
    formulier = await v.request.post()
    gegeven = str(formulier.get("nummer", ""))
    nummer = int(gegeven) if gegeven.isascii() and gegeven.isdigit() and len(gegeven) < 19 else None
    await v.schrijf(bureau.trek_in, v.wie.medewerker, nummer, v.nu)
    antwoord = naar("/bureau")
    if nummer in {None, v.wie.sessie}:
        antwoord.del_cookie(KOEKJE, path="/bureau")
    return antwoord
