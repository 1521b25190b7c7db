"""The server of measurement b, in a process of its own: the real web application and inbox on a real database.

No worker and no Telegram: turns wait in the inbox, and answering a pressed button ends where the network begins.
Prints its port, and serves until it is ended.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping

from bot.aannemen import Aannemer
from bot.app import maak_webchat, nu_utc
from bot.bench.zaaien import ACCOUNT
from bot.kanalen.telegram import geheim_klopt, ontleed
from bot.kanalen.telegram_basis import TelegramBasis
from bot.links import NERGENS
from bot.web.server import Web, Webhook, draai, maak_web
from opslag import locaties
from opslag.database import Database

PAD = "/telegram"
GEHEIM = "0123456789abcdef" * 4


class _ZonderNetwerk(TelegramBasis):
    """The Telegram channel, of which every call succeeds at once."""

    async def _roep(self, methode: str, parameters: Mapping[str, object]) -> object:
        return True

    async def _sluit(self) -> None:
        return


async def dien(url: str) -> None:
    """Serve the webhook on a free port, until cancelled."""
    db = Database(url)
    telegram = _ZonderNetwerk("1:abc", "", "https://bench.invalid/telegram", GEHEIM)
    telegram.account = ACCOUNT

    async def code_bestaat(code: str) -> bool:
        return await db.lees(locaties.code_bestaat, code)

    async def gereed() -> Mapping[str, bool]:
        return {"database": await db.lees(db.bereikbaar)}

    haak = Webhook(PAD, GEHEIM, lambda u: ontleed(ACCOUNT, u), telegram.bevestig, geheim_klopt)
    aannemen = Aannemer(db, nu_utc, lambda _sleutel: None)
    loper = await draai(maak_web(Web(aannemen, maak_webchat(db, NERGENS), code_bestaat, gereed, haak)), "127.0.0.1", 0)
    print("poort", loper.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(dien(sys.argv[1]))
