"""🔊: which message is to be heard, and how one is known again from what stands on the screen. Pure.

Nothing more is kept of a parent for it. The button carries what a recording would be of; the words come back with the
press, from the chat they stand in, and are known by the catalogue.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import cache

from dialogen.basis import Bericht, Knop, Tekst
from dialogen.teksten import BRON, catalogus, velden, woorden
from dialogen.vertaald import ORIGINEEL

HOOR = "🔊"
DIT = "hoor.dit"
"""The button under a message: ``hoor.dit:tip.kijk_mee``, ``hoor.dit:activiteit:12``, ``hoor.dit:-``."""
TAAL = "taal.hoor"
"""The key of what a language says of itself, and the button that says it: ``taal.hoor:tr``."""
DATA = 64
LANG = ("tip.", "weekbericht:")
"""How the subject of a message begins in which the words of staff may have several lines."""


def data_van(bericht: Bericht) -> str:
    """The data of 🔊 under this message."""
    data = f"{DIT}:{bericht.stem or '-'}"
    return data if len(data.encode()) <= DATA else f"{DIT}:-"


def stem_van(data: str) -> str | None:
    """What a pressed 🔊 is about ('' for the words alone), or None for another button."""
    wat = data.removeprefix(f"{DIT}:")
    return None if wat == data else "" if wat == "-" else wat


def taal_van(data: str) -> str | None:
    """The language that is to be heard by a pressed 🔊, or None for another button."""
    taal = data.removeprefix(f"{TAAL}:")
    return None if taal == data else taal


def als_bericht(tekst: str, labels: tuple[str, ...], taal: str, stem: str = "") -> Bericht:
    """What stands on the screen as a message to be heard: paragraphs of the catalogue by their key, so that a
    recording of them is found, and the rest as it is, without the Dutch under a translation.
    """
    knoppen = tuple(Knop("", Tekst.letterlijk(label)) for label in labels if label != HOOR)
    return Bericht(tuple(_alineas(tekst.split("\n"), taal, stem.startswith(LANG))), knoppen, stem=stem, hardop=True)


def _alineas(regels: list[str], taal: str, lang: bool) -> Iterator[Tekst]:
    bekend, los, plek = _vast(taal), [], 0
    while plek < len(regels):
        if regels[plek].startswith(_boven_nederlands(taal)):
            plek = _erna(regels, plek + 1, bekend) if lang else plek + 1
            continue
        sleutel = next((s for vast, s in bekend.get(regels[plek], ()) if regels[plek : plek + len(vast)] == vast), "")
        if not sleutel:
            los.append(regels[plek])
            plek += 1
            continue
        if los:
            yield Tekst.letterlijk("\n".join(los))
            los = []
        yield Tekst(sleutel)
        plek += len(woorden(taal)[sleutel].split("\n"))
    if los:
        yield Tekst.letterlijk("\n".join(los))


def _erna(regels: list[str], plek: int, bekend: Container[str]) -> int:
    """Where the Dutch ends: at the next text of the catalogue."""
    return next((n for n in range(plek, len(regels)) if regels[n] in bekend), len(regels))


@cache
def _boven_nederlands(taal: str) -> tuple[str, ...]:
    """How the paragraphs begin that show the Dutch under a translation."""
    return tuple(begin for s in ORIGINEEL if (begin := woorden(taal)[s].partition("{origineel}")[0].strip()))


@cache
def _vast(taal: str) -> Mapping[str, list[tuple[list[str], str]]]:
    """First line → texts without placeholders that begin so, the longest first."""
    vast: dict[str, list[tuple[list[str], str]]] = {}
    for sleutel, tekst in woorden(taal).items():
        if sleutel in woorden(BRON) and not velden(sleutel) and not catalogus(taal)[sleutel].telt:
            regels = tekst.split("\n")
            vast.setdefault(regels[0], []).append((regels, sleutel))
    return {eerste: sorted(lijst, key=lambda v: -len(v[0])) for eerste, lijst in vast.items()}
