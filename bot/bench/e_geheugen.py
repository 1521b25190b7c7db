"""e. Resident memory: of ``inloop run`` at rest, and how it grows over a hundred thousand turns."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from bot.bench.b_webhook import KAAL
from bot.bench.processen import geheugen, omgeving, proces, regel
from bot.bench.tabel import MeetFout, Meting, getal
from bot.bench.zaaien import zaai

RUST = 1.5
"""Seconds at rest before memory is read: one sweep of the worker and one look at the outbox have passed."""
_RUN = "import bot.__main__ as b; b.main()"
_RUN_TELEGRAM = "import bot.kanalen.telegram_ptb, bot.__main__ as b; b.main()"


def meet(map_: Path, snel: bool) -> Iterator[Meting]:
    """Yields the memory at rest without and with the Telegram library, then the growth."""
    keren, rust = (1, 0.2) if snel else (3, RUST)
    kaal = [_in_rust(["-c", KAAL], "poort ", map_, rust) for _ in range(keren)]
    zonder = [_in_rust(["-c", _RUN, "run"], "web:", map_, rust) for _ in range(keren)]
    met = [_in_rust(["-c", _RUN_TELEGRAM, "run"], "web:", map_, rust) for _ in range(keren)]
    yield Meting("inloop run in rust, zonder Telegram", "MB", zonder, kaal, uitleg="ijkpunt: een kale aiohttp-server")
    uitleg = "python-telegram-bot geladen, maar zonder verbinding: Telegram is er hier niet"
    yield Meting("inloop run in rust, met Telegram", "MB", met, kaal, uitleg=uitleg)
    yield _groei(map_, *((2_000, 500, 1_500) if snel else (20_000, 10_000, 100_000)))


def _in_rust(argumenten: Sequence[str], klaar: str, map_: Path, rust: float) -> float:
    """The memory (MB) of a process that has said ``klaar`` and then had nothing to do for ``rust`` seconds."""
    env = omgeving(INLOOP_DATABASE_URL=f"sqlite:///{map_ / 'rust.db'}", INLOOP_WEB_PORT="0")
    with proces(argumenten, env) as kind:
        regel(kind, klaar)
        time.sleep(rust)
        return geheugen(kind.pid)


def _groei(map_: Path, ouders: int, opwarmen: int, beurten: int) -> Meting:
    """Memory on the way through so many turns, against what it was when warm."""
    pad = map_ / "groei.db"
    zaai(pad, ouders)
    with proces(["-m", "bot.bench.e_proces", f"sqlite:///{pad}", str(ouders), str(opwarmen), str(beurten)]) as kind:
        stand = [regel(kind).split() for _ in range(11)]
        kind.wait(timeout=30)
    _controleer(pad, int(stand[-1][0]))
    warm, *later = [float(mb) for _, mb in stand]
    na, hoogste = getal(float(stand[0][0]), 0), getal(max(later), 1)
    wat = "aannemen, werker en verzenden in één proces"
    uitleg = f"{wat}; ijkpunt: na {na} beurten; hoogste van tien keer kijken {hoogste} MB"
    return Meting(f"geheugen na nog {getal(beurten, 0)} beurten", "MB", [later[-1]], [warm], 1.05, False, uitleg)


def _controleer(pad: Path, beurten: int) -> None:
    """Every turn was handled and its reply sent."""
    with closing(sqlite3.connect(pad)) as verbinding:
        klaar = verbinding.execute("SELECT count(*) FROM postvak_in WHERE status = 'klaar'").fetchone()[0]
        weg = verbinding.execute("SELECT count(*) FROM postvak_in WHERE status <> 'klaar'").fetchone()[0]
    if weg or klaar != beurten:
        raise MeetFout(f"{klaar} beurten zijn gedaan en {weg} niet, en niet {beurten}")
