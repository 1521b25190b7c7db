"""c. What a turn costs when a million answers are stored, against a thousand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.bench.beurten import BEURTEN, TEGELIJK, Ouder, controleer, handel_af, leg_in, ouder, tel
from bot.bench.tabel import Meting, getal
from bot.bench.zaaien import EERDER, GROEP, zaai
from opslag.database import Database


def meet(map_: Path, snel: bool) -> Iterator[Meting]:
    """Yields the cost of a turn on the large database and on the small one: many at once, then one at a time.

    Many at once are whole groups, as an announcement reaches them: who shares a commit then shares its pages too. One
    at a time are parents from all over the database.
    """
    rondes, groot, klein = (2, 20_000, 1_000) if snel else (21, 1_000_000, 1_000)
    paden = [map_ / f"{aantal}.db" for aantal in (groot, klein)]
    for pad, aantal in zip(paden, (groot, klein), strict=True):
        zaai(pad, aantal // EERDER)
    voor = [tel(pad) for pad in paden]
    assert [telling[2] for telling in voor] == [groot, klein]
    ouders, mee = groot // EERDER, klein // EERDER
    klas = [ouder(nummer, mee) for nummer in range(1, mee + 1)]
    tegen = f"beurt bij {getal(groot, 0)} antwoorden tegen {getal(klein, 0)}"
    for wat, tegelijk, stap in ((f"{TEGELIJK} tegelijk", TEGELIJK, GROEP), ("één tegelijk", 1, 1)):
        keuze = _verspreid(ouders, mee, stap)[:: 1 if tegelijk > 1 else 4]
        paren = _om_en_om(paden, (keuze, klas[: len(keuze)]), tegelijk, rondes + 1, wat)
        for kant, pad in enumerate(paden):
            controleer(voor[kant], pad, (rondes + 1) * len(keuze))
            voor[kant] = tel(pad)
        ons, ijk = [o for o, _ in paren[1:]], [k for _, k in paren[1:]]  # the first round warms up
        waar = f"groepen van {stap}" if stap > 1 else "ouders"
        uitleg = f"{len(keuze)} ouders, {waar} verspreid over het geheel, {BEURTEN} beurten per ouder en ronde"
        yield Meting(f"{tegen}, {wat}", "ms", ons, ijk, 1.15, False, uitleg)


def _verspreid(ouders: int, aantal: int, stap: int) -> list[Ouder]:
    """So many parents in blocks of ``stap``, spread evenly over all."""
    blokken = aantal // stap
    eerste = [1 + nummer * (ouders // stap) // blokken * stap for nummer in range(blokken)]
    return [ouder(begin + nummer, ouders) for begin in eerste for nummer in range(stap)]


def _om_en_om(
    paden: Sequence[Path], deelnemers: Sequence[Sequence[Ouder]], tegelijk: int, rondes: int, keer: str
) -> list[tuple[float, float]]:
    """Milliseconds a turn on (the large, the small) database, per round; the same parents change their mind again."""
    databases = [Database(f"sqlite:///{pad}") for pad in paden]
    uit = []
    with asyncio.Runner() as lus:
        for ronde in range(rondes):
            per_kant = [0.0, 0.0]
            for kant in (0, 1) if ronde % 2 else (1, 0):
                leg_in(databases[kant], deelnemers[kant], f"{keer} {ronde}")
                per_kant[kant] = 1e3 / lus.run(handel_af(databases[kant], deelnemers[kant], tegelijk))
            uit.append((per_kant[0], per_kant[1]))
    for db in databases:
        db.sluit()
    return uit
