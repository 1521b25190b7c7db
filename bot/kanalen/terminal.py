"""The terminal as a channel: ``inloop praat``. What is typed comes in, what is sent is printed, buttons by number."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.kanalen.basis import Aannemen, Ontvangst, Resultaat, Tempo, Vermogen, Verzonden, Weergave
from dialogen.basis import Invoer, Soort
from dialogen.begrijpen import getal

REGEL = 4096


class Terminal:
    """One chat on this terminal. ``lees`` gives the next line (None at the end), ``schrijf`` prints one."""

    naam = "terminal"
    account = "terminal"
    vermogen = Vermogen(knoppen=30, lijst=30, label=40, spraak=False)
    tempo: Tempo | None = None

    def __init__(
        self, adres: str, eerst: str, lees: Callable[[], str | None], schrijf: Callable[[str], None], volgnummer: str
    ) -> None:
        self._adres, self._eerst, self._lees, self._schrijf = adres, eerst, lees, schrijf
        self._volgnummer = volgnummer
        self._geteld = 0
        self._knoppen: tuple[tuple[str, str], ...] = ()
        self.antwoord = asyncio.Event()
        self.klaar = asyncio.Event()

    async def begin(self) -> None:
        """Nothing to open."""

    async def luister(self, aannemen: Aannemen) -> None:
        """Take in lines until the end of the input."""
        self.klaar.clear()
        if self._eerst:
            await self._neem(aannemen, Invoer(Soort.START, self._eerst))
        while (regel := await asyncio.to_thread(self._lees)) is not None:
            await self._neem(aannemen, self._invoer(regel[:REGEL]))
        self.klaar.set()

    async def _neem(self, aannemen: Aannemen, invoer: Invoer) -> None:
        self._geteld += 1
        self.antwoord.clear()
        nummer = f"{self._volgnummer}:{self._geteld}"
        await aannemen([Ontvangst(self.naam, self.account, nummer, self._adres, invoer)])
        try:  # so that the answer stands above the next prompt
            async with asyncio.timeout(2):
                await self.antwoord.wait()
                await asyncio.sleep(0.05)
        except TimeoutError:
            pass

    def _invoer(self, regel: str) -> Invoer:
        """A number presses the button with that number; ``/start CODE`` opens a link; the rest is text."""
        nummer = getal(regel)
        if nummer is not None and 0 < nummer <= len(self._knoppen):
            return Invoer(Soort.KNOP, self._knoppen[nummer - 1][1])
        if regel.startswith("/start"):
            return Invoer(Soort.START, regel.removeprefix("/start").strip()[:64])
        return Invoer(Soort.TEKST, regel)

    async def verzend(self, adres: str, weergave: Weergave, nummer: int) -> Resultaat:
        """Print a message and its buttons with their numbers."""
        if adres == self._adres:
            self._knoppen = weergave.knoppen or self._knoppen
            self._schrijf("\n" + "\n".join(_regels(weergave)))
            for plaats, (label, _) in enumerate(weergave.knoppen, 1):
                self._schrijf(f"  [{plaats}] {label}")
            self.antwoord.set()
        return Verzonden(str(nummer))

    async def sluit(self) -> None:
        """Nothing to close."""


def _regels(weergave: Weergave) -> list[str]:
    """The words, and for what a terminal cannot show a line that says it is there."""
    geluid = ["🎤 (een gesproken bericht)"] if weergave.geluid or weergave.media else []
    beeld = [f"🖼 {weergave.alt}"] if weergave.alt else []
    bestand = [f"📎 {weergave.bestand}"] if weergave.bestand else []
    return [*geluid, *beeld, weergave.tekst, *bestand]
