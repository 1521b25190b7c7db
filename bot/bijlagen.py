"""Sound and pictures on their way out: our own pictures, and for an account what its platform has already.

Bytes are uploaded once per account. While they are on their way with one message, others that need them wait for the
file id instead of uploading them too, and then take a new place in the pace.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from bot.kanalen.basis import Bijlage, Kanaal, Kwijt, Resultaat, Verzonden, Weergave
from opslag import bijlagen
from opslag.database import Database, DatabaseWeg

KEN = 4096
"""File ids that are remembered in memory at most; the database has them all."""
BEWAARD = "bijlage:"
"""How a message names a picture that is kept in the database: by its hash behind this."""
PLATFORM = "bestand:"
"""The same for one that only the platform has, by its file id."""
_MAP = Path(__file__).parent / "beelden"


@cache
def eigen(naam: str) -> Bijlage | None:
    """One of our own pictures with its bytes, or None for a name that we have not."""
    pad = _MAP / f"{naam}.png"
    if not naam.isidentifier() or not pad.is_file():
        return None
    inhoud = pad.read_bytes()
    return Bijlage(bijlagen.hash_van(inhoud), inhoud)


def beeld_van(naam: str) -> Bijlage | None:
    """The picture that a message names: our own (``vader``), a kept one (``bijlage:HASH``) still without bytes, or one
    of the platform's own (``bestand:ID``).
    """
    if naam.startswith(PLATFORM):
        return Bijlage("", bestand=naam.removeprefix(PLATFORM))
    return Bijlage(naam.removeprefix(BEWAARD)) if naam.startswith(BEWAARD) else eigen(naam)


class Bijlagen:
    """Sends for one account what has sound or a picture in it."""

    def __init__(self, db: Database, kanaal: Kanaal, klok: Callable[[], datetime]) -> None:
        self._db, self._kanaal, self._klok = db, kanaal, klok
        self._bekend: dict[str, str] = {}  # hash → file id
        self._bezig: dict[str, asyncio.Event] = {}  # hash → set when its upload is over

    async def verzend(self, adres: str, weergave: Weergave, nummer: int) -> Resultaat | None:
        """Send, with a file id where there is one and with the bytes where there is none. None: not sent, another
        message was just bringing those bytes. Raises ``DatabaseWeg``, and then nothing was sent.
        """
        bijlage = weergave.geluid or weergave.beeld
        los = bijlage is None or bijlage.bestand or not bijlage.hash  # without a hash no name of it may stay
        if bijlage is None or los or not self._kanaal.vermogen.bestand:
            return await self._kanaal.verzend(adres, weergave, nummer)
        if bijlage.hash in self._bekend:
            resultaat = await self._kanaal.verzend(adres, self._met(weergave, bijlage), nummer)
            if not isinstance(resultaat, Kwijt):
                return resultaat
            await self._vergeet(bijlage.hash)
        if (bezig := self._bezig.get(bijlage.hash)) is not None:
            await bezig.wait()
            return None
        self._bezig[bijlage.hash] = klaar = asyncio.Event()
        try:
            return await self._breng(adres, weergave, bijlage, nummer)
        finally:
            del self._bezig[bijlage.hash]
            klaar.set()

    async def _breng(self, adres: str, weergave: Weergave, bijlage: Bijlage, nummer: int) -> Resultaat:
        """The first time: by the file id that the database knows, or else with the bytes."""
        k = self._kanaal
        self._bekend |= await self._db.lees(bijlagen.platform, k.naam, k.account, [bijlage.hash])
        if bijlage.hash in self._bekend:
            resultaat = await k.verzend(adres, self._met(weergave, bijlage), nummer)
            if not isinstance(resultaat, Kwijt):
                return resultaat
            await self._vergeet(bijlage.hash)
        resultaat = await k.verzend(adres, await self._met_inhoud(weergave, bijlage), nummer)
        if isinstance(resultaat, Verzonden):
            await self._onthoud(dict(resultaat.bestanden))
        return resultaat

    def _met(self, weergave: Weergave, bijlage: Bijlage) -> Weergave:
        return _zet(weergave, replace(bijlage, inhoud=b"", bestand=self._bekend[bijlage.hash]))

    async def _met_inhoud(self, weergave: Weergave, bijlage: Bijlage) -> Weergave:
        """With the bytes; without sound or picture when they are nowhere any more: the words still go."""
        if bijlage.inhoud:
            return weergave
        bewaard = await self._db.lees(bijlagen.haal, bijlage.hash)
        return _zet(weergave, replace(bijlage, inhoud=bewaard.inhoud, duur=bewaard.duur) if bewaard else None)

    async def _onthoud(self, bestanden: dict[str, str]) -> None:
        if len(self._bekend) > KEN:
            self._bekend.clear()
        self._bekend |= bestanden
        k = self._kanaal
        with contextlib.suppress(DatabaseWeg):  # the message is sent, and in memory we know it
            await self._db.schrijf(bijlagen.onthoud, k.naam, k.account, bestanden, self._klok())

    async def _vergeet(self, naam: str) -> None:
        k = self._kanaal
        if (bestand := self._bekend.pop(naam, "")) != "":
            with contextlib.suppress(DatabaseWeg):
                await self._db.schrijf(bijlagen.vergeet, k.naam, k.account, naam, bestand)


def _zet(weergave: Weergave, bijlage: Bijlage | None) -> Weergave:
    """The same message with this as its sound, or as its picture when it has no sound."""
    return replace(weergave, geluid=bijlage) if weergave.geluid else replace(weergave, beeld=bijlage)
