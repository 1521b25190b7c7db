"""An export in a chat: made at the moment it is sent, for who coordinates at that moment."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import rekenblad
from bot.bestanden import maak_bestanden, naam_van
from bot.links import NERGENS
from opslag.database import Database
from opslag.tabellen import audit, medewerker
from tests.speler import Speler


def _gesprek(s: Speler, naam: str) -> int:
    return int(
        s.rijen(
            sa.text(f"SELECT g.id FROM gesprek g JOIN medewerker m ON m.id = g.medewerker_id WHERE m.naam = '{naam}'")
        )[0][0]
    )


@pytest.mark.parametrize("soort", ["redenen", "deelname", "presentie"])
async def test_wie_coordineert_krijgt_de_eigen_locaties(db: Database, tmp_path: Path, soort: str) -> None:
    s = Speler(db)
    s.ouder("Amal")
    s.activiteit("Koffie", "dinsdag 8 december 2026 09:30")
    s.collega("Lena", rol="coordinator")
    maak = maak_bestanden(db, NERGENS, lambda: s.nu)
    bestand = await maak(_gesprek(s, "Lena"), f"uitvoer:{soort}")
    assert bestand is not None
    assert bestand.naam == naam_van(f"uitvoer:{soort}") == f"inloop-{soort}.xlsx"
    assert bestand.soort.endswith("spreadsheetml.sheet")
    blad = tmp_path / "blad.xlsx"
    blad.write_bytes(bestand.inhoud)
    rijen = [cellen for _, cellen in rekenblad.lees(blad)][1:]
    assert {"redenen": 0, "deelname": 1, "presentie": 1}[soort] == len(rijen)
    assert not any("De Zon" in rij for rij in rijen)
    assert [r[0] for r in s.rijen(sa.select(audit.c.op).where(audit.c.wat == "export"))] == [soort]


async def test_wie_niet_meer_coordineert_krijgt_niets(db: Database) -> None:
    s = Speler(db)
    s.collega("Lena", rol="coordinator")
    maak, lena = maak_bestanden(db, NERGENS, lambda: s.nu), _gesprek(s, "Lena")
    assert await maak(lena, "uitvoer:iets") is None
    with db.transactie() as sessie:
        sessie.execute(medewerker.update().values(rol="medewerker"))
    assert await maak(lena, "uitvoer:presentie") is None
    assert await maak(999_999, "uitvoer:presentie") is None
    assert s.rijen(sa.select(audit.c.op).where(audit.c.wat == "export")) == []
