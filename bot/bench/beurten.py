"""The turns that are measured: a parent says yes, comes with two, then cannot come and says why."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.bench.tabel import MeetFout
from bot.bench.zaaien import ACCOUNT, ADRES, KANAAL, NU, komend
from bot.verwerken import verwerk
from dialogen.basis import Invoer, Soort
from opslag import postvak
from opslag.berichten import invoer_json
from opslag.database import Database
from opslag.gesprekken import Sleutel

BEURTEN = 5
"""Turns in one conversation: ✅ ja, 2, ❌ nee, the group of the reason, the reason."""
TEGELIJK = 64
"""Parents who talk at the same time."""
_REDENEN = (("tijd", "WERK"), ("praktisch", "TAAL"), ("anders", "ONDERWERP"))


@dataclass(frozen=True, slots=True)
class Ouder:
    """A parent who takes part: the chat, and the invitation it is about."""

    sleutel: Sleutel
    uitnodiging: int


def ouder(nummer: int, ouders: int) -> Ouder:
    """Parent ``nummer`` of a database that was sown with ``ouders`` parents."""
    return Ouder(Sleutel(KANAAL, ACCOUNT, str(ADRES + nummer)), komend(nummer, ouders))


def gesprek(o: Ouder) -> tuple[Invoer, ...]:
    """What a parent does, one after the other."""
    over = o.uitnodiging
    groep, code = _REDENEN[over % len(_REDENEN)]
    knoppen = (
        f"uitnodiging.kom:ja:{over}",
        f"uitnodiging.aantal:2:{over}",
        f"uitnodiging.kom:nee:{over}",
        f"afmelden.groep:{groep}:{over}",
        f"afmelden.{groep}:{code}:{over}",
    )
    return tuple(Invoer(Soort.KNOP, data, "Fatima El Idrissi", "41") for data in knoppen)


def leg_in(db: Database, ouders: Sequence[Ouder], keer: str = "") -> None:
    """Put the conversations of these parents in the inbox. ``keer`` tells a repetition apart."""
    rijen: list[dict[str, Any]] = [
        {
            "kanaal": o.sleutel.kanaal,
            "account": o.sleutel.account,
            "extern_id": f"{keer}:{o.sleutel.adres}:{nummer}",
            "adres": o.sleutel.adres,
            "inhoud": invoer_json(invoer),
            "status": "open",
            "ontvangen": NU,
        }
        for o in ouders
        for nummer, invoer in enumerate(gesprek(o))
    ]
    with db.transactie() as sessie:
        postvak.neem_aan(sessie, rijen)


async def handel_af(db: Database, ouders: Sequence[Ouder], tegelijk: int) -> float:
    """Handle what lies in the inbox for these parents, ``tegelijk`` of them at once; turns a second."""
    rij = iter(ouders)
    begin = time.perf_counter()
    await asyncio.gather(*(_een(db, rij) for _ in range(tegelijk)))
    return len(ouders) * BEURTEN / (time.perf_counter() - begin)


async def _een(db: Database, rij: Iterable[Ouder]) -> None:
    for o in rij:
        for _ in itertools.repeat(None, BEURTEN):
            gedaan = await db.schrijf(verwerk, o.sleutel, NU)
            if gedaan is None or gedaan.antwoorden != 1:
                raise MeetFout("een beurt vond geen rij of gaf geen antwoord")


_TEL = """
    SELECT (SELECT count(*) FROM postvak_in WHERE status = 'klaar'), (SELECT count(*) FROM postvak_uit),
           (SELECT count(*) FROM aanmelding), (SELECT count(*) FROM afmeldreden)
"""


def tel(pad: Path) -> tuple[int, int, int, int]:
    """What a database holds: handled rows of the inbox, messages, answers, reasons."""
    with closing(sqlite3.connect(pad)) as verbinding:
        klaar, uit, antwoorden, redenen = verbinding.execute(_TEL).fetchone()
    return klaar, uit, antwoorden, redenen


def controleer(voor: tuple[int, int, int, int], pad: Path, gesprekken: int) -> None:
    """Raise ``MeetFout`` unless exactly this many conversations were added since ``voor``."""
    erbij = tuple(nu - toen for nu, toen in zip(tel(pad), voor, strict=True))
    verwacht = (BEURTEN * gesprekken, BEURTEN * gesprekken, 3 * gesprekken, gesprekken)
    if erbij != verwacht:
        raise MeetFout(f"in de database kwam er {erbij} bij en niet {verwacht}")
