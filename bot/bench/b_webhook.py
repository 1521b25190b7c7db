"""b. Durable webhook accepts, against a bare aiohttp handler that only parses JSON.

Two servers, each a process; this process is the client. The servers share one core, but are never busy together.
"""

from __future__ import annotations

import gc
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bot.bench.b_server import GEHEIM, PAD
from bot.bench.belasting import Uitslag, belast, verzoek
from bot.bench.processen import eigen_kern, proces, regel
from bot.bench.tabel import MeetFout, Meting
from bot.bench.updates import update
from opslag.database import Database
from opslag.migreren import migreer

VERBINDINGEN = 64
KAAL = """
import asyncio
from aiohttp import web

async def ontvang(request):
    await request.json()
    return web.Response()

async def dien():
    app = web.Application()
    app.add_routes([web.post("/telegram", ontvang)])
    loper = web.AppRunner(app, access_log=None)
    await loper.setup()
    await web.TCPSite(loper, "127.0.0.1", 0).start()
    print("poort", loper.addresses[0][1], flush=True)
    await asyncio.Event().wait()

asyncio.run(dien())
"""
"""The yardstick, as a whole program that knows nothing of us."""


def meet(map_: Path, snel: bool) -> Iterator[Meting]:
    """Yields requests a second, then the 99th percentile of their times."""
    rondes, aantal = (2, 400) if snel else (31, 2_500)
    pad = map_ / "inloop.db"
    db = Database(f"sqlite:///{pad}")
    migreer(db.engine)
    db.sluit()
    with (
        proces(["-m", "bot.bench.b_server", f"sqlite:///{pad}"]) as inloop,
        proces(["-c", KAAL]) as kaal,
    ):
        poorten = _poort(inloop), _poort(kaal)
        with eigen_kern(inloop, kaal):
            paren = [_ronde(nummer, poorten, aantal) for nummer in range(rondes + 1)]
    _controleer(pad, (rondes + 1) * aantal)
    ons, ijk = [o for o, _ in paren[1:]], [k for _, k in paren[1:]]  # the first round warms up
    uitleg = (
        f"{VERBINDINGEN} verbindingen uit een eigen proces; alleen aannemen: er loopt geen werker en Telegram is er "
        "niet; ijkpunt: aiohttp dat alleen JSON leest"
    )
    yield Meting("webhook, vastgelegd (FULL) vóór de 200", "/s", [u.per_seconde for u in ons],
                 [u.per_seconde for u in ijk], 0.6, True, uitleg)  # fmt: skip
    yield Meting("webhook, p99", "ms", [u.percentiel(0.99) for u in ons], [u.percentiel(0.99) for u in ijk], 2.0, False)


def _poort(kind: subprocess.Popen[str]) -> int:
    return int(regel(kind, "poort ").split()[1])


def _ronde(nummer: int, poorten: tuple[int, int], aantal: int) -> tuple[Uitslag, Uitslag]:
    """The same requests for both, ours first in every other round."""
    koppen = f"X-Telegram-Bot-Api-Secret-Token: {GEHEIM}\r\n"
    verzoeken = [verzoek(PAD, koppen, update(nummer * aantal + keer)) for keer in range(aantal)]
    volgorde = (0, 1) if nummer % 2 else (1, 0)
    gc.collect()
    gc.disable()
    uitslagen = {kant: belast(poorten[kant], verzoeken, VERBINDINGEN) for kant in volgorde}
    gc.enable()
    return uitslagen[0], uitslagen[1]


def _controleer(pad: Path, aantal: int) -> None:
    """Every update that got a 200 lies in the inbox, once."""
    with closing(sqlite3.connect(pad)) as verbinding:
        open_ = verbinding.execute("SELECT count(*) FROM postvak_in WHERE status = 'open'").fetchone()[0]
    if open_ != aantal:
        raise MeetFout(f"{aantal} updates kregen een 200, maar {open_} liggen in de inbox")
