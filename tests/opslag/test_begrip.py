"""Whether the invitation was clear: who may set the question, what is kept of it, and what is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from opslag import begrip, kantoor
from opslag.begrip import Onduidelijk
from opslag.database import Database
from opslag.tabellen import activiteit, audit, medewerker, ouder, uitnodiging
from opslag.tabellen import begrip as tabel
from tests.speler import Speler


def _antwoorden(s: Speler, titel: str, taal: str, goed: int, fout: int, eerst: int) -> None:
    """So many parents of one language who were asked back about this activity, numbered from ``eerst``."""
    with s.db.transactie() as sessie:
        a = sessie.scalar(sa.select(activiteit.c.id).where(activiteit.c.titel == titel))
        gezin = sessie.scalar(sa.select(sa.func.min(ouder.c.gezin_id)))
        for nr in range(eerst, eerst + goed + fout):
            wie = ouder.insert().values(gezin_id=gezin, naam=f"Ouder {nr}", taal=taal, gemaakt=s.nu)
            wie_id = sessie.scalar(wie.returning(ouder.c.id))
            u = uitnodiging.insert().values(activiteit_id=a, ouder_id=wie_id, gemaakt=s.nu)
            over = sessie.scalar(u.returning(uitnodiging.c.id))
            assert wie_id is not None
            assert over is not None
            begrip.leg_vast(sessie, wie_id, over, "goed" if nr < eerst + goed else "weet_niet", s.nu)
            begrip.leg_vast(sessie, wie_id, over, "goed", s.nu + timedelta(minutes=1))  # after it was explained again


@pytest.fixture
def s(db: Database) -> Speler:
    speler = Speler(db)
    speler.ouder("Amal")
    speler.activiteit("Koffie", "dinsdag 8 december 2026 09:30")
    return speler


def test_per_soort_en_taal_en_kleine_aantallen_niet(s: Speler) -> None:
    groepen = (("tr", 7, 5), ("pl", 3, 1), ("nl", 6, 0), ("ar", 9, 2), ("rif", 2, 8))
    for nummer, (taal, goed, fout) in enumerate(groepen):
        _antwoorden(s, "Koffie", taal, goed, fout, 20 * nummer)
    with s.db.transactie() as sessie:
        rijen = {r.taal: r for r in begrip.onduidelijk(sessie)}
        soort = rijen["tr"].soort
        assert rijen["tr"] == Onduidelijk(soort, "tr", 12, 5)
        assert rijen["pl"] == Onduidelijk(soort, "pl", None, None), "vier mensen"
        assert rijen["nl"] == Onduidelijk(soort, "nl", 6, 0), "nul wijst niemand aan"
        assert rijen["ar"] == Onduidelijk(soort, "ar", 11, None), "twee mensen"
        assert rijen["rif"] == Onduidelijk(soort, "rif", 10, None), "twee die het wel wisten"
        assert begrip.onduidelijk(sessie, tot=s.nu) == []
        assert begrip.onduidelijk(sessie, van=s.nu, locatie_id=99) == []


def test_het_team_ziet_hoe_vaak(s: Speler) -> None:
    _antwoorden(s, "Koffie", "tr", 7, 3, 0)
    with s.db.transactie() as sessie:
        (a,) = kantoor.met_nummers(sessie, list(sessie.scalars(sa.select(activiteit.c.id)))).values()
    assert (a.teruggevraagd, a.onduidelijk) == (10, 3)


def test_van_een_ander_wordt_niets_bewaard(s: Speler) -> None:
    over = s.uitnodiging(s.persoon("Amal"), "Koffie")
    with s.db.transactie() as sessie:
        begrip.leg_vast(sessie, 999, over, "fout", s.nu)
        assert sessie.scalar(sa.select(sa.func.count()).select_from(tabel)) == 0


@pytest.mark.parametrize(
    ("rol", "waar", "mag"),
    [("coordinator", 1, True), ("beheerder", 1, True), ("medewerker", 1, False), ("coordinator", 2, False)],
)
def test_wie_het_mag_aanzetten(s: Speler, rol: str, waar: int, mag: bool) -> None:
    s.collega("Noor", rol)
    with s.db.transactie() as sessie:
        wie = sessie.scalar(sa.select(medewerker.c.id))
        assert wie is not None
        assert begrip.zet_begripsvraag(sessie, wie, waar, True, s.nu) is mag
        assert begrip.vraagt_terug(sessie, waar) is mag
        assert sessie.scalar(sa.select(sa.func.count()).where(audit.c.wat == "begripsvraag")) == mag
        sessie.execute(medewerker.update().values(actief=False))
        assert not begrip.zet_begripsvraag(sessie, wie, waar, False, s.nu), "wie weg is, mag niets meer"
