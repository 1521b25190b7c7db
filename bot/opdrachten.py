"""What the commands do. Each prints what it did; the last line is what scripts read."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.instellingen import Instellingen
from opslag import activiteiten, locaties, uitvoer
from opslag.activiteiten import Activiteit, Afgewezen
from opslag.database import Database, DatabaseWeg, Sessie
from opslag.locaties import Bestaat, Onbekend
from opslag.migreren import migreer as migreer_database
from opslag.werkdagen import zone


class Fout(Exception):
    """What was asked cannot be done; one line saying why and what to do. ``code`` is the exit status."""

    def __init__(self, tekst: str, code: int = 2) -> None:
        super().__init__(tekst)
        self.code = code


def instellingen() -> Instellingen:
    """The settings of this process. Raises ``Fout`` naming the variable that is wrong."""
    from pydantic import ValidationError

    try:
        return Instellingen()
    except ValidationError as fout:
        eerste = fout.errors(include_url=False, include_input=False)[0]
        naam = "INLOOP_" + str(eerste["loc"][0]).upper() if eerste["loc"] else "INLOOP_…"
        raise Fout(f"{naam}: {eerste['msg']}") from None


@contextmanager
def _database() -> Iterator[Database]:
    try:
        db = Database(instellingen().database_url)
    except Exception as fout:
        raise Fout(f"INLOOP_DATABASE_URL is geen adres van een database ({type(fout).__name__})") from None
    try:
        try:
            migreer_database(db.engine)
        except Exception as fout:
            raise Fout(
                f"de database ({db.naam}) is niet bereikbaar of niet bij te werken: {type(fout).__name__}", 1
            ) from None
        yield db
    finally:
        db.sluit()


@contextmanager
def _werk() -> Iterator[Sessie]:
    """A database that is up to date and one transaction on it, with expected errors as one line."""
    with _database() as db:
        try:
            with db.transactie() as sessie:
                yield sessie
        except (Onbekend, Bestaat, Afgewezen) as fout:
            raise Fout(str(fout)) from None


def _nu() -> datetime:
    return datetime.now(UTC)


def _kort(tekst: str, wat: str, meest: int) -> str:
    schoon = " ".join(tekst.split())
    if not schoon:
        raise Fout(f"{wat} is leeg; vul iets in")
    if len(schoon) > meest:
        raise Fout(f"{wat} is {len(schoon)} tekens lang; hooguit {meest} past")
    return schoon


def migreer() -> None:
    """``inloop migreer``."""
    with _database() as db:
        print(f"bij: {db.naam}")


def locatie_nieuw(naam: str, groepen: Sequence[str], gastheer: str, telefoon: str) -> None:
    """``inloop locatie nieuw``."""
    namen = [_kort(g, "de naam van de groep", 100) for g in groepen]
    with _werk() as sessie:
        nummer = locaties.maak_locatie(
            sessie, _kort(naam, "de naam", 200), namen, _nu(), gastheer=gastheer[:100], telefoon=telefoon[:40]
        )
    print(f"locatie {nummer}: {naam}" + "".join(f"\n  groep {g}" for g in namen))


def team_uitnodigen(locatie: str, rol: str) -> None:
    """``inloop team uitnodigen``: last line the start link."""
    if rol not in locaties.ROLLEN:
        raise Fout(f"--rol {rol!r} is er niet; kies {', '.join(locaties.ROLLEN)}")
    with _werk() as sessie:
        code = locaties.nodig_team_uit(sessie, locaties.zoek_locatie(sessie, locatie).nummer, rol, _nu())
    print(f"werkt één keer, zeven dagen, voor een {rol} van {locatie}")
    _druk_link(code)


def ouders_uitnodigen(locatie: str, groep: str, qr: Path | None) -> None:
    """``inloop ouders uitnodigen``: last line the start link."""
    with _werk() as sessie:
        plek = locaties.zoek_locatie(sessie, locatie)
        groep_id = locaties.zoek_groepen(sessie, plek.nummer, [groep])[0]
        code = locaties.nodig_ouders_uit(sessie, plek.nummer, groep_id, _nu())
        link = _link(code)
        if qr is not None:
            _schrijf_qr(qr, link)
    print(f"voor de ouders van {groep}, {plek.naam}")
    _druk_link(code)


def _schrijf_qr(pad: Path, link: str) -> None:
    import segno

    try:
        segno.make(link, error="m", micro=False).save(str(pad), kind="png", scale=12, border=4)
    except OSError as fout:
        raise Fout(f"kan {pad} niet schrijven ({fout.strerror}); kies een andere plek", 1) from None


def _druk_link(code: str) -> None:
    inst = instellingen()
    if not inst.telegram_token.get_secret_value():
        print(f"in de browser: http://{inst.web_host}:{inst.web_port}/chat/{code}")
    print(_link(code))


def _link(code: str) -> str:
    return f"https://t.me/{_gebruikersnaam()}?start={code}"


def _gebruikersnaam() -> str:
    """The bot's user name: asked of Telegram when there is a token, else a name to fill in."""
    inst = instellingen()
    if not inst.telegram_token.get_secret_value():
        return "inloop_bot"
    from bot.app import StartFout, maak_telegram

    async def vraag() -> str:
        kanaal = maak_telegram(inst.model_copy(update={"telegram_webhook": ""}))
        assert kanaal is not None
        try:
            return await kanaal.vraag_naam()
        finally:
            await kanaal.sluit()

    try:
        return asyncio.run(vraag())
    except (OSError, StartFout) as fout:
        raise Fout(f"kan de naam van de bot niet opvragen: {fout}", 1) from None


