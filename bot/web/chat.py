"""The browser chat: the page, and what a person posts in it."""

from __future__ import annotations

import asyncio
import logging

import aiohttp_jinja2
from aiohttp import web

from bot.kanalen.basis import Ontvangst
from bot.web import kader
from bot.web.basis import WEB
from bot.web.binnen import lees_begrensd, lees_bericht, vreemd
from bot.web.sleutel import lees_adres, zet_sleutel
from dialogen.basis import GROOTSTE_SPRAAK

log = logging.getLogger(__name__)
SOORTEN = frozenset({"audio/ogg", "audio/webm", "audio/mp4"})
"""What browsers record; what it really is, a decoder says."""
_TEGELIJK = asyncio.Semaphore(4)
"""Recordings in memory at once, 5 MB each at most."""


def niet_gevonden(request: web.Request) -> web.Response:
    """A kind page that says nothing about what does exist."""
    return aiohttp_jinja2.render_template("niet_gevonden.html", request, kader.van(request), status=404)


async def overig(request: web.Request) -> web.Response:
    """Any address that we do not have."""
    return niet_gevonden(request)


async def pagina(request: web.Request) -> web.Response:
    """The chat of one start code; gives the browser its key."""
    code = request.match_info["code"]
    if not await request.app[WEB].code_bestaat(code):
        return niet_gevonden(request)
    if _over_de_drempel(request):
        return aiohttp_jinja2.render_template("drempel.html", request, {"code": code, **kader.van(request)})
    adres = lees_adres(request)
    taal = await request.app[WEB].taal_van(adres) if adres else ""
    gegeven = {"code": code, "spraak": _mag_spreken(request), **kader.van(request, taal)}
    antwoord = aiohttp_jinja2.render_template("chat.html", request, gegeven)
    zet_sleutel(request, antwoord, code)
    return antwoord


def _over_de_drempel(request: web.Request) -> bool:
    """Whether to step to our own page first.

    A browser that follows a link on another site (webmail) does not send a ``SameSite=Strict`` cookie. A new
    key would then replace the one it has, and with it the conversation. From our own page it does send it.
    """
    van_elders = request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
    return van_elders and lees_adres(request) is None and "binnen" not in request.query


async def bericht(request: web.Request) -> web.Response:
    """Take in what a person did: 204 when it is safe, 503 when the browser must try again.

    400 not as agreed, 403 not from our page or without a key, 404 unknown code, 413 too long, 415 not JSON.
    """
    code, adres = request.match_info["code"], lees_adres(request)
    if vreemd(request) or adres is None:
        return web.Response(status=403)
    if request.content_type != "application/json":
        return web.Response(status=415)
    try:
        kenmerk, invoer = lees_bericht(code, await lees_begrensd(request))
    except ValueError:
        return web.Response(status=400)
    wat = Ontvangst("web", "web", f"{adres[:12]}:{kenmerk}", adres, invoer)
    return await _leg_vast(request.app, code, wat)


async def spraak(request: web.Request) -> web.Response:
    """Take in what a person recorded here: 204 when it is kept, 503 when the browser must try again; what cannot be
    heard is taken in as that, so that the answer stands in the conversation.

    403 and 404 as ``bericht``, 413 too large, 415 no sound.
    """
    neem, code, adres = request.app[WEB].spraak, request.match_info["code"], lees_adres(request)
    if vreemd(request) or adres is None or neem is None:
        return web.Response(status=403)
    if request.content_type not in SOORTEN:
        return web.Response(status=415)
    if not await request.app[WEB].code_bestaat(code):
        return web.Response(status=404)
    kenmerk = request.match_info["kenmerk"]
    try:
        async with _TEGELIJK:
            invoer = await neem(adres, kenmerk, await lees_begrensd(request, GROOTSTE_SPRAAK))
    except web.HTTPException:
        raise
    except Exception as fout:
        log.error("chat: voice note not kept: %s", type(fout).__name__)
        return web.Response(status=503, headers={"Retry-After": "2"})
    return await _leg_vast(request.app, code, Ontvangst("web", "web", f"{adres[:12]}:{kenmerk}", adres, invoer))


def _mag_spreken(request: web.Request) -> bool:
    return request.app[WEB].spraak is not None


async def _leg_vast(app: web.Application, code: str, wat: Ontvangst) -> web.Response:
    """Commit, when the code is one of ours."""
    try:
        if not await app[WEB].code_bestaat(code):
            return web.Response(status=404)
        await app[WEB].aannemen([wat])
    except Exception as fout:
        log.error("chat: not committed: %s", type(fout).__name__)
        return web.Response(status=503, headers={"Retry-After": "2"})
    return web.Response(status=204)


async def bijlage(request: web.Request) -> web.Response:
    """The sound or the picture of a message that was sent to this chat; 404 for any other."""
    haal, adres = request.app[WEB].bijlage, lees_adres(request)
    soort, nummer = request.match_info["soort"], int(request.match_info["nummer"])
    gevonden = await haal(adres, nummer, soort) if haal and adres else None
    if gevonden is None:
        return web.Response(status=404)
    return web.Response(body=gevonden.inhoud, content_type=_vorm(soort, gevonden.inhoud))


async def nota(request: web.Request) -> web.Response:
    """What somebody spoke, for who may hear it now; 404 for anybody else, and once it is wiped."""
    speel, adres = request.app[WEB].nota, lees_adres(request)
    gevonden = await speel(adres, int(request.match_info["nummer"])) if speel and adres else None
    if gevonden is None:
        return web.Response(status=404)
    return web.Response(body=gevonden.inhoud, content_type="audio/ogg")


def _vorm(soort: str, inhoud: bytes) -> str:
    """The media type: what we keep is OGG, PNG or JPEG."""
    if soort == "geluid":
        return "audio/ogg"
    return "image/png" if inhoud.startswith(b"\x89PNG") else "image/jpeg"


async def bestand(request: web.Request) -> web.Response:
    """A file that was sent to this chat, made now; 404 for any other, and for who may no longer have it."""
    maak, adres = request.app[WEB].bestand, lees_adres(request)
    gemaakt = await maak(adres, int(request.match_info["nummer"])) if maak and adres else None
    if gemaakt is None:
        return niet_gevonden(request)
    koppen = {"Content-Disposition": f'attachment; filename="{gemaakt.naam}"'}
    return web.Response(body=gemaakt.inhoud, content_type=gemaakt.soort, headers=koppen)
