"""Bringing updates to the webhook, and again, until it says yes.

Source: Bot API documentation, "setWebhook": POST with the update as JSON and the secret in
X-Telegram-Bot-Api-Secret-Token, at most max_connections at once, anything but 2xx is tried again. Telegram
promises no order; its server keeps the messages of one chat in order, and the button presses of one person
apart from them.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, TCPConnector

from .bijwerkingen import Bijwerking
from .kern import Haak, Kern
from .overig import haak_fout
from .verzoek import Verzoek, uit_json

Uitvoeren = Callable[[Verzoek], Awaitable[object]]


@dataclass
class Bezorging:
    """How the webhook is served. Seconds: the first retry comes at once, the second after `eerste`, then
    twice as long each time up to `hoogstens` (Telegram: 2 up to 60-120). `per_rij`: keep each chat in
    order."""

    eerste: float = 0.02
    hoogstens: float = 0.5
    timeout: float = 10.0
    per_rij: bool = False

    def wacht(self, mislukt: int, retry_after: float = 0.0) -> float:
        """Seconds until the next attempt, after `mislukt` failures in a row; a Retry-After counts up to the
        cap."""
        if retry_after > 0:
            return min(retry_after, self.hoogstens)
        return 0.0 if mislukt <= 1 else min(self.eerste * 2.0 ** (mislukt - 2), self.hoogstens)


class Bezorger:
    """Runs beside the server for as long as it is up."""

    def __init__(self, kern: Kern, bezorging: Bezorging, uitvoeren: Uitvoeren) -> None:
        self._kern = kern
        self._bezorging = bezorging
        self._uitvoeren = uitvoeren
        self._onderweg: set[asyncio.Task[None]] = set()

    async def draai(self) -> None:
        """Deliver until cancelled; what was under way then is not confirmed, so it comes again."""
        async with ClientSession(connector=TCPConnector(limit=0)) as sessie:
            try:
                while True:
                    await self._start_wat_kan(sessie)
            finally:
                await self._breek_af()

    async def _breek_af(self) -> None:
        for taak in self._onderweg:
            taak.cancel()
        await asyncio.gather(*self._onderweg, return_exceptions=True)
        with self._kern.slot:
            for bijwerking in self._kern.bijwerkingen.wachtend.values():
                bijwerking.onderweg = False

    async def _start_wat_kan(self, sessie: ClientSession) -> None:
        """Wait for one update that may go, and send it off."""
        keuze = await self._kern.bijwerkingen.bel.wacht(self._kies, 1.0)
        if keuze is not None:
            taak = asyncio.create_task(self._bezorg(sessie, *keuze))
            self._onderweg.add(taak)
            taak.add_done_callback(self._klaar)

    def _klaar(self, taak: asyncio.Task[None]) -> None:
        self._onderweg.discard(taak)
        self._kern.bijwerkingen.bel.lui()

    def _kies(self) -> tuple[Haak, Bijwerking] | None:
        haak = self._kern.haak
        if haak is None or len(self._onderweg) >= haak.max_connections:
            return None
        keuze = self._kern.bijwerkingen.klaar(time.monotonic(), self._bezorging.per_rij)
        if keuze is None:
            return None
        keuze.onderweg = True
        keuze.pogingen += 1
        self._kern.tellers.update(("webhook", "webhook_herhaald") if keuze.pogingen > 1 else ("webhook",))
        return haak, keuze

    async def _bezorg(self, sessie: ClientSession, haak: Haak, bijwerking: Bijwerking) -> None:
        kop = {"X-Telegram-Bot-Api-Secret-Token": haak.geheim} if haak.geheim else {}
        timeout = ClientTimeout(total=self._bezorging.timeout)
        try:
            async with sessie.post(haak.url, json=bijwerking.json, headers=kop, timeout=timeout) as antwoord:
                await self._verwerk(bijwerking, antwoord)
        except (ClientError, TimeoutError) as fout:
            self._mislukt(bijwerking, f"Connection failed: {type(fout).__name__}")
        finally:
            bijwerking.onderweg = False

    async def _verwerk(self, bijwerking: Bijwerking, antwoord: ClientResponse) -> None:
        body = await antwoord.read()
        if 200 <= antwoord.status < 300:
            self._gelukt(bijwerking)
            if (verzoek := _methode_in(body)) is not None:
                await self._uitvoeren(verzoek)
            return
        retry_after = antwoord.headers.get("Retry-After", "")
        reden = f"Wrong response from the webhook: {antwoord.status} {antwoord.reason}"
        self._mislukt(bijwerking, reden, float(retry_after) if retry_after.isdigit() else 0.0)

    def _gelukt(self, bijwerking: Bijwerking) -> None:
        with self._kern.slot:
            self._kern.tellers["webhook_gelukt"] += 1
            bijwerking.gegeven += 1
            bijwerking.mislukt = 0
            if bijwerking.gegeven >= bijwerking.keer:
                self._kern.bijwerkingen.wachtend.pop(bijwerking.id, None)
            self._kern.bel.lui()

    def _mislukt(self, bijwerking: Bijwerking, reden: str, retry_after: float = 0.0) -> None:
        with self._kern.slot:
            self._kern.tellers["webhook_mislukt"] += 1
            bijwerking.mislukt += 1
            wacht = self._bezorging.wacht(bijwerking.mislukt, retry_after)
            bijwerking.moment = time.monotonic() + wacht
            haak_fout(self._kern, reden)
            self._kern.bel.lui()
        asyncio.get_running_loop().call_later(wacht, self._kern.bijwerkingen.bel.lui)


def _methode_in(body: bytes) -> Verzoek | None:
    """The method call in an answer, if it is one that Telegram carries out: nothing that reads or that moves
    the webhook. Nobody hears its result."""
    try:
        inhoud = json.loads(body)
    except ValueError:
        return None
    methode = inhoud.pop("method", None) if isinstance(inhoud, dict) else None
    if not isinstance(methode, str) or methode.lower().startswith(("get", "setwebhook", "deletewebhook")):
        return None
    return uit_json(methode, inhoud)
