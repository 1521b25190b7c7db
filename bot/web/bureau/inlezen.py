"""*Import*: the list of the administration. First what it would do is shown; only what was shown is done.

Between those two nothing is kept here: what was read goes along in the form, sealed for this browser.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from datetime import date

from aiohttp import web

from bot.inschrijflijst import lees, pak_in, pak_uit
from bot.web.bureau.basis import BezoekFout, Verzoek
from opslag import inschrijven
from opslag.inschrijven import Achterhaald, Lijst, Voorstel
from opslag.werkdagen import zone

TOON = 200
"""Lines of a kind on the page; the rest is counted."""


def vandaag(v: Verzoek) -> date:
    """Today, where the location is."""
    return v.nu.astimezone(zone(v.locatie.tijdzone)).date()


async def kies(v: Verzoek) -> web.StreamResponse:
    """The page to choose a file."""
    return v.toon("import.html")


async def bekijk(v: Verzoek) -> web.StreamResponse:
    """Read the file and show what would happen; nothing is written."""
    gegeven = (await v.request.post()).get("bestand")
    if not isinstance(gegeven, web.FileField) or not gegeven.filename:
        raise BezoekFout("kies eerst een bestand")
    inhoud = await asyncio.to_thread(gegeven.file.read)
    try:
        lijst = await asyncio.to_thread(lees, inhoud, vandaag(v))
    except ValueError as fout:
        raise BezoekFout(str(fout)) from None
    return await _toon(v, lijst)


async def _toon(v: Verzoek, lijst: Lijst, *, opnieuw: bool = False) -> web.StreamResponse:
    plan: Voorstel = await v.lees(inschrijven.voorstel, v.locatie.nummer, lijst, vandaag(v))
    await v.leg_vast("lijst bekeken", f"{len(lijst.gezinnen)} gezinnen")
    ingepakt = await asyncio.to_thread(pak_in, lijst)
    return v.toon(
        "voorstel.html",
        plan=plan,
        lijst=lijst,
        ingepakt=ingepakt,
        zegel=_zegel(v, ingepakt),
        opnieuw=opnieuw,
        vandaag=vandaag(v),
        meest=TOON,
    )


def _zegel(v: Verzoek, ingepakt: str) -> str:
    wat = f"inlezen {v.locatie.nummer} {ingepakt}".encode()
    return hmac.new(v.sleutel.encode(), wat, hashlib.sha256).hexdigest()


async def doe(v: Verzoek) -> web.StreamResponse:
    """Do exactly what was shown; when something changed since, show it again."""
    f = await v.formulier()
    ingepakt = f.get("lijst", "")
    if not hmac.compare_digest(f.get("zegel", "").encode(), _zegel(v, ingepakt).encode()):
        raise BezoekFout("deze lijst kennen wij niet; kies het bestand nog eens")
    lijst = await asyncio.to_thread(pak_uit, ingepakt)
    wat = (v.wie.medewerker, v.locatie.nummer, lijst, f.get("keur", ""), f.get("weg") == "ja", vandaag(v), v.nu)
    try:
        plan = await v.schrijf(inschrijven.voer_uit, *wat)
    except Achterhaald:
        return await _toon(v, lijst, opnieuw=True)
    except PermissionError:
        raise BezoekFout("dit mag alleen een coördinator van deze locatie") from None
    return v.toon("ingelezen.html", plan=plan, weg=f.get("weg") == "ja")
