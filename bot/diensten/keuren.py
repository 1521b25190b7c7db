"""Whether what a translator returned can be shown to a parent. What cannot be told for certain passes."""

from __future__ import annotations

import re

from bot.diensten.basis import Vertaalfout
from dialogen.afdekken import letters

LANGER = 4
"""A translation is at most so many times as long as its source (a short one counts as twenty characters)."""
MEEST = 3500
"""Characters of a translation at most: with its original it must fit a message (4,096 in Telegram's Bot API)."""
_HTML = re.compile(r"<\s*(?:!doctype|/?[a-z][a-z0-9]*[\s>/])", re.IGNORECASE)
SCHRIFT = {"ar": "ARABIC", "fa": "ARABIC", "uk": "CYRILLIC", "ti": "ETHIOPIC"}
"""The script of a language; those that are not here are written in LATIN."""
_VREEMD = {"uk": "ыэёъ", "ar": "پچژگ", "fa": "ة"}
"""Letters that another language in the same script has, and this one does not (Russian, Persian, Arabic)."""
_KLEIN = {
    "nl": "de het een en van je niet met voor om kom ook zijn wij naar",
    "en": "the and of you your with for is are we to this that come",
    "tr": "ve bir bu için ile siz de da çok gelin var olarak daha",
    "pl": "i w na się nie jest z do że dla jak razem o",
    "so": "iyo waa ka ku la oo si aan waxaan uu ay soo",
    "es": "el la los de y que para con una por es en su",
}
"""The small words that every longer text of a language has."""


def keur(bron: str, vertaald: str, naar: str) -> str:
    """The translation without space around it. Raises ``Vertaalfout`` when it cannot be what was asked.

    ``bron`` and ``vertaald`` have their tokens still in them: only what was really translated is looked at.
    """
    tekst = vertaald.strip()
    if not tekst:
        raise Vertaalfout("leeg", afgekeurd=True)
    if _HTML.search(tekst) and not _HTML.search(bron):
        raise Vertaalfout("html", afgekeurd=True)
    if len(tekst) > min(MEEST, LANGER * max(len(bron), 20)):
        raise Vertaalfout("te_lang", afgekeurd=True)
    if _ander_schrift(tekst, naar) or _andere_taal(tekst, naar, bron):
        raise Vertaalfout("andere_taal", afgekeurd=True)
    return tekst


def _ander_schrift(tekst: str, naar: str) -> bool:
    """Most letters are of another script than this language is written in; a few letters say nothing."""
    per = letters(tekst)
    totaal = sum(per.values())
    return totaal > 2 and per[SCHRIFT.get(naar, "LATIN")] * 2 < totaal


def _andere_taal(tekst: str, naar: str, bron: str) -> bool:
    if sum(tekst.count(teken) for teken in _VREEMD.get(naar, "")) > 1:
        return True
    if naar in SCHRIFT or tekst == bron.strip():  # words that are the same in both languages are left as they are
        return False
    woorden = re.findall(r"\w+", tekst.casefold())
    keren = {taal: sum(w in klein.split() for w in woorden) for taal, klein in _KLEIN.items()}
    return keren.get(naar, 0) == 0 and max(keren.values()) > 2
