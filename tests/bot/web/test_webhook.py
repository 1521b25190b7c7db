"""What a platform that calls us is told, and what reaches the inbox."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.bot.web.nep import GEHEIM, Klant, NepMotor

HAAK = "/telegram/hook"
KOP = {"X-Telegram-Bot-Api-Secret-Token": GEHEIM}


@pytest.mark.parametrize("koppen", [{}, {"X-Telegram-Bot-Api-Secret-Token": "s3cre"}])
async def test_webhook_without_the_secret(klant: Klant, motor: NepMotor, koppen: dict[str, str]) -> None:
    antwoord = await klant.post(HAAK, data=b'{"update_id": 1, "message": "x"}', headers=koppen)
    assert antwoord.status == 401
    assert motor.binnen == {}


async def test_webhook_commits_then_acknowledges(klant: Klant, motor: NepMotor) -> None:
    antwoord = await klant.post(HAAK, json={"update_id": 1, "message": "x"}, headers=KOP)
    assert (antwoord.status, await antwoord.read()) == (200, b"")
    assert list(motor.binnen) == ["1"]
    assert motor.bevestigd == ["1"]


async def test_webhook_sets_aside_what_it_cannot_read(klant: Klant, motor: NepMotor) -> None:
    assert (await klant.post(HAAK, json={"update_id": 2}, headers=KOP)).status == 200
    assert list(motor.binnen) == ["2"]
    assert motor.bevestigd == []


@pytest.mark.parametrize("ruw", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"7", b'{"other": 1}'])
async def test_webhook_does_not_ask_for_rubbish_again(klant: Klant, motor: NepMotor, ruw: bytes) -> None:
    assert (await klant.post(HAAK, data=ruw, headers=KOP)).status == 200
    assert motor.binnen == {}


async def test_webhook_asks_again_when_not_committed(klant: Klant, motor: NepMotor) -> None:
    motor.stuk = True
    antwoord = await klant.post(HAAK, json={"update_id": 1, "message": "x"}, headers=KOP)
    assert antwoord.status == 503
    assert motor.bevestigd == []


@pytest.mark.parametrize("gestuurd", ["heel", "stukjes"])
async def test_webhook_body_is_bounded(klant: Klant, motor: NepMotor, gestuurd: str) -> None:
    async def stukjes() -> Any:
        for _ in range(17):
            yield b" " * 65536

    ruw: Any = io.BytesIO(b" " * (1024 * 1024 + 1)) if gestuurd == "heel" else stukjes()
    assert (await klant.post(HAAK, data=ruw, headers=KOP)).status == 413
    assert motor.binnen == {}
