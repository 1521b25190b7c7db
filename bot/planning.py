"""The scheduler: a few jobs in code. What is due stands in our rows, never in the scheduler's own store.

A job is a function ``(sessie, nu) -> int``: it looks in the rows what is due at ``nu`` (UTC), does a piece of it in one
unit of work, and says how much it did. It runs again as long as it did something, so that what piled up while the
process was down is caught up in pieces. That it happens once, also with two processes, is the rows' affair too: a
unique mark, or an update that only one of them wins.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.levend import Bijwerker
from bot.logboek import log
from opslag import cijfers, escaleren, herinneren, nazorg, plekaanbod, taken, tipronde, tips, weken
from opslag.database import Database, DatabaseWeg, Sessie
from opslag.opruimen import ruim_op

TIK = 30.0
"""Seconds between two looks at what is due."""
RONDES = 1000
"""So often a job goes on within one tick; what is left then waits for the next."""


@dataclass(frozen=True, slots=True)
class Werk:
    """One job. ``doe`` returns how much it did; ``elke`` seconds lie between two looks."""

    naam: str
    doe: Callable[[Sessie, datetime], int]
    elke: float = TIK


WERK: tuple[Werk, ...] = (
    Werk("weken van reeksen", weken.maak_weken),
    Werk("weken aankondigen", weken.nodig_uit),
    Werk("herinneringen", herinneren.herinner),
    Werk("na afloop", nazorg.vraag_na),
    Werk("aanbod verloopt", plekaanbod.verloop),
    Werk("vrije plekken", plekaanbod.bied_overal_aan),
    Werk("open vragen", escaleren.meld_open_vragen),
    Werk("taken die blijven liggen", taken.meld_late),
    Werk("tips plannen", tips.plan),
    Werk("tips", tipronde.geef),
    Werk("gelukt", tipronde.vraag_na),
    Werk("cijfers optellen", cijfers.tel_op),
)


def maak_planning(
    db: Database, klok: Callable[[], datetime], wek: Callable[[], None], werk: Sequence[Werk] = WERK
) -> AsyncIOScheduler:
    """The jobs of one process, not started. A job that is late runs once, never twice at the same time."""
    planning = AsyncIOScheduler(
        timezone=UTC, job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    )
    nu = datetime.now(UTC)
    for elke, samen in groupby(sorted(werk, key=lambda w: w.elke), key=lambda w: w.elke):
        planning.add_job(
            tik, "interval", (db, klok, wek, tuple(samen)), seconds=elke, id=f"tik {elke:g}", next_run_time=nu
        )
    planning.add_job(Bijwerker(db, klok, wek).werk_bij, "interval", seconds=2, id="levend", next_run_time=nu)
    planning.add_job(_opruimen(db, klok), "interval", hours=1, id="opruimen", next_run_time=nu)
    return planning


async def tik(db: Database, klok: Callable[[], datetime], wek: Callable[[], None], werk: Sequence[Werk] = WERK) -> None:
    """Do what is due now, job by job; one that fails does not hold up the others, and the next tick tries again."""
    for een in werk:
        try:
            if await _doe(db, klok, een):
                wek()
        except DatabaseWeg:
            return  # the next tick finds the same in the rows
        except Exception as fout:
            log.error("planning mislukt", job=een.naam, fout=type(fout).__name__)


async def _doe(db: Database, klok: Callable[[], datetime], werk: Werk) -> int:
    """How much one job did, over as many units of work as it needs."""
    totaal = 0
    for _ in range(RONDES):
        gedaan = await db.schrijf(werk.doe, klok())
        if not gedaan:
            break
        totaal += gedaan
    if totaal:
        log.info("gedaan", job=werk.naam, aantal=totaal)
    return totaal


def _opruimen(db: Database, klok: Callable[[], datetime]) -> Callable[[], Awaitable[None]]:
    async def opruimen() -> None:
        try:
            weg = await db.schrijf(ruim_op, klok())
        except DatabaseWeg:
            return  # next hour again
        for regel, aantal in weg.items():
            if aantal:
                log.info("opgeruimd", job="opruimen", regel=regel, aantal=aantal)

    return opruimen
