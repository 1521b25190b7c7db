"""Lists of the administration as programs and people make them, and what is wrong with them."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date

import pytest

from bot.inschrijflijst import lees, lees_dag, pak_in, pak_uit
from opslag.inschrijven import Lijst, Verzorger

VANDAAG = date(2027, 3, 15)
KOP = "kenmerk;ingeschreven;uitgeschreven;groep;roepnaam;rol;taal"


def _lees(*regels: str, kop: str = KOP, soort: str = "utf-8") -> Lijst:
    return lees("\r\n".join((kop, *regels)).encode(soort), VANDAAG)


def _xlsx(rijen: str, **anders: str) -> bytes:
    bestand = io.BytesIO()
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    blad = anders.get("blad", f'<?xml version="1.0"?><worksheet {ns}><sheetData>{rijen}</sheetData></worksheet>')
    with zipfile.ZipFile(bestand, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("xl/worksheets/sheet1.xml", blad)
    return bestand.getvalue()


def _rij(*cellen: str) -> str:
    tekst = "".join(
        f"<c><v>{c}</v></c>" if c.replace(".", "").isdigit() else f'<c t="inlineStr"><is><t>{c}</t></is></c>'
        for c in cellen
    )
    return f"<row>{tekst}</row>"


def test_een_gewone_lijst() -> None:
    een = _lees("A1;01-09-2026;;Vlinders, Rupsen;Fatma;moeder;Turks").gezinnen[0]
    assert (een.kenmerk, een.ingeschreven, een.uitgeschreven) == ("A1", date(2026, 9, 1), None)
    assert een.groepen == ("Vlinders", "Rupsen")
    assert een.verzorgers == (Verzorger("Fatma", "moeder", "tr"),)


@pytest.mark.parametrize("soort", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("teken", [";", ",", "\t"])
def test_letters_en_tekens_ertussen(soort: str, teken: str) -> None:
    lijst = lees(f"kenmerk{teken}ingeschreven{teken}roepnaam\nA1{teken}2026-09-01{teken}José".encode(soort), VANDAAG)
    assert lijst.gezinnen[0].verzorgers == (Verzorger("José"),)


@pytest.mark.parametrize(
    "kop",
    ["Gezinsnummer;Datum inschrijving", "NR.;Startdatum", "Klant-nummer;Ingangsdatum", "Relatienummer;Ingeschreven op"],
)
def test_koppen_zoals_programmas_ze_schrijven(kop: str) -> None:
    assert _lees("A1;1-9-2026", kop=kop).gezinnen[0].ingeschreven == date(2026, 9, 1)


def test_wat_wij_niet_mogen_weten_wordt_niet_gelezen() -> None:
    kop = "kenmerk;ingeschreven;Achternaam;Geboortedatum;BSN;Adres;naam"
    lijst = _lees("A1;1-9-2026;Yılmaz;01-01-1990;123456782;Laan 1;Yılmaz, Fatma", kop=kop)
    assert lijst.gezinnen[0].verzorgers == (Verzorger("Fatma"),)
    assert "Achternaam, Geboortedatum, BSN, Adres" in lijst.meldingen[0]
    assert not any(woord in repr(lijst.gezinnen) + pak_in(lijst) for woord in ("Yılmaz", "1990", "123456782", "Laan"))


def test_een_bsn_als_nummer_van_het_gezin_mag_niet() -> None:
    with pytest.raises(ValueError, match="BSN"):
        _lees(*(f"{n};1-9-2026" for n in (123456782, 111222333, 999999990)))


def test_twee_verzorgers_op_een_regel_en_op_twee() -> None:
    kop = "kenmerk;ingeschreven;roepnaam moeder;roepnaam vader;taal vader"
    een = _lees("A1;1-9-2026;Fatma;Ali;ar", "A1;1-10-2026;;Ali;ar", kop=kop).gezinnen[0]
    assert een.verzorgers == (Verzorger("Fatma", "moeder"), Verzorger("Ali", "vader", "ar"))
    assert (een.regels, een.ingeschreven) == ((2, 3), date(2026, 9, 1))
    kop = "kenmerk;ingeschreven;roepnaam 1;rol 1;roepnaam 2;rol 2"
    een = _lees("A1;1-9-2026;Fatma;moeder;Ali;papa", kop=kop).gezinnen[0]
    assert [o.rol for o in een.verzorgers] == ["moeder", "vader"]


def test_een_thuistaal_is_van_allebei() -> None:
    kop = "kenmerk;ingeschreven;roepnaam moeder;roepnaam vader;Thuistaal;taal vader"
    een = _lees("A1;1-9-2026;Fatma;Ali;Turks;ar", "A2;1-9-2026;Fatma;Ali;Turks;", kop=kop).gezinnen
    assert [[o.taal for o in g.verzorgers] for g in een] == [["tr", "ar"], ["tr", "tr"]]


def test_een_broertje_houdt_het_gezin_ingeschreven() -> None:
    een = _lees("A1;1-9-2026;1-12-2026;Vlinders;;;", "A1;1-10-2026;;Rupsen;;;").gezinnen[0]
    assert (een.uitgeschreven, een.groepen) == (None, ("Vlinders", "Rupsen"))


@pytest.mark.parametrize(
    ("regel", "waarom"),
    [
        (";1-9-2026", "geen nummer"),
        ("A1;", "geen dag van inschrijven"),
        ("A1;12/31/2026", "omgewisseld"),
        ("A1;31-02-2026", "bestaat niet"),
        ("A1;1-9-26", "is geen dag"),
        ("A1;gisteren", "is geen dag"),
        ("A1;46387", "is geen dag"),
        ("A1;1-9-1026", "ligt te ver weg"),
        ("A1;1-9-2036", "ligt te ver weg"),
        ("A1;1-9-2026;1-8-2026", "is voor ingeschreven"),
        ("=cmd|' /C calc'!A0;1-9-2026", "formule"),
        ('A1;1-9-2026;;"=HYPERLINK(""http://kwaad.example"")"', "formule"),
        ("A1;1-9-2026;;;@SUM(1)", "formule"),
        (f"{'9' * 61};1-9-2026", "te lang"),
    ],
)
def test_een_slechte_regel_zegt_waarom(regel: str, waarom: str) -> None:
    lijst = _lees("B2;1-9-2026", regel)
    assert [g.kenmerk for g in lijst.gezinnen] == ["B2"]
    assert [f.regel for f in lijst.fouten] == [3]
    assert waarom in lijst.fouten[0].waarom


def test_maand_en_dag_omgewisseld_in_een_kolom() -> None:
    """One date that is month first makes every date that could be two days doubtful."""
    lijst = _lees("A1;3/4/2026", "A2;12/31/2026", "A3;4/4/2026", "A4;2026-04-03")
    assert [g.kenmerk for g in lijst.gezinnen] == ["A3", "A4"]
    assert [f.regel for f in lijst.fouten] == [2, 3]


@pytest.mark.parametrize(
    ("tekst", "dag"),
    [
        ("31-12-2026", date(2026, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)),
        ("2026-12-31 00:00:00", date(2026, 12, 31)),
        ("31/12/2026", date(2026, 12, 31)),
        ("31.12.2026", date(2026, 12, 31)),
        ("31 december 2026", date(2026, 12, 31)),
        ("1 mrt 2026", date(2026, 3, 1)),
    ],
)
def test_dagen(tekst: str, dag: date) -> None:
    assert lees_dag(tekst) == dag


def test_een_half_gezin_wordt_met_rust_gelaten() -> None:
    lijst = _lees("A1;1-9-2026", "A1;fout")
    assert not lijst.gezinnen
    assert {f.kenmerk for f in lijst.fouten} == {"A1"}


def test_dubbele_regels_en_een_taal_die_wij_niet_kennen() -> None:
    lijst = _lees("A1;1-9-2026;;;Ana;;Klingon", "A1;1-9-2026;;;Ana;;Klingon")
    assert len(lijst.gezinnen[0].verzorgers) == 1
    assert any("regel 3" in m and "Dubbel" in m for m in lijst.meldingen)
    assert any("regel 2" in m and "taal" in m for m in lijst.meldingen)


@pytest.mark.parametrize(
    ("inhoud", "waarom"),
    [
        (b"", "geen kolom"),
        (b"naam;datum\nA;B", "geen kolom"),
        (b"kenmerk;ingeschreven\n\"A1;1-9-2026\nA2;1-9-2026", "geen CSV"),
        (b"PK\x03\x04kapot", "geen XLSX"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "geen UTF-8"),
        (b"kenmerk;ingeschreven\n" + b"A;" * 6_000_000, "te groot"),
        (b"kenmerk;ingeschreven\n" + b"A1;1-9-2026\n" * 60_000, "te lang"),
    ],
)  # fmt: skip
def test_een_bestand_dat_geen_lijst_is(inhoud: bytes, waarom: str) -> None:
    with pytest.raises(ValueError, match=waarom):
        lees(inhoud, VANDAAG)


def test_een_werkboek_met_dagen_als_getal() -> None:
    lijst = lees(_xlsx(_rij("Kenmerk", "Ingeschreven") + _rij("1234", "46387")), VANDAAG)
    assert (lijst.gezinnen[0].kenmerk, lijst.gezinnen[0].ingeschreven) == ("1234", date(2026, 12, 31))


def test_een_bom_van_een_werkboek_wordt_niet_uitgepakt() -> None:
    bom = _xlsx("<row>" + " " * 60_000_000 + "</row>")
    assert len(bom) < 100_000
    tracemalloc.start()
    with pytest.raises(ValueError, match="te groot"):
        lees(bom, VANDAAG)
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    "blad",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>',
        '<?xml version="1.0" encoding="cp037"?><worksheet/>',
        "<worksheet><row>",
    ],
)
def test_een_werkboek_met_eigen_taal_of_stuk(blad: str) -> None:
    with pytest.raises(ValueError, match="geen XLSX"):
        lees(_xlsx("", blad=blad), VANDAAG)


def test_twintigduizend_regels_passen() -> None:
    rijen = [f"K{n};1-9-2026;;Vlinders;Naam{n};moeder;tr" for n in range(20_000)]
    inhoud = "\n".join((KOP, *rijen)).encode()
    tracemalloc.start()
    lijst = lees(inhoud, VANDAAG)
    assert tracemalloc.get_traced_memory()[1] < 120_000_000
    tracemalloc.stop()
    ingepakt = pak_in(lijst)
    assert len(ingepakt) < 1_000_000
    assert pak_uit(ingepakt).gezinnen == lijst.gezinnen


@pytest.mark.parametrize("tekst", ["", "x", "AAAA", "eJwDAAAAAAE="])
def test_wat_niet_van_ons_is_pakt_niet_uit(tekst: str) -> None:
    with pytest.raises(ValueError, match="geen lijst"):
        pak_uit(tekst)
