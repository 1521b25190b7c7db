"""The live stream of one browser: first what it missed, then what comes, as server-sent events."""

from __future__ import annotations

import json
import logging

from aiohttp import web
from aiohttp_sse import EventSourceResponse, sse_response

from bot.kanalen.basis import Weergave
from bot.kanalen.webchat import BLADZIJ, Afgebroken, Luisteraar, Webchat
from bot.web.basis import WEB
from bot.web.sleutel import lees_adres
from dialogen.basis import SPRAAKNOTA

log = logging.getLogger(__name__)

OPNIEUW = 2000
"""Milliseconds a browser waits before it connects again."""

NAZIEN = 1.0
"""Seconds after connecting that the outbox is read once more: a message may have been pushed just before we
listened and been marked as sent just after we read."""


async def stroom(request: web.Request) -> web.StreamResponse:
    """Server-sent events with the outbox number as id. 403 without a key, 404 for an unknown code."""
    gegeven, adres = request.app[WEB], lees_adres(request)
    if adres is None:
        return web.Response(status=403)
    if not await gegeven.code_bestaat(request.match_info["code"]):
        return web.Response(status=404)
    async with sse_response(request, ping_interval=gegeven.hartslag, send_timeout=30) as antwoord:
        with gegeven.webchat.luisteraar(adres) as luisteraar:
            lijn = _Lijn(antwoord, gegeven.webchat, adres, _vanaf(request))
            await _volg(lijn, luisteraar, gegeven.hartslag)
    return antwoord


def _vanaf(request: web.Request) -> int:
    """The last number this browser has, 0 when it has nothing or says something odd."""
    laatste = request.headers.get("Last-Event-ID", "")
    return int(laatste) if laatste.isascii() and laatste.isdigit() and len(laatste) < 19 else 0


async def _volg(lijn: _Lijn, luisteraar: Luisteraar, hartslag: float) -> None:
    """Catch up, then follow, until the browser leaves, falls behind, or we stop."""
    try:
        await lijn.begin()
        wacht = min(NAZIEN, hartslag)
        while lijn.antwoord.is_connected():
            regel = await luisteraar.volgende(wacht)
            if regel is None:
                await lijn.haal_in()
                wacht = hartslag
            else:
                await lijn.stuur(*regel)
    except (Afgebroken, ConnectionResetError, TimeoutError):
        return
    except Exception as fout:  # the outbox cannot be read: the browser connects again
        log.error("stream: %s", type(fout).__name__)


class _Lijn:
    """One connection and what went over it."""

    def __init__(self, antwoord: EventSourceResponse, webchat: Webchat, adres: str, vanaf: int) -> None:
        self.antwoord = antwoord
        self._webchat = webchat
        self._adres = adres
        self._gezien: set[int] = set()
        self._hoogste = self._nagelezen = vanaf

    async def begin(self) -> None:
        """Everything after the last number, then the event 'bij': from here on it is live."""
        await self.haal_in()
        await self.antwoord.send("{}", event="bij", retry=OPNIEUW)

    async def haal_in(self) -> None:
        """Send what is in the outbox and did not come by.

        Reads from where the previous reading ended, not from the highest number: a number that was sent late
        is still found.
        """
        na = self._nagelezen
        while True:
            rijen = await self._webchat.geschiedenis(self._adres, na)
            for nummer, weergave in rijen:
                await self.stuur(nummer, weergave)
            if len(rijen) < BLADZIJ:
                break
            na = rijen[-1][0]
        self._nagelezen = self._hoogste

    async def stuur(self, nummer: int, weergave: Weergave) -> None:
        """Send one message, once."""
        if nummer in self._gezien:
            return
        self._gezien.add(nummer)
        self._hoogste = max(self._hoogste, nummer)
        gegevens = json.dumps({"nummer": nummer, **_velden(weergave)}, ensure_ascii=False)
        await self.antwoord.send(gegevens, id=str(nummer))


def _velden(weergave: Weergave) -> dict[str, object]:
    """What the page shows. Sound and picture it fetches by the number of the message."""
    w = weergave
    nota = w.media.removeprefix(SPRAAKNOTA) if w.media.startswith(SPRAAKNOTA) else ""
    return {
        "tekst": w.tekst,
        "knoppen": w.knoppen,
        "vervangt": w.vervangt,
        "rtl": w.rtl,
        "taal": w.taal,
        "bestand": w.bestand,
        "nota": nota,
        "geluid": bool(w.geluid or w.media),
        "beeld": bool(w.beeld),
        "alt": w.alt,
    }
