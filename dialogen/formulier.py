"""Filling something in, one question per message, with ⬅️ back, ⏭️ skip and ✖️ cancel at every step.

A ``Veld`` is one thing to fill in; ``velden_als_stappen`` makes ordinary steps of a row of them. What is filled in
stands among the answers under the field's id and is touched by nothing but its own step: back, skip and cancel keep
the rest. Who has seen the overview comes back to it after every field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogen import begrijpen
from dialogen.basis import Gegeven, Invoer, Soort, Stand, Tekst, Wereld
from dialogen.stappen import Keuze, Kies, Klaar, Mag, Naar, Onthoud, Optie, Stap, Tak, Voorwaarde, Vraag, Wissel, Zin

GEZIEN, BIJ = "gezien", "bij"
"""The answers that say that the overview was seen, and at which step somebody wanted to stop."""


@dataclass(frozen=True, slots=True)
class Veld:
    """One thing to fill in: words that ``mag`` looks at, or one of ``keuzes`` (id → label's key).

    ``toont`` is how what is kept reads (a moment is shown as a day). ``erna``: where it goes on when not to the next.
    ``als``: only asked when this holds (for the first field). ``lees``: what is taken; without it typed words on one
    line. ``misser``: what is said to who sends something else.
    """

    id: str
    mag: Mag | None = None
    bron: Callable[[Wereld, Stand], Iterable[Optie]] | None = None
    keuzes: tuple[tuple[str, str], ...] = ()
    verplicht: bool = True
    toont: Callable[[Wereld, Stand], Gegeven] | None = None
    erna: Naar = ""
    als: Voorwaarde | None = None
    lees: Callable[[Invoer], str | None] | None = None
    misser: str = ""


def heeft(veld: str) -> Voorwaarde:
    """Something is filled in there."""
    return lambda _w, s: bool(s.antwoorden.get(veld))


def gezien(_wereld: Wereld, stand: Stand) -> bool:
    """The overview was seen: every field leads back to it."""
    return stand.antwoorden.get(GEZIEN) == "1"


def verder(naar: str, einde: str) -> Wissel:
    """On to the next field, or back to the overview for who came from there."""
    return Wissel((Tak("uit het overzicht", gezien, einde),), naar)


def getypt(invoer: Invoer) -> str | None:
    """Typed words on one line; a voice note cannot be filled in."""
    return " ".join(begrijpen.schoon(invoer.waarde).split()) or None if invoer.soort is Soort.TEKST else None


def tekst_van(meest: int) -> Mag:
    """Words of at most ``meest`` characters with something to read in them."""

    def mag(_wereld: Wereld, _stand: Stand, waarde: str) -> str | Tekst:
        if begrijpen.alleen_beeld(waarde):
            return Tekst("formulier.leesbaar")
        if len(waarde) > meest:
            return Tekst("formulier.te_lang", {"lengte": len(waarde), "meest": meest})
        return waarde

    return mag


def velden_als_stappen(flow: str, velden: Sequence[Veld], daarna: str, einde: str) -> tuple[Stap, ...]:
    """A step per field; after the last comes ``daarna``, and ``einde`` is the overview."""
    stappen: list[Stap] = []
    for plaats, veld in enumerate(velden):
        volgende = velden[plaats + 1].id if plaats + 1 < len(velden) else daarna
        vorige = velden[plaats - 1] if plaats else None
        stappen.append(_stap(flow, veld, veld.erna or verder(volgende, einde), vorige, einde))
    return tuple(stappen)


def stopstappen(vanaf: Sequence[str]) -> tuple[Stap, ...]:
    """Whether to stop, and going on where one was: nothing is lost by a wrong tap."""
    weer = Wissel(tuple(Tak(stap, _was_bij(stap), stap) for stap in vanaf[1:]), vanaf[0])
    ja = Keuze("ja", "gestopt", label="formulier.stop.ja")
    return (
        Kies("stop", (ja, Keuze("nee", weer, label="formulier.stop.nee")), zegt=(Zin("formulier.stop"),)),
        Klaar("gestopt", zegt=(Zin("formulier.gestopt"),)),
    )


def weg(stap: str) -> Keuze:
    """✖️: asks first."""
    return Keuze("weg", "stop", label="formulier.weg", onthoud=_zet(BIJ, stap))


def _was_bij(stap: str) -> Voorwaarde:
    return lambda _w, s: s.antwoorden.get(BIJ) == stap


def _zet(sleutel: str, waarde: str) -> Onthoud:
    return lambda _w, _s: {sleutel: waarde}


def _niets(_wereld: Wereld, _stand: Stand) -> dict[str, str]:
    return {}


def _stap(flow: str, veld: Veld, naar: Naar, vorige: Veld | None, einde: str) -> Stap:
    zegt = (
        Zin(f"{flow}.{veld.id}"),
        Zin("formulier.nu", lambda w, s: isinstance(_waarde(veld, w, s), str) and bool(_waarde(veld, w, s))),
        Zin("formulier.nu_dag", lambda w, s: isinstance(_waarde(veld, w, s), datetime)),
    )
    eigen = tuple(Keuze(id_, naar, label=label) for id_, label in veld.keuzes)
    keuzes = (*eigen, *_wegen(veld, naar, vorige, einde))

    def gegevens(wereld: Wereld, stand: Stand) -> dict[str, Gegeven]:
        waarde = _waarde(veld, wereld, stand)
        return {"begin" if isinstance(waarde, datetime) else "waarde": waarde}

    if veld.mag is None:
        return Kies(veld.id, keuzes, zegt=zegt, gegevens=gegevens)
    return Vraag(
        veld.id, naar, veld.lees or getypt, zegt=zegt, keuzes=keuzes, gegevens=gegevens, mag=veld.mag, bron=veld.bron,
        misser=veld.misser,
    )  # fmt: skip


def _waarde(veld: Veld, wereld: Wereld, stand: Stand) -> Gegeven:
    if not stand.antwoorden.get(veld.id):
        return ""
    return veld.toont(wereld, stand) if veld.toont else stand.antwoorden[veld.id]


def _wegen(veld: Veld, naar: Naar, vorige: Veld | None, einde: str) -> Iterable[Keuze]:
    """The ways around a field: leave it, skip it, empty it, back, stop."""
    vol = heeft(veld.id)
    yield Keuze("laat", naar, toon=vol, label="formulier.laat", onthoud=_niets)
    if not veld.verplicht:
        yield Keuze("over", naar, toon=lambda w, s: not vol(w, s), label="formulier.over", onthoud=_zet(veld.id, ""))
        yield Keuze("leeg", naar, toon=vol, label="formulier.leeg", onthoud=_zet(veld.id, ""))
    if vorige is not None:
        yield Keuze("terug", verder(vorige.id, einde), toon=vorige.als, label="formulier.terug", onthoud=_niets)
    yield weg(veld.id)
