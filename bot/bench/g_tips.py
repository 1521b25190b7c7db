"""g. The weekly round of tips for 50,000 parents: chosen, rendered and queued in batches, against the bare insert of
the very same rows; and how memory grows meanwhile.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.bench.processen import geheugen
from bot.bench.tabel import MeetFout, Meting, getal
from bot.bench.zaaien import NU, zaai
from opslag import tipronde
from opslag.database import Database
from opslag.tips import PARTIJ

OM = NU + timedelta(hours=3)
"""15:00 local: the moment of who said nothing about when."""
GROEI = 20.0
"""MB that memory may grow over the round."""
_DUUR = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=OFF")
# Everybody wants tips and had four of the first step; one group in eight has a theme, one location own tips.
_TIPS = (
    "UPDATE ouder SET tips = 1, tip_op = :om, tip_stap_sinds = gemaakt, tip_stap = 1 + id % 3",
    "UPDATE groep SET thema = 'de herfst' WHERE id % 8 = 0",
    "INSERT INTO tip (locatie_id, stap, tekst, gemaakt) SELECT 1, 1 + n % 3, 'Knip samen bladeren uit. ' || n, gemaakt"
    " FROM (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3), locatie WHERE id = 1",
    "INSERT INTO tip_gegeven (ouder_id, locatie_id, rol, tip, stap, gegeven, uitkomst)"
    " SELECT o.id, g.locatie_id, o.rol, code, 1, o.gemaakt, CASE o.id % 3 WHEN 0 THEN 'gedaan' END"
    " FROM (SELECT 'kijk_mee' AS code UNION SELECT 'samen_koken' UNION SELECT 'om_de_beurt' UNION SELECT 'liedje'),"
    " ouder o JOIN gezin g ON g.id = o.gezin_id",
)  # fmt: skip
_GEMAAKT = (
    "SELECT * FROM tip_gegeven WHERE verzending_id IS NOT NULL ORDER BY id",
    "SELECT * FROM postvak_uit WHERE verzending_id IS NOT NULL ORDER BY id",
)
_VOEG_TOE = ("INSERT INTO tip_gegeven VALUES", "INSERT INTO postvak_uit VALUES")
_TEL = (
    "SELECT count(DISTINCT ouder_id) FROM tip_gegeven WHERE verzending_id IS NOT NULL",
    "SELECT count(DISTINCT ouder_id) FROM postvak_uit WHERE verzending_id IS NOT NULL",
    "SELECT count(*) FROM (SELECT 1 FROM tip_gegeven GROUP BY ouder_id, tip HAVING count(*) > 1)",
    "SELECT count(*) FROM ouder WHERE tip_op < '2026-12-07'",
)


def meet(map_: Path, snel: bool) -> Iterator[Meting]:
    """Yields the seconds of a round, then the growth of memory."""
    rondes, ouders = (1, 600) if snel else (5, 50_000)
    mal = map_ / "mal.db"
    _leg_klaar(mal, ouders)
    ons, kaal, mb = [], [], []
    for ronde in range(rondes):
        gedaan, leeg = map_ / "gedaan.db", map_ / "kaal.db"
        for pad in (gedaan, leeg):
            shutil.copyfile(mal, pad)
        duur, stand = _ronde(gedaan)
        _controleer(gedaan, ouders)
        ons.append(duur)
        kaal.append(_kaal(leeg, gedaan))
        mb.extend(stand if ronde else stand[len(stand) // 4 :])
    uitleg = f"ijkpunt: dezelfde rijen kaal met sqlite3, ook per {PARTIJ} en FULL; elke ouder had vier tips"
    yield Meting(f"tipronde voor {getal(ouders, 0)} ouders", "s", ons, kaal, 3.0, False, uitleg)
    uitleg = f"ijkpunt: na een kwart van de eerste ronde; hoogste daarna, norm {getal(GROEI, 0)} MB erbij"
    yield Meting("geheugen daarbij", "MB", [max(mb)], [mb[0]], (mb[0] + GROEI) / mb[0], False, uitleg)


def _leg_klaar(pad: Path, ouders: int) -> None:
    zaai(pad, ouders)
    with closing(sqlite3.connect(pad)) as verbinding:
        for opdracht in _TIPS:
            verbinding.execute(opdracht, {"om": f"{OM:%Y-%m-%d %H:%M:%S.%f}"})
        verbinding.commit()
        verbinding.execute("PRAGMA journal_mode=DELETE")  # one file, to copy


def _ronde(pad: Path) -> tuple[float, list[float]]:
    """Seconds until nobody is due any more, and the memory (MB) after every batch."""
    db = Database(f"sqlite:///{pad}")
    stand = []
    begin = time.perf_counter()
    meer = 1
    while meer:
        with db.transactie() as sessie:
            meer = tipronde.geef(sessie, OM)
        stand.append(geheugen(os.getpid()))
    duur = time.perf_counter() - begin
    db.sluit()
    return duur, stand


def _kaal(pad: Path, bron: Path) -> float:
    """Seconds to insert what the round made, as it stands in ``bron``, in the same batches."""
    duur = 0.0
    with closing(sqlite3.connect(pad, isolation_level=None)) as naar, closing(sqlite3.connect(bron)) as van:
        for regel in _DUUR:
            naar.execute(regel)
        per = [van.execute(vraag) for vraag in _GEMAAKT]
        voeg = [f"{begin} ({', '.join('?' * len(r.description))})" for begin, r in zip(_VOEG_TOE, per, strict=True)]
        while partij := [rijen.fetchmany(PARTIJ) for rijen in per]:
            if not partij[0]:
                break
            begin = time.perf_counter()
            naar.execute("BEGIN IMMEDIATE")
            for opdracht, rijen in zip(voeg, partij, strict=True):
                naar.executemany(opdracht, rijen)
            naar.execute("COMMIT")
            duur += time.perf_counter() - begin
    return duur


def _controleer(pad: Path, ouders: int) -> None:
    """Everybody got one tip, with its message, that they had not had; and is due a week later."""
    with closing(sqlite3.connect(pad)) as verbinding:
        gegeven, berichten, dubbel, nog = (verbinding.execute(vraag).fetchone()[0] for vraag in _TEL)
    if (gegeven, berichten, dubbel, nog) != (ouders, ouders, 0, 0):
        raise MeetFout(f"{gegeven} van {ouders} ouders kregen een tip, {dubbel} keer een die er al was")
