"""The weekly message: who may send it, to whom it goes, once, in batches, and what becomes of its files."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.weekberichten import week_als_bericht
from dialogen.basis import Bericht, Rol, Tekst, Vertaald
from opslag import bijlagen, opruimen, verzendingen, weekberichten
from opslag.database import Database
from opslag.tabellen import bijlage, gesprek, groep, medewerker, postvak_uit, verzending, weekbericht
from opslag.weekberichten import LANG, PARTIJ, Week
from tests.speler import Persoon, Speler

PNG, OGG = b"\x89PNG\r\n\x1a\nfoto", b"OggS stem OpusHead"


class Toneel(Speler):
    """A colleague of De Regenboog, one of De Zon, and three parents in two groups."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self.noor, self.bea = self.collega("Noor"), self.collega("Bea", code="elders")
        self.amal, self.karim = self.ouder("Amal"), self.ouder("Karim", Rol.VADER, taal="ar")
        self.piet = self.ouder("Piet", Rol.VADER, "oudercode Rupsen")

    def nummer(self, wie: Persoon, kolom: Any) -> int:
        return int(self.rijen(sa.select(kolom).where(gesprek.c.adres == wie.sleutel.adres))[0][0])

    def groepen(self, *namen: str) -> list[int]:
        return [r[0] for r in self.rijen(sa.select(groep.c.id).where(groep.c.naam.in_(namen)).order_by(groep.c.id))]

    def stuur(self, wie: Persoon, tekst: str = "Hallo!", *namen: str, nu: datetime | None = None, **meer: Any) -> Any:
        with self.db.transactie() as sessie:
            return weekberichten.maak(
                sessie, self.nummer(wie, gesprek.c.medewerker_id), self.nummer(wie, gesprek.c.id), self.locatie,
                tekst, self.groepen(*(namen or ("Vlinders", "Rupsen"))), nu or self.nu, **meer,
            )  # fmt: skip


def test_naar_elke_ouder_van_de_groepen_een_keer(db: Database) -> None:
    s = Toneel(db)
    assert s.stuur(s.noor, "Hallo!", "Vlinders") == 2
    s.bezorg()
    assert ["Hallo!" in p.laatste.tekst for p in (s.amal, s.karim)] == [True, True]
    assert not s.piet.scherm
    assert s.rijen(sa.select(verzending.c.aantal, verzending.c.verzonden)) == [(2, 2)]
    assert s.stuur(s.noor, "Hallo!", "Rupsen") == "was_al"
    assert s.stuur(s.noor, "Hallo!", nu=s.nu + timedelta(days=1)) == 3, "next week the same words may come again"


@pytest.mark.parametrize("tekst", ["", "x" * (LANG + 1)])
def test_zonder_goede_tekst_of_groep_gebeurt_er_niets(db: Database, tekst: str) -> None:
    s = Toneel(db)
    assert s.stuur(s.noor, tekst) == "mag_niet"
    assert s.stuur(s.noor, "Hallo!", "Stralen") == "mag_niet", "a group of another location"
    assert s.rijen(sa.select(weekbericht)) == s.rijen(sa.select(verzending)) == []


def test_alleen_wie_hier_nu_werkt_en_met_ouders_werkt(db: Database) -> None:
    s = Toneel(db)
    assert s.stuur(s.bea) == "mag_niet"
    with db.transactie() as sessie:
        sessie.execute(medewerker.update().values(rol="gemeente"))
    assert s.stuur(s.noor) == "mag_niet"
    with db.transactie() as sessie:
        sessie.execute(medewerker.update().values(rol="medewerker", actief=False))
    assert s.stuur(s.noor) == "mag_niet"
    assert s.rijen(sa.select(weekbericht)) == []


def test_niet_naar_wie_stopte_en_niet_zonder_iemand(db: Database) -> None:
    s = Toneel(db)
    s.piet.zegt("stop")
    assert s.stuur(s.noor, "Hallo!", "Rupsen") == "niemand"
    assert s.rijen(sa.select(weekbericht)) == []
    assert s.stuur(s.noor) == 2


