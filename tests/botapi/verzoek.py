"""One request, whatever way its parameters travelled.

Source: Bot API documentation, "Making requests": query string, application/x-www-form-urlencoded,
application/json or multipart/form-data. Whatever the way, every value ends as a string, JSON-encoded when it
is not one, which is also how the clients send lists and objects in a form.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from .fouten import onjuist

VERSTUUR = "verstuur"
"""The name under which every method that sends a message is counted, found and hit by faults too."""
VERSTUREND = frozenset({"sendmessage", "sendphoto", "sendvoice", "senddocument"})


def heet(methode: str, naam: str | None) -> bool:
    """Whether a request of this method is meant by ``naam``: any, its own name, or ``VERSTUUR``."""
    klein = methode.lower()
    return naam is None or naam.lower() == klein or (naam == VERSTUUR and klein in VERSTUREND)


@dataclass(frozen=True)
class Upload:
    """A file in a multipart body."""

    data: bytes
    naam: str


@dataclass(frozen=True)
class Verzoek:
    """Method name (as called) and its parameters."""

    methode: str
    args: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def tekst(self, naam: str) -> str:
        """The parameter, or an empty string: Telegram does not tell those apart."""
        return self.args.get(naam, "")

    def geheel(self, naam: str, anders: int = 0, laag: int = -(2**63), hoog: int = 2**63) -> int:
        """An integer, kept between `laag` and `hoog`; what is no number counts as 0, as at Telegram."""
        waarde = self.args.get(naam, "")
        if waarde == "":
            return anders
        try:
            getal = int(waarde)
        except ValueError:
            getal = 0
        return min(max(getal, laag), hoog)

    def ja(self, naam: str) -> bool:
        return self.tekst(naam).lower() in ("true", "yes", "1")

    def json(self, naam: str, fout: str) -> Any:
        """The decoded parameter, None when absent. Raises 400 with `fout` when it is not JSON."""
        waarde = self.tekst(naam)
        if not waarde:
            return None
        try:
            return json.loads(waarde)
        except ValueError:
            raise onjuist(fout) from None


def als_tekst(waarde: Any) -> str:
    return waarde if isinstance(waarde, str) else json.dumps(waarde)


def uit_json(methode: str, body: Any) -> Verzoek:
    """From a JSON object; a null parameter is an absent one."""
    if not isinstance(body, dict):
        raise onjuist("Object expected as request body")
    return Verzoek(methode, {naam: als_tekst(w) for naam, w in body.items() if w is not None})


async def lees(request: web.Request, methode: str) -> Verzoek:
    """Read the whole request. Parameters in the body win over the query string."""
    args = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        args |= uit_json(methode, await _json(request)).args
    elif request.method == "POST":
        for naam, waarde in (await request.post()).items():
            if isinstance(waarde, FileField):
                uploads[naam] = Upload(waarde.file.read(), waarde.filename)
            elif isinstance(waarde, str):
                args[naam] = waarde
            else:
                uploads[naam] = Upload(bytes(waarde), naam)
    return Verzoek(methode, args, uploads)


async def _json(request: web.Request) -> Any:
    try:
        return json.loads(await request.read() or b"{}")
    except ValueError:
        raise onjuist("Can't parse JSON object") from None
