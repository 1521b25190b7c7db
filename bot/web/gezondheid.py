"""Is the process alive, and can it do its work?"""

from __future__ import annotations

import logging

from aiohttp import web

from bot.web.basis import WEB

log = logging.getLogger(__name__)


async def health(request: web.Request) -> web.Response:
    """200 for as long as the process answers."""
    return web.json_response({"leeft": True})


async def ready(request: web.Request) -> web.Response:
    """200 with every part true, else 503; JSON of part -> works."""
    try:
        delen = dict(await request.app[WEB].gereed())
    except Exception as fout:
        log.error("ready: %s", type(fout).__name__)
        delen = {"gereed": False}
    return web.json_response(delen, status=200 if all(delen.values()) else 503)
