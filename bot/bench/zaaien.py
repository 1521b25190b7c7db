"""A school year in a second: families, chats, invitations and answers, written straight into the tables.

Every parent has five earlier invitations, each answered, and one that lies ahead. Rows lie in the order in which a
year brings them, activity after activity, so one parent's rows are spread over the whole database.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from opslag.database import Database
from opslag.migreren import migreer

NU = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
"""The moment at which all measured turns happen (UTC)."""
KANAAL, ACCOUNT = "telegram", "7000000001"
ADRES = 5_000_000_000
"""Chat addresses are this and the parent's number."""
GROEP = 25
"""Parents in a group."""
EERDER = 5
"""Earlier invitations of every parent, each with its answer."""

_SNEL = ("journal_mode=MEMORY", "synchronous=OFF", "cache_size=-200000", "temp_store=MEMORY")
# GROEP parents in a group, 40 groups at a location; roles and languages take turns.
_ZAAI = (
    "INSERT INTO organisatie (id, naam) VALUES (1, 'Meting')",
    "INSERT INTO locatie (id, organisatie_id, naam, gastheer, gemaakt)"
    " SELECT n, 1, 'Locatie ' || n, 'Juf Noor', :toen FROM groepen WHERE n <= (:groepen + 39) / 40",
    "INSERT INTO groep (id, locatie_id, naam) SELECT n, (n + 39) / 40, 'Groep ' || n FROM groepen",
    "INSERT INTO gezin (id, locatie_id, ingeschreven)"
    " SELECT n, (n + 40 * :groep - 1) / (40 * :groep), :dag FROM ouders",
    "INSERT INTO gezin_groep (gezin_id, groep_id) SELECT n, (n + :groep - 1) / :groep FROM ouders",
    "INSERT INTO ouder (id, gezin_id, naam, rol, taal, gemaakt)"
    " SELECT n, n, 'Ouder ' || n, CASE n % 3 WHEN 0 THEN 'vader' WHEN 1 THEN 'moeder' ELSE 'ander' END,"
    " CASE n % 4 WHEN 0 THEN 'nl' WHEN 1 THEN 'tr' WHEN 2 THEN 'ar' ELSE 'pl' END, :toen FROM ouders",
    "INSERT INTO toestemming (ouder_id, versie, taal, gegeven) SELECT n, '1', 'nl', :toen FROM ouders",
    "INSERT INTO gesprek (id, kanaal, account, adres, ouder_id, gewijzigd)"
    " SELECT n, :kanaal, :account, CAST(:adres + n AS TEXT), n, :toen FROM ouders",
    "INSERT INTO activiteit (id, locatie_id, soort, titel, doel, begin, duur, plek, gastheer, gemaakt)"
    " SELECT (k - 1) * :groepen + n, (n + 39) / 40, 'koffieochtend', 'Koffie en praten over slapen',"
    " 'Ouders leren elkaar kennen', begin, 90, 'de ouderkamer', 'Juf Noor', :toen FROM dagen, groepen ORDER BY k, n",
    "INSERT INTO uitnodiging (id, activiteit_id, ouder_id, rol, gemaakt)"
    " SELECT (k - 1) * :ouders + n, (k - 1) * :groepen + (n + :groep - 1) / :groep, n, 'moeder', begin"
    " FROM dagen, ouders ORDER BY k, n",
    "INSERT INTO aanmelding (id, uitnodiging_id, antwoord, aantal, bron, moment)"
    " SELECT (k - 1) * :ouders + n, (k - 1) * :ouders + n, iif((n + k) % 3, 'ja', 'nee'), iif((n + k) % 3, 1, 0),"
    " 'ouder', begin FROM dagen, ouders WHERE k <= :eerder ORDER BY k, n",
    "INSERT INTO afmeldreden (uitnodiging_id, aanmelding_id, code, moment)"
    " SELECT uitnodiging_id, id, 'WERK', moment FROM aanmelding WHERE antwoord = 'nee' ORDER BY id",
    "INSERT INTO presentie (uitnodiging_id, staat, bron, moment)"
    " SELECT uitnodiging_id, 'aanwezig', 'team', moment FROM aanmelding WHERE antwoord = 'ja' ORDER BY id",
    "INSERT INTO postvak_uit (gesprek_id, kanaal, account, adres, prioriteit, taal, status, niet_voor, niet_na,"
    " extern_id, verzonden) SELECT u.ouder_id, :kanaal, :account, CAST(:adres + u.ouder_id AS TEXT), 0, 'nl',"
    " 'verzonden', a.moment, a.moment, CAST(a.id AS TEXT), a.moment"
    " FROM aanmelding a JOIN uitnodiging u ON u.id = a.uitnodiging_id ORDER BY a.id",
)  # fmt: skip


def zaai(pad: Path, ouders: int) -> None:
    """Make a database at ``pad`` with this many parents, and five times as many answers."""
    db = Database(f"sqlite:///{pad}")
    migreer(db.engine)
    db.sluit()
    groepen = (ouders + GROEP - 1) // GROEP
    gegeven = {"ouders": ouders, "groepen": groepen, "groep": GROEP, "eerder": EERDER, "toen": _tekst(-90)}
    gegeven |= {"dag": "2026-08-24", "kanaal": KANAAL, "account": ACCOUNT, "adres": ADRES}
    with closing(sqlite3.connect(pad, isolation_level=None)) as verbinding:
        for regel in _SNEL:
            verbinding.execute(f"PRAGMA {regel}")
        verbinding.execute("BEGIN")
        _tel(verbinding, ouders, groepen)
        for opdracht in _ZAAI:
            verbinding.execute(opdracht, gegeven)
        verbinding.execute("COMMIT")


def _tel(verbinding: sqlite3.Connection, ouders: int, groepen: int) -> None:
    """The numbers of all parents and of all groups, and the days of the activities."""
    verbinding.execute("CREATE TEMP TABLE ouders (n INTEGER PRIMARY KEY)")
    verbinding.execute("CREATE TEMP TABLE groepen (n INTEGER PRIMARY KEY)")
    verbinding.execute("CREATE TEMP TABLE dagen (k INTEGER PRIMARY KEY, begin TEXT)")
    verbinding.executemany("INSERT INTO ouders VALUES (?)", ((n,) for n in range(1, ouders + 1)))
    verbinding.executemany("INSERT INTO groepen VALUES (?)", ((n,) for n in range(1, groepen + 1)))
    verbinding.executemany("INSERT INTO dagen VALUES (?, ?)", [(k, _begin(k)) for k in range(1, EERDER + 2)])


def komend(ouder: int, ouders: int) -> int:
    """The number of the invitation of this parent that lies ahead, in a database of ``ouders`` parents."""
    return EERDER * ouders + ouder


def _begin(k: int) -> str:
    return _tekst(8 if k > EERDER else -8 * (EERDER + 1 - k))


def _tekst(dagen: int) -> str:
    """A moment as it lies in SQLite."""
    return f"{NU + timedelta(days=dagen):%Y-%m-%d %H:%M:%S.%f}"
