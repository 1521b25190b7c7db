"""The photo and the voice note of weekly messages: fetched from the platform, checked and kept.

Fetching is network, so it happens outside every turn; what is due stands in rows (``weekbericht.status``).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.diensten.geluid import GeenGeluid, Noot
from bot.diensten.spraak import SpraakStoring
from bot.kanalen.basis import Geweigerd, Kanaal, Ophaalbaar, Tijdelijk
from bot.logboek import log
from bot.spraak import Spraak
from dialogen.basis import Bericht, Tekst
from opslag import bijlagen, weekberichten
from opslag.database import Database, DatabaseWeg
from opslag.weekberichten import TeHalen

KIJK = 2.0
"""Seconds between two looks for files to fetch."""
OPNIEUW = timedelta(seconds=20)
"""After so long a platform that could not give a file is asked again."""
BEELDEN = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
"""How the pictures begin that every platform and browser shows: JPEG and PNG."""


class Weekhaler:
    """Fetches the files of weekly messages. ``loop()`` runs until cancelled; ``klaar`` when one may be sent."""

    def __init__(
        self,
        db: Database,
        kanalen: Sequence[Kanaal],
        spraak: Spraak,
        klok: Callable[[], datetime],
        klaar: Callable[[], None],
    ) -> None:
        self._db, self._kanalen, self._spraak, self._klok, self._klaar = db, kanalen, spraak, klok, klaar

    async def loop(self) -> None:
        """Look and fetch, for ever."""
        while True:
            with contextlib.suppress(DatabaseWeg):
                await self.ronde()
            await asyncio.sleep(KIJK)

    async def ronde(self) -> int:
        """Fetch what is due now; how many messages were looked at. Raises ``DatabaseWeg``."""
        werk = await self._db.lees(weekberichten.te_halen, self._klok())
        for een in werk:
            await self._een(een)
        if werk:
            self._klaar()
        return len(werk)

    async def _een(self, werk: TeHalen) -> None:
        for soort, bestand in ((bijlagen.BEELD, werk.foto), (bijlagen.GELUID, werk.spraak)):
            fout = await self._haal(werk, soort, bestand) if bestand else None
            if isinstance(fout, Tijdelijk) and await self._db.schrijf(
                weekberichten.later, werk.nummer, self._klok() + OPNIEUW
            ):
                return
            if fout is not None:
                log.warning("weekbericht zonder bijlage", weekbericht=werk.nummer, soort=soort)
                bericht = Bericht((Tekst("weekbericht.mislukt"),))
                await self._db.schrijf(weekberichten.mislukt, werk.nummer, bericht, self._klok())
                return
        await self._db.schrijf(weekberichten.klaar, werk.nummer, self._klok())

    async def _haal(self, werk: TeHalen, soort: str, bestand: str) -> Tijdelijk | Geweigerd | None:
        """Fetch one file and keep it; what went wrong, or None."""
        kanaal: object = next((k for k in self._kanalen if (k.naam, k.account) == (werk.kanaal, werk.account)), None)
        if kanaal is None:  # perhaps another process has that account
            return Tijdelijk(reden="dit account is hier niet")
        if not isinstance(kanaal, Ophaalbaar):
            return Geweigerd("dit kanaal geeft geen bestanden")
        gekregen = await kanaal.haal(bestand)
        if not isinstance(gekregen, bytes):
            return gekregen
        try:
            bijlage = _beeld(gekregen) if soort == bijlagen.BEELD else await self._spraak.maak_noot(gekregen)
        except GeenGeluid as fout:
            return Geweigerd(f"geen bijlage die iedereen kan zien of horen: {fout.reden}")
        except SpraakStoring:
            return Tijdelijk(reden="het geluid is nu niet te keuren")
        await self._db.schrijf(weekberichten.binnen, werk, soort, bijlage.inhoud, bijlage.duur, self._klok())
        return None


def _beeld(inhoud: bytes) -> Noot:
    """By what it is and not by its name: a picture, and not too large. Raises ``GeenGeluid``."""
    if not inhoud.startswith(BEELDEN) or len(inhoud) > bijlagen.MEEST:
        raise GeenGeluid("geen_beeld")
    return Noot(inhoud, 0)
