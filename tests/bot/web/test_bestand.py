"""A file in the browser chat: a link to it, only for the chat that received it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import BrowserContext, expect

from bot.bestanden import Bestand
from bot.kanalen.basis import Weergave
from bot.web.server import maak_web
from tests.bot.web.kijken import ernstig, open_chat
from tests.bot.web.nep import CODE, NepMotor, maak

PDF = b"%PDF-1.7 test"


async def test_alleen_voor_dit_gesprek(motor: NepMotor) -> None:
    gevraagd: list[tuple[str, int]] = []

    async def bestand(adres: str, nummer: int) -> Bestand | None:
        gevraagd.append((adres, nummer))
        return Bestand("lijst-en-brieven.pdf", PDF) if nummer == 7 else None

    async with TestClient(TestServer(maak_web(replace(maak(motor), bestand=bestand)))) as klant:
        assert (await klant.get(f"/chat/{CODE}/bestand/7")).status == 404, (
            "wie de pagina niet opende, heeft geen sleutel"
        )
        await klant.get(f"/chat/{CODE}")
        antwoord = await klant.get(f"/chat/{CODE}/bestand/7")
        assert (antwoord.status, await antwoord.read()) == (200, PDF)
        assert antwoord.content_type == "application/pdf"
        assert antwoord.headers["Content-Disposition"] == 'attachment; filename="lijst-en-brieven.pdf"'
        assert antwoord.headers["Cache-Control"] == "no-store"
        assert (await klant.get(f"/chat/{CODE}/bestand/8")).status == 404
        assert (await klant.get(f"/chat/{CODE}/bestand/x")).status == 404
    assert [nummer for _, nummer in gevraagd] == [7, 8]
    assert len({adres for adres, _ in gevraagd}) == 1


@pytest.mark.pagina
@pytest.mark.asyncio(loop_scope="module")
async def test_een_bestand_is_een_link_onder_het_bericht(venster: BrowserContext, motor: NepMotor) -> None:
    pagina = await open_chat(venster)
    (adres,) = {adres for _, adres, _ in motor.uit}
    nummer = await motor.zeg(adres, Weergave("🖨️ Hier is de lijst.", bestand="lijst-en-brieven.pdf"))
    link = pagina.get_by_role("link", name="lijst-en-brieven.pdf")
    await expect(link).to_be_visible()
    assert await link.get_attribute("href") == f"/chat/{CODE}/bestand/{nummer}"
    assert await ernstig(pagina) == []
