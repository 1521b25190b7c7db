"""Migrations go up, down and up again, and lead to exactly the tables the code knows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from opslag.database import Database
from opslag.migreren import migreer, terug
from opslag.tabellen import HUIDIG, metadata


def test_op_neer_op(db: Database) -> None:
    terug(db.engine)
    over = set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert over == set()
    migreer(db.engine)
    assert set(metadata.tables) <= set(sa.inspect(db.engine).get_table_names())
    assert set(HUIDIG) <= set(sa.inspect(db.engine).get_view_names())


def test_nog_een_keer_doet_niets(db: Database) -> None:
    migreer(db.engine)
    migreer(db.engine)


def test_tabellen_zijn_de_migraties(db: Database) -> None:
    with db.engine.connect() as sessie:
        verschil = compare_metadata(MigrationContext.configure(sessie, opts={"compare_type": True}), metadata)
    assert verschil == []
