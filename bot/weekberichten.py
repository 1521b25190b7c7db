"""The weekly message: what staff composed, as a parent gets it, and the fetching of its photo and voice note.

Fetching is network, so it happens outside every turn; what is due stands in rows (``weekbericht.status``).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.beurt import Beurt
from bot.bijlagen import BEWAARD
from bot.kanalen.basis import Geweigerd, Kanaal, Ophaalbaar, Tijdelijk
from bot.logboek import log
from dialogen.basis import SPREEKTAAL, Bericht, Stand, Tekst, Vertaald
from dialogen.effecten_team import WeekberichtProef, WeekberichtVersturen
from dialogen.teksten import BRON
from opslag import bijlagen, postvak, weekberichten
from opslag.database import Database, DatabaseWeg
from opslag.weekberichten import TeHalen, Week

KIJK = 2.0
"""Seconds between two looks for files to fetch."""
OPNIEUW = timedelta(seconds=20)
"""After so long a platform that could not give a file is asked again."""
BEELDEN = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
"""How the pictures begin that every platform and browser shows: JPEG and PNG."""


def week_als_bericht(week: Week, taal: str, vertaald: Vertaald | None = None) -> Bericht:
    """The message as a parent of this language gets it: translated with the Dutch under it, else the Dutch, with a word
    that it is. It is spoken by who composed it; a translation has the computer's voice.
    """
    kop = Tekst("weekbericht.kop", {"locatie": week.locatie})
    if vertaald is not None:
        woorden, uitleg = Tekst.letterlijk(vertaald.tekst), f"vertaald.{vertaald.status}"
    else:
        woorden, uitleg = Tekst("=", {"tekst": week.tekst, SPREEKTAAL: BRON}), "weekbericht.nederlands"
    eronder = () if taal == BRON else (Tekst(uitleg, {"origineel": week.tekst} if vertaald else {}),)
    gesproken = week.spraak and vertaald is None
    return Bericht(
        (kop, woorden, *eronder),
        beeld=BEWAARD + week.foto if week.foto else "",
        stem=BEWAARD + week.spraak if gesproken else f"weekbericht:{week.nummer}",
    )


# Within a turn


def pas_toe(beurt: Beurt, medewerker_id: int, effect: WeekberichtProef | WeekberichtVersturen) -> None:
    """Show it to the colleague, or begin it; then the conversation says what became of it."""
    wat, g = effect.wat, beurt.gesprek
    if isinstance(effect, WeekberichtProef):
        _laat_zien(beurt, effect)
        return
    uitkomst = weekberichten.maak(
        beurt.sessie, medewerker_id, g.nummer, wat.locatie, wat.tekst, wat.groepen, beurt.nu,
        foto=wat.foto, spraak=wat.spraak, begint=effect.begint, vertaal=beurt.vertaalt.team,
    )  # fmt: skip
    if isinstance(uitkomst, int):
        beurt.voor_anderen = True
        op = str(int(effect.begint.timestamp()) // 60) if effect.begint else ""
        beurt.vervolg = Stand("weekbericht", "gestuurd", {"aantal": str(uitkomst), "op": op})
    else:
        beurt.vervolg = Stand("weekbericht", "geen_werk" if uitkomst == "mag_niet" else uitkomst)


def _laat_zien(beurt: Beurt, effect: WeekberichtProef) -> None:
    """As parents get it; the photo and the voice note are the platform's own, here where they came from."""
    wat, g, kantoor = effect.wat, beurt.gesprek, beurt.wereld.kantoor
    plek = kantoor.werkplek(wat.locatie) if kantoor else None
    if plek is None:
        return
    bericht = week_als_bericht(Week(0, plek.naam, wat.tekst), beurt.wereld.taal)
    kop = Tekst("weekbericht.kop_test")
    proef = Bericht((kop, *bericht.teksten), beeld=f"bestand:{wat.foto}" if wat.foto else "", media=wat.spraak)
    postvak.leg_klaar(beurt.sessie, g.nummer, g.sleutel, proef, beurt.wereld.taal, beurt.nu)


# Outside it


class Ophaler:
    """Fetches the files of weekly messages. ``loop()`` runs until cancelled; ``klaar`` when one may be sent."""

    def __init__(
        self, db: Database, kanalen: Sequence[Kanaal], klok: Callable[[], datetime], klaar: Callable[[], None]
    ) -> None:
        self._db, self._kanalen, self._klok, self._klaar = db, kanalen, klok, klaar

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
        if not isinstance(kanaal, Ophaalbaar):
            return Geweigerd("dit kanaal geeft geen bestanden")
        gekregen = await kanaal.haal(bestand)
        if not isinstance(gekregen, bytes):
            return gekregen
        if not _goed(soort, gekregen):
            return Geweigerd("geen bijlage die iedereen kan zien of horen")
        await self._db.schrijf(weekberichten.binnen, werk, soort, gekregen, 0, self._klok())
        return None


def _goed(soort: str, inhoud: bytes) -> bool:
    """By what it is and not by its name: a picture or an OGG, and not too large."""
    begin = BEELDEN if soort == bijlagen.BEELD else (b"OggS",)
    return inhoud.startswith(begin) and len(inhoud) <= bijlagen.MEEST