def test_wie_na_het_maken_stopt_krijgt_niets_en_het_weekmaximum_geldt(db: Database) -> None:
    s = Toneel(db)
    for nummer in range(4):
        s.stuur(s.noor, f"Bericht {nummer}", "Vlinders")
    s.bezorg()
    assert len([b for b in s.amal.scherm if "Bericht" in b.tekst]) == 3, "three a week"


def test_in_stille_uren_wacht_het_tot_de_ochtend(db: Database) -> None:
    s = Toneel(db)
    s.zet_klok("dinsdag 1 december 2026 21:00")
    assert s.stuur(s.noor, "Hallo!", "Rupsen") == 1
    s.bezorg()
    assert not s.piet.scherm
    assert s.zet_klok("woensdag 2 december 2026 08:00")
    assert "Hallo!" in s.piet.laatste.tekst


def test_een_proces_dat_dagen_stil_lag_stuurt_geen_oud_nieuws(db: Database) -> None:
    s = Toneel(db)
    s.stuur(s.noor)
    s.nu += timedelta(days=7)
    s.bezorg()
    assert not s.amal.scherm
    assert s.rijen(sa.select(verzending.c.aantal, verzending.c.gevuld.is_not(None))) == [(0, True)]


def test_in_partijen_en_hooguit_een_keer_per_ouder(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weekberichten, "PARTIJ", 2)
    s = Toneel(db)
    s.stuur(s.noor)
    keer = 0
    with db.transactie() as sessie:
        ((nummer, soort),) = verzendingen.te_vullen(sessie, s.nu)
        assert soort == "weekbericht"
        while weekberichten.vul(sessie, nummer, week_als_bericht, s.nu):
            keer += 1
    assert (keer, PARTIJ) == (1, 500)
    wie = [r[0] for r in s.rijen(sa.select(postvak_uit.c.ouder_id).where(postvak_uit.c.verzending_id == nummer))]
    assert len(wie) == len(set(wie)) == 3


# In their own form


def test_met_de_foto_en_de_stem_van_wie_het_schreef_en_de_uitleg_alleen_in_een_andere_taal() -> None:
    week = Week(3, "De Regenboog", "Hallo {x}", "f" * 64, "s" * 64)
    for taal, uitleg in (("nl", []), ("ar", ["weekbericht.nederlands"])):
        bericht = week_als_bericht(week, taal)
        assert (bericht.beeld, bericht.stem) == ("bijlage:" + "f" * 64, "bijlage:" + "s" * 64)
        assert [t.sleutel for t in bericht.teksten] == ["weekbericht.kop", "=", *uitleg]
    vertaald = week_als_bericht(week, "ar", Vertaald("مرحبا"))
    assert ([t.sleutel for t in vertaald.teksten], vertaald.stem) == (
        ["weekbericht.kop", "=", "vertaald.machine"],
        "weekbericht:3",
    )


# In their own language


def _wacht_op_woorden(s: Toneel) -> list[str]:
    """It is sent to who reads Dutch and Arabic; the status of the message after each look."""
    assert s.stuur(s.noor, "Neem een blad mee!", "Vlinders", vertaal=True) == 2
    staat = []
    for na in (timedelta(), timedelta(minutes=1), timedelta(minutes=6)):
        with s.db.transactie() as sessie:
            for werk in weekberichten.te_halen(sessie, s.nu + na):
                weekberichten.klaar(sessie, werk.nummer, s.nu + na)
            staat.append(str(sessie.scalar(sa.select(weekbericht.c.status))))
    return staat


def test_het_wacht_op_een_vertaling_en_niet_voor_altijd(db: Database) -> None:
    s = Toneel(db)
    assert _wacht_op_woorden(s) == ["halen", "halen", "klaar"]
    s.bezorg()
    assert "بالهولندية" in s.karim.laatste.tekst, "who has no translation is told that it is Dutch"


