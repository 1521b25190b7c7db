"""What every command needs: settings, a database that is up to date, and errors as one line."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.instellingen import Instellingen
from dialogen import begrijpen
from opslag.activiteiten import Afgewezen
from opslag.database import Database, DatabaseFout, Sessie
from opslag.locaties import Bestaat, Onbekend
from opslag.migreren import migreer


class Fout(Exception):
    """What was asked cannot be done; one line saying why and what to do. ``code`` is the exit status."""

    def __init__(self, tekst: str, code: int = 2) -> None:
        super().__init__(tekst)
        self.code = code


def instellingen() -> Instellingen:
    """The settings of this process. Raises ``Fout`` naming the variable that is wrong."""
    from pydantic import ValidationError

    try:
        return Instellingen()
    except ValidationError as fout:
        eerste = fout.errors(include_url=False, include_input=False)[0]
        if not eerste["loc"]:  # of several together, which it names itself
            raise Fout(eerste["msg"].removeprefix("Value error, ")) from None
        raise Fout(f"INLOOP_{str(eerste['loc'][0]).upper()}: {eerste['msg']}") from None


@contextmanager
def database() -> Iterator[Database]:
    """The database of this process, up to date. Raises ``Fout`` when it cannot be."""
    url = instellingen().database_url
    try:
        db = Database(url)
    except ValueError as fout:
        raise Fout(str(fout)) from None
    except Exception as fout:
        raise Fout(f"INLOOP_DATABASE_URL is geen adres van een database ({type(fout).__name__})") from None
    try:
        try:
            migreer(db.engine)
        except Exception as fout:
            raise Fout(
                f"de database ({db.naam}) is niet bereikbaar of niet bij te werken: {type(fout).__name__}", 1
            ) from None
        yield db
    finally:
        db.sluit()


@contextmanager
def _als_regel(db: Database) -> Iterator[None]:
    """Expected errors, and a database that fails, as one line."""
    try:
        yield
    except (Onbekend, Bestaat, Afgewezen) as fout:
        raise Fout(str(fout)) from None
    except DatabaseFout as fout:
        raise Fout(f"de database ({db.naam}) doet het niet: {type(fout).__name__}", 1) from None


@contextmanager
def werk() -> Iterator[Sessie]:
    """A database that is up to date and one transaction on it."""
    with database() as db, _als_regel(db), db.transactie() as sessie:
        yield sessie


@contextmanager
def werken() -> Iterator[Callable[[], AbstractContextManager[Sessie]]]:
    """A database that is up to date, and as many transactions on it as the work takes, one after the other."""
    with database() as db, _als_regel(db):
        yield db.transactie


@contextmanager
def kijken() -> Iterator[tuple[Sessie, Database]]:
    """A database that is up to date, to read from for as long as it takes; nobody who writes waits for it."""
    with database() as db, _als_regel(db), db.lezend() as sessie:
        yield sessie, db


def niet_te_schrijven(pad: Path, fout: OSError) -> Fout:
    """A file that cannot be written: another place was needed (2), or the disk is full or broken (1)."""
    kapot = fout.errno in {errno.ENOSPC, errno.EDQUOT, errno.EIO}
    wat = "maak ruimte" if kapot else "kies een andere plek"
    return Fout(f"kan {pad} niet schrijven ({fout.strerror or fout}); {wat}", 1 if kapot else 2)


def nu() -> datetime:
    """Now, UTC."""
    return datetime.now(UTC)


def kort(tekst: str, wat: str, meest: int) -> str:
    """One line of 1 to ``meest`` characters. Raises ``Fout`` naming ``wat`` is wrong."""
    try:
        tekst.encode()
    except UnicodeEncodeError:
        raise Fout(f"{wat} is geen UTF-8; typ het opnieuw") from None
    schoon = " ".join(begrijpen.schoon(tekst).split())
    if not schoon:
        raise Fout(f"{wat} is leeg; vul iets in")
    if len(schoon) > meest:
        raise Fout(f"{wat} is {len(schoon)} tekens lang; hooguit {meest} past")
    return schoon
