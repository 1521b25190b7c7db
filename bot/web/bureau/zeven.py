"""How values read on the pages of the desk: moments, months and languages in Dutch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from bot.weergeven import dag
from dialogen.teksten import TALEN
from opslag.overzicht import Telling
from opslag.werkdagen import zone

_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


def moment(telling: Telling) -> str:
    """When an activity begins, by the location's clock: "dinsdag 8 december 09:30"."""
    lokaal = telling.begin.astimezone(zone(telling.tijdzone))
    return f"{dag(lokaal, 'nl')} {lokaal:%H:%M}"


def klok(wanneer: datetime) -> str:
    """A moment as people in the Netherlands read the clock: "8 december 09:30"."""
    lokaal = wanneer.astimezone(zone("Europe/Amsterdam"))
    return f"{lokaal.day} {_MAANDEN[lokaal.month - 1]} {lokaal:%H:%M}"


def maandnaam(maand: date) -> str:
    """A month in words: december 2026."""
    return f"{_MAANDEN[maand.month - 1]} {maand.year}"


def tweemaal(waarde: str) -> tuple[str, str]:
    """A choice that is called as it is."""
    return waarde, waarde


def taalnaam(taal: str) -> tuple[str, str]:
    """A language as a choice, by its own name."""
    return taal, str(TALEN.get(taal, taal))


ZEVEN: Mapping[str, Callable[..., Any]] = {
    "moment": moment,
    "klok": klok,
    "maandnaam": maandnaam,
    "tweemaal": tweemaal,
    "taalnaam": taalnaam,
}
"""By their names in the templates."""
