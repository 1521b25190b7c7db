"""Sounds made here, for tests: tones, silence, and notes of them."""

from __future__ import annotations

import math
from array import array
from functools import cache

from bot.diensten.geluid import HERTZ, codeer


@cache
def toon(seconden: float, sterkte: int = 8000, hertz: int = 300) -> bytes:
    """A tone: 16 bits, mono, 48 kHz."""
    een = array("h", [int(sterkte * math.sin(2 * math.pi * hertz * i / HERTZ)) for i in range(HERTZ // 10)]).tobytes()
    return (een * (int(seconden * 10) + 1))[: int(seconden * HERTZ) * 2]


@cache
def noot(seconden: float = 1.0, hertz: int = 300) -> bytes:
    """A voice note of a tone."""
    return codeer(toon(seconden, hertz=hertz)).inhoud


def stilte(seconden: float) -> bytes:
    """A voice note with nothing to hear."""
    return codeer(bytes(int(seconden * HERTZ) * 2)).inhoud
