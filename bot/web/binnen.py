"""What a browser posts: checked strictly, because anybody can post anything."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from aiohttp import web

from dialogen.basis import Invoer, Soort

GRENS = 64 * 1024
"""Bytes a posted message may have."""

TEKST = 4096
KNOP = 64
_KENMERK = re.compile(r"[A-Za-z0-9-]{1,64}")
_NUMMER = re.compile(r"[0-9]{0,18}")


def vreemd(request: web.Request) -> bool:
    """Whether this may be another site posting in the person's name.

    Our own script always sends ``X-Inloop``, which no other site can; ``Origin``, when there, must be ours.
    """
    if request.headers.get("X-Inloop") != "1":
        return True
    herkomst = request.headers.get("Origin")
    if herkomst is None or request.headers.get("Sec-Fetch-Site") == "same-origin":
        return False
    try:
        return urlsplit(herkomst).netloc != request.host
    except ValueError:
        return True


async def lees_begrensd(request: web.Request, grens: int = GRENS) -> bytes:
    """The body. Raises ``HTTPRequestEntityTooLarge`` above ``grens`` bytes, before it is all in memory."""
    if (request.content_length or 0) > grens:
        raise web.HTTPRequestEntityTooLarge(grens, request.content_length or 0)
    ruw = bytearray()
    async for stuk in request.content.iter_any():
        ruw += stuk
        if len(ruw) > grens:
            raise web.HTTPRequestEntityTooLarge(grens, len(ruw))
    return bytes(ruw)


def lees_bericht(code: str, ruw: bytes) -> tuple[str, Invoer]:
    """The client's own id and what the person did. Raises ``ValueError`` when it is not as agreed."""
    try:
        gegevens = json.loads(ruw)
    except RecursionError as fout:
        raise ValueError("nested too deep") from fout
    if not isinstance(gegevens, dict):
        raise ValueError("not an object")
    kenmerk, bericht = _veld(gegevens, "id"), _veld(gegevens, "bericht")
    if not _KENMERK.fullmatch(kenmerk) or not _NUMMER.fullmatch(bericht):
        raise ValueError("bad id")
    soort = Soort(_veld(gegevens, "soort"))
    waarde = _waarde(soort, _opslaanbaar(_veld(gegevens, "waarde")), code)
    return kenmerk, Invoer(soort, waarde, bericht=bericht)


def _veld(gegevens: dict[str, object], naam: str) -> str:
    """A text field, '' when absent. Raises ``ValueError`` when it is something else."""
    waarde = gegevens.get(naam, "")
    if not isinstance(waarde, str):
        raise ValueError(f"{naam} is not text")
    return waarde


def _opslaanbaar(tekst: str) -> str:
    """Without what no database takes (NUL, half a surrogate pair): it would be refused and sent for ever."""
    return tekst.replace("\0", "").encode("utf-8", "replace").decode()


def _waarde(soort: Soort, waarde: str, code: str) -> str:
    """The value when it fits its kind. Raises ``ValueError`` when not."""
    match soort:
        case Soort.TEKST:
            goed = bool(waarde.strip()) and len(waarde) <= TEKST
        case Soort.KNOP:
            goed = 0 < len(waarde.encode()) <= KNOP
        case Soort.START:
            goed = waarde == code
        case _:
            goed = False
    if not goed:
        raise ValueError(f"bad value for {soort}")
    return waarde
