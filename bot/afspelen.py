"""Voice notes on their way to who may hear them: looked up and unlocked at the moment they are sent or played."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.kanalen.basis import Bijlage
from bot.spraak import Spraak
from dialogen.basis import SPRAAKNOTA, Bericht, Tekst
from opslag import horen
from opslag.database import Database
from opslag.horen import Nota

GEDULD = timedelta(seconds=60)
"""So long a message waits for its recording to be fetched and written out."""
WACHT = 1.0
"""Seconds between two looks."""


class NogNiet(Exception):
    """The recording is still being fetched: the message may wait a little."""


@dataclass(frozen=True, slots=True)
class Speler:
    """Fills in what was spoken. ``klok`` gives UTC."""

    db: Database
    spraak: Spraak
    klok: Callable[[], datetime]

    async def vul(
        self, gesprek_id: int, bericht: Bericht, *, mee: bool = True, wacht: bool = True
    ) -> tuple[Bericht, Bijlage | None]:
        """The message as it goes to this chat now: with the platform's own recording where it was spoken there, else
        with the sound itself (not ``mee``: it keeps the name of the note, by which our own page asks for it); with its
        words when they were written out; with a word of excuse when it is gone.

        Raises ``NogNiet`` (only with ``wacht``), and ``DatabaseWeg``.
        """
        if not bericht.media.startswith(SPRAAKNOTA):
            return bericht, None
        nota = await self._nota(gesprek_id, bericht.media)
        if nota is None:
            return _met(bericht, "", Tekst("spraak.weg")), None
        if wacht and nota.status == "gevraagd" and self.klok() < nota.ontvangen + GEDULD:
            raise NogNiet
        if nota.status == "mislukt":
            return _met(bericht, "", Tekst("spraak.niet_bruikbaar")), None
        return self._gevuld(bericht, nota, mee)

    def _gevuld(self, bericht: Bericht, nota: Nota, mee: bool) -> tuple[Bericht, Bijlage | None]:
        woorden = self._open(nota.tekst, f"{nota.media} tekst")
        staart = (Tekst("spraak.uitgeschreven", {"woorden": woorden.decode()}),) if woorden else ()
        if nota.hier:
            return _met(bericht, nota.media, *staart), None
        geluid = self._open(nota.inhoud, nota.media)
        if geluid is None:  # locked with another secret, or never fetched
            return _met(bericht, "", *staart, Tekst("spraak.weg")), None
        if not mee:
            return _met(bericht, bericht.media, *staart), None
        return _met(bericht, "", *staart), Bijlage("", geluid, duur=nota.duur)

    async def speel(self, adres: str, nummer: int) -> Bijlage | None:
        """The sound for who plays it now in the browser chat at ``adres``; None when it is not theirs, or gone."""
        nota = await self.db.lees(horen.in_browser, adres, nummer)
        geluid = self._open(nota.inhoud, nota.media) if nota else None
        return Bijlage("", geluid, duur=nota.duur) if nota and geluid else None

    async def _nota(self, gesprek_id: int, media: str) -> Nota | None:
        nummer = media.removeprefix(SPRAAKNOTA)
        return await self.db.lees(horen.voor, gesprek_id, int(nummer)) if nummer.isdecimal() else None

    def _open(self, dicht: bytes | None, bij: str) -> bytes | None:
        return self.spraak.kluis.open(dicht, bij) if dicht and self.spraak.kluis else None


def _met(bericht: Bericht, media: str, *teksten: Tekst) -> Bericht:
    return replace(bericht, media=media, teksten=(*bericht.teksten, *teksten))
