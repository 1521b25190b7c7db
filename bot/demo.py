"""``inloop demo``: three phones in the browser, or with ``--once`` the whole story in the terminal.

Both use the real engine on an embedded database of their own, which is gone when they end.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time as klok_
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from secrets import token_urlsafe

from bot.app import App, StartFout, draai, maak_webchat, nu_utc
from bot.instellingen import Instellingen
from bot.kanalen.basis import Ontvangst, Weergave
from bot.kanalen.webchat import Luisteraar, Webchat
from bot.levend import Bijwerker
from bot.links import NERGENS
from bot.logboek import stel_in
from bot.uitvoeren import csv_regels, schrijf_csv
from bot.uitzendingen import vul_wat_moet
from bot.voorbeeld import LOCATIE, TIJDZONE, Voorbeeld, vul
from bot.web.basis import Demo
from dialogen.basis import Invoer, Soort
from opslag import uitvoer
from opslag.database import Database, Sessie
from opslag.migreren import migreer
from opslag.werkdagen import zone


def open_pagina(port: int) -> None:
    """Serve the demo page until Ctrl-C."""
    stel_in("console")
    with tempfile.TemporaryDirectory(prefix="inloop-demo-", ignore_cleanup_errors=True) as map_:
        url = f"sqlite:///{map_}/demo.db"
        voorbeeld = _vul(url, nu_utc())
        inst = Instellingen(
            database_url=url,
            web_port=port,
            telegram_token="",
            telegram_webhook="",
            secret=token_urlsafe(32),  # so that one can speak; what is spoken goes with the demo
        )
        print(f"Demo van Inloop. Alles is verzonnen. Open http://{inst.web_host}:{port}/  (stoppen: Ctrl-C)")
        asyncio.run(draai(inst, lambda regel: print(regel, flush=True), demo=lambda app: _demo(app, voorbeeld)))


def _vul(url: str, nu: datetime) -> Voorbeeld:
    db = Database(url)
    migreer(db.engine)
    with db.transactie() as sessie:
        voorbeeld = vul(sessie, nu)
    db.sluit()
    return voorbeeld


def _demo(app: App, voorbeeld: Voorbeeld) -> Demo:
    async def export() -> bytes:
        return await app.db.lees(_redenen)

    telefoons = (
        ("Amal", "moeder", voorbeeld.moeder),
        ("Karim", "vader", voorbeeld.vader),
        ("Juf Noor", "collega", voorbeeld.collega),
    )
    return Demo(telefoons, export, LOCATIE)


def _redenen(sessie: Sessie) -> bytes:
    return b"".join(csv_regels(uitvoer.REDENEN, uitvoer.redenen(sessie, uitvoer.Periode())))


PAUZE = timedelta(seconds=15)
"""So long a person in the story thinks before doing something."""


@dataclass
class Klok:
    """A clock that stands still until it is moved: the story crosses a week in seconds."""

    nu: datetime

    def __call__(self) -> datetime:
        return self.nu


@dataclass
class Telefoon:
    """One phone of the story: what it received, and the buttons that lie under it."""

    wie: str
    adres: str
    luisteraar: Luisteraar
    knoppen: dict[str, tuple[str, str]] = field(default_factory=dict)


class Toneel:
    """Plays people on their phones against a running ``App`` and prints what is said."""

    def __init__(self, app: App, webchat: Webchat, klok: Klok, stapel: ExitStack) -> None:
        self._app, self._webchat, self._klok, self._stapel = app, webchat, klok, stapel
        self._wek = lambda: app.wek_verzender(None)
        self._bijwerker = Bijwerker(app.db, klok, self._wek)
        self._telefoons: list[Telefoon] = []
        self._geteld = 0

    def telefoon(self, wie: str) -> Telefoon:
        """A phone that listens from now on."""
        adres = wie.lower()
        nieuw = Telefoon(wie, adres, self._stapel.enter_context(self._webchat.luisteraar(adres)))
        self._telefoons.append(nieuw)
        return nieuw

    def kop(self, tekst: str) -> None:
        """A heading in the story."""
        lokaal = self._klok().astimezone(zone(TIJDZONE))
        print(f"\n── {tekst}  ({lokaal:%d-%m %H:%M}) " + "─" * max(0, 60 - len(tekst)))

    async def doe(self, telefoon: Telefoon, invoer: Invoer, toon: str) -> None:
        """One thing a person does; returns when everything that follows from it has been sent."""
        print(f"\n{telefoon.wie:>8} ▸ {toon}")
        self._geteld += 1
        self._klok.nu += PAUZE
        await self._app.aannemen([Ontvangst("web", "web", f"toneel:{self._geteld}", telefoon.adres, invoer)])
        await self.luister()

    async def tik(self, telefoon: Telefoon, *labels: str) -> None:
        """Press buttons one after the other, by (a part of) the label."""
        for label in labels:
            gevonden = next((k for tekst, k in reversed(telefoon.knoppen.items()) if label in tekst), None)
            if gevonden is None:
                raise LookupError(f"{telefoon.wie} heeft geen knop {label!r}")
            data, onder = gevonden
            await self.doe(telefoon, Invoer(Soort.KNOP, data, bericht=onder), f"[{label}]")

    async def luister(self) -> None:
        """Print what arrived on every phone, until nothing more is under way."""
        await self._app.werker.rust()
        await vul_wat_moet(self._app.db, self._klok, self._wek)
        await self._stilte()
        await self._bijwerker.werk_bij()
        await self._stilte()
        for telefoon in self._telefoons:
            while (regel := await telefoon.luisteraar.volgende(0.001)) is not None:
                self._toon(telefoon, *regel)

    async def _stilte(self) -> None:
        """Until nothing is on its way to a phone."""
        for _ in range(2000):
            if not await self._app.db.lees(_onderweg):
                break
            await asyncio.sleep(0.005)

    def _toon(self, telefoon: Telefoon, nummer: int, weergave: Weergave) -> None:
        for plaats, zin in enumerate(weergave.tekst.split("\n")):
            print(f"{'🤖 → ' + telefoon.wie if not plaats else '':>14}   {zin}")
        if weergave.knoppen:
            print(f"{'':>14}   " + "  ".join(f"[{label}]" for label, _ in weergave.knoppen))
        for label, data in weergave.knoppen:
            telefoon.knoppen.pop(label, None)
            telefoon.knoppen[label] = (data, weergave.vervangt or str(nummer))


def _onderweg(sessie: Sessie) -> bool:
    return uitvoer.wacht_er_iets(sessie, "web")


def speel_af(uit: Path) -> None:
    """``inloop demo --once``: play the story, write the CSV, end."""
    stel_in("console", logging.ERROR)
    begin = klok_.monotonic()
    try:
        uit.touch()
    except OSError as fout:
        raise StartFout(f"kan {uit} niet schrijven ({fout.strerror}); kies een andere plek met --uit") from None
    with tempfile.TemporaryDirectory(prefix="inloop-demo-", ignore_cleanup_errors=True) as map_:
        asyncio.run(_speel(f"sqlite:///{map_}/demo.db", uit))
    print(f"\nKlaar in {klok_.monotonic() - begin:.1f} seconden.")


async def _speel(url: str, uit: Path) -> None:
    klok = Klok(datetime.combine(date(2026, 12, 1), time(8, 15), zone(TIJDZONE)).astimezone(UTC))
    voorbeeld = _vul(url, klok())
    db = Database(url)
    webchat = maak_webchat(db, NERGENS)
    app = App(db, [webchat], klok)
    await app.start()
    with ExitStack() as stapel:
        try:
            await verhaal(Toneel(app, webchat, klok, stapel), voorbeeld, klok)
            rijen = await db.lees(lambda s: list(uitvoer.redenen(s, uitvoer.Periode())))
        finally:
            await app.stop()
    aantal = await asyncio.to_thread(schrijf_csv, uit, uitvoer.REDENEN, rijen)
    print(f"\n── De coördinator exporteert de redenen: {aantal} rijen in {uit}")
    _toon_eigen(rijen)


def _toon_eigen(rijen: Sequence[Sequence[object]]) -> None:
    print("   " + ";".join(uitvoer.REDENEN))
    for rij in rijen[-2:]:
        print("   " + ";".join(str(cel) for cel in rij))


async def verhaal(t: Toneel, voorbeeld: Voorbeeld, klok: Klok) -> None:
    """From the first hello to the reason that is exported."""
    collega, moeder, vader = t.telefoon("Collega"), t.telefoon("Moeder"), t.telefoon("Vader")
    t.kop(f"Het team van {LOCATIE} komt binnen met een link")
    await t.doe(collega, Invoer(Soort.START, voorbeeld.collega), "opent de startlink")
    await t.doe(collega, Invoer(Soort.TEKST, "Noor"), "Noor")
    t.kop("Een moeder maakt kennis: niets wordt bewaard vóór haar ja")
    await t.doe(moeder, Invoer(Soort.START, voorbeeld.moeder), "scant de QR-code")
    await t.tik(moeder, "Nederlands", "Allebei", "Ja, goed")
    await t.doe(moeder, Invoer(Soort.TEKST, "Amal"), "Amal")
    await t.tik(moeder, "Moeder", "Ochtend", "Klaar", "Ja, graag")
    t.kop("De vader krijgt zijn eigen uitnodiging, niet via haar")
    await t.doe(vader, Invoer(Soort.START, voorbeeld.vader), "opent dezelfde dag zijn eigen link")
    await t.tik(vader, "Nederlands", "Lezen", "Ja, goed")
    await t.doe(vader, Invoer(Soort.TEKST, "Karim"), "Karim")
    await t.tik(vader, "Vader", "Avond", "Klaar", "Nee")
    t.kop("Zij komt, hij kan niet en zegt waarom: twee tikken")
    koffie = _nummer(moeder, "Ik kom")
    await t.doe(moeder, Invoer(Soort.KNOP, f"uitnodiging.kom:ja:{koffie}"), "[✅ Ik kom]")
    await t.tik(moeder, "2")
    await t.tik(vader, "Ik kan niet", "Tijd of werk", "Ik moet werken", "Ja, graag")
    t.kop("Een vraag gaat naar een mens, het antwoord komt terug")
    await t.doe(moeder, Invoer(Soort.TEKST, "Mag mijn zus mee?"), "Mag mijn zus mee?")
    await t.tik(collega, "Antwoord")
    await t.doe(collega, Invoer(Soort.TEKST, "Ja, gezellig!"), "Ja, gezellig!")
    await _nodig_uit_voor_een_avond(t, collega, vader)
    t.kop("Haar plan verandert: de oude knop werkt nog")
    await t.doe(moeder, Invoer(Soort.KNOP, f"uitnodiging.kom:nee:{koffie}"), "[❌ Ik kan niet]")
    await t.tik(moeder, "Praktisch", "Geen oppas", "Ik kom toch")
    await t.tik(moeder, "1")
    klok.nu += timedelta(days=8, hours=1)
    t.kop("De dag zelf: ze is er, de collega ziet het")
    await t.doe(moeder, Invoer(Soort.TEKST, "menu"), "menu")
    await t.tik(moeder, "Ik ben er")
    await t.doe(collega, Invoer(Soort.TEKST, "menu"), "menu")
    await t.tik(collega, "Wie is er?", "Koffie", "Klaar")
    t.kop("Een tip voor thuis: doen, en één duim is genoeg")
    await t.doe(moeder, Invoer(Soort.TEKST, "tip"), "tip")
    await t.tik(moeder, "Gedaan", "😀")
    t.kop("STOP werkt altijd")
    await t.doe(vader, Invoer(Soort.TEKST, "stop"), "stop")


async def _nodig_uit_voor_een_avond(t: Toneel, collega: Telefoon, vader: Telefoon) -> None:
    """He said "work": a colleague makes an evening for fathers, looks at it, and sends it."""
    t.kop("Hij zei: werk. De collega maakt een avond, en alleen vaders krijgen hem")
    await t.tik(collega, "Ik pak het op")
    await t.doe(collega, Invoer(Soort.TEKST, "/nieuw"), "/nieuw")
    await t.tik(collega, "Vaders erbij", "Samen maken")
    await t.doe(collega, Invoer(Soort.TEKST, "Samen een vogelhuisje maken"), "Samen een vogelhuisje maken")
    await t.tik(collega, "Overslaan")
    for woorden in ("donderdag 17 december", "half acht 's avonds"):
        await t.doe(collega, Invoer(Soort.TEKST, woorden), woorden)
    await t.tik(collega, "90 min", "de ouderkamer", "Overslaan", "Overslaan", "Ja")
    await t.doe(collega, Invoer(Soort.TEKST, "Alleen komen."), "Alleen komen.")
    await t.tik(collega, "Verder", "Opslaan", "Alleen vaders", "Verder", "Verder", "📤 Sturen")
    await t.tik(vader, "Ik kom", "1")


def _nummer(telefoon: Telefoon, label: str) -> str:
    return next(data for tekst, (data, _) in reversed(telefoon.knoppen.items()) if label in tekst).rpartition(":")[2]
