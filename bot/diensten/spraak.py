"""The computer's voice: espeak-ng, as it comes with ``espeakng-loader`` (the extra ``stem``).

``Spreker`` speaks here and now and is for one thread only: espeak-ng keeps one voice and one buffer for the whole
process. The product lets ``stemproces`` do it, in a process of its own.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Protocol

from bot.diensten.geluid import Noot, codeer


@dataclass(frozen=True, slots=True)
class Stem:
    """A voice of espeak-ng by its own name, with a variant, and its pace in words a minute."""

    naam: str
    tempo: int = 140


STEMMEN: Mapping[str, Stem] = {
    "nl": Stem("gmw/nl+f2"),
    "en": Stem("gmw/en+f2"),
    "tr": Stem("trk/tr+f2", 135),
    "pl": Stem("zlw/pl+f2", 135),
    "uk": Stem("zle/uk+f2", 135),
    "fa": Stem("ira/fa+f2", 130),
    "es": Stem("roa/es+f2"),
}
"""The languages with a computer voice. Not Arabic: espeak-ng needs the vowel marks that nobody writes. Not Tigrinya:
espeak-ng 1.52 has the beginning of a voice, which nobody who speaks the language has judged. None for Somali, Darija
and Tarifit.
"""
VERSIE = "1"
"""Goes up when the same words are to sound otherwise: what was rendered before is then rendered anew."""


class SpraakStoring(Exception):
    """The voice did not do it, or not in time; the text goes without sound."""


class Spraak(Protocol):
    """A computer voice. Slow (some 10 ms for a second of speech): never called within a turn."""

    def kan(self, taal: str) -> bool:
        """Whether it has a voice for this language."""

    async def zeg(self, tekst: str, taal: str, voorrang: int = 0) -> Noot:
        """These words as a voice note; a lower ``voorrang`` goes first. Raises ``SpraakStoring``."""

    async def voeg(self, noten: Sequence[bytes], voorrang: int = 0) -> Noot:
        """Voice notes one after the other as one. Raises ``GeenGeluid`` or ``SpraakStoring``."""


def beschikbaar() -> bool:
    """Whether the extra ``stem`` is installed."""
    return find_spec("espeakng_loader") is not None and find_spec("av") is not None


_NA_AFLOOP, _UTF8, _TEMPO, _HEEL = 2, 1, 1, 0x8000  # AUDIO_OUTPUT_SYNCHRONOUS, espeakCHARS_UTF8, espeakRATE, DONT_EXIT
_TERUG = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Spreker:
    """espeak-ng in this process. Raises ``SpraakStoring`` when it cannot be loaded."""

    def __init__(self) -> None:
        import espeakng_loader

        self._klanken = bytearray()
        self._terug = _TERUG(self._neem)  # kept: the library calls it as long as it lives
        try:
            self._espeak: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError:
            raise SpraakStoring("espeak-ng is niet te laden") from None
        self.hertz = self._espeak.espeak_Initialize(_NA_AFLOOP, 0, espeakng_loader.get_data_path().encode(), _HEEL)
        if self.hertz <= 0:
            raise SpraakStoring("espeak-ng begint niet")
        self._espeak.espeak_SetSynthCallback(self._terug)

    def _neem(self, golf: Any, aantal: int, _gebeurtenis: Any) -> int:
        if golf and aantal > 0:
            self._klanken += ctypes.string_at(golf, aantal * 2)
        return 0

    def zeg(self, tekst: str, taal: str) -> Noot:
        """These words as a voice note. Raises ``SpraakStoring`` for a language or words without sound."""
        stem = STEMMEN.get(taal)
        if stem is None or self._espeak.espeak_SetVoiceByName(stem.naam.encode()):
            raise SpraakStoring(f"geen stem voor {taal}")
        self._klanken.clear()
        self._espeak.espeak_SetParameter(_TEMPO, stem.tempo, 0)
        letters = tekst.encode() + b"\0"
        self._espeak.espeak_Synth(letters, len(letters), 0, 1, 0, _UTF8, None, None)
        self._espeak.espeak_Synchronize()
        if not self._klanken:
            raise SpraakStoring("er viel niets te zeggen")
        return codeer(bytes(self._klanken), self.hertz)
