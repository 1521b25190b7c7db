"""Sending by colleagues, where it takes effect: once, by who may, whatever was pressed at the same moment."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from bot import versturen
from bot.beurt import Beurt
from bot.uitzendingen import uitnodiging_als_bericht
from bot.verwerken import verwerk
from dialogen.basis import Invoer, Soort, Stand, Wereld, Wie
from dialogen.effecten_team import Herinneren, Proefbericht, Versturen, ZendingHervatten, ZendingStoppen
from dialogen.kantoor import Activiteit, Kantoor, Werkplek
from opslag import gesprekken
from opslag.database import Database
from opslag.tabellen import gesprek, levend, medewerker, postvak_uit, uitnodiging, verzending
from opslag.verzendingen import wereld_van
from tests.speler import Persoon, Speler

DAG = "dinsdag 22 december 2026 09:30"


@pytest.fixture
def s(db: Database) -> Speler:
    speler = Speler(db)
    for naam in ("Amal", "Ewa"):
        speler.ouder(naam)
    return speler


def klaar_om_te_sturen(wie: Persoon, nummer: int) -> None:
    """The numbers are on the screen; the next press sends."""
    s = wie.speler
    with s.db.transactie() as sessie:
        g = gesprekken.kijk(sessie, wie.sleutel)
        assert g is not None
        stand = Stand("versturen", "sturen", {"over": f"{nummer}", "voor": "iedereen", "gezien": "0"})
        gesprekken.bewaar(sessie, g.nummer, stand, "", s.nu)
    s.neem_aan(wie, Invoer(Soort.KNOP, f"versturen.sturen:sturen:{nummer}"))


def test_twee_collegas_op_hetzelfde_moment(s: Speler) -> None:
    mensen = [s.collega("Noor"), s.collega("Sam")]
    for ronde in range(5):
        nummer = s.activiteit(f"Koffie {ronde}", DAG, stil=True)
        for wie in mensen:
            klaar_om_te_sturen(wie, nummer)
        draden = [threading.Thread(target=_beurt, args=(s, wie)) for wie in mensen]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join()
        s.bezorg()
        assert len(s.rijen(sa.select(verzending).where(verzending.c.activiteit_id == nummer))) == 1
        assert len(s.rijen(sa.select(uitnodiging).where(uitnodiging.c.activiteit_id == nummer))) == 2
        gehoord = sorted("heeft dit net gestuurd" in wie.laatste.tekst for wie in mensen)
        assert gehoord == [False, True], "one sends, the other hears by whom"


def _beurt(s: Speler, wie: Persoon) -> None:
    with s.db.transactie() as sessie:
        verwerk(sessie, wie.sleutel, s.nu)


@pytest.mark.parametrize("wie", ["weg", "elders"])
def test_wie_niet_mag_schrijft_niets(s: Speler, wie: str) -> None:
    """Even when the conversation believed it: the effect itself asks again."""
    collega = s.collega("Noor", code="elders" if wie == "elders" else "teamcode")
    nummer = s.activiteit("Koffie", DAG)
    s.rijen(sa.select(verzending))
    with s.db.transactie() as sessie:
        g = gesprekken.neem(sessie, collega.sleutel, s.nu)
        assert g.medewerker_id is not None
        if wie == "weg":
            sessie.execute(medewerker.update().values(actief=False))
        beurt = Beurt(sessie, g, Wereld(s.nu, wie=Wie.MEDEWERKER), s.nu, None, g.medewerker_id)
        for effect in (
            Versturen(nummer, "iedereen", 1), Herinneren(nummer), Proefbericht(nummer, "vader", "tr"),
            ZendingStoppen(1), ZendingHervatten(1),
        ):  # fmt: skip
            versturen.pas_toe(beurt, g.medewerker_id, effect)
        for werk in beurt.daarna:
            werk()
    assert len(s.rijen(sa.select(verzending))) == 1
    assert s.rijen(sa.select(verzending.c.gestopt)) == [(None,)]
    assert s.rijen(sa.select(levend)) == []
    assert s.bezorg() == []


def test_een_vreemde_voor_of_een_tijd_na_het_begin(s: Speler) -> None:
    """What no button shows is refused by who carries it out."""
    noor = s.collega("Noor")
    nummer = s.activiteit("Koffie", DAG, stil=True)
    for keuze in ("onzin", "-iedereen", "vaders,avond", "x" * 20):
        noor.drukt(f"versturen.wie:{keuze}:{nummer}")
    for keuze in ("0", "-1", "99999999", "999999999", "x"):
        noor.drukt(f"versturen.wanneer:{keuze}:{nummer}")
    noor.drukt("versturen.sturen:sturen:9223372036854775807")
    noor.drukt(f"opkomst.bezig:verder:{nummer}")
    assert s.rijen(sa.select(verzending)) == []
    assert s.rijen(sa.select(postvak_uit.c.id).where(postvak_uit.c.verzending_id.is_not(None))) == []


def test_afgelast_terwijl_de_cijfers_op_het_scherm_staan(s: Speler) -> None:
    noor = s.collega("Noor")
    nummer = s.activiteit("Koffie", DAG, stil=True)
    klaar_om_te_sturen(noor, nummer)
    s.gelast_af("Koffie")
    _beurt(s, noor)
    s.bezorg()
    assert noor.laatste.tekst == "✖️ Koffie gaat niet door. Ik stuur niets."
    assert s.rijen(sa.select(verzending)) == []


def test_wie_zonder_bot_is_krijgt_een_brief(s: Speler) -> None:
    """Told beforehand how many they are; the letters are one press away."""
    noor = s.collega("Noor")
    with s.db.transactie() as sessie:
        sessie.execute(
            gesprek.update().where(gesprek.c.adres == s.persoon("Ewa").sleutel.adres).values(onbereikbaar=s.nu)
        )
    nummer = s.activiteit("Koffie", DAG, stil=True)
    noor.drukt(f"versturen.wie:iedereen:{nummer}")
    for knop in ("Verder", "Verder", "Toch zo laten"):
        noor.tikt(knop)
    assert "Sturen naar 1 ouder?" in noor.laatste.tekst
    assert "Zonder bot: 1" in noor.laatste.tekst
    noor.tikt("Lijst en brieven")
    assert [r.ouder_id for r in s.rijen(sa.select(uitnodiging))] == [s.ouder_id(s.persoon("Ewa"))]


@pytest.mark.parametrize("rol", ["vader", "moeder", "ander"])
@pytest.mark.parametrize("taal", ["nl", "ar"])
def test_het_voorbeeld_zegt_wat_de_ouder_leest(rol: str, taal: str) -> None:
    """Field by field the same words, whatever an activity has; only the name of the parent is not known yet."""
    begin = datetime(2026, 12, 22, 8, 30, tzinfo=UTC)
    vol: dict[str, Any] = {
        "titel": "Koffie", "soort": "koffieochtend", "begin": begin, "duur": 90, "plek": "de klas", "gastheer": "Noor",
        "kinderen_welkom": True, "titel_vaders": "Bouwen", "gevraagd": "Alleen komen.",
    }  # fmt: skip
    for weg in ({}, {"kinderen_welkom": False}, {"titel_vaders": ""}, {"gevraagd": ""}, {"gastheer": ""}):
        velden = vol | weg
        a = Activiteit(7, 1, doel="Praten", **velden)
        kantoor = Kantoor("medewerker", werkplekken=(Werkplek(1, "De Regenboog", "Juf Noor"),), komend=(a,), over=a)
        ik = Wereld(begin - timedelta(days=9), naam="Sam", wie=Wie.MEDEWERKER, kantoor=kantoor)
        gezien = versturen.proefbericht(ik, kantoor, a, Proefbericht(7, rol, taal, True), {})
        rij = SimpleNamespace(**velden, afgelast=None, locatie="De Regenboog", locatie_gastheer="Juf Noor")
        rij.telefoon, rij.tijdzone = "", "Europe/Amsterdam"
        ouder = SimpleNamespace(naam="Sam", rol=rol, taal=taal, antwoord=None, aantal=None)
        echt = uitnodiging_als_bericht(wereld_van(rij, ouder, 7, ik.nu), 7)
        assert gezien.teksten[1:] == echt.teksten
        assert gezien.beeld == echt.beeld
        assert [k.label for k in gezien.knoppen] == [k.label for k in echt.knoppen]
