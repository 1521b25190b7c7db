"""The frame around the browser chat, in the language of the conversation."""

from __future__ import annotations

import re
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


def van(request: web.Request, taal: str = "") -> dict[str, object]:
    """The same for who asks: in this language, and while none is known in the first of ours that the browser wants."""
    return kader(taal or gewenst(request.headers.get("Accept-Language", "")))


def gewenst(kop: str) -> str:
    """The language of ours that a browser wants most (RFC 9110 §12.5.4: ``ar-MA, fr;q=0.7``); '' for none of ours."""
    wensen = [wens for deel in kop[:400].split(",") if (wens := _wens(deel))[0] > 0]
    return next((taal for _, taal in sorted(wensen, key=lambda w: -w[0]) if taal in talen()), "")


def _wens(deel: str) -> tuple[float, str]:
    """(weight, language) of one wish; 0 for one that is not as agreed."""
    code, _, gewicht = deel.strip().lower().partition(";")
    cijfers = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", gewicht)
    zwaar = float(cijfers[1]) if cijfers else 0.0 if gewicht else 1.0
    return zwaar, code.strip().partition("-")[0]


async def geef(request: web.Request) -> web.Response:
    """The same as JSON, for a page whose conversation goes on in another language."""
    return web.json_response(kader(request.match_info["taal"]))
