"""The benchmarks run, do the work they time, and say what came of it. How fast it went is no matter here."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.bench import ONDERDELEN, a_beurten, b_webhook, c_omvang, meet
from bot.bench.beurten import controleer, handel_af, leg_in, ouder, tel
from bot.bench.opname import inhoudelijk, opname
from bot.bench.tabel import MeetFout, Meting, regels, slot
from bot.bench.updates import update
from bot.bench.zaaien import ACCOUNT, EERDER, zaai
from bot.kanalen.basis import Ontvangst
from bot.kanalen.telegram import ontleed
from bot.opdrachten.basis import Fout
from opslag.database import Database

VERHOUDING = re.compile(r"\d+,\d\d \(\d+,\d\d–\d+,\d\d\)")
RIJEN = {"a": 2, "b": 2, "c": 2, "d": 1, "e": 3, "f": 4, "g": 2, "h": 2, "i": 5}


@pytest.fixture
def gezaaid(tmp_path: Path) -> Path:
    """A small database as the measurements use it."""
    zaai(tmp_path / "klein.db", 60)
    return tmp_path / "klein.db"


@pytest.mark.parametrize("letter", ONDERDELEN)
def test_een_onderdeel_meet_en_controleert(letter: str, capsys: pytest.CaptureFixture[str]) -> None:
    meet([letter.upper()], snel=True)  # a part that did not do its work raises
    uit = capsys.readouterr().out
    assert len(VERHOUDING.findall(uit)) == RIJEN[letter]
    assert "verhouding" in uit
    assert "--snel" in uit
    assert re.search(r"\d van \d normen gehaald", uit)


def test_een_onderdeel_dat_er_niet_is() -> None:
    with pytest.raises(Fout, match="a, b, c, d, e, f, g, h, i"):
        meet(["x"], snel=True)


def test_op_de_opdrachtregel_is_dat_een_regel() -> None:
    opdracht = [sys.executable, "-m", "bot", "bench", "z", "--snel"]
    uit = subprocess.run(opdracht, capture_output=True, text=True, check=False)
    assert (uit.returncode, uit.stderr.count("\n")) == (2, 1)


def test_wat_gezaaid_is_klopt(gezaaid: Path) -> None:
    with closing(sqlite3.connect(gezaaid)) as verbinding:
        assert verbinding.execute("PRAGMA foreign_key_check").fetchall() == []
        assert verbinding.execute("SELECT count(*) FROM uitnodiging").fetchone() == (60 * (EERDER + 1),)
        per_ouder = "SELECT count(*) FROM aanmelding JOIN uitnodiging u ON u.id = uitnodiging_id GROUP BY u.ouder_id"
        assert set(verbinding.execute(per_ouder)) == {(EERDER,)}


async def test_een_gesprek_doet_wat_het_zegt(gezaaid: Path) -> None:
    db = Database(f"sqlite:///{gezaaid}")
    wie = [ouder(nummer, 60) for nummer in (1, 30, 60)]
    voor = tel(gezaaid)
    leg_in(db, wie)
    with pytest.raises(MeetFout):
        controleer(voor, gezaaid, 3)
    await handel_af(db, wie, 2)
    controleer(voor, gezaaid, 3)
    with pytest.raises(MeetFout):
        await handel_af(db, wie, 2)  # nothing is left in the inbox
    db.sluit()


async def test_de_opname_bevat_elke_opdracht(gezaaid: Path) -> None:
    with opname() as stappen:
        db = Database(f"sqlite:///{gezaaid}")
        wie = [ouder(7, 60)]
        leg_in(db, wie)
        begin = len(stappen)
        await handel_af(db, wie, 1)
        db.sluit()
    sql = " ".join(opdracht for opdracht, _ in inhoudelijk(stappen[begin:]))
    for deel in ("INSERT INTO aanmelding", "INSERT INTO afmeldreden", "INSERT INTO postvak_uit", "UPDATE gesprek",
                 "UPDATE postvak_in", "FROM uitnodiging"):  # fmt: skip
        assert deel in sql
    assert "SAVEPOINT" not in sql
    assert "COMMIT" not in sql


@pytest.mark.parametrize("nummer", range(4))
def test_een_update_is_er_een_van_telegram(nummer: int) -> None:
    gelezen = ontleed(ACCOUNT, json.loads(update(nummer)))
    assert isinstance(gelezen, Ontvangst)
    assert bool(gelezen.bevestiging) == bool(nummer % 2)


def test_werk_dat_niet_gedaan_is_telt_niet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def niets(_map: Path, _snel: bool) -> Iterator[Meting]:
        raise MeetFout("er gebeurde niets")

    monkeypatch.setattr(a_beurten, "meet", niets)
    with pytest.raises(Fout, match="er gebeurde niets") as fout:
        meet(["a"], snel=True)
    assert fout.value.code == 1
    capsys.readouterr()


def test_de_tabel_zegt_of_het_gehaald_is() -> None:
    boven = Meting("snelheid", "/s", [1200.0, 800.0, 900.0], [1000.0, 1000.0, 1000.0], 0.9, True, "zo gemeten")
    onder = Meting("kosten", "ms", [2.4], [2.0], 1.15, False)
    zonder = Meting("geheugen", "MB", [100.0], [40.0])
    assert "0,90 (0,80–1,20)" in regels("a", boven)
    assert regels("a", boven).splitlines()[0].endswith("ja")
    assert "zo gemeten" in regels("a", boven)
    assert regels("c", onder).endswith("NEE")
    assert regels("e", zonder).endswith("–")
    assert "1 van 2 normen" in slot([boven, onder, zonder], 61.4)


def test_alleen_wat_in_de_inbox_ligt_telt(gezaaid: Path) -> None:
    with pytest.raises(MeetFout, match="1 updates"):
        b_webhook._controleer(gezaaid, 1)


def test_verspreid_is_verspreid() -> None:
    nummers = [int(o.sleutel.adres) % 1_000_000 for o in c_omvang._verspreid(4000, 200, 25)]
    assert len(set(nummers)) == 200
    assert max(nummers) > 3500
    assert all(nummer <= 4000 for nummer in nummers)
