"""A button's data, taken apart; and what a turn is about, before it is handled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dialogen import parkeren
from dialogen.basis import Invoer, Soort, Stand
from dialogen.flows import FLOWS

NUMMER = 2**63 - 1
"""The largest number of a row (a signed 64-bit integer)."""


@dataclass(frozen=True, slots=True)
class Tik:
    """A button's data, taken apart: ``flow.stap:keuze[:over]``."""

    flow: str
    stap: str
    keuze: str
    over: int = 0


@lru_cache(maxsize=64)
def lees_tik(data: str) -> Tik | None:
    """The parts of a button's data, or None for anything that cannot be ours."""
    kop, _, rest = data.partition(":")
    flow, punt, stap = kop.partition(".")
    keuze, _, over = rest.partition(":")
    nummer = int(over) if over.isascii() and over.isdigit() and len(over) < 20 else 0
    if not (flow and punt and stap and keuze) or nummer > NUMMER or (over and not nummer):
        return None
    return Tik(flow, stap, keuze, nummer)


def onderwerp(stand: Stand | None, invoer: Invoer) -> int:
    """What a turn is about before it is handled (an invitation's number), 0 for nothing."""
    tik = lees_tik(invoer.waarde) if invoer.soort is Soort.KNOP else None
    if tik is not None:
        return tik.over
    return stand.over if stand else 0


def met_kantoor(stand: Stand | None, invoer: Invoer) -> bool:
    """Whether this turn, if a colleague does it, needs what staff work with: by its button's flow; words and codes may
    lead anywhere.
    """
    tik = lees_tik(invoer.waarde) if invoer.soort is Soort.KNOP else None
    if tik is None:
        return invoer.soort is not Soort.KNOP
    flow = FLOWS.get(tik.flow)
    return (flow is not None and flow.kantoor) or parkeren.geparkeerd(stand) is not None


def waar(stand: Stand | None, invoer: Invoer) -> Tik:
    """The conversation and step a turn belongs to before it is handled: the button's, else where one stands."""
    tik = lees_tik(invoer.waarde) if invoer.soort is Soort.KNOP else None
    return tik or (Tik(stand.flow, stand.stap, "", stand.over) if stand else Tik("", "", ""))
