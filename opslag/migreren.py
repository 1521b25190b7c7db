"""Bringing a database up to date with Alembic, from code: the scripts travel with the package."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migraties"


def _config(sessie: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", SCRIPTS.as_posix().replace("%", "%%"))
    config.attributes["sessie"] = sessie
    return config


def migreer(engine: sa.Engine, tot: str = "head") -> None:
    """Bring the database up to ``tot``; does nothing when it is there. Safe with several processes at once."""
    with engine.begin() as sessie:
        if engine.dialect.name == "postgresql":  # one at a time; released with the transaction
            sessie.execute(sa.text("SELECT pg_advisory_xact_lock(7016001)"))
        command.upgrade(_config(sessie), tot)


def terug(engine: sa.Engine, tot: str = "base") -> None:
    """Take the database back to ``tot`` (for tests, and for a deploy that must be undone)."""
    with engine.begin() as sessie:
        command.downgrade(_config(sessie), tot)
