"""The getUpdates loop and the start, on a scripted Bot API: no network, no library, no waiting."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.kanalen.basis import Onleesbaar, Ontvangst
from bot.kanalen.telegram import ALLOWED_UPDATES
from bot.kanalen.telegram_basis import (
    BEVESTIGINGEN_OPEN,
    BEVESTIGINGEN_TEGELIJK,
    TelegramBasis,
    TelegramFout,
)
from bot.kanalen.telegram_uit import Fout
from dialogen.basis import Invoer, Soort

TOKEN = "1234567890:AAF-scripted"


class Script(TelegramBasis):
    """Answers getUpdates from a list, then waits for ever; keeps what was asked and how long it slept."""

    def __init__(self, *beurten: object, token: str = TOKEN, webhook: str = "", geheim: str = "ok") -> None:
        self.geslapen: list[float] = []
        self.gevraagd: list[tuple[str, Mapping[str, object]]] = []
        self.anders: dict[str, object] = {"getMe": {"id": 7, "username": "proef_bot"}}
        self.antwoorden = list(beurten)
        self.op = asyncio.Event()
        super().__init__(token, "", webhook, geheim, slaap=self._rust, toeval=random.Random(1))

    async def _rust(self, seconden: float) -> None:
        self.geslapen.append(seconden)

    async def _roep(self, methode: str, parameters: Mapping[str, object]) -> object:
        self.gevraagd.append((methode, parameters))
        antwoord = self.anders.get(methode, True)
        if methode == "getUpdates":
            antwoord = await self._volgend()
        if isinstance(antwoord, Exception):
            raise antwoord
        return antwoord

    async def _volgend(self) -> object:
        if not self.antwoorden:
            self.op.set()
            await asyncio.Event().wait()
        return self.antwoorden.pop(0)

    async def _sluit(self) -> None:
        self.gevraagd.append(("dicht", {}))

    def offsets(self) -> list[object]:
        return [parameters["offset"] for methode, parameters in self.gevraagd if methode == "getUpdates"]


async def speel(bot: Script, aannemen: Any) -> None:
    """Listen until the script is at its end."""
    taak = asyncio.create_task(bot.luister(aannemen))
    await asyncio.wait_for(bot.op.wait(), 5)
    taak.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taak


def tekst(nummer: int, woorden: object = "hoi") -> dict[str, object]:
    van, chat = {"id": 17, "is_bot": False, "first_name": "A"}, {"id": 17, "type": "private"}
    return {"update_id": nummer, "message": {"message_id": 1, "chat": chat, "from": van, "text": woorden}}


def druk(nummer: int) -> Ontvangst:
    return Ontvangst("telegram", "7", str(nummer), "17", Invoer(Soort.KNOP, "a.b:c"), f"druk{nummer}")


class Bak:
    """An inbox that refuses the first `weigert` times."""

    def __init__(self, weigert: int = 0) -> None:
        self.weigert = weigert
        self.keren: list[list[str]] = []

    async def __call__(self, ontvangsten: Sequence[Ontvangst | Onleesbaar]) -> None:
        self.keren.append([o.extern_id for o in ontvangsten])
        if len(self.keren) <= self.weigert:
            raise RuntimeError("the database is away")


async def test_the_offset_moves_only_after_the_inbox_has_it() -> None:
    bot, bak = Script([tekst(5), tekst(6)], [tekst(7)]), Bak()
    await speel(bot, bak)
    assert bak.keren == [["5", "6"], ["7"]]
    assert bot.offsets() == [0, 7, 8]


async def test_what_the_inbox_refused_is_asked_for_again() -> None:
    bot, bak = Script(*[[tekst(5)]] * 8), Bak(weigert=7)
    await speel(bot, bak)
    assert bot.offsets() == [0] * 8 + [6]
    assert len(bot.geslapen) == 7
    assert bot.geslapen[0] <= 0.2
    assert bot.geslapen == sorted(bot.geslapen[:-1]) + bot.geslapen[-1:]
    assert max(bot.geslapen) <= 5.0


async def test_a_broken_update_does_not_hold_up_the_good_ones() -> None:
    bot, bak = Script([tekst(5), tekst(6, ["stuk"]), "onzin", {"update_id": 7}, tekst(8)]), Bak()
    await speel(bot, bak)
    assert bak.keren == [["5", "6", "8"]]
    assert bot.offsets() == [0, 9]


async def test_what_is_not_for_us_moves_the_offset_without_the_inbox() -> None:
    bot, bak = Script([{"update_id": 5, "poll": {}}], []), Bak()
    await speel(bot, bak)
    assert bak.keren == []
    assert bot.offsets() == [0, 6, 6]


async def test_errors_are_waited_out_and_forgotten_after_a_success() -> None:
    netwerk, conflict = TelegramFout(Fout(None, "ConnectError")), TelegramFout(Fout(409, "Conflict"))
    druk_bezet = TelegramFout(Fout(429, "Too Many", 17.0))
    bot = Script(netwerk, netwerk, [], netwerk, conflict, druk_bezet, {"geen": "lijst"}, ["zonder nummer"])
    await speel(bot, Bak())
    eerste, tweede, opnieuw, ander, gevraagd, *_ = bot.geslapen
    assert eerste <= 0.2 <= 2 * tweede
    assert opnieuw <= 0.2
    assert (ander, gevraagd) == (5.0, 17.0)
    assert len(bot.geslapen) == 7


async def test_the_log_holds_no_text_and_no_names(caplog: pytest.LogCaptureFixture) -> None:
    async def aannemen(_: object) -> None:
        raise RuntimeError("INSERT … 'mijn dochter is ziek'")

    with caplog.at_level(logging.DEBUG):
        await speel(Script([tekst(5, "mijn dochter is ziek")]), aannemen)
    assert "RuntimeError" in caplog.text
    assert "dochter" not in caplog.text


async def test_a_webhook_is_not_polled() -> None:
    bot = Script(webhook="https://inloop.example/telegram")
    await bot.luister(Bak())
    assert bot.gevraagd == []


async def test_the_start_learns_the_account_and_chooses_polling() -> None:
    bot = Script()
    assert bot.account == "1234567890"
    await bot.begin()
    assert (bot.naam, bot.account, bot.gebruikersnaam) == ("telegram", "7", "proef_bot")
    assert [methode for methode, _ in bot.gevraagd] == ["getMe", "setMyCommands", "deleteWebhook"]
    assert bot.gevraagd[-1][1] == {"drop_pending_updates": False}


async def test_the_start_sets_the_webhook_with_its_secret() -> None:
    bot, adres = Script(webhook="https://inloop.example/telegram"), "https://inloop.example/telegram"
    await bot.begin()
    verwacht = {"url": adres, "secret_token": "ok", "allowed_updates": ALLOWED_UPDATES}
    assert bot.gevraagd[-1] == ("setWebhook", verwacht)


@pytest.mark.parametrize(
    ("antwoord", "fout"),
    [
        (TelegramFout(Fout(None, "ConnectError")), ConnectionError),
        (TelegramFout(Fout(401, "Unauthorized")), PermissionError),
        (TelegramFout(Fout(404, "Not Found")), PermissionError),
        (TelegramFout(Fout(502)), ConnectionError),
        ({"id": "zeven"}, ConnectionError),
        ([], ConnectionError),
    ],
)
async def test_a_start_that_fails_is_an_oserror(antwoord: object, fout: type[OSError]) -> None:
    bot = Script()
    bot.anders["getMe"] = antwoord
    with pytest.raises(fout) as gezien:
        await bot.begin()
    assert TOKEN not in str(gezien.value)
    assert gezien.value.__context__ is None


async def test_a_start_without_commands_is_a_start() -> None:
    bot = Script()
    bot.anders["setMyCommands"] = TelegramFout(Fout(429, "x", 9.0))
    await bot.begin()
    assert bot.account == "7"


@pytest.mark.parametrize("token", ["", "abc", "12 3:abc", "123:", ":abc", "123:a/b"])
def test_a_token_that_cannot_be_right_is_said_at_once(token: str) -> None:
    with pytest.raises(ValueError, match="INLOOP_TELEGRAM_TOKEN"):
        Script(token=token)


@pytest.mark.parametrize("geheim", ["", "met spatie", "x" * 257, "é"])
def test_a_webhook_without_a_good_secret_is_refused(geheim: str) -> None:
    with pytest.raises(ValueError, match="geheim"):
        Script(webhook="https://x.nl", geheim=geheim)


async def test_presses_are_answered_in_the_background_and_bounded() -> None:
    bot, tegelijk, hoogste = Script(), 0, 0
    dicht = asyncio.Event()

    async def roep(methode: str, parameters: Mapping[str, object]) -> object:
        nonlocal tegelijk, hoogste
        tegelijk += 1
        hoogste = max(hoogste, tegelijk)
        await dicht.wait()
        tegelijk -= 1
        bot.gevraagd.append((methode, parameters))
        raise TelegramFout(Fout(400, "Bad Request: query is too old"))

    bot._roep = roep  # type: ignore[method-assign]
    bot.bevestig([druk(n) for n in range(BEVESTIGINGEN_OPEN + 50)])
    bot.bevestig([Onleesbaar("telegram", "7", "9", "{}")])
    await asyncio.sleep(0.01)
    dicht.set()
    await bot.sluit()
    assert hoogste == BEVESTIGINGEN_TEGELIJK
    assert [m for m, _ in bot.gevraagd] == ["answerCallbackQuery"] * BEVESTIGINGEN_OPEN + ["dicht"]


async def test_closing_does_not_wait_for_presses_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.kanalen.telegram_basis.AFSLUITEN", 0.01)
    bot = Script()

    async def hang(methode: str, parameters: Mapping[str, object]) -> object:
        return await asyncio.Event().wait()

    bot._roep = hang  # type: ignore[method-assign]
    bot.bevestig([druk(1)])
    await asyncio.wait_for(bot.sluit(), 1)
