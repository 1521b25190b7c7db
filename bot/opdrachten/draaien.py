"""``inloop run``, ``praat`` and ``migreer``: what runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from bot.opdrachten.basis import Fout, database, instellingen, nu
from opslag.database import Database, DatabaseWeg


def migreer() -> None:
    """``inloop migreer``."""
    with database() as db:
        print(f"bij: {db.naam}")


def run(meld: Callable[[str], None] = lambda regel: print(regel, flush=True)) -> None:
    """``inloop run``."""
    from bot import breekpunten
    from bot.app import draai
    from bot.logboek import stel_in

    inst = instellingen()
    stel_in(inst.log)
    asyncio.run(draai(inst, meld, breekpunten.uit_omgeving()))


def praat(als: str) -> None:
    """``inloop praat``: one chat on this terminal, on the real database."""
    if als not in {"ouder", "team"}:
        raise Fout(f"--als {als!r} is er niet; kies ouder of team")
    from bot.kanalen.terminal import Terminal
    from bot.logboek import stel_in

    stel_in("console", logging.ERROR)
    with database() as db:
        print("Typ een bericht, een getal voor een knop, of /start CODE. Stoppen: Ctrl-D.")
        asyncio.run(_praat(db, Terminal(f"{als}@terminal", "", _regel, print, f"{nu():%s%f}")))


def _regel() -> str | None:
    try:
        return input("> ")
    except (EOFError, KeyboardInterrupt):
        return None


async def _praat(db: Database, terminal: Any) -> None:
    from bot.app import App

    app = App(db, [terminal])
    app.werker.leeft = True
    await app.start()
    try:
        await terminal.klaar.wait()
    except DatabaseWeg:
        raise Fout("de database is weg; probeer het straks opnieuw", 1) from None
    finally:
        await app.stop()
