"""Speaking to the web server: the same rights as typing, bounded, kept before the answer."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
import sqlalchemy as sa
from aiohttp.test_utils import TestClient, TestServer

from bot.afspelen import Speler as Afspeler
from bot.diensten.geluid import codeer
from bot.diensten.kluis import tijdelijk
from bot.insturen import maak_insturen
from bot.kanalen.basis import Ontvangst
from bot.spraak import Spraak, zonder_decoder
from bot.web.server import maak_web
from bot.web.sleutel import adres_van
from dialogen.basis import GROOTSTE_SPRAAK, TE_LANG, Soort
from opslag import gesprekken, spraaknotas
from opslag.database import Database
from opslag.gesprekken import Sleutel
from opslag.tabellen import spraaknota
from tests.bot.web.nep import CODE, Klant, NepMotor, maak
from tests.speler import Speler

SLEUTEL = "0123456789abcdef0123456789abcdef"
ADRES = adres_van(SLEUTEL)
WIJ = {"X-Inloop": "1", "Cookie": f"inloop={SLEUTEL}", "Content-Type": "audio/ogg"}
OGG = b"OggS" + bytes(24) + b"OpusHead" + bytes(60)
PAD = f"/chat/{CODE}/spraak"


@pytest.fixture
def s(db: Database) -> Speler:
    speler = Speler(db)
    speler.spraak = Spraak(tijdelijk(), zonder_decoder)
    amal = speler.persoon("Amal")
    amal.kanaal = "web"
    return speler


@pytest_asyncio.fixture
async def klant(s: Speler, motor: NepMotor) -> AsyncIterator[Klant]:
    web = replace(
        maak(motor),
        spraak=maak_insturen(s.db, s.spraak, lambda: s.nu),
        nota=Afspeler(s.db, s.spraak, lambda: s.nu).speel,
    )
    async with TestClient(TestServer(maak_web(web))) as klant:
        yield klant


def ken(s: Speler) -> None:
    """Somebody of the team speaks in this browser."""
    from opslag import locaties

    with s.db.transactie() as sessie:
        g = gesprekken.neem(sessie, Sleutel("web", "web", ADRES), s.nu)
        code = locaties.nodig_team_uit(sessie, s.locatie, "medewerker", s.nu)
        nummer = locaties.maak_medewerker(sessie, code, "Noor", s.nu)
        assert nummer is not None
        gesprekken.koppel_medewerker(sessie, g.nummer, nummer)


def binnen(motor: NepMotor) -> list[tuple[Soort, str]]:
    return [(o.invoer.soort, o.invoer.waarde) for o in motor.binnen.values() if isinstance(o, Ontvangst)]


async def test_it_lies_locked_before_the_browser_hears_so(s: Speler, klant: Klant, motor: NepMotor) -> None:
    ken(s)
    for _ in range(2):  # the answer got lost, and the browser sends it again
        assert (await klant.post(f"{PAD}/een", data=OGG, headers=WIJ)).status == 204
    (nota,) = s.rijen(sa.select(spraaknota))
    assert OGG not in nota.inhoud
    assert binnen(motor) == [(Soort.SPRAAK, nota.media)]
    assert nota.media.startswith(spraaknotas.VAN_ONS)


async def test_before_consent_nothing_is_kept(s: Speler, klant: Klant, motor: NepMotor) -> None:
    assert (await klant.post(f"{PAD}/een", data=OGG, headers=WIJ)).status == 204
    assert s.rijen(sa.select(spraaknota)) == []
    assert binnen(motor) == [(Soort.ONHOORBAAR, "niet_bewaard")]


@pytest.mark.parametrize("ruw", [b"x", b"<html>", b"OggS" + bytes(200), bytes(4000)])
async def test_what_is_no_sound_is_said_in_the_conversation(
    s: Speler, klant: Klant, motor: NepMotor, ruw: bytes
) -> None:
    ken(s)
    assert (await klant.post(f"{PAD}/een", data=ruw, headers=WIJ)).status == 204
    assert s.rijen(sa.select(spraaknota)) == []
    assert binnen(motor) == [(Soort.ONHOORBAAR, "geen_geluid")]


async def test_rights_and_bounds(s: Speler, klant: Klant, motor: NepMotor) -> None:
    ken(s)
    for koppen, code in (
        ({**WIJ, "X-Inloop": "0"}, 403),
        ({**WIJ, "Origin": "https://elders.example"}, 403),
        ({**WIJ, "Cookie": "inloop=kort"}, 403),
        ({**WIJ, "Content-Type": "text/html"}, 415),
    ):
        assert (await klant.post(f"{PAD}/een", data=OGG, headers=koppen)).status == code
    assert (await klant.post("/chat/onbekend/spraak/een", data=OGG, headers=WIJ)).status == 404
    groot = await klant.post(f"{PAD}/een", data=io.BytesIO(bytes(GROOTSTE_SPRAAK + 1)), headers=WIJ)
    assert groot.status == 413
    assert motor.binnen == {}
    assert s.rijen(sa.select(spraaknota)) == []


async def test_without_a_vault_nobody_speaks(klant: Klant, motor: NepMotor) -> None:
    async with TestClient(TestServer(maak_web(maak(motor)))) as kaal:
        assert (await kaal.post(f"{PAD}/een", data=OGG, headers=WIJ)).status == 403
        assert "data-spraak" not in await (await kaal.get(f"/chat/{CODE}")).text()
    assert "data-spraak" in await (await klant.get(f"/chat/{CODE}")).text()


async def test_a_note_is_played_only_for_who_may_hear_it(s: Speler, klant: Klant) -> None:
    amal = s.ouder("Amal")
    assert s.spraak.kluis
    s.opnamen["m1"] = OGG
    await asyncio.to_thread(amal.spreekt, "m1")
    (nota,) = s.rijen(sa.select(spraaknota))
    assert (await klant.get(f"{PAD}/{nota.id}", headers=WIJ)).status == 404
    ken(s)
    antwoord = await klant.get(f"{PAD}/{nota.id}", headers=WIJ)
    assert (antwoord.status, antwoord.content_type, await antwoord.read()) == (200, "audio/ogg", OGG)
    anders = {**WIJ, "Cookie": f"inloop={SLEUTEL[::-1]}"}
    assert (await klant.get(f"{PAD}/{nota.id}", headers=anders)).status == 404
    assert (await klant.get(f"{PAD}/{nota.id + 1}", headers=WIJ)).status == 404


def test_five_minutes_are_too_long() -> None:
    from bot.diensten.geluid import GeenGeluid, maak_noot

    toon = (b"\x00\x30" * 240 + b"\x00\xd0" * 240) * 100 * 185
    with pytest.raises(GeenGeluid) as fout:
        maak_noot(codeer(toon).inhoud, 180)
    assert fout.value.reden == "lang"
    assert TE_LANG == "te_lang"
