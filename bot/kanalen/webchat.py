"""The browser chat as a channel: what is sent is pushed to the browsers that are open now.

Nothing is kept here. The outbox is the durable store; a browser that was away, or too slow, reads what it
missed through ``geschiedenis``. Everything runs in the one event loop of the process.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

from bot.kanalen.basis import Aannemen, Resultaat, Tempo, Vermogen, Verzonden, Weergave

Regel = tuple[int, Weergave]
"""A sent message with its outbox number."""

Geschiedenis = Callable[[str, int], Awaitable[Sequence[Regel]]]
"""``(adres, na)`` -> what was sent to this chat numbered above ``na``, oldest first, at most ``BLADZIJ``."""

BLADZIJ = 100
"""Rows that ``geschiedenis`` gives at most; fewer means there is no more."""

ACHTERSTAND = 64
"""Messages an open browser may be behind before it is dropped. It then connects again and catches up."""


class Afgebroken(Exception):
    """This listener was dropped or the channel closed: nothing more will come."""


class Luisteraar:
    """One open browser: a bounded queue of at most ``ruimte`` messages."""

    def __init__(self, ruimte: int = ACHTERSTAND) -> None:
        self._ruimte = ruimte
        self._rij: asyncio.Queue[Regel | None] = asyncio.Queue()
        self._open = True

    def geef(self, regel: Regel) -> bool:
        """Queue one message. False when there is no room: the listener is then closed."""
        if self._open and self._rij.qsize() < self._ruimte:
            self._rij.put_nowait(regel)
            return True
        self.sluit()
        return False

    def sluit(self) -> None:
        """Let the reader finish what is queued and then stop."""
        if self._open:
            self._open = False
            self._rij.put_nowait(None)

    async def volgende(self, wacht: float) -> Regel | None:
        """The next message, None when none came in ``wacht`` seconds. Raises ``Afgebroken`` at the end."""
        try:
            async with asyncio.timeout(wacht):
                regel = await self._rij.get()
        except TimeoutError:
            return None
        if regel is None:
            raise Afgebroken
        return regel


class Webchat:
    """The channel 'web': never refuses, never waits; ``adres`` is the hashed key of one browser."""

    naam = "web"
    account = "web"
    vermogen = Vermogen(knoppen=100, lijst=100, label=40, bewerken=True, beeld=True)
    tempo: Tempo | None = None

    def __init__(self, geschiedenis: Geschiedenis, achterstand: int = ACHTERSTAND) -> None:
        """``geschiedenis`` reads the outbox; ``achterstand`` is the room of one listener, in messages."""
        self.geschiedenis = geschiedenis
        self._achterstand = achterstand
        self._luisteraars: dict[str, set[Luisteraar]] = {}

    async def begin(self) -> None:
        """Nothing to open."""

    async def luister(self, aannemen: Aannemen) -> None:
        """Returns at once: browsers post to the web server."""

    async def verzend(self, adres: str, weergave: Weergave, nummer: int) -> Resultaat:
        """Push to every open browser of this chat. Always ``Verzonden``: who is away reads it later."""
        for luisteraar in tuple(self._luisteraars.get(adres, ())):
            if not luisteraar.geef((nummer, weergave)):
                self._vergeet(adres, luisteraar)
        return Verzonden(str(nummer))

    async def sluit(self) -> None:
        """End every open stream; may be called twice."""
        for luisteraars in self._luisteraars.values():
            for luisteraar in luisteraars:
                luisteraar.sluit()
        self._luisteraars.clear()

    @contextmanager
    def luisteraar(self, adres: str) -> Iterator[Luisteraar]:
        """Listen to one chat for as long as the block runs."""
        luisteraar = Luisteraar(self._achterstand)
        self._luisteraars.setdefault(adres, set()).add(luisteraar)
        try:
            yield luisteraar
        finally:
            self._vergeet(adres, luisteraar)

    def _vergeet(self, adres: str, luisteraar: Luisteraar) -> None:
        """Forget one listener, and the chat when it was the last."""
        luisteraars = self._luisteraars.get(adres)
        if luisteraars is not None:
            luisteraars.discard(luisteraar)
            if not luisteraars:
                del self._luisteraars[adres]
