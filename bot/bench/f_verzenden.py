"""f. A broadcast to 50,000 parents without a limit: messages a second, each with its durable status, against a bare
loop over the same client that sends the same messages; and how memory grows meanwhile.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bot.bench.processen import proces, regel
from bot.bench.tabel import MeetFout, Meting, getal
from bot.bench.zaaien import NU, zaai
from bot.uitzendingen import vul
from opslag import verzendingen
from opslag.database import Database

GROEI = 10.0
"""MB that memory may grow while the broadcast goes out."""
_ACTIVITEIT = (
    "INSERT INTO activiteit (id, locatie_id, soort, titel, doel, begin, duur, plek, gastheer, gemaakt)"
    " SELECT max(id) + 1, 1, 'koffieochtend', 'Koffie en praten over lezen', 'Ouders leren elkaar kennen',"
    " max(begin), 90, 'de ouderkamer', 'Juf Noor', gemaakt FROM activiteit",
    "INSERT INTO activiteit_groep (activiteit_id, groep_id) SELECT (SELECT max(id) FROM activiteit), id FROM groep",
)


def meet(map_: Path, snel: bool) -> Iterator[Meting]:
    """Yields per library the messages a second, then the growth of memory."""
    rondes, per_ronde = (2, 200) if snel else (20, 2_500)
    for bibliotheek in ("aiogram", "ptb"):
        pad = map_ / f"{bibliotheek}.db"
        aantal = _klaargelegd(pad, rondes * per_ronde)
        with proces(["-m", "bot.bench.f_server"]) as server:
            poort = regel(server, "poort ").split()[1]
            opdracht = ["-m", "bot.bench.f_proces", str(pad), bibliotheek, poort, str(rondes), str(per_ronde)]
            with proces(opdracht) as kind:
                stand = [[float(deel) for deel in regel(kind).split()] for _ in range(rondes)]
                kind.wait(timeout=30)
        _controleer(pad, aantal)
        yield from _metingen(bibliotheek, stand, aantal)


def _metingen(bibliotheek: str, stand: list[list[float]], aantal: int) -> Iterator[Meting]:
    (_, _, warm), *rest = stand
    uitleg = "ijkpunt: een kale lus om dezelfde client met dezelfde berichten, evenveel tegelijk"
    wat = f"verzenden aan {getal(aantal, 0)} ouders, {bibliotheek}"
    yield Meting(wat, "/s", [ons for ons, _, _ in rest], [kaal for _, kaal, _ in rest], 0.7, True, uitleg)
    na = max(mb for _, _, mb in rest)
    uitleg = f"ijkpunt: na de eerste ronde; hoogste van {len(rest)} keer kijken, norm {getal(GROEI, 0)} MB erbij"
    yield Meting(f"geheugen daarbij, {bibliotheek}", "MB", [na], [warm], (warm + GROEI) / warm, False, uitleg)


def _klaargelegd(pad: Path, ouders: int) -> int:
    """A database in which an invitation for all these parents lies ready in the outbox, for later; how many."""
    zaai(pad, ouders)
    with closing(sqlite3.connect(pad)) as verbinding:
        for opdracht in _ACTIVITEIT:
            verbinding.execute(opdracht)
        activiteit = verbinding.execute("SELECT max(id) FROM activiteit").fetchone()[0]
        verbinding.commit()
    db = Database(f"sqlite:///{pad}")
    with db.transactie() as sessie:
        nummer = verzendingen.begin(sessie, activiteit, "uitnodiging", "iedereen", NU, "meting")
    assert nummer is not None
    meer = True
    while meer:
        with db.transactie() as sessie:
            meer = vul(sessie, nummer, "uitnodiging", NU)
    db.sluit()
    with closing(sqlite3.connect(pad)) as verbinding:
        later = (
            "UPDATE postvak_uit SET status = 'later', niet_voor = '2999-01-01 00:00:00.000000' WHERE status = 'wacht'"
        )
        aantal = verbinding.execute(later).rowcount
        verbinding.commit()
    return aantal


def _controleer(pad: Path, aantal: int) -> None:
    """Every message was sent, once, and the broadcast counted them."""
    with closing(sqlite3.connect(pad)) as verbinding:
        vraag = (
            "SELECT count(*), count(DISTINCT extern_id) FROM postvak_uit WHERE verzending_id IS NOT NULL AND status = ?"
        )
        verzonden = verbinding.execute(vraag, ("verzonden",)).fetchone()
        geteld = verbinding.execute("SELECT max(verzonden) FROM verzending").fetchone()
    if verzonden != (aantal, aantal) or geteld != (aantal,):
        raise MeetFout(f"{verzonden[0]} van {aantal} berichten hebben hun status")
