"""Which figures may be shown when small counts must stay hidden. Pure; docs/besluiten/ says why.

A count under ``GRENS`` is hidden, and so is what would give it away: of every small count two other worlds must fit
all that is shown, one in which it is 0 and one in which it is ``GRENS``. Such a world is really made here, cell by
cell, so nothing rests on a belief about what an attacker can solve. What no world is found for, hides one cell more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

GRENS = 5
"""Counts under it are nobody's business: too few to be just a number."""
DIEP = 12
"""Cells that a made world may differ in; a longer way round is not looked for."""
MOEITE = 2_000
"""Steps after which no world is found: hiding one cell more than needed is never wrong."""

Cel = tuple[Any, ...]
Waarden = Mapping[Cel, int]


@dataclass(frozen=True, slots=True)
class Som:
    """What anybody knows of the table: ``geheel`` is the sum of ``delen``, or at most that (``hoogstens``)."""

    geheel: Cel
    delen: tuple[Cel, ...]
    hoogstens: bool = False

    @property
    def cellen(self) -> tuple[Cel, ...]:
        """All cells it is about."""
        return self.geheel, *self.delen

    def tekort(self, w: Waarden) -> int:
        """How much the parts are too few; 0 where it holds."""
        te_veel = w[self.geheel] - sum(w[d] for d in self.delen)
        return max(te_veel, 0) if self.hoogstens else te_veel


def verborgen(
    waarden: Waarden, sommen: Sequence[Som], liever: Callable[[Cel], Any] = lambda _cel: 0, grens: int = GRENS
) -> frozenset[Cel]:
    """The cells that may not be shown. Of cells that would do equally, the lowest ``liever`` is hidden first."""
    per: dict[Cel, list[Som]] = {cel: [] for cel in waarden}
    for som in sommen:
        for cel in som.cellen:
            per[cel].append(som)
    klein = sorted(cel for cel, n in waarden.items() if n < grens)
    weg = set(klein)
    wachten = list(klein)
    while wachten:
        cel = wachten.pop(0)
        while not _veilig(cel, waarden, per, weg, grens):
            erbij = _volgende(cel, waarden, per, weg, liever)
            if erbij is None:
                break  # all that is connected is hidden: nothing is left to reason from
            weg.add(erbij)
    for cel in sorted(weg.difference(klein), key=lambda c: (liever(c), waarden[c], c), reverse=True):
        if all(_veilig(k, waarden, per, weg - {cel}, grens) for k in klein):
            weg.remove(cel)  # others hide enough without it
    return frozenset(weg)


def _veilig(cel: Cel, waarden: Waarden, per: Mapping[Cel, list[Som]], weg: Collection[Cel], grens: int) -> bool:
    return all(andere_wereld(cel, doel, waarden, per, weg) is not None for doel in (0, grens))


def andere_wereld(
    cel: Cel, doel: int, waarden: Waarden, per: Mapping[Cel, Sequence[Som]], weg: Collection[Cel]
) -> dict[Cel, int] | None:
    """The same table with ``doel`` in this cell, that differs in hidden cells only; None when none is found."""
    for diep in (4, 6, 8, DIEP):  # a short way round first
        zoeker = _Zoeker(dict(waarden), per, weg, diep)
        zoeker.w[cel] = doel
        if zoeker.herstel([cel]):
            return zoeker.w
    return None


@dataclass(slots=True)
class _Zoeker:
    w: dict[Cel, int]
    per: Mapping[Cel, Sequence[Som]]
    weg: Collection[Cel]
    diep: int
    moeite: int = MOEITE

    def herstel(self, anders: list[Cel]) -> bool:
        """Mend the first sum that does not hold by changing one more hidden cell, and so on."""
        kapot = next((som for cel in anders for som in self.per[cel] if som.tekort(self.w)), None)
        if kapot is None:
            return True
        self.moeite -= 1
        if len(anders) >= self.diep or self.moeite < 0:
            return False
        for cel, waarde in list(_mogelijk(kapot, self.w, anders, self.weg)):
            eerst, self.w[cel] = self.w[cel], waarde
            if self.herstel([*anders, cel]):
                return True
            self.w[cel] = eerst
        return False


def _mogelijk(som: Som, w: Waarden, anders: Collection[Cel], weg: Collection[Cel]) -> Iterator[tuple[Cel, int]]:
    tekort = som.tekort(w)
    for cel in som.cellen:
        waarde = w[cel] - tekort if cel == som.geheel else w[cel] + tekort
        if cel in weg and cel not in anders and waarde >= 0:
            yield cel, waarde


def _volgende(
    cel: Cel, waarden: Waarden, per: Mapping[Cel, list[Som]], weg: Collection[Cel], liever: Callable[[Cel], Any]
) -> Cel | None:
    """A shown cell that tells something about this one, as near as can be; None when there is none."""
    gezien, rand = {cel}, {cel}
    while rand:
        buren = {ander for van in rand for som in per[van] for ander in som.cellen} - gezien
        if open_ := [ander for ander in buren if ander not in weg]:
            return min(open_, key=lambda ander: (liever(ander), waarden[ander], ander))
        gezien |= buren
        rand = buren
    return None
