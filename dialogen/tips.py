"""The tips for at home: which there are, and which one comes next. Pure; the codes and steps are read from
``teksten/tips.toml``, the words are the keys ``tip.<code>`` of the catalogues.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import resources

DUIMEN = 3
"""So many times done, and a parent goes a step up."""
DAGEN_PER_STAP = 21
"""But never earlier than so many days in a step."""
EIGEN = "eigen:"
"""How the code of a location's own tip begins; its number follows."""
LENGTE = 600
"""Characters of an own tip: about half a minute when it is spoken."""


def _lees() -> Mapping[str, int]:
    inhoud = tomllib.loads(resources.files("dialogen.teksten").joinpath("tips.toml").read_text("utf-8"))
    return {code: int(stap) for stap, blok in inhoud.items() for code in blok["tips"]}


TIPS: Mapping[str, int] = _lees()
"""Code → step (1, 2 or 3), in the order in which they are given."""
STAPPEN = tuple(sorted(set(TIPS.values())))


@dataclass(frozen=True, slots=True)
class EigenTip:
    """A tip that a location added: its number, step, and (Dutch) words. ``locatie`` is the location's number."""

    nummer: int
    stap: int
    tekst: str = ""
    locatie: int = 0

    @property
    def code(self) -> str:
        """How it stands among the codes."""
        return f"{EIGEN}{self.nummer}"


@dataclass(frozen=True, slots=True)
class GegevenTip:
    """A tip that a parent got. ``tekst`` is the words of an own one, ``thema`` what the group is about now.

    ``uitkomst`` is '', 'gedaan', 'nog_niet' or 'andere'; ``gegeven`` is UTC.
    """

    nummer: int
    code: str
    tekst: str = ""
    thema: str = ""
    uitkomst: str = ""
    gegeven: datetime | None = None

    @property
    def stem(self) -> str:
        """The subject of a recording that speaks for it. One of the tip about the theme names no theme."""
        return f"tip.{self.code}.zonder" if self.code == "thema" else f"tip.{self.code}"


@dataclass(frozen=True, slots=True)
class Verteller:
    """A family of which a parent got a tip lately, on the list of who told of it in the group. ``nummer`` is the given
    tip's; ``moment`` is when it was given (UTC).
    """

    nummer: int
    naam: str
    code: str
    tekst: str
    moment: datetime
    verteld: bool = False


@dataclass(frozen=True, slots=True)
class Tipwerk:
    """What a colleague sees of tips: the own ones of the own locations, and who may have told of one of last week."""

    eigen: tuple[EigenTip, ...] = ()
    vertellers: tuple[Verteller, ...] = ()


def stap_nu(stap: int, gedaan: int, lang_genoeg: bool) -> int:
    """The step a parent is in now: one up after ``DUIMEN`` times done in it, when it lasted long enough."""
    return min(stap + 1, STAPPEN[-1]) if gedaan >= DUIMEN and lang_genoeg else stap


@lru_cache(maxsize=1024)
def volgorde(stap: int, eigen: tuple[EigenTip, ...] = ()) -> tuple[tuple[str, int], ...]:
    """(code, step) of all tips in the order in which a parent in this step gets them: the own step first, with the
    location's own tips in between (one after every two), then the later steps, then the earlier ones.
    """
    stappen = (*(s for s in STAPPEN if s >= stap), *(s for s in STAPPEN[::-1] if s < stap))
    return tuple((code, s) for s in stappen for code in _in_stap(s, eigen))


def _in_stap(stap: int, eigen: tuple[EigenTip, ...]) -> list[str]:
    rij, erbij = [c for c, s in TIPS.items() if s == stap], [t.code for t in eigen if t.stap == stap]
    for plaats, code in enumerate(erbij):
        rij.insert(min(3 * plaats + 2, len(rij)), code)
    return rij


def kies(stap: int, gehad: Container[str], eigen: tuple[EigenTip, ...] = ()) -> tuple[str, int] | None:
    """(code, step) of the next tip: the first that this parent has not had; None when all were."""
    return next((tip for tip in volgorde(stap, eigen) if tip[0] not in gehad), None)
