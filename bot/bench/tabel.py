"""What one measurement gives, and the table in which it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

BREED = (62, 12, 12, 20, 7, 7)
KOPPEN = ("wat", "gemeten", "ijkpunt", "verhouding (min–max)", "norm", "gehaald")


class MeetFout(Exception):
    """The work that was timed was not done, or not the same on both sides: its figure would mean nothing."""


@dataclass(frozen=True, slots=True)
class Meting:
    """One row: what was measured and its yardstick, pairwise by round, both in ``eenheid``.

    ``norm`` bounds the median ratio: from below when ``minstens``, else from above; None for a figure without one.
    """

    wat: str
    eenheid: str
    gemeten: Sequence[float]
    ijkpunt: Sequence[float]
    norm: float | None = None
    minstens: bool = True
    uitleg: str = ""

    @property
    def verhoudingen(self) -> list[float]:
        """The ratio of each round."""
        return [ons / ijk for ons, ijk in zip(self.gemeten, self.ijkpunt, strict=True)]

    @property
    def gehaald(self) -> bool | None:
        """Whether the median ratio is within the norm; None without one."""
        if self.norm is None:
            return None
        midden = median(self.verhoudingen)
        return midden >= self.norm if self.minstens else midden <= self.norm


def kop(snel: bool) -> str:
    """The heading of the table."""
    klein = "Klein gemeten (--snel): dit toont dat alles loopt; de getallen zeggen weinig.\n" if snel else ""
    return f"{klein}{_rij(KOPPEN)}\n{'─' * (sum(BREED) + 2 * (len(BREED) - 1))}"


def regels(letter: str, meting: Meting) -> str:
    """One row, and under it how it was measured."""
    verhoudingen = meting.verhoudingen
    spreiding = f"({getal(min(verhoudingen), 2)}–{getal(max(verhoudingen), 2)})"
    norm = f"{'≥' if meting.minstens else '≤'} {getal(meting.norm, 2)}" if meting.norm is not None else "–"
    cellen = (
        f"{letter}  {meting.wat}",
        _waarde(meting.gemeten, meting.eenheid),
        _waarde(meting.ijkpunt, meting.eenheid),
        f"{getal(median(verhoudingen), 2)} {spreiding}",
        norm,
        {True: "ja", False: "NEE", None: "–"}[meting.gehaald],
    )
    return _rij(cellen) + (f"\n     {meting.uitleg}" if meting.uitleg else "")


def slot(gemeten: Sequence[Meting], seconden: float) -> str:
    """The last line: how many norms were reached."""
    met_norm = [m for m in gemeten if m.gehaald is not None]
    gehaald = sum(bool(m.gehaald) for m in met_norm)
    return f"\n{gehaald} van {len(met_norm)} normen gehaald, in {seconden:.0f} seconden."


def _rij(cellen: Sequence[str]) -> str:
    return "  ".join(cel.ljust(breed) for cel, breed in zip(cellen, BREED, strict=True)).rstrip()


def _waarde(waarden: Sequence[float], eenheid: str) -> str:
    midden = median(waarden)
    return f"{getal(midden, 0 if midden >= 100 else 2)} {eenheid}"


def getal(waarde: float, cijfers: int) -> str:
    """As people write it here: 1.234,5."""
    return f"{waarde:,.{cijfers}f}".translate(str.maketrans(",.", ".,"))
