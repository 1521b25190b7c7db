"""The message that lives along: changed when it differs and no sooner, to its one reader, until it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot import levend
from bot.levend import Bijwerker, besluit
from dialogen.kantoor import Activiteit, Zending
from opslag import levend as rijen
from opslag.database import Database
from opslag.gesprekken import Sleutel
from opslag.levend import Levend
from opslag.tabellen import levend as tabel
from opslag.tabellen import medewerker_locatie, postvak_uit
from tests.speler import Persoon, Speler

NU = datetime(2026, 12, 1, 9, tzinfo=UTC)
A = Activiteit(1, 1, "Koffie", "koffieochtend", "", NU + timedelta(days=7), 60, "hal", ja=12, misschien=4, stil=23)
Z = Zending(5, "uitnodiging", "iedereen", "", NU, wacht=True, aantal=480, verzonden=312)
L = Levend(
    9, 3, Sleutel("telegram", "42", "7"), "nl", "bezig 252 480", NU - timedelta(seconds=2), "77", False, 1,
    A.begin + timedelta(hours=1), False, Z,
)  # fmt: skip
STAND = replace(L, toont="stand 11 4 0 24 0 0 0", zending=replace(Z, wacht=False, verzonden=480))


def tekst(wat: Levend, nu: datetime = NU) -> str:
    gedaan = besluit(wat, A, nu)
    assert gedaan is not None
    assert gedaan.bericht is not None
    return gedaan.bericht.teksten[0].sleutel


def test_hoe_ver_het_is() -> None:
    gedaan = besluit(L, A, NU)
    assert gedaan is not None
    assert gedaan.bericht is not None
    assert gedaan.bericht.teksten[0].gegevens == {"titel": "Koffie", "verzonden": 312, "aantal": 480, "nog": 6}
    assert (gedaan.toont, gedaan.klaar) == ("bezig 312 480", False)


@pytest.mark.parametrize(
    ("anders", "sleutel"),
    [
        ({"wacht": False, "verzonden": 480}, "opkomst.stand"),
        ({"wacht": False, "verzonden": 479, "vervallen": 1}, "opkomst.stand"),
        ({"gestopt": True, "wacht": False}, "opkomst.gestopt_bij"),
        ({"begint": NU + timedelta(hours=1), "verzonden": 0, "aantal": 0}, "opkomst.gepland"),
    ],
)
def test_wat_er_staat(anders: dict[str, Any], sleutel: str) -> None:
    assert tekst(replace(L, zending=replace(Z, **anders))) == sleutel


@pytest.mark.parametrize(
    "wat",
    [
        replace(L, extern=""),  # still on its way: there is nothing to change yet
        replace(L, toont="bezig 312 480"),
        replace(L, gewijzigd=NU - timedelta(seconds=1)),
        replace(STAND, gewijzigd=NU - timedelta(seconds=9)),
        replace(STAND, toont="stand 12 4 0 23 0 0 0", gewijzigd=NU - timedelta(hours=9)),
        replace(L, sleutel=Sleutel("whatsapp", "1", "2")),
    ],
)
def test_nu_niet(wat: Levend) -> None:
    assert besluit(wat, A, NU) is None


def test_antwoorden_na_tien_seconden() -> None:
    assert tekst(replace(STAND, gewijzigd=NU - timedelta(seconds=10))) == "opkomst.stand"


def test_wat_niet_aankwam_wordt_niet_weer_geprobeerd() -> None:
    gedaan = besluit(replace(L, weg=True), A, NU)
    assert gedaan is not None
    assert (gedaan.bericht, gedaan.klaar) == (None, True)


def test_na_afloop_nog_een_keer_en_dan_niet_meer() -> None:
    einde = L.eind
    laatst = besluit(replace(STAND, gewijzigd=NU), A, einde)
    assert laatst is not None
    assert laatst.klaar
    assert laatst.bericht is not None
    stil = besluit(replace(STAND, toont=laatst.toont), A, einde)
    assert stil is not None
    assert (stil.bericht, stil.klaar) == (None, True)


def test_waar_niets_te_wijzigen_is_alleen_het_einde() -> None:
    """There the progress is not sent again and again; the count comes once, and then when it is asked for."""
    vast = replace(L, sleutel=Sleutel("whatsapp", "1", "2"))
    assert besluit(vast, A, NU + timedelta(minutes=5)) is None
    klaar = besluit(replace(vast, zending=STAND.zending), A, NU)
    assert klaar is not None
    assert klaar.klaar
    gestopt = besluit(replace(vast, zending=replace(Z, gestopt=True, wacht=False)), A, NU)
    assert gestopt is not None
    assert not gestopt.klaar


# With the database


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db)


@pytest.fixture
def noor(s: Speler) -> Persoon:
    noor = s.collega("Noor")
    s.ouder("Amal")
    s.ouder("Ewa")
    s.activiteit("Koffie", "dinsdag 22 december 2026 09:30", stil=True)
    return noor


def stuurt(noor: Persoon) -> None:
    noor.drukt("versturen.wie:iedereen:1")
    for knop in ("Verder", "Verder", "Toch zo laten", "Sturen"):
        noor.tikt(f"{'📤 ' if knop == 'Sturen' else ''}{knop}")


def test_alleen_wie_stuurde(s: Speler, noor: Persoon) -> None:
    sam = s.collega("Sam")
    stuurt(noor)
    assert "⏳ 2" in noor.laatste.tekst
    assert sam.scherm == []


def test_een_bericht_per_gesprek_en_activiteit(s: Speler, noor: Persoon) -> None:
    stuurt(noor)
    noor.tikt("Herinner")
    noor.tikt("Ja, stuur")
    assert [r.klaar is None for r in s.rijen(sa.select(tabel).order_by(tabel.c.id))] == [False, True]
    s.persoon("Amal").tikt("Ik kom")
    assert "✅ 1 🤔" in noor.laatste.tekst


def test_een_herstart_telt_verder(s: Speler, noor: Persoon) -> None:
    stuurt(noor)
    s.bijwerker = Bijwerker(s.db, lambda: s.nu)
    assert s.werk_bij() == []
    s.persoon("Amal").tikt("Ik kom")
    assert "✅ 1 🤔" in noor.laatste.tekst


def test_ook_van_een_reeks(s: Speler, noor: Persoon) -> None:
    stuurt(noor)
    s.maak_reeks("Koffie")
    s.persoon("Amal").tikt("Ik kom")
    assert "✅ 1 🤔" in noor.laatste.tekst


def test_wat_later_zou_gaan_schuift_mee(s: Speler, noor: Persoon) -> None:
    """Sent eight days before; the activity comes to lie before that moment, and then so near that it goes at once."""
    noor.drukt("versturen.wie:iedereen:1")
    for knop in ("Verder", "Verder", "Toch zo laten", "Later sturen"):
        noor.tikt(knop)
    noor.zegt("maandag 14 december 10:00")
    for dag, wanneer in (("10 december", "woensdag 2 december om 10:00"), ("2 december", "")):
        noor.drukt("activiteiten.een:wijzigen:1")
        noor.tikt("📅 Dag")
        noor.zegt(dag)
        noor.tikt("Klaar")
        s.zet_klok("10:00" if wanneer else "11:00")
        assert not wanneer or any(wanneer in b.tekst for b in noor.scherm)
        assert [b.tekst[:8] for b in s.persoon("Amal").scherm] == ([] if wanneer else ["☕ Koffie"])


def test_twee_processen_wijzigen_een_keer(s: Speler, noor: Persoon) -> None:
    stuurt(noor)
    ander = Bijwerker(s.db, lambda: s.nu)
    s.persoon("Amal").zegt("ja")  # Noor's message was changed by the first process just now
    s.nu += timedelta(seconds=20)
    s.persoon("Ewa").scherm.clear()
    with s.db.transactie() as sessie:
        een, twee = s.bijwerker.zoek(sessie, s.nu), ander.zoek(sessie, s.nu)
        assert een == twee == []
    with s.db.transactie() as sessie:
        sessie.execute(tabel.update().values(toont="stand 0 0 0 2 0 0 0"))
        een, twee = Bijwerker(s.db, lambda: s.nu).zoek(sessie, s.nu), ander.zoek(sessie, s.nu)
        levend.schrijf(sessie, een, s.nu)
        levend.schrijf(sessie, een, s.nu)
    wachtend = s.rijen(sa.select(postvak_uit.c.vervangt).where(postvak_uit.c.status == "wacht"))
    assert len(wachtend) == 1
    assert wachtend[0].vervangt == noor.laatste.nummer


def test_wie_hier_niet_meer_werkt_ziet_niets_meer(s: Speler, noor: Persoon) -> None:
    stuurt(noor)
    gezien = len(noor.scherm)
    with s.db.transactie() as sessie:
        sessie.execute(medewerker_locatie.delete())
    s.persoon("Amal").tikt("Ik kom")
    assert len(noor.scherm) == gezien
    assert "✅ 0 🤔" in noor.laatste.tekst
    assert [r.klaar is None for r in s.rijen(sa.select(tabel))] == [False]


def test_een_geweigerde_wijziging_is_de_laatste(s: Speler, noor: Persoon) -> None:
    stuurt(noor)
    with s.db.transactie() as sessie:
        uit = sessie.scalar(sa.select(tabel.c.uit_id))
        assert uit is not None
        sessie.execute(postvak_uit.update().where(postvak_uit.c.id == uit).values(status="geweigerd"))
    s.persoon("Amal").tikt("Ik kom")
    s.zet_klok("dinsdag 1 december 2026 12:00")
    assert "✅ 0 🤔" in noor.laatste.tekst
    with s.db.transactie() as sessie:
        assert rijen.open_(sessie) == []


def test_niets_te_doen_is_een_vraag_aan_de_database(s: Speler, noor: Persoon) -> None:
    gevraagd: list[str] = []
    sa.event.listen(s.db.engine, "before_cursor_execute", lambda *a: gevraagd.append(a[2]))
    with s.db.transactie() as sessie:
        assert s.bijwerker.zoek(sessie, s.nu) == []
    assert len([vraag for vraag in gevraagd if "FROM levend" in vraag]) == 1
    assert not [vraag for vraag in gevraagd if "aanmelding" in vraag]
