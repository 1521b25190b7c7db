"""What the figures suggest, each with the counts behind it. Pure rules; none says who or whose fault.

A rule speaks only of ``MINST`` parents and more, and only when ``VEEL`` of them said it: of three one cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from opslag.overzicht import Telling
from opslag.redenbeeld import Som, Zeef, som

MINST = 5
VEEL = 40
"""Percent of the reasons."""
STIL = 40
"""Percent that answered, below which silence itself is what to look at."""
OVERDAG = ("ochtend", "middag")


@dataclass(frozen=True, slots=True)
class Suggestie:
    """``deel`` of ``geheel`` (``wie``: vaders, moeders, ouders) said ``wat``; ``probeer`` is what may help."""

    deel: int
    geheel: int
    wie: str
    wat: str
    probeer: str


_NAMEN: Mapping[str, str] = {"vader": "vaders", "moeder": "moeders", "": "ouders"}
_RAAD: Mapping[str, tuple[str, str]] = {
    "TE_LAAT": ("hoorde het te laat", "Nodig 14 dagen van tevoren uit, of nog eerder."),
    "OPPAS": ("heeft geen oppas", "Zeg erbij dat kinderen mee mogen, en zorg voor speelgoed."),
    "VERVOER": ("vindt het te ver", "Regel dat ouders kunnen meerijden, of kies een plek dichterbij."),
    "TAAL": ("zegt dat taal lastig is", "Vraag een tolk of een maatje, en zeg dat Nederlands niet hoeft."),
    "KOSTEN": ("vindt het te duur", "Zeg erbij dat het gratis is, of praat samen over geld."),
    "ONDERWERP": ("vindt dat het niet past", "Vraag vooraf wat ouders willen: samen maken, naar buiten, koken."),
    "ONDUIDELIJK": ("weet niet wat de bedoeling is", "Zeg in één zin wat jullie doen, en dat niets hoeft."),
    "ALLEEN": ("kent niemand", "Laat een ouder een ander meenemen, en wacht bij de deur."),
    "WELKOM": ("voelt zich niet welkom", "Praat erover met het team. Vraag een ouder om mee te denken."),
}


def suggesties(tellingen: Sequence[Telling]) -> list[Suggestie]:
    """What stands out, the strongest first; at most one per reason and role."""
    gevonden = [s for rol in ("vader", "moeder") for s in _van_rol(tellingen, rol)]
    gezien = {s.wat for s in gevonden}
    gevonden += [s for s in _redenen(som(tellingen, Zeef()), "") if s.wat not in gezien]
    return sorted([*gevonden, *_stil(tellingen)], key=lambda s: -s.deel / s.geheel)


def _van_rol(tellingen: Sequence[Telling], rol: str) -> Iterator[Suggestie]:
    zeef = Zeef(rol=rol)
    overdag = som((t for t in tellingen if t.dagdeel in OVERDAG), zeef)
    tijd = overdag.redenen.get("WERK", 0) + overdag.redenen.get("TIJD", 0)
    if _veel(tijd, overdag.met_reden):
        raad = "Probeer een avond of een zaterdag."
        yield Suggestie(tijd, overdag.met_reden, _NAMEN[rol], "zegt werk of tijd, overdag", raad)
    yield from _redenen(som(tellingen, zeef), rol)


def _redenen(samen: Som, rol: str) -> Iterator[Suggestie]:
    for code, (wat, probeer) in _RAAD.items():
        if _veel(samen.redenen.get(code, 0), samen.met_reden):
            yield Suggestie(samen.redenen[code], samen.met_reden, _NAMEN[rol], wat, probeer)


def _veel(deel: int, geheel: int) -> bool:
    return geheel >= MINST and deel * 100 >= VEEL * geheel


def _stil(tellingen: Sequence[Telling]) -> Iterator[Suggestie]:
    """Who does not answer at all: then the reasons say little."""
    for rol in ("vader", "moeder"):
        samen = som(tellingen, Zeef(rol=rol))
        stil = samen.uitgenodigd - samen.geantwoord
        if samen.uitgenodigd >= MINST and samen.geantwoord * 100 < STIL * samen.uitgenodigd:
            raad = "Spreek deze ouders aan bij het halen en brengen, of laat een collega bellen."
            yield Suggestie(stil, samen.uitgenodigd, _NAMEN[rol], "antwoordt niet", raad)
