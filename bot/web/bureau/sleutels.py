"""The keys of the API of a location: made, shown once, and ended."""

from __future__ import annotations

from aiohttp import web

from bot.web.bureau.basis import BezoekFout, Verzoek, naar
from opslag import api


async def pagina(v: Verzoek) -> web.StreamResponse:
    """The keys there are."""
    return await _toon(v, "")


async def _toon(v: Verzoek, nieuw: str) -> web.StreamResponse:
    return v.toon("sleutels.html", lijst=await v.lees(api.sleutels, v.locatie.nummer), nieuw=nieuw)


async def maak(v: Verzoek) -> web.StreamResponse:
    """A new key, on the page that shows it once. Raises ``BezoekFout`` without a name for it."""
    naam = " ".join(str((await v.request.post()).get("naam", "")).split())
    if not naam:
        raise BezoekFout("schrijf op waarvoor de sleutel is")
    nieuw = await v.schrijf(api.maak, v.wie.medewerker, v.locatie.nummer, naam, v.nu)
    if nieuw is None:
        raise BezoekFout("deze sleutel kun je niet maken")
    return await _toon(v, nieuw)


async def trek_in(v: Verzoek) -> web.StreamResponse:
    """End a key."""
    nummer = str((await v.request.post()).get("nummer", ""))
    if not (nummer.isascii() and nummer.isdigit() and len(nummer) < 19):
        raise BezoekFout("deze sleutel is er niet")
    await v.schrijf(api.trek_in, v.wie.medewerker, v.locatie.nummer, int(nummer), v.nu)
    return naar(f"/bureau/{v.locatie.nummer}/sleutels")
