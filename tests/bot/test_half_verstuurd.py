"""What a clumsy colleague does around sending: nothing half-sent stays out of sight, nothing is promised in vain."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from opslag.database import Database
from opslag.tabellen import verzending
from tests.bot.test_versturen import DAG, klaar_om_te_sturen
from tests.bot.test_versturen import _beurt as beurt
from tests.speler import Speler


@pytest.fixture
def s(db: Database) -> Speler:
    speler = Speler(db)
    for naam in ("Amal", "Ewa"):
        speler.ouder(naam)
    return speler


def test_een_herinnering_belooft_niet_wie_net_is_uitgenodigd(s: Speler) -> None:
    """They would be asked twice in an hour; the colleague reads that they are skipped."""
    noor, _ = s.collega("Noor"), s.ouder("Amal")
    nummer = s.activiteit("Koffie", "dinsdag 22 december 2026 09:30")
    noor.drukt(f"opkomst.stand:herinner:{nummer}")
    assert "Wie pas is uitgenodigd" in noor.laatste.tekst
    s.zet_klok("woensdag 2 december 2026 09:30")
    noor.drukt(f"opkomst.stand:herinner:{nummer}")
    assert "Wie pas is uitgenodigd" not in noor.laatste.tekst


@pytest.mark.parametrize("keuze", ["stop", "verder", "wie"])
def test_wat_nooit_begon_gaat_ook_niet_verder(s: Speler, keuze: str) -> None:
    noor, _ = s.collega("Noor"), s.ouder("Amal")
    nummer = s.activiteit("Koffie", "dinsdag 22 december 2026 09:30", stil=True)
    noor.drukt(f"opkomst.bezig:{keuze}:{nummer}")
    assert "Ik ga sturen" not in noor.laatste.tekst
    assert s.rijen(sa.select(verzending)) == []


@pytest.mark.parametrize("knop", ["Deurscherm", "Lijst en brieven"])
def test_op_de_lijst_van_wat_net_is_afgelast(s: Speler, knop: str) -> None:
    """Who waits for a link or for letters hears that it is over."""
    noor, sam = s.collega("Noor"), s.collega("Sam")
    s.ouder("Amal")
    nummer = s.activiteit("Koffie", "dinsdag 22 december 2026 09:30")
    noor.zegt("/presentie")
    noor.tikt("Koffie")
    sam.drukt(f"activiteiten.zeker:ja:{nummer}")
    noor.tikt(knop)
    assert "gaat niet door" in noor.laatste.tekst


def test_wat_half_gestopt_is_blijft_in_zicht(s: Speler) -> None:
    """A change and a reminder came after it: the invitation itself still says that it was stopped, and goes on."""
    noor, _ = s.collega("Noor"), s.ouder("Karim")
    nummer = s.activiteit("Koffie", DAG, stil=True)
    klaar_om_te_sturen(noor, nummer)
    s.hoogstens = 1
    beurt(s, noor)
    s.bezorg()
    s.werk_bij()
    noor.tikt("Stop")
    s.hoogstens = None
    s.persoon("Amal").tikt("Ik kom")
    noor.drukt(f"activiteiten.een:wijzigen:{nummer}")
    noor.tikt("Plek")
    noor.zegt("de maan")
    noor.tikt("Klaar")
    noor.drukt(f"activiteiten.een:versturen:{nummer}")
    assert "Niet iedereen kreeg de uitnodiging" in noor.laatste.tekst
    noor.drukt(f"opkomst.bezig:wie:{nummer}")
    noor.drukt(f"activiteiten.een:stand:{nummer}")
    assert "Niet iedereen kreeg de uitnodiging" in noor.laatste.tekst
    noor.tikt("Verder sturen")
    s.zet_klok("12:00")
    assert all("de maan" in s.persoon(naam).laatste.tekst for naam in ("Amal", "Ewa", "Karim"))
    noor.drukt(f"activiteiten.een:stand:{nummer}")
    assert "Niet iedereen" not in noor.laatste.tekst


def test_stop_als_alles_weg_is_stopt_niets(s: Speler) -> None:
    noor = s.collega("Noor")
    nummer = s.activiteit("Koffie", DAG)
    noor.drukt(f"opkomst.bezig:stop:{nummer}")
    assert "Gestopt" not in noor.laatste.tekst
    assert [z.gestopt for z in s.rijen(sa.select(verzending))] == [None]


def test_een_herinnering_in_de_rij_gaat_niet_een_jaar_te_vroeg(s: Speler) -> None:
    """It is moved while half of them were reminded: the other half hears it the day before the new day."""
    noor, (amal, ewa) = s.collega("Noor"), (s.persoon("Amal"), s.persoon("Ewa"))
    nummer = s.activiteit("Koffie", "donderdag 10 december 2026 09:30")
    s.hoogstens = 1
    s.zet_klok("woensdag 9 december 2026 10:01")
    s.tik()
    noor.drukt(f"activiteiten.een:wijzigen:{nummer}")
    noor.tikt("📅 Dag")
    noor.zegt("10 december 2027")
    noor.tikt("Klaar")
    s.hoogstens = None
    s.zet_klok("woensdag 9 december 2026 11:00")
    s.tik()
    assert [w.laatste.tekst[0] for w in (amal, ewa)] == ["⏰", "☕"]
    s.zet_klok("donderdag 9 december 2027 10:01")
    s.tik()
    assert [w.laatste.tekst[:8] for w in (amal, ewa)] == ["⏰ Morgen"] * 2
