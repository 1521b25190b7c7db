"""Getting in and staying in: the one-time link, the cookie, and what is asked of every request."""

from __future__ import annotations

import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.web.bureau.basis import BUREAU, KOEKJE, BezoekFout, NietHier, Pagina, Verzoek, naar, stempel, toon
from bot.web.bureau.remmen import LINKS, PAGINAS_PER_MINUUT, Rem
from opslag import bureau as opslag_bureau
from opslag.bureau import ZITTING
from opslag.database import DatabaseWeg
from opslag.overzicht import PeriodeFout

log = logging.getLogger(__name__)
CODE = r"[A-Za-z0-9_-]{43}"
_SLEUTEL = re.compile(CODE)
_NUMMER = re.compile(r"\{([a-z]+)\}")
_GETAL = r"{\1:[0-9]{1,18}}"
_NIET_HIER = {"kop": "Deze pagina is er niet", "tekst": "Kies een andere in het menu."}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def pagina(p: Pagina) -> Handler:
    """The handler of a page: who may not, hears so; what goes wrong is said in one line."""

    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            v = await _binnen(request, p)
            return v if isinstance(v, web.StreamResponse) else await _veilig(p, v)
        except DatabaseWeg:
            return toon(request, "melding.html", 503, None, kop="Even geduld", tekst="Probeer het zo nog eens.")

    return handler


async def _veilig(p: Pagina, v: Verzoek) -> web.StreamResponse:
    try:
        eigen = p.methode != "POST" or await _eigen_formulier(v)
    except web.HTTPRequestEntityTooLarge:
        return v.toon("melding.html", 413, kop="Dit is te groot", tekst="Een bestand mag 10 MB zijn.")
    try:
        return await _doe(p, v, eigen)
    finally:
        for gegeven in (await v.request.post()).values() if p.meest else ():
            if isinstance(gegeven, web.FileField):  # the server closes those of the request it knows, not of our copy
                gegeven.file.close()


async def _doe(p: Pagina, v: Verzoek, eigen: bool) -> web.StreamResponse:
    if not eigen:
        tekst = "Deze pagina stond te lang open. Ga terug, laad haar opnieuw en probeer het nog eens."
        return v.toon("melding.html", 403, kop="Dit is niet gedaan", tekst=tekst)
    try:
        return await p.doe(v)
    except (BezoekFout, PeriodeFout) as fout:
        tekst = str(fout)
        return v.toon("melding.html", 400, kop="Dat kan niet", tekst=f"{tekst[:1].upper()}{tekst[1:]}.")
    except NietHier:
        return v.toon("melding.html", 404, **_NIET_HIER)


async def _binnen(request: web.Request, p: Pagina) -> Verzoek | web.StreamResponse:
    """The request of somebody who is in and may be here, or the answer to somebody who is not."""
    bureau, sleutel = request.app[BUREAU], request.cookies.get(KOEKJE, "")
    wie = await bureau.lees(opslag_bureau.bezoeker, sleutel, bureau.klok()) if _SLEUTEL.fullmatch(sleutel) else None
    if wie is None:
        return _buiten(request)
    if not _rem(request).mag(f"sessie {wie.sessie}", PAGINAS_PER_MINUUT):
        return web.Response(status=429, text="Even rustig aan.", headers={"Retry-After": "10"})
    if wie.rol not in p.rollen:
        v = Verzoek(request, bureau, wie, sleutel, None, p)
        return v.toon("melding.html", 403, kop="Deze pagina is niet voor jou", tekst="Vraag het je coördinator.")
    nummer = request.match_info.get("locatie")
    waar = wie.locatie(int(nummer)) if nummer else None
    if nummer and waar is None:  # somebody else's, or there is no such: the same answer
        v = Verzoek(request, bureau, wie, sleutel, None, p)
        return v.toon("melding.html", 404, **_NIET_HIER)
    if p.meest:
        request = request.clone(client_max_size=p.meest)
    return Verzoek(request, bureau, wie, sleutel, waar, p)


def _buiten(request: web.Request) -> web.StreamResponse:
    if request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers:
        return toon(request, "buiten.html", 401, None)
    return web.Response(status=401, text="Je bent niet meer binnen. Open het bureau opnieuw.")


async def _eigen_formulier(v: Verzoek) -> bool:
    """Whether this form came from our own page in this browser: its stamp, and no other site as its origin."""
    herkomst = v.request.headers.get("Origin")
    if herkomst not in (None, "null") and urlsplit(str(herkomst)).netloc != v.request.host:
        return False
    formulier = await v.request.post()
    gegeven = v.request.headers.get("X-Stempel") or formulier.get("stempel")
    return isinstance(gegeven, str) and hmac.compare_digest(gegeven.encode(), stempel(v.sleutel).encode())


def routes(paginas: tuple[Pagina, ...]) -> list[web.RouteDef]:
    """Every page of the desk, and the ways in and out."""
    binnen = [
        web.get(f"/bureau/in/{{code:{CODE}}}", _drempel),
        web.post(f"/bureau/in/{{code:{CODE}}}", _kom_binnen),
    ]
    vast = [web.route(p.methode, "/bureau" + _NUMMER.sub(_GETAL, p.pad), pagina(p)) for p in paginas]
    return [*binnen, *vast]


# The link


REM = web.AppKey("rem", Rem)


def _rem(request: web.Request) -> Rem:
    return request.app[REM]


async def _drempel(request: web.Request) -> web.StreamResponse:
    """A page with one button: what only looks at links (a preview of one) must not use it up."""
    return toon(request, "drempel.html", 200, None, code=request.match_info["code"])


async def _kom_binnen(request: web.Request) -> web.StreamResponse:
    """Use the link up and give the browser its key."""
    herkomst = request.headers.get("Origin")
    if herkomst not in (None, "null") and urlsplit(str(herkomst)).netloc != request.host:
        return web.Response(status=403)
    if not _rem(request).mag(f"link {request.remote}", LINKS):
        return web.Response(status=429, text="Te vaak geprobeerd. Wacht een minuut.", headers={"Retry-After": "60"})
    bureau = request.app[BUREAU]
    apparaat = _apparaat(request.headers.get("User-Agent", ""))
    try:
        sleutel = await bureau.schrijf(opslag_bureau.open_bureau, request.match_info["code"], apparaat, bureau.klok())
    except DatabaseWeg:
        return toon(request, "melding.html", 503, None, kop="Even geduld", tekst="Probeer het zo nog eens.")
    if sleutel is None:
        return toon(request, "buiten.html", 410, None, op=True)
    antwoord = naar("/bureau")
    veilig = request.secure or request.headers.get("X-Forwarded-Proto", "") == "https"
    antwoord.set_cookie(
        KOEKJE, sleutel, max_age=int(ZITTING.total_seconds()), path="/bureau", httponly=True, secure=veilig,
        samesite="Lax",
    )  # fmt: skip
    return antwoord


def _apparaat(agent: str) -> str:
    """A browser as a person would call it, from its User-Agent: nothing more of it is kept."""
    browser = next((b for b in ("Firefox", "Edg", "OPR", "Chrome", "Safari") if b in agent), "browser")
    soorten = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac"}
    waar = next((naam for teken, naam in soorten.items() if teken in agent), "")
    namen = {"Edg": "Edge", "OPR": "Opera"}
    return f"{namen.get(browser, browser)}{f' op {waar}' if waar else ''}"
