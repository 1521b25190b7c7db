"""The composition root: the one file that knows everything, wires it, starts it and stops it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import random
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.aannemen import Aannemer
from bot.afspelen import Speler
from bot.bestanden import Bestand, maak_bestanden
from bot.beurt import Vertaalt
from bot.bijlagen import beeld_van
from bot.diensten.computerstem import Computerstem
from bot.diensten.spraak import Spraak as Stem
from bot.diensten.spraak import beschikbaar
from bot.diensten.stemproces import Stemproces
from bot.horen import Horen, Luisteraar, luisteraar_van
from bot.insturen import maak_insturen
from bot.kanalen.basis import Bijlage, Kanaal, Tempo, Weergave
from bot.kanalen.webchat import Webchat
from bot.klaarzetten import GEDULD
from bot.links import NERGENS, Links, webadres
from bot.logboek import log
from bot.ophalen import Notahaler
from bot.opnemen import Opnemer
from bot.spraak import ZONDER, Spraak, maak_spraak
from bot.stemmen import Stemmen
from bot.uitzendingen import Vuller
from bot.vertalen import Vertaler
from bot.verwerken import Punt
from bot.verzenden import Verzender
from bot.weekhalen import Weekhaler
from bot.werker import Werker, stop
from dialogen.basis import Bericht
from dialogen.teksten import schrijftaal
from opslag import bijlagen, gesprekken, locaties, postvak
from opslag.berichten import lees_bericht
from opslag.database import Database, DatabaseWeg
from opslag.gesprekken import Sleutel
from opslag.migreren import migreer

if TYPE_CHECKING:
    from aiohttp.web import AppRunner

    from bot.diensten.basis import Vertaaldienst
    from bot.instellingen import Instellingen
    from bot.kanalen.telegram_basis import TelegramBasis
    from bot.web.basis import Demo

Klok = Callable[[], datetime]
OPNIEUW = 5.0
"""Seconds before a platform that could not be reached is tried again."""


class StartFout(Exception):
    """The process cannot start as it is set up; the text says in one line what is wrong and what to do."""


def nu_utc() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


def _niets(_punt: str) -> None:
    """No labelled point does anything, except in the tests that let a process die at one."""


@dataclass
class App:
    """Everything that runs in one process. ``start`` begins it, ``stop`` ends it with nothing half done."""

    db: Database
    kanalen: Sequence[Kanaal]
    klok: Klok = nu_utc
    toeval: random.Random = field(default_factory=random.Random)
    punt: Punt = _niets
    meld: Callable[[str], None] = lambda _regel: None
    links: Links = NERGENS
    dienst: Vertaaldienst | None = None
    vertaalt_ouders: bool = False
    spraak: Spraak = ZONDER
    stem: Stem | None = None
    # For what strangers record, apart from the bot's own voice; it is started when there is something.
    stemproces: Stemproces = field(default_factory=Stemproces)

    def __post_init__(self) -> None:
        self.horen = Horen(Stemmen(self.db, self.klok, self.stem))
        self.bestanden = maak_bestanden(self.db, self.links, self.klok)
        vertaalt = Vertaalt(self.dienst is not None, self.vertaalt_ouders)
        self.werker = Werker(self.db, self.klok, self._na_beurt, self.punt, vertaalt, self.spraak.kan)
        self.speler = Speler(self.db, self.spraak, self.klok)
        self.notahaler = Notahaler(self.db, self.kanalen, self.spraak, self.klok, self._na_ophalen)
        self.aannemen = Aannemer(self.db, self.klok, self.werker.wek, self.punt)
        self.vuller = Vuller(self.db, self.klok, lambda: self.wek_verzender(None))
        self.vertaler = self._maak_vertaler(self.dienst) if self.dienst else None
        self.opnemer = Opnemer(
            self.db, self.kanalen, self.stemproces.maak_noot, self.klok, lambda: self.wek_verzender(None)
        )
        self._verzenders: dict[str, Verzender] = {}
        self._taken: list[asyncio.Task[None]] = []
        self._afgebroken: asyncio.Future[None] | None = None

    def _maak_vertaler(self, dienst: Vertaaldienst) -> Vertaler:
        return Vertaler(self.db, dienst, self.klok, lambda: self.wek_verzender(None), self.toeval)

    def wek_verzender(self, kanaal: str | None) -> None:
        """There is something to send on this channel (None: on any)."""
        for naam, verzender in self._verzenders.items():
            if kanaal in (None, naam):
                verzender.wek()

    def _na_beurt(self, kanaal: str | None) -> None:
        """A turn left something to send; one that is for others may have begun a broadcast too."""
        if kanaal is None:
            self.vuller.wek()
            if self.vertaler:
                self.vertaler.wek()
            self.opnemer.wek()
        self.notahaler.wek()
        self.wek_verzender(kanaal)

    def _na_ophalen(self, sleutel: Sleutel | None) -> None:
        """A voice note was fetched, or could not be: a chat has something new in its inbox, or its outbox."""
        if sleutel is not None:
            self.werker.wek(sleutel)
        else:
            self.wek_verzender(None)

    async def start(self) -> None:
        """Start the worker and every channel; a platform that cannot be reached is tried again and again."""
        self._afgebroken = asyncio.get_running_loop().create_future()
        self._begin(self.werker.loop())
        self._begin(self.vuller.loop())
        if self.vertaler:
            self._begin(self.vertaler.loop())
        if beschikbaar():
            self._begin(self.opnemer.loop())
        self._begin(Weekhaler(self.db, self.kanalen, self.spraak, self.klok, self.vuller.wek).loop())
        self._begin(self.notahaler.loop())
        for kanaal in self.kanalen:
            self._begin(self._kanaal(kanaal))

    def _begin(self, werk: Awaitable[None]) -> None:
        taak = asyncio.ensure_future(werk)
        taak.add_done_callback(self._gestopt)
        self._taken.append(taak)

    def _gestopt(self, taak: asyncio.Future[None]) -> None:
        """A loop that ends by an error ends the process: better started anew than half alive."""
        if taak.cancelled() or self._afgebroken is None or self._afgebroken.done():
            return
        if (fout := taak.exception()) is not None:
            self._afgebroken.set_exception(fout)

    async def _kanaal(self, kanaal: Kanaal) -> None:
        while True:
            try:
                await kanaal.begin()
                break
            except PermissionError as fout:
                raise StartFout(str(fout)) from None
            except OSError:
                log.warning("kanaal niet bereikbaar", kanaal=kanaal.naam, wacht=OPNIEUW)
                await asyncio.sleep(OPNIEUW)
        self.meld(f"kanaal {kanaal.naam}: account {kanaal.account}")
        verzender = Verzender(
            self.db,
            kanaal,
            self.klok,
            self.toeval,
            self.punt,
            self.links,
            self.bestanden,
            self.speler,
            self.horen,
        )
        self._verzenders[kanaal.naam] = verzender
        loop = asyncio.create_task(verzender.loop())
        try:
            await kanaal.luister(self.aannemen)
            await loop
        finally:
            await stop(loop)

    async def wacht(self) -> None:
        """Until something ends that may not; raises its error."""
        assert self._afgebroken is not None
        await self._afgebroken

    async def stop(self) -> None:
        """Stop taking in, let turns and sends that run come to their end, close everything."""
        # One that ended by an error raises it here again; the others are still to be stopped.
        await asyncio.gather(*(stop(taak) for taak in self._taken), return_exceptions=True)
        for kanaal in self.kanalen:
            await kanaal.sluit()
        await asyncio.to_thread(self.stemproces.sluit)
        if isinstance(self.stem, Computerstem):
            await self.stem.sluit()
        await asyncio.to_thread(self.db.sluit)

    async def gereed(self) -> Mapping[str, bool]:
        """What must work before we may be called ready."""
        try:
            database = await self.db.lees(self.db.bereikbaar)
        except DatabaseWeg:
            database = False
        return {"database": database, "werker": self.werker.leeft}

    async def bestand(self, adres: str, nummer: int) -> Bestand | None:
        """The file of message ``nummer`` in the browser chat at ``adres``; None for another's, or one without."""
        rij = await self.db.lees(postvak.van_browser, adres, nummer)
        wat = lees_bericht(rij.inhoud).bestand if rij else ""
        return await self.bestanden(rij.gesprek_id, wat) if rij and wat else None

    async def bijlage(self, adres: str, nummer: int, soort: str) -> Bijlage | None:
        """The 'geluid' or 'beeld' of message ``nummer`` in the browser chat at ``adres``; None for another's, or one
        without.
        """
        rij = await self.db.lees(postvak.van_browser, adres, nummer)
        if rij is None:
            return None
        bericht = self.links.vul(lees_bericht(rij.inhoud))
        if soort == bijlagen.GELUID:
            return await self.horen.nu(nummer, bericht, luisteraar_van(rij), GEDULD)
        return await self._met_bytes(beeld_van(bericht.beeld)) if bericht.beeld else None

    async def _met_bytes(self, wat: Bijlage | None) -> Bijlage | None:
        if wat is None or wat.inhoud:
            return wat
        bewaard = await self.db.lees(bijlagen.haal, wat.hash)
        return replace(wat, inhoud=bewaard.inhoud) if bewaard else None

    async def taal_van(self, adres: str) -> str:
        """In which language we write to the browser chat at ``adres``; '' while that is not known."""
        chat = await self.db.lees(gesprekken.kijk, Sleutel(Webchat.naam, Webchat.account, adres))
        if chat is None or chat.ouder_id or chat.medewerker_id:
            return chat.taal if chat else ""
        gekozen = chat.stand.antwoorden if chat.stand else {}
        return schrijftaal(gekozen["taal"], gekozen.get("schrijftaal")) if "taal" in gekozen else ""

    async def code_bestaat(self, code: str) -> bool:
        """Whether a chat may be opened with this start code."""
        return await self.db.lees(locaties.code_bestaat, code)


