"""a. Complete turns a second, against a bare sqlite3 program with the same statements and a commit each.

Three copies of one database: on the first every turn is recorded at the driver, on the second our turns are timed,
on the third the recorded statements with their own parameters.
"""

from __future__ import annotations

import asyncio
import gc
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.bench.beurten import BEURTEN, TEGELIJK, Ouder, controleer, handel_af, leg_in, ouder, tel
from bot.bench.opname import Kaal, Stap, inhoudelijk, instellingen, opname
from bot.bench.tabel import Meting, getal
from bot.bench.zaaien import NU, zaai
from bot.verwerken import verwerk
from opslag.database import Database


@dataclass(frozen=True, slots=True)
class _Blok:
    """Parents whose conversations are one round of one measurement, with the statements of each turn."""

    tegelijk: int
    ouders: Sequence[Ouder]
    opgenomen: list[list[Stap]]


def meet(map_: Path, snel: bool) -> Iterator[Meting]:
    """Yields many parents at once, then one parent at a time."""
    rondes, samen, alleen = (2, 16, 4) if snel else (21, 96, 12)
    bron = map_ / "bron.db"
    blokken = _maak_blokken(bron, rondes, samen, alleen)
    voor = tel(bron)
    pragmas = _neem_op(_kopie(bron, "opname"), blokken)
    ons, ijk = _kopie(bron, "inloop"), _kopie(bron, "kaal")
    tijden = _om_en_om(ons, Kaal(ijk, pragmas), blokken)
    gesprekken = sum(len(blok.ouders) for blok in blokken)
    for pad in (ons, ijk):
        controleer(voor, pad, gesprekken)
    per_beurt = sum(len(stap) for blok in blokken for stap in blok.opgenomen) / (gesprekken * BEURTEN)
    for tegelijk, wat in ((TEGELIJK, f"beurten, {TEGELIJK} ouders tegelijk"), (1, "beurten, één ouder tegelijk")):
        paren = [paar for aantal, paar in tijden if aantal == tegelijk][1:]  # the first round warms up
        uitleg = (
            f"ijkpunt: sqlite3 alleen, dezelfde {getal(per_beurt, 1)} opdrachten per beurt, steeds een COMMIT (FULL)"
        )
        yield Meting(wat, "/s", [o for o, _ in paren], [k for _, k in paren], 0.5, True, uitleg)


def _maak_blokken(bron: Path, rondes: int, samen: int, alleen: int) -> list[_Blok]:
    """Sow the database, put all conversations in its inbox, and deal the parents out over the rounds."""
    ouders = (rondes + 1) * (samen + alleen)
    zaai(bron, ouders)
    alle = iter([ouder(nummer, ouders) for nummer in range(1, ouders + 1)])
    maten = ((TEGELIJK, samen), (1, alleen)) * (rondes + 1)
    blokken = [_Blok(tegelijk, [next(alle) for _ in range(aantal)], []) for tegelijk, aantal in maten]
    db = Database(f"sqlite:///{bron}")
    for blok in blokken:
        leg_in(db, blok.ouders)
    db.sluit()
    return blokken


def _kopie(bron: Path, naam: str) -> Path:
    return Path(shutil.copy(bron, bron.with_name(f"{naam}.db")))


def _neem_op(pad: Path, blokken: Sequence[_Blok]) -> list[str]:
    """Record what every turn executes, one after the other; returns the settings of the connection."""
    with opname() as stappen:
        db = Database(f"sqlite:///{pad}")

        async def alles() -> None:
            for blok in blokken:
                for o in blok.ouders:
                    for _ in range(BEURTEN):
                        begin = len(stappen)
                        await db.schrijf(verwerk, o.sleutel, NU)
                        blok.opgenomen.append(inhoudelijk(stappen[begin:]))

        asyncio.run(alles())
        db.sluit()
    return instellingen(stappen)


def _om_en_om(pad: Path, kaal: Kaal, blokken: Sequence[_Blok]) -> list[tuple[int, tuple[float, float]]]:
    """Per block: how many at once, and (our, the bare) turns a second."""
    db = Database(f"sqlite:///{pad}")
    uit = []
    gc.collect()
    gc.freeze()  # what was recorded is no part of either program
    with asyncio.Runner() as lus:
        for nummer, blok in enumerate(blokken):
            if nummer % 4 < 2:
                ons = lus.run(handel_af(db, blok.ouders, blok.tegelijk))
                ijk = _speel_af(kaal, blok.opgenomen)
            else:
                ijk = _speel_af(kaal, blok.opgenomen)
                ons = lus.run(handel_af(db, blok.ouders, blok.tegelijk))
            uit.append((blok.tegelijk, (ons, ijk)))
    gc.unfreeze()
    db.sluit()
    kaal.sluit()
    return uit


def _speel_af(kaal: Kaal, beurten: Sequence[Sequence[Stap]]) -> float:
    begin = time.perf_counter()
    for stappen in beurten:
        kaal.beurt(stappen)
    return len(beurten) / (time.perf_counter() - begin)
