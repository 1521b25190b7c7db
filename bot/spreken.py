"""What is read → what is said: pictograms and marks left out, times and numbers as words, the choices at the end.

A listener hears a message from its words as they are shown, so that what is heard is what is written. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

from bot.weergeven import TIJDZONE, dag, in_woorden
from dialogen.basis import Bericht, Tekst
from dialogen.begrijpen import zonder_beeld
from dialogen.teksten import zin

KEUZES = 10
"""So many choices are said at most; who hears more forgets the first."""
_RICHTING = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\bt\.me/\S+")
_MAIL = re.compile(r"\S+@\S+\.\w+")
_TIJD = re.compile(r"(?<![\d:.,€])(?<!€ )(\d{1,2})[:.](\d{2})(?!\d|[:.,]\d)")
_DATUM = re.compile(r"(?<!\d)(\d{1,2})[-/](\d{1,2})[-/](\d{4})(?!\d)")
_TELEFOON = re.compile(r"(?<!\d)\+?\d(?:[ -]?\d){8,13}(?!\d)")
_MEER = re.compile(r"(?<!\d)(\d{1,3})\+")
_STREEP = re.compile(r"(?<![\w/])/(?=[^\W\d])")  # /menu
_EINDE = ".!?…:;,،؟؛።"
_GEZICHT: Mapping[str, str] = {"😀": "spreek.blij", "😐": "spreek.gewoon", "🙁": "spreek.jammer"}
_SCHRIFT: Mapping[str, frozenset[str]] = {
    "uk": frozenset({"CYRILLIC"}),
    "ti": frozenset({"ETHIOPIC"}),
    **dict.fromkeys(("ar", "ary", "fa"), frozenset({"ARABIC"})),
}
"""The script of a language beside the Latin one. A voice would spell the letters of another, one by one."""


def hardop(tekst: str, taal: str) -> str:
    """Words as they are shown → as they are said in this language; '' when nothing can be said."""
    for gezicht, sleutel in _GEZICHT.items():
        tekst = tekst.replace(gezicht, zin(taal, sleutel)) if tekst.strip() == gezicht else tekst
    tekst = _RICHTING.sub("", tekst)
    tekst = _LINK.sub(zin(taal, "spreek.link"), _MAIL.sub(zin(taal, "spreek.link"), tekst))
    tekst = _STREEP.sub("", tekst)
    regels = (_zin(_getallen(zonder_beeld(regel), taal), taal) for regel in tekst.splitlines())
    return " ".join(regel for regel in regels if regel)


def _getallen(tekst: str, taal: str) -> str:
    tekst = _DATUM.sub(lambda m: _datum(m, taal), tekst)
    tekst = _TELEFOON.sub(lambda m: ", ".join(_cijfers(m[0])), tekst)
    tekst = _TIJD.sub(lambda m: _tijd(m, taal), tekst)
    return _MEER.sub(lambda m: zin(taal, "spreek.meer").format(aantal=m[1]), tekst)


def tijd(uur: int, minuten: int, taal: str) -> str:
    """The time as it is said, by the 24-hour clock: "9 uur 30", "9 uur"; never "half tien"."""
    return zin(taal, "spreek.tijd" if minuten else "spreek.tijd.heel").format(uur=uur, minuten=minuten)


def _tijd(gevonden: re.Match[str], taal: str) -> str:
    uur, minuten = map(int, gevonden.groups())
    return tijd(uur, minuten, taal) if uur <= 24 and minuten <= 59 else gevonden[0]


def _datum(gevonden: re.Match[str], taal: str) -> str:
    nummer, maand, jaar = map(int, gevonden.groups())
    try:
        return dag(datetime(jaar, maand, nummer, tzinfo=UTC), taal)
    except ValueError:
        return gevonden[0]


def _cijfers(nummer: str) -> list[str]:
    """A telephone number, each digit by itself, in the groups in which it is written."""
    return [" ".join(groep) for groep in re.split(r"[ -]", nummer.replace("+", "0 0 ").strip()) if groep.strip()]


def _zin(regel: str, taal: str) -> str:
    """A line as a sentence: no bullets, no letters that the voice does not know, an end where one breathes."""
    kaal = "".join(c if _zegbaar(c, taal) else " " for c in re.sub(r"\s*[·•|–—→]\s*", ", ", regel))
    kaal = re.sub(r"\s+([.,!?…:;،؟؛])", r"\1", " ".join(kaal.split())).strip(" ,-*_~")
    if not any(unicodedata.category(c)[0] in "LN" for c in kaal):
        return ""
    return kaal if kaal[-1] in _EINDE else kaal + "."


@cache
def _zegbaar(teken: str, taal: str) -> bool:
    soort = unicodedata.category(teken)
    if soort[0] not in "LM":
        return soort[0] in "NPZ" or teken in "+€%&=\u200c"
    schrift = unicodedata.name(teken, "").split(" ")[0]
    return schrift in {"LATIN", "COMBINING"} or schrift in _SCHRIFT.get(taal, ())


def gezegd(tekst: Tekst, taal: str, tijdzone: str = TIJDZONE) -> str:
    """One paragraph as it is said."""
    return hardop(in_woorden(tekst, taal, tijdzone), taal)


def keuzes(bericht: Bericht, taal: str, tijdzone: str = TIJDZONE) -> str:
    """What can be chosen, as it is said: "Kies: Ik kom, Misschien, Ik kan niet."; '' without choices.

    Names of languages are left out: each can be heard in its own.
    """
    labels = (k.label for k in bericht.knoppen if not k.label.sleutel.startswith("taal."))
    gesproken = [hardop(in_woorden(label, taal, tijdzone), taal).rstrip(".:,") for label in labels]
    lijst = [label for label in gesproken if label][:KEUZES]
    return zin(taal, "spreek.kies").format(keuzes=", ".join(lijst)) if lijst else ""