def maak_webchat(
    db: Database, links: Links, speler: Speler | None = None, horen: Callable[[], Horen] = lambda: Horen(None)
) -> Webchat:
    """The browser chat on this database's outbox; ``horen`` says what is heard of it."""
    speelt = speler or Speler(db, ZONDER, nu_utc)

    async def een(r: Any) -> tuple[int, Bericht, Luisteraar, str]:
        bericht, _ = await speelt.vul(r.gesprek_id, links.vul(lees_bericht(r.inhoud)), mee=False, wacht=False)
        return r.id, bericht, luisteraar_van(r), r.vervangt

    async def geschiedenis(adres: str, na: int) -> Sequence[tuple[int, Weergave]]:
        rijen = [await een(r) for r in await db.lees(postvak.geschiedenis, adres, na)]
        return await horen().getoond(rijen, Webchat.vermogen)

    return Webchat(geschiedenis)


def webhook_geheim(geheim: str) -> str:
    """What Telegram shows us on every call: derived, so that the one secret is never sent anywhere."""
    return hmac.new(geheim.encode(), b"telegram webhook", hashlib.sha256).hexdigest()


def webhook_adres(adres: str) -> str:
    """The public address that Telegram calls: the one that is set, with a path of ours when it has none."""
    return adres if not adres or urlsplit(adres).path.strip("/") else adres.rstrip("/") + "/telegram"


