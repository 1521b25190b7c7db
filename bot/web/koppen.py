"""Security headers for everything a browser may show."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

_REGELS = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
)
INHOUD = "; ".join(_REGELS)
"""Our own files only, nothing inline, and only our own pages may frame us; sound also from what was just recorded."""

KOPPEN = (
    ("Content-Security-Policy", INHOUD),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(self)"),
)


def maak_koppen(zonder: str) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """A signal that adds the headers to every answer but those on the path ``zonder`` (the webhook)."""

    async def beveilig(request: web.Request, antwoord: web.StreamResponse) -> None:
        pad = request.path
        if pad == zonder:
            return
        for naam, waarde in KOPPEN:
            antwoord.headers.setdefault(naam, waarde)
        antwoord.headers["Cache-Control"] = "no-cache" if pad.startswith("/statisch/") else "no-store"

    return beveilig
