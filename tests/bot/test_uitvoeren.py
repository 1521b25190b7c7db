"""Files that Dutch Excel opens right, and in which nothing a parent typed is run."""

from __future__ import annotations

import csv
import gc
import io
import tempfile
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.uitvoeren import csv_regels, onschadelijk, schrijf_csv, schrijf_xlsx

BOM = b"\xef\xbb\xbf"
MOMENT = datetime.fromisoformat("2026-12-01 09:00:05")
RIJEN = [
    ["Koffie; thee", date(2026, 12, 8), MOMENT, 3, None, ""],
    ['Met "haakjes"', date(2026, 1, 1), datetime.fromisoformat("2026-06-30 23:59:59"), 0, "é漢👍", "regel 1\nregel 2"],
]
KOLOMMEN = ("a", "b", "c", "d", "e", "f")


def test_csv() -> None:
    alles = b"".join(csv_regels(KOLOMMEN, RIJEN))
    assert alles.startswith(BOM)
    assert alles.removeprefix(BOM).decode() == (
        "a;b;c;d;e;f\r\n"
        '"Koffie; thee";2026-12-08;2026-12-01 09:00:05;3;;\r\n'
        '"Met ""haakjes""";2026-01-01;2026-06-30 23:59:59;0;é漢👍;"regel 1\nregel 2"\r\n'
    )


@pytest.mark.parametrize(
    "gevaar",
    [
        "=1+1", "+31612345678", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|'/C calc'!A0", " =1+1",
        "\u00a0=1", "|x",
        "%0A", "\ufeff=1", "-", "=",
    ],
)  # fmt: skip
def test_een_formule_wordt_tekst(gevaar: str) -> None:
    assert onschadelijk(gevaar) == f"'{gevaar}"
    regel = b"".join(csv_regels(("a",), [[gevaar]])).decode("utf-8-sig")
    cel = list(csv.reader(io.StringIO(regel, newline=""), delimiter=";"))[1][0]
    assert cel[0] == "'"


@pytest.mark.parametrize(
    "gewoon", ["", "Amal", "3-4", "a=b", "Jan & Piet", "'s avonds", "1+1", "🙂", "ja, graag", "<b>"]
)
def test_gewone_tekst_blijft(gewoon: str) -> None:
    assert onschadelijk(gewoon) == gewoon


@settings(deadline=None)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2), max_size=5))
def test_elke_tekst_komt_heel_over(rijen: list[list[str]]) -> None:
    alles = b"".join(csv_regels(("a", "b"), rijen)).decode("utf-8-sig")
    terug = list(csv.reader(io.StringIO(alles, newline=""), delimiter=";"))
    assert terug[1:] == [[onschadelijk(cel.replace("\x00", "")) for cel in rij] for rij in rijen]


def test_het_bestand(tmp_path: Path) -> None:
    assert schrijf_csv(tmp_path / "a.csv", KOLOMMEN, RIJEN) == 2
    assert (tmp_path / "a.csv").read_bytes() == b"".join(csv_regels(KOLOMMEN, RIJEN))
    assert schrijf_csv(tmp_path / "leeg.csv", KOLOMMEN, []) == 0
    with pytest.raises(OSError):
        schrijf_csv(tmp_path / "weg" / "a.csv", KOLOMMEN, RIJEN)


class Blad:
    """What stands in a workbook, read as it is stored."""

    NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

    def __init__(self, pad: Path) -> None:
        with zipfile.ZipFile(pad) as zip_:
            assert zip_.testzip() is None
            self.blad = ElementTree.fromstring(zip_.read("xl/worksheets/sheet1.xml"))
            stijlen = ElementTree.fromstring(zip_.read("xl/styles.xml"))
        eigen = {f.get("numFmtId"): f.get("formatCode") for f in stijlen.iter(f"{self.NS}numFmt")}
        xfs = stijlen.find(f"{self.NS}cellXfs")
        assert xfs is not None
        self.vormen = [eigen.get(xf.get("numFmtId"), "") for xf in xfs]

    def cel(self, plaats: str) -> tuple[str, str, str]:
        """(kind, value, number format) of a cell."""
        cel = next(c for c in self.blad.iter(f"{self.NS}c") if c.get("r") == plaats)
        assert cel.find(f"{self.NS}f") is None, "een formule"
        waarde = "".join(cel.itertext())
        return cel.get("t", "n"), waarde, str(self.vormen[int(cel.get("s", "0"))] or "")

    def heeft(self, naam: str) -> ElementTree.Element | None:
        """The first element of this name."""
        return next(self.blad.iter(f"{self.NS}{naam}"), None)


def _dagnummer(moment: datetime) -> float:
    """Excel counts days from 30 December 1899."""
    return (moment - datetime.fromisoformat("1899-12-30")) / timedelta(days=1)


def test_xlsx_heeft_echte_datums_en_een_filter(tmp_path: Path) -> None:
    assert schrijf_xlsx(tmp_path / "a.xlsx", KOLOMMEN, RIJEN) == 2
    blad = Blad(tmp_path / "a.xlsx")
    assert [blad.cel(f"{k}1")[1] for k in "ABCDEF"] == list(KOLOMMEN)
    assert blad.cel("A2") == ("inlineStr", "Koffie; thee", "")
    soort, waarde, vorm = blad.cel("B2")
    assert (soort, float(waarde), vorm) == ("n", _dagnummer(datetime.fromisoformat("2026-12-08")), "dd-mm-yyyy")
    soort, waarde, vorm = blad.cel("C2")
    assert (soort, vorm) == ("n", "dd-mm-yyyy hh:mm")
    assert abs(float(waarde) - _dagnummer(MOMENT)) < 1e-6
    assert blad.cel("D2") == ("n", "3", "")
    assert blad.cel("E3")[1] == "é漢👍"
    filter_, venster = blad.heeft("autoFilter"), blad.heeft("pane")
    assert filter_ is not None
    assert filter_.get("ref") == "A1:F3"
    assert venster is not None
    assert (venster.get("ySplit"), venster.get("state")) == ("1", "frozen")


@pytest.mark.parametrize(
    "gevaar", ["=1+1", "{=1+1}", "https://example.org", "internal:A1", "mailto:x@y.nl", "007", "\x00x"]
)
def test_xlsx_tekst_is_tekst(tmp_path: Path, gevaar: str) -> None:
    schrijf_xlsx(tmp_path / "a.xlsx", ("a",), [[gevaar]])
    blad = Blad(tmp_path / "a.xlsx")
    assert blad.cel("A2")[:2] == ("inlineStr", gevaar.replace("\x00", ""))
    assert blad.heeft("hyperlink") is None


def test_xlsx_zonder_rijen(tmp_path: Path) -> None:
    assert schrijf_xlsx(tmp_path / "a.xlsx", KOLOMMEN, iter(())) == 0
    filter_ = Blad(tmp_path / "a.xlsx").heeft("autoFilter")
    assert filter_ is not None
    assert filter_.get("ref") == "A1:F2"


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_een_mislukte_export_laat_niets_achter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that was on its way to a file that cannot be written must not stay behind on the disk."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    with pytest.raises(OSError):
        schrijf_xlsx(tmp_path / "weg" / "a.xlsx", ("ouder",), [["Zubaida"]] * 5000)
    gc.collect()
    assert [p.read_text("utf-8") for p in (tmp_path / "tmp").iterdir()] == []
