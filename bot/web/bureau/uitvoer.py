"""*Uitvoer*: the exports as files for a period.

A file is made whole first, on a read connection in a thread, and only then sent: a slow line holds no connection, the
browser shows how far it is, and what goes wrong gives a page and no half a file. Memory does not grow with the rows.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.uitvoeren import SCHRIJVERS, TeVeelRijen
from bot.web.bureau import periode
from bot.web.bureau.basis import UITVOER, BezoekFout, Verzoek
from opslag import exporten
from opslag.database import Sessie
from opslag.exporten import Export

VORMEN = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_STUK = 1 << 18


async def pagina(v: Verzoek) -> web.StreamResponse:
    """The page: which files there are, for which period."""
    return v.toon(
        "uitvoer.html", p=periode.lees(v.request.query, v.locatie, v.nu), LEIDING=("coordinator", "beheerder")
    )


def bestand(soort: str) -> Callable[[Verzoek], Awaitable[web.StreamResponse]]:
    """The handler that gives one kind of export."""

    async def geef(v: Verzoek) -> web.StreamResponse:
        vorm = v.request.query.get("vorm", "csv")
        if vorm not in VORMEN:
            raise BezoekFout("kies csv of xlsx")
        p = periode.lees(v.request.query, v.locatie, v.nu)
        wat = exporten.van_dagen(p.blik, v.locatie.tijdzone)
        export = Export(soort, wat, f"medewerker:{v.wie.medewerker}", v.locatie.tijdzone)
        return await _geef(v, export, vorm, f"inloop-{soort}-{v.locatie.nummer}-{p.van}-{p.tot_en_met}.{vorm}")

    return geef


async def _geef(v: Verzoek, export: Export, vorm: str, naam: str) -> web.StreamResponse:
    with tempfile.TemporaryDirectory(prefix="inloop-uitvoer-") as map_:
        pad = Path(map_) / "blad"
        try:
            async with v.request.app[UITVOER]:
                await v.lees(schrijf, export, vorm, pad, v.nu)
        except TeVeelRijen as fout:
            raise BezoekFout(str(fout)) from None
        await v.schrijf(exporten.neem, export, v.nu)
        return await stuur(v.request, pad, naam, VORMEN[vorm])


def schrijf(sessie: Sessie, export: Export, vorm: str, pad: Path, nu: datetime) -> int:
    """Write an export to a file; how many rows. Raises ``OSError``, ``TeVeelRijen`` and ``PeriodeFout``."""
    return SCHRIJVERS[vorm](pad, *exporten.blad(sessie, export, nu))


async def stuur(request: web.Request, pad: Path, naam: str, soort: str) -> web.StreamResponse:
    """A file as a download, piece by piece."""
    koppen = {"Content-Type": soort, "Content-Disposition": f'attachment; filename="{naam}"'}
    antwoord = web.StreamResponse(headers=koppen)
    with pad.open("rb") as bron:
        antwoord.content_length = os.fstat(bron.fileno()).st_size
        await antwoord.prepare(request)
        while stuk := await asyncio.to_thread(bron.read, _STUK):
            await antwoord.write(stuk)
    await antwoord.write_eof()
    return antwoord
