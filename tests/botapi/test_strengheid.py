"""What Telegram refuses, this server refuses, in Telegram's words."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.botapi import BotApi, Gebruiker, Tempo
from tests.botapi.conftest import Roep
from tests.botapi.fouten import ApiFout
from tests.botapi.opmaak import html_naar_tekst, opdrachten


@pytest.fixture
def amina(api: BotApi) -> Gebruiker:
    return api.gebruiker("Amina", bekend=True)


def markup(**knop: object) -> dict[str, Any]:
    return {"inline_keyboard": [[knop]]}


@pytest.mark.parametrize(
    ("args", "reden"),
    [
        ({}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "<p>x</p>", "parse_mode": "HTML"}, "can't parse entities: Unsupported start tag"),
        ({"text": "een <b>twee", "parse_mode": "html"}, "can't parse entities: Can't find end tag"),
        ({"text": "x", "parse_mode": "Latex"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": "geen json"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": [1]}, "object expected as reply markup"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [{}]}}, "must be an Array of Arrays"),
        ({"text": "x", "reply_markup": markup(callback_data="a")}, 'can\'t find field "text"'),
        ({"text": "x", "reply_markup": markup(text=" ", callback_data="a")}, "text must be non-empty"),
        ({"text": "x", "reply_markup": markup(text="Ja")}, "text buttons are unallowed"),
        ({"text": "x", "reply_markup": markup(text="Ja", callback_data="")}, "text buttons are unallowed"),
        ({"text": "x", "reply_markup": markup(text="Ja", callback_data="é" * 33)}, "button_data_invalid"),
        ({"text": "x", "reply_markup": markup(text="Ja", url="http://localhost/x")}, "wrong http url"),
        ({"text": "x", "reply_markup": {"keyboard": [[{"text": ""}]]}}, "button text must be non-empty"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ],
)
async def test_onjuist_bericht(amina: Gebruiker, roep: Roep, args: dict[str, Any], reden: str) -> None:
    code, body = await roep("sendMessage", chat_id=amina.id, **args)
    assert (code, body["ok"], body["error_code"]) == (400, False, 400)
    assert body["description"].startswith("Bad Request: ")
    assert reden.lower() in body["description"].lower()
    assert amina.berichten == []


async def test_net_goed(amina: Gebruiker, roep: Roep) -> None:
    """The limits themselves are allowed, and markup does not count."""
    tekst = "<b>" + "\N{HOT BEVERAGE}" * 4096 + "</b>"
    knop = markup(text="Ja", callback_data="é" * 32)
    assert (await roep("sendMessage", chat_id=amina.id, text=tekst, parse_mode="HTML", reply_markup=knop))[0] == 200
    assert (await roep("sendMessage", chat_id=str(amina.id), text=" wit \n"))[1]["result"]["text"] == "wit"


@pytest.mark.parametrize(
    ("bron", "tekst", "entiteiten"),
    [
        ("a &lt;b&gt; &amp;amp; &nbsp; &#233;", "a <b> &amp; &nbsp; é", []),
        ("\N{GRINNING FACE}<i>x</i>", "\N{GRINNING FACE}x", [("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("italic", 1, 1), ("bold", 0, 2)]),
        ('<a href="https://inloop.example/?a=1&amp;b=2">hier</a>', "hier", [("text_link", 0, 4)]),
        ('<a href="nergens">hier</a>', "hier", []),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<B>x</>", "x", [("bold", 0, 1)]),
        ("3 > 2", "3 > 2", []),
    ],
)
def test_html(bron: str, tekst: str, entiteiten: list[tuple[str, int, int]]) -> None:
    opgemaakt = html_naar_tekst(bron)
    assert opgemaakt.tekst == tekst
    assert [(e["type"], e["offset"], e["length"]) for e in opgemaakt.entities] == entiteiten


@pytest.mark.parametrize(
    ("bron", "reden"),
    [
        ("2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("é<b", "Unclosed start tag at byte offset 2"),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<b x", 'Unclosed start tag "b" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ],
)
def test_geen_html(bron: str, reden: str) -> None:
    with pytest.raises(ApiFout) as fout:
        html_naar_tekst(bron)
    assert fout.value.description == f"Bad Request: can't parse entities: {reden}"


def test_opdrachten_tellen_in_utf16() -> None:
    assert opdrachten("\N{GRINNING FACE} /start abc a/b") == [{"type": "bot_command", "offset": 3, "length": 6}]


async def test_bewerken(amina: Gebruiker, roep: Roep) -> None:
    knop = markup(text="Ja", callback_data="ja")
    await roep("sendMessage", chat_id=amina.id, text="een", reply_markup=knop)
    eigen = amina.stuur("van mij")
    gelijk = {"chat_id": amina.id, "message_id": 1, "text": "een"}
    for args, reden in (
        (gelijk | {"reply_markup": knop}, "message is not modified"),
        (gelijk | {"message_id": 77}, "message to edit not found"),
        (gelijk | {"message_id": eigen.id}, "message can't be edited"),
        (gelijk | {"reply_markup": {"keyboard": [["x"]]}}, "inline keyboard expected"),
    ):
        code, body = await roep("editMessageText", **args)
        assert (code, reden in body["description"]) == (400, True)
    assert (await roep("editMessageReplyMarkup", chat_id=amina.id, message_id=1))[0] == 200
    assert (amina.laatste.tekst, amina.laatste.knoppen) == ("een", [])
    assert (await roep("deleteMessage", chat_id=amina.id, message_id=1))[0] == 200
    assert amina.berichten == []


async def test_tikken(api: BotApi, amina: Gebruiker, roep: Roep) -> None:
    await roep("sendMessage", chat_id=amina.id, text="?", reply_markup=markup(text="Ja", callback_data="ja"))
    assert (await roep("answerCallbackQuery", callback_query_id="1"))[0] == 400
    te_laat = amina.druk("Ja")
    api.verouder_tikken()
    assert "too old" in (await roep("answerCallbackQuery", callback_query_id=te_laat.id))[1]["description"]
    await roep("editMessageText", chat_id=amina.id, message_id=1, text="weg")
    with pytest.raises(LookupError):
        amina.tik(amina.laatste, "ja")
    oud = amina.tik(amina.laatste, "ja", oud=True, ontoegankelijk=True)
    assert (await roep("answerCallbackQuery", callback_query_id=oud.id, text="Dat is al geregeld"))[0] == 200
    laatste = (await roep("getUpdates", offset=-1))[1]["result"]
    assert laatste[0]["callback_query"]["message"] == {
        "chat": amina.chat.info,
        "message_id": 1,
        "date": 0,
    }


async def test_toetsenbord_onder_het_tekstveld(amina: Gebruiker, roep: Roep) -> None:
    _, body = await roep("sendMessage", chat_id=amina.id, text="Kies", reply_markup={"keyboard": [["Menu"]]})
    assert "reply_markup" not in body["result"]
    assert amina.toets("Menu").tekst == "Menu"
    with pytest.raises(LookupError):
        amina.toets("Bestaat niet")


async def test_instellen(api: BotApi, roep: Roep) -> None:
    opdracht = {"command": "start", "description": "Begin"}
    assert (await roep("setMyCommands", commands=[opdracht], language_code="nl"))[1]["result"] is True
    assert (await roep("getMyCommands", language_code="nl"))[1]["result"] == [opdracht]
    assert (await roep("setMyCommands", commands=[{"command": "Start!", "description": "x"}]))[0] == 400
    assert (await roep("setMyDescription", description="x" * 513))[0] == 400
    assert (await roep("setMyDescription", description="Koffie"))[0] == 200
    assert (await roep("getMyDescription"))[1]["result"] == {"description": "Koffie"}
    assert (await roep("sendChatAction", chat_id=1, action="dansen"))[0] == 400
    assert (await roep("getFile", file_id="onbekend"))[1]["description"] == "Bad Request: invalid file_id"
    assert (await roep("sendVoice", chat_id=1))[1]["description"].endswith("there is no voice in the request")


@pytest.mark.parametrize(
    ("args", "reden"),
    [
        ({"url": "nergens"}, "invalid webhook URL specified"),
        ({"url": "http://a.example/", "secret_token": "x" * 257}, "secret token is too long"),
        ({"url": "http://a.example/", "secret_token": "spatie hier"}, "unallowed characters"),
    ],
)
async def test_onjuiste_webhook(roep: Roep, args: dict[str, str], reden: str) -> None:
    code, body = await roep("setWebhook", **args)
    assert (code, reden in body["description"]) == (400, True)
    assert (await roep("getWebhookInfo"))[1]["result"]["url"] == ""


async def test_adressen(api: BotApi, roep: Roep) -> None:
    assert (await roep("stuurBericht"))[1]["description"] == "Not Found: method not found"
    assert (await roep("GETME"))[0] == 200
    async with aiohttp.ClientSession() as sessie:
        for adres, code in (
            (f"{api.url}/bot1:fout/getMe", 401),
            (f"{api.url}/botgeensleutel/getMe", 404),
            (f"{api.url}/file/bot{api.token}/voice/geen.oga", 404),
            (f"{api.url}/bot{api.token}/getMe", 200),
        ):
            async with sessie.get(adres) as antwoord:
                assert antwoord.status == code


def weiger(tempo: Tempo, chat_id: int) -> int | None:
    try:
        tempo.neem(chat_id)
    except ApiFout as fout:
        return fout.retry_after
    return None


def test_tempo_over_alles() -> None:
    nu = [100.0]
    tempo = Tempo(per_second=3, klok=lambda: nu[0])
    assert [weiger(tempo, n) for n in range(4)] == [None, None, None, 1]
    nu[0] += 0.999
    assert weiger(tempo, 1) == 1
    nu[0] += 0.002
    assert [weiger(tempo, n) for n in range(4)] == [None, None, None, 1]
    tempo.per_second = 5
    assert [weiger(tempo, n) for n in range(3)] == [None, None, 1]
    assert tempo.geweigerd == 4


def test_tempo_per_chat_en_straf() -> None:
    nu = [100.0]
    tempo = Tempo(per_chat=0.5, burst=2, straf=True, klok=lambda: nu[0])
    assert [weiger(tempo, 1) for _ in range(3)] == [None, None, 4]
    assert weiger(tempo, 2) == 4  # everything waits, not this chat alone
    nu[0] += 4.01
    assert [weiger(tempo, 1), weiger(tempo, 2)] == [None, None]
