"""A file in the browser chat: a link to it, only for the chat that received it."""

from __future__ import annotations

from dataclasses import replace

from aiohttp.test_utils import TestClient, TestServer

from bot.bestanden import Bestand
from bot.web.server import maak_web
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
