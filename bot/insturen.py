"""What somebody records in our own page: checked, encoded anew and locked before the browser hears that we have it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.diensten.geluid import GeenGeluid
from bot.spraak import TE_LANG_ALS, Spraak
from dialogen.basis import TE_LANG, Invoer, Soort
from opslag import spraaknotas
from opslag.database import Database

Insturen = Callable[[str, str, bytes], Awaitable[Invoer]]
"""(address, the browser's own id, what was recorded) → what to take in."""


def maak_insturen(db: Database, spraak: Spraak, klok: Callable[[], datetime]) -> Insturen | None:
    """None without a vault: then nobody can speak here.

    What it gives raises ``DatabaseWeg`` or ``SpraakStoring``: then nothing is kept, and the browser tries again.
    """
    kluis = spraak.kluis
    if kluis is None:
        return None

    async def neem(adres: str, kenmerk: str, ruw: bytes) -> Invoer:
        try:
            noot = await spraak.maak_noot(ruw)
        except GeenGeluid as fout:
            return Invoer(Soort.ONHOORBAAR, TE_LANG if fout.reden in TE_LANG_ALS else fout.reden)
        media = f"{spraaknotas.VAN_ONS}{adres[:12]}.{kenmerk}"
        dicht = await asyncio.to_thread(kluis.sluit, noot.inhoud, media)
        bewaard = await db.schrijf(spraaknotas.leg_neer, "web", "web", adres, media, dicht, noot.duur, klok())
        return Invoer(Soort.SPRAAK, media) if bewaard else Invoer(Soort.ONHOORBAAR, "niet_bewaard")

    return neem
