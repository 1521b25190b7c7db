"""The scheduler: a few jobs in code. What is due stands in our rows, never in the scheduler's own store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.logboek import log
from opslag.database import Database, DatabaseWeg
from opslag.opruimen import ruim_op


def maak_planning(db: Database, klok: Callable[[], datetime]) -> AsyncIOScheduler:
    """The jobs of one process, not started. A job that is late runs once, never twice at the same time."""
    planning = AsyncIOScheduler(
        timezone=UTC, job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    )
    planning.add_job(_opruimen(db, klok), "interval", hours=1, id="opruimen", next_run_time=datetime.now(UTC))
    return planning


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
