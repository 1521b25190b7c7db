"""The words of our trade in every language, read from ``teksten/woordenlijst.toml``: always said the same way, and an
explanation under Dutch words that nobody translated.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from dialogen.begrijpen import zonder_beeld
from dialogen.teksten import BRON, woorden, zin


def _lees() -> tuple[frozenset[str], dict[str, dict[str, str]], dict[str, str]]:
    inhoud = tomllib.loads(resources.files("dialogen.teksten").joinpath("woordenlijst.toml").read_text("utf-8"))
    per_woord = {
        woord: {t: v for t, v in rij.items() if isinstance(v, str)} for woord, rij in inhoud["woorden"].items()
    }
    vormen = {vorm: woord for woord, rij in inhoud["woorden"].items() for vorm in (woord, *rij["meervoud"])}
    return frozenset(inhoud["geen_naam"]), per_woord, vormen


GEEN_NAAM: frozenset[str]
"""Dutch words with a capital that are nobody's name."""
WOORDEN: Mapping[str, Mapping[str, str]]
"""Dutch word → language → what it is called there."""
VORMEN: Mapping[str, str]
"""Dutch form → the word it is a form of."""
GEEN_NAAM, WOORDEN, VORMEN = _lees()


@cache
def zoeker() -> re.Pattern[str]:
    """Finds a word of the list in a Dutch text, the longest first, whole words only."""
    vormen = sorted(VORMEN, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, vormen))})(?![\w'’])", re.IGNORECASE)


def in_taal(gevonden: str, taal: str) -> str | None:
    """What a form found in a Dutch text is called in this language, None where the list has no word for it."""
    return WOORDEN[VORMEN[gevonden.casefold()]].get(taal)


def gebruikt(tekst: str, taal: str) -> str:
    """What the list puts into a translation of this text, '' for nothing: when that changes, it is made anew."""
    paren = {w: in_taal(w, taal) for w in sorted({m[0].casefold() for m in zoeker().finditer(tekst)})}
    return "|".join(f"{woord}={daar}" for woord, daar in paren.items() if daar)


def uitleg(tekst: str, taal: str, soort: str = "") -> str:
    """What can be said of Dutch words in another language without translating them: the kind of activity, and the
    words of the list that stand in it. '' when there is nothing to say, or the language is Dutch.
    """
    return " · ".join(dict.fromkeys(_uitleg(tekst, taal, soort))) if taal != BRON else ""


def _uitleg(tekst: str, taal: str, soort: str) -> Iterator[str]:
    if soort != "anders" and f"soort.{soort}" in woorden(taal):
        yield zonder_beeld(zin(taal, f"soort.{soort}"))
    for gevonden in zoeker().finditer(tekst):
        woord = gevonden[0].casefold()
        if VORMEN[woord] != soort and (daar := in_taal(woord, taal)):
            yield f"{woord}: {daar}"
