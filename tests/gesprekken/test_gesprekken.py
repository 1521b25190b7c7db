"""Every ``*.txt`` here is a whole conversation: it must go exactly so (see ``tests/draaiboek.py``).

One that begins with ``# OPEN: why`` shows what is still wrong; as soon as it can be played, that line has to go.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from opslag import cijfers
from opslag.database import Database
from tests.draaiboek import begin_van, speel
from tests.speler import Speler

BOEKEN = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("boek", BOEKEN, ids=lambda boek: boek.stem)
def test_gesprek(boek: Path, db: Database, request: pytest.FixtureRequest) -> None:
    staat_er = boek.read_text("utf-8")
    if staat_er.startswith("# OPEN: "):
        request.applymarker(pytest.mark.xfail(reason=staat_er.splitlines()[0], strict=True))
    gaat_zo = speel(staat_er, Speler(db, begin_van(staat_er)))
    with db.transactie() as sessie:
        assert list(cijfers.verschillen(sessie)) == []
    if db.is_sqlite and (request.config.getoption("--nieuw", False) or os.environ.get("INLOOP_NIEUW")):
        boek.write_text(gaat_zo, "utf-8", newline="\n")
        return
    assert gaat_zo.split("\n") == staat_er.split("\n")


def test_er_zijn_gesprekken() -> None:
    assert len(BOEKEN) > 40
