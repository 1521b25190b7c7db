"""Files in a chat: named in the outbox, made at the moment they are sent, for who may have them then."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.links import Links
from opslag import brieven, exporten
from opslag.database import Database, Sessie

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAAM = "lijst-en-brieven.pdf"
GROOTST = 45_000_000
"""Bytes of an export in a chat: a bot may send 50 MB (Bot API, sendDocument)."""


@dataclass(frozen=True, slots=True)
class Bestand:
    """A file as a person gets it."""

    naam: str
    inhoud: bytes

    @property
    def soort(self) -> str:
        """Its media type."""
        return PDF if self.naam.endswith(".pdf") else XLSX


MaakBestand = Callable[[int, str], Awaitable[Bestand | None]]
"""(number of the chat, name in the outbox such as ``brieven:12``) → the file, or None when it is not theirs to have."""


def naam_van(bestand: str) -> str:
    """What the file is called when it is saved; '' for no file."""
    soort, _, wat = bestand.partition(":")
    return f"inloop-{wat}.xlsx" if soort == "uitvoer" else NAAM if bestand else ""


def maak_bestanden(db: Database, links: Links, klok: Callable[[], datetime]) -> MaakBestand:
    """Makes the files of this database's outbox."""

    async def maak(gesprek_id: int, bestand: str) -> Bestand | None:
        soort, _, nummer = bestand.partition(":")
        if soort == "uitvoer":
            return await _uitvoer(db, gesprek_id, bestand, klok())
        if soort != "brieven" or not nummer.isdigit():
            return None
        genomen = await db.schrijf(brieven.neem, gesprek_id, int(nummer), klok())
        if genomen is None:
            return None
        from bot.brieven import maak as maak_pdf

        return Bestand(NAAM, await asyncio.to_thread(maak_pdf, *genomen, links))

    return maak


async def _uitvoer(db: Database, gesprek_id: int, bestand: str, nu: datetime) -> Bestand | None:
    export = await db.schrijf(exporten.voor_gesprek, gesprek_id, bestand.partition(":")[2], nu)
    if export is None:
        return None
    with tempfile.TemporaryDirectory(prefix="inloop-uitvoer-") as map_:
        pad = Path(map_) / "blad"
        await db.lees(_schrijf, export, pad, nu)
        past = pad.stat().st_size <= GROOTST
        return Bestand(naam_van(bestand), await asyncio.to_thread(pad.read_bytes)) if past else None


def _schrijf(sessie: Sessie, export: exporten.Export, pad: Path, nu: datetime) -> int:
    from bot.uitvoeren import schrijf_xlsx

    return schrijf_xlsx(pad, *exporten.blad(sessie, export, nu))
