"""What Telegram can do wrong, against the whole engine: nothing is lost, nobody is written to who does not want it."""

from __future__ import annotations

import asyncio
import importlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from bot.app import App
from bot.kanalen.basis import Tempo
from opslag.database import Database
from opslag.tabellen import gesprek, postvak_uit
from tests.botapi import (
    FOUT_500,
    FOUT_502,
    FOUT_502_HTML,
    FOUT_502_NA,
    WEG_NA,
    WEG_VOOR,
    BotApi,
    Gebruiker,
    Storing,
    wacht_even,
)
from tests.botapi.fouten import ApiFout
from tests.botapi.storing import antwoord
from tests.echt.school import School, nodig_uit, nog_te_doen, open_school

SOORTEN = {"ptb": "TelegramPtb", "aiogram": "TelegramAiogram"}
GEDULD = 15.0
OP_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where nothing depends on the kind of database."""


@dataclass
class Huis:
    """The engine of one process on this event loop, with parents who were invited."""

    app: App
    api: BotApi
    school: School
    ouders: list[Gebruiker]

    @property
    def db(self) -> Database:
        return self.app.db

    async def tot(self, klopt: Callable[[], bool], wacht: float = GEDULD) -> None:
        """Until it holds."""
        einde = time.monotonic() + wacht
        while not klopt():
            assert time.monotonic() < einde, "it never came to that"
            await asyncio.sleep(0.02)

    async def rust(self) -> None:
        """Until nothing is to be done any more."""
        await self.tot(lambda: self._telt(nog_te_doen) == 0)

    def _telt(self, functie: Callable[..., int]) -> int:
        with self.db.transactie() as sessie:
            return functie(sessie)

    def uit(self, *kolommen: str) -> list[tuple[object, ...]]:
        """Columns of the outbox."""
        with self.db.transactie() as sessie:
            return [tuple(r) for r in sessie.execute(sa.select(*(postvak_uit.c[k] for k in kolommen)).order_by("id"))]

    def nodig_uit(self, titel: str) -> int:
        """One more broadcast."""
        with self.db.transactie() as sessie:
            aantal = nodig_uit(sessie, self.school, self.app.klok(), titel)
        self.app.wek_verzender(None)
        return aantal

    def gekregen(self, tekst: str) -> list[int]:
        """How many messages with this text each parent has."""
        return [sum(tekst in b.tekst for b in ouder.berichten) for ouder in self.ouders]


Bouw = Callable[..., "asyncio.Future[Huis]"]


@pytest.fixture
async def bouw(db: Database) -> AsyncIterator[Bouw]:
    """Builds the house: how many parents, how fast, and what Telegram does from the start."""
    async with BotApi() as api:
        gebouwd: list[App] = []

        async def bouw(aantal: int, tempo: float = 500, *plan: Storing | None, bibliotheek: str = "ptb") -> Huis:
            klasse = getattr(importlib.import_module(f"bot.kanalen.telegram_{bibliotheek}"), SOORTEN[bibliotheek])
            kanaal = klasse(api.token, api.url, "", "", Tempo(tempo, 0.0))
            ouders = [api.gebruiker(f"Ouder{n}", bekend=True) for n in range(aantal)]
            account = api.token.partition(":")[0]
            school = open_school(db, account, [o.id for o in ouders])
            api.storing.plan(*plan, methode="verstuur")
            app = App(db, [kanaal])
            gebouwd.append(app)
            await app.start()
            return Huis(app, api, school, ouders)

        yield bouw  # type: ignore[misc]
        for app in gebouwd:
            await app.stop()


@pytest.mark.parametrize("bibliotheek", SOORTEN)
async def test_na_een_429_wacht_het_hele_account_en_raakt_niets_kwijt(bouw: Bouw, bibliotheek: str) -> None:
    huis = await bouw(60, 200, *[None] * 10, wacht_even(2), bibliotheek=bibliotheek)
    await huis.rust()
    regels = huis.api.verzoeken("verstuur")
    fout = next(r.moment for r in regels if r.code == 429)
    onderweg = [r for r in regels if fout < r.moment < fout + 1.9]
    assert len(onderweg) < 16, "only what was in the air already"
    assert huis.gekregen("Koffie") == [1] * 60
    assert {*huis.uit("status", "onzeker", "pogingen")} == {("verzonden", False, 0)}


async def test_stop_tijdens_een_429_werkt(bouw: Bouw) -> None:
    """What was claimed already goes back, and the question whether it may go is asked again."""
    huis = await bouw(30, 200, wacht_even(3))
    await huis.tot(lambda: huis.api.tellers["verstuur:429"] > 0)
    laatste = huis.ouders[5]
    laatste.stuur("STOP")
    await huis.rust()
    assert [sum("Koffie" in b.tekst for b in laatste.berichten), len(laatste.berichten)] == [0, 1]
    assert huis.gekregen("Koffie") == [int(o is not laatste) for o in huis.ouders]
    assert ("vervallen", "gestopt") in huis.uit("status", "reden")


@OP_SQLITE
async def test_een_antwoord_gaat_voor_na_een_429(bouw: Bouw) -> None:
    """The pause leaves no claimed broadcasts in front of a reply."""
    huis = await bouw(40, 20, wacht_even(2))
    await huis.tot(lambda: huis.api.tellers["verstuur:429"] > 0)
    vrager = huis.ouders[-1]
    vrager.stuur("menu")
    await huis.tot(lambda: bool(vrager.berichten))
    assert sum(huis.gekregen("Koffie")) <= 1


@OP_SQLITE
async def test_antwoorden_gaan_voor_uitzendingen(bouw: Bouw) -> None:
    huis = await bouw(80, 40)
    await huis.tot(lambda: sum(huis.gekregen("Koffie")) > 5)
    vrager = huis.ouders[-1]
    vrager.stuur("menu")
    await huis.tot(lambda: bool(vrager.berichten))
    assert sum(huis.gekregen("Koffie")) < 45, "not after the whole broadcast, only after what was in flight"


async def test_wie_de_bot_blokkeert_hoort_niets_meer(bouw: Bouw) -> None:
    huis = await bouw(3)
    await huis.rust()
    weg, *blijft = huis.ouders
    weg.blokkeer()
    assert huis.nodig_uit("Koken") == 3
    await huis.rust()
    assert huis.api.tellers["verstuur:403"] == 1
    assert [o.berichten[-1].tekst.count("Koken") for o in blijft] == [1, 1]
    with huis.db.transactie() as sessie:
        onbereikbaar = sa.select(gesprek.c.adres).where(gesprek.c.onbereikbaar.is_not(None))
        assert list(sessie.scalars(onbereikbaar)) == [str(weg.id)]
    assert huis.nodig_uit("Zingen") == 2
    await huis.rust()
    assert huis.api.tellers["verstuur:403"] == 1, "not tried again"
    weg.deblokkeer()
    weg.stuur("menu")
    await weg.wacht_op(1, GEDULD, len(weg.berichten))
    assert huis.nodig_uit("Dansen") == 3, "who writes to us can be written to again"


@OP_SQLITE
async def test_een_400_is_geweigerd_met_reden_en_het_volgende_gaat_door(bouw: Bouw) -> None:
    huis = await bouw(3, 500, antwoord(ApiFout(400, "Bad Request: can't parse entities")))
    await huis.rust()
    assert min(huis.uit("status", "reden", "inhoud"), key=str) == (
        "geweigerd",
        "400 Bad Request: can't parse entities",
        None,
    )
    assert sorted(huis.gekregen("Koffie")) == [0, 1, 1]
    huis.ouders[0].stuur("menu")
    await huis.ouders[0].wacht_op(1, GEDULD, len(huis.ouders[0].berichten))


@pytest.mark.parametrize("bibliotheek", SOORTEN)
async def test_na_storingen_komt_alles_toch(bouw: Bouw, bibliotheek: str) -> None:
    """Retried with a growing wait until it arrives; nothing is in doubt, for every answer said that it was not sent."""
    storingen = [FOUT_500, FOUT_502, None, FOUT_502_HTML, WEG_VOOR, None, FOUT_500, WEG_VOOR]
    huis = await bouw(8, 500, *storingen, bibliotheek=bibliotheek)
    await huis.rust()
    assert huis.gekregen("Koffie") == [1] * 8
    assert {*huis.uit("status", "onzeker")} == {("verzonden", False)}
    assert sum(int(str(p)) for (p,) in huis.uit("pogingen")) == 6


@OP_SQLITE
async def test_een_verloren_antwoord_kan_verdubbelen_maar_verliest_niets(bouw: Bouw) -> None:
    """Delivery to a platform is at least once: nobody can know whether it arrived when the answer is lost."""
    huis = await bouw(6, 500, WEG_NA, FOUT_502_NA)
    await huis.rust()
    assert sorted(huis.gekregen("Koffie")) == [1, 1, 1, 1, 2, 2]
    assert len(huis.uit("id")) == 6


@OP_SQLITE
async def test_telegram_een_tijd_helemaal_weg(bouw: Bouw) -> None:
    """Neither reading nor writing works for a while; afterwards everything is there, once."""
    huis = await bouw(10)
    await huis.rust()
    huis.api.storing.altijd(WEG_VOOR)
    for ouder in huis.ouders:
        ouder.druk(next(k.data for k in ouder.laatste.knoppen if ":ja" in k.data))
    huis.nodig_uit("Koken")
    await asyncio.sleep(1)
    huis.api.storing.herstel()
    await huis.tot(lambda: huis.gekregen("Fijn") == [1] * 10)
    await huis.rust()
    assert huis.gekregen("Koken") == [1] * 10