def maak_telegram(inst: Instellingen) -> TelegramBasis | None:
    """The Telegram channel through the library that was chosen; None without a token. Imports only that one."""
    token = inst.telegram_token.get_secret_value()
    if not token:
        return None
    geheim = inst.secret.get_secret_value()
    if inst.telegram_webhook and len(geheim) < 16:
        raise StartFout("een webhook vraagt om INLOOP_SECRET van minstens 16 tekens")
    # One a second in one chat, unless a server of one's own lets the whole bot go faster than Telegram does.
    tempo = Tempo(inst.telegram_tempo, per_chat=min(1.0, 30 / inst.telegram_tempo))
    waarden = (token, inst.telegram_api, webhook_adres(inst.telegram_webhook), webhook_geheim(geheim), tempo)
    try:
        kanaal = _bibliotheek(inst.telegram_library)(*waarden)
    except ValueError as fout:
        raise StartFout(str(fout)) from None
    # Telegram may call the webhook before it has told us who we are; a bot's number begins its token.
    kanaal.account = token.partition(":")[0]
    return kanaal


def _bibliotheek(naam: str) -> type[TelegramBasis]:
    if naam == "aiogram":
        from bot.kanalen.telegram_aiogram import TelegramAiogram

        return TelegramAiogram
    from bot.kanalen.telegram_ptb import TelegramPtb

    return TelegramPtb


async def draai(
    inst: Instellingen, meld: Callable[[str], None], punt: Punt = _niets, demo: Callable[[App], Demo] | None = None
) -> None:
    """``inloop run``: everything in one process until SIGTERM or Ctrl-C. Raises ``StartFout``."""
    dienst = _vertaaldienst(inst)
    db = await _open(inst.database_url)
    meld(f"database: {db.naam}")
    meld(f"vertalen: {inst.translate_service or 'uit'}")
    telegram = maak_telegram(inst)
    links = Links(webadres(inst), lambda: telegram.gebruikersnaam if telegram else "")
    stemproces = Stemproces()
    spraak = open_spraak(inst, stemproces, meld)
    webchat = maak_webchat(db, links, Speler(db, spraak, nu_utc), lambda: app.horen)
    kanalen: list[Kanaal] = [webchat, *([telegram] if telegram else [])]
    app = App(
        db, kanalen, punt=punt, meld=meld, links=links,
        dienst=dienst, vertaalt_ouders=inst.translate_parents, spraak=spraak,
        stem=maak_stem(), stemproces=stemproces,
    )  # fmt: skip
    einde = asyncio.Event()
    for soort in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(soort, einde.set)
    from bot.planning import maak_planning

    loper = await _begin_web(inst, app, webchat, telegram, demo)
    adressen = ", ".join(f"http://{host}:{poort}" for host, poort in (a[:2] for a in loper.addresses))
    meld(f"web: {adressen}")
    if telegram:
        meld(f"telegram: {f'webhook {webhook_adres(inst.telegram_webhook)}' if inst.telegram_webhook else 'polling'}")
    planning = maak_planning(db, app.klok, lambda: app.wek_verzender(None))
    planning.start()
    await app.start()
    try:
        await _tot_het_eind(app, einde)
    finally:
        planning.shutdown(wait=False)
        await loper.cleanup()
        await app.stop()
        meld("gestopt")


