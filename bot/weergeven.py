"""A neutral ``Bericht`` → what a person sees: words in their language, dates written out, within what a channel can.

Times stand in the zone of the reader's location, always with the weekday and the month's name, 24 hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.bestanden import naam_van
from bot.bijlagen import BEWAARD, PLATFORM, beeld_van
from bot.kanalen.basis import Vermogen, Weergave
from dialogen.basis import Bericht, Gegeven, Tekst
from dialogen.teksten import eenheden, zin
from dialogen.teksten.richting import RECHTS_NAAR_LINKS, los
from opslag.werkdagen import zone

TIJDZONE = "Europe/Amsterdam"
_DATUM = {"es": "EEEE d 'de' MMMM", "pt": "EEEE, d 'de' MMMM", "tr": "d MMMM EEEE"}


def weergave(bericht: Bericht, taal: str, vermogen: Vermogen, vervangt: str = "", tijdzone: str = TIJDZONE) -> Weergave:
    """The message as this channel shows it. More choices than buttons and rows become numbered replies."""
    tekst = "\n".join(in_woorden(t, taal, tijdzone) for t in bericht.teksten)
    knoppen = tuple((_kort(in_woorden(k.label, taal, tijdzone), vermogen.label), k.data) for k in bericht.knoppen)
    if len(knoppen) > max(vermogen.knoppen, vermogen.lijst):
        tekst, knoppen = tekst + "\n" + _genummerd(knoppen), ()
    kan = vervangt if vermogen.bewerken else ""
    rtl = taal in RECHTS_NAAR_LINKS
    beeld = beeld_van(bericht.beeld) if bericht.beeld else None
    return Weergave(
        _kort(tekst, vermogen.tekst), knoppen, bericht.media, kan, rtl, taal, naam_van(bericht.bestand),
        beeld=beeld if vermogen.beeld else None, alt=alt(bericht.beeld, taal) if beeld else "",
    )  # fmt: skip


def alt(beeld: str, taal: str) -> str:
    """What is on a picture, in words; every picture with a father says the same."""
    return zin(taal, "beeld.foto" if beeld.startswith((BEWAARD, PLATFORM)) else f"beeld.{beeld.partition('_')[0]}")


def delen(beeld: Weergave, bijschrift: int | None) -> tuple[Weergave, ...]:
    """One message as the messages it takes where only so much text (UTF-16 units) stands under one sound or picture:
    sound first, then a picture, and the words with the buttons under the last that they fit.
    """
    if bijschrift is None:
        return (beeld,)
    kaal = replace(beeld, tekst="", knoppen=(), vervangt="", media="", geluid=None, beeld=None, alt="")
    past, uit = eenheden(beeld.tekst) <= bijschrift, []
    if beeld.geluid and (beeld.media or beeld.beeld or not past):
        uit.append(replace(kaal, geluid=beeld.geluid))
        beeld = replace(beeld, geluid=None)
    if beeld.media and (beeld.beeld or not past):
        uit.append(replace(kaal, media=beeld.media))
        beeld = replace(beeld, media="")
    if beeld.beeld and not past:
        uit.append(replace(kaal, beeld=beeld.beeld, alt=beeld.alt))
        beeld = replace(beeld, beeld=None, alt="")
    return (*uit, beeld)


def in_woorden(tekst: Tekst, taal: str, tijdzone: str = TIJDZONE) -> str:
    """One text in a language, its placeholders filled; what is filled in cannot bring placeholders of its own."""
    if tekst.sleutel == "=":
        return str(tekst.gegevens["tekst"])
    if not tekst.gegevens:
        return zin(taal, tekst.sleutel)
    return _gevuld(tekst.sleutel, tuple(tekst.gegevens.items()), taal, tijdzone)


@lru_cache(1024)  # many are told the same at the same time
def _gevuld(sleutel: str, waarden: tuple[tuple[str, Gegeven], ...], taal: str, tijdzone: str) -> str:
    gegevens = dict(waarden)
    return zin(taal, sleutel, gegevens).format_map(_Gevuld(gegevens, taal, tijdzone))


class _Gevuld(dict[str, str]):
    def __init__(self, gegevens: Mapping[str, Gegeven], taal: str, tijdzone: str) -> None:
        super().__init__((naam, los(_als_tekst(waarde, taal), taal)) for naam, waarde in gegevens.items())
        for naam, waarde in gegevens.items():
            if isinstance(waarde, datetime):
                voor = "" if naam == "begin" else f"{naam}_"
                lokaal = waarde.astimezone(zone(tijdzone))
                self[f"{voor}dag"] = los(dag(lokaal, taal), taal)
                self[f"{voor}tijd"] = los(f"{lokaal:%H:%M}", taal)

    def __missing__(self, naam: str) -> str:
        return ""


def _als_tekst(waarde: Gegeven, taal: str) -> str:
    """Digits are those of telephones and clocks here (0-9) in every language; from a thousand on in groups of three."""
    if isinstance(waarde, int) and abs(waarde) >= 1000:
        return format_decimal(waarde, locale=_locale(taal))
    return str(waarde)


@cache
def _locale(taal: str) -> Locale:
    try:
        return Locale.parse(taal)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("nl")


@lru_cache(1024)  # many are told of the same moment
def dag(lokaal: datetime, taal: str) -> str:
    """Weekday, day and month in words: "dinsdag 8 december"."""
    return format_date(lokaal, _DATUM.get(taal, "EEEE d MMMM"), locale=_locale(taal))


def _kort(tekst: str, meest: int) -> str:
    if eenheden(tekst) <= meest:
        return tekst
    while eenheden(tekst) > meest - 1:
        tekst = tekst[:-1]
    return tekst.rstrip("\u200d\ufe0f ") + "…"


def _genummerd(knoppen: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"{nummer}. {label}" for nummer, (label, _) in enumerate(knoppen, 1))
