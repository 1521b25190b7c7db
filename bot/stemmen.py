"""Gives messages their sound, outside every turn: what was spoken before is looked up, the rest made once.

What was rendered is kept by the words it says (table ``gesproken``), so that the second time nothing is. Words of one
parent (a name, what somebody wrote) are kept in memory only, for a while.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.diensten.geluid import GeenGeluid, Noot
from bot.diensten.spraak import STEMMEN, Spraak, SpraakStoring
from bot.kanalen.basis import Bijlage
from bot.logboek import log
from bot.stemplan import Deel, Plan, Wens, plan
from opslag import bijlagen, geluiden
from opslag.database import Database, DatabaseWeg, Sessie

GEHEUGEN = 8 * 1024 * 1024
"""Bytes of sound that is not kept in the database."""
NIET_WEER = timedelta(minutes=10)
"""So long what went wrong is not tried again."""

Straks = asyncio.Future[Bijlage | None]
"""A sound that is there, or is being made; None when that fails."""


class Stemmen:
    """The sound of messages. ``spraak`` None: only recordings are heard."""

    def __init__(self, db: Database, klok: Callable[[], datetime], spraak: Spraak | None = None) -> None:
        self._db, self._klok, self._spraak = db, klok, spraak
        self._kan = frozenset(taal for taal in STEMMEN if spraak is not None and spraak.kan(taal))
        self._bezig: dict[str, asyncio.Task[Bijlage | None]] = {}
        self._delen: dict[str, asyncio.Task[Noot]] = {}
        self._los: OrderedDict[str, Bijlage] = OrderedDict()
        self._mislukt: dict[str, datetime] = {}

    async def geef(self, wensen: Sequence[Wens]) -> Mapping[int, Straks]:
        """Per message that can be heard its sound: there at once when it was spoken before, then without its bytes
        (``met_inhoud``). What has no sound is not in it. Raises ``DatabaseWeg``.
        """
        plannen = await self._plannen(wensen)
        toen = self._klok() - geluiden.GEBRUIKT
        oud = {k.hash for p in plannen.values() if (k := p.klaar) and k.gebruikt and k.gebruikt < toen}
        if oud:
            await self._db.schrijf(geluiden.gebruikt, oud, self._klok())
        voorrang = {w.nummer: w.voorrang for w in wensen}
        return {nummer: self._begin(plan, voorrang[nummer]) for nummer, plan in plannen.items()}

    async def te_horen(self, wensen: Sequence[Wens]) -> set[int]:
        """The numbers of those that can be heard, whether or not they were spoken before. Raises ``DatabaseWeg``."""
        return set(await self._plannen(wensen))

    async def met_inhoud(self, geluid: Bijlage) -> Bijlage | None:
        """The same with its bytes; None when they are gone. Raises ``DatabaseWeg``."""
        if geluid.inhoud:
            return geluid
        inhoud = (await self._db.lees(geluiden.inhoud, [geluid.hash])).get(geluid.hash)
        return replace(geluid, inhoud=inhoud) if inhoud else None

    async def _plannen(self, wensen: Sequence[Wens]) -> Mapping[int, Plan]:
        return await self._db.lees(self._lees_plannen, wensen) if wensen else {}

    def _lees_plannen(self, sessie: Sessie, wensen: Sequence[Wens]) -> dict[int, Plan]:
        opnames = geluiden.opnames(sessie, {o for w in wensen for o in w.onderwerpen()})
        plannen = {w.nummer: p for w in wensen if (p := plan(w, opnames, self._kan)) is not None}
        gesproken = geluiden.zoek(sessie, {p.sleutel for p in plannen.values() if p.bewaar})
        eigen = geluiden.klanken(sessie, {p.delen[0].hash for p in plannen.values()} - {""})
        return {n: replace(p, klaar=_alleen(p, eigen) or gesproken.get(p.sleutel)) for n, p in plannen.items()}

    def _begin(self, plan: Plan, voorrang: int) -> Straks:
        klaar: Straks = asyncio.get_running_loop().create_future()
        if plan.klaar is not None:
            klaar.set_result(Bijlage(plan.klaar.hash, duur=plan.klaar.duur))
        elif (los := self._los.get(plan.sleutel)) is not None:
            self._los.move_to_end(plan.sleutel)
            klaar.set_result(los)
        elif plan.sleutel in self._mislukt and self._mislukt[plan.sleutel] > self._klok():
            klaar.set_result(None)
        else:
            return self._maak(plan, voorrang)
        return klaar

    def _maak(self, plan: Plan, voorrang: int) -> Straks:
        """One task for all that wait for the same words."""
        taak = self._bezig.get(plan.sleutel)
        if taak is None:
            taak = self._bezig[plan.sleutel] = asyncio.create_task(self._spreek(plan, voorrang))
            taak.add_done_callback(lambda _: self._bezig.pop(plan.sleutel, None))
        return taak

    async def _spreek(self, plan: Plan, voorrang: int) -> Bijlage | None:
        try:
            geluid = await self._heel(plan, voorrang)
        except (SpraakStoring, GeenGeluid, DatabaseWeg) as fout:
            log.warning("geen geluid", fout=type(fout).__name__)
            nu = self._klok()
            self._mislukt = {s: tot for s, tot in self._mislukt.items() if tot > nu} | {plan.sleutel: nu + NIET_WEER}
            return None
        if not plan.bewaar:
            self._onthoud(plan.sleutel, geluid)
        return geluid

    async def _heel(self, plan: Plan, voorrang: int) -> Bijlage:
        """All pieces as one sound; kept when it may be."""
        noten = [await asyncio.shield(self._een_keer(deel, voorrang)) for deel in plan.delen]
        heel = noten[0]
        if len(noten) > 1:
            heel = await self._stem().voeg([n.inhoud for n in noten], voorrang)
            if plan.bewaar:
                await self._db.schrijf(geluiden.bewaar, plan.sleutel, heel.inhoud, heel.duur, self._klok())
        return Bijlage(bijlagen.hash_van(heel.inhoud) if plan.bewaar else "", heel.inhoud, duur=heel.duur)

    def _een_keer(self, deel: Deel, voorrang: int) -> asyncio.Task[Noot]:
        """One task for all messages that wait for the same paragraph."""
        taak = self._delen.get(deel.sleutel)
        if taak is None:
            taak = self._delen[deel.sleutel] = asyncio.create_task(self._noot(deel, voorrang))
            taak.add_done_callback(lambda _: self._delen.pop(deel.sleutel, None))
        return taak

    async def _noot(self, deel: Deel, voorrang: int) -> Noot:
        """The sound of one piece: kept, or spoken now."""
        if (klank := await self._db.lees(geluiden.een, deel.hash, deel.sleutel)) is not None:
            return Noot(*klank)
        if deel.hash:
            raise GeenGeluid("leeg")
        noot = await self._stem().zeg(deel.tekst, deel.taal, voorrang)
        if deel.bewaar:
            await self._db.schrijf(geluiden.bewaar, deel.sleutel, noot.inhoud, noot.duur, self._klok())
        return noot

    def _stem(self) -> Spraak:
        if self._spraak is None:
            raise SpraakStoring("geen stem")
        return self._spraak

    def _onthoud(self, sleutel: str, geluid: Bijlage) -> None:
        self._los[sleutel] = geluid
        while sum(len(b.inhoud) for b in self._los.values()) > GEHEUGEN:
            self._los.popitem(last=False)


def _alleen(plan: Plan, klanken: Mapping[str, geluiden.Klank]) -> geluiden.Klank | None:
    """The sound of a message that is one recording."""
    return klanken.get(plan.delen[0].hash) if len(plan.delen) == 1 else None
