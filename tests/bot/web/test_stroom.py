"""The browser chat as a channel, and its live stream."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession
from aiohttp.test_utils import TestClient, TestServer

from bot.kanalen.basis import Bijlage, Kanaal, Verzonden, Weergave
from bot.kanalen.webchat import Afgebroken, Webchat
from bot.web.basis import Web
from bot.web.server import draai, maak_web
from bot.web.sleutel import adres_van
from tests.bot.web.nep import CODE, Klant, NepMotor

SLEUTEL = "0123456789abcdef" * 2
KOEKJE = {"Cookie": f"inloop={SLEUTEL}"}
ADRES = adres_van(SLEUTEL)
STROOM = f"/chat/{CODE}/stroom"


async def gebeurtenis(antwoord: ClientResponse) -> dict[str, str]:
    """The next event of the stream, signs of life skipped; {} at the end of the stream."""
    velden: dict[str, str] = {}
    async with asyncio.timeout(5):
        async for regel in antwoord.content:
            naam, _, waarde = regel.decode().rstrip("\r\n").partition(": ")
            if naam:
                velden[naam] = waarde
            elif velden:
                if set(velden) - {""}:
                    return velden
                velden = {}
    return velden


async def nummers_tot_bij(antwoord: ClientResponse) -> list[int]:
    """The numbers of the history."""
    nummers = []
    while (velden := await gebeurtenis(antwoord)).get("event") != "bij":
        nummers.append(int(velden["id"]))
    return nummers


async def leeg(adres: str, na: int) -> list[tuple[int, Weergave]]:
    return []


def test_webchat_is_a_channel() -> None:
    kanaal: Kanaal = Webchat(leeg)
    assert (kanaal.naam, kanaal.account, kanaal.tempo) == ("web", "web", None)
    assert kanaal.vermogen.bewerken


async def test_sending_reaches_every_open_browser_of_that_chat_only() -> None:
    webchat = Webchat(leeg)
    with webchat.luisteraar("a") as een, webchat.luisteraar("a") as twee, webchat.luisteraar("b") as ander:
        assert await webchat.verzend("a", Weergave("hoi"), 7) == Verzonden("7")
        for luisteraar in (een, twee):
            assert await luisteraar.volgende(1) == (7, Weergave("hoi"))
        assert await ander.volgende(0.01) is None
    assert await webchat.verzend("a", Weergave("weg"), 8) == Verzonden("8")


async def test_a_slow_browser_gets_what_it_has_and_is_dropped() -> None:
    webchat = Webchat(leeg, achterstand=2)
    with webchat.luisteraar("a") as traag:
        for nummer in range(4):
            await webchat.verzend("a", Weergave("x"), nummer)
        assert [await traag.volgende(1), await traag.volgende(1)] == [(0, Weergave("x")), (1, Weergave("x"))]
        with pytest.raises(Afgebroken):
            await traag.volgende(1)


async def test_stream_gives_history_then_live(klant: Klant, motor: NepMotor) -> None:
    for woord in ("een", "twee"):
        await motor.zeg(ADRES, Weergave(woord))
    await motor.zeg("iemand-anders", Weergave("geheim"))
    async with klant.get(STROOM, headers=KOEKJE) as antwoord:
        assert antwoord.content_type == "text/event-stream"
        assert antwoord.headers["Cache-Control"] == "no-store"
        assert await nummers_tot_bij(antwoord) == [1, 2]
        await motor.zeg(ADRES, Weergave("drie", (("✅ Ja", "x:ja"),), vervangt="2", rtl=True, taal="ar"))
        velden = await gebeurtenis(antwoord)
    assert velden["id"] == "4"
    assert json.loads(velden["data"]) == {
        "nummer": 4,
        "tekst": "drie",
        "knoppen": [["✅ Ja", "x:ja"]],
        "vervangt": "2",
        "rtl": True,
        "taal": "ar",
        "bestand": "",
        "geluid": False,
        "nota": "",
        "beeld": False,
        "alt": "",
    }


async def test_of_a_picture_the_page_hears_only_that_it_is_there(klant: Klant, motor: NepMotor) -> None:
    await motor.zeg(
        ADRES, Weergave("x", beeld=Bijlage("a" * 64, b"PNG"), geluid=Bijlage("b" * 64), alt="een kop koffie")
    )
    async with klant.get(STROOM, headers=KOEKJE) as antwoord:
        gegevens = json.loads((await gebeurtenis(antwoord))["data"])
    assert (gegevens["geluid"], gegevens["beeld"], gegevens["alt"]) == (True, True, "een kop koffie")
    assert "PNG" not in str(gegevens)


@pytest.mark.parametrize(("laatste", "verwacht"), [("250", [251]), ("9" * 30, 251), ("x", 251), ("-1", 251)])
async def test_last_event_id(klant: Klant, motor: NepMotor, laatste: str, verwacht: Any) -> None:
    for nummer in range(251):
        await motor.zeg(ADRES, Weergave(str(nummer)))
    async with klant.get(STROOM, headers={**KOEKJE, "Last-Event-ID": laatste}) as antwoord:
        nummers = await nummers_tot_bij(antwoord)
    assert nummers == (verwacht if isinstance(verwacht, list) else list(range(1, verwacht + 1)))


async def test_what_another_process_sent_arrives_with_the_heartbeat(klant: Klant, motor: NepMotor) -> None:
    async with klant.get(STROOM, headers=KOEKJE) as antwoord:
        assert await nummers_tot_bij(antwoord) == []
        motor.uit.append((1, ADRES, Weergave("van elders")))
        assert (await gebeurtenis(antwoord))["id"] == "1"
        await motor.zeg(ADRES, Weergave("live"))
        assert (await gebeurtenis(antwoord))["id"] == "2"


async def test_a_number_that_is_sent_late_is_still_found(klant: Klant, motor: NepMotor) -> None:
    async with klant.get(STROOM, headers=KOEKJE) as antwoord:
        assert await nummers_tot_bij(antwoord) == []
        await motor.webchat.verzend(ADRES, Weergave("later nummer"), 9)
        assert (await gebeurtenis(antwoord))["id"] == "9"
        motor.uit.append((8, ADRES, Weergave("vroeger nummer")))
        assert (await gebeurtenis(antwoord))["id"] == "8"


async def test_stream_needs_a_key_and_a_known_code(klant: Klant) -> None:
    assert (await klant.get(STROOM)).status == 403
    assert (await klant.get(STROOM, headers={"Cookie": "inloop=kort"})).status == 403
    assert (await klant.get("/chat/onbekend/stroom", headers=KOEKJE)).status == 404


async def test_stream_ends_when_the_outbox_cannot_be_read(gegeven: Web) -> None:
    async def stuk(adres: str, na: int) -> list[tuple[int, Weergave]]:
        raise OSError("no disk")

    app = maak_web(replace(gegeven, webchat=Webchat(stuk)))
    async with TestClient(TestServer(app)) as klant, klant.get(STROOM, headers=KOEKJE) as antwoord:
        assert await gebeurtenis(antwoord) == {}


async def test_shutdown_ends_open_streams_at_once(gegeven: Web, klant: Klant) -> None:
    loper = await draai(maak_web(gegeven), "127.0.0.1", 0)
    poort = loper.addresses[0][1]
    async with klant.session.get(f"http://127.0.0.1:{poort}{STROOM}", headers=KOEKJE) as antwoord:
        assert await nummers_tot_bij(antwoord) == []
        async with asyncio.timeout(2):
            await loper.cleanup()
        assert await gebeurtenis(antwoord) == {}


async def test_no_address_or_code_is_logged(gegeven: Web, motor: NepMotor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    motor.stuk = True
    loper = await draai(maak_web(gegeven), "127.0.0.1", 0)
    host = f"http://127.0.0.1:{loper.addresses[0][1]}"
    bericht = {"id": "a", "soort": "tekst", "waarde": "mijn geheim"}
    koppen = {**KOEKJE, "X-Inloop": "1"}
    async with ClientSession(host) as sessie:
        assert (await sessie.get(f"/chat/{CODE}", headers=KOEKJE)).status == 200
        assert (await sessie.post(f"/chat/{CODE}/bericht", json=bericht, headers=koppen)).status == 503
    await loper.cleanup()
    assert [regel.getMessage() for regel in caplog.records if regel.levelname != "DEBUG"] == [
        "chat: not committed: OSError"
    ]
    assert not any(geheim in caplog.text for geheim in (CODE, ADRES, SLEUTEL, "mijn geheim"))
