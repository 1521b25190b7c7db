"""Days and times as people write them, in Dutch: a small strict parser. Today is passed in; there is no clock here.

    "dinsdag 8 december", "8 dec", "8-12", "8/12/2026", "morgen", "volgende week dinsdag", "over twee weken"
    "09:30", "9.30", "9 uur", "half tien", "kwart over 9", "vijf voor half drie", "8 uur 's avonds"

What is understood is read back in one way ("dinsdag 8 december", "09:30"), so that a guess is seen. Anything else is
a ``Niet`` that says why. Days and times are local; ``op_moment`` makes them UTC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dialogen.begrijpen import vouw

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
VER = timedelta(days=730)
"""Further ahead nobody plans: a wrong year."""
VOLGEND_JAAR = timedelta(days=270)
"""A day without a year that is past this year is of next year when it is no further away; else it is a mistake."""
KORT, LANG = 10, 720
"""Minutes that an activity takes at least and at most."""
_GETALLEN = (
    "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
)  # fmt: skip
_AFGEKORT = {"mrt": 3, "sept": 9, "okt": 10}
_MIDDAG = range(7)
"""Who says "half een" or "2 uur" means the afternoon: no activity begins in that half of the night."""


@dataclass(frozen=True, slots=True)
class Niet:
    """Why words are no day, time or duration: 'onleesbaar' | 'bestaat_niet' | 'voorbij' | 'te_ver' | 'weekdag' (the
    day is another weekday: ``dag``) | 'dubbel' (may mean two days) | 'overgeslagen' (the clock skips that hour).
    """

    reden: str
    dag: date | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A beginning, UTC. ``dubbel``: the clock shows that time twice that day, and the first is meant."""

    begin: datetime
    dubbel: bool = False


def lees_datum(tekst: str, vandaag: date) -> date | Niet:
    """A day from ``vandaag`` (local) on."""
    woorden = vouw(tekst).replace(",", " ").split()
    if woorden[:1] in (["op"], ["aanstaande"], ["komende"]):
        woorden = woorden[1:]
    dag = _genoemd(woorden, vandaag)
    if isinstance(dag, Niet):
        return dag
    if dag < vandaag:
        return Niet("voorbij", dag)
    return dag if dag - vandaag <= VER else Niet("te_ver", dag)


def _genoemd(woorden: list[str], vandaag: date) -> date | Niet:
    match woorden:
        case ["vandaag" | "morgen" | "overmorgen" as woord]:
            return vandaag + timedelta(days=("vandaag", "morgen", "overmorgen").index(woord))
        case ["over", aantal, "dag" | "dagen" | "week" | "weken" as eenheid] if (n := _getal(aantal)) is not None:
            return vandaag + timedelta(days=n if eenheid.startswith("dag") else 7 * n)
        case ["volgende" | "deze" as welke, "week", weekdag] | [weekdag, "volgende" | "deze" as welke, "week"]:
            return _in_week(weekdag, vandaag, 7 if welke == "volgende" else 0)
        case ["volgende", weekdag] if weekdag in DAGEN:
            return Niet("dubbel")
        case [weekdag] if weekdag in DAGEN:
            return _komende(weekdag, vandaag)
        case [weekdag, *rest] if weekdag in DAGEN:
            dag = _datum(rest, vandaag)
            return dag if isinstance(dag, Niet) or DAGEN[dag.weekday()] == weekdag else Niet("weekdag", dag)
        case _:
            return _datum(woorden, vandaag)


def _in_week(weekdag: str, vandaag: date, later: int) -> date | Niet:
    if weekdag not in DAGEN:
        return Niet("onleesbaar")
    return vandaag + timedelta(days=DAGEN.index(weekdag) - vandaag.weekday() + later)


def _komende(weekdag: str, vandaag: date) -> date | Niet:
    """The first such day after today; said on that very day it may mean two."""
    over = (DAGEN.index(weekdag) - vandaag.weekday()) % 7
    return vandaag + timedelta(days=over) if over else Niet("dubbel")


def _datum(woorden: list[str], vandaag: date) -> date | Niet:
    """Day and month, by name or number, with a year or without."""
    plat = " ".join(woorden)
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plat):
        return _dag(int(iso[1]), int(iso[2]), int(iso[3]))
    delen = re.fullmatch(r"(\d{1,2})(?:e|ste|de)?[ /.-]+([a-z]+\.?|\d{1,2})(?:[ /.-]+(\d{4}|\d{2}))?", plat)
    maand = _maand(delen[2]) if delen else None
    if not delen or maand is None:
        return Niet("onleesbaar")
    if delen[3]:
        return _dag(int(delen[3]) + (2000 if len(delen[3]) == 2 else 0), maand, int(delen[1]))
    return _zonder_jaar(maand, int(delen[1]), vandaag)


def _zonder_jaar(maand: int, dag: int, vandaag: date) -> date | Niet:
    dit, volgend = _dag(vandaag.year, maand, dag), _dag(vandaag.year + 1, maand, dag)
    if isinstance(dit, date) and dit >= vandaag:
        return dit
    if isinstance(volgend, date) and volgend - vandaag <= VOLGEND_JAAR:
        return volgend
    return dit


