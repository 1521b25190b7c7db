"""The weekly round: who gets what and when, once; and what goes on when somebody stops, pauses or is erased."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.planning import tik
from dialogen.basis import Tekst
from dialogen.tips import TIPS
from opslag import ouders, te_vertalen, tipmomenten, tipronde, tipwerk
from opslag.database import Database
from opslag.opruimen import ruim_op
from opslag.tabellen import groep, locatie, medewerker, ouder, postvak_uit, tip_gegeven, verzending
from tests.speler import Persoon, Speler, moment

STIL = ("20:00", "08:00", "Europe/Amsterdam")


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db, "dinsdag 1 december 2026 09:40")


def gehad(s: Speler, wie: Persoon | None = None) -> list[str]:
    vraag = sa.select(tip_gegeven.c.tip).order_by(tip_gegeven.c.id)
    if wie is not None:
        vraag = vraag.where(tip_gegeven.c.ouder_id == s.ouder_id(wie))
    return [rij.tip for rij in s.rijen(vraag)]


def om(s: Speler, wanneer: str) -> None:
    s.zet_klok(wanneer)
    s.tik()


@pytest.mark.parametrize(
    ("dagdelen", "vanaf", "verwacht"),
    [
        ("ochtend", "dinsdag 1 december 2026 09:00", "dinsdag 1 december 2026 09:00"),
        ("ochtend", "dinsdag 1 december 2026 09:01", "woensdag 2 december 2026 09:00"),
        ("", "vrijdag 4 december 2026 16:00", "maandag 7 december 2026 15:00"),
        ("weekend", "maandag 7 december 2026 16:00", "zaterdag 12 december 2026 10:00"),
        ("avond,ochtend", "vrijdag 4 december 2026 16:00", "vrijdag 4 december 2026 18:30"),
        ("ochtend", "zaterdag 27 maart 2027 12:00", "maandag 29 maart 2027 09:00"),
    ],
)
def test_een_moment_dat_past(dagdelen: str, vanaf: str, verwacht: str) -> None:
    assert tipmomenten.volgende(moment(vanaf), dagdelen, *STIL) == moment(verwacht)


def test_wie_alleen_kan_als_het_stil_is_krijgt_hem_daarna() -> None:
    op = tipmomenten.volgende(moment("dinsdag 1 december 2026 12:00"), "avond", "17:00", "08:00", STIL[2])
    assert op == moment("woensdag 2 december 2026 08:00")
    assert tipmomenten.past(op, "avond", "17:00", "08:00", STIL[2])


def test_een_proces_dat_weg_was_haalt_niet_in(s: Speler) -> None:
    amal = s.ouder("Amal")
    s.wil_tips(amal, frozenset({"ochtend"}))
    om(s, "woensdag 23 december 2026 03:00")
    assert gehad(s) == [], "niet midden in de nacht"
    om(s, "woensdag 23 december 2026 09:10")
    assert gehad(s) == ["kijk_mee"]
    om(s, "woensdag 30 december 2026 09:05")
    assert gehad(s) == ["kijk_mee", "samen_koken"]


def test_te_laat_op_de_dag_wacht_op_het_volgende_moment(s: Speler) -> None:
    amal = s.ouder("Amal")
    s.wil_tips(amal, frozenset({"ochtend"}))
    om(s, "woensdag 2 december 2026 14:00")
    assert gehad(s) == []
    om(s, "donderdag 3 december 2026 09:00")
    assert gehad(s) == ["kijk_mee"]


async def test_twee_processen_tegelijk(database_url: str, db: Database) -> None:
    s = Speler(db, "dinsdag 1 december 2026 09:40")
    mensen = [s.ouder(f"Ouder {n}") for n in range(4)]
    for wie in mensen:
        s.wil_tips(wie)
    s.nu = moment("woensdag 2 december 2026 15:00")
    ander = Database(database_url)
    try:
        await asyncio.gather(*(tik(een, lambda: s.nu, lambda: None) for een in (db, ander)))
    finally:
        ander.sluit()
    assert gehad(s) == ["kijk_mee"] * 4
    assert [z.aantal for z in s.rijen(sa.select(verzending).where(verzending.c.soort == "tip"))] == [4]


def test_pauze_stop_en_uitgeschreven(s: Speler, db: Database) -> None:
    amal, karim, ewa = (s.ouder(naam) for naam in ("Amal", "Karim", "Ewa"))
    for wie in (amal, karim, ewa):
        s.wil_tips(wie)
    amal.zegt("stop")
    amal.tikt("Even pauze")
    karim.zegt("stop")
    with db.transactie() as sessie:
        sessie.execute(
            sa.text("UPDATE gezin SET uitgeschreven = '2026-12-01' WHERE id = :g"), {"g": s.gezin_van("Ewa")}
        )
    om(s, "woensdag 2 december 2026 15:00")
    assert gehad(s) == []
    om(s, "woensdag 30 december 2026 15:00")
    assert (gehad(s, amal), gehad(s, karim), gehad(s, ewa)) == (["kijk_mee"], [], [])
    karim.zegt("menu")
    karim.tikt("Weer berichten")
    om(s, "donderdag 31 december 2026 09:00")
    om(s, "donderdag 31 december 2026 15:00")
    om(s, "vrijdag 1 januari 2027 15:00")
    assert gehad(s, karim) == ["kijk_mee"]


def test_wie_geen_tips_meer_wil_krijgt_ook_niet_wat_klaarlag(s: Speler, db: Database) -> None:
    amal = s.ouder("Amal")
    s.wil_tips(amal)
    with db.transactie() as sessie:
        sessie.execute(locatie.update().values(weekmaximum=0))
    om(s, "woensdag 2 december 2026 15:00")
    amal.drukt("instellingen.wat:tips")
    amal.tikt("Nee")
    assert [r.reden for r in s.rijen(sa.select(postvak_uit).where(postvak_uit.c.verzending_id.is_not(None)))] == [
        "tips uit"
    ]
    om(s, "vrijdag 4 december 2026 15:30")
    assert not any("Gelukt" in b.tekst for b in amal.scherm)


def test_een_tip_binnen_het_weekmaximum_wordt_later_gevraagd(s: Speler, db: Database) -> None:
    amal = s.ouder("Amal")
    s.wil_tips(amal)
    with db.transactie() as sessie:
        sessie.execute(locatie.update().values(weekmaximum=1))
    s.activiteit("Koffie", "dinsdag 15 december 2026 09:30")
    om(s, "woensdag 2 december 2026 15:00")
    assert "Koffie" in amal.laatste.tekst, "de tip wacht zijn beurt af"
    om(s, "vrijdag 4 december 2026 15:30")
    assert not any("Gelukt" in b.tekst for b in amal.scherm)


def test_alles_gehad_binnen_een_jaar(s: Speler, db: Database) -> None:
    """None comes twice within a year, unless it is asked for; a new one of the location comes at once."""
    amal = s.ouder("Amal")
    s.collega("Noor")
    s.wil_tips(amal)
    nummer = s.ouder_id(amal)
    toen = s.nu - timedelta(days=100)
    rij = {"ouder_id": nummer, "locatie_id": s.locatie, "stap": 1, "gegeven": toen}
    with db.transactie() as sessie:
        sessie.execute(tip_gegeven.insert(), [rij | {"tip": code} for code in TIPS])
    om(s, "woensdag 2 december 2026 15:00")
    assert len(gehad(s)) == 24
    op = s.rijen(sa.select(ouder.c.tip_op))[0].tip_op
    assert timedelta(0) <= op - (toen + timedelta(days=365)) < timedelta(days=4)
    amal.zegt("tip")
    assert gehad(s)[-1] == "kijk_mee"
    with db.transactie() as sessie:
        wie = sessie.scalars(sa.select(medewerker.c.id)).one()
        assert tipwerk.voeg_toe(sessie, wie, s.locatie, 2, "Zoek samen de maan.", s.nu)
        assert tipwerk.alle(sessie, wie)[-1] == ("tip.eigen:1", Tekst("tip.eigen", {"tip": "Zoek samen de maan."}))
    s.tik()
    om(s, "donderdag 3 december 2026 15:00")
    assert gehad(s)[-1] == "eigen:1"


def test_wie_gewist_is_telt_zonder_naam(s: Speler, db: Database) -> None:
    amal = s.ouder("Amal")
    amal.zegt("tip")
    nummer = s.ouder_id(amal)
    assert nummer is not None
    with db.transactie() as sessie:
        ouders.wis(sessie, nummer)
    assert [(t.ouder_id, t.tip, t.vraag_op) for t in s.rijen(sa.select(tip_gegeven))] == [(None, "kijk_mee", None)]


def test_namen_gaan_na_een_schooljaar_maar_niet_binnen_een_jaar(s: Speler, db: Database) -> None:
    amal = s.ouder("Amal")
    rij = {"ouder_id": s.ouder_id(amal), "locatie_id": s.locatie, "stap": 1, "tip": "kijk_mee"}
    dagen = (datetime(2026, 7, 1, tzinfo=UTC), datetime(2025, 11, 5, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC))
    with db.transactie() as sessie:
        sessie.execute(tip_gegeven.insert(), [rij | {"gegeven": dag} for dag in dagen])
        ruim_op(sessie, datetime(2026, 12, 1, tzinfo=UTC))
    assert [t.ouder_id is None for t in s.rijen(sa.select(tip_gegeven).order_by(tip_gegeven.c.id))] == [
        False,
        True,
        False,
    ]


def test_een_collega_van_elders(s: Speler, db: Database) -> None:
    amal, _bea = s.ouder("Amal"), s.collega("Bea", code="elders")
    amal.zegt("tip")
    gegeven = s.rijen(sa.select(tip_gegeven.c.id))[0].id
    with db.transactie() as sessie:
        wie = sessie.scalars(sa.select(medewerker.c.id)).one()
        assert tipwerk.voeg_toe(sessie, wie, s.locatie, 1, "Van elders", s.nu) is None
        assert not tipwerk.zet_verteld(sessie, wie, gegeven, True, s.nu)
        assert not tipwerk.zet_thema(sessie, wie, 1, "x", s.nu)
        assert tipwerk.voor_collega(sessie, wie, s.nu).vertellers == ()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_wie_aan_de_beurt_is_gaat_via_de_index(db: Database) -> None:
    """On SQLite: the plan of PostgreSQL depends on how much there is."""
    with db.lezend() as sessie:
        vraag = tipronde._wie_is_er().compile(sessie.engine, compile_kwargs={"render_postcompile": True})
        plan = sessie.exec_driver_sql(f"EXPLAIN QUERY PLAN {vraag}", tuple("x" for _ in vraag.positiontup)).all()
    assert any("ix_ouder_tip_op" in str(rij) for rij in plan)


def test_het_thema_in_de_taal_van_de_ouder(s: Speler, db: Database) -> None:
    """In the round as when it is asked for; who speaks Darija reads it in the second language."""
    s.collega("Noor")
    mensen = [s.ouder(naam, taal=taal) for naam, taal in (("Ewa", "pl"), ("Amal", "nl"), ("Fatna", "ary"))]
    s.leer("pl", "de herfst", "jesień")
    with db.transactie() as sessie:
        sessie.execute(groep.update().values(thema="de herfst"))
        te_vertalen.vraag_bij(sessie, s.locatie, ["de herfst"], s.nu)
        sessie.execute(ouder.update().where(ouder.c.taal == "ary").values(tweede_taal="pl"))
        for wie in sessie.scalars(sa.select(ouder.c.id)).all():
            rij = {"ouder_id": wie, "locatie_id": s.locatie, "stap": 1, "gegeven": s.nu}
            sessie.execute(tip_gegeven.insert(), [{**rij, "tip": code} for code in TIPS if code != "thema"])
    s.vertaal()
    for wie in mensen:
        s.wil_tips(wie)
    om(s, "woensdag 2 december 2026 15:00")
    gezegd = [wie.laatste.tekst for wie in mensen]
    assert [g.count("jesień") for g in gezegd] == [1, 0, 1]
    assert [g.count("de herfst") for g in gezegd] == [1, 1, 1], "het Nederlands staat eronder"