def test_wie_anders_leest_krijgt_de_vertaling_met_het_nederlands_eronder(db: Database) -> None:
    s = Toneel(db)
    s.leer("ar", "Neem een blad mee!", "أحضر ورقة شجر!")
    assert s.stuur(s.noor, "Neem een blad mee!", "Vlinders", vertaal=True) == 2
    s.vertaal()
    s.haal_op()
    assert "أحضر ورقة شجر!" in s.karim.laatste.tekst
    assert "Neem een blad mee!" in s.karim.laatste.tekst.splitlines()[-1]
    assert s.amal.laatste.tekst == "📰 Nieuws van De Regenboog\nNeem een blad mee!"


def test_zonder_vertaler_wacht_er_niets(db: Database) -> None:
    s = Toneel(db)
    assert s.stuur(s.noor, "Neem een blad mee!", "Rupsen", vertaal=False) == 1
    assert s.bezorg()


# Its files


def test_er_gaat_niets_voor_de_foto_en_de_stem_er_zijn(db: Database) -> None:
    s = Toneel(db)
    assert s.stuur(s.noor, foto="AgAC-1", spraak="AwAC-1") == 3
    assert not s.bezorg()
    with db.transactie() as sessie:
        (werk,) = weekberichten.te_halen(sessie, s.nu)
        assert (werk.foto, werk.spraak) == ("AgAC-1", "AwAC-1")
        weekberichten.binnen(sessie, werk, bijlagen.BEELD, PNG, 0, s.nu)
        (rest,) = weekberichten.te_halen(sessie, s.nu)
        assert (rest.foto, rest.spraak) == ("", "AwAC-1"), "what is there is not asked for again"
        weekberichten.binnen(sessie, werk, bijlagen.GELUID, OGG, 2_000, s.nu)
        weekberichten.klaar(sessie, werk.nummer, s.nu)
        kent = bijlagen.platform(sessie, werk.kanaal, werk.account, map(bijlagen.hash_van, (PNG, OGG)))
    assert sorted(kent.values()) == ["AgAC-1", "AwAC-1"], "to this account nothing is uploaded"
    s.bezorg()
    assert [p.laatste.foto for p in (s.amal, s.karim, s.piet)] == [True] * 3


def test_wat_niet_komt_houdt_de_woorden_niet_tegen(db: Database) -> None:
    s = Toneel(db)
    s.stuur(s.noor, foto="AgAC-weg")
    with db.transactie() as sessie:
        (werk,) = weekberichten.te_halen(sessie, s.nu)
        keren = [weekberichten.later(sessie, werk.nummer, s.nu + timedelta(seconds=20)) for _ in range(5)]
        assert keren == [True] * 4 + [False]
        assert weekberichten.te_halen(sessie, s.nu) == []
        weekberichten.mislukt(sessie, werk.nummer, Bericht((Tekst("weekbericht.mislukt"),)), s.nu)
    s.bezorg()
    assert "kwam niet door" in s.noor.laatste.tekst
    assert ("Hallo!" in s.amal.laatste.tekst, s.amal.laatste.foto) == (True, False)


def test_een_foto_blijft_niet_langer_dan_het_bericht(db: Database) -> None:
    s = Toneel(db)
    for dag, tekst in enumerate(("oud", "nieuw")):
        s.stuur(s.noor, tekst, nu=s.nu + timedelta(days=30 * dag), foto=f"AgAC-{dag}", spraak="AwAC")
        with db.transactie() as sessie:
            (werk,) = weekberichten.te_halen(sessie, s.nu + timedelta(days=30 * dag))
            weekberichten.binnen(sessie, werk, bijlagen.BEELD, PNG + bytes([dag]), 0, s.nu)
            weekberichten.binnen(sessie, werk, bijlagen.GELUID, OGG, 0, s.nu)
            weekberichten.klaar(sessie, werk.nummer, s.nu)
    for dagen, over in ((36, 3), (38, 2), (68, 0)):  # the same voice was used in both
        with db.transactie() as sessie:
            opruimen.ruim_op(sessie, s.nu + timedelta(days=dagen))
            assert len(sessie.execute(sa.select(bijlage)).all()) == over
