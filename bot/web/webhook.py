"""The webhook: secret, bounded body, commit, 200. The hot path, so nothing else happens here."""

from __future__ import annotations

import json
import logging

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.kanalen.basis import Aannemen, Onleesbaar, Ontvangst
from bot.web.basis import Webhook

log = logging.getLogger(__name__)

GRENS = 1024 * 1024
"""Bytes a webhook's body may have; the application's ``client_max_size`` is the same."""


def maak_webhook(haak: Webhook, aannemen: Aannemen) -> Handler:
    """The handler of one webhook.

    Answers 401 before the body is read, 413 above ``GRENS``, 503 when it could not be committed (the platform
    sends it again), else 200. What is not JSON gets 200 too: it would otherwise be sent again for ever.
    """
    kop, geheim, klopt = haak.kop, haak.geheim, haak.geheim_klopt

    async def ontvang(request: web.Request) -> web.Response:
        if not klopt(request.headers.get(kop), geheim):
            return web.Response(status=401)
        if (request.content_length or 0) > GRENS:
            return web.Response(status=413)
        wat = _ontleed(haak, await request.read())
        if wat is None:
            return web.Response()
        return await _leg_vast(haak, aannemen, wat)

    return ontvang


def _ontleed(haak: Webhook, ruw: bytes) -> Ontvangst | Onleesbaar | None:
    """What came in; None for what is not JSON, not followed, or breaks the parser (logged by kind)."""
    try:
        return haak.ontleed(json.loads(ruw))
    except (ValueError, RecursionError):
        return None
    except Exception as fout:
        log.error("webhook: parser failed: %s", type(fout).__name__)
        return None


async def _leg_vast(haak: Webhook, aannemen: Aannemen, wat: Ontvangst | Onleesbaar) -> web.Response:
    """Commit, then acknowledge."""
    try:
        await aannemen([wat])
    except Exception as fout:
        log.error("webhook: not committed: %s", type(fout).__name__)
        return web.Response(status=503)
    if isinstance(wat, Ontvangst) and wat.bevestiging:
        haak.bevestig([wat])
    return web.Response()
