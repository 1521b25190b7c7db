"""A colleague speaks a text in the chat: fetched, checked, listened back to, approved, replaced; and who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.diensten import geluid
from bot.diensten.geluid import GeenGeluid, Noot
from bot.diensten.spraak import SpraakStoring
from bot.kanalen.basis import Geweigerd, Tijdelijk
from bot.opnemen import Opnemer
from dialogen.basis import Soort
from dialogen.opnames import VAST, in_te_spreken
from opslag import gesprekken, opnames, tipwerk
from opslag.database import Database
from opslag.gesprekken import Sleutel
from opslag.opruimen import ruim_op
from opslag.tabellen import bijlage, medewerker, opname
from tests.bot.diensten.klank import noot, stilte
from tests.echt.binnen import NepKanaal
from tests.speler import KANAAL, Persoon, Speler


class MetStem(NepKanaal):
    """A channel that keeps what was spoken: ``stemmen`` by file id."""

    naam = KANAAL
    account = KANAAL

    def __init__(self, stemmen: dict[str, bytes | Tijdelijk | Geweigerd]) -> None:
        super().__init__()
        self.stemmen = stemmen

    async def haal(self, media: str) -> bytes | Tijdelijk | Geweigerd:
        """The bytes, or what the platform says instead."""
        return self.stemmen[media]


def keur(inhoud: bytes, hoogstens: float) -> Noot:
    """As the child process does, but here."""
    return geluid.maak_noot(inhoud, hoogstens)


def neemt_op(
    wie: Persoon, taal: str = "Türkçe", tekst: str = "Goed", media: str = "stem-1", door: str = "Ik zelf"
) -> None:
    """From the menu to the voice note."""
    wie.zegt("menu")
    wie.tikt("Inspreken")
    wie.tikt("Een vaste tekst")
    wie.tikt(tekst)
    wie.tikt(taal)
    if door == "Ik zelf":
        wie.tikt(door)
    else:
        wie.zegt(door)
    wie.spreekt(media)


async def haal(s: Speler, stem: bytes | Tijdelijk | Geweigerd, doe: Callable[[bytes, float], Noot] = keur) -> None:
    """The loop looks once, and what comes of it is brought."""
    opnemer = Opnemer(s.db, [MetStem({"stem-1": stem, "stem-2": stem})], doe, lambda: s.nu)
    await opnemer.ronde()
    s.bezorg()


def rijen(s: Speler) -> list[Any]:
    """Every recording."""
    return s.rijen(sa.select(opname).order_by(opname.c.id))


async def test_van_menu_tot_goed(db: Database) -> None:
    s = Speler(db)
    noor = s.collega("Noor")
    neemt_op(noor)
    assert "luister of het goed is" in noor.laatste.tekst
    await haal(s, noot(2.0))
    assert "ingesproken door Noor, 2 seconden" in noor.laatste.tekst
    assert noor.laatste.labels == ["✅ Goed", "🔁 Opnieuw", "🚫 Weg"]
    (rij,) = rijen(s)
    assert (rij.wat, rij.taal, rij.status, rij.spreker) == ("algemeen.goed", "tr", "nieuw", "Noor")
    assert rij.media == ""
    inhoud = s.rijen(sa.select(bijlage.c.inhoud).where(bijlage.c.hash == rij.bijlage))[0][0]
    feiten = geluid.keur(bytes(inhoud))
    assert (feiten.codec, feiten.hertz, feiten.kanalen) == ("opus", 48_000, 1)
    noor.tikt("Goed", bij="ingesproken")
    assert "horen ouders deze stem" in noor.laatste.tekst
    assert rijen(s)[0].status == "goed"


async def test_een_tweede_collega_keurt_goed(db: Database) -> None:
    s = Speler(db)
    noor, bas = s.collega("Noor"), s.collega("Bas")
    neemt_op(noor, door="Oma Emine")
    await haal(s, noot(1.0))
    bas.zegt("menu")
    bas.tikt("Inspreken")
    bas.tikt("Wat er al is")
    bas.tikt("🆕 Türkçe")
    assert "Oma Emine" in bas.laatste.tekst
    bas.tikt("✅ Goed")
    assert [(r.status, r.spreker) for r in rijen(s)] == [("goed", "Oma Emine")]


async def test_opnieuw_en_weg(db: Database) -> None:
    s = Speler(db)
    noor = s.collega("Noor")
    neemt_op(noor)
    await haal(s, noot(1.0))
    noor.tikt("Opnieuw")
    assert "Stuur nu een spraakbericht" in noor.laatste.tekst
    noor.spreekt("stem-2")
    await haal(s, noot(1.5))
    noor.tikt("Weg")
    assert [r.status for r in rijen(s)] == ["afgekeurd", "afgekeurd"]


async def test_wat_weg_is_of_vervangen_wordt_niet_bewaard(db: Database) -> None:
    s = Speler(db)
    noor = s.collega("Noor")
    for seconden, wordt in ((1.0, "Goed"), (1.5, "Goed"), (0.8, "Weg")):
        neemt_op(noor)
        await haal(s, noot(seconden))
        noor.tikt(wordt, bij="ingesproken")
    assert [r.status for r in rijen(s)] == ["vervangen", "goed", "afgekeurd"]
    with db.transactie() as sessie:
        for _ in range(2):
            ruim_op(sessie, s.nu + timedelta(days=2))
    assert [r.status for r in rijen(s)] == ["goed"]
    assert [r.hash for r in s.rijen(sa.select(bijlage.c.hash))] == [rijen(s)[0].bijlage]


async def test_een_nieuwe_van_dezelfde_stem_vervangt_de_oude(db: Database) -> None:
    s = Speler(db)
    noor = s.collega("Noor")
    for seconden in (1.0, 1.5):
        neemt_op(noor)
        await haal(s, noot(seconden))
        noor.tikt("✅ Goed", bij="ingesproken")
    neemt_op(noor, door="Oma Emine")
    await haal(s, noot(0.8))
    noor.tikt("✅ Goed", bij="Oma")
    assert [r.status for r in rijen(s)] == ["vervangen", "goed", "goed"]


@pytest.mark.parametrize(
    ("stem", "zegt"),
    [
        (stilte(3.0), "Ik hoor niets"),
        (b"", "te kort"),
        (noot(0.1), "te kort"),
        (b"\xff\xd8 een foto", "geen spraakbericht"),
        (noot(1.0)[:130] + bytes(range(256)) * 20, "geen spraakbericht"),
        (b"x" * (geluid.GROOTST + 1), "te lang"),
        (Geweigerd("te_lang"), "te lang"),
        (Geweigerd("file not found"), "niet ophalen"),
    ],
)
async def test_wat_geen_opname_is_wordt_gezegd_en_niet_bewaard(
    db: Database, stem: bytes | Geweigerd, zegt: str
) -> None:
    s = Speler(db)
    noor = s.collega("Noor")
    neemt_op(noor)
    await haal(s, stem)
    assert zegt in noor.laatste.tekst
    assert rijen(s) == []
    assert s.rijen(sa.select(bijlage.c.hash)) == []


async def test_vijf_minuten_is_te_lang(db: Database) -> None:
    s = Speler(db)
    noor = s.collega("Noor")
    neemt_op(noor)

    def lang(_inhoud: bytes, hoogstens: float) -> Noot:
        assert hoogstens == 180
        raise GeenGeluid("lang")

    await haal(s, noot(1.0), lang)
    assert "Hooguit 3 minuten" in noor.laatste.tekst


async def test_een_platform_dat_hapert_wordt_opnieuw_geprobeerd(db: Database) -> None:
    s = Speler(db)
    noor = s.collega("Noor")
    neemt_op(noor)
    laatste = noor.laatste
    await haal(s, Tijdelijk())
    assert noor.laatste == laatste
    s.zet_klok("09:10")
    await haal(s, noot(1.0))
    assert "1 seconden" in noor.laatste.tekst


async def test_na_vijf_keer_is_het_genoeg(db: Database) -> None:
    s = Speler(db)
    noor = s.collega("Noor")
    neemt_op(noor)

    def kapot(_inhoud: bytes, _hoogstens: float) -> Noot:
        raise SpraakStoring("kapot")

    for keer in range(opnames.POGINGEN):
        s.zet_klok(f"09:{keer + 10}")
        await haal(s, noot(1.0), kapot)
    assert "niet ophalen" in noor.laatste.tekst
    assert rijen(s) == []


async def test_van_wie_het_is(db: Database) -> None:
    """A colleague of another location does not judge it, and one who left neither."""
    s = Speler(db)
    noor, bea, weg = s.collega("Noor"), s.collega("Bea", code="elders"), s.collega("Weg")
    neemt_op(noor)
    await haal(s, noot(1.0))
    nummer = rijen(s)[0].id
    bea.drukt(f"inspreken.keur:goed:{nummer}")
    s.stuur_weg(weg)
    weg.drukt(f"inspreken.keur:goed:{nummer}")
    s.ouder("Karim").drukt(f"inspreken.keur:goed:{nummer}")
    assert rijen(s)[0].status == "nieuw"
    noor.tikt("✅ Goed")
    assert rijen(s)[0].status == "goed"


async def test_voor_wie_het_is(db: Database) -> None:
    """A beheerder speaks for all locations, but where the location's own name is said; another for the own one."""
    s = Speler(db)
    beheer, noor = s.collega("Beheer", "beheerder"), s.collega("Noor")
    for wie, tekst in ((beheer, "Goed"), (beheer, "Hallo"), (noor, "Goed")):
        neemt_op(wie, tekst=tekst)
    assert [r.locatie_id for r in rijen(s)] == [None, s.locatie, s.locatie]


