"""A voice note all the way, with real sound: from Telegram through both libraries to a colleague in the browser."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from bot.app import App, maak_webchat
from bot.diensten import geluid
from bot.diensten.kluis import tijdelijk
from bot.diensten.stemproces import Stemproces
from bot.kanalen.basis import Tempo
from bot.links import NERGENS
from bot.spraak import Spraak, maak_keur
from dialogen.basis import Vorm
from opslag import gesprekken, locaties, ouders
from opslag.database import Database, Sessie
from opslag.gesprekken import Sleutel
from opslag.tabellen import postvak_uit, spraaknota
from tests.bot.diensten.klank import noot, stilte
from tests.botapi import BotApi
from tests.botapi.gebruiker import Gebruiker

SOORTEN = {"ptb": "TelegramPtb", "aiogram": "TelegramAiogram"}
ADRES = "b" * 32


@dataclass
class Huis:
    """The bot, Telegram, and a parent there; a colleague is in the browser chat."""

    app: App
    api: BotApi
    moeder: Gebruiker

    async def noten(self) -> list[tuple[str, str, int, int]]:
        n = spraaknota.c
        lees = sa.select(n.status, n.fout, n.id, sa.func.coalesce(n.duur, 0)).order_by(n.id)
        return [tuple(r) for r in await self.app.db.lees(lambda s: s.execute(lees).all())]

    async def tot(self, klopt: Callable[[list[tuple[str, str, int, int]]], bool]) -> list[tuple[str, str, int, int]]:
        async with asyncio.timeout(20):
            while not klopt(noten := await self.noten()):
                await asyncio.sleep(0.05)
        return noten


@pytest.fixture(params=SOORTEN)
async def huis(request: pytest.FixtureRequest, db: Database) -> AsyncIterator[Huis]:
    klasse = getattr(importlib.import_module(f"bot.kanalen.telegram_{request.param}"), SOORTEN[request.param])
    async with BotApi() as api:
        moeder = api.gebruiker("Amal", bekend=True)
        kanaal = klasse(api.token, api.url, "", "", Tempo(100, 0.0))
        proces = Stemproces()
        app = App(db, [maak_webchat(db, NERGENS), kanaal], spraak=Spraak(tijdelijk(), maak_keur(proces)))
        await db.schrijf(_school, Sleutel("telegram", kanaal.account, str(moeder.id)), app)
        await app.start()
        yield Huis(app, api, moeder)
        await app.stop()
        proces.sluit()


def _school(s: Sessie, chat: Sleutel, app: App) -> None:
    nu = app.klok()
    waar = locaties.maak_locatie(s, "De Regenboog", ["Vlinders"], nu)
    groep = locaties.zoek_groepen(s, waar, ["Vlinders"])[0]
    code = locaties.nodig_ouders_uit(s, waar, groep, nu)
    g = gesprekken.neem(s, chat, nu)
    assert ouders.maak_ouder(s, code, g.nummer, "Amal", "nl", Vorm.LEZEN, nu)
    collega = gesprekken.neem(s, Sleutel("web", "web", ADRES), nu)
    teamcode = locaties.nodig_team_uit(s, waar, "medewerker", nu)
    nummer = locaties.maak_medewerker(s, teamcode, "Noor", nu)
    assert nummer is not None
    gesprekken.koppel_medewerker(s, collega.nummer, nummer)


async def test_a_colleague_in_the_browser_hears_what_was_spoken_in_telegram(huis: Huis) -> None:
    huis.moeder.spraak(2, noot(2.0))
    ((_, _, nummer, duur),) = await huis.tot(lambda n: bool(n) and n[0][0] == "binnen")
    assert 1900 < duur < 2100
    gehoord = await huis.app.speler.speel(ADRES, nummer)
    assert gehoord is not None
    feiten = await asyncio.to_thread(geluid.feiten, gehoord.inhoud)
    assert (feiten.codec, feiten.hertz, feiten.kanalen) == ("opus", 48_000, 1)
    assert await huis.app.speler.speel("c" * 32, nummer) is None
    uit = sa.select(postvak_uit.c.inhoud).where(postvak_uit.c.kanaal == "web")
    async with asyncio.timeout(10):
        while not (rij := await huis.app.db.lees(lambda s: s.execute(uit).scalars().first())):
            await asyncio.sleep(0.05)
    assert f"spraaknota:{nummer}" in rij


async def test_a_header_may_lie_and_a_file_may_be_broken(huis: Huis) -> None:
    heel = noot(3.0)
    gevallen: list[tuple[bytes, str]] = [
        (b"", "leeg"),
        (stilte(2.0), "stil"),
        (b"<html>geen geluid</html>", "geen_geluid"),
        (heel[:60], "geen_geluid"),
        (b"OggS" + bytes(500), "geen_geluid"),
        (noot(185.0), "lang"),
    ]
    for data, _ in gevallen:
        huis.moeder.spraak(3, data, maat=1000)
    noten = await huis.tot(lambda n: len(n) == len(gevallen) and all(x[0] != "gevraagd" for x in n))
    assert [n[0] for n in noten] == ["mislukt"] * len(gevallen)
    assert [n[1] for n in noten if n[1] in {"stil", "lang"}] == ["stil", "lang"]
    await huis.moeder.wacht_op("te lang", 20)
    await huis.moeder.wacht_op("kan dit niet horen", 20)


async def test_cut_off_in_the_middle_is_heard_as_far_as_it_goes(huis: Huis) -> None:
    heel = noot(3.0)
    huis.moeder.spraak(3, heel[: len(heel) * 2 // 3])
    ((status, _, _, duur),) = await huis.tot(lambda n: bool(n) and n[0][0] != "gevraagd")
    assert (status, 0 < duur < 3100) == ("binnen", True)


async def test_what_says_itself_that_it_is_too_long_is_answered_and_never_fetched(huis: Huis) -> None:
    huis.moeder.spraak(300, noot(1.0))
    await huis.moeder.wacht_op("te lang", 20)
    assert await huis.noten() == []
    assert huis.api.tellers["getFile"] == 0
