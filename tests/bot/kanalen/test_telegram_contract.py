"""Both libraries, the same promises, against the strict Bot API server: the start and taking in."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence

import pytest

from bot.kanalen.basis import Geweigerd, Kanaal, Onleesbaar, Ontvangst, Tijdelijk, Verzonden, Weergave
from bot.kanalen.telegram_basis import TelegramBasis
from dialogen.basis import GROOTSTE_SPRAAK, TE_LANG, Soort
from tests.botapi import FOUT_502_HTML, TOKEN, WEG_NA, WEG_VOOR, BotApi, Storing, wacht_even

Maak = Callable[..., TelegramBasis]
GEHEIME_TEKST = "Fatima komt niet, haar dochter is ziek"
VRAAG = Weergave("Kom je?", (("Ja", "a.b:ja:12"),))


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


async def test_it_may_be_closed_and_begun_again(bot: TelegramBasis, api: BotApi) -> None:
    for _ in range(2):
        await bot.sluit()
    await bot.begin()
    wie = api.gebruiker(bekend=True)
    assert await bot.verzend(str(wie.id), VRAAG, 1) == Verzonden(str(wie.laatste.id))


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
    assert soorten == [Soort.START, Soort.TEKST, Soort.SPRAAK, Soort.FOTO, Soort.TEKST, Soort.GEWIJZIGD]
    assert bak.waarden[:2] == ["abc_123", "نعم 🙂"]
    assert {o.adres for o in bak.alles if isinstance(o, Ontvangst)} == {str(wie.id)}


async def test_a_pressed_button_comes_in_and_is_answered(bot: TelegramBasis, api: BotApi) -> None:
    wie, bak = api.gebruiker(bekend=True), Bak()
    await bot.verzend(str(wie.id), VRAAG, 1)
    tik = wie.druk("Ja")
    async with luisterend(bot, bak):
        await tot(lambda: tik.beantwoord)
    assert bak.waarden == ["a.b:ja:12"]
    (ontvangst,) = bak.alles
    assert isinstance(ontvangst, Ontvangst)
    assert ontvangst.invoer.bericht == str(wie.laatste.id)


async def test_a_press_too_old_to_answer_is_still_taken_in(bot: TelegramBasis, api: BotApi) -> None:
    wie, bak = api.gebruiker(bekend=True), Bak()
    await bot.verzend(str(wie.id), VRAAG, 1)
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


async def test_a_wrong_token_stops_the_account_and_is_never_repeated(maak: Maak, api: BotApi) -> None:
    bot = maak(token="1234567890:verkeerd")
    with pytest.raises(PermissionError) as gezien:
        await bot.begin()
    assert "verkeerd" not in repr(gezien.value)
    resultaat = await bot.verzend(str(api.gebruiker(bekend=True).id), VRAAG, 1)
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


async def test_no_token_or_text_is_logged(
    api: BotApi,
    maak: Maak,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        bot, wie, bak = maak(), api.gebruiker(bekend=True), Bak(weigert=1)
        await bot.begin()
        wie.stuur(GEHEIME_TEKST)
        api.storing.plan(WEG_VOOR, Storing("stuk", code=200, body=GEHEIME_TEKST), methode="getUpdates")
        api.storing.plan(Storing("stuk", code=200, body=GEHEIME_TEKST), methode="sendMessage")
        await bot.verzend(str(wie.id), Weergave(GEHEIME_TEKST), 1)
        async with luisterend(bot, bak):
            await tot(lambda: api.wachtend == 0)
    assert "taking in failed" in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text
    assert "Fatima" not in caplog.text


def test_what_is_shared_imports_no_library() -> None:
    vraag = (
        "import sys, bot.kanalen.telegram_basis;"
        "print({'aiogram', 'telegram', 'httpx', 'aiohttp', 'pydantic'} & sys.modules.keys())"
    )
    gedaan = subprocess.run([sys.executable, "-c", vraag], capture_output=True, text=True, check=True)
    assert gedaan.stdout.strip() == "set()"


async def test_a_voice_note_is_fetched(bot: TelegramBasis, api: BotApi) -> None:
    inhoud = b"OggS" + bytes(300_000)
    assert await bot.haal(api.bestand(inhoud).file_id) == inhoud
    assert api.tellers["getFile:200"] == 1


async def test_a_voice_note_that_is_gone_is_refused(bot: TelegramBasis, api: BotApi) -> None:
    assert await bot.haal("weg") == Geweigerd("400 Bad Request: invalid file_id")


async def test_a_voice_note_that_is_too_large_is_cut_off(bot: TelegramBasis, api: BotApi) -> None:
    groot = api.bestand(bytes(GROOTSTE_SPRAAK + 1))
    assert await bot.haal(groot.file_id) == Geweigerd(TE_LANG)
    assert api.tellers["bestand"] == 0  # its size was named: nothing was downloaded
    liegt = api.bestand(bytes(2 * GROOTSTE_SPRAAK), maat=3)
    assert await bot.haal(liegt.file_id) == Geweigerd(TE_LANG)


async def test_a_fetch_that_fails_may_be_tried_again(bot: TelegramBasis, api: BotApi) -> None:
    nota = api.bestand(b"OggS")
    for storing, methode in ((FOUT_502_HTML, "getFile"), (FOUT_502_HTML, "file"), (WEG_VOOR, "file")):
        api.storing.altijd(storing, methode)
        assert isinstance(await bot.haal(nota.file_id), Tijdelijk)
        api.storing.herstel()
    assert await bot.haal(nota.file_id) == b"OggS"


async def test_where_the_server_has_no_such_path_it_says_so_without_the_token(bot: TelegramBasis, api: BotApi) -> None:
    nota = api.bestand(b"OggS", "voice/er niet.oga")
    assert await bot.haal(nota.file_id) == Geweigerd("getFile gave no path")
    schijf = api.bestand(b"OggS", "/var/lib/bot/voice.oga")
    assert await bot.haal(schijf.file_id) == Geweigerd("getFile gave no path")
    omhoog = api.bestand(b"OggS", "voice/../../voice.oga")
    assert await bot.haal(omhoog.file_id) == Geweigerd("getFile gave no path")


async def test_what_says_itself_that_it_is_too_long_is_never_fetched(bot: TelegramBasis, api: BotApi) -> None:
    wie, bak = api.gebruiker(bekend=True), Bak()
    wie.spraak(180)
    wie.spraak(181)
    wie.spraak(3, maat=GROOTSTE_SPRAAK + 1)
    async with luisterend(bot, bak):
        await tot(lambda: api.wachtend == 0)
    binnen = [(o.invoer.soort, o.invoer.waarde) for o in bak.alles if isinstance(o, Ontvangst)]
    assert binnen[0][0] == Soort.SPRAAK
    assert binnen[1:] == [(Soort.ONHOORBAAR, TE_LANG)] * 2