async def test_van_een_activiteit_en_een_ander_plan(db: Database) -> None:
    s = Speler(db)
    noor = s.collega("Noor")
    nummer = s.activiteit("Koffie", "dinsdag 8 december 2026 09:30", stil=True)
    noor.zegt("menu")
    noor.tikt("Inspreken")
    noor.tikt("Een activiteit")
    noor.tikt("Koffie")
    noor.tikt("Tarifit")
    noor.tikt("Ik zelf")
    assert "Koffie, de ouderkamer" in noor.laatste.tekst
    noor.doet(Soort.SPRAAK, "stem-1")
    await haal(s, noot(1.0))
    noor.tikt("✅ Goed")
    assert [(r.wat, r.taal, r.status) for r in rijen(s)] == [(f"activiteit:{nummer}", "rif", "goed")]
    with db.transactie() as sessie:
        opnames.vergeet_van(sessie, nummer)
    assert rijen(s)[0].status == "vervangen"


async def test_een_account_dat_er_niet_meer_is_houdt_niemand_op(db: Database) -> None:
    s = Speler(db)
    noor = s.collega("Noor")
    with db.transactie() as sessie:
        weg = gesprekken.neem(sessie, Sleutel("telegram", "oude bot", "77"), s.nu)
        nummer = sessie.scalar(sa.select(medewerker.c.id))
        assert nummer is not None
        for media in map(str, range(10)):
            opnames.vraag_aan(sessie, nummer, weg.nummer, "algemeen.goed", "tr", "", media, s.nu)
    neemt_op(noor)
    await haal(s, noot(1.0))
    assert "ingesproken door Noor" in noor.laatste.tekst


