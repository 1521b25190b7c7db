"""A statement on the driver's own cursor writes and reads what SQLAlchemy would."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from opslag.database import Database
from opslag.snel import Snel, eenmaal
from opslag.tabellen import locatie, organisatie

NU = datetime(2026, 12, 1, 9, 30, 0, 7, tzinfo=UTC)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_MAAK = Snel(locatie.insert(), "organisatie_id", "naam", "gemaakt")
_ALLE = sa.select(locatie.c.naam, locatie.c.gemaakt, locatie.c.voorbeeld).order_by(locatie.c.id)
_LEES = Snel(_ALLE)
_EEN = Snel(locatie.update().where(locatie.c.id == sa.bindparam("nummer")).values(voorbeeld=True))


@pytest.fixture
def organisatie_id(db: Database) -> int:
    with db.transactie() as sessie:
        nummer: int = sessie.execute(organisatie.insert().values(naam="Proef").returning(organisatie.c.id)).scalar_one()
    return nummer


def test_schrijft_en_leest_als_sqlalchemy(db: Database, organisatie_id: int) -> None:
    momenten = [NU, NU.astimezone(AMSTERDAM), NU + timedelta(microseconds=1), NU]
    with db.transactie() as sessie:
        for nummer, moment in enumerate(momenten):
            assert _MAAK.doe(sessie, organisatie_id=organisatie_id, naam=f"Zon {nummer}", gemaakt=moment) == 1
        gewoon = sessie.execute(_ALLE).all()
        snel = _LEES.rijen(sessie)
    assert [tuple(r) for r in snel] == [tuple(r) for r in gewoon]
    assert [tuple(r) for r in snel] == [(f"Zon {nummer}", moment, False) for nummer, moment in enumerate(momenten)]
    assert all(r.gemaakt.tzinfo is UTC for r in snel)


def test_een_naam_en_veel_rijen(db: Database, organisatie_id: int) -> None:
    with db.transactie() as sessie:
        _MAAK.doe_veel(sessie, [{"naam": "A"}, {"naam": "B", "gemaakt": NU}], organisatie_id=organisatie_id, gemaakt=NU)
        nummer = sessie.scalar(sa.select(sa.func.min(locatie.c.id)))
        assert _EEN.doe(sessie, nummer=nummer) == 1
        assert [(r.naam, bool(r.voorbeeld)) for r in _LEES.rijen(sessie)] == [("A", True), ("B", False)]


def test_het_uur_dat_twee_keer_komt(db: Database, organisatie_id: int) -> None:
    """Both are half past two and equal to Python; they lie an hour apart."""
    eerst = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM)
    with db.transactie() as sessie:
        for naam, moment in (("eerst", eerst), ("dan", eerst.replace(fold=1))):
            _MAAK.doe(sessie, organisatie_id=organisatie_id, naam=naam, gemaakt=moment)
        een, twee = (r.gemaakt for r in _LEES.rijen(sessie))
    assert twee - een == timedelta(hours=1)


def test_een_moment_zonder_zone_is_een_gok(db: Database, organisatie_id: int) -> None:
    with pytest.raises(ValueError, match="tijdzone"), db.transactie() as sessie:
        _MAAK.doe(sessie, organisatie_id=organisatie_id, naam="De Zon", gemaakt=NU.replace(tzinfo=None))


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_een_greep_neemt_nooit_meer_dan_gevraagd(db: Database) -> None:
    """Also when PostgreSQL thinks a nested loop is best, as it does right after a table was filled."""
    with db.transactie() as sessie:
        for nummer in range(20):
            sessie.execute(organisatie.insert().values(naam=f"Organisatie {nummer}"))
        for zet in ("enable_hashjoin", "enable_mergejoin", "enable_material", "enable_hashagg", "enable_sort"):
            sessie.execute(sa.text(f"SET LOCAL {zet} = off"))
        o = organisatie.c
        vrij = sa.select(organisatie.alias("vrij").c.id).limit(3).with_for_update(skip_locked=True)
        neem = organisatie.update().where(o.id.in_(eenmaal(vrij))).values(naam=o.naam + " genomen").returning(o.id)
        assert len(sessie.execute(neem).all()) == 3
