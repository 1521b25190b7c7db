"""The whole house at once: the real process, a strict Bot API server on loopback, and a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.botapi import TOKEN, BotApi
from tests.echt.proces import GEHEIM, Inloop, vrije_poort
from tests.echt.proef import Proef

Maak = Callable[..., Inloop]
Begin = Callable[[str, str, int, float], Proef]


@pytest.fixture
def api() -> Iterator[BotApi]:
    """Telegram, in a thread of its own."""
    with BotApi.in_thread() as api:
        yield api


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def leeg(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database in which there is nothing at all, on both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'inloop.db'}"
    from tests.postgres import nieuwe_database

    return nieuwe_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def maak(api: BotApi, tmp_path: Path) -> Iterator[Maak]:
    """Makes an installation on a database: ``maak(url, weg="webhook", bibliotheek="aiogram")``.

    Whatever the test was about: no stack trace, no token and no secret may be in what it printed.
    """
    gemaakt: list[Inloop] = []
    with ExitStack() as stapel:

        def maak(url: str, weg: str = "polling", bibliotheek: str = "ptb", **erbij: str) -> Inloop:
            omgeving = {
                "INLOOP_DATABASE_URL": url,
                "INLOOP_TELEGRAM_API": api.url,
                "INLOOP_TELEGRAM_TOKEN": api.token,
                "INLOOP_TELEGRAM_LIBRARY": bibliotheek,
                "INLOOP_TELEGRAM_TEMPO": "1000",
            }
            if weg == "webhook":
                poort = str(stapel.enter_context(vrije_poort()))
                omgeving |= {"INLOOP_WEB_PORT": poort, "INLOOP_TELEGRAM_WEBHOOK": f"http://127.0.0.1:{poort}"}
            gemaakt.append(Inloop(tmp_path, **(omgeving | erbij)))
            return gemaakt[-1]

        yield maak
        for inloop in gemaakt:
            if inloop.draait:
                inloop.dood()
    for inloop in gemaakt:
        controleer_logboek(inloop)


@pytest.fixture
def begin(api: BotApi, maak: Maak) -> Iterator[Begin]:
    """Starts a process with invited parents: ``begin(url, weg, how many, answers a second)``."""
    begonnen: list[Proef] = []

    def begin(url: str, weg: str, aantal: int, per_seconde: float) -> Proef:
        begonnen.append(Proef(api, maak(url, weg), aantal, per_seconde))
        begonnen[-1].begin()
        return begonnen[-1]

    yield begin
    for proef in begonnen:
        proef.sluit()


def controleer_logboek(inloop: Inloop, *geheimen: str) -> None:
    """Nothing in what was printed that may not be there."""
    tekst = inloop.alles()
    for verboden in ("Traceback", "Task exception", "never awaited", TOKEN.partition(":")[2], GEHEIM, *geheimen):
        assert verboden not in tekst, f"{verboden!r} stands in the log:\n{tekst[:5000]}"
