"""Who a browser is: a random key in a cookie, one per start code. Only its hash is ever kept."""

from __future__ import annotations

import hashlib
import re
import secrets

from aiohttp import web

KOEKJE = "inloop"
JAAR = 365 * 24 * 3600
_VORM = re.compile(r"[0-9a-f]{32}")


def lees_adres(request: web.Request) -> str | None:
    """The address of this browser's chat (32 hex digits), or None without a valid key."""
    sleutel = request.cookies.get(KOEKJE, "")
    return adres_van(sleutel) if _VORM.fullmatch(sleutel) else None


def adres_van(sleutel: str) -> str:
    """SHA-256 of the key, the first 32 hex digits."""
    return hashlib.sha256(sleutel.encode()).hexdigest()[:32]


def zet_sleutel(request: web.Request, antwoord: web.Response, code: str) -> None:
    """Give this browser its key for a year, or the one it has for another year."""
    sleutel = request.cookies.get(KOEKJE, "")
    if not _VORM.fullmatch(sleutel):
        sleutel = secrets.token_hex(16)
    antwoord.set_cookie(
        KOEKJE,
        sleutel,
        max_age=JAAR,
        path=f"/chat/{code}",
        secure=_veilig(request),
        httponly=True,
        samesite="Strict",
    )


def _veilig(request: web.Request) -> bool:
    """Whether the browser came over https, also when a proxy ends it."""
    return request.secure or request.headers.get("X-Forwarded-Proto", "") == "https"