def _maand(woord: str) -> int | None:
    if woord.isdecimal():
        return int(woord)
    kort = woord.rstrip(".")
    if kort in _AFGEKORT:
        return _AFGEKORT[kort]
    return next((n for n, naam in enumerate(MAANDEN, 1) if kort in {naam, naam[:3]}), None)


def _dag(jaar: int, maand: int, dag: int) -> date | Niet:
    try:
        return date(jaar, maand, dag)
    except ValueError:
        return Niet("bestaat_niet")


def _getal(woord: str) -> int | None:
    if woord.isdecimal() and len(woord) <= 2:  # "፩" is a digit too, and no number
        return int(woord)
    gelijk = woord.replace("één", "een")
    return _GETALLEN.index(gelijk) + 1 if gelijk in _GETALLEN else None


_DEEL = re.compile(r"\s*(?:'s|’s|s|in de)?\s*\b(ochtend|morgen|middag|avond|nacht)s?$")


def lees_tijd(tekst: str) -> time | Niet:
    """A time of the day. Spoken hours from one to six are in the afternoon unless a part of the day says otherwise."""
    plat = vouw(tekst).removeprefix("om ").strip()
    deel = _DEEL.search(plat)
    kern = _DEEL.sub("", plat).strip()
    minuten = _digitaal(kern) if _digitaal(kern) is not None else _gesproken(kern)
    if minuten is None:
        return Niet("onleesbaar")
    exact = re.match(r"0|\d\d\D|\d{4}$", kern) is not None
    minuten = _in_dagdeel(minuten, deel[1] if deel else "", exact=exact)
    return time(*divmod(minuten, 60)) if 0 <= minuten < 24 * 60 else Niet("bestaat_niet")


def _digitaal(kern: str) -> int | None:
    """Minutes since midnight of ``9:30``, ``9.30``, ``9u30``, ``0930``; 24:00 and more for a time that cannot be."""
    delen = re.fullmatch(r"(\d{1,2})(?:[:.,]| ?u(?:ur)? ?)(\d{2})(?: uur)?", kern) or re.fullmatch(
        r"(\d{2})(\d{2})", kern
    )
    if delen is None:
        return None
    uur, minuut = int(delen[1]), int(delen[2])
    return uur * 60 + minuut if minuut < 60 else 24 * 60


def _gesproken(kern: str) -> int | None:
    """Minutes since midnight of ``9 uur``, ``half tien``, ``kwart over 9``, ``vijf voor half tien``."""
    woorden = [w for w in kern.split() if w not in {"uur", "u", "minuten", "precies"}]
    heel = re.fullmatch(r"(\d{1,2})u", kern)
    half = 30 if "half" in woorden else 0
    match [w for w in woorden if w != "half"]:
        case _ if heel:
            return int(heel[1]) * 60
        case [uur] if (u := _getal(uur)) is not None and woorden[-1] == uur:
            return u * 60 - half
        case [aantal, "over" | "voor" as kant, uur] if woorden[-1] == uur:
            u, n = _getal(uur), 15 if aantal == "kwart" else _getal(aantal)
            if u is None or n is None or not 0 < n < 30:
                return None
            return u * 60 - half + (n if kant == "over" else -n)
        case _:
            return None


def _in_dagdeel(minuten: int, deel: str, *, exact: bool) -> int:
    """Twelve hours further where the part of the day, or what people mean by it, says so."""
    uur = minuten // 60
    if deel in {"middag", "avond"}:
        return minuten + 720 if uur < 12 else minuten
    if deel == "nacht" and uur == 12:
        return minuten - 720
    return minuten + 720 if not deel and not exact and uur in _MIDDAG else minuten


def lees_duur(tekst: str) -> int | Niet:
    """How long, in minutes: ``90``, ``90 minuten``, ``anderhalf uur``, ``1,5 uur``, ``2 uur``, ``1:30``."""
    plat = vouw(tekst).replace("anderhalf", "1,5").replace("een half uur", "30").replace("half uur", "30")
    minuten: int | None = None
    if kaal := re.fullmatch(r"(\d{1,3})(?: ?m(?:in(?:uut|uten)?)?)?", plat):
        minuten = int(kaal[1])
    elif klok := re.fullmatch(r"(\d{1,2})(?::| ?u(?:ur)? ?(?:en )?)(\d{2})(?: ?m(?:in(?:uten)?)?)?", plat):
        minuten = int(klok[1]) * 60 + int(klok[2])
    elif uren := re.fullmatch(r"(\w{1,6})(?:[.,](5|25|75))? ?u(?:ur|ren)?", plat):
        heel = _getal(uren[1])
        minuten = None if heel is None else heel * 60 + {"5": 30, "25": 15, "75": 45}.get(uren[2] or "", 0)
    if minuten is None:
        return Niet("onleesbaar")
    return minuten if KORT <= minuten <= LANG else Niet("bestaat_niet")


def op_moment(dag: date, klok: time, zone: ZoneInfo) -> Moment | Niet:
    """A local day and time as a moment. 'overgeslagen' for the hour that the clock skips in spring; of the hour that
    comes twice in autumn the first is taken, and said to be.
    """
    lokaal = datetime.combine(dag, klok, zone)
    begin = lokaal.astimezone(UTC)
    if begin.astimezone(zone).replace(tzinfo=None) != lokaal.replace(tzinfo=None):
        return Niet("overgeslagen")
    return Moment(begin, lokaal.replace(fold=1).utcoffset() != lokaal.utcoffset())
