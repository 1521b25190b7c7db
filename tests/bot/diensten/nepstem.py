"""A computer voice for tests: a note per text, made of tones, at once; and what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.diensten import geluid
from bot.diensten.geluid import Noot
from bot.diensten.spraak import STEMMEN, SpraakStoring
from tests.bot.diensten.klank import noot


class NepStem:
    """``Spraak`` without espeak-ng. ``kapot`` refuses, ``traag`` waits for ``verder``."""

    def __init__(self) -> None:
        self.gezegd: list[str] = []
        self.talen: list[str] = []
        self.gevoegd = 0
        self.kapot = False
        self.traag = False
        self.verder = asyncio.Event()

    def kan(self, taal: str) -> bool:
        """As the real one."""
        return taal in STEMMEN

    async def zeg(self, tekst: str, taal: str, voorrang: int = 0) -> Noot:
        """A tone as long as the text, its height by the text."""
        self.gezegd.append(tekst)
        self.talen.append(taal)
        if self.traag:
            await self.verder.wait()
        if self.kapot:
            raise SpraakStoring("kapot")
        duur = min(2.0, max(0.3, len(tekst) // 10 / 10))
        return Noot(noot(duur, 200 + sum(map(ord, tekst)) % 50 * 10), round(duur * 1000))

    async def voeg(self, noten: Sequence[bytes], voorrang: int = 0) -> Noot:
        """The notes one after the other, really."""
        self.gevoegd += 1
        return geluid.voeg(noten)
