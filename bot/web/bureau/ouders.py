"""*Ouders*: the families and caregivers of a location, how each is reached, and the page of one family."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any

from aiohttp import web

from bot.brieven import maak_start
from bot.web.bureau.basis import BezoekFout, NietHier, Verzoek, naar, nummer_van
from dialogen.teksten import TALEN
from opslag import gezinnen, uitdraai
from opslag.database import Sessie
from opslag.gezinnen import Blad, Gezin, Kanniet, Zoek

ROLLEN = {"vader": "vader", "moeder": "moeder", "ander": "andere verzorger"}
KANALEN = {"telegram": "Telegram", "web": "browser"}
LEIDING = ("coordinator", "beheerder")


def _zoek(query: Mapping[str, str]) -> Zoek:
    return Zoek(
        query.get("zoek", "").replace("\x00", "")[:80],
        nummer_van(query.get("groep")),
        query.get("chat") == "zonder",
        query.get("weg") == "ook",
    )


def _lees(sessie: Sessie, v: Verzoek, zoek: Zoek) -> tuple[Blad, tuple[tuple[int, str], ...]]:
    bladzij = min(nummer_van(v.request.query.get("blad", "1")), 1_000_000)
    hier = v.locatie.nummer
    return gezinnen.blad(sessie, hier, zoek, bladzij, v.nu), gezinnen.groepen_van(sessie, hier)


async def lijst(v: Verzoek) -> web.StreamResponse:
    """The page with everybody; that names were seen stands in the audit log."""
    zoek = _zoek(v.request.query)
    blad, groepen = await v.lees(_lees, v, zoek)
    await v.leg_vast("namen gezien", f"ouders blad {blad.nummer}")
    zelfde = {k: w for k, w in v.request.query.items() if k != "blad" and w}
    return v.toon("ouders.html", blad=blad, groepen=groepen, zoek=zoek, zelfde=zelfde, **_woorden(v))


def _woorden(v: Verzoek) -> dict[str, Any]:
    return {"rollen": ROLLEN, "kanalen": KANALEN, "talen": TALEN, "leidt": v.wie.rol in LEIDING}


async def _een(v: Verzoek) -> Gezin:
    """The family of the address. Raises ``NietHier``."""
    gezin: Gezin | None = await v.lees(gezinnen.een, v.locatie.nummer, v.nummer("gezin"), v.nu)
    if gezin is None:
        raise NietHier
    return gezin


async def gezin(v: Verzoek) -> web.StreamResponse:
    """The page of one family."""
    een = await _een(v)
    groepen = await v.lees(gezinnen.groepen_van, v.locatie.nummer)
    bewijzen = await v.lees(gezinnen.bewijzen, een.nummer)
    await v.leg_vast("gezin gezien", f"gezin {een.nummer}")
    namen = {o.nummer: o.naam or f"ouder {o.nummer}" for o in een.verzorgers}
    return v.toon("gezin.html", gezin=een, groepen=groepen, bewijzen=bewijzen, namen=namen, **_woorden(v))


def dag(tekst: str) -> date:
    """A day as a browser sends it (2026-12-31). Raises ``BezoekFout``."""
    try:
        gelezen = date.fromisoformat(tekst)
    except ValueError:
        raise BezoekFout("kies een dag, bijvoorbeeld 2026-12-31") from None
    if not 2000 <= gelezen.year < 2100:
        raise BezoekFout("deze dag ligt te ver weg")
    return gelezen


async def wijzig(v: Verzoek) -> web.StreamResponse:
    """Other days of enrolment and other groups."""
    nummer, f = (await _een(v)).nummer, await v.formulier()
    van, tot = dag(f.get("van", "")), dag(f["tot"]) if f.get("tot") else None
    groepen = [nummer_van(g) for g in (await v.request.post()).getall("groep", [])]
    kenmerk = " ".join(f.get("kenmerk", "").replace("\x00", "").split())
    if len(kenmerk) > 60:
        raise BezoekFout("dit nummer is te lang")
    return await _schrijf(v, gezinnen.wijzig, nummer, van, tot, groepen, kenmerk)


async def verzorger(v: Verzoek) -> web.StreamResponse:
    """One more caregiver, without a chat."""
    nummer, f = (await _een(v)).nummer, await v.formulier()
    taal = f.get("taal", "nl")
    if taal not in TALEN:
        raise BezoekFout("deze taal is er niet")
    naam = " ".join(f.get("naam", "").replace("\x00", "").split())
    if len(naam) > 100:
        raise BezoekFout("deze naam is te lang")
    return await _schrijf(v, gezinnen.verzorger_erbij, nummer, naam, f.get("rol", ""), taal)


async def _schrijf(v: Verzoek, wat: object, nummer: int, *args: object) -> web.StreamResponse:
    assert callable(wat)
    try:
        await v.schrijf(wat, v.wie.medewerker, v.locatie.nummer, nummer, *args, v.nu)
    except Kanniet as fout:
        raise BezoekFout(str(fout)) from None
    return naar(f"/bureau/{v.locatie.nummer}/ouders/{nummer}")


async def brief(v: Verzoek) -> web.StreamResponse:
    """Letters with a start code for who of the family has no chat, as a PDF."""
    nummer = (await _een(v)).nummer
    try:
        brieven = await v.schrijf(gezinnen.startbrieven, v.wie.medewerker, v.locatie.nummer, nummer, v.nu)
    except Kanniet as fout:
        raise BezoekFout(str(fout)) from None
    inhoud = await asyncio.to_thread(maak_start, brieven, v.bureau.links)
    return bestand(inhoud, "application/pdf", f"brief-gezin-{nummer}.pdf")


def bestand(inhoud: bytes, soort: str, naam: str) -> web.Response:
    """Something to keep: the browser saves it under this (ASCII) name."""
    koppen = {"Content-Type": soort, "Content-Disposition": f'attachment; filename="{naam}"'}
    return web.Response(body=inhoud, headers=koppen)


async def _van(v: Verzoek) -> tuple[Gezin, int]:
    een, nummer = await _een(v), v.nummer("ouder")
    if nummer not in {o.nummer for o in een.verzorgers}:
        raise NietHier
    return een, nummer


async def gegevens(v: Verzoek) -> web.StreamResponse:
    """All that is kept of one caregiver, as one file to give to them."""
    _, nummer = await _van(v)
    alles = await v.lees(uitdraai.van_ouder, v.wie.medewerker, v.locatie.nummer, nummer)
    if alles is None:
        raise NietHier
    await v.leg_vast("eigen gegevens uit", f"ouder {nummer}")
    return bestand(uitdraai.als_json(alles), "application/json; charset=utf-8", f"gegevens-ouder-{nummer}.json")


async def wis(v: Verzoek) -> web.StreamResponse:
    """Ask whether it is meant; with ``zeker`` the caregiver is erased."""
    een, nummer = await _van(v)
    wie = next(o for o in een.verzorgers if o.nummer == nummer)
    if (await v.formulier()).get("zeker") != "ja":
        return v.toon("wissen.html", gezin=een, wie=wie, **_woorden(v))
    try:
        await v.schrijf(gezinnen.wis, v.wie.medewerker, v.locatie.nummer, een.nummer, nummer, v.nu)
    except Kanniet as fout:
        raise BezoekFout(str(fout)) from None
    return naar(f"/bureau/{v.locatie.nummer}/ouders")
