"""What both libraries make of a refusal, of a fault and of an update they cannot read."""

from __future__ import annotations

import asyncio

import pytest
from aiogram import exceptions
from telegram import error

from tests.botapi import FOUT_500, FOUT_502, FOUT_502_HTML, WEG_NA, WEG_VOOR, BotApi, vertraag, wacht_even
from tests.botapi.bots import Bot, aiogram_bot, ptb_bot


async def test_te_veel(api: BotApi, bot: Bot) -> None:
    amina = api.gebruiker(bekend=True)
    api.tempo.per_second = 2
    uitkomsten = await asyncio.gather(
        *(bot.lib.send_message(amina.id, str(n)) for n in range(3)), return_exceptions=True
    )
    (fout,) = [u for u in uitkomsten if isinstance(u, BaseException)]
    assert isinstance(fout, bot.te_veel)
    api.tempo.per_second = None
    await bot.lib.send_message(amina.id, "nu wel")
    assert (api.tellers["429"], api.tempo.geweigerd, len(amina.berichten)) == (1, 1, 3)


async def test_geweigerd(api: BotApi, bot: Bot) -> None:
    onbekend = api.gebruiker()
    with pytest.raises(bot.onjuist, match=r"(?i)chat not found"):
        await bot.lib.send_message(onbekend.id, "hallo")
    onbekend.stuur("/start")
    await bot.lib.send_message(onbekend.id, "hallo")
    onbekend.blokkeer(stil=True)
    with pytest.raises(bot.verboden, match=r"(?i)bot was blocked by the user"):
        await bot.lib.send_message(onbekend.id, "hallo?")
    onbekend.verdwijn()
    with pytest.raises(bot.verboden, match=r"(?i)user is deactivated"):
        await bot.lib.send_message(onbekend.id, "hallo?")


async def test_storingen(api: BotApi, bot: Bot) -> None:
    amina = api.gebruiker(bekend=True)
    api.storing.plan(WEG_VOOR, WEG_NA, FOUT_500, FOUT_502, wacht_even(3), vertraag(0.01), methode="sendMessage")
    for soort, aantal in (
        (bot.netwerk, 0),
        (bot.netwerk, 1),  # sent, but the bot does not know it
        (bot.serverfout, 1),
        (bot.serverfout, 1),
        (bot.te_veel, 1),
    ):
        with pytest.raises(soort):
            await bot.lib.send_message(amina.id, "hallo")
        assert len(amina.berichten) == aantal
    await bot.lib.send_message(amina.id, "traag")
    assert {k: n for k, n in api.tellers.items() if k.startswith("storing:")} == {
        "storing:weg_voor": 1,
        "storing:weg_na": 1,
        "storing:fout_500": 1,
        "storing:fout_502": 1,
        "storing:fout_429": 1,
        "storing:vertraagd": 1,
    }


async def test_een_pagina_in_plaats_van_json(api: BotApi, bot: Bot) -> None:
    """A gateway's HTML: aiogram calls it undecodable, which is no network error there; PTB does."""
    amina = api.gebruiker(bekend=True)
    api.storing.plan(FOUT_502_HTML)
    with pytest.raises(bot.onleesbaar):
        await bot.lib.send_message(amina.id, "hallo")


async def test_aiogram_leest_een_heel_antwoord_of_niets(api: BotApi) -> None:
    """One update that its models refuse, and aiogram's get_updates gives none of them, for ever."""
    amina = api.gebruiker()
    api.bied_aan({"message": {"message_id": "geen getal"}})
    amina.stuur("ik sta erachter")
    async with aiogram_bot(api) as bot:
        for _ in range(2):
            with pytest.raises(exceptions.ClientDecodeError):
                await bot.get_updates()


async def test_ptb_leest_een_heel_antwoord_of_niets(api: BotApi) -> None:
    """The same with python-telegram-bot; only a missing field breaks it, a wrong type goes through."""
    amina = api.gebruiker()
    api.bied_aan({"message": {"message_id": "geen getal", "date": 0, "chat": {"id": 1, "type": "private"}}})
    amina.stuur("ik sta erachter")
    async with ptb_bot(api) as bot:
        assert len(await bot.get_updates()) == 2
        api.bied_aan({"message": {"message_id": 1}})
        with pytest.raises(KeyError, match="date"):
            await bot.get_updates()


async def test_verkeerde_sleutel(api: BotApi) -> None:
    sleutel = "1234567890:" + "B" * 35
    async with aiogram_bot(api, sleutel) as bot:
        with pytest.raises(exceptions.TelegramUnauthorizedError):
            await bot.get_me()
    with pytest.raises(error.InvalidToken):
        async with ptb_bot(api, sleutel):
            pass
