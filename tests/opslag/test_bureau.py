"""Who gets in at the desk, how long, and what ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from opslag import bureau, locaties
from opslag.database import Database
from opslag.tabellen import audit, bureaulink, bureausessie, medewerker
from tests.speler import Speler


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db)


def collega(s: Speler, rol: str = "coordinator") -> int:
    with s.db.transactie() as sessie:
        code = locaties.nodig_team_uit(sessie, s.locatie, rol, s.nu)
        nummer = locaties.maak_medewerker(sessie, code, "Noor", s.nu)
    assert nummer is not None
    return nummer


def binnen(s: Speler, wie: int) -> str:
    with s.db.transactie() as sessie:
        code = bureau.maak_link(sessie, wie, s.nu)
        assert code is not None
        sleutel = bureau.open_bureau(sessie, code, "Firefox op Mac", s.nu)
    assert sleutel is not None
    return sleutel


def test_een_link_werkt_een_keer(s: Speler) -> None:
    noor = collega(s)
    with s.db.transactie() as sessie:
        code = bureau.maak_link(sessie, noor, s.nu)
        assert code is not None
        sleutel = bureau.open_bureau(sessie, code, "Firefox", s.nu)
        assert bureau.open_bureau(sessie, code, "Firefox", s.nu) is None
        assert sleutel is not None
        wie = bureau.bezoeker(sessie, sleutel, s.nu)
    assert wie is not None
    assert (wie.medewerker, wie.rol, [waar.nummer for waar in wie.locaties]) == (noor, "coordinator", [s.locatie])
    assert wie.locatie(s.locatie + 1) is None


def test_een_link_is_na_vijf_minuten_te_oud_en_een_nieuwe_gaat_voor(s: Speler) -> None:
    noor = collega(s)
    with s.db.transactie() as sessie:
        code = bureau.maak_link(sessie, noor, s.nu)
        assert code is not None
        assert bureau.open_bureau(sessie, code, "", s.nu + bureau.LINK) is None
        assert bureau.maak_link(sessie, noor, s.nu) is not None
        assert bureau.open_bureau(sessie, code, "", s.nu) is None


def test_van_link_en_sleutel_staat_alleen_een_afdruk_in_de_database(s: Speler) -> None:
    noor = collega(s)
    sleutel = binnen(s, noor)
    with s.db.transactie() as sessie:
        alles = [*sessie.execute(sa.select(bureaulink)), *sessie.execute(sa.select(bureausessie))]
        assert not any(sleutel in str(rij) for rij in alles)
        wat = set(sessie.scalars(sa.select(audit.c.wat)))
    assert {"bureaulink", "bureau binnen"} <= wat


def test_na_twaalf_uur_is_men_uit(s: Speler) -> None:
    sleutel = binnen(s, collega(s))
    with s.db.transactie() as sessie:
        assert bureau.bezoeker(sessie, sleutel, s.nu + bureau.ZITTING - timedelta(seconds=1)) is not None
        assert bureau.bezoeker(sessie, sleutel, s.nu + bureau.ZITTING) is None


@pytest.mark.parametrize("wat", [{"actief": False}, {"rol": "medewerker"}])
def test_wie_weg_is_of_een_andere_rol_kreeg_is_meteen_uit(s: Speler, wat: dict[str, object]) -> None:
    noor = collega(s)
    sleutel = binnen(s, noor)
    with s.db.transactie() as sessie:
        sessie.execute(medewerker.update().where(medewerker.c.id == noor).values(**wat))
        assert bureau.bezoeker(sessie, sleutel, s.nu) is None


def test_men_kan_een_ander_apparaat_uitzetten_en_dat_van_een_collega_niet(s: Speler) -> None:
    noor, bea = collega(s), collega(s)
    een, twee, van_bea = binnen(s, noor), binnen(s, noor), binnen(s, bea)
    with s.db.transactie() as sessie:
        lijst = bureau.zittingen(sessie, noor, s.nu)
        assert [z.apparaat for z in lijst] == ["Firefox op Mac"] * 2
        (van_haar,) = bureau.zittingen(sessie, bea, s.nu)
        assert bureau.trek_in(sessie, noor, van_haar.nummer, s.nu) == 0
        assert bureau.trek_in(sessie, noor, lijst[0].nummer, s.nu) == 1
        assert bureau.bezoeker(sessie, twee, s.nu) is None
        assert bureau.bezoeker(sessie, een, s.nu) is not None
        assert bureau.trek_in(sessie, noor, None, s.nu) == 1
        assert bureau.bezoeker(sessie, een, s.nu) is None
        assert bureau.bezoeker(sessie, van_bea, s.nu) is not None


def test_wie_weg_is_krijgt_geen_link(s: Speler) -> None:
    noor = collega(s)
    with s.db.transactie() as sessie:
        sessie.execute(medewerker.update().values(actief=False))
        assert bureau.maak_link(sessie, noor, s.nu) is None


def test_wat_voorbij_is_wordt_vergeten(s: Speler) -> None:
    noor = collega(s)
    binnen(s, noor)
    with s.db.transactie() as sessie:
        assert bureau.ruim_op(sessie, s.nu) == 0
        assert bureau.ruim_op(sessie, s.nu + timedelta(days=2)) == 2
