"""The web server: routes, headers, and a clean end. What it needs is injected through ``Web``."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.web import chat, gezondheid, kader
from bot.web.basis import CODE, WEB, Demo, Web, Webhook
from bot.web.bureau import api
from bot.web.bureau.basis import ALLE_PAGINAS, BUREAU, UITVOER, Bureau
from bot.web.bureau.remmen import Rem
from bot.web.bureau.routes import PAGINAS
from bot.web.bureau.toegang import REM, routes
from bot.web.bureau.zeven import ZEVEN
from bot.web.demo import demo_routes
from bot.web.deur import DEUR
from bot.web.koppen import maak_koppen
from bot.web.stroom import stroom
from bot.web.webhook import GRENS, maak_webhook

__all__ = ["Demo", "Web", "Webhook", "draai", "maak_web"]

_HIER = Path(__file__).parent


def maak_web(gegeven: Web) -> web.Application:
    """The application, not yet running. Other parts may add their own routes before it starts."""
    app = web.Application(client_max_size=GRENS)
    app[WEB] = gegeven
    aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(_HIER / "sjablonen"), trim_blocks=True)
    app.on_response_prepare.append(maak_koppen(gegeven.webhook.pad if gegeven.webhook else ""))
    app.on_shutdown.append(_sluit_stromen)
    app.add_routes(_routes(gegeven))
    if gegeven.bureau:
        _bij_het_bureau(app, gegeven.bureau)
    app.router.add_static("/statisch", _HIER / "statisch")
    app.router.add_route("*", "/{rest:.*}", chat.overig)
    return app


def _routes(gegeven: Web) -> list[web.RouteDef]:
    """Every address we answer on, the busiest first."""
    pad = f"/chat/{{code:{CODE}}}"
    routes = [
        web.get("/health", gezondheid.health),
        web.get("/ready", gezondheid.ready),
        web.get(pad, chat.pagina),
        web.post(f"{pad}/bericht", chat.bericht),
        web.get(f"{pad}/stroom", stroom, allow_head=False),
        web.get(pad + r"/{soort:geluid|beeld}/{nummer:[0-9]{1,18}}", chat.bijlage),
        web.post(pad + r"/spraak/{kenmerk:[A-Za-z0-9-]{1,64}}", chat.spraak),
        web.get(pad + r"/spraak/{nummer:[0-9]{1,18}}", chat.nota),
        web.get(pad + r"/bestand/{nummer:[0-9]{1,18}}", chat.bestand),
        web.get("/kader/{taal:[a-z]{2,3}}", kader.geef),
        *DEUR,
    ]
    if gegeven.webhook:
        haak = gegeven.webhook
        routes.insert(0, web.post(haak.pad, maak_webhook(haak, gegeven.aannemen)))
    return routes + (demo_routes(gegeven.demo) if gegeven.demo else [])


def _bij_het_bureau(app: web.Application, bureau: Bureau) -> None:
    app[BUREAU], app[REM], app[ALLE_PAGINAS] = bureau, Rem(), PAGINAS
    app[UITVOER], app[api.REM] = asyncio.Semaphore(2), Rem()
    aiohttp_jinja2.get_env(app).filters.update(ZEVEN)
    app.add_routes([*api.ROUTES, *routes(PAGINAS)])


async def _sluit_stromen(app: web.Application) -> None:
    """Open streams would keep the server waiting."""
    await app[WEB].webchat.sluit()


async def draai(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Start listening; ``cleanup()`` on what is returned stops it.

    No access log: addresses hold start codes. Raises ``OSError`` when the port is taken.
    """
    loper = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=5)
    await loper.setup()
    try:
        await web.TCPSite(loper, host, port).start()
    except OSError:
        await loper.cleanup()
        raise
    return loper
