"""The server itself: HTTP on loopback, one bot, one lock.

Source: Bot API documentation, "Making requests" and "Using a Local Bot API Server" (http and any port for the
webhook). Nothing here reaches outside the machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from aiohttp import web

from .balie import Balie
from .fouten import Json
from .gebruiker import Gebruiker, Groep, lidmaatschap
from .kern import EERSTE_GEBRUIKER, EERSTE_GROEP, Bestand, Kern, Regel
from .storing import Storingen
from .tempo import Tempo
from .verzoek import heet
from .webhook import Bezorger, Bezorging

TOKEN = "1234567890:AAF-loopback_test_token_0123456789a"


class BotApi:
    """A strict Bot API on 127.0.0.1. `async with BotApi() as api`, or `with BotApi.in_thread() as api` for a
    bot in another process. Limits are off unless given; see Tempo, Storingen and Bezorging for what can be
    set meanwhile.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "inloop_proef_bot",
        naam: str = "Inloop",
        per_second: int | None = None,
        per_chat: float | None = None,
        seed: int = 0,
        poort: int = 0,
        nu: Callable[[], float] = time.time,
    ) -> None:
        self.kern = Kern(token, username, naam, nu)
        self.kern.tempo = Tempo(per_second, per_chat)
        self.kern.storing = Storingen(seed)
        self.token = token
        self.username = username
        self.poort = poort
        self.bezorging = Bezorging()
        self.tempo = self.kern.tempo
        self.storing = self.kern.storing
        self.bijwerkingen = self.kern.bijwerkingen
        self._runner: web.AppRunner | None = None
        self._bezorger: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The base address, as INLOOP_TELEGRAM_API wants it: no slash at the end."""
        return f"http://127.0.0.1:{self.poort}"

    async def start(self) -> None:
        """Listen; after a `stop` on the same port, with everything still known."""
        balie = Balie(self.kern)
        self._runner = web.AppRunner(balie.app(), access_log=None, shutdown_timeout=0.05)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.poort)
        await site.start()
        self.poort = int(self._runner.addresses[0][1])
        self._bezorger = asyncio.create_task(Bezorger(self.kern, self.bezorging, balie.voer_stil_uit).draai())

    async def stop(self) -> None:
        """Stop listening; open connections are cut."""
        if self._bezorger is not None:
            self._bezorger.cancel()
            await asyncio.gather(self._bezorger, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> BotApi:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @classmethod
    @contextlib.contextmanager
    def in_thread(cls, **opties: Any) -> Iterator[BotApi]:
        """The same server on an event loop of its own, in a thread; `opties` as for the class."""
        api, lus = cls(**opties), asyncio.new_event_loop()
        draad = threading.Thread(target=lus.run_forever, name="botapi", daemon=True)
        draad.start()
        asyncio.run_coroutine_threadsafe(api.start(), lus).result(10)
        try:
            yield api
        finally:
            asyncio.run_coroutine_threadsafe(api.stop(), lus).result(10)
            lus.call_soon_threadsafe(lus.stop)
            draad.join(10)
            lus.close()

    def gebruiker(
        self, voornaam: str = "Amina", taal: str | None = "nl", *, bekend: bool = False, is_bot: bool = False
    ) -> Gebruiker:
        """Somebody new. `bekend`: the bot may write first, as if they pressed Start long ago."""
        with self.kern.slot:
            nummer = EERSTE_GEBRUIKER + self.kern.nummer()
            profiel: Json = {"id": nummer, "is_bot": is_bot, "first_name": voornaam}
            profiel |= {"language_code": taal} if taal else {}
            chat = self.kern.nieuwe_chat({"id": nummer, "type": "private", "first_name": voornaam})
            chat.bekend = bekend
            chat.weigert = "bot can't send messages to bots" if is_bot else None
            return Gebruiker(self.kern, chat, profiel)

    def groep(self, titel: str = "Groep 1", *, door: Gebruiker | None = None) -> Groep:
        """A group with the bot in it; `door` adds it, and then the bot hears so."""
        with self.kern.slot:
            nummer = EERSTE_GROEP - self.kern.nummer()
            chat = self.kern.nieuwe_chat({"id": nummer, "type": "supergroup", "title": titel})
            chat.bekend = True
            if door is not None:
                inhoud = lidmaatschap(self.kern, chat, door.profiel, "left", "member")
                self.kern.bijwerkingen.voeg_toe({"my_chat_member": inhoud}, ("lid", nummer))
            return Groep(self.kern, chat)

    def bestand(self, data: bytes, pad: str = "voice/file.oga", maat: int | None = None) -> Bestand:
        """A file that exists at Telegram; its `file_id` can be sent and downloaded. `maat`: a size that is a lie."""
        with self.kern.slot:
            return self.kern.bewaar(data, pad, maat)

    def bied_aan(self, inhoud: Json, keer: int | None = None) -> int | None:
        """Queue any update {kind: object}, also one that is no update at all. Returns its update_id."""
        with self.kern.slot:
            return self.kern.bijwerkingen.voeg_toe(inhoud, ("vrij", self.kern.nummer()), keer)

    @property
    def tellers(self) -> Counter[str]:
        """Counts: 'verzoeken', 'bestand' (downloads), each method, each code ('429', '0' for a cut connection),
        'sendMessage:429', 'storing:<name>', 'webhook', 'webhook_gelukt', 'webhook_mislukt', 'webhook_herhaald'; 0 when
        it never was."""
        with self.kern.slot:
            return self.kern.tellers.copy()

    def verzoeken(self, methode: str | None = None) -> list[Regel]:
        """The log, in order; of one method if asked, or of all that send ("verstuur")."""
        with self.kern.slot:
            return [r for r in self.kern.logboek if heet(r.methode, methode)]

    @property
    def wachtend(self) -> int:
        """How many updates the bot has not confirmed yet."""
        with self.kern.slot:
            return len(self.kern.bijwerkingen.wachtend)

    def verouder_tikken(self) -> None:
        """From now on every press so far is too old to be answered."""
        with self.kern.slot:
            for tik in self.kern.tikken.values():
                tik.moment = float("-inf")

    async def tot(self, klopt: Callable[[BotApi], bool], timeout: float = 5.0) -> bool:
        """Wait until this holds; looks again at every request and delivery. False when it never did."""
        return bool(await self.kern.bel.wacht(lambda: True if klopt(self) else None, timeout))

    def tot_sync(self, klopt: Callable[[BotApi], bool], timeout: float = 5.0) -> bool:
        return bool(self.kern.bel.wacht_sync(lambda: True if klopt(self) else None, timeout))
