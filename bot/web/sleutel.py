"""Who a browser is: a random key in a cookie, one per start code. Only its hash is ever kept."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from aiohttp import web

KOEKJE, DEUR = "inloop", "inloop_hier"
JAAR = 365 * 24 * 3600
_VORM = re.compile(r"[0-9a-f]{32}")
_CHAT = re.compile(r"([A-Za-z0-9_-]{1,64})\.([0-9a-f]{32})")


def lees_adres(request: web.Request) -> str | None:
    """The address of this browser's chat (32 hex digits), or None without a valid key."""
    sleutel = request.cookies.get(KOEKJE, "")
    return adres_van(sleutel) if _VORM.fullmatch(sleutel) else None


def adres_van(sleutel: str) -> str:
    """SHA-256 of the key, the first 32 hex digits."""
    return hashlib.sha256(sleutel.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Chat:
    """The chat that was opened last in this browser: its start code and its address."""

    code: str
    adres: str


def lees_chat(request: web.Request) -> Chat | None:
    """Whose browser came to the door, or None for one that has no chat."""
    past = _CHAT.fullmatch(request.cookies.get(DEUR, ""))
    return Chat(past[1], adres_van(past[2])) if past else None


def zet_sleutel(request: web.Request, antwoord: web.Response, code: str) -> None:
    """Give this browser its key for a year, or the one it has for another year."""
    sleutel = request.cookies.get(KOEKJE, "")
    if not _VORM.fullmatch(sleutel):
        sleutel = secrets.token_hex(16)
    # The second goes only to the door, which has one address for all and must know whose chat this is.
    for naam, waarde, pad in ((KOEKJE, sleutel, f"/chat/{code}"), (DEUR, f"{code}.{sleutel}", "/hier")):
        antwoord.set_cookie(
            naam, waarde, max_age=JAAR, path=pad, secure=_veilig(request), httponly=True, samesite="Strict"
        )


def _veilig(request: web.Request) -> bool:
    """Whether the browser came over https, also when a proxy ends it."""
    return request.secure or request.headers.get("X-Forwarded-Proto", "") == "https"
