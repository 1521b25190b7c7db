"""The screen at the door: a page for a tablet with a QR code that changes by itself, without a script; and where a
parent who is in a browser chat comes in by that code.
"""

from __future__ import annotations

import logging
import secrets

import aiohttp_jinja2
import segno
from aiohttp import web
from markupsafe import Markup

from bot.kanalen.basis import Ontvangst
from bot.web import kader
from bot.web.basis import CODE, WEB
from bot.web.chat import niet_gevonden
from bot.web.sleutel import lees_chat
from dialogen.basis import Invoer, Soort

log = logging.getLogger(__name__)

ADRES = r"[0-9]{1,18}-[A-Za-z0-9_-]{24}"


def qr(link: str) -> Markup:
    """A QR code as SVG of its own size, black on white whatever the colours of the page."""
    beeld = segno.make(link, error="m", micro=False)
    # Markup: made here, of squares only; the link itself is not in it as text.
    return Markup(beeld.svg_inline(omitsize=True, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None))


async def deur(request: web.Request) -> web.Response:
    """The page; 404 for an address that is not ours or on another day, 503 (and again soon) without a database."""
    haal = request.app[WEB].deur
    try:
        beeld = await haal(request.match_info["adres"]) if haal else None
    except Exception as fout:
        log.error("deur: %s", type(fout).__name__)
        return web.Response(status=503, text="Even geduld.", headers={"Refresh": "5"})
    if beeld is None:
        return niet_gevonden(request)
    inhoud = {"beeld": beeld, "qr": qr(beeld.link) if beeld.link else ""}
    return aiohttp_jinja2.render_template("deur.html", request, inhoud)


async def hier(request: web.Request) -> web.StreamResponse:
    """A parent in a browser chat scanned the code: it is given to their own chat, and they are brought there."""
    gegeven, chat = request.app[WEB], lees_chat(request)
    if chat is None or not await gegeven.code_bestaat(chat.code):
        return aiohttp_jinja2.render_template("hier.html", request, kader.van(request))
    invoer = Invoer(Soort.START, request.match_info["code"])
    nummer = f"{chat.adres[:12]}:hier-{secrets.token_hex(8)}"
    try:
        await gegeven.aannemen([Ontvangst("web", "web", nummer, chat.adres, invoer)])
    except Exception as fout:
        log.error("hier: not committed: %s", type(fout).__name__)
        return web.Response(status=503, text="Even geduld.", headers={"Refresh": "2"})
    raise web.HTTPSeeOther(f"/chat/{chat.code}")


DEUR = [web.get(f"/deur/{{adres:{ADRES}}}", deur), web.get(f"/hier/{{code:{CODE}}}", hier)]
"""The routes of the door."""
