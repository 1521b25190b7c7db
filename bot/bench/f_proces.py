"""The process of measurement f: a broadcast that goes out through our sender, and a bare loop over the same client.

Per round it prints how many messages a second each sent, and its resident memory (MB). The first round warms up.
"""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Any

from bot.bench.f_server import FOTO
from bot.bench.processen import geheugen
from bot.bench.tabel import MeetFout
from bot.bench.zaaien import ACCOUNT, NU
from bot.kanalen.basis import Verzonden, Weergave
from bot.kanalen.telegram import VERMOGEN
from bot.logboek import stel_in
from bot.verzenden import SAMEN, Verzender
from bot.weergeven import weergave
from opslag.berichten import lees_bericht
from opslag.database import Database

Bericht = tuple[str, Weergave]


class _Teller:
    """Counts messages that have their durable status."""

    def __init__(self) -> None:
        self._over = 0
        self._klaar = asyncio.Event()

    def punt(self, naam: str) -> None:
        """A point the sender passes."""
        if naam == "na_merken":
            self._over -= 1
            if self._over <= 0:
                self._klaar.set()

    async def tot(self, aantal: int) -> None:
        """Wait until so many more are marked."""
        self._over = aantal
        self._klaar.clear()
        await self._klaar.wait()


def _kanaal(bibliotheek: str, poort: str) -> Any:
    if bibliotheek == "aiogram":
        from bot.kanalen.telegram_aiogram import TelegramAiogram as Soort
    else:
        from bot.kanalen.telegram_ptb import TelegramPtb as Soort  # type: ignore[assignment]
    kanaal = Soort(f"{ACCOUNT}:bench", f"http://127.0.0.1:{poort}", "", "")
    kanaal.tempo = None  # type: ignore[assignment]
    return kanaal


def _kijk(pad: str, aantal: int) -> tuple[int, list[Bericht]]:
    """The next messages that lie ready, as a person will see them, and the number of the last. The platform has their
    pictures already.
    """
    with closing(sqlite3.connect(pad)) as verbinding:
        rijen = verbinding.execute(
            "SELECT id, adres, inhoud, taal FROM postvak_uit WHERE status = 'later' ORDER BY id LIMIT ?", (aantal,)
        ).fetchall()
    return rijen[-1][0], [
        (adres, _bekend(weergave(lees_bericht(inhoud), taal, VERMOGEN))) for _, adres, inhoud, taal in rijen
    ]


def _bekend(beeld: Weergave) -> Weergave:
    return replace(beeld, beeld=replace(beeld.beeld, inhoud=b"", bestand=FOTO)) if beeld.beeld else beeld


def _laat_gaan(pad: str, tot: int) -> None:
    """Messages up to this number wait to be sent now."""
    with closing(sqlite3.connect(pad, isolation_level=None)) as verbinding:
        verbinding.execute("UPDATE postvak_uit SET status = 'wacht' WHERE status = 'later' AND id <= ?", (tot,))


async def _kaal(kanaal: Any, berichten: Sequence[Bericht]) -> float:
    """The yardstick: as many at once, nothing to look up and nothing to remember."""
    rij: Iterator[Bericht] = iter(berichten)

    async def werk() -> None:
        for adres, beeld in rij:
            if not isinstance(await kanaal.verzend(adres, beeld, 0), Verzonden):
                raise MeetFout("een bericht van het ijkpunt kwam niet aan")

    begin = time.perf_counter()
    await asyncio.gather(*(werk() for _ in range(SAMEN)))
    return len(berichten) / (time.perf_counter() - begin)


async def _ons(teller: _Teller, verzender: Verzender, aantal: int, laat_gaan: Callable[[], None]) -> float:
    wacht = asyncio.create_task(teller.tot(aantal))
    await asyncio.sleep(0)  # it counts before anything can go
    begin = time.perf_counter()
    laat_gaan()
    verzender.wek()
    await wacht
    return aantal / (time.perf_counter() - begin)


async def draai(pad: str, bibliotheek: str, poort: str, rondes: int, per_ronde: int) -> None:
    """Send ``rondes`` times ``per_ronde`` messages both ways, by turns first."""
    db, kanaal, teller = Database(f"sqlite:///{pad}"), _kanaal(bibliotheek, poort), _Teller()
    verzender = Verzender(db, kanaal, lambda: NU, random.Random(1), teller.punt)
    loop = asyncio.create_task(verzender.loop())
    for ronde in range(rondes):
        laatste, berichten = _kijk(pad, per_ronde)
        laat_gaan = partial(_laat_gaan, pad, laatste)
        if ronde % 2:
            kaal = await _kaal(kanaal, berichten)
            ons = await _ons(teller, verzender, per_ronde, laat_gaan)
        else:
            ons = await _ons(teller, verzender, per_ronde, laat_gaan)
            kaal = await _kaal(kanaal, berichten)
        del berichten
        print(ons, kaal, geheugen(os.getpid()), flush=True)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    await kanaal.sluit()
    db.sluit()


if __name__ == "__main__":
    stel_in("console")
    asyncio.run(draai(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])))
