"""i. Exports of a million rows, and the pages of the desk over a million answers.

CSV against sqlite3 and ``csv`` writing the same rows; XLSX against xlsxwriter writing the same cells; *Redenen* and
*Bereik* over a million answers against the same pages over a thousand.
"""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.bench.opname import inhoudelijk, opname
from bot.bench.tabel import MeetFout, Meting, getal
from opslag import cijfers, exporten, jaarcijfers, overzicht, redenbeeld, suggesties, uitvoer
from opslag.database import Database, Sessie
from opslag.exporten import Export
from opslag.overzicht import Blik
from opslag.redenbeeld import Zeef
from opslag.uitvoer import PRESENTIE, Periode

NU = datetime(2027, 6, 1, 10, tzinfo=UTC)
JAAR = Blik(frozenset({1}), date(2026, 8, 1), date(2027, 8, 1))
EXPORT = Export("presentie", Periode(), "meting")
PIEK = 80.0
"""MB that writing a million rows may take at most, the whole process."""
_SNEL = ("journal_mode=MEMORY", "synchronous=OFF", "cache_size=-200000", "temp_store=MEMORY")
# One location; every parent is invited for every activity, answers it, and is there or gives a reason.
_ZAAI = (
    "INSERT INTO organisatie (id, naam) VALUES (1, 'Meting')",
    "INSERT INTO locatie (id, organisatie_id, naam, gastheer, gemaakt) VALUES (1, 1, 'Meting', '', :toen)",
    "INSERT INTO groep (id, locatie_id, naam) VALUES (1, 1, 'Vlinders')",
    "INSERT INTO gezin (id, locatie_id, ingeschreven) SELECT n, 1, '2026-08-01' FROM ouders",
    "INSERT INTO gezin_groep (gezin_id, groep_id) SELECT n, 1 FROM ouders",
    "INSERT INTO ouder (id, gezin_id, naam, rol, taal, gemaakt) SELECT n, n, 'Ouder ' || n,"
    " CASE n % 2 WHEN 0 THEN 'vader' ELSE 'moeder' END, CASE n % 3 WHEN 0 THEN 'nl' WHEN 1 THEN 'tr' ELSE 'ar' END,"
    " :toen FROM ouders",
    "INSERT INTO activiteit (id, locatie_id, soort, titel, doel, begin, duur, plek, gastheer, gemaakt)"
    " SELECT k, 1, 'koffieochtend', 'Koffie ' || k, 'Elkaar leren kennen', datetime('2026-09-01 08:30:00', '+' ||"
    " (k * 5) || ' days') || '.000000', 90, 'de hal', '', :toen FROM dagen",
    "INSERT INTO activiteit_groep (activiteit_id, groep_id) SELECT k, 1 FROM dagen",
    "INSERT INTO uitnodiging (id, activiteit_id, ouder_id, rol, taal, gemaakt)"
    " SELECT (k - 1) * :ouders + o.id, k, o.id, o.rol, o.taal, :toen FROM dagen, ouder o ORDER BY k, o.id",
    "INSERT INTO aanmelding (id, uitnodiging_id, antwoord, aantal, bron, moment)"
    " SELECT id, id, iif(id % 7 < 4, 'ja', 'nee'), 1, 'ouder', :toen FROM uitnodiging ORDER BY id",
    "INSERT INTO afmeldreden (uitnodiging_id, aanmelding_id, code, moment)"
    " SELECT id, id, iif(id % 2, 'WERK', 'OPPAS'), moment FROM aanmelding WHERE antwoord = 'nee' ORDER BY id",
    "INSERT INTO presentie (uitnodiging_id, staat, bron, moment)"
    " SELECT id, iif(id % 5, 'aanwezig', 'afwezig'), 'team', moment FROM aanmelding WHERE antwoord = 'ja' ORDER BY id",
)  # fmt: skip