def lees_begin(tekst: str, tijdzone: str) -> datetime:
    """``2026-12-08T09:30`` as people read the clock at the location → UTC.

    Raises ``Fout`` for another form, a day that does not exist, and a time that the change to summer time leaves out;
    of a time that comes twice in autumn the first is meant.
    """
    try:
        lokaal = datetime.strptime(tekst, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - the location's zone follows
    except ValueError:
        raise Fout(f"--start {tekst!r} is geen moment; schrijf het als 2026-12-08T09:30") from None
    hier = lokaal.replace(tzinfo=ZoneInfo(tijdzone))
    if hier.astimezone(UTC).astimezone(ZoneInfo(tijdzone)).replace(tzinfo=None) != lokaal:
        raise Fout(f"--start {tekst} bestaat niet: de klok gaat die nacht een uur vooruit; kies een andere tijd")
    return hier.astimezone(UTC)


def activiteit_nieuw(
    locatie: str,
    soort: str,
    titel: str,
    doel: str,
    start: str,
    duur: int,
    plek: str,
    groepen: Sequence[str],
    capaciteit: int | None,
    gastheer: str,
    kinderen: bool,
) -> None:
    """``inloop activiteit nieuw``: last line its number."""
    if not 5 <= duur <= 24 * 60:
        raise Fout(f"--duur {duur} kan niet; geef minuten tussen 5 en 1440")
    if capaciteit is not None and not 1 <= capaciteit <= 10_000:
        raise Fout(f"--capaciteit {capaciteit} kan niet; geef een getal vanaf 1, of laat het weg")
    with _werk() as sessie:
        waar = locaties.zoek_locatie(sessie, locatie)
        nieuw = Activiteit(
            waar.nummer,
            _kort(soort, "--soort", 40),
            _kort(titel, "--titel", 120),
            _kort(doel, "--doel", 300),
            lees_begin(start, waar.tijdzone),
            duur,
            _kort(plek, "--plek", 120),
            locaties.zoek_groepen(sessie, waar.nummer, groepen),
            gastheer or waar.gastheer,
            capaciteit,
            kinderen,
        )
        if not nieuw.groepen:
            raise Fout(f"locatie {waar.naam!r} heeft nog geen groep; maak haar met --groep")
        nummer = activiteiten.maak(sessie, nieuw, _nu(), "opdrachtregel")
    print(f"{nieuw.titel}: {start.replace('T', ' ')}, {nieuw.plek}")
    print(nummer)


def activiteit_versturen(nummer: int, voor: str) -> None:
    """``inloop activiteit versturen``: last line how many invitations."""
    from bot.effecten import uitnodiging_als_bericht

    if voor not in {"iedereen", "vaders"}:
        raise Fout(f"--voor {voor!r} is er niet; kies iedereen of vaders")
    with _werk() as sessie:
        uit = activiteiten.verstuur(sessie, nummer, voor, uitnodiging_als_bericht, _nu(), "opdrachtregel")
    if uit.zonder_chat:
        print(f"{uit.zonder_chat} ouder(s) zonder bot: nodig hen zelf uit")
    if uit.al_uitgenodigd:
        print(f"{uit.al_uitgenodigd} ouder(s) waren al uitgenodigd")
    print(uit.nieuw)


def exporteer(
    soort: str, locatie: str | None, van: datetime | None, tot: datetime | None, formaat: str | None, uit: Path
) -> None:
    """``inloop export``: streams rows to a file; last line how many."""
    from bot.uitvoeren import schrijf_csv, schrijf_xlsx

    vorm = formaat or uit.suffix.lstrip(".").lower() or "csv"
    if vorm not in {"csv", "xlsx"}:
        raise Fout(f"--formaat {vorm!r} is er niet; kies csv of xlsx")
    if van and tot and tot < van:
        raise Fout("--tot ligt vóór --van; draai ze om")
    with _werk() as sessie:
        waar = locaties.zoek_locatie(sessie, locatie) if locatie else None
        hier = zone(waar.tijdzone if waar else "Europe/Amsterdam")
        grenzen = uitvoer.Periode(_dag(van, hier), _dag(tot, hier, 1), waar.nummer if waar else None)
        kolommen, rijen = (
            (uitvoer.REDENEN, uitvoer.redenen(sessie, grenzen))
            if soort == "redenen"
            else (uitvoer.PRESENTIE, uitvoer.presentie(sessie, grenzen))
        )
        try:
            aantal = (schrijf_csv if vorm == "csv" else schrijf_xlsx)(uit, kolommen, rijen)
        except OSError as fout:
            raise Fout(f"kan {uit} niet schrijven ({fout.strerror or fout}); kies een andere plek", 1) from None
        uitvoer.leg_vast(sessie, soort, grenzen, _nu(), "opdrachtregel")
    print(f"{aantal} rijen in {uit}")


def _dag(dag: datetime | None, hier: ZoneInfo, erbij: int = 0) -> datetime | None:
    return (dag + timedelta(days=erbij)).replace(tzinfo=hier).astimezone(UTC) if dag else None


def teken(flow: str | None) -> None:
    """``inloop teken``: Mermaid of one flow, or of all."""
    from dialogen.flows import FLOWS
    from dialogen.tekenen import mermaid

    if flow is not None and flow not in FLOWS:
        raise Fout(f"gesprek {flow!r} is er niet; kies {', '.join(FLOWS)}")
    print("\n\n".join(mermaid(FLOWS[naam]) for naam in ([flow] if flow else FLOWS)))


def controleer() -> None:
    """``inloop controleer``: exit 1 with a line per fault."""
    from bot.controleren import dekking, fouten

    gevonden = list(fouten())
    for fout in gevonden:
        print(fout, file=sys.stderr)
    for regel in dekking():
        print(regel)
    if gevonden:
        raise Fout(f"{len(gevonden)} fout(en) in gesprekken of teksten", 1)
    print("in orde")


def run(meld: Callable[[str], None] = lambda regel: print(regel, flush=True)) -> None:
    """``inloop run``."""
    from bot import breekpunten
    from bot.app import draai
    from bot.logboek import stel_in

    inst = instellingen()
    stel_in(inst.log)
    asyncio.run(draai(inst, meld, breekpunten.uit_omgeving()))


def praat(als: str) -> None:
    """``inloop praat``: one chat on this terminal, on the real database."""
    if als not in {"ouder", "team"}:
        raise Fout(f"--als {als!r} is er niet; kies ouder of team")
    from bot.kanalen.terminal import Terminal
    from bot.logboek import stel_in

    stel_in("console", logging.ERROR)
    with _database() as db:
        print("Typ een bericht, een getal voor een knop, of /start CODE. Stoppen: Ctrl-D.")
        asyncio.run(_praat(db, Terminal(f"{als}@terminal", "", _regel, print, f"{_nu():%s%f}")))


def _regel() -> str | None:
    try:
        return input("> ")
    except (EOFError, KeyboardInterrupt):
        return None


async def _praat(db: Database, terminal: Any) -> None:
    from bot.app import App

    app = App(db, [terminal])
    app.werker.leeft = True
    await app.start()
    try:
        await terminal.klaar.wait()
    except DatabaseWeg:
        raise Fout("de database is weg; probeer het straks opnieuw", 1) from None
    finally:
        await app.stop()
