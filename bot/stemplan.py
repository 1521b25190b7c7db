"""How a message is spoken: a person's recording of it, else its paragraphs one after the other, each a recording or
words for the computer's voice, and what can be chosen at the end. Pure; making the sound is ``stemmen``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.diensten.spraak import STEMMEN, VERSIE
from bot.spreken import gezegd, keuzes
from bot.weergeven import TIJDZONE
from dialogen.basis import SPREEKTAAL, Bericht, Tekst
from dialogen.opnames import in_te_spreken, van_plaats, woordhash
from dialogen.vertaald import ORIGINEEL
from opslag.geluiden import Gesprokene, Klank

BIJLAGE = "bijlage:"
"""How a ``Bericht.stem`` begins that names a sound itself, by its hash."""
OPENBAAR = frozenset(
    {"titel", "titel_vaders", "plek", "andere_plek", "gastheer", "locatie", "telefoon"}
    | {"tip", "thema", "gevraagd", "taalnaam", "soortnaam", "dagen", SPREEKTAAL}
)
"""What may be filled in and still be kept as sound: words of the location, not of a parent. Moments and numbers too."""
VAN_HET_TEAM = ("tip", "weekbericht:")
"""How a ``Bericht.stem`` begins whose words the team wrote for many."""

Opnames = Mapping[tuple[str, str], Sequence[Gesprokene]]
"""(subject, language) → approved recordings, the newest first."""


@dataclass(frozen=True, slots=True)
class Wens:
    """A message to be heard. ``talen`` are the languages of the voice, best first; ``locatie`` whose recordings are
    heard; a lower ``voorrang`` goes first.
    """

    nummer: int
    bericht: Bericht
    talen: tuple[str, ...]
    locatie: int | None = None
    voorrang: int = 0
    tijdzone: str = TIJDZONE

    def onderwerpen(self) -> set[tuple[str, str]]:
        """(subject, language) of every recording that it may use."""
        namen = {self.bericht.stem, *(t.sleutel for t in self.bericht.teksten)} - {"", "="}
        return {(naam, taal) for naam in namen for taal in self.talen if not naam.startswith(BIJLAGE)}


@dataclass(frozen=True, slots=True)
class Deel:
    """A piece of a message: a sound that is there (``hash``, ``duur`` in milliseconds), or words for the computer's
    voice. ``sleutel`` is what it is kept by; ``bewaar``: in the database.
    """

    sleutel: str
    taal: str = ""
    hash: str = ""
    duur: int = 0
    tekst: str = ""
    bewaar: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """How a message is spoken; ``klaar`` when it was before."""

    delen: tuple[Deel, ...]
    klaar: Klank | None = None

    @property
    def sleutel(self) -> str:
        """What the whole is kept by."""
        return self.delen[0].sleutel if len(self.delen) == 1 else _sleutel("heel", *(d.sleutel for d in self.delen))

    @property
    def bewaar(self) -> bool:
        """Whether it may be kept in the database."""
        return all(d.bewaar for d in self.delen)


def _sleutel(*delen: str) -> str:
    return hashlib.sha256(json.dumps(delen).encode()).hexdigest()


def plan(wens: Wens, opnames: Opnames, kan: frozenset[str]) -> Plan | None:
    """How this is spoken; None when it cannot be heard. ``kan`` are the languages with a computer voice."""
    if wens.bericht.stem.startswith(BIJLAGE):
        naam = wens.bericht.stem.removeprefix(BIJLAGE)
        return Plan((Deel(_sleutel("bijlage", naam), hash=naam),))
    for taal in wens.talen:
        heel = opname(opnames, wens.bericht.stem, taal, wens.locatie)
        delen = (heel,) if heel else tuple(_deel(t, taal, wens, opnames, kan) for t in wens.bericht.teksten)
        gevuld = [d for d in delen if d is not None]
        if len(gevuld) == len(delen):
            zegt = tuple(d for d in (*gevuld, _keuzes(wens, taal, kan)) if d is not None and (d.hash or d.tekst))
            return Plan(zegt) if zegt else None
    return None


def _deel(tekst: Tekst, taal: str, wens: Wens, opnames: Opnames, kan: frozenset[str]) -> Deel | None:
    """One paragraph; None without sound, and without words for one that only shows something (pictograms, the Dutch
    under a translation).
    """
    if tekst.sleutel in ORIGINEEL:
        return Deel("")
    taal = str(tekst.gegevens.get(SPREEKTAAL, taal))
    gesproken = opname(opnames, tekst.sleutel, taal, wens.locatie)
    if gesproken is not None or taal not in kan:
        return gesproken
    return _van_stem(gezegd(tekst, taal, wens.tijdzone), taal, _is_openbaar(tekst, wens.bericht.stem))


def _keuzes(wens: Wens, taal: str, kan: frozenset[str]) -> Deel | None:
    if taal not in kan:
        return None
    woorden_ = keuzes(wens.bericht, taal, wens.tijdzone)
    return _van_stem(woorden_, taal, all(_is_openbaar(k.label) for k in wens.bericht.knoppen))


def _is_openbaar(tekst: Tekst, stem: str = "") -> bool:
    """Whether it may be kept: nothing of a parent is in it. Words of the team are when the message says what it is."""
    if tekst.sleutel == "=":
        return stem.startswith(VAN_HET_TEAM)
    return all(not isinstance(w, str) or naam in OPENBAAR for naam, w in tekst.gegevens.items())


def _van_stem(zegt: str, taal: str, bewaar: bool) -> Deel:
    stem = STEMMEN.get(taal)
    naam = f"{stem.naam} {stem.tempo}" if stem else ""
    return Deel(_sleutel(VERSIE, naam, taal, zegt), taal, tekst=zegt, bewaar=bewaar)


def opname(opnames: Opnames, wat: str, taal: str, locatie: int | None) -> Deel | None:
    """The recording of this subject: the own location's before one for all, the newest first, none of words that are
    other words now. Where the location's name is in it, only its own.
    """
    if not in_te_spreken(wat):
        return None
    van = {locatie} - {None} if van_plaats(wat) else {locatie, None}
    goed = [o for o in opnames.get((wat, taal), ()) if o.locatie in van and o.tekst == woordhash(wat, taal)]
    beste = min(goed, key=lambda o: o.locatie is None, default=None)
    return Deel(_sleutel("opname", beste.hash), taal, beste.hash, beste.duur) if beste else None
