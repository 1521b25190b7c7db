"""A bell that rings across threads: whoever waits for a change looks again when it rings.

The server may run on another event loop than the test, so a waiter leaves its own loop behind and is woken
there.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_Wachter = tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]


def _maak_wakker(wachter: asyncio.Future[None]) -> None:
    if not wachter.done():
        wachter.set_result(None)


class Bel:
    """Guards nothing itself: `slot` is the one lock of the whole server, shared by all bells."""

    def __init__(self, slot: threading.RLock) -> None:
        self._slot = slot
        self._conditie = threading.Condition(slot)
        self._wachters: list[_Wachter] = []

    def lui(self) -> None:
        """Wake everybody who waits. May be called from any thread."""
        with self._slot:
            self._conditie.notify_all()
            wachters, self._wachters = self._wachters, []
        for lus, wachter in wachters:
            with contextlib.suppress(RuntimeError):  # that loop is closed: nobody waits there any more
                lus.call_soon_threadsafe(_maak_wakker, wachter)

    async def wacht(self, kijk: Callable[[], T | None], seconden: float) -> T | None:
        """What `kijk` returns as soon as that is not None, or None after `seconden`. `kijk` runs under the
        lock."""
        lus = asyncio.get_running_loop()
        einde = lus.time() + seconden
        while True:
            wachter: asyncio.Future[None] = lus.create_future()
            with self._slot:
                gezien = kijk()
                if gezien is not None or lus.time() >= einde:
                    return gezien
                self._wachters.append((lus, wachter))
            await self._slaap(lus, wachter, einde)

    async def _slaap(self, lus: asyncio.AbstractEventLoop, wachter: asyncio.Future[None], einde: float) -> None:
        wekker = lus.call_at(einde, _maak_wakker, wachter)
        try:
            await wachter
        finally:
            wekker.cancel()
            with self._slot, contextlib.suppress(ValueError):
                self._wachters.remove((lus, wachter))

    def wacht_sync(self, kijk: Callable[[], T | None], seconden: float) -> T | None:
        """The same for a test without an event loop; the server then runs in its own thread."""
        einde = time.monotonic() + seconden
        with self._conditie:
            while (gezien := kijk()) is None and (rest := einde - time.monotonic()) > 0:
                self._conditie.wait(rest)
            return gezien
