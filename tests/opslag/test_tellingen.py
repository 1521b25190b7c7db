"""Counted for staff: caregivers who are alike together, each way of being reached apart, the invited left out."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from dialogen.basis import Antwoord, Rol, Staat
from dialogen.kantoor import Telling
from dialogen.publiek import publiek
from opslag import presentie, tellingen
from opslag.database import Database
from opslag.ontvangers import ontvangers
from opslag.tabellen import gesprek, gezin, groep, ouder, postvak_uit
from tests.speler import Persoon, Speler

DAG = "dinsdag 22 december 2026 09:30"


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db)


def tel(s: Speler, nummer: int = 0) -> list[Telling]:
    with s.db.transactie() as sessie:
        return list(tellingen.tellingen(sessie, s.locatie, s.nu, nummer))


def zet(s: Speler, wie: Persoon, **waarden: object) -> None:
    with s.db.transactie() as sessie:
        sessie.execute(ouder.update().where(ouder.c.id == s.ouder_id(wie)).values(waarden))


def groepen(s: Speler) -> dict[str, int]:
    return {r.naam: r.id for r in s.rijen(sa.select(groep))}


def test_wie_gelijk_is_telt_samen(s: Speler) -> None:
    for naam in ("Amal", "Ewa", "Sara"):
        s.ouder(naam)
    s.ouder("Karim", Rol.VADER, taal="tr")
    s.ouder("Elders", code="elders")
    rijen = sorted(tel(s), key=lambda t: t.rol)
    vlinders = frozenset({groepen(s)["Vlinders"]})
    assert rijen == [
        Telling(vlinders, "moeder", "nl", frozenset(), "bot", bereikt=False, vol=False, aantal=3),
        Telling(vlinders, "vader", "tr", frozenset(), "bot", bereikt=False, vol=False, aantal=1),
    ]


def test_hoe_iemand_te_bereiken_is(s: Speler) -> None:
    """Stop goes before everything; who blocked the bot or never had one is without it; a pause that is over is none."""
    wie = {naam: s.ouder(naam) for naam in ("stop", "weg", "pauze", "weer", "gewoon")}
    zet(s, wie["stop"], gestopt_op=s.nu)
    zet(s, wie["pauze"], pauze_tot=s.nu + timedelta(days=3))
    zet(s, wie["weer"], pauze_tot=s.nu - timedelta(days=3))
    with s.db.transactie() as sessie:
        sessie.execute(gesprek.update().where(gesprek.c.adres == wie["weg"].sleutel.adres).values(onbereikbaar=s.nu))
    assert {t.stand: t.aantal for t in tel(s)} == {"gestopt": 1, "zonder": 1, "pauze": 1, "bot": 2}


def test_dagdelen_groepen_en_uitgeschreven(s: Speler) -> None:
    amal, weg = s.ouder("Amal"), s.ouder("Weg")
    zet(s, amal, dagdelen="avond,weekend")
    s.ouder("Ruben", code="oudercode Rupsen")
    with s.db.transactie() as sessie:
        van = sa.select(ouder.c.gezin_id).where(ouder.c.id == s.ouder_id(weg)).scalar_subquery()
        sessie.execute(gezin.update().where(gezin.c.id == van).values(uitgeschreven=s.nu.date()))
    per = {t.groepen: t for t in tel(s)}
    assert per[frozenset({groepen(s)["Vlinders"]})].dagdelen == frozenset({"avond", "weekend"})
    assert per[frozenset({groepen(s)["Rupsen"]})].aantal == 1
    assert sum(t.aantal for t in per.values()) == 2


def test_wie_uitgenodigd_is_telt_niet_mee(s: Speler) -> None:
    s.ouder("Amal")
    nummer = s.activiteit("Koffie", DAG)
    s.ouder("Ruben", code="oudercode Rupsen")
    assert [t.aantal for t in tel(s, nummer)] == [1]
    assert [t.aantal for t in tel(s, nummer + 1)] == [1, 1]


def test_vol_en_bereikt(s: Speler) -> None:
    """Three invitations in a week is the cap; a family that was at one is reached, both of its caregivers."""
    amal = s.ouder("Amal", code="gezinscode")
    s.ouder("Karim", Rol.VADER, code="gezinscode")
    for titel in ("Een", "Twee", "Drie"):
        s.activiteit(titel, DAG)
    assert {(t.vol, t.bereikt) for t in tel(s)} == {(True, False)}
    uitnodiging = s.uitnodiging(amal, "Een")
    with s.db.transactie() as sessie:
        presentie.zet(sessie, uitnodiging, Staat.AANWEZIG, "team", s.nu)
    assert {(t.vol, t.bereikt) for t in tel(s)} == {(True, True)}
    s.zet_klok("woensdag 9 december 2026 09:00")
    assert {(t.vol, t.bereikt) for t in tel(s)} == {(False, True)}
    s.zet_klok("zondag 1 augustus 2027 09:00")
    assert {(t.vol, t.bereikt) for t in tel(s)} == {(False, False)}


def test_wat_nog_wacht_telt_mee(s: Speler) -> None:
    """Three invitations that wait for the morning fill the week as well."""
    s.ouder("Amal")
    s.zet_klok("dinsdag 1 december 2026 21:00")
    for titel, vol in (("Een", False), ("Twee", False), ("Drie", True)):
        s.activiteit(titel, DAG)
        assert [t.vol for t in tel(s)] == [vol]
    assert (
        s.rijen(sa.select(postvak_uit.c.id).where(postvak_uit.c.verzonden.is_not(None), postvak_uit.c.prioriteit == 5))
        == []
    )


@pytest.mark.parametrize("voor", ["iedereen", "vaders", "nieuw", "avond", "vaders,avond"])
def test_telt_wie_het_krijgt(s: Speler, voor: str) -> None:
    """The number on the button is the number that is sent."""
    for n in range(12):
        wie = s.ouder(f"Ouder {n}", (Rol.VADER, Rol.MOEDER, Rol.ANDER)[n % 3])
        zet(s, wie, dagdelen=("avond", "ochtend,avond", "", "weekend")[n % 4], gestopt_op=s.nu if n == 5 else None)
    nummer = s.activiteit("Koffie", DAG, stil=True)
    geteld = publiek(tel(s, nummer), [groepen(s)["Vlinders"]], voor)
    rijen = s.rijen(ontvangers("uitnodiging", voor, nummer, s.nu))
    assert geteld.ouders == sum(r.gesprek_id is not None and r.gestopt_op is None for r in rijen) > 0
    assert geteld.gestopt == sum(r.gestopt_op is not None for r in rijen)


def test_leden_per_antwoord(s: Speler) -> None:
    for naam in ("Zoe", "Amal", "Ewa", "Karim"):
        s.ouder(naam)
    nummer = s.activiteit("Koffie", DAG)
    for naam in ("Zoe", "Amal", "Ewa"):
        s.persoon(naam).tikt("Ik kom")
    with s.db.transactie() as sessie:
        rijen = tellingen.leden(sessie, nummer, meest=2)
        assert tellingen.leden(sessie, nummer + 1) == ()
    assert [(x.naam, x.antwoord) for x in rijen] == [
        ("Karim", Antwoord.GEEN), ("Amal", Antwoord.JA), ("Ewa", Antwoord.JA),
    ]  # fmt: skip
