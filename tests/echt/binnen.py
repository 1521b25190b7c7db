"""The engine of one process inside the test: a channel that only remembers, and waiting until nothing is to be done."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Sequence

from bot.app import App
from bot.kanalen.basis import Aannemen, Ontvangst, Resultaat, Tempo, Verzonden, Weergave
from bot.kanalen.telegram import VERMOGEN
from dialogen.basis import Invoer, Soort
from tests.echt.school import nog_te_doen

ACCOUNT = "1"


class NepKanaal:
    """Telegram's capabilities without Telegram: ``gekregen`` is what each chat received, with the outbox number."""

    naam = "telegram"
    account = ACCOUNT
    vermogen = VERMOGEN
    tempo: Tempo | None = None

    def __init__(self) -> None:
        self.gekregen: defaultdict[str, list[tuple[int, Weergave]]] = defaultdict(list)

    async def begin(self) -> None:
        """Nothing to open."""

    async def luister(self, aannemen: Aannemen) -> None:
        """The test hands in what comes in."""

    async def verzend(self, adres: str, weergave: Weergave, nummer: int) -> Resultaat:
        """Remember it."""
        self.gekregen[adres].append((nummer, weergave))
        return Verzonden(str(nummer))

    async def sluit(self) -> None:
        """Nothing to close."""

    def teksten(self, adres: object) -> list[str]:
        """What one chat reads, oldest first."""
        return [weergave.tekst for _, weergave in self.gekregen[str(adres)]]


def ontvangst(extern_id: int | str, adres: object, waarde: str, soort: Soort = Soort.TEKST) -> Ontvangst:
    """One update of one chat."""
    return Ontvangst("telegram", ACCOUNT, str(extern_id), str(adres), Invoer(soort, waarde, "Proefpersoon", "77"))


async def rust(app: App, seconden: float = 20) -> None:
    """Until everything that came in is handled and everything that goes out is sent."""
    einde = time.monotonic() + seconden
    while True:
        await app.werker.rust()
        if not await app.db.lees(nog_te_doen):
            return
        assert time.monotonic() < einde, "it never came to rest"
        await asyncio.sleep(0.005)


async def lever(app: App, *stapels: Sequence[Ontvangst]) -> None:
    """Hand in these batches at once, as so many calls of a webhook would."""
    await asyncio.gather(*(app.aannemen(stapel) for stapel in stapels))
