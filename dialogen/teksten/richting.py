"""Left to right and right to left in one text: what is filled in must not turn the words around it."""

from __future__ import annotations

import unicodedata

RECHTS_NAAR_LINKS = frozenset({"ar", "ary", "fa", "ckb", "ps"})
ISOLEER, EINDE = "\u2068", "\u2069"
"""First-strong isolate and its end (Unicode's UAX #9): what stands between keeps its own direction."""


def is_rechts(tekst: str) -> bool:
    """Whether there is a letter or number in it that is written from right to left."""
    return not tekst.isascii() and any(unicodedata.bidirectional(teken) in {"R", "AL", "AN"} for teken in tekst)


def los(waarde: str, taal: str) -> str:
    """A name, place or time to put into a text of this language, set apart where directions may meet."""
    if not waarde or not (taal in RECHTS_NAAR_LINKS or is_rechts(waarde)):
        return waarde
    return f"{ISOLEER}{waarde}{EINDE}"
