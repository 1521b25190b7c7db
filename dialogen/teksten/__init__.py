"""The words. One gettext catalogue per language, keyed (``msgid`` is the key), Dutch as source.

Read with a small parser, so that a deployment needs no compiled files beside the ones translators work on; the
format is checked with Babel in the tests and by ``inloop controleer``.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Mapping
from functools import cache
from importlib import resources

BRON = "nl"
_REGEL = re.compile(r'^(msgid|msgstr|msgid_plural|msgstr\[\d+\])?\s*("[^\0]*")\s*$')


def eenheden(tekst: str) -> int:
    """Length in UTF-16 units, as Telegram and WhatsApp count."""
    return len(tekst.encode("utf-16-le", "surrogatepass")) // 2


@cache
def woorden(taal: str) -> Mapping[str, str]:
    """Key → text of one language; empty for a language without a catalogue."""
    bestand = resources.files(__package__).joinpath(f"{taal}.po")
    return lees_po(bestand.read_text("utf-8")) if bestand.is_file() else {}


def lees_po(inhoud: str) -> dict[str, str]:
    """Key → text of a catalogue; entries without a text or marked fuzzy are left out.

    Raises ``ValueError`` on a line that is no part of the format.
    """
    gevonden: dict[str, str] = {}
    for blok in re.split(r"\n\s*\n", inhoud):
        velden = _velden(blok)
        if velden.get("msgid") and velden.get("msgstr"):
            gevonden[velden["msgid"]] = velden["msgstr"]
    return gevonden


def _velden(blok: str) -> dict[str, str]:
    # A string of a catalogue is one of JSON. Not by Python's own parser: in 3.11 two threads that parse at once can
    # make each other fail (SystemError), and catalogues are first read in whatever thread handles a turn.
    velden: dict[str, str] = {}
    veld = ""
    for regel in blok.split("\n"):
        if regel.startswith("#, ") and "fuzzy" in regel:
            return {}
        if not regel.strip() or regel.startswith("#"):
            continue
        deel = _REGEL.match(regel)
        try:
            tekst = str(json.loads(deel[2] if deel else "", strict=False))
        except ValueError:
            deel = None
        if deel is None:
            raise ValueError(f"geen regel van een catalogus: {regel[:60]!r}")
        veld = deel[1] or veld
        velden[veld] = velden.get(veld, "") + tekst
    return velden


def zin(taal: str, sleutel: str) -> str:
    """The text in the language asked for, else in Dutch. Raises ``KeyError`` for a key without Dutch words."""
    return woorden(taal).get(sleutel) or woorden(BRON)[sleutel]


@cache
def velden(sleutel: str) -> frozenset[str]:
    """The ``{placeholders}`` of a key, from the Dutch."""
    return frozenset(naam for _, naam, _, _ in string.Formatter().parse(zin(BRON, sleutel)) if naam)


@cache
def talen() -> tuple[str, ...]:
    """The languages that have a catalogue, Dutch first, then in the order of ``TALEN``."""
    return tuple(code for code in TALEN if woorden(code))


TALEN: Mapping[str, str] = {
    "nl": "Nederlands",
    "en": "English",
    "tr": "Türkçe",
    "ar": "العربية",
    "pl": "Polski",
    "uk": "Українська",
    "ti": "ትግርኛ",
    "so": "Soomaali",
    "fa": "فارسی",
    "es": "Español",
}
"""The languages of the first ten, each by its name in its own script (docs/talen.md)."""

RECHTS_NAAR_LINKS = frozenset({"ar", "ary", "fa", "ckb", "ps"})
