"""For whom an invitation is: which of the counted caregivers, and what must be known before it is sent. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from dialogen.kantoor import Telling

DAGDELEN = ("ochtend", "middag", "avond", "weekend")
IEDEREEN = "iedereen"
GEWOON = 14
"""The days of notice of who asked for nothing else: less is a hint of its own."""
NET_GEVRAAGD = timedelta(hours=20)
"""So long after an invitation nobody who said nothing is reminded of it."""


@dataclass(frozen=True, slots=True)
class Publiek:
    """Caregivers: ``ouders`` can be written to (``vaders`` of them are fathers, ``vol`` of them have had their messages
    of this week); the others cannot, because they use no bot, said stop, or asked for a pause.
    ``laat`` of those who can be written to asked to hear earlier than now, at least ``dagen`` days ahead.
    """

    ouders: int = 0
    vaders: int = 0
    vol: int = 0
    zonder: int = 0
    vaders_zonder: int = 0
    gestopt: int = 0
    pauze: int = 0
    laat: int = 0
    dagen: int = 0
    rollen: tuple[str, ...] = ()
    talen: tuple[str, ...] = ()


def zet(voor: str, keuze: str) -> str:
    """``voor`` with one choice on (``vaders``) or off (``-vaders``): of the parts of the day one at most, in a fixed
    order, 'iedereen' when nothing narrows it.
    """
    gekozen = keuzes(voor)
    if keuze == IEDEREEN:
        return IEDEREEN
    if keuze in DAGDELEN:
        gekozen -= set(DAGDELEN)
    gekozen = gekozen - {keuze[1:]} if keuze.startswith("-") else gekozen | {keuze}
    return ",".join(k for k in ("vaders", "nieuw", *DAGDELEN) if k in gekozen) or IEDEREEN


def keuzes(voor: str) -> set[str]:
    """What narrows it: some of 'vaders', 'nieuw' and a part of the day."""
    return set(voor.split(",")) & {"vaders", "nieuw", *DAGDELEN}


def hoort_erbij(telling: Telling, groepen: Iterable[int], voor: str) -> bool:
    """Whether these caregivers are of the groups and meant by ``voor``."""
    gekozen = keuzes(voor)
    dagdeel = gekozen & set(DAGDELEN)
    return (
        not telling.groepen.isdisjoint(groepen)
        and ("vaders" not in gekozen or telling.rol == "vader")
        and ("nieuw" not in gekozen or not telling.bereikt)
        and (not dagdeel or dagdeel <= telling.dagdelen)
    )


def publiek(tellingen: Iterable[Telling], groepen: Iterable[int], voor: str, nog: int = GEWOON) -> Publiek:
    """The audience in numbers; ``rollen`` and ``talen`` of who can be written to, the most common first.

    ``nog`` is how many days are left until it begins.
    """
    groepen = frozenset(groepen)
    rij = [t for t in tellingen if hoort_erbij(t, groepen, voor)]
    bereik = [t for t in rij if t.stand == "bot"]
    laat = [t for t in bereik if t.aankondiging > max(nog, GEWOON)]
    zonder = [t for t in rij if t.stand == "zonder"]
    return Publiek(
        ouders=_som(bereik),
        vaders=_som(t for t in bereik if t.rol == "vader"),
        vol=_som(t for t in bereik if t.vol),
        zonder=_som(zonder),
        vaders_zonder=_som(t for t in zonder if t.rol == "vader"),
        gestopt=_som(t for t in rij if t.stand == "gestopt"),
        pauze=_som(t for t in rij if t.stand == "pauze"),
        laat=_som(laat),
        dagen=min((t.aankondiging for t in laat), default=0),
        rollen=_meest((t.rol or "ander", t.aantal) for t in bereik),
        talen=_meest((t.taal, t.aantal) for t in bereik),
    )


def _som(rij: Iterable[Telling]) -> int:
    return sum(t.aantal for t in rij)


def _meest(paren: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    geteld: Counter[str] = Counter()
    for wat, aantal in paren:
        geteld[wat] += aantal
    return tuple(sorted(geteld, key=lambda wat: (-geteld[wat], wat)))
