"""What this installation does with speech: how it is locked, checked, and written out. All of it may be missing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.diensten.geluid import GeenGeluid, Noot, beschikbaar
from bot.diensten.kluis import KORTST, Kluis
from bot.diensten.luisteren import Luistert, Whisper
from bot.diensten.stemproces import Stemproces
from bot.verwerken import Kan
from dialogen.basis import GROOTSTE_SPRAAK, LANGSTE_SPRAAK, TE_LANG

Keur = Callable[[bytes], Noot]
"""A stranger's recording → a voice note of ours. Blocks. Raises ``GeenGeluid`` for what cannot be used, and
``SpraakStoring`` when that cannot be said now."""


@dataclass(frozen=True, slots=True)
class Spraak:
    """Without a vault nothing that is spoken is kept: then there is only the platform's own recording."""

    kluis: Kluis | None = None
    keur: Keur | None = None
    luistert: Luistert | None = None

    @property
    def kan(self) -> Kan:
        """What a turn may count on."""
        return Kan(self.kluis is not None, self.kluis is not None and self.luistert is not None)

    async def maak_noot(self, inhoud: bytes) -> Noot:
        """The recording as a voice note of ours, made in another thread. Raises as ``Keur``."""
        return await asyncio.to_thread(self.keur or zonder_decoder, inhoud)


TE_LANG_ALS = frozenset({TE_LANG, "lang", "groot"})
"""The reasons that mean: make it shorter."""
ZONDER = Spraak()


def zonder_decoder(inhoud: bytes) -> Noot:
    """Without the extra ``stem``: only what looks like OGG with Opus is taken, as it is, its duration unknown."""
    if len(inhoud) > GROOTSTE_SPRAAK:
        raise GeenGeluid("groot")
    if not inhoud.startswith(b"OggS") or b"OpusHead" not in inhoud[:128]:
        raise GeenGeluid("geen_geluid")
    return Noot(inhoud, 0)


def maak_keur(proces: Stemproces) -> Keur:
    """Decode, measure and encode anew, in the process for sound."""
    return lambda inhoud: proces.maak_noot(inhoud, LANGSTE_SPRAAK)


def maak_spraak(geheim: str, model: str, proces: Stemproces) -> Spraak:
    """What is possible with these settings; who made ``proces`` closes it.

    Raises ``ValueError`` for a model that is not there.
    """
    kluis = Kluis(geheim) if len(geheim) >= KORTST else None
    keur = maak_keur(proces) if beschikbaar() else None
    if not model:
        return Spraak(kluis, keur)
    if kluis is None:
        raise ValueError(f"INLOOP_LISTEN_MODEL vraagt om INLOOP_SECRET van minstens {KORTST} tekens")
    return Spraak(kluis, keur, Luistert(Whisper(Path(model))))
