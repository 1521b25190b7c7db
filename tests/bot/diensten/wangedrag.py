"""A translator on this machine that misbehaves in every way we know of; it speaks LibreTranslate, Google's page,
MyMemory, DeepL and Microsoft. Each request takes the next of ``gedrag``; the last one stays.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Maak = Callable[[str], web.Response]


def goed(tekst: str) -> str:
    """A translation into something that is Turkish enough: every token stays, in another place."""
    return " ".join(["ve bu", *reversed(tekst.split(" "))])


TEKSTEN: dict[str, Callable[[str], str]] = {
    "goed": goed,
    "html in json": lambda _: "<html><body>Sign in</body></html>",
    "teken kwijt": lambda _: "ve bu bir şey",
    "andere taal": lambda tekst: f"это русский текст и больше ничего {tekst}",
    "20.000 tekens": lambda _: "ve bu " * 3400,
    "200.000 tekens": lambda _: "ve bu " * 34000,
    "leeg": lambda _: "   ",
}
"""What it makes of a text, told in the way of the service that is asked."""
_HTML = "<!doctype html><html><body>Bad gateway</body></html>"
ANTWOORDEN: dict[str, Callable[[], web.Response]] = {
    "te vaak": lambda: web.Response(status=429, headers={"Retry-After": "7"}),
    "te vaak zonder tijd": lambda: web.Response(status=429),
    "html": lambda: web.Response(text=_HTML, content_type="text/html"),
    "kapotte json": lambda: web.Response(text='{"translatedText": "ve', content_type="application/json"),
    "andere json": lambda: web.json_response({"iets": ["anders"]}),
    "geen tekst": lambda: web.json_response({"translatedText": None}),
    "500": lambda: web.Response(status=500, text="oeps"),
    "503 html": lambda: web.Response(status=503, text=_HTML, content_type="text/html"),
    "400": lambda: web.json_response({"error": "xx is not supported"}, status=400),
    "403": lambda: web.json_response({"error": "Invalid API key"}, status=403),
    "elders heen": lambda: web.Response(status=302, headers={"Location": "http://192.0.2.1/"}),
}
"""What it answers whatever it was asked."""


@dataclass
class Wangedrag:
    """What it does next, and what it was asked."""

    gedrag: list[str] = field(default_factory=lambda: ["goed"])
    gevraagd: list[dict[str, Any]] = field(default_factory=list)
    paden: list[str] = field(default_factory=list)
    url: str = ""
    los: asyncio.Event = field(default_factory=asyncio.Event)

    def volgende(self) -> str:
        """The behaviour of this request."""
        return self.gedrag.pop(0) if len(self.gedrag) > 1 else self.gedrag[0]

    async def libre(self, verzoek: web.Request) -> web.StreamResponse:
        """``POST /translate``."""
        vraag = await verzoek.json()
        self.gevraagd.append(vraag)
        self.paden.append(verzoek.path_qs)
        return await self._doe(verzoek, vraag["q"], lambda tekst: web.json_response({"translatedText": tekst}))

    async def google(self, verzoek: web.Request) -> web.StreamResponse:
        """The mobile page."""
        self.gevraagd.append(dict(verzoek.query))
        pagina = '<html><div class="result-container">{}</div></html>'
        return await self._doe(
            verzoek, verzoek.query["q"], lambda t: web.Response(text=pagina.format(t), content_type="text/html")
        )

    async def mymemory(self, verzoek: web.Request) -> web.StreamResponse:
        """``GET /get``."""
        self.gevraagd.append(dict(verzoek.query))
        return await self._doe(
            verzoek, verzoek.query["q"], lambda tekst: web.json_response({"responseData": {"translatedText": tekst}})
        )

    async def deepl(self, verzoek: web.Request) -> web.StreamResponse:
        """``GET /v2/translate``."""
        self.gevraagd.append(dict(verzoek.query))
        return await self._doe(
            verzoek, verzoek.query["text"], lambda tekst: web.json_response({"translations": [{"text": tekst}]})
        )

    async def microsoft(self, verzoek: web.Request) -> web.StreamResponse:
        """``POST /microsoft``."""
        tekst = (await verzoek.json())[0]["text"]
        self.gevraagd.append({**verzoek.query, "kop": verzoek.headers.get("Ocp-Apim-Subscription-Key", "")})
        return await self._doe(verzoek, tekst, lambda t: web.json_response([{"translations": [{"text": t}]}]))

    async def _doe(self, verzoek: web.Request, tekst: str, maak: Maak) -> web.StreamResponse:
        match self.volgende():
            case "langzaam":
                await self.los.wait()
                return maak(goed(tekst))
            case "hangt op":
                return await self._hang_op(verzoek, b"")
            case "half antwoord":
                return await self._hang_op(verzoek, b'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"transl')
            case gedrag if gedrag in ANTWOORDEN:
                return ANTWOORDEN[gedrag]()
            case gedrag:
                return maak(TEKSTEN[gedrag](tekst))

    @staticmethod
    async def _hang_op(verzoek: web.Request, eerst: bytes) -> web.StreamResponse:
        assert verzoek.transport is not None
        if eerst:
            verzoek.transport.write(eerst)
        lijn = verzoek.transport.get_extra_info("socket")
        if not eerst:
            lijn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        verzoek.transport.close()
        return web.Response()


@asynccontextmanager
async def wangedrag(*gedrag: str) -> AsyncIterator[Wangedrag]:
    """The server, on a port of this machine."""
    kern = Wangedrag([*gedrag] or ["goed"])
    app = web.Application()
    app.router.add_post("/translate", kern.libre)
    app.router.add_get("/m", kern.google)
    app.router.add_get("/get", kern.mymemory)
    app.router.add_get("/v2/translate", kern.deepl)
    app.router.add_post("/microsoft", kern.microsoft)
    loper = web.AppRunner(app, shutdown_timeout=0.1)
    await loper.setup()
    await web.TCPSite(loper, "127.0.0.1", 0).start()
    kern.url = f"http://127.0.0.1:{loper.addresses[0][1]}"
    try:
        yield kern
    finally:
        kern.los.set()
        await loper.cleanup()
