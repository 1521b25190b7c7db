"""Pages, headers, health, and what a browser may post."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.kanalen.basis import Bijlage, Ontvangst
from bot.web.basis import Web
from bot.web.server import maak_web
from bot.web.sleutel import adres_van
from dialogen.basis import Soort
from dialogen.teksten import zin
from tests.bot.web.nep import CODE, Klant, NepMotor

EIGEN = {"X-Inloop": "1"}
BERICHT = f"/chat/{CODE}/bericht"


def tekst(waarde: str = "hallo", kenmerk: str = "a1") -> dict[str, object]:
    return {"id": kenmerk, "soort": "tekst", "waarde": waarde, "bericht": ""}


async def test_health_lives_when_the_database_does_not(klant: Klant, motor: NepMotor) -> None:
    motor.stuk = True
    antwoord = await klant.get("/health")
    assert (antwoord.status, await antwoord.json()) == (200, {"leeft": True})
    antwoord = await klant.get("/ready")
    assert (antwoord.status, await antwoord.json()) == (503, {"database": False, "verzenden": True})


@pytest.mark.parametrize(("pad", "sleutel"), [("/chat/onbekend", "web.oud"), ("/hier/onbekend", "web.hier.team")])
async def test_before_a_language_is_known_the_browser_says_which(klant: Klant, pad: str, sleutel: str) -> None:
    for kop, taal in (("pl-PL,pl;q=0.9", "pl"), ("fr", "nl"), ("", "nl")):
        antwoord = await klant.get(pad, headers={"Accept-Language": kop})
        inhoud = await antwoord.text()
        assert f'<html lang="{taal}" dir="ltr">' in inhoud
        assert zin(taal, sleutel) in inhoud


async def test_on_the_way_from_another_site_too(klant: Klant) -> None:
    koppen = {"Accept-Language": "fa", "Sec-Fetch-Site": "cross-site"}
    inhoud = await (await klant.get(f"/chat/{CODE}", headers=koppen)).text()
    assert '<html lang="fa" dir="rtl">' in inhoud
    assert zin("fa", "web.drempel.tik") in inhoud


async def test_ready_when_every_part_works(klant: Klant) -> None:
    antwoord = await klant.get("/ready")
    assert (antwoord.status, await antwoord.json()) == (200, {"database": True, "verzenden": True})


async def test_ready_survives_a_check_that_breaks(gegeven: Web) -> None:
    async def stuk() -> dict[str, bool]:
        raise OSError

    async with TestClient(TestServer(maak_web(replace(gegeven, gereed=stuk)))) as klant:
        assert (await klant.get("/ready")).status == 503


async def test_the_chat_page_gives_a_key(klant: Klant) -> None:
    antwoord = await klant.get(f"/chat/{CODE}")
    koekje = antwoord.cookies["inloop"]
    assert len(koekje.value) == 32
    assert (koekje["path"], koekje["samesite"]) == (f"/chat/{CODE}", "Strict")
    assert (bool(koekje["httponly"]), bool(koekje["secure"])) == (True, False)
    assert koekje["max-age"] == str(365 * 24 * 3600)
    opnieuw = await klant.get(f"/chat/{CODE}")
    assert opnieuw.cookies["inloop"].value == koekje.value


async def test_the_key_is_secure_over_https(klant: Klant) -> None:
    antwoord = await klant.get(f"/chat/{CODE}", headers={"X-Forwarded-Proto": "https"})
    assert antwoord.cookies["inloop"]["secure"]


async def test_a_link_on_another_site_does_not_replace_the_key(klant: Klant) -> None:
    antwoord = await klant.get(f"/chat/{CODE}", headers={"Sec-Fetch-Site": "cross-site"})
    assert antwoord.status == 200
    assert "inloop" not in antwoord.cookies
    assert f"/chat/{CODE}?binnen=1" in await antwoord.text()
    daarna = await klant.get(f"/chat/{CODE}?binnen=1", headers={"Sec-Fetch-Site": "cross-site"})
    assert "inloop" in daarna.cookies


@pytest.mark.parametrize("pad", ["/chat/onbekend", "/chat/a%20b", "/chat/" + "a" * 65, "/chat", "/iets"])
async def test_unknown_is_kind_and_says_nothing(klant: Klant, pad: str) -> None:
    antwoord = await klant.get(pad)
    assert antwoord.status == 404
    assert "Vraag het team om een nieuwe link" in await antwoord.text()
    assert "inloop" not in antwoord.cookies


@pytest.mark.parametrize("pad", ["/", f"/chat/{CODE}", "/chat/onbekend", "/statisch/chat.js", "/health"])
async def test_security_headers(klant: Klant, pad: str) -> None:
    koppen = (await klant.get(pad)).headers
    regels = dict(regel.split(" ", 1) for regel in koppen["Content-Security-Policy"].split("; "))
    assert (regels["default-src"], regels["frame-ancestors"]) == ("'none'", "'self'")
    assert "unsafe" not in koppen["Content-Security-Policy"]
    assert (koppen["X-Content-Type-Options"], koppen["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert koppen["Cache-Control"] == ("no-cache" if "statisch" in pad else "no-store")


@pytest.mark.parametrize("pad", ["/", f"/chat/{CODE}", "/chat/onbekend"])
async def test_pages_hold_nothing_inline_or_foreign(klant: Klant, pad: str) -> None:
    html = await (await klant.get(pad)).text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|https?://", html)
    assert html.count("<script") == html.count('<script type="module" src="/statisch/')


@pytest.mark.parametrize(
    ("naam", "soort"),
    [("chat.js", "javascript"), ("tokens.css", "text/css"), ("inloop.svg", "image/svg+xml")],
)
async def test_static_files_say_what_they_are(klant: Klant, naam: str, soort: str) -> None:
    antwoord = await klant.get(f"/statisch/{naam}")
    assert antwoord.status == 200
    assert soort in antwoord.content_type
    assert (await klant.get("/statisch/../server.py")).status == 404


async def test_post_reaches_the_inbox(binnen: Klant, motor: NepMotor) -> None:
    antwoord = await binnen.post(BERICHT, json=tekst(), headers=EIGEN)
    assert antwoord.status == 204
    adres = adres_van(binnen.session.cookie_jar.filter_cookies(binnen.make_url(BERICHT))["inloop"].value)
    (wat,) = motor.binnen.values()
    assert isinstance(wat, Ontvangst)
    assert (wat.kanaal, wat.account, wat.adres) == ("web", "web", adres)
    assert wat.extern_id == f"{adres[:12]}:a1"
    assert (wat.invoer.soort, wat.invoer.waarde) == (Soort.TEKST, "hallo")


async def test_a_doubled_post_is_answered_once(binnen: Klant, motor: NepMotor) -> None:
    for _ in range(2):
        assert (await binnen.post(BERICHT, json=tekst(), headers=EIGEN)).status == 204
    assert (len(motor.binnen), len(motor.uit)) == (1, 1)


async def test_not_committed_asks_the_browser_again(binnen: Klant, motor: NepMotor) -> None:
    motor.stuk = True
    antwoord = await binnen.post(BERICHT, json=tekst(), headers=EIGEN)
    assert (antwoord.status, antwoord.headers["Retry-After"]) == (503, "2")


@pytest.mark.parametrize(
    ("koppen", "status"),
    [
        ({}, 403),
        ({"X-Inloop": "0"}, 403),
        ({**EIGEN, "Origin": "https://elders.example"}, 403),
        ({**EIGEN, "Origin": "null"}, 403),
        ({**EIGEN, "Content-Type": "text/plain"}, 415),
        ({**EIGEN, "Content-Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
async def test_another_site_cannot_post(binnen: Klant, motor: NepMotor, koppen: dict[str, str], status: int) -> None:
    koppen = {"Content-Type": "application/json", **koppen}
    antwoord = await binnen.post(BERICHT, data=json.dumps(tekst()), headers=koppen)
    assert antwoord.status == status
    assert motor.binnen == {}


async def test_our_own_origin_may_post(binnen: Klant) -> None:
    herkomst = str(binnen.make_url("/").origin())
    assert (await binnen.post(BERICHT, json=tekst(), headers={**EIGEN, "Origin": herkomst})).status == 204


async def test_post_without_a_key_or_to_an_unknown_code(klant: Klant, motor: NepMotor) -> None:
    assert (await klant.post(BERICHT, json=tekst(), headers=EIGEN)).status == 403
    met_sleutel = {**EIGEN, "Cookie": "inloop=" + "a" * 32}
    assert (await klant.post("/chat/onbekend/bericht", json=tekst(), headers=met_sleutel)).status == 404
    assert motor.binnen == {}


@pytest.mark.parametrize(
    "gegevens",
    [
        [],
        {},
        tekst(kenmerk=""),
        tekst(kenmerk="a:b"),
        tekst(" "),
        tekst("x" * 4097),
        {**tekst(), "bericht": "12x"},
        {**tekst(), "waarde": 7},
        {"id": "a", "soort": "spraak", "waarde": "x"},
        {"id": "a", "soort": "onzin", "waarde": "x"},
        {"id": "a", "soort": "start", "waarde": "andere-code"},
        {"id": "a", "soort": "knop", "waarde": "x" * 65, "bericht": "1"},
    ],
)
async def test_post_must_be_as_agreed(binnen: Klant, motor: NepMotor, gegevens: object) -> None:
    assert (await binnen.post(BERICHT, json=gegevens, headers=EIGEN)).status == 400
    assert motor.binnen == {}


async def test_post_is_bounded(binnen: Klant) -> None:
    koppen = {**EIGEN, "Content-Type": "application/json"}
    assert (await binnen.post(BERICHT, data=b" " * 65537, headers=koppen)).status == 413
    assert (await binnen.post(BERICHT, data=b"[" * 60000, headers=koppen)).status == 400


async def test_what_no_database_takes_is_taken_out(binnen: Klant, motor: NepMotor) -> None:
    assert (await binnen.post(BERICHT, json=tekst("a\0b\ud83d"), headers=EIGEN)).status == 204
    (wat,) = motor.binnen.values()
    assert isinstance(wat, Ontvangst)
    assert wat.invoer.waarde == "ab?"


async def test_the_demo_page_and_its_export(klant: Klant) -> None:
    html = await (await klant.get("/")).text()
    assert "Voorbeeld: alles hier is verzonnen" in html
    assert html.count("<iframe") == 3
    antwoord = await klant.get("/export/redenen.csv")
    assert antwoord.headers["Content-Disposition"] == 'attachment; filename="redenen.csv"'
    assert (await antwoord.read()).startswith("\ufeffactiviteit".encode())


async def test_without_the_demo_there_is_no_front_page(gegeven: Web) -> None:
    kaal = replace(gegeven, demo=None, webhook=None)
    async with TestClient(TestServer(maak_web(kaal))) as klant:
        for pad in ("/", "/export/redenen.csv", "/telegram/hook"):
            assert (await klant.get(pad)).status == 404


async def test_sound_and_pictures_only_for_who_received_them(gegeven: Web, motor: NepMotor) -> None:
    sleutel = "b" * 32
    alles = {(adres_van(sleutel), 12, "geluid"): b"OggS", (adres_van(sleutel), 12, "beeld"): b"\x89PNG\r\n"}

    async def bijlage(adres: str, nummer: int, soort: str) -> Bijlage | None:
        inhoud = alles.get((adres, nummer, soort))
        return Bijlage("a" * 64, inhoud) if inhoud else None

    async with TestClient(TestServer(maak_web(replace(gegeven, bijlage=bijlage)))) as klant:
        for soort, vorm in (("geluid", "audio/ogg"), ("beeld", "image/png")):
            pad = f"/chat/{CODE}/{soort}/12"
            antwoord = await klant.get(pad, headers={"Cookie": f"inloop={sleutel}"})
            assert (antwoord.status, antwoord.content_type) == (200, vorm)
            assert (await klant.get(pad, headers={"Cookie": f"inloop={'c' * 32}"})).status == 404
            assert (await klant.get(pad)).status == 404
        for pad in ("geluid/13", "geluid/x", "beeld/-1", "beeld/" + "9" * 19, "bestand/../beeld/12x"):
            antwoord = await klant.get(f"/chat/{CODE}/{pad}", headers={"Cookie": f"inloop={sleutel}"})
            assert antwoord.status == 404
