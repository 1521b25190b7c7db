"""Hints for who writes an invitation: what may keep parents away, with something else to write. Never a prohibition.

Pure: the words are data (``teksten/hints.toml``), counts come from the office, the clock is passed in. Dutch only,
because that is what staff write in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from dialogen.basis import Tekst
from dialogen.kantoor import Activiteit, Telling
from dialogen.publiek import DAGDELEN

MEEST = 5
"""So many hints at once: more is a wall, and who solves one sees the next."""
MEEST_WOORDEN = 12
"""A longer sentence is called long. A municipality asks at most 10 words a sentence for level A2
(https://site.dijkenwaard.nl/huisstijl/heldere-taal/taalniveau-a2), advice for B1 is at most 12
(https://www.decommunicatieassistent.nl/schrijf-teksten-op-taalniveau-b1/); with 10 we would nag about good ones."""
DAGEN = 14
"""A parent who works in shifts has to ask for a free morning."""
GENOEG = 5
"""Counts of fewer parents say nothing, and would say who."""

VOLGORDE = (
    "beeld", "achterstand", "moeder", "boodschapper", "druk", "lezen", "tijd", "kort_dag", "getal", "gevraagd", "lang",
    "moeilijk",
)  # fmt: skip
"""The codes, what hurts people first, what only reads less well last."""
TEKSTVELDEN = ("titel", "titel_vaders", "gevraagd")
"""What parents read as sentences."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint. ``code`` is unique within an activity, ``veld`` is where (a field of ``Activiteit``), ``woorden`` is
    what was found there, ``teksten`` is what the colleague reads: what it is, why, and what else to write."""

    code: str
    veld: str
    woorden: tuple[str, ...]
    teksten: tuple[Tekst, ...]


@dataclass(frozen=True, slots=True)
class Woord:
    """A word of the list: how it looks, what to write instead, and why."""

    vorm: re.Pattern[str]
    beter: str
    waarom: str


@dataclass(frozen=True, slots=True)
class Soort:
    """One kind of words: where it looks, what is fine although it looks alike, and what quiets it."""

    velden: tuple[str, ...]
    woorden: tuple[Woord, ...]
    niet: tuple[re.Pattern[str], ...]
    tenzij: tuple[re.Pattern[str], ...]


def hints(
    activiteit: Activiteit,
    tellingen: Sequence[Telling],
    nu: datetime,
    tijdzone: str,
    *,
    voor: str = "iedereen",
    laten: Collection[str] = (),
) -> tuple[Hint, ...]:
    """At most ``MEEST`` hints about an invitation, the most important first, without the codes in ``laten``.

    ``nu`` is UTC, ``tijdzone`` the location's; ``voor`` is for whom it is sent ('iedereen', 'vaders', …).
    """
    gevonden = [h for h in alle(activiteit, tellingen, nu, tijdzone, voor=voor) if h.code not in laten]
    return tuple(gevonden[:MEEST])


def alle(
    activiteit: Activiteit, tellingen: Sequence[Telling], nu: datetime, tijdzone: str, *, voor: str = "iedereen"
) -> tuple[Hint, ...]:
    """Every hint about an invitation, one per code, the most important first."""
    begin = activiteit.begin.astimezone(ZoneInfo(tijdzone))
    gevonden = [
        *_woorden(activiteit),
        *_getallen(activiteit),
        *_lang(activiteit),
        *_kort_dag(begin, nu.astimezone(begin.tzinfo)),
        *_tijd(begin, _genodigd(activiteit, tellingen, voor)),
    ]
    if not activiteit.gevraagd.strip():
        gevonden.append(Hint("gevraagd", "gevraagd", (), (Tekst("hint.gevraagd"),)))
    return tuple(sorted(gevonden, key=lambda h: VOLGORDE.index(h.code)))


def over_tekst(tekst: str) -> tuple[Hint, ...]:
    """The hints about words that are no invitation (an own tip), the most important first, at most ``MEEST``."""
    los = Activiteit(0, 0, tekst, "", "", datetime.min.replace(tzinfo=UTC), 0, "")
    gevonden = [*_woorden(los), *_getallen(los), *_lang(los)]
    return tuple(sorted(gevonden, key=lambda h: VOLGORDE.index(h.code))[:MEEST])


def _woorden(activiteit: Activiteit) -> Iterator[Hint]:
    for code, soort in woordenlijst().items():
        for veld in soort.velden:
            if gevonden := zoek(soort, getattr(activiteit, veld)):
                yield _woordhint(code, veld, gevonden)
                break


def _woordhint(code: str, veld: str, gevonden: Mapping[str, Woord]) -> Hint:
    """The first word with its reason; of hard words the first three, because one reason says little there."""
    eerste, woord = next(iter(gevonden.items()))
    tekst = Tekst("hint.woord", {"woord": eerste, "beter": woord.beter, "waarom": woord.waarom})
    if code == "moeilijk":
        lijst = ", ".join(f"{w} → {uit.beter}" for w, uit in list(gevonden.items())[:3])
        tekst = Tekst("hint.moeilijk", {"lijst": lijst})
    return Hint(code, veld, tuple(gevonden), (tekst,))


def zoek(soort: Soort, tekst: str) -> dict[str, Woord]:
    """The words of one kind in a text, as they stand there, in the order of the text; each place counts once."""
    if any(t.search(tekst) for t in soort.tenzij):
        return {}
    bezet = [m.span() for vorm in soort.niet for m in vorm.finditer(tekst)]
    gevonden: dict[tuple[int, int], Woord] = {}
    for woord in soort.woorden:
        for m in woord.vorm.finditer(tekst):
            if not any(m.start() < eind and begin < m.end() for begin, eind in bezet):
                bezet.append(m.span())
                gevonden[m.span()] = woord
    return {tekst[begin:eind]: gevonden[begin, eind] for begin, eind in sorted(gevonden)}


_MAANDDAG = r"(?:0?[1-9]|[12]\d|3[01])"
_MAAND = r"(?:0?[1-9]|1[0-2])"
_UUR = r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\d{1,2})"
_GETAL = re.compile(
    rf"(?<![\w/.-])(?<!groep )(?<!groepen ){_MAANDDAG}(?:[-/]{_MAAND}(?:[-/](?:20)?\d\d)?|\.{_MAAND}\.(?:20)?\d\d)"
    r"(?![\w/-])(?!\s*(?:jaar|jarige|maanden|weken|dagen|minuten|uur|euro|kinderen|ouders|personen|mensen|keer))"
    rf"|\bhalf {_UUR}\b|\b(?:kwart|vijf|tien) (?:voor|over) (?:half )?{_UUR}\b|\b\d{{1,2}}u(?:\d\d)?\b",
    re.IGNORECASE,
)
"""A date in figures ("8-12", "8/12/2026", "8.12.2026") or a time in words ("half tien"); not an age or a group."""


def _getallen(activiteit: Activiteit) -> Iterator[Hint]:
    for veld in TEKSTVELDEN:
        if gevonden := tuple(m[0] for m in _GETAL.finditer(getattr(activiteit, veld))):
            yield Hint("getal", veld, gevonden, (Tekst("hint.getal", {"woord": gevonden[0]}),))
            return


def _lang(activiteit: Activiteit) -> Iterator[Hint]:
    for veld in TEKSTVELDEN:
        for zin in re.split(r"[.!?…]+(?:\s|$)|\n", getattr(activiteit, veld)):
            woorden = re.findall(r"\w[\w'’.:-]*", zin)
            if len(woorden) > MEEST_WOORDEN:
                begin = " ".join(zin.split()[:4])
                yield Hint("lang", veld, (zin.strip(),), (Tekst("hint.lang", {"zin": begin, "aantal": len(woorden)}),))
                return


def _kort_dag(begin: datetime, nu: datetime) -> Iterator[Hint]:
    dagen = (begin.date() - nu.date()).days
    if dagen < DAGEN:
        yield Hint("kort_dag", "begin", (), (Tekst("hint.kort_dag", {"aantal": DAGEN}),))


def dagdeel(lokaal: datetime) -> str:
    """The part of the day as parents were asked: 'weekend' on Saturday and Sunday, else by the clock."""
    if lokaal.weekday() >= 5:
        return "weekend"
    return "ochtend" if lokaal.hour < 12 else "middag" if lokaal.hour < 17 else "avond"


def _genodigd(activiteit: Activiteit, tellingen: Sequence[Telling], voor: str) -> list[Telling]:
    """Who of the counted would be invited and said when they are free."""
    groepen = set(activiteit.groepen)
    return [
        t
        for t in tellingen
        if t.dagdelen
        and t.stand != "gestopt"
        and (not groepen or groepen & t.groepen)
        and (t.rol == "vader" or "vaders" not in voor.split(","))
    ]


def _tijd(begin: datetime, genodigd: Sequence[Telling]) -> Iterator[Hint]:
    """Of the fathers or of the mothers fewer than half are free then."""
    per_rol = {rol: _weinig(rol, dagdeel(begin), [t for t in genodigd if t.rol == rol]) for rol in ("vader", "moeder")}
    if rollen := tuple(rol for rol, gezegd in per_rol.items() if gezegd):
        yield Hint("tijd", "begin", rollen, sum(per_rol.values(), ()))


def _weinig(rol: str, dan: str, tellingen: Sequence[Telling]) -> tuple[Tekst, ...]:
    """How few of a role are free ``dan``, and the part of the day that suits more of them; () when it suits half."""
    vrij = {deel: sum(t.aantal for t in tellingen if deel in t.dagdelen) for deel in DAGDELEN}
    totaal = sum(t.aantal for t in tellingen)
    if totaal < GENOEG or 2 * vrij[dan] >= totaal:
        return ()
    best = max(DAGDELEN, key=lambda deel: vrij[deel])
    weinig = Tekst(f"hint.tijd.{rol}", {"aantal": vrij[dan], "totaal": totaal})
    liever = Tekst(f"hint.liever.{best}", {"aantal": vrij[best]})
    return (weinig, liever) if vrij[best] > vrij[dan] else (weinig,)


@cache
def woordenlijst() -> Mapping[str, Soort]:
    """Every kind of words by its code. Raises ``KeyError`` on an entry without ``beter`` or ``waarom``."""
    inhoud = tomllib.loads(resources.files("dialogen.teksten").joinpath("hints.toml").read_text("utf-8"))
    return {
        code: Soort(
            tuple(deel["velden"]),
            tuple(Woord(patroon(w), uit["beter"], uit["waarom"]) for w, uit in deel["woorden"].items()),
            tuple(patroon(w) for w in deel.get("niet", {})),
            tuple(patroon(w) for w in deel.get("tenzij", ())),
        )
        for code, deel in inhoud.items()
    }


_LETTERS = r"[\w'’-]*"


def patroon(geschreven: str) -> re.Pattern[str]:
    """A word as the list writes it (``*``, ``…``, ``|`` and the comma) → what finds it, upper or lower case.

    >>> patroon("lees … brief|mail").search("Lees eerst de mail")[0]
    'Lees eerst de mail'
    """
    manieren = "|".join(_manier(deel.strip().split()) for deel in geschreven.split(","))
    return re.compile(rf"(?<![\w'’-])(?:{manieren})(?![\w'’-])", re.IGNORECASE)


def _manier(delen: Sequence[str]) -> str:
    stukken = [
        r"(?:[\w'’-]+,?\s+){0,4}?" if deel == "…" else f"(?:{re.escape(deel)})" + r"\s+" * (nummer < len(delen))
        for nummer, deel in enumerate(delen, 1)
    ]
    return "".join(stukken).replace(r"\*", _LETTERS).replace(r"\|", "|")
