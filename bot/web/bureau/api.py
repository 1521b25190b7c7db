"""The JSON API: counts of one location, read-only, for who has a key. No names, ever."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from bot.web.bureau import periode
from bot.web.bureau.apibeschrijving import BESCHRIJVING, RESULTATEN
from bot.web.bureau.basis import BUREAU, BezoekFout
from bot.web.bureau.periode import Periode
from bot.web.bureau.remmen import Rem
from opslag import api, jaarcijfers, overzicht
from opslag.api import Houder
from opslag.database import DatabaseWeg, Sessie
from opslag.overzicht import Deel, Groep, PeriodeFout, Telling
from opslag.redenbeeld import Som, Zeef, som

PER_MINUUT = 60
"""Questions that one key may ask in a minute."""
FOUT_PER_MINUUT = 20
"""Tries with a wrong key that one address may do in a minute."""
REM = web.AppKey("api_rem", Rem)
_KOP = re.compile(r"Bearer ([A-Za-z0-9_-]{20,100})", re.IGNORECASE)

Inhoud = dict[str, Any]
Geef = Callable[[Sessie, Periode], Inhoud]


def _activiteiten(sessie: Sessie, p: Periode) -> Inhoud:
    return {"activiteiten": [_activiteit(t) for t in overzicht.activiteiten(sessie, p.blik)]}


def _activiteit(t: Telling) -> Inhoud:
    maten = ("uitgenodigd", "ja", "misschien", "nee", "wachtlijst", "geen", "aanwezig")
    return {
        "nummer": t.nummer,
        "titel": t.titel,
        "soort": t.soort,
        "doel": t.doel,
        "begin": t.begin.isoformat(),
        "dagdeel": t.dagdeel,
        "afgelast": t.afgelast,
        **{maat: t.som(maat) for maat in maten},
        "niet_gekomen": t.niet_gekomen,
        "gasten": t.gasten,
    }


def _redenen(sessie: Sessie, p: Periode) -> Inhoud:
    tellingen = overzicht.activiteiten(sessie, p.blik)
    per_rol = {rol: _som(som(tellingen, Zeef(rol=rol))) for rol in ("vader", "moeder", "ander")}
    return {"alle": _som(som(tellingen, Zeef())), "per_rol": per_rol}


def _som(s: Som) -> Inhoud:
    return {"uitgenodigd": s.uitgenodigd, "geantwoord": s.geantwoord, "nee": s.nee, "redenen": dict(s.redenen)}


def _bereik(sessie: Sessie, p: Periode) -> Inhoud:
    b = jaarcijfers.overzicht(sessie, p.blik)
    per_rol = {rol or "onbekend": _groep(groep) for rol, groep in sorted(b.per_rol.items())}
    maten = {"op_locatie": _deel(b.op_locatie, b.norm), "thuis": _deel(b.thuis, b.norm)}
    return {"norm": b.norm, **maten, "gezinnen": _groep(b.gezinnen), "per_rol": per_rol}


def _groep(groep: Groep) -> Inhoud:
    return {naam: getattr(groep, naam) for naam in Groep.__slots__}


def _deel(deel: Deel, norm: int) -> Inhoud:
    return {"deel": deel.deel, "geheel": deel.geheel, "procent": deel.procent, "haalt_norm": deel.haalt(norm)}


GEEF: Mapping[str, Geef] = {"activiteiten": _activiteiten, "redenen": _redenen, "bereik": _bereik}
assert GEEF.keys() == RESULTATEN.keys()


# Answering


def _fout(status: int, tekst: str, **koppen: str) -> web.Response:
    return web.json_response(
        {"fout": tekst}, status=status, headers={k.replace("_", "-"): v for k, v in koppen.items()}
    )


def _handler(geef: Geef) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.method not in {"GET", "HEAD"}:
            return _fout(405, "hier kun je alleen lezen", Allow="GET, HEAD")
        try:
            wie = await _wie(request)
            return wie if isinstance(wie, web.StreamResponse) else await _antwoord(request, wie, geef)
        except DatabaseWeg:
            return _fout(503, "even geduld; probeer het zo nog eens", Retry_After="10")

    return handler


async def _wie(request: web.Request) -> Houder | web.StreamResponse:
    """Whose key this is, or the answer to somebody without one."""
    bureau, rem = request.app[BUREAU], request.app[REM]
    kop = _KOP.fullmatch(request.headers.get("Authorization", ""))
    wie: Houder | None = await bureau.lees(api.zoek, kop[1], bureau.klok()) if kop else None
    if wie is None and not rem.mag(f"fout {request.remote}", FOUT_PER_MINUUT):
        return _fout(429, "te vaak geprobeerd", Retry_After="60")
    if wie is None:
        return _fout(401, "geef een sleutel die werkt: Authorization: Bearer …", WWW_Authenticate="Bearer")
    if not rem.mag(f"sleutel {wie.sleutel}", PER_MINUUT):
        return _fout(429, f"niet meer dan {PER_MINUUT} vragen per minuut", Retry_After="60")
    return wie


async def _antwoord(request: web.Request, wie: Houder, geef: Geef) -> web.StreamResponse:
    bureau = request.app[BUREAU]
    try:
        p = periode.lees(request.query, wie.waar, bureau.klok())
    except (BezoekFout, PeriodeFout) as fout:
        return _fout(400, str(fout))
    inhoud = await bureau.lees(geef, p)
    if wie.ververs:
        await bureau.schrijf(api.gebruikt, wie.sleutel, bureau.klok())
    kop = {"locatie": wie.waar.naam, "van": p.van, "tot_en_met": p.tot_en_met}
    return web.json_response({**kop, **inhoud})


async def _beschrijving(_request: web.Request) -> web.Response:
    return web.json_response(BESCHRIJVING)


ROUTES = [
    web.get("/api/v1/openapi.json", _beschrijving),
    *(web.route("*", f"/api/v1/{naam}", _handler(geef)) for naam, geef in GEEF.items()),
]