def meet(map_: Path, snel: bool) -> Iterator[Meting]:
    """Yields CSV (time, then memory), XLSX, and the two pages."""
    activiteiten, veel, weinig, keren = (10, 60, 6, 1) if snel else (50, 20_000, 20, 3)
    groot, klein, rekenblad = map_ / "groot.db", map_ / "klein.db", map_ / "rekenblad.db"
    for pad, ouders in ((groot, veel), (klein, weinig), (rekenblad, veel // 10)):
        zaai(pad, ouders, activiteiten)
    rijen = getal(veel * activiteiten, 0)
    tijden = [
        _om_en_om(keer, _csv(groot, map_ / "ons.csv"), _kaal_csv(groot, map_ / "kaal.csv")) for keer in range(keren)
    ]
    if (map_ / "ons.csv").read_bytes() != (map_ / "kaal.csv").read_bytes():
        raise MeetFout("de twee CSV-bestanden zijn niet gelijk")
    uitleg = "ijkpunt: dezelfde opdracht met sqlite3, en csv.writer; byte voor byte gelijk"
    yield Meting(f"{rijen} rijen presentie naar CSV", "s", *_los(tijden), 1.5, False, uitleg)
    uitleg = f"hele proces, hoogste; ijkpunt is de norm van {getal(PIEK, 0)} MB"
    yield Meting("geheugen daarbij", "MB", [_piek(groot, map_ / "piek.csv")], [PIEK], 1.0, False, uitleg)
    tijden = [_om_en_om(keer, _xlsx(rekenblad, map_), _kaal_xlsx(rekenblad, map_)) for keer in range(keren)]
    uitleg = "ijkpunt: xlsxwriter (constant_memory) met dezelfde cellen, die al klaarliggen"
    yield Meting(f"{getal(veel // 10 * activiteiten, 0)} rijen naar XLSX", "s", *_los(tijden), 1.2, False, uitleg)
    yield from _paginas(groot, klein, keren * 3, rijen, getal(weinig * activiteiten, 0))


def zaai(pad: Path, ouders: int, activiteiten: int) -> None:
    """A database with so many parents, each invited for so many activities; its figures made from the history."""
    from opslag.migreren import migreer  # not in the process whose memory is measured

    db = Database(f"sqlite:///{pad}")
    migreer(db.engine)
    db.sluit()
    gegeven = {"ouders": ouders, "toen": "2026-08-20 10:00:00.000000"}
    with closing(sqlite3.connect(pad, isolation_level=None)) as verbinding:
        for regel in _SNEL:
            verbinding.execute(f"PRAGMA {regel}")
        verbinding.execute("BEGIN")
        verbinding.execute("CREATE TEMP TABLE ouders (n INTEGER PRIMARY KEY)")
        verbinding.execute("CREATE TEMP TABLE dagen (k INTEGER PRIMARY KEY)")
        verbinding.executemany("INSERT INTO ouders VALUES (?)", ((n,) for n in range(1, ouders + 1)))
        verbinding.executemany("INSERT INTO dagen VALUES (?)", ((k,) for k in range(1, activiteiten + 1)))
        for opdracht in _ZAAI:
            verbinding.execute(opdracht, gegeven)
        verbinding.execute("COMMIT")
    db = Database(f"sqlite:///{pad}")
    with db.transactie() as sessie:
        cijfers.herreken(sessie)
    db.sluit()


def _om_en_om(keer: int, ons: Callable[[], float], kaal: Callable[[], float]) -> tuple[float, float]:
    if keer % 2:
        later = kaal()
        return ons(), later
    return ons(), kaal()


def _los(tijden: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [ons for ons, _ in tijden], [kaal for _, kaal in tijden]


def schrijf(pad: Path, naar: Path, vorm: str) -> float:
    """Seconds to write all presence as the desk does."""
    from bot.uitvoeren import SCHRIJVERS

    db = Database(f"sqlite:///{pad}")
    begin = time.perf_counter()
    with db.lezend() as sessie:
        SCHRIJVERS[vorm](naar, *exporten.blad(sessie, EXPORT, NU))
    duur = time.perf_counter() - begin
    db.sluit()
    return duur


def _csv(pad: Path, naar: Path) -> Callable[[], float]:
    return lambda: schrijf(pad, naar, "csv")


def _opdracht(pad: Path) -> tuple[str, Any]:
    """The statement that our export runs, with what it is given."""
    with opname() as stappen:
        db = Database(f"sqlite:///{pad}")
        with db.lezend() as sessie:
            next(uitvoer.presentie(sessie, Periode()))
        db.sluit()
    return next(stap for stap in inhoudelijk(stappen) if "uitnodiging" in stap[0])


def _kaal_csv(pad: Path, naar: Path) -> Callable[[], float]:
    opdracht, gegeven = _opdracht(pad)

    def meet_() -> float:
        begin = time.perf_counter()
        with closing(sqlite3.connect(pad)) as verbinding, naar.open("w", encoding="utf-8-sig", newline="") as bestand:
            schrijver = csv.writer(bestand, delimiter=";")
            schrijver.writerow(PRESENTIE)
            for titel, soort, wanneer, waar, _zone, groep, *rest in verbinding.execute(opdracht, gegeven):
                naam, rol, antwoord, staat, bron, code = rest
                rij = (titel, soort, wanneer[:10], waar, groep, naam, rol, antwoord, staat, bron, code)
                schrijver.writerow(rij)
        return time.perf_counter() - begin

    return meet_


def _piek(pad: Path, naar: Path) -> float:
    """The highest memory (MB) of a process that writes the CSV and nothing else."""
    opdracht = [sys.executable, "-m", "bot.bench.i_proces", str(pad), str(naar)]
    return float(subprocess.run(opdracht, capture_output=True, text=True, check=True).stdout)


def _xlsx(pad: Path, map_: Path) -> Callable[[], float]:
    return lambda: schrijf(pad, map_ / "ons.xlsx", "xlsx")


def _kaal_xlsx(pad: Path, map_: Path) -> Callable[[], float]:
    db = Database(f"sqlite:///{pad}")
    with db.lezend() as sessie:
        rijen = [tuple(rij) for rij in uitvoer.presentie(sessie, Periode())]
    db.sluit()

    def meet_() -> float:
        import xlsxwriter

        begin = time.perf_counter()
        boek = xlsxwriter.Workbook(str(map_ / "kaal.xlsx"), {"constant_memory": True})
        blad, dag = boek.add_worksheet(), boek.add_format({"num_format": "dd-mm-yyyy"})
        blad.write_row(0, 0, PRESENTIE)
        for volg, rij in enumerate(rijen, 1):
            for kolom, cel in enumerate(rij):
                if kolom == 2:
                    blad.write_datetime(volg, kolom, cel, dag)
                else:
                    blad.write_string(volg, kolom, cel)
        boek.close()
        return time.perf_counter() - begin

    return meet_


# The pages


def _paginas(groot: Path, klein: Path, keren: int, veel: str, weinig: str) -> Iterator[Meting]:
    for naam, pagina in (("Redenen", _redenen), ("Bereik", _bereik)):
        tijden = [_om_en_om(keer, _maal(groot, pagina), _maal(klein, pagina)) for keer in range(keren)]
        uitleg = f"ijkpunt: dezelfde pagina over {weinig} antwoorden; de cijfers, zonder de opmaak"
        yield Meting(f"{naam} over {veel} antwoorden", "ms", *_los(tijden), 1.5, False, uitleg)


def _maal(pad: Path, pagina: Callable[[Sessie], object]) -> Callable[[], float]:
    def meet_() -> float:
        db = Database(f"sqlite:///{pad}")
        with db.lezend() as sessie:
            pagina(sessie)  # the statements are prepared
            begin = time.perf_counter()
            for _ in range(5):
                pagina(sessie)
            duur = (time.perf_counter() - begin) * 200
        db.sluit()
        return duur

    return meet_


def _redenen(sessie: Sessie) -> object:
    tellingen = overzicht.activiteiten(sessie, JAAR)
    return redenbeeld.maak(tellingen, Zeef()), suggesties.suggesties(tellingen)


def _bereik(sessie: Sessie) -> object:
    return jaarcijfers.overzicht(sessie, JAAR), overzicht.activiteiten(sessie, JAAR)
