"""The counter: HTTP requests in, answers and faults out.

Source: Bot API documentation, "Making requests". Method names are case-insensitive; every answer is a JSON
object with `ok` and either `result` or `error_code` and `description`.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from . import overig, versturen
from .fouten import ApiFout
from .kern import Kern, methode_onbekend
from .ophalen import get_updates
from .storing import Storing
from .verzoek import Verzoek, lees

UPLOAD_HOOGSTENS = 50 * 2**20  # bytes
_METHODEN = {**overig.METHODEN, **versturen.METHODEN}
_NAMEN = {naam.lower(): naam for naam in (*_METHODEN, "getUpdates")}


class Balie:
    """Speaks HTTP for one Kern."""

    def __init__(self, kern: Kern) -> None:
        self.kern = kern

    def app(self) -> web.Application:
        """The two addresses of the Bot API: methods and files."""
        app = web.Application(client_max_size=UPLOAD_HOOGSTENS)
        app.router.add_route("*", "/bot{token}/{methode}", self._methode)
        app.router.add_get("/file/bot{token}/{pad:.+}", self._bestand)
        return app

    async def _methode(self, request: web.Request) -> web.StreamResponse:
        try:
            self._controleer_token(request)
            naam = _NAMEN.get(request.match_info["methode"].lower())
            if naam is None:
                raise methode_onbekend()
            verzoek = await lees(request, naam)
        except ApiFout as fout:
            with self.kern.slot:
                self.kern.tellers.update(("verzoeken", str(fout.code)))
            return web.json_response(fout.json(), status=fout.code)
        storing = self.kern.storing.kies(naam)
        return await (self._gestoord(request, verzoek, storing) if storing else self._gewoon(verzoek))

    def _controleer_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if token != self.kern.token:
            raise ApiFout(401, "Unauthorized") if ":" in token else ApiFout(404, "Not Found")

    async def _gewoon(self, verzoek: Verzoek) -> web.Response:
        code, body = await self._voer_uit(verzoek)
        with self.kern.slot:
            self.kern.noteer(verzoek, code)
        return web.Response(status=code, text=body, content_type="application/json")

    async def _gestoord(self, request: web.Request, verzoek: Verzoek, storing: Storing) -> web.StreamResponse:
        if storing.wacht:
            await asyncio.sleep(storing.wacht)
        with self.kern.slot:
            self.kern.tellers[f"storing:{storing.naam}"] += 1
        if not storing.verbreek and not storing.code:
            return await self._gewoon(verzoek)
        if storing.na:
            await self._voer_uit(verzoek)
        with self.kern.slot:
            self.kern.noteer(verzoek, storing.code)
        if storing.verbreek and request.transport is not None:
            request.transport.abort()
        return web.Response(status=storing.code or 500, text=storing.body, content_type=storing.content_type)

    async def _voer_uit(self, verzoek: Verzoek) -> tuple[int, str]:
        """HTTP code and body; the answer is written under the lock, so nothing changes meanwhile."""
        try:
            if verzoek.methode == "getUpdates":
                return 200, _goed(await get_updates(self.kern, verzoek))
            with self.kern.slot:
                return 200, _goed(_METHODEN[verzoek.methode](self.kern, verzoek))
        except ApiFout as fout:
            return fout.code, json.dumps(fout.json())

    async def voer_stil_uit(self, verzoek: Verzoek) -> None:
        """A method that came as the answer to a webhook."""
        naam = _NAMEN.get(verzoek.methode.lower())
        if naam is not None:
            await self._gewoon(Verzoek(naam, verzoek.args))

    async def _bestand(self, request: web.Request) -> web.Response:
        try:
            self._controleer_token(request)
        except ApiFout as fout:
            return web.json_response(fout.json(), status=fout.code)
        storing = self.kern.storing.kies("file")
        if storing is not None and storing.verbreek and request.transport is not None:
            request.transport.abort()
        if storing is not None:
            return web.Response(status=storing.code or 500)
        with self.kern.slot:
            self.kern.tellers["bestand"] += 1
            pad = request.match_info["pad"]
            data = next((b.data for b in self.kern.bestanden.values() if b.pad == pad), None)
        if data is None:
            return web.json_response(ApiFout(404, "Not Found").json(), status=404)
        return web.Response(body=data, content_type="application/octet-stream")


def _goed(resultaat: Any) -> str:
    if isinstance(resultaat, overig.Beschreven):
        return json.dumps({"ok": True, "result": resultaat.result, "description": resultaat.description})
    return json.dumps({"ok": True, "result": resultaat})
