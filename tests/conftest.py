"""Shared by all tests: both databases, empty and up to date, and the rule that CI skips nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from opslag.database import Database
from opslag.migreren import migreer
from opslag.tabellen import metadata


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI a skipped test proves nothing, so there it fails."""
    uitkomst: Any = yield
    verslag = uitkomst.get_result()
    if verslag.skipped and not hasattr(verslag, "wasxfail") and os.environ.get("INLOOP_GEEN_SKIPS"):
        verslag.outcome = "failed"
        verslag.longrepr = f"skipped in CI: {verslag.longrepr}"


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL of our own, from a pip package; the URL of its server without a database name."""
    from tests.postgres import server

    with server(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_sjabloon(postgres_server: str) -> str:
    """A PostgreSQL database that is up to date, to be emptied between tests; its URL."""
    from tests.postgres import nieuwe_database

    url = nieuwe_database(postgres_server, "inloop_test")
    db = Database(url)
    migreer(db.engine)
    db.sluit()
    return url


@pytest.fixture(scope="session")
def sqlite_sjabloon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database that is up to date, to be copied; its file."""
    pad = tmp_path_factory.mktemp("sjabloon") / "inloop.db"
    db = Database(f"sqlite:///{pad}")
    migreer(db.engine)
    db.sluit()
    return pad


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database that is up to date; every test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        pad = tmp_path / "inloop.db"
        shutil.copyfile(request.getfixturevalue("sqlite_sjabloon"), pad)
        return f"sqlite:///{pad}"
    sjabloon: str = request.getfixturevalue("postgres_sjabloon")
    db = Database(sjabloon)
    with db.transactie() as sessie:
        sessie.execute(sa.text(_LEEG))
    db.sluit()
    return sjabloon


_LEEG = f"""
    DO $$ DECLARE tabel text; BEGIN
        SET LOCAL session_replication_role = replica;
        FOREACH tabel IN ARRAY ARRAY{[tabel.name for tabel in metadata.sorted_tables]} LOOP
            EXECUTE format('DELETE FROM %I', tabel);
        END LOOP;
        PERFORM setval(format('%I', sequencename)::regclass, 1, false)
            FROM pg_sequences WHERE last_value IS NOT NULL AND schemaname = 'public';
    END $$
"""
"""Empties every table and begins counting anew. To truncate would make the files of all of them again."""


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """An open database, empty and up to date."""
    database = Database(database_url)
    yield database
    database.sluit()
