"""The Telegram channel without its HTTP library: begin, the getUpdates loop, sending, answering presses.

A library adds one thing, ``_roep``: one call of the Bot API, in raw JSON both ways. Nothing here logs or
raises what could hold the token, an address or a text: only codes, Telegram's words and exception names.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import re
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping

from bot.kanalen.basis import (
    Aannemen,
    Geweigerd,
    Onleesbaar,
    Ontvangst,
    Resultaat,
    Tempo,
    Tijdelijk,
    Weergave,
)
from bot.kanalen.telegram import ALLOWED_UPDATES, KANAAL, TEMPO, VERMOGEN, ontleed, volgende
from bot.kanalen.telegram_uit import Fout, besluit, geslaagd, helpt_anders, kwijt, oproepen, pauze
from dialogen.basis import GROOTSTE_SPRAAK, TE_LANG

API = "https://api.telegram.org"
VERBIND = 5.0  # seconds to connect
LEES = 20.0  # seconds without a byte
POLL = 10  # seconds that Telegram keeps an empty getUpdates waiting; stays under LEES
VERBINDINGEN = 64  # the sender's 16-32 in flight, the poll, and the answers to button presses
BEVESTIGINGEN_TEGELIJK = 8
BEVESTIGINGEN_OPEN = 1_000  # more cannot be in time: Telegram forgets a press within a minute
AFSLUITEN = 1.0
HAAL = 60.0  # seconds that fetching one voice note may take

OPDRACHTEN = (("menu", "Menu"), ("help", "Hulp van een mens"), ("stop", "Geen berichten meer"))

_PAD = re.compile(r"(?!.*\.\.)[A-Za-z0-9_-][A-Za-z0-9_./-]{0,255}")
_TOKEN = re.compile(r"[0-9]{1,19}:[A-Za-z0-9_-]+")
_GEHEIM = re.compile(r"[A-Za-z0-9_-]{1,256}")
_log = logging.getLogger(__name__)


class TelegramFout(Exception):
    """A call that did not succeed, as a neutral ``Fout``. Raised without cause or context: the library's own
    exception may hold the address, and with it the token."""

    def __init__(self, fout: Fout) -> None:
        super().__init__(str(fout))
        self.fout = fout


class TelegramBasis(ABC):
    """Implements ``Kanaal`` for both libraries. ``webhook`` is the public address Telegram calls, '' to poll.

    Raises ``ValueError`` for a token or a secret that cannot be right. ``slaap`` and ``toeval`` serve tests.
    """

    naam = KANAAL
    vermogen = VERMOGEN

    def __init__(
        self,
        token: str,
        api: str,
        webhook: str,
        geheim: str,
        tempo: Tempo = TEMPO,
        *,
        slaap: Callable[[float], Awaitable[None]] = asyncio.sleep,
        toeval: random.Random | None = None,
    ) -> None:
        if not _TOKEN.fullmatch(token):
            raise ValueError("INLOOP_TELEGRAM_TOKEN heeft niet de vorm 123456:ABC…; kopieer het token van @BotFather")
        if webhook and not _GEHEIM.fullmatch(geheim):
            raise ValueError("een webhook vraagt om een geheim van 1 tot 256 tekens A-Z a-z 0-9 _ -")
        self.tempo = tempo
        self.account = token.partition(":")[0]  # so that a webhook that calls before ``begin`` is filed right
        self.gebruikersnaam = ""
        self._api = (api or API).rstrip("/")
        self._webhook, self._geheim = webhook, geheim
        self._slaap, self._toeval = slaap, toeval or random.Random()
        self._taken: set[asyncio.Task[None]] = set()
        self._drukken: deque[str] = deque()

    @abstractmethod
    async def _roep(self, methode: str, parameters: Mapping[str, object]) -> object:
        """One call of the Bot API; returns the raw ``result``. Raises ``TelegramFout`` and nothing else;
        cancelling passes through."""

    async def _download(self, pad: str) -> AsyncGenerator[bytes, None]:
        """The bytes of a file by the path that getFile gave, piece by piece. Raises ``TelegramFout`` and nothing else;
        cancelling passes through. Without a library there are none."""
        geen: tuple[bytes, ...] = ()
        for stuk in geen:
            yield stuk
        raise TelegramFout(Fout(None, "no files here"))

    @abstractmethod
    async def _sluit(self) -> None:
        """Close the library's connections."""

    async def begin(self) -> None:
        """Learn the account, set the commands, and choose webhook or polling, without dropping what waits.
        May be called again. Raises ``PermissionError`` for a refused token, else ``ConnectionError``."""
        try:
            self._onthoud(await self._roep("getMe", {}))
            await self._zet_opdrachten()
            await self._zet_weg()
        except TelegramFout as fout:
            probleem = fout.fout
        else:
            return
        if probleem.code in (401, 404):
            raise PermissionError("Telegram weigert het token; controleer INLOOP_TELEGRAM_TOKEN")
        raise ConnectionError(f"Telegram is niet bereikbaar of weigert: {probleem}")

    async def vraag_naam(self) -> str:
        """The bot's user name, without changing anything. Raises as ``begin``."""
        try:
            self._onthoud(await self._roep("getMe", {}))
        except TelegramFout as fout:
            raise ConnectionError(f"Telegram is niet bereikbaar of weigert: {fout.fout}") from None
        return self.gebruikersnaam

    def _onthoud(self, ik: object) -> None:
        nummer = ik.get("id") if isinstance(ik, dict) else None
        if not isinstance(ik, dict) or type(nummer) is not int:
            raise TelegramFout(Fout(None, "getMe gave no account"))
        self.account, self.gebruikersnaam = str(nummer), str(ik.get("username") or "")

    async def _zet_opdrachten(self) -> None:
        """The menu beside the text field; a bot without it still works."""
        opdrachten = [{"command": naam, "description": uitleg} for naam, uitleg in OPDRACHTEN]
        with contextlib.suppress(TelegramFout):
            await self._roep("setMyCommands", {"commands": opdrachten})

    async def _zet_weg(self) -> None:
        if not self._webhook:
            await self._roep("deleteWebhook", {"drop_pending_updates": False})
            return
        haak = {"url": self._webhook, "secret_token": self._geheim, "allowed_updates": ALLOWED_UPDATES}
        await self._roep("setWebhook", haak)

    async def luister(self, aannemen: Aannemen) -> None:
        """Take in by getUpdates until cancelled; returns at once with a webhook. What ``aannemen`` did not
        take is asked for again, from the same offset."""
        offset, mislukt = 0, 0
        while not self._webhook:
            try:
                offset, mislukt = await self._ronde(offset, aannemen), 0
            except TelegramFout as fout:
                mislukt = await self._wacht(fout.fout, mislukt)
            except Exception as fout:  # whatever kept the inbox from taking it: try again, lose nothing
                mislukt = await self._wacht(Fout(None, type(fout).__name__), mislukt)

    async def _ronde(self, offset: int, aannemen: Aannemen) -> int:
        """One getUpdates; returns the next offset once everything before it is safe."""
        vraag = {"offset": offset, "timeout": POLL, "allowed_updates": ALLOWED_UPDATES}
        updates = await self._roep("getUpdates", vraag)
        if not isinstance(updates, list):
            raise TelegramFout(Fout(None, "getUpdates gave no list"))
        gelezen = [o for update in updates if (o := ontleed(self.account, update)) is not None]
        if gelezen:
            await aannemen(gelezen)
            self.bevestig(gelezen)
        verder = volgende(updates, offset)
        if updates and verder == offset:
            raise TelegramFout(Fout(None, "updates without a new number"))
        return verder

    async def _wacht(self, fout: Fout, mislukt: int) -> int:
        seconden = pauze(fout, mislukt, self._toeval)
        _log.warning("telegram %s: taking in failed (%s), again in %.1f s", self.account, fout, seconden)
        await self._slaap(seconden)
        return mislukt + 1

    def bevestig(self, ontvangsten: Iterable[Ontvangst | Onleesbaar]) -> None:
        """Stop the little clock on pressed buttons, in the background and best effort. Call it on the event
        loop, after the commit; also for what a webhook brought."""
        for ontvangst in ontvangsten:
            if not isinstance(ontvangst, Ontvangst) or not ontvangst.bevestiging:
                continue
            if len(self._drukken) < BEVESTIGINGEN_OPEN:
                self._drukken.append(ontvangst.bevestiging)
                self._nog_een()

    def _nog_een(self) -> None:
        """One more at work on the presses that wait, unless enough are."""
        if len(self._taken) < BEVESTIGINGEN_TEGELIJK:
            taak = asyncio.create_task(self._bevestig())
            self._taken.add(taak)
            taak.add_done_callback(self._taken.discard)

    async def _bevestig(self) -> None:
        while self._drukken:
            with contextlib.suppress(TelegramFout):  # too old, or no network: the clock stops by itself
                await self._roep("answerCallbackQuery", {"callback_query_id": self._drukken.popleft()})

    async def verzend(self, adres: str, weergave: Weergave, nummer: int) -> Resultaat:
        """Send or change one message; every answer becomes a ``Resultaat``. No retries, but what can only be
        sent in another form (a change too late, a voice note not wanted) is sent in that form."""
        probleem = Fout()
        for weg in oproepen(adres, weergave):
            try:
                antwoord = await self._roep(weg.methode, weg.parameters)
            except TelegramFout as fout:
                probleem = fout.fout
            else:
                return geslaagd(antwoord, weg, weergave)
            if (weg_bestand := kwijt(probleem, weg, weergave)) is not None:
                return weg_bestand
            if not helpt_anders(probleem, weg):
                return besluit(probleem, weergave.vervangt if weg.methode.startswith("edit") else "")
        return besluit(probleem)

    async def haal(self, media: str) -> bytes | Tijdelijk | Geweigerd:
        """The bytes of a voice note: getFile, then the file itself, cut off as soon as it is too large whatever size
        was named. A bot may download files of up to 20 MB (Bot API, "getFile")."""
        try:
            async with asyncio.timeout(HAAL):
                return await self._haal(await self._roep("getFile", {"file_id": media}))
        except TimeoutError:
            return Tijdelijk(reden="download took too long")
        except TelegramFout as fout:
            probleem = fout.fout
        gevolg = besluit(probleem)
        return gevolg if isinstance(gevolg, Tijdelijk) else Geweigerd(str(probleem))

    async def _haal(self, gegeven: object) -> bytes | Geweigerd:
        velden = gegeven if isinstance(gegeven, dict) else {}
        pad, maat = velden.get("file_path"), velden.get("file_size")
        if not isinstance(pad, str) or not _PAD.fullmatch(pad):  # a path on the server's own disk is not for us
            return Geweigerd("getFile gave no path")
        if isinstance(maat, int) and maat > GROOTSTE_SPRAAK:
            return Geweigerd(TE_LANG)
        inhoud = bytearray()
        async with contextlib.aclosing(self._download(pad)) as stukken:
            async for stuk in stukken:
                inhoud += stuk
                if len(inhoud) > GROOTSTE_SPRAAK:
                    return Geweigerd(TE_LANG)
        return bytes(inhoud)

    async def sluit(self) -> None:
        """Let the last answers to button presses out, then close. May be called twice."""
        if self._taken:
            await asyncio.wait(self._taken, timeout=AFSLUITEN)
        for taak in list(self._taken):
            taak.cancel()
        await asyncio.gather(*self._taken, return_exceptions=True)
        await self._sluit()