def _vertaaldienst(inst: Instellingen) -> Vertaaldienst | None:
    """Who translates; None when nobody does. The library is loaded only when it was chosen."""
    if not inst.translate_service:
        return None
    from bot.diensten.vertalen import maak_dienst

    try:
        return maak_dienst(inst)
    except ValueError as fout:
        raise StartFout(str(fout)) from None


def open_spraak(inst: Instellingen, proces: Stemproces, meld: Callable[[str], None]) -> Spraak:
    """What is done with speech here, said where it is less than it could be."""
    try:
        spraak = maak_spraak(inst.secret.get_secret_value(), inst.listen_model, proces)
    except ValueError as fout:
        raise StartFout(str(fout)) from None
    if spraak.kluis is None:
        meld("spraak: wordt niet bewaard; zet INLOOP_SECRET (16 tekens of meer)")
    return spraak


def maak_stem() -> Stem | None:
    """The computer's voice, when the extra ``stem`` is there."""
    return Computerstem() if beschikbaar() else None


async def _open(url: str) -> Database:
    """The database, up to date and ready to be written to."""
    try:
        db = Database(url)
    except ValueError as fout:
        raise StartFout(str(fout)) from None
    await asyncio.to_thread(_migreer, db)
    try:
        await db.schrijf(db.schrijfbaar)
    except DatabaseWeg:
        raise StartFout(f"in de database ({db.naam}) kan niet worden geschreven; kijk naar de rechten") from None
    return db


def _migreer(db: Database) -> None:
    try:
        migreer(db.engine)
    except Exception as fout:
        raise StartFout(
            f"de database ({db.naam}) is niet bereikbaar of niet bij te werken: {type(fout).__name__}"
        ) from None


async def _begin_web(
    inst: Instellingen,
    app: App,
    webchat: Webchat,
    telegram: TelegramBasis | None,
    demo: Callable[[App], Demo] | None,
) -> AppRunner:
    from bot.deur import maak_deur
    from bot.kanalen.telegram import geheim_klopt, ontleed
    from bot.web.bureau.basis import Bureau
    from bot.web.server import Web, Webhook, draai, maak_web

    haak = None
    if telegram is not None and inst.telegram_webhook:
        haak = Webhook(
            urlsplit(webhook_adres(inst.telegram_webhook)).path,
            webhook_geheim(inst.secret.get_secret_value()),
            lambda update: ontleed(telegram.account, update),
            telegram.bevestig,
            geheim_klopt,
        )
    gegeven = Web(
        app.aannemen,
        webchat,
        app.code_bestaat,
        app.gereed,
        haak,
        demo(app) if demo else None,
        bestand=app.bestand,
        bijlage=app.bijlage,
        nota=app.speler.speel,
        spraak=maak_insturen(app.db, app.spraak, app.klok),
        taal_van=app.taal_van,
        deur=maak_deur(app.db, app.links, app.klok),
        bureau=Bureau(app.db.lees, app.db.schrijf, app.klok, app.links, app.dienst is not None),
    )
    try:
        return await draai(maak_web(gegeven), inst.web_host, inst.web_port)
    except OSError as fout:
        raise StartFout(f"kan niet luisteren op {inst.web_host}:{inst.web_port} ({fout.strerror})") from None


async def _tot_het_eind(app: App, einde: asyncio.Event) -> None:
    wacht = asyncio.create_task(app.wacht())
    signaal = asyncio.create_task(einde.wait())
    await asyncio.wait((wacht, signaal), return_when=asyncio.FIRST_COMPLETED)
    signaal.cancel()
    if wacht.done():
        wacht.result()
    wacht.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await wacht
