"""The words. One gettext catalogue per language, keyed (``msgid`` is the key), Dutch as source.

Read with a small parser, so that a deployment needs no compiled files beside the ones translators work on; the
format is checked with Babel in the tests and by ``inloop controleer``.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dialogen.teksten.meervoud import vorm

BRON = "nl"
_REGEL = re.compile(r'^(msgid|msgstr|msgid_plural|msgstr\[\d+\])?\s*("[^\0]*")\s*$')


def eenheden(tekst: str) -> int:
    """Length in UTF-16 units, as Telegram and WhatsApp count."""
    return len(tekst.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class Blok:
    """One entry of a catalogue. ``telt`` names the placeholder whose number chooses among ``vormen`` ('' where there
    is one form); ``merk`` is who made it: 'machine', 'checked', or '' where it does not say.
    """

    sleutel: str
    vormen: tuple[str, ...]
    telt: str = ""
    merk: str = ""


@cache
def catalogus(taal: str) -> Mapping[str, Blok]:
    """Key → entry of one language; empty for a language without a catalogue."""
    bestand = resources.files(__package__).joinpath(f"{taal}.po")
    return {blok.sleutel: blok for blok in blokken(bestand.read_text("utf-8"))} if bestand.is_file() else {}


@cache
def woorden(taal: str) -> Mapping[str, str]:
    """Key → text of one language, of a text that counts its general form; empty for one without a catalogue."""
    return {sleutel: blok.vormen[-1] for sleutel, blok in catalogus(taal).items()}


def lees_po(inhoud: str) -> dict[str, str]:
    """Key → text of a catalogue; see ``blokken``."""
    return {blok.sleutel: blok.vormen[-1] for blok in blokken(inhoud)}


def blokken(inhoud: str) -> Iterator[Blok]:
    """The entries of a catalogue; those with a text left out, or marked fuzzy, are not there.

    Raises ``ValueError`` on a line that is no part of the format.
    """
    for blok in re.split(r"\n\s*\n", inhoud):
        velden = _velden(blok)
        vormen = tuple(tekst for veld, tekst in velden.items() if veld.startswith("msgstr"))
        if velden.get("msgid") and all(vormen):
            telt = velden.get("msgid_plural", "").strip("{}")
            yield Blok(velden["msgid"], vormen, telt, _merk(blok))


def _merk(blok: str) -> str:
    merken = re.findall(r"^#\. *(machine|checked) *$", blok, re.MULTILINE)
    return merken[0] if len(merken) == 1 else ""


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


def zin(taal: str, sleutel: str, gegevens: Mapping[str, object] | None = None) -> str:
    """The text in the language asked for, else in Dutch; of one that counts, the form for the number that ``gegevens``
    gives (without one the general form). Raises ``KeyError`` for a key without Dutch words.
    """
    eigen = sleutel in catalogus(taal)
    blok = catalogus(taal if eigen else BRON)[sleutel]
    if blok.telt and isinstance(aantal := (gegevens or {}).get(blok.telt), int):
        return blok.vormen[min(vorm(taal if eigen else BRON, aantal), len(blok.vormen) - 1)]
    return blok.vormen[-1]


@cache
def velden(sleutel: str) -> frozenset[str]:
    """The ``{placeholders}`` of a key, from the Dutch."""
    return frozenset().union(*map(velden_van, catalogus(BRON)[sleutel].vormen))


def velden_van(tekst: str) -> frozenset[str]:
    """The ``{placeholders}`` of a text. Raises ``ValueError`` for a broken one."""
    return frozenset(naam for _, naam, _, _ in string.Formatter().parse(tekst) if naam is not None)


@cache
def talen() -> tuple[str, ...]:
    """The languages that are written: those that have a catalogue, in the order of ``TALEN``, Dutch first."""
    return tuple(code for code in TALEN if woorden(code))


def schrijftaal(taal: str | None, tweede: str | None = None) -> str:
    """The language we write in to who chose ``taal``: of one that is only spoken the second language, else Dutch."""
    gekozen = tweede if taal in GESPROKEN else taal
    return BRON if gekozen is None or gekozen in GESPROKEN else gekozen or BRON


def taalnaam(taal: str, tweede: str | None = None) -> str:
    """A language by its own name, and the one we write in beside one that is only spoken."""
    naam = TALEN.get(taal, taal)
    return f"{naam}, {TALEN.get(schrijf, schrijf)}" if (schrijf := schrijftaal(taal, tweede)) != taal else naam


TALEN: Mapping[str, str] = {
    "nl": "Nederlands",
    "en": "English",
    "tr": "Türkçe",
    "ar": "العربية",
    "ary": "الدارجة",
    "rif": "Tarifit",
    "pl": "Polski",
    "uk": "Українська",
    "ti": "ትግርኛ",
    "so": "Soomaali",
    "fa": "فارسی",
    "es": "Español",
}
"""The languages a parent can choose, each by its name in its own script (docs/talen.md)."""

GESPROKEN = frozenset({"ary", "rif"})
"""Those that are spoken only: there are recordings in them, and no words (``schrijftaal``)."""
