"""Why parents stay away, as a picture: what the figures of some activities say together. Pure; docs/cijfers.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dialogen.redenen import REDENEN
from opslag.overzicht import Deel, Telling
from opslag.werkdagen import zone

OPEN = "OPEN"
"""Told in own words that nobody has coded yet."""
_REDEN = "reden."


@dataclass(frozen=True, slots=True)
class Zeef:
    """What to look at; '' and None for all. ``rol`` '' is everybody, ``taal`` '' every language."""

    soort: str = ""
    dagdeel: str = ""
    rol: str = ""
    taal: str = ""

    def past(self, telling: Telling) -> bool:
        """Whether this activity is looked at."""
        return self.soort in ("", telling.soort) and self.dagdeel in ("", telling.dagdeel)

    def telt(self, rol: str, taal: str) -> bool:
        """Whether these parents are looked at."""
        return self.rol in ("", rol) and self.taal in ("", taal)


@dataclass(frozen=True, slots=True)
class Som:
    """What some activities count together, for who is looked at."""

    uitgenodigd: int
    geantwoord: int
    ja: int
    nee: int
    aanwezig: int
    redenen: Mapping[str, int]

    @property
    def antwoord(self) -> Deel:
        """Of the invited, how many answered."""
        return Deel(self.geantwoord, self.uitgenodigd)

    @property
    def met_reden(self) -> int:
        """How many gave a reason, whichever."""
        return sum(self.redenen.values())

    @property
    def vaakst(self) -> str:
        """The reason that is given most, '' without any; of equals the first of the list."""
        return max(self.redenen, key=lambda code: self.redenen[code], default="")


@dataclass(frozen=True, slots=True)
class Regel:
    """One line of the table: a kind of activity in a part of the day."""

    soort: str
    dagdeel: str
    activiteiten: int
    som: Som


@dataclass(frozen=True, slots=True)
class Redenbeeld:
    """The page: everything together, per role, per kind and part of the day, per month."""

    som: Som
    per_rol: Mapping[str, Som]
    regels: Sequence[Regel]
    per_maand: Sequence[tuple[date, Som]]
    talen: Sequence[str]
    soorten: Sequence[str]


def volgorde() -> tuple[str, ...]:
    """The codes in the order of the buttons; own words last."""
    return (*REDENEN, OPEN)


def som(tellingen: Iterable[Telling], zeef: Zeef) -> Som:
    """Together, of who is looked at."""
    tel: Counter[str] = Counter()
    for telling in tellingen:
        for (rol, taal, maat), keer in telling.maten.items():
            if zeef.telt(rol, taal):
                tel[maat] += keer
    redenen = {code: tel[_REDEN + code] for code in volgorde() if tel[_REDEN + code]}
    return Som(tel["uitgenodigd"], tel["uitgenodigd"] - tel["geen"], tel["ja"], tel["nee"], tel["aanwezig"], redenen)


def maak(tellingen: Sequence[Telling], zeef: Zeef) -> Redenbeeld:
    """The picture of these activities; those called off count too, for they were answered."""
    hier = [t for t in tellingen if zeef.past(t)]
    rollen = [zeef.rol] if zeef.rol else ["vader", "moeder", "ander"]
    per_rol = {rol: som(hier, Zeef(rol=rol, taal=zeef.taal)) for rol in rollen}
    return Redenbeeld(
        som(hier, zeef),
        {rol: s for rol, s in per_rol.items() if s.uitgenodigd},
        _regels(hier, zeef),
        _per_maand(hier, zeef),
        sorted({taal for t in tellingen for _, taal, _ in t.maten} - {""}),
        sorted({t.soort for t in tellingen}),
    )


def _regels(tellingen: Sequence[Telling], zeef: Zeef) -> list[Regel]:
    per: dict[tuple[str, str], list[Telling]] = {}
    for telling in tellingen:
        per.setdefault((telling.soort, telling.dagdeel), []).append(telling)
    regels = [Regel(soort, dagdeel, len(samen), som(samen, zeef)) for (soort, dagdeel), samen in per.items()]
    return sorted(regels, key=lambda r: (-r.som.uitgenodigd, r.soort, r.dagdeel))


def _per_maand(tellingen: Sequence[Telling], zeef: Zeef) -> list[tuple[date, Som]]:
    per: dict[date, list[Telling]] = {}
    for telling in tellingen:
        per.setdefault(telling.begin.astimezone(zone(telling.tijdzone)).date().replace(day=1), []).append(telling)
    return [(maand, som(samen, zeef)) for maand, samen in sorted(per.items())]
