"""Measures both Telegram libraries: `python -m tests.bot.kanalen.meet_telegram` (a minute, loopback only).

Start and memory in a new process each time; sending unthrottled, 16 in flight, against the strict server in a
process of its own. Prints one line per library.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import statistics
import subprocess
import sys
import time
from importlib import import_module
from multiprocessing.connection import Connection

from bot.kanalen.basis import Verzonden, Weergave
from bot.kanalen.telegram_basis import TelegramBasis
from tests.botapi import TOKEN, BotApi

SOORTEN = {"ptb": "TelegramPtb", "aiogram": "TelegramAiogram"}
TEGELIJK, AANTAL, KEREN = 16, 2_000, 5
_START = """
import pathlib, time
voor = time.perf_counter()
import bot.kanalen.telegram_{}
duur = time.perf_counter() - voor
print(duur, int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6)
"""


def start(soort: str) -> tuple[float, float]:
    """(seconds to import, MB resident afterwards; Linux), the median of new processes."""
    opdracht = [sys.executable, "-c", _START.format(soort)]
    uit = [subprocess.run(opdracht, capture_output=True, check=True).stdout.split() for _ in range(KEREN)]
    seconden, megabytes = (statistics.median(map(float, kolom)) for kolom in zip(*uit, strict=True))
    return seconden, megabytes


def serveer(pijp: Connection) -> None:
    """The strict server; tells its address and whom it knows, then runs until the pipe closes."""
    with BotApi.in_thread() as api:
        mensen = [api.gebruiker(bekend=True).id for _ in range(TEGELIJK)]
        pijp.send((api.url, mensen))
        pijp.recv()


async def verstuur(bot: TelegramBasis, adres: str, aantal: int) -> None:
    """`aantal` messages with buttons to one person, one after another."""
    for nummer in range(aantal):
        weergave = Weergave(f"Kom je ook? {nummer}", (("Ja, ik kom", "a.b:ja:1"), ("Nee", "a.b:nee:1")))
        assert isinstance(await bot.verzend(adres, weergave, nummer), Verzonden)


async def snelheid(soort: str, url: str, mensen: list[int]) -> float:
    """Messages a second, to as many people at once as `mensen`."""
    klasse = getattr(import_module(f"bot.kanalen.telegram_{soort}"), SOORTEN[soort])
    bot: TelegramBasis = klasse(TOKEN, url, "", "")
    await bot.begin()
    await asyncio.gather(*(verstuur(bot, str(wie), 5) for wie in mensen))  # connections are open now
    voor = time.perf_counter()
    await asyncio.gather(*(verstuur(bot, str(wie), AANTAL // len(mensen)) for wie in mensen))
    duur = time.perf_counter() - voor
    await bot.sluit()
    return AANTAL / duur


def main() -> None:
    """Print the figures."""
    hier, daar = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serveer, args=(daar,))
    server.start()
    url, mensen = hier.recv()
    for soort in SOORTEN:
        per_seconde = statistics.median(asyncio.run(snelheid(soort, url, mensen)) for _ in range(KEREN))
        seconden, megabytes = start(soort)
        print(f"{soort:8} import {seconden:.2f} s, {megabytes:.0f} MB; sending {per_seconde:,.0f} a second")
    hier.send(None)
    server.join(10)


if __name__ == "__main__":
    main()
