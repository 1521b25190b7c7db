"""A language out to a spreadsheet and in again: what was checked is kept, and one fault keeps everything as it was."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot import nakijken, rekenblad
from bot.uitvoeren import schrijf_csv, schrijf_xlsx
from dialogen.teksten import Blok, blokken, catalogus, talen

TAAL = "pl"


@pytest.fixture
def po(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the catalogue, which is what is written."""
    kopie = tmp_path / f"{TAAL}.po"
    shutil.copy(nakijken.pad_van(TAAL), kopie)
    monkeypatch.setattr(nakijken, "pad_van", lambda _taal: kopie)
    return kopie


def blad(tmp_path: Path, **anders: str) -> Path:
    """Polish, in which the row of a key (``__`` for a point) says something else: ``vertaling|nagekeken|note``."""
    pad = tmp_path / "blad.csv"
    schrijf_csv(pad, nakijken.kop(TAAL), nakijken.rijen(TAAL))
    regels = [cellen for _, cellen in rekenblad.lees(pad)]
    for sleutel, wat in anders.items():
        regel = next(r for r in regels if r[0].replace(".", "__") == sleutel)
        regel[4], _, rest = wat.partition("|")
        regel[5], _, regel[6] = (rest or "ja").partition("|")
    with pad.open("w", encoding="utf-8", newline="") as uit:
        csv.writer(uit).writerows(regels)  # with commas, as another program would
    return pad


@pytest.mark.parametrize("taal", [t for t in talen() if t != "nl"])
@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_uit_en_in_verandert_niets(tmp_path: Path, taal: str, vorm: str) -> None:
    pad = tmp_path / f"blad.{vorm}"
    (schrijf_csv if vorm == "csv" else schrijf_xlsx)(pad, nakijken.kop(taal), nakijken.rijen(taal))
    uitslag = nakijken.lees(rekenblad.lees(pad))
    assert (uitslag.taal, uitslag.fouten, uitslag.niet_in_blad) == (taal, [], 0)
    assert {sleutel: blok for sleutel, (blok, _) in uitslag.nieuw.items()} == catalogus(taal)


def test_wat_nagekeken_is_staat_in_de_catalogus(tmp_path: Path, po: Path) -> None:
    voor = po.read_text("utf-8")
    uitslag = nakijken.lees(rekenblad.lees(blad(tmp_path, knop__ja="✅ No tak|ja|zo zeggen wij\nhet")))
    assert (uitslag.fouten, uitslag.nagekeken, nakijken.bewaar(uitslag)) == ([], 1, 1)
    na = {b.sleutel: b for b in blokken(po.read_text("utf-8"))}
    assert na["knop.ja"] == Blok("knop.ja", ("✅ No tak",), merk="checked")
    assert na | {"knop.ja": catalogus(TAAL)["knop.ja"]} == catalogus(TAAL)
    assert '# zo zeggen wij het\n#. checked\nmsgid "knop.ja"' in po.read_text("utf-8")
    assert "zo zeggen wij het" in {r[6] for r in nakijken.rijen(TAAL)}
    assert len(po.read_text("utf-8").splitlines()) == len(voor.splitlines()) + 1
    assert not list(tmp_path.glob("*.nieuw"))


@pytest.mark.parametrize(
    ("anders", "fout"),
    [
        ({"knop__ja": "✅ O wiele za długie słowa"}, "is 25 UTF-16-eenheden, hooguit 20"),
        ({"vraag__haast": "📞 Pilne? {telefon}"}, "heeft ['telefon'], het Nederlands ['telefoon']"),
        ({"vraag__haast": "📞 Pilne? {telefoon"}, "kapotte accolade"),
        ({"vraag__haast": "  "}, "de vertaling is leeg"),
        ({"knop__ja": "✅ Tak|misschien"}, "bij nagekeken staat 'misschien'"),
        ({"presentie__allen": "✅ {opn} rodzic"}, "heeft ['opn']"),
    ],
)
def test_een_fout_met_het_nummer_van_de_rij(tmp_path: Path, po: Path, anders: dict[str, str], fout: str) -> None:
    pad = blad(tmp_path, **anders)
    uitslag = nakijken.lees(rekenblad.lees(pad))
    assert len(uitslag.fouten) == 1
    assert fout in uitslag.fouten[0]
    nummer = int(uitslag.fouten[0].split(":")[0].removeprefix("rij "))
    sleutel = next(iter(anders)).replace("__", ".")
    assert next(cellen for nr, cellen in rekenblad.lees(pad) if nr == nummer)[0] == sleutel


def test_een_rij_te_weinig_te_veel_of_van_vroeger(tmp_path: Path, po: Path) -> None:
    kop, *rijen = [list(cellen) for _, cellen in rekenblad.lees(blad(tmp_path))]
    telt = next(r for r in rijen if r[1] == "2")
    oud = [*rijen[0][:3], "Vroeger stond er iets anders", *rijen[0][4:]]
    uitslag = nakijken.lees(enumerate([kop, oud, telt, rijen[1], rijen[1], ["weg.sleutel", *[""] * 6], []], 1))
    assert [f.partition(": ")[0] for f in uitslag.fouten] == ["rij 2", "rij 3", "rij 4", "rij 6"]
    assert "het Nederlands is nu anders" in uitslag.fouten[0]
    assert "hoort 3 rij(en) te hebben" in uitslag.fouten[1]


@pytest.mark.parametrize("gevaar", ["=1+1", "+31", "-x", "@a"])
def test_geen_formule_en_toch_dezelfde_tekst(tmp_path: Path, gevaar: str) -> None:
    pad = tmp_path / "a.csv"
    schrijf_csv(pad, ("a",), [(gevaar,)])
    cel = list(rekenblad.lees(pad))[1][1][0]
    assert cel == f"'{gevaar}"
    assert rekenblad.heel_gemaakt(cel) == gevaar
    assert rekenblad.heel_gemaakt("'s Ochtends") == "'s Ochtends"


@pytest.mark.parametrize(
    "inhoud", [b"", b"PK\x03\x04onzin", b"\xff\xfe\x00", b"a;b\r\n1;2\r\n", b"sleutel\x00", b'a;"b\r\n']
)
def test_geen_blad(tmp_path: Path, inhoud: bytes) -> None:
    pad = tmp_path / "blad"
    pad.write_bytes(inhoud)
    with pytest.raises(ValueError, match=r"dit is geen|het bestand is geen"):
        nakijken.lees(rekenblad.lees(pad))


def test_een_zip_die_groeit(tmp_path: Path) -> None:
    pad = tmp_path / "a.xlsx"
    with ZipFile(pad, "w") as zip_:
        zip_.writestr("xl/worksheets/sheet1.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(ValueError, match="geen XLSX"):
        list(rekenblad.lees(pad))


def test_een_taal_die_niet_bestaat() -> None:
    with pytest.raises(ValueError, match="de taal 'xx' is er niet"):
        nakijken.lees([(1, list(nakijken.kop("xx")))])
