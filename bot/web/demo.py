"""The demo page: three phones side by side, and the export."""

from __future__ import annotations

import aiohttp_jinja2
from aiohttp import web

from bot.web.basis import Demo


def demo_routes(demo: Demo) -> list[web.RouteDef]:
    """The routes of the demo."""

    async def voorkant(request: web.Request) -> web.Response:
        return aiohttp_jinja2.render_template("demo.html", request, {"demo": demo})

    async def redenen(request: web.Request) -> web.Response:
        koppen = {"Content-Disposition": 'attachment; filename="redenen.csv"'}
        inhoud = await demo.export()
        return web.Response(body=inhoud, content_type="text/csv", charset="utf-8", headers=koppen)

    return [web.get("/", voorkant), web.get("/export/redenen.csv", redenen)]
