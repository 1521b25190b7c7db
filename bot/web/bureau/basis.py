"""What a page of the desk is given: who asks, about which location, and how to read and write."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from bot.links import Links
from opslag import bureau as opslag_bureau
from opslag.bureau import Bezoeker, Locatie

KOEKJE = "inloop_bureau"
"""The cookie that holds a browser's key."""
IEDEREEN = frozenset({"medewerker", "coordinator", "gemeente", "beheerder"})
TEAM = frozenset({"medewerker", "coordinator", "beheerder"})
LEIDING = frozenset({"coordinator", "beheerder"})
MET_GEMEENTE = LEIDING | {"gemeente"}
BEHEER = frozenset({"beheerder"})


@dataclass(frozen=True, slots=True)
class Bureau:
    """``lees`` and ``schrijf`` run a function of ``opslag`` in one hop (``Database``); the clock gives UTC.

    ``vertaalt``: what staff write is translated here.
    """

    lees: Callable[..., Awaitable[Any]]
    schrijf: Callable[..., Awaitable[Any]]
    klok: Callable[[], datetime]
    links: Links
    vertaalt: bool = False


BUREAU = web.AppKey("bureau", Bureau)
UITVOER = web.AppKey("uitvoer", asyncio.Semaphore)
"""Held while a file is made: others wait, so that pages never wait for a file."""


class BezoekFout(ValueError):
    """What was asked cannot be; the text is for the person, status 400."""


class NietHier(LookupError):
    """What the address names is not at this location, or is not there at all: the same answer, status 404."""


def nummer_van(tekst: object) -> int:
    """A row's number from an address or a form; 0, which no row has, for anything else."""
    goed = isinstance(tekst, str) and tekst.isascii() and tekst.isdigit() and len(tekst) < 19
    return int(str(tekst)) if goed else 0


@dataclass(frozen=True, slots=True)
class Verzoek:
    """One request of a colleague who is in, for an own location (None on pages that are about no location)."""

    request: web.Request
    bureau: Bureau
    wie: Bezoeker
    sleutel: str
    waar: Locatie | None
    pagina: Pagina

    @property
    def nu(self) -> datetime:
        """This moment, UTC."""
        return self.bureau.klok()

    @property
    def locatie(self) -> Locatie:
        """The location this page is about. Raises ``HTTPNotFound`` on a page that is about none."""
        if self.waar is None:
            raise web.HTTPNotFound
        return self.waar

    def nummer(self, naam: str) -> int:
        """A number in the address besides the location: ``{gezin}``, ``{activiteit}`` …; 0 when there is none."""
        return nummer_van(self.request.match_info.get(naam))

    async def formulier(self) -> dict[str, str]:
        """The words of the form that came; of a name that is there more than once the last."""
        return {k: w for k, w in (await self.request.post()).items() if isinstance(w, str)}

    async def lees(self, functie: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a function of ``opslag`` on a read connection. Raises ``DatabaseWeg``."""
        return await self.bureau.lees(functie, *args, **kwargs)

    async def schrijf(self, functie: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a function of ``opslag`` in a transaction of its own. Raises ``DatabaseWeg``."""
        return await self.bureau.schrijf(functie, *args, **kwargs)

    async def leg_vast(self, wat: str, details: str = "") -> None:
        """Names were seen or an export was taken: it stands in the audit log."""
        op = f"locatie:{self.waar.nummer}" if self.waar else f"medewerker:{self.wie.medewerker}"
        await self.schrijf(opslag_bureau.zag, self.wie, wat, op, self.nu, details)

    def toon(self, sjabloon: str, status: int = 200, **inhoud: Any) -> web.Response:
        """A page of the desk."""
        return toon(self.request, sjabloon, status, self, **inhoud)


@dataclass(frozen=True, slots=True)
class Pagina:
    """One address of the desk. ``pad`` comes after ``/bureau``; with ``{locatie}`` in it, it is about that location.

    ``kop`` is its name in the menu ('' for one that is not in it). ``meest``: bytes that may be sent to it, where
    that is more than to the others.
    """

    pad: str
    doe: Callable[[Verzoek], Awaitable[web.StreamResponse]]
    rollen: frozenset[str]
    methode: str = "GET"
    kop: str = ""
    teken: str = ""
    meest: int = 0


ALLE_PAGINAS = web.AppKey("bureaupaginas", tuple[Pagina, ...])
"""Where a page finds the others, for the menu."""


@dataclass(frozen=True, slots=True)
class Ingang:
    """One entry of the menu."""

    pad: str
    kop: str
    teken: str
    hier: bool


def menu(v: Verzoek) -> tuple[Ingang, ...]:
    """The pages this colleague may open at this location; without a location those of their first."""
    waar = v.waar or next(iter(v.wie.locaties), None)
    return tuple(
        Ingang(f"/bureau{p.pad.replace('{locatie}', str(waar.nummer if waar else 0))}", p.kop, p.teken, p is v.pagina)
        for p in v.request.app[ALLE_PAGINAS]
        if p.kop and v.wie.rol in p.rollen and (waar or "{locatie}" not in p.pad)
    )


def elders(v: Verzoek) -> str:
    """What comes after the number of another location to see the same page there; of one thing here, where it lies."""
    deel = v.pagina.pad.split("/")[2:3]
    pad = f"/{{locatie}}/{deel[0] if deel else ''}"
    er_is = any(p.pad == pad and p.methode == "GET" for p in v.request.app[ALLE_PAGINAS])
    return f"/{deel[0]}" if er_is else "/vandaag"


def stempel(sleutel: str) -> str:
    """What every form of this browser carries, so that no other site can send one."""
    return hmac.new(sleutel.encode(), b"inloop bureau formulier", hashlib.sha256).hexdigest()


def naar(pad: str) -> web.Response:
    """Go on to another page of the desk, by a GET."""
    return web.Response(status=303, headers={"Location": pad})


def toon(request: web.Request, sjabloon: str, status: int, v: Verzoek | None, **inhoud: Any) -> web.Response:
    """A page; ``v`` is None for who is not in."""
    alles = {
        "v": v,
        "stempel": stempel(v.sleutel) if v else "",
        "menu": menu(v) if v else (),
        "elders": elders(v) if v else "",
        **inhoud,
    }
    return aiohttp_jinja2.render_template(f"bureau/{sjabloon}", request, alles, status=status)
