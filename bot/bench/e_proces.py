"""The process of measurement e: everything that runs in ``inloop run`` but the network, for many turns.

Prints its resident memory (MB) after the turns that warm up, and then ten times on the way to the end.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence

from bot.app import App
from bot.bench.beurten import BEURTEN, TEGELIJK, Ouder, gesprek, ouder
from bot.bench.processen import geheugen
from bot.bench.zaaien import ACCOUNT, KANAAL, NU
from bot.kanalen.basis import Aannemen, Ontvangst, Resultaat, Tempo, Verzonden, Weergave
from bot.kanalen.telegram import VERMOGEN
from bot.logboek import stel_in
from opslag.database import Database


class _Stil:
    """A channel that brings nothing and to which every message is sent at once."""

    naam, account, vermogen = KANAAL, ACCOUNT, VERMOGEN
    tempo: Tempo | None = None

    def __init__(self) -> None:
        self.verzonden = 0
        self._doel = 0
        self._bereikt = asyncio.Event()

    async def begin(self) -> None:
        return

    async def luister(self, aannemen: Aannemen) -> None:
        return

    async def verzend(self, adres: str, weergave: Weergave, nummer: int) -> Resultaat:
        self.verzonden += 1
        if self.verzonden >= self._doel:
            self._bereikt.set()
        return Verzonden(str(nummer))

    async def tot(self, aantal: int) -> None:
        """Wait until so many messages have been sent in all."""
        self._doel = aantal
        self._bereikt.clear()
        if self.verzonden < aantal:
            await self._bereikt.wait()

    async def sluit(self) -> None:
        return


async def draai(url: str, ouders: int, opwarmen: int, beurten: int) -> None:
    """Take in, handle and send so many turns after ``opwarmen``; ``ouders`` is what the database was sown with."""
    kanaal = _Stil()
    app = App(Database(url), [kanaal], lambda: NU)
    await app.start()
    ronde = 0
    for tot in (opwarmen, *(opwarmen + beurten * deel // 10 for deel in range(1, 11))):
        while kanaal.verzonden < tot:
            wie = [1 + (ronde * TEGELIJK + plaats) * 37 % ouders for plaats in range(TEGELIJK)]
            await _praat(app, kanaal, [ouder(nummer, ouders) for nummer in wie], ronde)
            ronde += 1
        print(kanaal.verzonden, geheugen(os.getpid()), flush=True)
    await app.stop()


async def _praat(app: App, kanaal: _Stil, wie: Sequence[Ouder], ronde: int) -> None:
    """One whole conversation of all of these, at once; returns when every reply has been sent."""
    doel = kanaal.verzonden
    gesprekken = [(o.sleutel.adres, gesprek(o)) for o in wie]
    for keer in range(BEURTEN):
        binnen = [
            Ontvangst(KANAAL, ACCOUNT, f"{ronde}:{keer}:{adres}", adres, invoeren[keer])
            for adres, invoeren in gesprekken
        ]
        await app.aannemen(binnen)
        doel += len(wie)
        await kanaal.tot(doel)


if __name__ == "__main__":
    stel_in("console")
    asyncio.run(draai(sys.argv[1], *map(int, sys.argv[2:5])))