@pytest.mark.parametrize(
    ("knop", "wat", "leest"),
    [("Thema", "tip.thema.zonder", "groep"), ("Zoek samen de maan", "tip.eigen:1", "Zoek samen de maan.")],
)
async def test_elke_tip_is_in_te_spreken(db: Database, knop: str, wat: str, leest: str) -> None:
    """Also the one about the theme, without naming one, and the location's own."""
    s = Speler(db)
    noor, bea = s.collega("Noor"), s.collega("Bea", code="elders")
    with db.transactie() as sessie:
        wie = sessie.scalars(sa.select(medewerker.c.id).order_by(medewerker.c.id)).all()
        assert tipwerk.voeg_toe(sessie, wie[0], s.locatie, 1, "Zoek samen de maan.", s.nu) == 1
        assert (
            opnames.vraag_aan(sessie, wie[1], 1, "tip.eigen:1", "tr", "", "stem", s.nu) is None
        )  # of another location
    bea.zegt("menu")
    bea.tikt("Inspreken")
    bea.tikt("Een tip")
    assert not any("maan" in label for label in bea.laatste.labels)
    noor.zegt("menu")
    noor.tikt("Inspreken")
    noor.tikt("Een tip")
    noor.tikt(knop)
    noor.tikt("Nederlands")
    noor.tikt("Ik zelf")
    assert leest in noor.laatste.tekst
    noor.spreekt("stem-1")
    await haal(s, noot(1.0))
    noor.tikt("✅ Goed", bij="ingesproken")
    assert [(r.wat, r.locatie_id, r.status) for r in rijen(s)] == [(wat, s.locatie, "goed")]


def test_wat_op_de_lijst_staat_is_in_te_spreken() -> None:
    assert [sleutel for sleutel in VAST if not in_te_spreken(sleutel)] == []


async def test_wat_voor_iedereen_is_keurt_alleen_een_beheerder(db: Database) -> None:
    s = Speler(db)
    beheer, noor = s.collega("Beheer", "beheerder"), s.collega("Noor")
    neemt_op(beheer)
    await haal(s, noot(1.0))
    beheer.tikt("✅ Goed")
    noor.zegt("menu")
    noor.tikt("Inspreken")
    noor.tikt("Wat er al is")
    noor.tikt("✅ Türkçe")
    assert noor.laatste.labels == ["↩️ Terug"]
    noor.drukt(f"inspreken.keur:weg:{rijen(s)[0].id}")
    assert "Weg" not in noor.laatste.tekst
    assert rijen(s)[0].status == "goed"


def test_wie_er_niet_werkt_neemt_niets_op(db: Database) -> None:
    s = Speler(db)
    noor = s.collega("Noor")
    with db.transactie() as sessie:
        nummer = sessie.scalar(sa.select(medewerker.c.id))
        assert nummer is not None
        vraag = (nummer, 1, "algemeen.goed", "tr", "", "stem", s.nu)
        assert opnames.vraag_aan(sessie, nummer, 1, "uitnodiging.kom", "tr", "", "stem", s.nu) is None  # changes daily
        assert opnames.vraag_aan(sessie, nummer, 1, "algemeen.goed", "xx", "", "stem", s.nu) is None
        assert opnames.vraag_aan(sessie, nummer, 1, "activiteit:99", "tr", "", "stem", s.nu) is None
        assert opnames.vraag_aan(sessie, *vraag) is not None
        sessie.execute(medewerker.update().values(actief=False))
        assert opnames.vraag_aan(sessie, *vraag) is None
    assert noor.naam == "Noor"
