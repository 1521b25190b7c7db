"""Updates arrive at least once, whatever breaks; how often and in what order can be set."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.botapi import FOUT_500, WEG_NA, WEG_VOOR, BotApi
from tests.botapi.conftest import Roep
from tests.botapi.storing import Storingen


class Ontvanger:
    """A webhook that can be told to refuse, to be slow, and to count what goes on at once."""

    def __init__(self) -> None:
        self.gezien: list[dict[str, Any]] = []
        self.weiger: list[int] = []
        self.traag = 0.0
        self.tegelijk = 0
        self.hoogste = 0
        self.url = ""

    async def ontvang(self, request: web.Request) -> web.Response:
        self.tegelijk += 1
        self.hoogste = max(self.hoogste, self.tegelijk)
        self.gezien.append(await request.json())
        await asyncio.sleep(self.traag)
        self.tegelijk -= 1
        return web.Response(status=self.weiger.pop() if self.weiger else 204)

    @property
    def nummers(self) -> list[int]:
        return [int(update["update_id"]) for update in self.gezien]


@pytest.fixture
async def ontvanger() -> AsyncIterator[Ontvanger]:
    haak, app = Ontvanger(), web.Application()
    app.router.add_post("/", haak.ontvang)
    async with TestServer(app) as server:
        haak.url = str(server.make_url("/"))
        yield haak


async def test_niets_verloren_en_niet_meer_dan_afgesproken(api: BotApi, roep: Roep, ontvanger: Ontvanger) -> None:
    amina = api.gebruiker()
    for n in range(60):
        amina.stuur(str(n))
    ontvanger.weiger = [500, 503, 404] * 5
    ontvanger.traag = 0.002
    await roep("setWebhook", url=ontvanger.url, max_connections=4)
    assert await api.tot(lambda a: a.wachtend == 0)
    assert len(set(ontvanger.nummers)) == 60
    assert ontvanger.hoogste == 4
    assert (api.tellers["webhook"], api.tellers["webhook_mislukt"], api.tellers["webhook_gelukt"]) == (75, 15, 60)
    info = (await roep("getWebhookInfo"))[1]["result"]
    assert info["last_error_message"].startswith("Wrong response from the webhook: ")


async def test_een_bot_die_nog_niet_luistert(api: BotApi, roep: Roep) -> None:
    haak, app = Ontvanger(), web.Application()
    app.router.add_post("/", haak.ontvang)
    with socket.create_server(("127.0.0.1", 0)) as vrij:
        poort = vrij.getsockname()[1]
    api.gebruiker().stuur("is daar iemand?")
    await roep("setWebhook", url=f"http://127.0.0.1:{poort}/")
    assert await api.tot(lambda a: a.tellers["webhook_mislukt"] >= 3)
    async with TestServer(app, port=poort):
        assert await api.tot(lambda a: a.wachtend == 0)
    assert len(haak.gezien) == 1


async def test_volgorde_per_chat(api: BotApi, roep: Roep, ontvanger: Ontvanger) -> None:
    """Telegram's own server holds back a chat's later messages while an earlier one fails."""
    api.bezorging.per_rij = True
    amina, moussa = api.gebruiker("Amina"), api.gebruiker("Moussa")
    for n in range(10):
        amina.stuur(f"a{n}")
        moussa.stuur(f"m{n}")
    ontvanger.weiger = [500] * 6
    await roep("setWebhook", url=ontvanger.url)
    assert await api.tot(lambda a: a.wachtend == 0)
    teksten = [update["message"]["text"] for update in ontvanger.gezien]
    for wie in "am":
        eigen = [t for t in teksten if t[0] == wie]
        assert sorted(eigen) == eigen
        assert len(set(eigen)) == 10


async def test_twee_keer_bezorgd(api: BotApi, roep: Roep, ontvanger: Ontvanger) -> None:
    amina = api.gebruiker()
    amina.stuur("drie keer", keer=3)
    amina.stuur("eens")
    api.bijwerkingen.keer = 2
    amina.stuur("twee keer")
    await roep("setWebhook", url=ontvanger.url)
    assert await api.tot(lambda a: a.wachtend == 0)
    assert [ontvanger.nummers.count(n) for n in sorted(set(ontvanger.nummers))] == [3, 1, 2]
    assert api.tellers["webhook_herhaald"] == 3


async def test_twee_keer_opgehaald(api: BotApi, roep: Roep) -> None:
    """As if Telegram forgot that it was confirmed."""
    amina = api.gebruiker()
    amina.stuur("twee keer", keer=2)
    amina.stuur("eens")
    eerst = (await roep("getUpdates"))[1]["result"]
    weer = (await roep("getUpdates", offset=eerst[-1]["update_id"] + 1))[1]["result"]
    assert [u["message"]["text"] for u in eerst + weer] == ["twee keer", "eens", "twee keer"]
    assert (await roep("getUpdates", offset=eerst[-1]["update_id"] + 1))[1]["result"] == []


async def test_een_verloren_antwoord_komt_terug(api: BotApi, roep: Roep) -> None:
    api.gebruiker().stuur("hallo")
    api.storing.plan(WEG_NA, methode="getUpdates")
    with pytest.raises(aiohttp.ClientError):
        await roep("getUpdates")
    assert len((await roep("getUpdates"))[1]["result"]) == 1
    assert api.tellers["getUpdates:0"] == 1


async def test_alleen_gevraagde_soorten(api: BotApi, roep: Roep) -> None:
    amina = api.gebruiker()
    await roep("getUpdates", allowed_updates=["callback_query"])
    amina.stuur("hoort niemand")
    amina.blokkeer()
    assert api.wachtend == 0
    await roep("getUpdates", allowed_updates=[])
    amina.deblokkeer()
    assert api.wachtend == 1
    assert api.bijwerkingen.overgeslagen == 2


async def test_bevestigen(api: BotApi, roep: Roep) -> None:
    amina = api.gebruiker()
    for n in range(5):
        amina.stuur(str(n))
    alle = (await roep("getUpdates"))[1]["result"]
    await roep("getUpdates", offset=2**31 - 1)  # far in the future: confirms nothing
    assert api.wachtend == 5
    assert [u["message"]["text"] for u in (await roep("getUpdates", offset=-2))[1]["result"]] == ["3", "4"]
    assert (await roep("getUpdates", offset=alle[-1]["update_id"] + 1))[1]["result"] == []
    amina.stuur("weg ermee")
    await roep("deleteWebhook", drop_pending_updates=True)
    assert api.wachtend == 0


async def test_webhook_verbreekt_het_wachten(api: BotApi, roep: Roep, ontvanger: Ontvanger) -> None:
    wachten = asyncio.create_task(roep("getUpdates", timeout=5))
    await asyncio.sleep(0.02)
    await roep("setWebhook", url=ontvanger.url)
    assert (await wachten)[1]["description"] == "Conflict: terminated by setWebhook request"
    assert (await roep("getUpdates"))[0] == 409


async def test_uit_en_weer_aan(api: BotApi, roep: Roep) -> None:
    """A restart of the server on the same port: what was waiting still waits."""
    poort = api.poort
    api.gebruiker().stuur("hallo")
    await api.stop()
    with pytest.raises(aiohttp.ClientError):
        await roep("getMe")
    await api.start()
    assert api.poort == poort
    assert len((await roep("getUpdates"))[1]["result"]) == 1


async def test_onbereikbaar(api: BotApi, roep: Roep) -> None:
    api.storing.altijd(WEG_VOOR)
    for _ in range(3):
        with pytest.raises(aiohttp.ClientError):
            await roep("getMe")
    api.storing.herstel()
    assert (await roep("getMe"))[0] == 200


def test_kansen_zijn_te_herhalen() -> None:
    def worpen(seed: int) -> list[str]:
        storingen = Storingen(seed)
        storingen.kans(FOUT_500, 0.2, "sendMessage")
        storingen.kans(WEG_NA, 0.2)
        return [s.naam if (s := storingen.kies("sendMessage")) else "" for _ in range(500)]

    assert worpen(1) == worpen(1) != worpen(2)
    assert 60 < worpen(1).count("fout_500") < 140
    assert 60 < worpen(1).count("weg_na") < 140
