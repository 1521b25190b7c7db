"""Participation, worked out by hand for a handful of families."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from dialogen.basis import Rol, Staat
from opslag import presentie
from opslag.database import Database
from opslag.deelname import DEELNAME, deelname
from opslag.tabellen import gezin
from opslag.uitvoer import Periode
from tests.speler import Speler, moment


def rij(s: Speler, periode: Periode | None = None) -> dict[str, object]:
    with s.db.lezend() as sessie:
        per = {r[0]: dict(zip(DEELNAME, r, strict=True)) for r in deelname(sessie, periode or Periode(), s.nu)}
    return per["De Regenboog"]


def test_wie_meedoet_en_wat_er_thuis_gebeurt(db: Database) -> None:
    """Three families: Amal and Karim are one and came, Ewa did a tip, Omar left in the period and came."""
    s = Speler(db)
    amal, karim = s.ouder("Amal", code="gezinscode"), s.ouder("Karim", Rol.VADER, code="gezinscode")
    ewa, omar = s.ouder("Ewa"), s.ouder("Omar", Rol.VADER)
    s.activiteit("Koffie", "dinsdag 8 december 2026 09:30")
    weg = gezin.update().where(gezin.c.id == s.gezin_van("Omar")).values(uitgeschreven=date(2026, 12, 5))
    uitnodigingen = [s.uitnodiging(wie, "Koffie") for wie in (karim, omar)]
    with db.transactie() as sessie:
        sessie.execute(weg)
        for over in uitnodigingen:
            presentie.zet(sessie, over, Staat.AANWEZIG, "team", s.nu)
    ewa.zegt("tip")
    ewa.tikt("Gedaan")
    amal.zegt("tip")
    s.zet_klok("woensdag 9 december 2026 12:00")
    uit = rij(s)
    gezinnen = [uit[k] for k in ("gezinnen", "gezinnen_uitgenodigd", "gezinnen_bereikt", "gezinnen_aandeel")]
    assert gezinnen == [3, 3, 2, 66]
    assert [uit[k] for k in ("vaders", "vaders_uitgenodigd", "vaders_bereikt", "vaders_aandeel")] == [2, 2, 2, 100]
    assert [uit[k] for k in ("moeders", "moeders_bereikt", "anderen", "anderen_aandeel")] == [2, 0, 0, ""]
    assert [uit[k] for k in DEELNAME if k.startswith("thuis")] == [2, 1, 50, 1, 33]
    assert [uit[k] for k in ("norm", "norm_gehaald", "norm_thuis_gehaald")] == [50, "ja", "nee"]
    assert (uit["van"], uit["tot"]) == (date(2026, 8, 1), date(2026, 12, 9))


def test_wie_later_kwam_telt_pas_dan(db: Database) -> None:
    s = Speler(db)
    s.ouder("Amal")
    november = Periode(moment("zondag 1 november 2026 00:00"), moment("dinsdag 1 december 2026 00:00"))
    assert rij(s, november)["gezinnen"] == 0
    assert rij(s, november)["norm_gehaald"] == ""
    assert rij(s)["gezinnen"] == 1


def test_een_tip_die_nooit_wegging_is_niet_gevraagd(db: Database) -> None:
    s = Speler(db, "dinsdag 1 december 2026 09:40")
    amal = s.ouder("Amal")
    s.wil_tips(amal)
    with db.transactie() as sessie:
        sessie.execute(sa.text("UPDATE locatie SET weekmaximum = 0"))
    s.zet_klok("woensdag 2 december 2026 15:00")
    s.tik()
    assert rij(s)["thuis_gevraagd"] == 0
