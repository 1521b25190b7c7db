"""The computer's voice as the bot uses it: jobs one by one to the child process, the most urgent first."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable, Sequence

from bot.diensten.geluid import Noot
from bot.diensten.spraak import STEMMEN
from bot.diensten.stemproces import Stemproces


class Computerstem:
    """``Spraak`` by espeak-ng in a process of its own. Close it with ``sluit``."""

    def __init__(self, proces: Stemproces | None = None) -> None:
        self._proces = proces or Stemproces()
        self._volgorde = itertools.count()
        self._wachten: list[tuple[int, int, asyncio.Future[None]]] = []
        self._vrij = True

    def kan(self, taal: str) -> bool:
        """Whether espeak-ng has a voice for this language that one can listen to."""
        return taal in STEMMEN

    async def zeg(self, tekst: str, taal: str, voorrang: int = 0) -> Noot:
        """These words as a voice note. Raises ``SpraakStoring``."""
        return await self._op_beurt(voorrang, lambda: self._proces.zeg(tekst, taal))

    async def voeg(self, noten: Sequence[bytes], voorrang: int = 0) -> Noot:
        """Voice notes one after the other as one. Raises ``GeenGeluid`` or ``SpraakStoring``."""
        return await self._op_beurt(voorrang, lambda: self._proces.voeg(noten))

    async def sluit(self) -> None:
        """End the child process."""
        await asyncio.to_thread(self._proces.sluit)

    async def _op_beurt(self, voorrang: int, werk: Callable[[], Noot]) -> Noot:
        if not self._vrij:
            beurt: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            heapq.heappush(self._wachten, (voorrang, next(self._volgorde), beurt))
            try:
                await beurt
            except asyncio.CancelledError:
                if beurt.done() and not beurt.cancelled():  # it was our turn just then: on to the next
                    self._klaar()
                raise
        self._vrij = False
        try:
            return await asyncio.to_thread(werk)
        finally:
            self._klaar()

    def _klaar(self) -> None:
        self._vrij = True
        while self._wachten:
            beurt = heapq.heappop(self._wachten)[2]
            if not beurt.done():  # nobody waits for it any more
                self._vrij = False
                beurt.set_result(None)
                return
