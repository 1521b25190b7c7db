"""*Gemeente*: what the municipality is given of a whole school year; small counts stay hidden."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import date
from pathlib import Path

from aiohttp import web

from bot.uitvoeren import SCHRIJVERS
from bot.web.bureau.basis import BezoekFout, Verzoek
from bot.web.bureau.uitvoer import VORMEN, stuur
from opslag import gemeente as opslag_gemeente
from opslag.gemeente import KOLOMMEN, Regel, rijen, verschenen

GROEPEN = {"gezinnen": "Gezinnen", "vaders": "Vaders"}


def _jaar(v: Verzoek) -> date:
    """The school year that is asked for; the last that is published when none is. Raises ``BezoekFout``."""
    jaren, gevraagd = verschenen(v.nu), v.request.query.get("jaar", "")
    if not gevraagd:
        return jaren[0]
    gevonden = [jaar for jaar in jaren if str(jaar.year) == gevraagd]
    if not gevonden:
        raise BezoekFout("dit schooljaar is er niet; een schooljaar verschijnt op 1 september, als het voorbij is")
    return gevonden[0]


async def _neem(v: Verzoek, jaar: date) -> tuple[Regel, ...]:
    plekken = frozenset(plek.nummer for plek in v.wie.locaties)
    regels: tuple[Regel, ...] = await v.schrijf(opslag_gemeente.neem, plekken, jaar, v.nu)
    return regels


async def pagina(v: Verzoek) -> web.StreamResponse:
    """The page."""
    jaar = _jaar(v)
    jaren = [(str(j.year), f"{j.year}-{j.year + 1}") for j in verschenen(v.nu)]
    return v.toon("gemeente.html", regels=await _neem(v, jaar), jaar=jaar, jaren=jaren, groepen=GROEPEN)


async def bestand(v: Verzoek) -> web.StreamResponse:
    """The same as a file."""
    jaar, vorm = _jaar(v), v.request.query.get("vorm", "csv")
    if vorm not in VORMEN:
        raise BezoekFout("kies csv of xlsx")
    regels = await _neem(v, jaar)
    await v.leg_vast("export", f"gemeente {jaar.year}")
    with tempfile.TemporaryDirectory(prefix="inloop-uitvoer-") as map_:
        pad = Path(map_) / "blad"
        await asyncio.to_thread(SCHRIJVERS[vorm], pad, KOLOMMEN, rijen(regels, jaar))
        return await stuur(v.request, pad, f"inloop-gemeente-{jaar.year}-{jaar.year + 1}.{vorm}", VORMEN[vorm])
