"""Files in a chat: named in the outbox, made at the moment they are sent, for who may have them then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.links import Links
from opslag import brieven
from opslag.database import Database

NAAM = "lijst-en-brieven.pdf"


@dataclass(frozen=True, slots=True)
class Bestand:
    """A file as a person gets it."""

    naam: str
    inhoud: bytes


MaakBestand = Callable[[int, str], Awaitable[Bestand | None]]
"""(number of the chat, name in the outbox such as ``brieven:12``) → the file, or None when it is not theirs to have."""


def naam_van(bestand: str) -> str:
    """What the file is called when it is saved; '' for no file."""
    return NAAM if bestand else ""


def maak_bestanden(db: Database, links: Links, klok: Callable[[], datetime]) -> MaakBestand:
    """Makes the files of this database's outbox."""

    async def maak(gesprek_id: int, bestand: str) -> Bestand | None:
        soort, _, nummer = bestand.partition(":")
        if soort != "brieven" or not nummer.isdigit():
            return None
        genomen = await db.schrijf(brieven.neem, gesprek_id, int(nummer), klok())
        if genomen is None:
            return None
        from bot.brieven import maak as maak_pdf

        return Bestand(NAAM, await asyncio.to_thread(maak_pdf, *genomen, links))

    return maak
