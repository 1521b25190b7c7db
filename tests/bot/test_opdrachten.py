"""The command line: what scripts read stands on the last line, what is wrong is said in one."""

from __future__ import annotations

import asyncio
import os
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import segno
import sqlalchemy as sa

from bot import controleren
from bot.__main__ import main
from bot.app import StartFout, draai
from bot.opdrachten import beheer
from bot.opdrachten.basis import Fout, instellingen
from bot.opdrachten.beheer import lees_begin
from dialogen import teksten
from dialogen.flows import FLOWS
from opslag import locaties
from opslag.database import Database
from opslag.tabellen import activiteit, audit, locatie, medewerker, ouder, startcode
from tests.botapi import TOKEN, BotApi
from tests.speler import KANAAL, Speler

AMS = "Europe/Amsterdam"
MORGEN = "2027-06-08T09:30"
NU = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
KOFFIE = (
    "activiteit nieuw --locatie Regenboog --soort koffieochtend --titel Koffie --doel Kennismaken --start {start} "
    "--duur 90 --plek Ouderkamer"
)


@dataclass(frozen=True)
class Gedaan:
    """What came of one command."""

    code: int
    uit: list[str]
    fout: list[str]


Inloop = Callable[..., Gedaan]


@pytest.fixture
def inloop(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Inloop:
    """``inloop("locatie nieuw", "De Zon")``: the first argument is split at spaces, the others are taken whole."""
    for naam in [n for n in os.environ if n.startswith("INLOOP_")]:
        monkeypatch.delenv(naam)
    monkeypatch.setenv("INLOOP_DATABASE_URL", f"sqlite:///{tmp_path / 'opdrachten.db'}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(beheer, "nu", lambda: NU)

    def doe(opdracht: str, *rest: str) -> Gedaan:
        monkeypatch.setattr(sys, "argv", ["inloop", *opdracht.split(), *rest])
        with pytest.raises(SystemExit) as einde:
            main()
        gezegd = capsys.readouterr()
        code = einde.value.code
        assert isinstance(code, int)
        return Gedaan(code, gezegd.out.splitlines(), gezegd.err.splitlines())

    return doe


@pytest.fixture
def regenboog(inloop: Inloop) -> Inloop:
    """The same, with a location that has two groups."""
    assert inloop("locatie nieuw Regenboog --groep Vlinders --groep Rupsen --gastheer Noor").code == 0
    return inloop


def rijen(kolom: sa.Column[object]) -> list[object]:
    db = Database(os.environ["INLOOP_DATABASE_URL"])
    with db.transactie() as sessie:
        gevonden = list(sessie.scalars(sa.select(kolom)))
    db.sluit()
    return gevonden


def test_weekmaximum_en_regio(inloop: Inloop, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INLOOP_DATABASE_URL", database_url)
    assert inloop("migreer").code == 0
    assert inloop("locatie nieuw Zon --weekmaximum 5 --regio zuid").code == 0
    assert inloop("locatie nieuw Maan").code == 0
    db = Database(database_url)
    with db.transactie() as sessie:
        rijen = sessie.execute(sa.select(locatie.c.weekmaximum, locatie.c.regio).order_by(locatie.c.id)).all()
    db.sluit()
    assert [tuple(rij) for rij in rijen] == [(5, "zuid"), (3, "midden")]


def test_van_niets_tot_uitnodigingen(inloop: Inloop, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way a location begins, on both databases."""
    monkeypatch.setenv("INLOOP_DATABASE_URL", database_url)
    assert inloop("migreer").uit[-1].startswith("bij: ")
    nieuw = inloop("locatie nieuw", "De Regenboog", "--groep", "Vlinders", "--groep", "De Rupsen")
    assert (nieuw.code, nieuw.fout) == (0, [])
    assert nieuw.uit == ["locatie 1: De Regenboog", "  groep Vlinders", "  groep De Rupsen"]

    team = inloop("team uitnodigen --rol medewerker --locatie", "de regenboog")
    link = re.fullmatch(r"https://t\.me/\w+\?start=([A-Za-z0-9_-]{22,64})", team.uit[-1])
    assert link
    ouders = inloop("ouders uitnodigen --groep vlinders --locatie", "De Regenboog")
    code = ouders.uit[-1].rpartition("=")[2]
    db = Database(database_url)
    with db.transactie() as sessie:
        gevonden = locaties.zoek_code(sessie, code, NU)
    db.sluit()
    assert gevonden is not None
    assert (gevonden.doel, gevonden.bezwaar) == ("ouders", "")

    activiteit_ = inloop(KOFFIE.format(start=MORGEN).replace("Regenboog", "De_Regenboog"))
    assert activiteit_.code == 2
    maak = KOFFIE.format(start=MORGEN).split()
    maak[maak.index("Regenboog")] = "De Regenboog"
    gemaakt = inloop("", *maak, "--capaciteit", "12", "--groep", "Vlinders")
    assert (gemaakt.code, gemaakt.uit[-1]) == (0, "1")
    verstuurd = inloop("activiteit versturen 1")
    assert (verstuurd.code, verstuurd.uit[-1]) == (0, "0")
    for soort in ("redenen", "presentie"):
        assert inloop(f"export {soort} --uit {soort}.csv").uit == [f"0 rijen in {soort}.csv"]
    assert Path("redenen.csv").read_bytes().startswith(b"\xef\xbb\xbfactiviteit;soort;datum;")


def test_versturen_telt(inloop: Inloop) -> None:
    db = Database(os.environ["INLOOP_DATABASE_URL"])
    inloop("migreer")
    s = Speler(db)
    s.ouder("Amal")
    s.ouder("Karim")
    db.sluit()
    maak = KOFFIE.format(start=MORGEN).split()
    maak[maak.index("Regenboog")] = "De Regenboog"
    assert inloop("", *maak, "--groep", "Vlinders").uit[-1] == "1"
    assert inloop("activiteit versturen 1 --voor vaders").uit[-1] == "0"
    assert inloop("activiteit versturen 1").uit[-1] == "2"
    nog = inloop("activiteit versturen 1")
    assert nog.uit[-2:] == ["2 ouder(s) waren al uitgenodigd", "0"]
    assert KANAAL not in " ".join(nog.uit)


def test_hints_staan_op_stderr(regenboog: Inloop) -> None:
    """Never a prohibition: the activity is made, its number stands on the last line."""
    maak = KOFFIE.format(start="2026-12-08T09:30").replace("--titel Koffie", "--titel Moederochtend")
    gedaan = regenboog(maak)
    assert (gedaan.code, gedaan.uit[-1]) == (0, "1")
    assert gedaan.fout == [
        "let op: “Moederochtend”. Schrijf liever: koffie voor ouders. Een vader leest: dit is niet voor mij.",
        "let op: Dit is minder dan 14 dagen van tevoren. Wie werkt, hoort het graag eerder.",
        "let op: Zeg erbij wat je van ouders vraagt. Bijvoorbeeld: je hoeft niets mee te nemen.",
    ]
    goed = regenboog(KOFFIE.format(start=MORGEN), "--gevraagd", "Kom maar kijken.", "--titel-vaders", "Samen bouwen")
    assert (goed.code, goed.uit[-1], goed.fout) == (0, "2", [])
    assert rijen(activiteit.c.gevraagd) == ["", "Kom maar kijken."]
    assert rijen(activiteit.c.titel_vaders) == ["", "Samen bouwen"]


def test_een_hint_over_de_tijd_telt_wie_er_dan_kan(inloop: Inloop) -> None:
    inloop("migreer")
    db = Database(os.environ["INLOOP_DATABASE_URL"])
    s = Speler(db)
    for nummer in range(5):
        s.ouder(f"Vader {nummer}")
    with db.transactie() as sessie:
        sessie.execute(ouder.update().values(rol="vader", dagdelen="avond"))
    db.sluit()
    maak = KOFFIE.format(start=MORGEN).split()
    maak[maak.index("Regenboog")] = "De Regenboog"
    gedaan = inloop("", *maak, "--gevraagd", "Kom maar kijken.")
    assert gedaan.fout == [
        "let op: Van de vaders in deze groep kan 0 van 5 op deze tijd. 's Avonds kunnen er 5.",
    ]


FOUT = {
    "geen locatie": ("team uitnodigen --rol medewerker --locatie Zon", "locatie 'Zon' is er niet"),
    "geen groep": ("ouders uitnodigen --locatie Regenboog --groep Beren", "groep 'Beren' is er niet"),
    "geen rol": ("team uitnodigen --locatie Regenboog --rol juf", "medewerker, coordinator, beheerder"),
    "al een locatie": ("locatie nieuw Regenboog", "is er al"),
    "met andere hoofdletters": ("locatie nieuw REGENBOOG", "is er al"),
    "een groep dubbel": ("locatie nieuw Zon --groep Kikkers --groep kikkers", "staat er twee keer"),
    "lege naam": ("locatie nieuw \u00a0", "leeg"),
    "een regio die er niet is": ("locatie nieuw Zon --regio west", "kies noord, midden, zuid"),
    "geen enkel bericht": ("locatie nieuw Zon --weekmaximum 0", "kies 1 tot 20"),
    "lange naam": (f"locatie nieuw {'x' * 201}", "201 tekens"),
    "lange groep": (f"locatie nieuw Zon --groep {'x' * 101}", "101 tekens"),
    "geen moment": (KOFFIE.format(start="morgen"), "schrijf het als 2026-12-08T09:30"),
    "geen dag": (KOFFIE.format(start="2027-02-30T09:30"), "geen moment"),
    "een halve tijd": (KOFFIE.format(start="2027-02-20"), "geen moment"),
    "het uur dat er niet is": (KOFFIE.format(start="2027-03-28T02:30"), "bestaat niet"),
    "in het verleden": (KOFFIE.format(start="2026-12-01T09:59"), "verleden"),
    "over zes jaar": (KOFFIE.format(start="2032-01-01T09:30"), "te ver weg"),
    "te kort": (KOFFIE.format(start="2027-06-08T09:30").replace("90", "4"), "--duur 4"),
    "te lang": (KOFFIE.format(start="2027-06-08T09:30").replace("90", "1441"), "--duur 1441"),
    "geen getal": (KOFFIE.format(start="2027-06-08T09:30").replace("90", "lang"), "'--duur' is geen heel getal"),
    "geen plaatsen": (KOFFIE.format(start="2027-06-08T09:30") + " --capaciteit 0", "--capaciteit 0"),
    "geen activiteit": ("activiteit versturen 99", "activiteit 99 is er niet"),
    "activiteit nul": ("activiteit versturen 0", "'nummer' is te klein; het minste is 1"),
    "voor niemand": ("activiteit versturen 1 --voor oma", "iedereen of vaders"),
    "geen formaat": ("export redenen --uit x.ods", "kies csv of xlsx"),
    "geen formaat gevraagd": ("export redenen --uit x.csv --formaat ods", "kies csv of xlsx"),
    "achterstevoren": ("export redenen --uit x.csv --van 2026-12-08 --tot 2026-12-07", "draai ze om"),
    "geen dag in de export": (
        "export redenen --uit x.csv --van 8-12-2026",
        "'8-12-2026' is geen dag; schrijf hem als 2026-12-08",
    ),
    "niets te schrijven": ("export redenen", "'--uit' ontbreekt"),
    "geen gesprek": ("teken praatje", "gesprek 'praatje' is er niet"),
    "geen kant": ("praat --als juf", "ouder of team"),
    "geen opdracht": ("dansen", "opdracht 'dansen' is er niet"),
    "geen optie": ("migreer --snel", "--snel is er niet"),
    "bijna een optie": ("export redenen --locatei Zon --uit x.csv", "bedoel je --locatie?"),
    "een naam zonder aanhalingstekens": ("locatie nieuw De Zon", "Zon hoort er niet bij"),
    "een optie zonder waarde": ("export redenen --uit", "na '--uit' hoort iets te staan"),
    "een vlag met waarde": ("demo --once=3", "na '--once' hoort niets te staan"),
    "geen poort": ("demo --port 99999", "het meeste is 65535"),
}


@pytest.mark.parametrize("naam", FOUT)
def test_verkeerde_invoer(regenboog: Inloop, naam: str) -> None:
    opdracht, waarom = FOUT[naam]
    gedaan = regenboog("", *opdracht.split(" "))
    assert gedaan.code == 2
    assert len(gedaan.fout) == 1
    assert gedaan.fout[0].startswith("inloop: ")
    assert waarom in gedaan.fout[0]
    assert rijen(locatie.c.naam) == ["Regenboog"], "er is niets bij gekomen"
    assert rijen(activiteit.c.id) == rijen(startcode.c.hash) == []


@pytest.mark.parametrize(
    ("waarde", "naam"),
    [
        ("mysql://x", "INLOOP_DATABASE_URL"),
        ("geen adres", "INLOOP_DATABASE_URL"),
        ("sqlite://", "in het geheugen"),
        ("sqlite:///:memory:", "in het geheugen"),
        ("postgresql://niemand@127.0.0.1:1/x", "niet bereikbaar"),
        ("sqlite:////dit/pad/is/er/niet/a.db", "niet bereikbaar"),
    ],
)
def test_een_database_die_er_niet_is(inloop: Inloop, monkeypatch: pytest.MonkeyPatch, waarde: str, naam: str) -> None:
    monkeypatch.setenv("INLOOP_DATABASE_URL", waarde)
    gedaan = inloop("migreer")
    assert gedaan.code == (1 if naam == "niet bereikbaar" else 2)
    assert len(gedaan.fout) == 1
    assert naam in gedaan.fout[0]
    with pytest.raises(StartFout, match=naam):
        asyncio.run(draai(instellingen(), print))


def test_een_database_die_alleen_gelezen_mag_worden(
    regenboog: Inloop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INLOOP_DATABASE_URL", f"sqlite:///file:{tmp_path}/opdrachten.db?mode=ro&uri=true")
    with pytest.raises(StartFout, match="geschreven"):
        asyncio.run(draai(instellingen(), print))


@pytest.mark.parametrize(
    ("variabele", "waarde"),
    [("WEB_PORT", "poort"), ("WEB_PORT", "70000"), ("LOG", "xml"), ("TELEGRAM_LIBRARY", "telethon"),
     ("TELEGRAM_API", "ftp://x"), ("TELEGRAM_TEMPO", "0")],
)  # fmt: skip
def test_een_verkeerde_instelling(inloop: Inloop, monkeypatch: pytest.MonkeyPatch, variabele: str, waarde: str) -> None:
    monkeypatch.setenv(f"INLOOP_{variabele}", waarde)
    gedaan = inloop("migreer")
    assert gedaan.code == 2
    assert len(gedaan.fout) == 1
    assert f"INLOOP_{variabele}" in gedaan.fout[0]


def test_dezelfde_groep_twee_keer(regenboog: Inloop) -> None:
    gedaan = regenboog(KOFFIE.format(start=MORGEN) + " --groep Vlinders --groep vlinders")
    assert (gedaan.code, gedaan.uit[-1]) == (0, "1")


@pytest.mark.parametrize("opdracht", ["", "locatie", "team", "ouders", "activiteit", "export"])
def test_zonder_opdracht_komt_er_hulp(inloop: Inloop, opdracht: str) -> None:
    gedaan = inloop(opdracht)
    assert gedaan.code == 2
    assert "Usage" in "\n".join([*gedaan.uit, *gedaan.fout])


@pytest.mark.parametrize(
    "opdracht",
    [
        "", "demo", "run", "praat", "migreer", "locatie nieuw", "team uitnodigen", "ouders uitnodigen",
        "activiteit nieuw", "activiteit versturen", "export redenen", "export presentie", "teken", "controleer",
        "bench",
    ],
)  # fmt: skip
def test_elke_opdracht_heeft_hulp(inloop: Inloop, opdracht: str) -> None:
    gedaan = inloop(opdracht, "--help")
    assert (gedaan.code, gedaan.fout) == (0, [])
    assert "--help" in "\n".join(gedaan.uit)


@pytest.mark.parametrize(
    ("tekst", "utc"),
    [
        ("2026-12-08T09:30", "2026-12-08T08:30"),
        ("2027-06-08T09:30", "2027-06-08T07:30"),
        ("2027-03-28T01:59", "2027-03-28T00:59"),
        ("2027-03-28T03:00", "2027-03-28T01:00"),
        ("2026-10-25T02:30", "2026-10-25T00:30"),  # comes twice: the first
        ("2026-10-25T03:00", "2026-10-25T02:00"),
    ],
)
@pytest.mark.usefixtures("inloop")
def test_hoe_laat_het_is(tekst: str, utc: str) -> None:
    assert lees_begin(tekst, AMS) == datetime.fromisoformat(f"{utc}:00Z")


@pytest.mark.parametrize("tekst", ["2027-03-28T02:00", "2027-03-28T02:30", "2027-03-28T02:59"])
@pytest.mark.usefixtures("inloop")
def test_een_tijd_die_er_niet_is(tekst: str) -> None:
    with pytest.raises(Fout, match="de klok gaat die nacht een uur vooruit"):
        lees_begin(tekst, AMS)


def test_de_export_in_beide_vormen(regenboog: Inloop) -> None:
    assert regenboog("export presentie --uit a.xlsx --locatie regenboog").code == 0
    assert Path("a.xlsx").read_bytes().startswith(b"PK")
    assert regenboog("export presentie --uit zonder_naam --van 2026-12-01 --tot 2026-12-01").code == 0
    assert Path("zonder_naam").read_bytes().startswith(b"\xef\xbb\xbf")
    assert regenboog("export redenen --uit b.csv --formaat xlsx").code == 0
    assert Path("b.csv").read_bytes().startswith(b"PK")
    assert rijen(audit.c.wat).count("export") == 3


def test_een_plek_waar_niet_geschreven_kan_worden(regenboog: Inloop) -> None:
    gedaan = regenboog("export redenen --uit weg/er/niet.csv")
    assert (gedaan.code, len(gedaan.fout)) == (2, 1)
    assert "kies een andere plek" in gedaan.fout[0]
    gedaan = regenboog("ouders uitnodigen --locatie Regenboog --groep Vlinders --qr weg/qr.png")
    assert (gedaan.code, len(gedaan.fout)) == (2, 1)
    assert rijen(startcode.c.hash) == [], "zonder QR-code is er ook geen link"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="een volle schijf is er alleen op Linux")
@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_een_volle_schijf(regenboog: Inloop, vorm: str) -> None:
    gedaan = regenboog(f"export redenen --uit /dev/full --formaat {vorm}")
    assert (gedaan.code, len(gedaan.fout)) == (1, 1)
    assert "maak ruimte" in gedaan.fout[0]


def test_tekenen(inloop: Inloop) -> None:
    alles = inloop("teken")
    assert alles.code == 0
    assert sum(regel == "flowchart TD" for regel in alles.uit) == len(FLOWS)
    assert inloop("teken menu").uit[0] == "%% menu"


def test_controleren(inloop: Inloop, monkeypatch: pytest.MonkeyPatch) -> None:
    goed = inloop("controleer")
    assert (goed.code, goed.uit[-1], goed.fout) == (0, "in orde", [])
    assert any(regel.startswith("nl ") and regel.endswith("Nederlands") for regel in goed.uit)

    def kapot(taal: str) -> dict[str, teksten.Blok]:
        eigen = dict(teksten.catalogus(taal))
        if taal == "tr":
            slecht = {"knop.ja": "✅ veel te lang voor een knop", "vraag.haast": "Ara {telefon}", "weg.sleutel": "x"}
            slecht |= {"kennismaken.welkom": "{naam"}
            eigen |= {sleutel: teksten.Blok(sleutel, (tekst,), merk="machine") for sleutel, tekst in slecht.items()}
        return eigen

    monkeypatch.setattr(controleren, "catalogus", kapot)
    fout = inloop("controleer")
    assert fout.code == 1
    assert fout.fout[-1] == "inloop: 4 fout(en) in gesprekken of teksten"
    assert [regel.split(":")[0] for regel in fout.fout[:-1]] == ["tr"] * 4


# The QR code


def _punten(png: bytes) -> list[list[int]]:
    """The pixels of a grey or one-bit PNG, 1 for dark."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    plaats, breed, hoog, diepte, soort, ruw = 8, 0, 0, 0, 0, b""
    while plaats < len(png):
        lengte, naam = struct.unpack(">I4s", png[plaats : plaats + 8])
        inhoud = png[plaats + 8 : plaats + 8 + lengte]
        assert zlib.crc32(naam + inhoud) == struct.unpack(">I", png[plaats + 8 + lengte : plaats + 12 + lengte])[0]
        if naam == b"IHDR":
            breed, hoog, diepte, soort = struct.unpack(">IIBB", inhoud[:10])
        if naam == b"IDAT":
            ruw += inhoud
        plaats += 12 + lengte
    assert (diepte, soort) == (1, 0), "een bit per punt, zwart en wit"
    regel = 1 + (breed + 7) // 8
    beeld, vorige = zlib.decompress(ruw), bytes(regel - 1)
    punten = []
    for y in range(hoog):
        filter_, *rij = beeld[y * regel : (y + 1) * regel]
        assert filter_ in (0, 2), "geen filter, of het verschil met de regel erboven"
        vorige = bytes((nu + boven) % 256 for nu, boven in zip(rij, vorige, strict=True)) if filter_ else bytes(rij)
        punten.append([1 - (vorige[x // 8] >> (7 - x % 8) & 1) for x in range(breed)])
    return punten


def _matrix(punten: list[list[int]], schaal: int = 12, rand: int = 4) -> tuple[tuple[int, ...], ...]:
    """The modules within the border; every module is one colour all over."""
    kant = len(punten) // schaal - 2 * rand
    for y, rij in enumerate(punten):
        assert rij == [punten[y // schaal * schaal][x // schaal * schaal] for x in range(len(rij))]
    midden = range(rand * schaal, (rand + kant) * schaal, schaal)
    return tuple(tuple(punten[y][x] for x in midden) for y in midden)


def test_de_qr_code_is_de_link(regenboog: Inloop, tmp_path: Path) -> None:
    gedaan = regenboog("ouders uitnodigen --locatie Regenboog --groep Vlinders --qr qr.png")
    assert gedaan.code == 0
    link = next(regel.split()[-1] for regel in gedaan.uit if "/chat/" in regel)
    assert link.rpartition("/")[2] == gedaan.uit[-1].rpartition("=")[2], "dezelfde code"
    gelezen = _matrix(_punten((tmp_path / "qr.png").read_bytes()))
    verwacht = tuple(tuple(rij) for rij in segno.make(link, error="m", micro=False).matrix)
    assert gelezen == verwacht


async def test_met_een_token_is_het_de_link_van_de_bot(inloop: Inloop, tmp_path: Path) -> None:
    """Asked of Telegram itself; a token that is refused makes no code at all."""
    assert inloop("locatie nieuw Regenboog --groep Vlinders").code == 0
    async with BotApi() as api:
        goed, fout = await asyncio.gather(_apart(tmp_path, api.url, TOKEN), _apart(tmp_path, api.url, "1:verkeerd"))
    assert goed.code == 0, goed.fout
    link = goed.uit[-1]
    assert re.fullmatch(r"https://t\.me/[A-Za-z]\w{4,}\?start=[A-Za-z0-9_-]{22,64}", link)
    assert not any("/chat/" in regel for regel in goed.uit)
    gelezen = _matrix(_punten((tmp_path / "qr.png").read_bytes()))
    assert gelezen == tuple(tuple(rij) for rij in segno.make(link, error="m", micro=False).matrix)
    assert fout.code != 0
    assert len(fout.fout) == 1
    assert "verkeerd" not in fout.fout[0]
    assert len(rijen(startcode.c.hash)) == 1


async def _apart(hier: Path, api: str, token: str) -> Gedaan:
    """``ouders uitnodigen`` as a process of its own."""
    omgeving = os.environ | {"INLOOP_TELEGRAM_API": api, "INLOOP_TELEGRAM_TOKEN": token}
    omgeving["PYTHONPATH"] = str(Path(__file__).parents[2])
    opdracht = ["ouders", "uitnodigen", "--locatie", "Regenboog", "--groep", "Vlinders", "--qr", "qr.png"]
    proces = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *opdracht, cwd=hier, env=omgeving, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    uit, fout = await proces.communicate()
    assert proces.returncode is not None
    return Gedaan(proces.returncode, uit.decode().splitlines(), fout.decode().splitlines())


def test_niemand_is_binnen_voor_de_link_geopend_is(regenboog: Inloop) -> None:
    regenboog("team uitnodigen --locatie Regenboog --rol beheerder")
    assert rijen(medewerker.c.id) == []
    assert len(rijen(startcode.c.hash)) == 1


# How a location works


def test_de_begripsvraag_van_een_locatie(inloop: Inloop) -> None:
    assert inloop("locatie nieuw", "De Zon").code == 0
    for optie, staat in (((), "uit"), (("--begripsvraag",), "aan"), ((), "aan"), (("--geen-begripsvraag",), "uit")):
        gedaan = inloop("locatie instellen", "de zon", *optie)
        assert (gedaan.code, gedaan.uit[-1].strip()) == (0, f"begripsvraag {staat}")
    weg = inloop("locatie instellen", "De Maan", "--begripsvraag")
    assert (weg.code, len(weg.fout)) == (2, 1)
    assert "'De Maan' is er niet" in weg.fout[0]
