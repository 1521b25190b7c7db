"""What a turn does to the database, recorded at the driver, and a bare sqlite3 program that does the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from unittest.mock import patch

Stap = tuple[str, Any]
"""A statement and its parameters, as sqlite3 got them."""

_OMLIJSTING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@contextmanager
def opname() -> Iterator[list[Stap]]:
    """Record every statement on SQLite connections that are opened within; they land in the list it gives."""
    stappen: list[Stap] = []

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, parameters: Any = (), /) -> Self:
            stappen.append((sql, parameters))
            return super().execute(sql, parameters)

        def executemany(self, sql: str, rijen: Iterable[Any], /) -> Self:
            rijen = list(rijen)
            stappen.extend((sql, rij) for rij in rijen)
            return super().executemany(sql, rijen)

    class Verbinding(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
            cursor: sqlite3.Cursor = self.cursor().execute(sql, parameters)
            return cursor

    echt = sqlite3.connect

    def open_(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        verbinding: sqlite3.Connection = echt(*args, **{**kwargs, "factory": Verbinding})
        return verbinding

    with patch("sqlite3.dbapi2.connect", open_):
        yield stappen


def inhoudelijk(stappen: Iterable[Stap]) -> list[Stap]:
    """Without what begins and ends transactions, and without settings."""
    return [(sql, waarden) for sql, waarden in stappen if not sql.lstrip().upper().startswith(_OMLIJSTING)]


def instellingen(stappen: Iterable[Stap]) -> list[str]:
    """The settings that were made on a connection."""
    return list(dict.fromkeys(sql for sql, _ in stappen if sql.upper().startswith("PRAGMA") and "=" in sql))


class Kaal:
    """The yardstick: the same statements and settings on sqlite3 alone, a transaction for every turn."""

    def __init__(self, pad: Path, pragmas: Sequence[str]) -> None:
        self._verbinding = sqlite3.connect(pad, isolation_level=None)
        for regel in pragmas:
            self._verbinding.execute(regel)

    def beurt(self, stappen: Sequence[Stap]) -> None:
        """One turn, committed."""
        doe = self._verbinding.cursor().execute
        doe("BEGIN IMMEDIATE")
        for sql, waarden in stappen:
            doe(sql, waarden).fetchall()
        doe("COMMIT")

    def sluit(self) -> None:
        """Close the connection."""
        self._verbinding.close()
