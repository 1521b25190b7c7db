"""Both libraries, the same promises, against the strict Bot API server."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest
from aiohttp import ClientTimeout

from bot.kanalen.basis import (
    Gestopt,
    Geweigerd,
    Kanaal,
    Onleesbaar,
    Ontvangst,
    Resultaat,
    Tijdelijk,
    Verzonden,
    Weergave,
)
from bot.kanalen.telegram_basis import TelegramBasis
from dialogen.basis import Soort
from tests.botapi import (
    FOUT_500,
    FOUT_502,
    FOUT_502_HTML,
    TOKEN,
    WEG_NA,
    WEG_VOOR,
    BotApi,
    Gebruiker,
    Storing,
    vertraag,
    wacht_even,
)

Maak = Callable[..., TelegramBasis]
OGG = b"OggS\x00\x02" + bytes(40)
GEHEIME_TEKST = "Fatima komt niet, haar dochter is ziek"
SOORTEN = {"ptb": "TelegramPtb", "aiogram": "TelegramAiogram"}


@pytest.fixture(params=SOORTEN)
def bibliotheek(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def maak(api: BotApi, bibliotheek: str) -> AsyncIterator[Maak]:
    """Makes channels of this library on the server, and closes them."""
    klasse = getattr(importlib.import_module(f"bot.kanalen.telegram_{bibliotheek}"), SOORTEN[bibliotheek])
    gemaakt: list[TelegramBasis] = []

    def maak(token: str = TOKEN, adres: str = "", webhook: str = "") -> TelegramBasis:
        gemaakt.append(klasse(token, adres or api.url, webhook, "een-geheim"))
        return gemaakt[-1]

    yield maak
    for kanaal in gemaakt:
        await kanaal.sluit()


@pytest.fixture
async def bot(maak: Maak) -> TelegramBasis:
    kanaal = maak()
    await kanaal.begin()
    return kanaal


class Bak:
    """An inbox; `weigert` makes it fail so many times first."""

    def __init__(self, weigert: int = 0) -> None:
        self.weigert = weigert
        self.alles: list[Ontvangst | Onleesbaar] = []

    async def __call__(self, ontvangsten: Sequence[Ontvangst | Onleesbaar]) -> None:
        if self.weigert:
            self.weigert -= 1
            raise RuntimeError("not now")
        self.alles += ontvangsten

    @property
    def waarden(self) -> list[str]:
        return [o.invoer.waarde for o in self.alles if isinstance(o, Ontvangst)]


@contextlib.asynccontextmanager
async def luisterend(bot: TelegramBasis, bak: Bak) -> AsyncIterator[None]:
    taak = asyncio.create_task(bot.luister(bak))
    try:
        yield
    finally:
        taak.cancel()
        with pytest.raises(asyncio.CancelledError):
            await taak


async def tot(klopt: Callable[[], bool], seconden: float = 5.0) -> None:
    """Wait until this holds."""
    async with asyncio.timeout(seconden):
        while not klopt():
            await asyncio.sleep(0.005)


def haak(api: BotApi) -> tuple[str, str] | None:
    """Address and secret of the webhook that Telegram knows."""
    return (api.kern.haak.url, api.kern.haak.geheim) if api.kern.haak else None


async def stuur(bot: TelegramBasis, wie: Gebruiker, *args: Any, **kwargs: Any) -> Resultaat:
    return await bot.verzend(str(wie.id), Weergave(*args, **kwargs), 1)


async def test_it_is_a_channel(bot: TelegramBasis, api: BotApi) -> None:
    kanaal: Kanaal = bot
    assert (kanaal.naam, kanaal.account) == ("telegram", TOKEN.partition(":")[0])
    assert bot.gebruikersnaam == api.username
    assert kanaal.tempo is not None
    assert '"stop"' in api.kern.instellingen["commands||"]


async def test_the_webhook_is_set_with_its_secret_and_taken_away_again(api: BotApi, maak: Maak) -> None:
    await maak(webhook="http://127.0.0.1:9/telegram").begin()
    assert haak(api) == ("http://127.0.0.1:9/telegram", "een-geheim")
    assert set(api.kern.bijwerkingen.soorten or ()) == {"message", "edited_message", "callback_query"}
    api.gebruiker().stuur("wacht op mij")
    await maak().begin()
    assert haak(api) is None
    assert api.wachtend == 1


async def test_what_people_do_comes_in(bot: TelegramBasis, api: BotApi) -> None:
    wie, bak = api.gebruiker("Yusuf"), Bak()
    wie.stuur("/start abc_123")
    wie.stuur("نعم 🙂")
    wie.spraak()
    wie.foto("mijn kind")
    wie.bewerk(wie.stuur("jaa"), "nee")
    api.groep().chat.bekend = True
    wie.stuur("hallo groep", in_groep=api.groep())
    async with luisterend(bot, bak):
        await tot(lambda: api.wachtend == 0)
    soorten = [o.invoer.soort for o in bak.alles if isinstance(o, Ontvangst)]
    assert soorten == [Soort.START, Soort.TEKST, Soort.SPRAAK, Soort.ANDERS, Soort.TEKST, Soort.GEWIJZIGD]
    assert bak.waarden[:2] == ["abc_123", "نعم 🙂"]
    assert {o.adres for o in bak.alles if isinstance(o, Ontvangst)} == {str(wie.id)}


async def test_a_pressed_button_comes_in_and_is_answered(bot: TelegramBasis, api: BotApi) -> None:
    wie, bak = api.gebruiker(bekend=True), Bak()
    await stuur(bot, wie, "Kom je?", (("Ja", "a.b:ja:12"),))
    tik = wie.druk("Ja")
    async with luisterend(bot, bak):
        await tot(lambda: tik.beantwoord)
    assert bak.waarden == ["a.b:ja:12"]
    (ontvangst,) = bak.alles
    assert isinstance(ontvangst, Ontvangst)
    assert ontvangst.invoer.bericht == str(wie.laatste.id)


async def test_a_press_too_old_to_answer_is_still_taken_in(bot: TelegramBasis, api: BotApi) -> None:
    wie, bak = api.gebruiker(bekend=True), Bak()
    await stuur(bot, wie, "Kom je?", (("Ja", "a.b:ja:12"),))
    wie.tik(wie.laatste, "Ja", ontoegankelijk=True)
    api.verouder_tikken()
    async with luisterend(bot, bak):
        await tot(lambda: api.tellers["answerCallbackQuery:400"] == 1 and not api.wachtend)
    assert bak.waarden == ["a.b:ja:12"]


async def test_nothing_is_confirmed_before_the_inbox_has_it(bot: TelegramBasis, api: BotApi) -> None:
    bak = Bak(weigert=2)
    api.gebruiker().stuur("hallo")
    async with luisterend(bot, bak):
        await tot(lambda: api.tellers["getUpdates:200"] >= 2)
        assert api.wachtend == 1
        await tot(lambda: api.wachtend == 0)
    assert bak.waarden == ["hallo"]


async def test_updates_that_no_library_can_read_hold_up_nobody(bot: TelegramBasis, api: BotApi) -> None:
    wie, bak = api.gebruiker(), Bak()
    api.bied_aan({"message": {"message_id": "zeven", "chat": [], "date": None}})
    api.bied_aan({"message": "hallo"})
    wie.stuur("ik ben er nog")
    async with luisterend(bot, bak):
        await tot(lambda: api.wachtend == 0)
    assert [type(o) for o in bak.alles] == [Onleesbaar, Onleesbaar, Ontvangst]


async def test_a_server_that_comes_and_goes_loses_nothing(bot: TelegramBasis, api: BotApi) -> None:
    wie, bak = api.gebruiker(), Bak()
    api.storing.plan(WEG_VOOR, FOUT_502_HTML, WEG_NA, wacht_even(1), methode="getUpdates")
    async with luisterend(bot, bak):
        wie.stuur("hallo")
        await tot(lambda: api.wachtend == 0)
    assert set(bak.waarden) == {"hallo"}


async def test_while_somebody_elses_webhook_stands_it_waits(
    bot: TelegramBasis, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.kanalen.telegram_uit.ANDERE_LEZER", 0.05)
    bak, haak = Bak(), "http://127.0.0.1:9/ander"
    await bot._roep("setWebhook", {"url": haak})
    async with luisterend(bot, bak):
        await tot(lambda: api.tellers["getUpdates:409"] >= 1)
        await bot._roep("deleteWebhook", {})
        api.gebruiker().stuur("hallo")
        await tot(lambda: bak.waarden == ["hallo"])


async def test_text_arrives_as_it_was_written(bot: TelegramBasis, api: BotApi) -> None:
    wie, tekst = api.gebruiker(bekend=True), "Dag <b>A&B</b> _*[x](http://a.nl) `q` 🙂\n\nمرحبا"
    resultaat = await stuur(bot, wie, tekst, (("😀", "a:1"), ("😐", "a:2"), ("Een lang antwoord", "a:3")))
    assert resultaat == Verzonden(str(wie.laatste.id))
    assert wie.laatste.tekst == tekst
    assert [[k.label for k in rij] for rij in wie.laatste.rijen] == [["😀", "😐"], ["Een lang antwoord"]]
    (regel,) = api.verzoeken("sendMessage")
    assert regel.args.keys() == {"chat_id", "text", "reply_markup", "link_preview_options"}


async def test_a_voice_note_by_its_file(bot: TelegramBasis, api: BotApi) -> None:
    wie, stem = api.gebruiker(bekend=True), api.bestand(OGG).file_id
    assert isinstance(await stuur(bot, wie, "Kom je?", (("Ja", "a:1"),), media=stem), Verzonden)
    assert (wie.laatste.soort, wie.laatste.tekst, wie.laatste.labels) == ("spraak", "Kom je?", ["Ja"])


async def test_a_long_text_with_a_voice_note_is_two_messages(bot: TelegramBasis, api: BotApi) -> None:
    wie, stem = api.gebruiker(bekend=True), api.bestand(OGG).file_id
    assert isinstance(await stuur(bot, wie, "é" * 1025, (("Ja", "a:1"),), media=stem), Verzonden)
    assert [(b.soort, len(b.tekst), b.labels) for b in wie.berichten] == [
        ("spraak", 0, []),
        ("tekst", 1025, ["Ja"]),
    ]


async def test_a_recording_that_is_gone_leaves_the_words(bot: TelegramBasis, api: BotApi) -> None:
    wie = api.gebruiker(bekend=True)
    assert isinstance(await stuur(bot, wie, "Kom je?", media="AwAC-weg"), Verzonden)
    assert (wie.laatste.soort, wie.laatste.tekst) == ("tekst", "Kom je?")


async def test_a_message_is_changed_in_place(bot: TelegramBasis, api: BotApi) -> None:
    wie = api.gebruiker(bekend=True)
    await stuur(bot, wie, "Kom je?", (("Ja", "a:1"),))
    nummer = str(wie.laatste.id)
    for _ in range(2):  # the second time nothing changes, and that is fine
        assert await stuur(bot, wie, "Tot dan!", vervangt=nummer) == Verzonden(nummer)
    assert [(b.tekst, b.labels, b.bewerkt) for b in wie.berichten] == [("Tot dan!", [], 1)]


@pytest.mark.parametrize("media", [False, True])
async def test_what_can_no_longer_be_changed_is_sent_anew(
    bot: TelegramBasis, api: BotApi, media: bool
) -> None:
    wie = api.gebruiker(bekend=True)
    nummer = "999"
    if media:
        await stuur(bot, wie, "Kom je?", media=api.bestand(OGG).file_id)
        nummer = str(wie.laatste.id)
    assert await stuur(bot, wie, "Tot dan!", vervangt=nummer) == Verzonden(str(wie.laatste.id))
    assert wie.laatste.tekst == "Tot dan!"


async def test_who_does_not_want_us_is_left_alone(bot: TelegramBasis, api: BotApi) -> None:
    weg, gesloten, vreemd = api.gebruiker(bekend=True), api.gebruiker(bekend=True), api.gebruiker()
    weg.verdwijn()
    gesloten.blokkeer()
    for wie in (weg, gesloten, vreemd):
        assert isinstance(await stuur(bot, wie, "hallo"), Gestopt)


@pytest.mark.parametrize(
    "weergave",
    [
        Weergave(GEHEIME_TEKST, (("Ja", "x" * 65),)),
        Weergave(GEHEIME_TEKST, (("", "a:1"),)),
        Weergave(""),
    ],
)
async def test_what_telegram_does_not_take_is_refused_without_the_text(
    bot: TelegramBasis, api: BotApi, weergave: Weergave
) -> None:
    resultaat = await bot.verzend(str(api.gebruiker(bekend=True).id), weergave, 1)
    assert isinstance(resultaat, Geweigerd)
    assert resultaat.reden.startswith("400 ")
    assert "Fatima" not in resultaat.reden


@pytest.mark.parametrize(
    ("storing", "verwacht"),
    [
        (wacht_even(7), Tijdelijk(7.0, True, "429 Too Many Requests: retry after 7")),
        (FOUT_500, Tijdelijk(reden="500 Internal Server Error")),
        (FOUT_502, Tijdelijk(reden="502 Bad Gateway")),
        (FOUT_502_HTML, Tijdelijk(reden="502")),
        (Storing("geen_json", code=200, body="<html>"), None),
        (WEG_VOOR, None),
        (WEG_NA, None),
    ],
)
async def test_trouble_is_temporary(
    bot: TelegramBasis, api: BotApi, storing: Storing, verwacht: Tijdelijk | None
) -> None:
    api.storing.plan(storing, methode="sendMessage")
    resultaat = await stuur(bot, api.gebruiker(bekend=True), "hallo")
    assert isinstance(resultaat, Tijdelijk)
    assert verwacht in (None, resultaat)
    assert resultaat.reden == resultaat.reden[:60]
    assert "127.0.0.1" not in resultaat.reden


async def test_a_slow_answer_is_given_up(
    api: BotApi, maak: Maak, bibliotheek: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    naam, tijd = {"ptb": ("LEES", 0.1), "aiogram": ("_TIJD", ClientTimeout(sock_read=0.1))}[bibliotheek]
    monkeypatch.setattr(f"bot.kanalen.telegram_{bibliotheek}.{naam}", tijd)
    api.storing.plan(vertraag(0.5), methode="sendMessage")
    resultaat = await stuur(maak(), api.gebruiker(bekend=True), "hallo")
    assert isinstance(resultaat, Tijdelijk)
    assert "Timeout" in resultaat.reden


async def test_a_wrong_token_stops_the_account_and_is_never_repeated(maak: Maak, api: BotApi) -> None:
    bot = maak(token="1234567890:verkeerd")
    with pytest.raises(PermissionError) as gezien:
        await bot.begin()
    assert "verkeerd" not in repr(gezien.value)
    resultaat = await stuur(bot, api.gebruiker(bekend=True), "hallo")
    assert resultaat == Tijdelijk(60.0, True, "401 Unauthorized")


async def test_without_a_server_the_start_says_so(maak: Maak, api: BotApi) -> None:
    bot = maak()
    await api.stop()
    with pytest.raises(ConnectionError) as gezien:
        await bot.begin()
    fout: BaseException | None = gezien.value
    while fout is not None:
        assert TOKEN not in repr(fout)
        assert str(api.poort) not in repr(fout)
        fout = fout.__cause__ or fout.__context__
    assert isinstance(await bot.verzend("17", Weergave("hallo"), 1), Tijdelijk)
    await api.start()
    await bot.begin()


async def test_the_log_holds_no_token_and_no_text(
    api: BotApi, maak: Maak, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        bot, wie, bak = maak(), api.gebruiker(bekend=True), Bak(weigert=1)
        await bot.begin()
        wie.stuur(GEHEIME_TEKST)
        api.storing.plan(WEG_VOOR, Storing("stuk", code=200, body=GEHEIME_TEKST), methode="getUpdates")
        api.storing.plan(Storing("stuk", code=200, body=GEHEIME_TEKST), methode="sendMessage")
        await stuur(bot, wie, GEHEIME_TEKST)
        async with luisterend(bot, bak):
            await tot(lambda: api.wachtend == 0)
    assert "taking in failed" in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text
    assert "Fatima" not in caplog.text


async def test_cancelling_passes_through(bot: TelegramBasis, api: BotApi) -> None:
    api.storing.plan(vertraag(5), methode="sendMessage")
    taak = asyncio.create_task(stuur(bot, api.gebruiker(bekend=True), "hallo"))
    await asyncio.sleep(0.05)
    taak.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taak


async def test_thirty_two_at_once(bot: TelegramBasis, api: BotApi) -> None:
    mensen = [api.gebruiker(bekend=True) for _ in range(32)]
    api.storing.kans(vertraag(0.05), 1.0, methode="sendMessage")
    resultaten = await asyncio.gather(*(stuur(bot, wie, f"dag {n}") for n, wie in enumerate(mensen)))
    assert all(isinstance(r, Verzonden) for r in resultaten)
    assert [wie.laatste.tekst for wie in mensen] == [f"dag {n}" for n in range(32)]


def test_what_is_shared_imports_no_library() -> None:
    vraag = (
        "import sys, bot.kanalen.telegram_basis;"
        "print({'aiogram', 'telegram', 'httpx', 'aiohttp', 'pydantic'} & sys.modules.keys())"
    )
    gedaan = subprocess.run([sys.executable, "-c", vraag], capture_output=True, text=True, check=True)
    assert gedaan.stdout.strip() == "set()"
