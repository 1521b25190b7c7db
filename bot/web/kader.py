"""The frame around the browser chat, in the language of the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from aiohttp import web

from dialogen.teksten import BRON, catalogus, talen, zin
from dialogen.teksten.richting import RECHTS_NAAR_LINKS


@cache
def woorden(taal: str) -> Mapping[str, str]:
    """Every text of the frame by its key."""
    return {sleutel: zin(taal, sleutel) for sleutel in catalogus(BRON) if sleutel.startswith("web.")}


def kader(taal: str) -> dict[str, object]:
    """What the page is filled with: the words, their language and direction; Dutch for a language we do not write."""
    eigen = taal if taal in talen() else BRON
    return {"t": woorden(eigen), "taal": eigen, "richting": "rtl" if eigen in RECHTS_NAAR_LINKS else "ltr"}


async def geef(request: web.Request) -> web.Response:
    """The same as JSON, for a page whose conversation goes on in another language."""
    return web.json_response(kader(request.match_info["taal"]))
