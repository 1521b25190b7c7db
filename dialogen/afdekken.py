"""What may not travel to a translator is covered with tokens, and every token must come back exactly once.

Covered are: names (as marked by who asked), words with a capital within a sentence, times, numbers with their units,
links, addresses, telephone numbers, ``{placeholders}``, and the words of the list (``dialogen/woordenlijst.py``),
which come back as that list has them. A token is a number in double brackets: letters are translated, put in another
case or another script by translators, digits at most become digits of another script, which are read all the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dialogen.teksten.richting import RECHTS_NAAR_LINKS
from dialogen.woordenlijst import GEEN_NAAM, in_taal, zoeker

ISOLEER, EINDE = "\u2068", "\u2069"
"""Around a name in a text that is to be translated: it is kept out, and keeps its own direction in the result."""
EERSTE = 41
"""The number of the first token: two digits, so that no translator writes it as a word."""
MEEST = 50
"""So many tokens a text may have; with more it is not worth translating."""

_EENHEID = r"(?:€|%|°C|km|cm|mm|m²|kg|ml|cl|dl)(?!\w)"  # "uur" and "euro" are words, and are translated
_VAST = re.compile(
    rf"""
    {ISOLEER}[^{ISOLEER}{EINDE}]*{EINDE}                # a name
    | \[+[^\[\]]*\]*|\]+                                # brackets of the text itself
    | \{{[^{{}}]*\}}
    | (?:https?://|www\.)\S+
    | [\w.+-]+@[\w-]+\.[\w.-]+
    | @\w+
    | (?:€[ ]?)?\+?\d(?:[\d .,:/-]*\d)?(?:[ ]?{_EENHEID})?  # a time, a date, an amount, a telephone number
    """,
    re.VERBOSE,
)
_NAAM = re.compile(r"(?<![\w'’-])[^\W\d_][\w'’-]*")
_TERUG = re.compile(r"(?:[\[［【〔]\s*)?[\[［【〔]\s*(\d+)\s*[\]］】〕](?:\s*[\]］】〕])?")
_ONZICHTBAAR = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\ufeff]")


class TekenKwijt(ValueError):
    """A token did not come back exactly once, or one came that was never sent."""


@dataclass(frozen=True, slots=True)
class Afgedekt:
    """A text as it may travel, and by number what stands behind each token."""

    tekst: str
    achter: dict[int, str]

    @property
    def leeg(self) -> bool:
        """Whether there is nothing left to translate."""
        return not any(teken.isalpha() for teken in _TERUG.sub("", self.tekst))


def teken(nummer: int) -> str:
    """How a token is written."""
    return f"[[{nummer}]]"


def dek_af(tekst: str, naar: str) -> Afgedekt:
    """Cover what may not travel. Raises ``TekenKwijt`` when that is more than ``MEEST``."""
    achter: dict[int, str] = {}
    delen: list[str] = []
    tot = 0
    for begin, eind, voluit in _stukken(tekst, naar):
        nummer = EERSTE + len(achter)
        achter[nummer] = voluit
        delen += [tekst[tot:begin], teken(nummer)]
        tot = eind
    if len(achter) > MEEST:
        raise TekenKwijt("te veel namen en getallen")
    return Afgedekt("".join([*delen, tekst[tot:]]), achter)


def _stukken(tekst: str, naar: str) -> Iterator[tuple[int, int, str]]:
    """(begin, end, what stands there afterwards) of everything to cover, in order, none over another."""
    gevonden = [(m.start(), m.end(), _voluit(m[0], naar)) for m in _VAST.finditer(tekst)]
    for m in zoeker().finditer(tekst):
        if (daar := in_taal(m[0], naar)) is not None:
            gevonden.append((m.start(), m.end(), _als(m[0], daar)))
    gevonden += [(m.start(), m.end(), m[0]) for m in _NAAM.finditer(tekst) if _is_naam(tekst, m)]
    tot = 0
    for begin, eind, voluit in sorted(gevonden, key=lambda stuk: (stuk[0], -stuk[1])):
        if begin >= tot:
            yield begin, eind, voluit
            tot = eind


def _voluit(stuk: str, naar: str) -> str:
    """A name keeps its isolates where the rest is read from right to left; elsewhere they do nothing."""
    return stuk if naar in RECHTS_NAAR_LINKS else stuk.strip(ISOLEER + EINDE)


def _als(bron: str, daar: str) -> str:
    """With a capital where the Dutch has one."""
    return daar[:1].upper() + daar[1:] if bron[:1].isupper() else daar


def _is_naam(tekst: str, m: re.Match[str]) -> bool:
    """A word with a capital that does not begin a sentence, nor is one that everybody knows."""
    return m[0][0].isupper() and m[0] not in GEEN_NAAM and not _begint(tekst[: m.start()])


def _begint(ervoor: str) -> bool:
    """Whether a sentence begins after this: nothing, a full stop, a new line, a pictogram."""
    kaal = ervoor.rstrip(" \"'«“‘(¿¡")
    return not kaal or not (kaal[-1].isalnum() or kaal[-1] in ",&-–/+)" + EINDE)


def zet_terug(vertaald: str, afgedekt: Afgedekt) -> str:
    """The result with everything back in its place. Raises ``TekenKwijt``."""
    schoon = _ONZICHTBAAR.sub("", vertaald)
    gezien = Counter(int(m[1]) for m in _TERUG.finditer(schoon))
    if gezien != Counter(dict.fromkeys(afgedekt.achter, 1)):
        raise TekenKwijt("een naam, getal of link kwam niet precies één keer terug")
    return _TERUG.sub(lambda m: afgedekt.achter[int(m[1])], schoon).strip()


def merk_namen(tekst: str, namen: Iterable[str]) -> str:
    """The text with these names isolated wherever they stand as whole words, the longest first."""
    zonder = tekst.replace(ISOLEER, "").replace(EINDE, "")
    zoek = sorted({n.strip() for n in namen if len(n.strip()) > 1}, key=lambda n: (-len(n), n))
    if not zoek:
        return zonder
    patroon = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, zoek))})(?!\w)")
    return patroon.sub(lambda m: f"{ISOLEER}{m[0]}{EINDE}", zonder)


def letters(tekst: str) -> Counter[str]:
    """How many letters of each script (LATIN, ARABIC, CYRILLIC, ETHIOPIC …) stand in a text."""
    return Counter(unicodedata.name(c, "?").partition(" ")[0] for c in tekst if c.isalpha())
