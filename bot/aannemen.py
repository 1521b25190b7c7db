"""Taking in: what arrives is in the inbox, committed, before the platform hears that we have it.

Rows that arrive together go in one statement and one commit: the busier it is, the more share one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.kanalen.basis import Onleesbaar, Ontvangst
from bot.logboek import log
from bot.verwerken import Punt
from opslag import postvak
from opslag.berichten import invoer_json
from opslag.database import Database, DatabaseWeg
from opslag.gesprekken import Sleutel

RUW = 16_000
"""Characters that are kept of an update that could not be parsed."""


class Aannemer:
    """Commits what came in and wakes the worker. Call it like a function; it raises when it is not safe."""

    def __init__(
        self, db: Database, klok: Callable[[], datetime], wek: Callable[[Sleutel], None], punt: Punt = lambda _: None
    ) -> None:
        self._db, self._klok, self._wek, self._punt = db, klok, wek, punt
        self._wachten: list[tuple[Sequence[Ontvangst | Onleesbaar], asyncio.Future[None]]] = []
        self._taak: asyncio.Task[None] | None = None

    async def __call__(self, binnen: Sequence[Ontvangst | Onleesbaar]) -> None:
        """Returns when every one of ``binnen`` is committed. Raises ``DatabaseWeg``: then acknowledge nothing."""
        if not binnen:
            return
        klaar: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._wachten.append((binnen, klaar))
        if self._taak is None:
            self._taak = asyncio.create_task(self._leeg())
        await klaar
        self._punt("na_inbox")
        for een in binnen:
            if isinstance(een, Ontvangst):
                self._wek(Sleutel(een.kanaal, een.account, een.adres))

    async def _leeg(self) -> None:
        try:
            while self._wachten:
                groep, self._wachten = self._wachten, []
                fout = await self._schrijf(groep)
                for _, klaar in groep:
                    if klaar.done():
                        continue
                    if fout is None:
                        klaar.set_result(None)
                    else:
                        klaar.set_exception(fout)
        finally:
            self._taak = None

    async def _schrijf(self, groep: Sequence[tuple[Sequence[Ontvangst | Onleesbaar], Any]]) -> Exception | None:
        nu = self._klok()
        rijen = [_rij(een) for binnen, _ in groep for een in binnen]
        self._punt("voor_inbox")
        try:
            await self._db.schrijf(postvak.neem_aan, rijen, nu)
        except DatabaseWeg as fout:
            return fout
        except Exception as fout:
            log.error("aannemen mislukt", fout=type(fout).__name__, rijen=len(rijen))
            return await self._een_voor_een(rijen, nu)
        return None

    async def _een_voor_een(self, rijen: Sequence[dict[str, Any]], nu: datetime) -> Exception | None:
        """One row cannot be stored as it is: set that one aside, so that the platform does not send it for ever."""
        for rij in rijen:
            try:
                await self._db.schrijf(postvak.neem_aan, [rij], nu)
            except DatabaseWeg as fout:
                return fout
            except Exception as fout:
                leeg = {**rij, "inhoud": None, "status": "opzij", "adres": ""}
                log.error("update opzij gezet", fout=type(fout).__name__)
                try:
                    await self._db.schrijf(postvak.neem_aan, [leeg], nu)
                except Exception as nog_een:  # whoever waits must hear that it is not safe
                    return nog_een
        return None


def _rij(een: Ontvangst | Onleesbaar) -> dict[str, Any]:
    if isinstance(een, Onleesbaar):
        wat = {"adres": "", "inhoud": een.ruw[:RUW].replace("\x00", ""), "status": "opzij"}
    else:
        wat = {"adres": een.adres, "inhoud": invoer_json(een.invoer), "status": "open"}
    return {"kanaal": een.kanaal, "account": een.account, "extern_id": een.extern_id, **wat}
