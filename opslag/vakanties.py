"""Days on which a series rests: school holidays per region (``vakanties.toml``) and public holidays, by local date."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

REGIOS = ("noord", "midden", "zuid")


@dataclass(frozen=True, slots=True)
class Vakantie:
    """One school holiday of one region, ``van`` and ``tot`` both free."""

    schooljaar: str
    naam: str
    regio: str
    van: date
    tot: date


@cache
def vakanties() -> tuple[Vakantie, ...]:
    """Every school holiday we know."""
    tabel = tomllib.loads(resources.files(__package__).joinpath("vakanties.toml").read_text("utf-8"))
    return tuple(
        Vakantie(rij["schooljaar"], rij["naam"], regio, *rij[regio]) for rij in tabel["vakantie"] for regio in REGIOS
    )


def vakantie(dag: date, regio: str) -> str:
    """The school holiday that this day lies in ('herfstvakantie'), '' when it lies in none we know of."""
    return next((v.naam for v in vakanties() if v.regio == regio and v.van <= dag <= v.tot), "")


def pasen(jaar: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the anonymous method (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = jaar % 19, divmod(jaar, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    maand, rest = divmod(h + m - 7 * n + 114, 31)
    return date(jaar, maand, rest + 1)


_VAST = {(1, 1): "nieuwjaarsdag", (5, 5): "bevrijdingsdag", (12, 25): "eerste kerstdag", (12, 26): "tweede kerstdag"}
_NA_PASEN = {
    -2: "goede vrijdag", 0: "eerste paasdag", 1: "tweede paasdag", 39: "hemelvaartsdag",
    49: "eerste pinksterdag", 50: "tweede pinksterdag",
}  # fmt: skip


def feestdag(dag: date) -> str:
    """The public holiday of this day by its Dutch name, '' for an ordinary day."""
    koningsdag = date(dag.year, 4, 27)
    koningsdag -= timedelta(days=koningsdag.weekday() == 6)  # on a Sunday it is the day before
    if dag == koningsdag:
        return "koningsdag"
    return _VAST.get((dag.month, dag.day)) or _NA_PASEN.get((dag - pasen(dag.year)).days, "")


def vrij(dag: date, regio: str) -> str:
    """Why a series rests on this day (the name of the holiday), '' when it does not."""
    return vakantie(dag, regio) or feestdag(dag)
