"""Both libraries, the same promises, against the strict Bot API server: sending."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientTimeout

from bot.kanalen.basis import Bijlage, Gestopt, Geweigerd, Kwijt, Resultaat, Tijdelijk, Verzonden, Weergave
from bot.kanalen.telegram_basis import TelegramBasis
from tests.botapi import (
    FOUT_500,
    FOUT_502,
    FOUT_502_HTML,
    WEG_NA,
    WEG_VOOR,
    BotApi,
    Gebruiker,
    Storing,
    vertraag,
    wacht_even,
)

Maak = Callable[..., TelegramBasis]
GEHEIME_TEKST = "Fatima komt niet, haar dochter is ziek"
PNG = (Path(__file__).parents[3] / "bot" / "beelden" / "koffie.png").read_bytes()
OGG = b"OggS\x00\x02" + bytes(40)


async def stuur(bot: TelegramBasis, wie: Gebruiker, *args: Any, **kwargs: Any) -> Resultaat:
    return await bot.verzend(str(wie.id), Weergave(*args, **kwargs), 1)


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


async def test_a_picture_is_uploaded_once_and_then_goes_by_its_file(bot: TelegramBasis, api: BotApi) -> None:
    wie, knoppen = api.gebruiker(bekend=True), (("Ja", "a:1"),)
    eerst = await stuur(bot, wie, "Kom je?", knoppen, beeld=Bijlage("h", PNG))
    assert isinstance(eerst, Verzonden)
    ((naam, bestand),) = eerst.bestanden
    assert (naam, api.kern.bestanden[bestand].data) == ("h", PNG)
    daarna = await stuur(bot, wie, "Kom je?", knoppen, beeld=Bijlage("h", bestand=bestand))
    assert daarna == Verzonden(str(wie.laatste.id))
    assert [(b.soort, b.tekst, b.labels, b.bestand.data) for b in wie.berichten] == [
        ("foto", "Kom je?", ["Ja"], PNG)
    ] * 2


async def test_a_spoken_text_is_a_voice_note(bot: TelegramBasis, api: BotApi) -> None:
    wie = api.gebruiker(bekend=True)
    resultaat = await stuur(bot, wie, "Kom je?", geluid=Bijlage("g", OGG, duur=2_400))
    assert isinstance(resultaat, Verzonden)
    assert (wie.laatste.soort, wie.laatste.tekst, wie.laatste.json["voice"]["duration"]) == ("spraak", "Kom je?", 2)
    assert resultaat.bestanden == (("g", wie.laatste.json["voice"]["file_id"]),)


async def test_a_file_that_telegram_forgot_is_asked_for_again(bot: TelegramBasis, api: BotApi) -> None:
    wie = api.gebruiker(bekend=True)
    assert await stuur(bot, wie, "Kom je?", beeld=Bijlage("h", bestand="AgAC-weg")) == Kwijt("h")
    assert await stuur(bot, wie, "Kom je?", geluid=Bijlage("g", bestand="AwAC-weg")) == Kwijt("g")
    assert not wie.berichten


async def test_what_is_no_picture_leaves_the_words(bot: TelegramBasis, api: BotApi) -> None:
    wie = api.gebruiker(bekend=True)
    for inhoud in (b"geen plaatje", b""):
        assert isinstance(await stuur(bot, wie, "Kom je?", beeld=Bijlage("h", inhoud)), Verzonden)
        assert (wie.laatste.soort, wie.laatste.tekst) == ("tekst", "Kom je?")


async def test_under_a_picture_the_words_are_changed(bot: TelegramBasis, api: BotApi) -> None:
    wie = api.gebruiker(bekend=True)
    await stuur(bot, wie, "Kom je?", (("Ja", "a:1"),), beeld=Bijlage("h", PNG))
    nummer = str(wie.laatste.id)
    for beeld in (None, Bijlage("h", PNG)):
        assert await stuur(bot, wie, f"Tot dan {beeld is None}", vervangt=nummer, beeld=beeld) == Verzonden(nummer)
    assert [(b.soort, b.tekst, b.labels, b.bewerkt) for b in wie.berichten] == [("foto", "Tot dan False", [], 2)]


async def test_a_picture_under_words_comes_anew(bot: TelegramBasis, api: BotApi) -> None:
    wie = api.gebruiker(bekend=True)
    await stuur(bot, wie, "Kom je?")
    nummer = str(wie.laatste.id)
    resultaat = await stuur(bot, wie, "Kijk", vervangt=nummer, beeld=Bijlage("h", PNG))
    assert isinstance(resultaat, Verzonden)
    assert resultaat.extern_id == str(wie.laatste.id) != nummer
    assert (wie.laatste.soort, wie.laatste.tekst) == ("foto", "Kijk")


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


async def test_a_change_too_late_is_sent_anew(bot: TelegramBasis, api: BotApi) -> None:
    wie = api.gebruiker(bekend=True)
    assert await stuur(bot, wie, "Tot dan!", vervangt="999") == Verzonden(str(wie.laatste.id))
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


async def test_a_file_goes_along_as_a_document(bot: TelegramBasis, api: BotApi) -> None:
    wie, inhoud = api.gebruiker(bekend=True), b"%PDF-1.7 " + bytes(range(256))
    knoppen = (("Ja", "a:1"),)
    resultaat = await stuur(bot, wie, "Hier is de lijst.", knoppen, bestand="lijst-en-brieven.pdf", inhoud=inhoud)
    assert resultaat == Verzonden(str(wie.laatste.id))
    document = wie.laatste.json["document"]
    assert (document["file_name"], document["mime_type"]) == ("lijst-en-brieven.pdf", "application/pdf")
    assert api.kern.bestanden[document["file_id"]].data == inhoud
    assert (wie.laatste.tekst, wie.laatste.labels) == ("Hier is de lijst.", ["Ja"])


async def test_a_photo_that_was_sent_to_us_can_be_fetched(bot: TelegramBasis, api: BotApi) -> None:
    wie = api.gebruiker(bekend=True)
    foto = wie.foto("", PNG)
    assert await bot.haal(foto.json["photo"][-1]["file_id"]) == PNG
