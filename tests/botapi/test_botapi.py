"""Both real libraries against this server: what they send is understood, what they get they can read."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from aiogram import exceptions
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import error

from tests.botapi import BotApi, NietGekomen
from tests.botapi.bots import Bot, aiogram_bot, ptb_bot

BEELD = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (640).to_bytes(4) + (320).to_bytes(4) + bytes(9)
STEM = b"OggS\x00\x02" + bytes(40)


async def test_wie_ben_ik(api: BotApi, bot: Bot) -> None:
    ik = await bot.lib.get_me()
    assert (ik.username, ik.is_bot, ik.id) == (api.username, True, int(api.token.partition(":")[0]))


async def test_versturen_met_knoppen(api: BotApi, bot: Bot) -> None:
    amina = api.gebruiker("Amina", bekend=True)
    terug = await bot.lib.send_message(
        amina.id, "<b>Koffie</b> \N{HOT BEVERAGE} &amp; thee", parse_mode="HTML", reply_markup=bot.knoppen()
    )
    assert terug.text == "Koffie \N{HOT BEVERAGE} & thee"
    assert [(e.type, e.offset, e.length) for e in terug.entities] == [("bold", 0, 6)]
    assert terug.chat.first_name == "Amina"
    assert terug.from_user.is_bot
    assert terug.reply_markup.inline_keyboard[1][0].callback_data == "later:7"
    assert amina.laatste.id == terug.message_id
    assert amina.laatste.labels == ["Ja", "Nee", "Weet ik nog niet"]


async def test_tikken_bewerken_beantwoorden(api: BotApi, bot: Bot) -> None:
    amina = api.gebruiker(bekend=True)
    gestuurd = await bot.lib.send_message(amina.id, "Kom je ook?", reply_markup=bot.knoppen())
    tik = amina.tik(amina.laatste, "Ja")
    (bij,) = await bot.lib.get_updates(timeout=2)
    vraag = bij.callback_query
    assert (vraag.data, vraag.message.message_id, vraag.from_user.id) == (
        "ja:7",
        gestuurd.message_id,
        amina.id,
    )
    assert vraag.message.reply_markup.inline_keyboard[0][1].text == "Nee"
    await bot.lib.answer_callback_query(vraag.id, text="Fijn!")
    nieuw = await bot.lib.edit_message_text("Tot dinsdag!", chat_id=amina.id, message_id=gestuurd.message_id)
    assert (nieuw.text, nieuw.reply_markup) == ("Tot dinsdag!", None)
    assert (tik.beantwoord, tik.tekst) == (True, "Fijn!")
    assert (amina.laatste.tekst, amina.laatste.knoppen, amina.laatste.bewerkt) == ("Tot dinsdag!", [], 1)
    with pytest.raises(bot.onjuist, match=r"(?i)query is too old"):
        await bot.lib.answer_callback_query(vraag.id)
    with pytest.raises(bot.onjuist, match=r"(?i)message is not modified"):
        await bot.lib.edit_message_text("Tot dinsdag!", chat_id=amina.id, message_id=gestuurd.message_id)


async def test_wat_een_mens_kan_sturen(api: BotApi, bot: Bot) -> None:
    moussa = api.gebruiker("Moussa", "ar")
    groep = api.groep("Groep 1", door=moussa)
    eerste = moussa.stuur("/start CODE-1")
    moussa.spraak(7)
    moussa.sticker()
    moussa.foto("kijk")
    moussa.locatie()
    moussa.contact("+31612345678")
    moussa.bewerk(eerste, "/start CODE-2")
    moussa.stuur("hallo allemaal", in_groep=groep)
    api.gebruiker("Robot", is_bot=True)
    moussa.blokkeer()
    moussa.deblokkeer()
    bij = await bot.lib.get_updates(timeout=2)
    m = [b.message for b in bij]
    assert m[0] is None
    assert bij[0].my_chat_member.new_chat_member.status == "member"
    assert (m[1].text, m[1].entities[0].type, m[1].entities[0].length) == (
        "/start CODE-1",
        "bot_command",
        6,
    )
    assert m[1].from_user.language_code == "ar"
    duur = m[2].voice.duration
    assert (duur.total_seconds() if isinstance(duur, timedelta) else duur) == 7
    assert (m[3].sticker.emoji, m[4].caption) == ("\N{THUMBS UP SIGN}", "kijk")
    assert (round(m[5].location.latitude), m[6].contact.phone_number) == (52, "+31612345678")
    assert bij[7].edited_message.text == "/start CODE-2"
    assert (m[8].chat.type, m[8].chat.id) == ("supergroup", groep.id)
    assert [b.my_chat_member.new_chat_member.status for b in bij[9:]] == ["kicked", "member"]


async def test_bestanden(api: BotApi, bot: Bot) -> None:
    amina = api.gebruiker(bekend=True)
    stem = await bot.lib.send_voice(amina.id, bot.upload(STEM, "uitleg.ogg"), caption="Luister")
    assert (amina.laatste.soort, amina.laatste.tekst, amina.laatste.bestand.data) == (
        "spraak",
        "Luister",
        STEM,
    )
    opnieuw = await bot.lib.send_voice(amina.id, stem.voice.file_id)
    assert opnieuw.voice.file_id == stem.voice.file_id
    await bot.lib.send_photo(amina.id, bot.upload(BEELD, "koffie.png"))
    assert (amina.laatste.soort, amina.laatste.bestand.data) == ("foto", BEELD)
    amina.spraak(4, STEM + b"amina")
    (bij,) = await bot.lib.get_updates(timeout=2)
    assert await bot.haal_op(bij.message.voice.file_id) == STEM + b"amina"
    with pytest.raises(bot.onjuist, match=r"(?i)image_process_failed"):
        await bot.lib.send_photo(amina.id, bot.upload(b"geen beeld", "x.png"))


async def test_ophalen(api: BotApi, bot: Bot) -> None:
    amina = api.gebruiker()
    wachter = asyncio.create_task(bot.lib.get_updates(timeout=5))
    await asyncio.sleep(0.02)
    amina.stuur("een")
    (een,) = await wachter
    amina.stuur("twee")
    assert [b.message.text for b in await bot.lib.get_updates(limit=1)] == ["een"]  # not confirmed yet
    assert [b.message.text for b in await bot.lib.get_updates(offset=een.update_id + 1)] == ["twee"]
    assert api.wachtend == 1


@pytest.mark.parametrize("maak", [aiogram_bot, ptb_bot])
async def test_twee_lezers(api: BotApi, maak: Callable[[BotApi], Any]) -> None:
    """Two processes with one token; within one process python-telegram-bot polls over a single connection."""
    amina = api.gebruiker()
    async with maak(api) as een, maak(api) as twee:
        oud = asyncio.create_task(een.get_updates(timeout=5))
        await asyncio.sleep(0.02)
        nieuw = asyncio.create_task(twee.get_updates(timeout=5))
        with pytest.raises((exceptions.TelegramConflictError, error.Conflict), match=r"(?i)terminated by other"):
            await oud
        amina.stuur("wie hoort mij?")
        assert len(await nieuw) == 1


async def test_webhook(api: BotApi, bot: Bot) -> None:
    gezien: list[Any] = []
    amina = api.gebruiker()

    async def ontvang(request: web.Request) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == "g-1_A"
        gezien.append(await request.json())
        if len(gezien) == 1:
            return web.Response(status=500)
        return web.json_response({"method": "sendMessage", "chat_id": amina.id, "text": "dank je"})

    app = web.Application()
    app.router.add_post("/haak", ontvang)
    async with TestServer(app) as server:
        assert await bot.lib.set_webhook(str(server.make_url("/haak")), secret_token="g-1_A")
        with pytest.raises(bot.conflict):
            await bot.lib.get_updates()
        amina.stuur("hallo")
        assert (await amina.wacht_op(1)).tekst == "dank je"
        assert (await bot.lib.get_webhook_info()).pending_update_count == 0
        assert await bot.lib.delete_webhook()
    assert [g["update_id"] for g in gezien] == [gezien[0]["update_id"]] * 2
    assert (api.tellers["webhook"], api.tellers["webhook_herhaald"], api.wachtend) == (2, 1, 0)


async def test_een_prettig_gesprek(api: BotApi) -> None:
    """A bot that echoes, and somebody who talks to it."""
    async with aiogram_bot(api) as bot:

        async def praat() -> None:
            offset = 0
            while True:
                for bij in await bot.get_updates(offset, timeout=5):
                    offset = bij.update_id + 1
                    if bij.message is not None:
                        await bot.send_message(bij.message.chat.id, f"Je zei: {bij.message.text}")

        taak = asyncio.create_task(praat())
        amina = api.gebruiker("Amina")
        assert (await amina.zeg("hallo")).tekst == "Je zei: hallo"
        assert (await amina.zeg("dag")).tekst == "Je zei: dag"
        assert amina.verloop() == "< hallo\n> Je zei: hallo\n< dag\n> Je zei: dag"
        with pytest.raises(NietGekomen, match="Je zei: dag"):
            await amina.wacht_op("iets anders", timeout=0.01)
        taak.cancel()
        await asyncio.gather(taak, return_exceptions=True)


def test_in_een_eigen_draad() -> None:
    """For a bot in another process: no event loop in the test."""
    with BotApi.in_thread() as api:
        amina = api.gebruiker()
        amina.stuur("hallo")
        adres = f"{api.url}/bot{api.token}"
        with urllib.request.urlopen(f"{adres}/getUpdates?limit=1") as antwoord:
            assert json.load(antwoord)["result"][0]["message"]["text"] == "hallo"
        urllib.request.urlopen(f"{adres}/sendMessage?chat_id={amina.id}&text=dag").close()
        assert amina.wacht_op_sync("dag").id == 2
        assert api.tot_sync(lambda a: a.tellers["sendMessage:200"] == 1)
