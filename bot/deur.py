"""The screen at the door, from what the database says now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.links import Links
from bot.web.basis import DeurBeeld
from bot.weergeven import dag
from opslag import deur
from opslag.database import Database
from opslag.deur import Scherm
from opslag.werkdagen import zone

MINUUT = 60
"""Seconds after which a screen without a code looks again."""


def maak_deur(db: Database, links: Links, klok: Callable[[], datetime]) -> Callable[[str], Awaitable[DeurBeeld | None]]:
    """What the page at an address shows now; None for an address that is not ours."""

    async def haal(adres: str) -> DeurBeeld | None:
        scherm = await db.lees(deur.scherm, adres, klok())
        return beeld(scherm, links) if scherm else None

    return haal


def beeld(scherm: Scherm, links: Links) -> DeurBeeld:
    """The screen in words, its times as people read the clock there."""
    lokaal = scherm.begin.astimezone(zone(scherm.tijdzone))
    return DeurBeeld(
        titel=scherm.titel,
        locatie=scherm.locatie,
        dag=dag(lokaal, "nl"),
        tijd=f"{lokaal:%H:%M}",
        plek=scherm.plek,
        staat=scherm.staat,
        open_om=f"{lokaal - deur.VOORAF:%H:%M}",
        link=links.deur(scherm.code) if scherm.code else "",
        ververs=scherm.ververs if scherm.code else MINUUT,
    )
